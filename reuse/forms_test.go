package reuse

import (
	"strings"
	"testing"
)

// A form is told by its figures where it has few names, by its names where little else
// agrees.
func TestForm(t *testing.T) {
	for name, c := range map[string]struct {
		e    Evidence
		want string
	}{
		"figures of different days":            {Evidence{Numbers: 10, Agreeing: 8, Later: true}, "different days"},
		"most of these are equal":              {Evidence{Numbers: 10, Agreeing: 9, Later: true}, ""},
		"names of one short sentence":          {Evidence{Words: 12, Names: 9, Named: 4, Later: true}, "names and numbers"},
		"names beside much text that agrees":   {Evidence{Words: 72, Names: 9, Named: 2, Figures: 3, Figured: 2}, ""},
		"names differ, but the figures do not": {Evidence{Words: 11, Names: 11, Named: 2, Figures: 8, Figured: 6}, ""},
		"and so with few of them":              {Evidence{Words: 14, Names: 6, Figures: 3, Figured: 3}, ""},
		"figures of one day, no names":         {Evidence{Words: 80, Figures: 48, Figured: 26}, "few names"},
		"figures of one day among names":       {Evidence{Words: 80, Figures: 32, Figured: 19, Names: 8, Named: 8}, ""},
		"a correction":                         {Evidence{Words: 80, Figures: 32, Figured: 24}, ""},
		"some figures in words of all":         {Evidence{Words: 60, Figures: 15, Figured: 8, Frame: .5}, "at least 32 articles"},
		"the same in words of few":             {Evidence{Words: 60, Figures: 15, Figured: 8, Frame: .3}, ""},
		"nearly the same, days later":          {Evidence{Words: 60, Figures: 14, Figured: 13, Frame: .6, Later: true}, "at least 32 articles"},
		"nearly the same on one day":           {Evidence{Words: 60, Figures: 14, Figured: 13, Frame: .6}, ""},
		"an opening line":                      {Evidence{Words: 10, Opening: true}, "an opening"},
		"the same figures in words of all":     {Evidence{Words: 60, Figures: 58, Figured: 51, Frame: .5}, ""},
	} {
		if got := c.e.form(); got != (c.want != "") {
			t.Errorf("%s: form is %v", name, got)
		} else if got && !strings.Contains(c.e.formRule(), c.want) {
			t.Errorf("%s: the rule is %q", name, c.e.formRule())
		}
	}
}

// What many documents hold is told by the seeds, and asked for where figures differ.
func TestFrame(t *testing.T) {
	const form = "Gemeldet wurden im ganzen Land seit gestern NEU neue Fälle, auf den Stationen liegen noch IST Kranke, frei sind WEITER Betten. " +
		"Die Zahl derer, die genesen sind und ihre Wohnung wieder verlassen, gibt das Amt mit GANZ an. " +
		"Dabei ist zu beachten, dass nicht alle Ämter am Wochenende melden und die Werte deshalb in den ersten Tagen der Woche meist niedriger ausfallen. " +
		"Der Wert bildet jeweils das Geschehen der Tage davor ab und sagt, wie viele weitere Menschen ein Kranker im Mittel ansteckt."
	fill := func(figures ...string) *Document {
		return tokenised(strings.NewReplacer("NEU", figures[0], "IST", figures[1], "WEITER", figures[2], "GANZ", figures[3]).Replace(form))
	}
	a := fill("112", "27", "310", "4410")
	other, same := fill("96", "31", "288", "4506"), fill("112", "27", "310", "4410 alles in allem")
	for docs, frame := range map[int]float64{frameDocs: 1, frameDocs - 1: 0} {
		var seeds []Seed
		for i := range a.Text.Len() - gramWords + 1 {
			seeds = append(seeds, Seed{Pos: i, Docs: docs})
		}
		var x Aligner
		x.Left(a)
		if m := x.Compare(other, seeds); m.Evidence.Frame != frame || (m.Kind == Template) != (frame == 1) {
			t.Errorf("in %d documents: %q, frame %v", docs, m.Kind, m.Evidence.Frame)
		}
		if m := x.Compare(same, seeds); m.Evidence.Frame != 0 || m.Kind == Template {
			t.Errorf("the same figures in %d documents: %q, frame %v", docs, m.Kind, m.Evidence.Frame)
		}
	}
}

// Two lists under one standing line are no copies, two articles of one lead may be.
func TestOpening(t *testing.T) {
	const line = "the following offers of shares were made this week to the office of trade and industry. "
	sides := func(lead, a, b string) (*Document, *Document) {
		x, y := tokenised(lead+a), tokenised(lead+b)
		x.Site, y.Site = 7, 7
		return x, y
	}
	const one, other = "Kestrel of Mirow wants to sell shares.", "Ondrax sells bonds to whom it may concern, and nobody asks."
	a, b := sides(line, one, other)
	if m := compare(a, b); m.Kind != Template || !m.Evidence.Opening {
		t.Errorf("one line in common: %q, %+v", m.Kind, m.Evidence)
	}
	b.Site = 8
	if m := compare(a, b); m.Kind == Template {
		t.Errorf("of two sources: %q", m.Kind)
	}
	a, b = sides("Kestrel Mirow Zelmerov wrote "+line, one, other)
	if m := compare(a, b); m.Kind == Template {
		t.Errorf("it names somebody: %q, %+v", m.Kind, m.Evidence)
	}
}
