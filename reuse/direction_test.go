package reuse

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

const (
	ferry = "The old ferry of Westerhaven was sold on Monday to a museum in the south, which wants to show it from the autumn on. Its crew of four will go with it, the town hall said. "
	pier  = "On Tuesday the harbour master closed the northern pier, as two of its beams had given way under the weight of a lorry. Nobody was hurt. "
)

// Each term speaks for the article that had the common text first.
func TestDirectionTerms(t *testing.T) {
	numbers := " It carried 120 people, 14 cars, 3 lorries, 7 horses and 90 crates a day."
	for _, test := range []struct {
		name, a, b string
		term       func(d *Direction) float64
	}{
		{"a new lead", ferry, strings.Repeat(pier, 3) + ferry, func(d *Direction) float64 { return d.Height }},
		{"cut from the end", ferry + pier + pier, ferry, func(d *Direction) float64 { return d.Height }},
		{"a later day first", ferry + pier, pier + ferry, func(d *Direction) float64 { return d.Opening }},
		{"a later day at all", ferry, ferry + pier, func(d *Direction) float64 { return d.Days }},
		{"figures", ferry, ferry + numbers, func(d *Direction) float64 { return d.Figures }},
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
		{Direction{Height: .3}, "", "", 0},
		{Direction{Height: 1}, "a", "text", .7311},
		{Direction{Height: -1}, "b", "text", .7311},
		{Direction{Credit: -.85, Height: -.5}, "b", "credit", .7941},
		{Direction{Credit: -.85, Height: -.9}, "b", "text", .852},
		{Direction{Credit: .85, Height: -2}, "b", "text", .7595},
		{Direction{Date: 3}, "a", "date", .9526},
		{Direction{Date: 3, Height: -1}, "a", "date", .8808},
		{Direction{Date: 3, Height: 1.5, Days: 1.3}, "a", "date", .99},
		{Direction{Date: 3, Height: -1.5, Days: -1.3}, "", "", 0},
		{Direction{Date: -1.2, Height: 1.5, Days: 1.3}, "", "", 0},
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
		if p.Height != -q.Height || p.Opening != -q.Opening || p.Days != -q.Days || p.Figures != -q.Figures {
			t.Fatalf("%+v one way, %+v the other", p, q)
		}
		if most := heightWeight + openingWeight + daysWeight + figuresWeight; !(math.Abs(p.Text()) <= most) {
			t.Fatalf("%+v: more than %g", p, most)
		}
	})
}

// Where little is common its place and the figures of both articles say nothing,
// the days that both name what they do.
func TestDirectionOfLittle(t *testing.T) {
	rest := "The town has 9,000 inhabitants, 12 schools, 4 churches and 31 pubs. " + strings.Repeat("Nobody knows whether anything else will ever be built here at all. ", 80)
	m := compare(tokenised(ferry+rest), tokenised(strings.Repeat(pier, 30)+ferry))
	if !m.Kind.Reuse() || max(m.ShareA, m.ShareB) > littleShare {
		t.Fatalf("%s, shares %g and %g", m.Kind, m.ShareA, m.ShareB)
	}
	if d := m.Direction; d.Height != 0 || d.Figures != 0 || d.Days <= 0 {
		t.Errorf("%+v", d)
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
		if got := weekdays().of(tokenised(name).Text.Hash[0]); got != day {
			t.Errorf("%s: %d, want %d", name, got, day)
		}
	}
}
