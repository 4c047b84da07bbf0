package shingle

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"reprint/internal/short"
)

// checkText checks what holds for every text.
func checkText(t interface {
	Helper()
	Fatalf(string, ...any)
}, x *Text, text string) {
	t.Helper()
	n := x.Len()
	if len(x.Start) != n || len(x.End) != n || len(x.Flag) != n {
		t.Fatalf("%q: %d hashes, %d starts, %d ends, %d flags", text, n, len(x.Start), len(x.End), len(x.Flag))
	}
	border := func(at int) bool { return at == len(text) || utf8.RuneStart(text[at]) }
	last := 0
	for i := range n {
		s := x.Span(i, i+1)
		if s.Start < last || s.Start >= s.End || s.End > len(text) {
			t.Fatalf("%q: token %d is %v after %d", text, i, s, last)
		}
		if utf8.ValidString(text) && (!border(s.Start) || !border(s.End)) {
			t.Fatalf("%q: token %d, %v, cuts a character", text, i, s)
		}
		if !utf8.ValidString(text[s.Start:s.End]) {
			t.Fatalf("%q: token %d, %q, holds an invalid byte", text, i, text[s.Start:s.End])
		}
		last = s.End
	}
	checkUnits(t, x, text, x.Paragraphs)
	checkUnits(t, x, text, x.Sentences)
	checkNesting(t, x, text)
}

func checkUnits(t interface {
	Helper()
	Fatalf(string, ...any)
}, x *Text, text string, units []Unit) {
	t.Helper()
	token, last := 0, 0
	for _, u := range units {
		if u.From != token || u.To <= u.From || u.To > x.Len() {
			t.Fatalf("%q: unit %v does not go on at token %d", text, u, token)
		}
		tokens := x.Span(u.From, u.To)
		if u.Start < last || u.Start > tokens.Start || u.End < tokens.End || u.End > len(text) {
			t.Fatalf("%q: unit %v of tokens %v after byte %d", text, u, tokens, last)
		}
		if s := text[u.Start:u.End]; strings.TrimFunc(s, isSpace) != s {
			t.Fatalf("%q: unit %q has white space around", text, s)
		}
		token, last = u.To, u.End
	}
	if token != x.Len() {
		t.Fatalf("%q: units end at token %d of %d", text, token, x.Len())
	}
}

// checkNesting checks that sentences fill paragraphs but for white space, and
// paragraphs the lines that hold tokens.
func checkNesting(t interface {
	Helper()
	Fatalf(string, ...any)
}, x *Text, text string) {
	t.Helper()
	s := 0
	for _, p := range x.Paragraphs {
		at := p.Start
		for ; s < len(x.Sentences) && x.Sentences[s].From < p.To; s++ {
			u := x.Sentences[s]
			if u.To > p.To {
				t.Fatalf("%q: sentence %v goes beyond paragraph %v", text, u, p)
			}
			if between := text[at:u.Start]; strings.TrimFunc(between, isBlank) != "" {
				t.Fatalf("%q: %q is in no sentence", text, between)
			}
			at = u.End
		}
		if at != p.End {
			t.Fatalf("%q: sentences end at %d in paragraph %v", text, at, p)
		}
		if before := text[:p.Start]; !strings.HasSuffix(strings.TrimRightFunc(before, func(r rune) bool { return isBlank(r) && !isBreak(r) }), lastBreak(before)) {
			t.Fatalf("%q: paragraph %v does not begin its line", text, p)
		}
	}
}

func isBlank(r rune) bool { return isSpace(r) || r == '\ufeff' }

func isBreak(r rune) bool { return strings.ContainsRune("\n\v\f\r\u0085\u2028\u2029", r) }

// lastBreak returns s up to the end of its last line break.
func lastBreak(s string) string {
	at := strings.LastIndexFunc(s, isBreak)
	if at < 0 {
		return ""
	}
	_, size := utf8.DecodeRuneInString(s[at:])
	return s[:at+size]
}

// pieces are words and marks that make texts with units and quotations.
var pieces = []string{
	"Der", "Mann", "der", "ging", "z", "B", "Dr", "Nr", "U.S", "am", "25", "2020", "25.10", "3.000", "II", "Mai", "the", "of", "中", "と", "don't", "’s",
	".", "!", "?", "…", "...", "。", ". ", "! ", "? ", "… ", ", ", ": ", " – ", "-", "/", "&",
	"„", "“", "”", "\"", "'", "‚", "‘", "’", "»", "«", "›", "‹", "「", "」", "''", "``", "(", ")", "[", "]",
	" ", "  ", "\u00a0", "\u202f", "\t", "\n", "\n\n", "\r\n", "\n    ", "\n- ", "\n• ", "\n1. ", "\u2029", "\ufeff", "\xff",
	"eine längere Zeile, die umbrochen sein könnte wie diese\n", "und noch eine von dieser Art, damit es vier Zeilen sind\n",
}

func TestTextProperties(t *testing.T) {
	var z Tokenizer
	var x Text
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.OneOf(rapid.SampledFrom(pieces), rapid.SampledFrom(adversaries)), 0, 60).Draw(t, "text"), "")
		z.Tokenize(&x, text)
		checkText(t, &x, text)
	})
}

// TestTextPropertiesAtRandom does the same with longer texts, faster.
func TestTextPropertiesAtRandom(t *testing.T) {
	short.Alone(t)
	r := rand.New(rand.NewPCG(3, 4))
	var z Tokenizer
	var x Text
	for range 5000 {
		var b strings.Builder
		for range r.IntN(200) {
			b.WriteString(pieces[r.IntN(len(pieces))])
			if r.IntN(2) == 0 {
				b.WriteByte(' ')
			}
		}
		z.Tokenize(&x, b.String())
		checkText(t, &x, b.String())
	}
}

// TestReuse: a Tokenizer and a Text that were used before give what new ones do.
func TestReuse(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	var z Tokenizer
	var x Text
	for range 500 {
		text := adversarial(r, 1+r.IntN(80))
		z.Tokenize(&x, text)
		var fresh Text
		new(Tokenizer).Tokenize(&fresh, text)
		if got, want := dump(&x, text), dump(&fresh, text); got != want {
			t.Fatalf("%q: got\n%s\nwant\n%s", text, got, want)
		}
	}
}

func TestLongLines(t *testing.T) {
	short.Alone(t)
	var z Tokenizer
	var x Text
	for _, c := range []struct {
		piece     string
		all, each int // tokens of the whole, or of each piece
	}{
		{"a", 1, 0}, {"ä", 1, 0}, {"a\u0308", 1, 0}, {"a.", 1, 0}, {"1,", 1, 0}, {"テ", 1, 0}, {"_a", 1, 0},
		{"_", 0, 0}, {"_\u202f", 0, 0}, {"\u0308", 0, 0}, {"😀", 0, 0}, {"\xff", 0, 0}, {"\"", 0, 0}, {"?", 0, 0}, {"? ", 0, 0}, {"\n", 0, 0},
		{"א\u202f", 0, 1}, {"中", 0, 1}, {"a\xff", 0, 1}, {"a\" ", 0, 1}, {" \"a", 0, 1}, {"(a ", 0, 1}, {"A. ", 0, 1}, {"1. ", 0, 1},
		{"Der ", 0, 1}, {"a\n", 0, 1}, {"_ ", 0, 0}, {"א ", 0, 1},
	} {
		size := 1 << 20
		if c.piece == "ä" {
			size = 8 << 20
		}
		z.Tokenize(&x, strings.Repeat(c.piece, size/len(c.piece)))
		if want := size / len(c.piece) * c.each; c.each > 0 && x.Len() != want || c.each == 0 && x.Len() != c.all {
			t.Errorf("%q over and over: %d tokens, want %d", c.piece, x.Len(), max(want, c.all))
		}
	}
}

func TestNoAllocations(t *testing.T) {
	var z Tokenizer
	var x Text
	for _, c := range benchTexts {
		z.Tokenize(&x, c.text)
		if n := testing.AllocsPerRun(5, func() { z.Tokenize(&x, c.text) }); n > 0 {
			t.Errorf("%s: %v allocations", c.name, n)
		}
		hashes := z.AppendHashes(nil, c.text)
		if n := testing.AllocsPerRun(5, func() { hashes = z.AppendHashes(hashes[:0], c.text) }); n > 0 {
			t.Errorf("%s: %v allocations for the hashes alone", c.name, n)
		}
	}
}

func TestSpan(t *testing.T) {
	var z Tokenizer
	var x Text
	if got := x.Span(0, 0); got != (Span{}) {
		t.Errorf("empty text: %v", got)
	}
	z.Tokenize(&x, "„Ja“, sagte er.")
	for _, c := range []struct {
		from, to int
		want     Span
	}{{0, 1, Span{3, 5}}, {0, 3, Span{3, 18}}, {1, 1, Span{10, 10}}, {3, 3, Span{18, 18}}} {
		if got := x.Span(c.from, c.to); got != c.want {
			t.Errorf("Span(%d, %d) = %v, want %v", c.from, c.to, got, c.want)
		}
	}
}

func TestAt(t *testing.T) {
	var z Tokenizer
	var x Text
	if got := x.At(3); got != 0 {
		t.Errorf("empty text: %d", got)
	}
	z.Tokenize(&x, "„Ja“, sagte er.")
	for start, want := range []int{0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2} {
		if got := x.At(start); got != want {
			t.Errorf("At(%d) = %d, want %d", start, got, want)
		}
	}
	if got := x.At(19); got != x.Len() {
		t.Errorf("behind the last token: %d", got)
	}
}

func TestLowers(t *testing.T) {
	var z Tokenizer
	var x Text
	z.Tokenize(&x, "Die Stadt baut, die Bürger zahlen. Bürger klagen.")
	for _, c := range []struct {
		token, near int
		want        bool
	}{{0, 10, true}, {0, 4, true}, {0, 3, false}, {1, 10, false}, {3, 1, true}, {4, 10, false}, {6, 10, false}} {
		if got := x.Lowers(c.token, c.near); got != c.want {
			t.Errorf("Lowers(%d, %d) = %v", c.token, c.near, got)
		}
	}
}

func FuzzTokenize(f *testing.F) {
	for _, c := range benchTexts {
		f.Add(c.text[:min(len(c.text), 400)])
	}
	f.Add(strings.Join(adversaries, ""))
	f.Add(strings.Join(pieces, " "))
	f.Add("")
	var z Tokenizer
	var x Text
	f.Add("Gr&uuml;&szlig;e &amp;auml; &nbsp; &#252;&#0;")
	f.Fuzz(func(t *testing.T, text string) {
		if z.decode(text) != text {
			checkPlaces(t, &z, &x, text)
			return
		}
		checkWords(t, &z, &x, text)
		checkText(t, &x, text)
	})
}
