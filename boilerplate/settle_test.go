package boilerplate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// Marks on what is left of a text, put into place, leave what stripping twice
// leaves.
func TestAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom([]string{"Wort", "Über", "ein", ".", "\n", "\n\n", " ", "(x)"}), 0, 30).Draw(t, "text"), " ")
		draw := func(name, text string) []Mark {
			var marks []Mark
			var z shingle.Tokenizer
			var x shingle.Text
			z.Tokenize(&x, text)
			for i := 0; i < x.Len(); i++ {
				if rapid.Bool().Draw(t, name) {
					n := rapid.IntRange(0, min(3, x.Len()-1-i)).Draw(t, "words")
					marks = append(marks, Mark{Span: x.Span(i, i+n+1)})
					i += n + 1 // never two side by side
				}
			}
			return marks
		}
		first := draw("first", text)
		left := Strip(text, first)
		more := draw("more", left)
		all := Again(text, first, left, more)
		end := 0
		for _, m := range all {
			if m.Start < end || m.End <= m.Start || m.End > len(text) {
				t.Fatalf("marks %v of %q", all, text)
			}
			end = m.End
		}
		got, want := strings.Fields(Strip(text, all)), strings.Fields(Strip(left, more))
		if strings.Join(got, "") != strings.Join(want, "") {
			t.Fatalf("%q is left, want %q", got, want)
		}
	})
}

// What stands elsewhere once furniture is gone is seen.
func TestUnsettled(t *testing.T) {
	rules, err := ParseRules(strings.NewReader("credit de head phrase quelle : dpa\nnewsletter de start sentence abonnieren sie\n"), "test")
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("Der Rat tagt heute lange im Rathaus. ", 8)
	for _, c := range []struct {
		text string
		want bool
	}{
		{"Abonnieren Sie uns jetzt. " + long + "Quelle: dpa hin oder her.", true},
		{"Abonnieren Sie uns jetzt. " + long, false},
		{"Quelle: dpa. " + long, false},
		{"Abonnieren Sie uns jetzt. Der Rat tagt\nheute lange. " + long, false},
		{long + "Quelle: dpa hin oder her.", false}, // nothing goes
	} {
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, c.text)
		m := Marker{Rules: rules}
		m.Mark(nil, c.text, &x, rules.Find(nil, c.text, &x), 0)
		if got := m.Unsettled(c.text, &x); got != c.want {
			t.Errorf("%q: %v", c.text, got)
		}
	}
}

// Where lines of a hard-wrapped text go, the rest may not look wrapped any more.
func TestUnsettledLines(t *testing.T) {
	const head = "Das Gebäude steht seit mehr als zwanzig Jahren leer. Nach Angaben der Verwaltung wird der Umbau rund vier Millionen Euro kosten, von denen das Land die Hälfte übernimmt.\nTeilen\n"
	const tail = "The council has decided to buy the old mill and to repair its roof before the winter.\nMehr zum Thema"
	m := Marker{Rules: Shipped()}
	var z shingle.Tokenizer
	var x shingle.Text
	for text, want := range map[string]bool{
		head + "LONDON (Reuters) - " + tail:         true,
		strings.ReplaceAll(head+tail, "\n", "\n\n"): false,
	} {
		z.Tokenize(&x, text)
		if marks := m.Mark(nil, text, &x, m.Rules.Find(nil, text, &x), 0); len(marks) == 0 {
			t.Errorf("%q: nothing is found", text)
		}
		if got := m.Unsettled(text, &x); got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
