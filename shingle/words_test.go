package shingle

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"reprint/internal/short"
)

// plainWords is the oracle of Tokenize's words: uax29 alone. What we take
// otherwise is replaced by what we take it for, byte for byte.
func plainWords(text string) (spans []Span) {
	b := []byte(text)
	for i := 0; i < len(b); {
		r, size := utf8.DecodeRune(b[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			b[i] = 1
		case r == narrowSpace:
			copy(b[i:], "\u2002")
		case r == info:
			copy(b[i:], "⁂")
		case isApostrophe(r):
			if after, _ := utf8.DecodeRune(b[i+size:]); after != utf8.RuneError && !hasApostrophe(after) {
				copy(b[i:], "⁂"[:size])
				if size == 1 {
					b[i] = 1
				}
			}
		}
		i += size
	}
	it := words.FromBytes(b)
	for it.Next() {
		if strings.ContainsFunc(string(it.Value()), isWord) {
			spans = append(spans, Span{it.Start(), it.End()})
		}
	}
	return spans
}

// checkWords compares Tokenize with the oracles of words, hashes and flags.
func checkWords(t *testing.T, z *Tokenizer, x *Text, text string) {
	t.Helper()
	z.Tokenize(x, text)
	want := plainWords(text)
	for i, w := range want {
		if i >= x.Len() || x.Span(i, i+1) != w {
			t.Fatalf("%q: token %d: got %v, want %q", text, i, tokens(x, text), text[w.Start:w.End])
		}
		word := text[w.Start:w.End]
		if x.Hash[i] != Hash(word) {
			t.Fatalf("%q: token %q does not have the hash of its word", text, word)
		}
		if got, want := x.Flag[i]&^(Quoted|Aside), plainFlags(word); got != want {
			t.Fatalf("%q: token %q has flags %b, want %b", text, word, got, want)
		}
	}
	if x.Len() != len(want) {
		t.Fatalf("%q: got %v, want %d tokens", text, tokens(x, text), len(want))
	}
	checkHashes(t, z, x, text)
}

// checkHashes: AppendHashes appends the hashes of Tokenize.
func checkHashes(t *testing.T, z *Tokenizer, x *Text, text string) {
	t.Helper()
	got := z.AppendHashes([]uint64{1}, text)
	if got[0] != 1 || !slices.Equal(got[1:], x.Hash) {
		t.Fatalf("%q: the hashes alone are %x, want %x", text, got[1:], x.Hash)
	}
}

func plainFlags(word string) (f Flag) {
	first := true
	for _, r := range word {
		if !isWord(r) {
			continue
		}
		c := appearance(r)
		if !first {
			c &= number
		}
		f |= flagsOf[c>>5]
		first = false
	}
	return f
}

func tokens(x *Text, text string) (out []string) {
	for i := range x.Len() {
		out = append(out, text[x.Start[i]:x.End[i]])
	}
	return out
}

// adversaries are the characters that the rules of UAX 29 tell apart, and some
// that only look as if they did.
var adversaries = []string{
	"a", "B", "z", "ä", "Ö", "ß", "ẞ", "é", "ŉ", "Ŀ", "ſ", "İ", "ǆ", "ª", "µ", "0", "7", "²", "½", "٣", "Ⅷ", "Ⓐ", "ﬁ",
	".", ",", ":", ";", "'", "’", "‘", "·", "‧", "․", "\"", "_", "-", "‑", "–", "—", "…", "!", "?", "/", "@", "#", "&", "%",
	"„", "“", "”", "»", "«", "‚", "›", "‹", "(", ")", "[", "]", "€", "°", "¸", "´", "`",
	" ", " ", "\n", "\r", "\r\n", "\t", "\v", "\f", "\u0085", "\u00a0", "\u2002", "\u2009", "\u202f", "\u2028", "\u2029", "\u3000",
	"\u00ad", "\u0308", "\u0301", "\u0344", "\u200b", "\u200c", "\u200d", "\u200e", "\u2060", "\ufe0f", "\u20e3", "\ufeff",
	"ё", "е", "г", "\u0307", "ı", "أ", "ا", "و", "ی", "ۀ", "ـ", "\u0654", "\u064e", "ש", "\u05b8", "२",
	"я", "Ж", "ς", "Ω", "ά", "א", "ב", "״", "׳", "ب", "؟", "،", "٫", "\u0600", "क", "ि", "्", "।",
	"中", "国", "々", "〇", "の", "は", "テ", "ー", "ｱ", "ﾞ", "한", "ᄀ", "ᅡ", "ก", "้", "ำ", "ລ", "ខ", "က", "𠀀", "𝐀", "。", "、", "！", "：", "．", "，",
	"😀", "👍", "🏽", "🇩", "🇪", "©", "ℹ", "™", "\x00", "\x80", "\xc3", "\xe2\x80", "\xf0\x9f", "\xed\xa0\x80", "\xff",
}

func adversarial(r *rand.Rand, n int) string {
	var b strings.Builder
	few := 1 + r.IntN(len(adversaries)) // few kinds meet more often
	shift := r.IntN(len(adversaries))
	for range n {
		b.WriteString(adversaries[(shift+r.IntN(few))%len(adversaries)])
	}
	return b.String()
}

func TestWordsAgainstUAX29(t *testing.T) {
	short.Alone(t)
	r := rand.New(rand.NewPCG(1, 2))
	var z Tokenizer
	var x Text
	for range 200_000 {
		checkWords(t, &z, &x, adversarial(r, 1+r.IntN(12)))
	}
}

// TestHashesOfLongTexts has words, gaps and pieces across the edges of the 57 bytes that
// are looked at together, and longer ones.
func TestHashesOfLongTexts(t *testing.T) {
	short.Alone(t)
	r := rand.New(rand.NewPCG(11, 12))
	var z Tokenizer
	var x Text
	for range 3000 {
		var b strings.Builder
		for range 1 + r.IntN(12) {
			piece := []string{"Ä", "b", "7", " ", "- ", "_", "é.", "ß", "я", "中", "\n", "’", "\u0308"}[r.IntN(13)]
			b.WriteString(strings.Repeat(piece, 1+r.IntN(130)))
			b.WriteString(adversaries[r.IntN(len(adversaries))])
		}
		z.Tokenize(&x, b.String())
		checkHashes(t, &z, &x, b.String())
	}
}

// Where words go on behind apostrophes all the way to the end, nothing is looked for there each
// time: with the square of its length this text would take hours.
func TestHashesLinear(t *testing.T) {
	short.Alone(t)
	const words = 4 << 20
	var z Tokenizer
	got := z.AppendHashes(nil, strings.Repeat("don't ", words))
	if len(got) != words || got[0] != Hash("don't") || got[words-1] != got[0] {
		t.Errorf("%d hashes, want %d", len(got), words)
	}
}
