package boilerplate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// cutMarks takes ⟦ ⟧ out of a text and returns it with the marks they stood for.
func cutMarks(marked string) (string, []Mark) {
	var text strings.Builder
	var marks []Mark
	for _, r := range marked {
		switch r {
		case '⟦':
			marks = append(marks, Mark{Span: shingle.Span{Start: text.Len()}})
		case '⟧':
			marks[len(marks)-1].End = text.Len()
		default:
			text.WriteRune(r)
		}
	}
	return text.String(), marks
}

// TestStripJoins: nobody sees where something stood.
func TestStripJoins(t *testing.T) {
	for _, c := range []struct{ name, marked, want string }{
		{"nothing", "Der Rat tagt.", "Der Rat tagt."},
		{"empty text", "", ""},
		{"in a sentence's place", "Der Rat tagt. ⟦Lesen Sie auch.⟧ Er tagt lange.", "Der Rat tagt. Er tagt lange."},
		{"mark holds the space", "Der Rat tagt.⟦ Lesen Sie auch. ⟧Er tagt lange.", "Der Rat tagt. Er tagt lange."},
		{"two spaces", "Der Rat tagt.  ⟦Anzeige⟧ Er tagt lange.", "Der Rat tagt.  Er tagt lange."},
		{"two spaces behind", "Der Rat tagt. ⟦Anzeige⟧  Er tagt lange.", "Der Rat tagt.  Er tagt lange."},
		{"line", "Der Rat tagt.\n⟦Anzeige⟧\nEr tagt lange.", "Der Rat tagt.\nEr tagt lange."},
		{"paragraph", "Der Rat tagt.\n\n⟦Anzeige⟧\n\nEr tagt lange.", "Der Rat tagt.\n\nEr tagt lange."},
		{"blank line on one side", "Der Rat tagt.\n⟦Anzeige⟧\n\nEr tagt lange.", "Der Rat tagt.\n\nEr tagt lange."},
		{"space and line", "Der Rat tagt. ⟦Anzeige⟧\nEr tagt lange.", "Der Rat tagt.\nEr tagt lange."},
		{"CRLF", "Der Rat tagt.\r\n⟦Anzeige⟧\r\nEr tagt lange.", "Der Rat tagt.\r\nEr tagt lange."},
		{"two in a row", "Eins. ⟦Anzeige⟧\n\n⟦Werbung⟧ Zwei.", "Eins.\n\nZwei."},
		{"touching", "Eins. ⟦Anzeige ⟧⟦Werbung⟧ Zwei.", "Eins. Zwei."},
		{"head", "⟦Köln (dpa) -⟧ Der Rat tagt.", "Der Rat tagt."},
		{"head keeps the text's own", " \n⟦Köln (dpa) -⟧ Der Rat tagt.", " \nDer Rat tagt."},
		{"tail", "Der Rat tagt. ⟦dpa⟧", "Der Rat tagt."},
		{"tail keeps the text's own", "Der Rat tagt.\n⟦dpa⟧\n", "Der Rat tagt.\n"},
		{"all", "⟦Anzeige⟧", ""},
		{"all but space", " ⟦Anzeige⟧\n", ""},
		{"white space only", " \n⟦⟧ ", ""},
		{"no space between words", "Rat⟦(dpa)⟧tagt", "Rat tagt"},
		{"no space in the script", "中文⟦广告⟧新闻", "中文新闻"},
		{"no-break space", "Rat\u00a0⟦(dpa)⟧\u00a0tagt", "Rat\u00a0tagt"},
		{"in brackets", "Der Rat [⟦Anzeige⟧] tagt.", "Der Rat [] tagt."},
	} {
		text, marks := cutMarks(c.marked)
		if got := Strip(text, marks); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func words(text string) []string {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	var w []string
	for i := range t.Start {
		w = append(w, text[t.Start[i]:t.End[i]])
	}
	return w
}

func letters(text string) string {
	return strings.Map(func(r rune) rune {
		if isWord(r) {
			return r
		}
		return -1
	}, text)
}

// pieces are what texts are drawn from: words of several scripts, furniture,
// marks and white space.
var pieces = []string{"Rat", "tagt", "Möllering", "2024", "dpa", "Anzeige", "中", "文", "ไทย", "مجلس", "e\u0301tat", "z. B.", "don't", "🙂",
	"Lesen Sie auch:", "Quelle: dpa", "Stand: 25.10.2024 11:36 Uhr", "Köln (dpa) -", "Auch spannend: Schnee!", "Haftungsausschluss: Ohne Gewähr.",
	"[Lesen Sie hier mehr", "(Quelle: abc/dpa", ". ", "! ", ", ", "(", ")", "[", "]", "„", "“", "/", "-", " – ", "*", "+", " ", "\n", "\n\n", "\r\n", "\t", "\u00a0", "\xff", "https://example.org/a-b "}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 60).Draw(t, "pieces"), rapid.SampledFrom([]string{"", " "}).Draw(t, "between"))
}

func TestStripWithoutMarks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t) + rapid.String().Draw(t, "more")
		if got := Strip(text, nil); got != text {
			t.Fatalf("%q, want %q", got, text)
		}
	})
}

// TestStripWords: of words that white space parts exactly the unmarked ones
// stay, in order, and the white space between them is one that stood there.
func TestStripWords(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var marked strings.Builder
		var want []string
		for i := range rapid.IntRange(0, 12).Draw(t, "stretches") {
			word := fmt.Sprintf("w%d", i)
			if rapid.Bool().Draw(t, "marked") {
				word = "⟦" + word + " x" + word + "⟧"
			} else {
				want = append(want, word)
			}
			marked.WriteString(rapid.SampledFrom([]string{" ", "\n", "\n\n", "  "}).Draw(t, "space") + word)
		}
		text, marks := cutMarks(marked.String())
		got := Strip(text, marks)
		if !slices.Equal(strings.Fields(got), want) {
			t.Fatalf("%q: %q stays, want %q", marked.String(), got, want)
		}
		if strings.Contains(got, "\n\n\n") || strings.HasSuffix(got, " ") || len(want) == 0 && got != "" {
			t.Fatalf("%q leaves a trace: %q", marked.String(), got)
		}
	})
}

// TestStripFound: what the rules find in any text goes, and nothing else.
func TestStripFound(t *testing.T) {
	rules := Shipped()
	rapid.Check(t, func(t *rapid.T) {
		text := drawText(t)
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, text)
		m := Marker{Rules: rules}
		stretches := m.Stretches(nil, text, &x, rules.Find(nil, text, &x), 0)
		marks := m.Mark(nil, text, &x, rules.Find(nil, text, &x), 0)
		all := words(text)
		var want []string
		at := 0
		for _, s := range stretches {
			want = append(want, all[at:s.From]...)
			at = s.To
		}
		want = append(want, all[at:]...)
		// Letters and digits are compared: what is left may hang together by a mark.
		if got := Strip(text, marks); letters(got) != letters(strings.Join(want, " ")) {
			t.Fatalf("%q: %q stays, want %q", text, got, want)
		}
	})
}
