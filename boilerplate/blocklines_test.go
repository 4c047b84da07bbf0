package boilerplate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// TestBlockPatterns: a block is found where a whole paragraph is like it but for its
// numbers, and stays where a person wants it; what was learnt with its pages is for
// the model to weigh.
func TestBlockPatterns(t *testing.T) {
	strip := Pattern{Source: "a.org", Text: "Kommentare (3)", Kind: Comments, Decision: "strip", By: "person", Block: true}
	keep, every, learnt := strip, strip, strip
	keep.Decision = "keep"
	every.Source = "*"
	learnt.By, learnt.Pages, learnt.Articles = "learnt", 4, 4
	for _, c := range []struct {
		name     string
		patterns []Pattern
		marked   string
	}{
		{"a person's", []Pattern{strip}, "Hier steht etwas.\n⟦Kommentare (12)⟧\nKommentare (12) und mehr."},
		{"of every source", []Pattern{every}, "Hier steht etwas.\n⟦Kommentare (12)⟧\nKommentare (12) und mehr."},
		{"kept", []Pattern{strip, keep}, "Hier steht etwas.\nKommentare (12)\nKommentare (12) und mehr."},
		{"kept, of every source", []Pattern{every, keep}, "Hier steht etwas.\nKommentare (12)\nKommentare (12) und mehr."},
		{"learnt", []Pattern{learnt}, "Hier steht etwas.\nKommentare (12)\nKommentare (12) und mehr."},
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(c.marked)
		var z shingle.Tokenizer
		var tokens shingle.Text
		z.Tokenize(&tokens, text)
		m := PageMarker{Marker: Marker{Rules: &Rules{}, Learnt: (&Furniture{Patterns: c.patterns}).Learnt()}}
		got, at := "", 0
		for _, mark := range m.Mark(nil, text, &tokens, nil, SiteHash("a.org")) {
			got += text[at:mark.Start] + "⟦" + text[mark.Start:mark.End] + "⟧"
			at = mark.End
		}
		got += text[at:]
		if got != c.marked {
			t.Errorf("%s: %q, want %q", c.name, got, c.marked)
		}
	}
}

// TestBlockGallery: of what pages repeat the furniture becomes lines, which tell the
// model of blocks what the pages did.
func TestBlockGallery(t *testing.T) {
	bar := []string{"Unser Dorf soll schöner werden", "Kontakt", "Impressum"}
	said := "Die Regierung will nach Angaben eines Sprechers bis zum Sommer entscheiden, ob sie das Gesetz noch ändert."
	l, h := NewPageLearner(LearnOptions{}), NewHeads(LearnOptions{})
	defer l.Close()
	defer h.Close()
	var z shingle.Tokenizer
	var text shingle.Text
	var pages []string
	for i, place := range []string{"Oberau", "Seedorf", "Talheim", "Wiesental"} {
		lines := []string{"Der Rat von " + place + " hat am Montag beschlossen, dass die alte Mühle am Fluss stehen bleibt und nicht verkauft wird."}
		if i < 2 {
			lines = append(lines, said, "Bis dahin wird in "+place+" weiter gestritten, wie die Mühle zu nutzen wäre und was das kosten darf.")
		}
		pages = append(pages, strings.Join(append(lines, bar...), "\n\n"))
		z.Tokenize(&text, pages[i])
		if err := l.Add(1<<40, i, uint64(i), PageBlocks(nil, &text)); err != nil {
			t.Fatal(err)
		}
	}
	learnt := newLearnt()
	if err := learnt.Know(h, l); err != nil {
		t.Fatal(err)
	}
	g, err := NewBlockGallery(learnt, l)
	if err != nil || len(g.Documents()) == 0 {
		t.Fatalf("%d documents, %v", len(g.Documents()), err)
	}
	for _, n := range g.Documents() {
		z.Tokenize(&text, pages[n])
		g.add(1<<40, "a.org", pages[n], &text)
	}
	f := g.Furniture(&Furniture{Patterns: []Pattern{{Source: "a.org", Text: bar[0], Articles: 4, Days: 4, Kind: Repeated, Decision: "strip", By: "learnt"}}})
	if len(f.Patterns) != 3 {
		t.Fatalf("%+v", f.Patterns)
	}
	for _, p := range f.Patterns {
		if p.Pages != 4 || p.Articles != 4 || p.Days != 4 || p.Position != "tail" || p.Block == (p.Text == bar[0]) {
			t.Errorf("%+v", p)
		}
	}
	z.Tokenize(&text, pages[0])
	s := f.Learnt().source(SiteHash("a.org"))
	for i, b := range PageBlocks(nil, &text)[1:] {
		want, at := 0, blocks.Place(0)
		if i >= 3 {
			want, at = 4, blocks.Tail
		}
		if s.Pages != 4 || s.Hold(b.hash) != want || s.Place(b.hash) != at {
			t.Errorf("block %d on %d of %d pages, at %d; want %d, at %d", i, s.Hold(b.hash), s.Pages, s.Place(b.hash), want, at)
		}
	}
}

// TestInside compares the runs inside of blocks with those of each block alone, or
// of long blocks in a row.
func TestInside(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lines []string
		for _, n := range rapid.SliceOfN(rapid.IntRange(1, 20), 1, 8).Draw(t, "words") {
			lines = append(lines, strings.Repeat("wort ", n)+"ende")
		}
		text := strings.Join(lines, "\n\n")
		var z shingle.Tokenizer
		var all, one shingle.Text
		z.Tokenize(&all, text)
		want := 0
		for i := 0; i < len(lines); {
			row := lines[i]
			for i++; i < len(lines) && len(strings.Fields(lines[i-1])) >= longBlock && len(strings.Fields(lines[i])) >= longBlock; i++ {
				row += " " + lines[i]
			}
			z.Tokenize(&one, row)
			want += len(Grams(nil, &one))
		}
		if !IsPage(&all) {
			want = len(Grams(nil, &all))
		}
		var places []uint32
		for i := range Grams(nil, &all) {
			places = append(places, uint32(i))
		}
		if got := len(Inside(places, &all)); got != want {
			t.Fatalf("%d runs, want %d", got, want)
		}
	})
}
