package report

import (
	"testing"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
)

// Who had a text first is called by what a reader sees beside it and what tells the two apart.
func TestFirstWords(t *testing.T) {
	doc := func(id, title, source, day string) dedup.Info {
		published := corpus.ParseDate(day)
		return dedup.Info{ID: id, Title: title, Source: source, Published: published}
	}
	for _, c := range []struct {
		a, b dedup.Info
		want string
	}{
		{doc("1", "Hafen", "Bote", "2025-05-05"), doc("2", "Hafen", "Kurier", "2025-05-06"), "Bote had it first, 1 day earlier"},
		{doc("1", "Hafen zu", "Bote", "2025-05-05"), doc("2", "Hafen", "Bote", "2025-05-06"), "“Hafen zu” had it first, 1 day earlier"},
		{doc("1", "Hafen zu", "", "2025-05-05"), doc("2", "Hafen", "Bote", "2025-05-06"), "“Hafen zu” had it first, 1 day earlier"},
		{doc("1", "Hafen", "Bote", "2025-05-05"), doc("2", "Hafen", "Bote", "2025-05-06"), "the one of 2025-05-05 had it first, 1 day earlier"},
		{doc("1", "", "Bote", "2025-05-05"), doc("2", "", "Bote", "2025-05-06"), "the one of 2025-05-05 had it first, 1 day earlier"},
		{doc("a.txt", "", "", "2025-05-05"), doc("b.txt", "", "", "2025-05-06"), "a.txt had it first, 1 day earlier"},
		{doc("1", "Hafen", "Bote", ""), doc("2", "Hafen", "Bote", ""), "1 had it first"},
	} {
		p := pair{Match: &dedup.Match{First: "a", FirstBy: "date", FirstConfidence: 1}, a: c.a, b: c.b}
		if got := firstWords(&p); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
		for _, kind := range kinds {
			q := pair{Match: &dedup.Match{Match: reuse.Match{Kind: kind}, First: "a", FirstBy: "date", FirstConfidence: 1}, a: c.a, b: c.b}
			if taken := kind != reuse.Template && kind != reuse.Boilerplate; taken != (firstWords(&q) == c.want) || !taken && firstWords(&q) != "" {
				t.Errorf("%s: got %q", kind, firstWords(&q))
			}
		}
	}
}

// A source without a name has one in the table of who shares text with whom.
func TestMatrixNames(t *testing.T) {
	m := newMatrix(map[[2]string]int{{"", "Bote"}: 1})
	if len(m.Names) != 2 || m.Names[0] != unknownSource || m.Rows[0][1].Title != "(not known) and Bote: 1 pair" {
		t.Errorf("got %q, %+v", m.Names, m.Rows)
	}
}
