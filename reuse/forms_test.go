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
		"two short articles on other names":    {Evidence{Words: 60, Leads: true}, "begins with names"},
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

// What an agency says of one bond it says of the next one. Short articles of one source that
// begin with other names are no copies, whatever they have in common.
func TestLeads(t *testing.T) {
	const (
		terms = " The selling concession is 1-1/2 pct while management and underwriting each pay 1/2 pct. " +
			"The bonds are available in denominations of 1,000 and 10,000 dlrs and the payment date is the end of next month."
		first, second = "Kestrel of Mirow is issuing a bond to pay for a new mill.", "A loan is sought by Ondrax, which wants to go on digging."
		again         = "A bond is what Kestrel brings to the market this week, as it said."
		small         = "A bond is what they bring to the market this week, as they said."
	)
	long := strings.Repeat(" There was no word from the office of trade on what it is going to do about it, and neither was there any from the town.", 10)
	for name, c := range map[string]struct {
		a, b         string
		siteA, siteB uint64
		form         bool
	}{
		"other names":       {first + terms, second + terms, 7, 7, true},
		"of two sources":    {first + terms, second + terms, 7, 8, false},
		"the same name":     {first + terms, again + terms, 7, 7, false},
		"one names nobody":  {first + terms, small + terms, 7, 7, false},
		"the name is below": {first + terms, second + terms + " Kestrel had no comment.", 7, 7, false},
		"the terms name somebody": {first + terms + " Zelmerov Brandt Ilsefeld and Quorvan arranged it.",
			second + terms + " Zelmerov Brandt Ilsefeld and Quorvan arranged it.", 7, 7, false},
		"a longer article": {first + terms, second + terms + long, 7, 7, false},
	} {
		a, b := tokenised(c.a), tokenised(c.b)
		a.Site, b.Site = c.siteA, c.siteB
		m := compare(a, b)
		if m.Evidence.Leads != c.form || (m.Kind == Template) != c.form || m.Evidence.Words < MinEvidence {
			t.Errorf("%s: %q, %+v", name, m.Kind, m.Evidence)
		}
		if n := compare(b, a); n.Kind != m.Kind {
			t.Errorf("%s: %q, and %q the other way round", name, m.Kind, n.Kind)
		}
	}
}
