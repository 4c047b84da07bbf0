package shingle

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"reprint/internal/short"
)

// TestAssumptions: what the sweep takes for granted of uax29's rules, over all
// characters.
func TestAssumptions(t *testing.T) {
	short.Alone(t)
	var p prober
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) || r == narrowSpace || r == info {
			continue
		}
		kind := p.kind(r)
		if isWord(r) && (kind == other || kind == newline || kind == midLetter || kind == midDigit || kind == midBoth) {
			t.Errorf("%U is a letter or digit of kind %d", r, kind)
		}
		if isWord(r) && kind == ignored {
			t.Errorf("%U makes a word of a space before it", r)
		}
		if isWord(r) && r != info && p.joins("\u200d", r, "") && kind != ignored {
			t.Errorf("%U is a letter that a joiner binds to a space before it", r)
		}
		if unicode.IsLetter(r) && kind == single && !isChar(r) && r < 0xac00 {
			t.Errorf("%U is a word of its own without being of a script without spaces", r)
		}
	}
}

// TestTable compares the table with what it was made of.
func TestTable(t *testing.T) {
	var p prober
	table := classes()
	for r := rune(0); r <= unicode.MaxRune; r++ {
		if !utf8.ValidRune(r) {
			continue
		}
		c, fold, size := table.at(string(r), 0)
		if size != utf8.RuneLen(r) {
			t.Fatalf("%U: %d bytes", r, size)
		}
		if c&kinds == hard {
			continue
		}
		want, wantFold := p.classify(r)
		if c != want {
			t.Errorf("%U: class %08b, want %08b", r, c, want)
		}
		if fold == foldSelf {
			if f := string(p.fold(string(r))); f != string(r) {
				t.Errorf("%U folds to %q, not to itself", r, f)
			}
			continue
		}
		if fold != wantFold && fold != noFold {
			t.Errorf("%U: fold %x, want %x", r, fold, wantFold)
		}
	}
}

func TestLexicon(t *testing.T) {
	lex := lexica()
	for at, hash := range lex.words {
		if hash != 0 && lex.traits[at] == 0 {
			t.Errorf("a word (%#x) stands under no section or an unknown one", hash)
		}
	}
	for section, trait := range sections {
		if trait == 0 {
			t.Errorf("section %s has no trait", section)
		}
	}
	var z Tokenizer
	var x Text
	for _, name := range []string{"de", "en"} {
		for _, word := range lexiconWords(t, name) {
			if z.Tokenize(&x, word); x.Len() != 1 || x.Hash[0] != Hash(word) {
				t.Errorf("%s.txt: %q is no single word", name, word)
			}
		}
	}
}

// lexiconWords returns the words of a language's file.
func lexiconWords(t *testing.T, name string) (words []string) {
	data, err := languages.ReadFile("language/" + name + ".txt")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "[") {
			words = append(words, strings.Fields(line)...)
		}
	}
	return words
}
