package reuse

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

const (
	ferry = "The old ferry of Westerhaven was sold on Monday to a museum in the south, which wants to show it from the autumn on. Its crew of four will go with it, the town hall said. "
	pier  = "On Tuesday the harbour master closed the northern pier, as two of its beams had given way under the weight of a lorry. Nobody was hurt. "
)

// Each term speaks for the article that had the common text first.
func TestDirectionTerms(t *testing.T) {
	retold := strings.Replace(ferry, "was sold on Monday", "was last week sold on Monday, as we wrote,", 1)
	sold := ferry + "It paid 120 million francs for it and for the piers that belong to it, more than anyone had thought. "
	wordy := "Old ropes, brass lamps and charts from seven centuries hang in a long hall that smells of tar. "
	for _, test := range []struct {
		name, a, b string
		term       func(d *Direction) float64
	}{
		{"a new lead", ferry, strings.Repeat(pier, 3) + ferry, func(d *Direction) float64 { return d.Depth }},
		{"another opening", ferry, strings.Repeat(pier, 3) + ferry, func(d *Direction) float64 { return d.Opening }},
		{"cut from the end", ferry + strings.Repeat(pier, 5), ferry, func(d *Direction) float64 { return d.Ending }},
		{"told looking back", ferry, retold, func(d *Direction) float64 { return d.Back }},
		{"a later day first", ferry + "Nobody was hurt. ", pier + ferry, func(d *Direction) float64 { return d.Carried }},
		{"a later day at all", ferry, ferry + pier, func(d *Direction) float64 { return d.Days }},
		{"amounts for readers elsewhere", sold, strings.Replace(sold, "francs", "francs ($93 million)", 1), func(d *Direction) float64 { return d.Abroad }},
		{"more words", ferry + strings.Repeat("It is an old ferry of the town. ", 3), ferry + wordy, func(d *Direction) float64 { return d.Variety }},
	} {
		there, back := compare(tokenised(test.a), tokenised(test.b)), compare(tokenised(test.b), tokenised(test.a))
		if !there.Kind.Reuse() || !back.Kind.Reuse() {
			t.Fatalf("%s: no reuse: %s", test.name, there.Evidence.Rule)
		}
		if p, q := test.term(&there.Direction), test.term(&back.Direction); p <= 0 || math.Abs(p+q) > 1e-9 {
			t.Errorf("%s: %g one way, %g the other", test.name, p, q)
		}
	}
}

// A direction is told from a sum that is large enough, by the largest of what
// speaks for it, and never against the date.
func TestFirst(t *testing.T) {
	for _, test := range []struct {
		d         Direction
		side, by  string
		confident float64
	}{
		{Direction{}, "", "", 0},
		{Direction{Depth: .5}, "", "", 0},
		{Direction{Depth: 1}, "a", "text", .7311},
		{Direction{Depth: -1}, "b", "text", .7311},
		{Direction{Credit: -.85, Depth: -.5}, "b", "credit", .7941},
		{Direction{Credit: -.85, Depth: -.9}, "b", "text", .852},
		{Direction{Credit: .85, Depth: -2}, "b", "text", .7595},
		{Direction{Date: 3}, "a", "date", .9526},
		{Direction{Date: 3, Depth: -1}, "a", "date", .8808},
		{Direction{Date: 3, Depth: 1.5, Days: 1.3}, "a", "date", .99},
		{Direction{Date: 3, Depth: -1.5, Days: -1.3}, "", "", 0},
		{Direction{Date: -1.2, Depth: 1.5, Days: 1.3}, "", "", 0},
	} {
		side, by, confident := test.d.First()
		if side != test.side || by != test.by || confident != test.confident {
			t.Errorf("%+v: %q by %q with %g, want %q by %q with %g", test.d, side, by, confident, test.side, test.by, test.confident)
		}
	}
}

// What the same passages say of a pair does not depend on which document is
// the left one, and the terms stay within their weights.
func TestDirectionMirrored(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		m := compare(a, b)
		back := Match{Passages: append([]Passage(nil), m.Passages...), ShareA: m.ShareB, ShareB: m.ShareA}
		back.Evidence.OwnA, back.Evidence.OwnB = b.Own(), a.Own()
		for i, p := range back.Passages {
			back.Passages[i].A, back.Passages[i].B = p.B, p.A
		}
		var x, y Aligner
		x.Left(a)
		x.turnTo(b)
		x.direction(b, &m)
		y.Left(b)
		y.turnTo(a)
		y.direction(a, &back)
		p, q := m.Direction, back.Direction
		for i, v := range [][2]float64{{p.Depth, q.Depth}, {p.Opening, q.Opening}, {p.Ending, q.Ending}, {p.Back, q.Back}, {p.Carried, q.Carried}, {p.Days, q.Days}, {p.Abroad, q.Abroad}, {p.Variety, q.Variety}} {
			if v[0] != -v[1] {
				t.Fatalf("term %d: %+v one way, %+v the other", i, p, q)
			}
		}
		if most := depthWeight + openingWeight + endingWeight + backWeight + carriedWeight + daysWeight + abroadWeight + varietyWeight; !(math.Abs(p.text()) <= most) {
			t.Fatalf("%+v: more than %g", p, most)
		}
	})
}

// Where little is common the texts say nothing, where more is they do.
func TestDirectionOfLittle(t *testing.T) {
	rest := "The town has 9,000 inhabitants, 12 schools, 4 churches and 31 pubs. " + strings.Repeat("Nobody knows whether anything else will ever be built here at all. ", 80)
	m := compare(tokenised(ferry+rest), tokenised(strings.Repeat(pier, 30)+ferry))
	if !m.Kind.Reuse() || max(m.ShareA, m.ShareB) > littleShare {
		t.Fatalf("%s, shares %g and %g", m.Kind, m.ShareA, m.ShareB)
	}
	if d := m.Direction; d != (Direction{}) {
		t.Errorf("%+v", d)
	}
	m = compare(tokenised(ferry+rest[:len(rest)/8]), tokenised(strings.Repeat(pier, 5)+ferry))
	if d := m.Direction; max(m.ShareA, m.ShareB) < someShare || d.Days == 0 || d.Depth <= 0 {
		t.Errorf("shares %g and %g: %+v", m.ShareA, m.ShareB, d)
	}
}

// Where passages stand is counted in own words: furniture is none, and what is
// said of an end holds for a text of any length.
func TestStanding(t *testing.T) {
	d := tokenised(pier + "It had said so yesterday, and last week, in words. " + ferry)
	d.Mask = make([]bool, d.Text.Len())
	sentences := d.Text.Sentences
	for i := range sentences[0].To {
		d.Mask[i] = true
	}
	own := d.Own()
	for _, test := range []struct {
		from, to, words, back int
		opening               float64
	}{
		{0, 1, 0, 0, 0},                                                  // furniture
		{1, 2, 3, 0, 3 / float64(own)},                                   // a sentence of three words: too few to be one of the passages
		{2, 3, 10, 2, 10 / float64(own)},                                 // looks back twice
		{0, 3, 13, 2, 13 / float64(own)},                                 // with furniture and all
		{1, len(sentences), own, 2, 1},                                   // everything
		{3, len(sentences), own - 13, 0, float64(own-13) / float64(own)}, // the rest
	} {
		var x Aligner
		x.spans = []shingle.Span{d.Text.Span(sentences[test.from].From, sentences[test.to-1].To)}
		p := x.standingIn(d, own)
		if p.words != test.words || p.back != test.back || p.opening != test.opening || p.ending != test.opening {
			t.Errorf("sentences %d to %d of %d own words: %+v, want %+v", test.from, test.to, own, p, test)
		}
	}
}

// A weekday is later than the three before it.
func TestOrder(t *testing.T) {
	monday, thursday, friday, sunday := 1, 4, 5, 7
	for _, test := range [][3]int{{monday, thursday, 1}, {thursday, monday, -1}, {monday, friday, -1}, {sunday, monday, 1}, {friday, monday, 1}, {monday, monday, 0}, {0, monday, 0}, {monday, 0, 0}} {
		if got := order(test[0], test[1]); got != test[2] {
			t.Errorf("from %d to %d: %d, want %d", test[0], test[1], got, test[2])
		}
	}
	for name, day := range map[string]int{"Sonntag": 7, "Mittwochabend": 3, "Saturday": 6, "sábado": 6, "MARDI": 2, "Sonnabend": 6} {
		if got := wordsOfTime().day(tokenised(name).Text.Hash[0]); got != day {
			t.Errorf("%s: %d, want %d", name, got, day)
		}
	}
}
