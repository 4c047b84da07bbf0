package reuse

import (
	"math"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// oddsOf weighs the first sentences of two texts, and reports whether they may say the same
// at all.
func oddsOf(first, second *Document) (l likeness, ok bool) {
	var x Aligner
	x.Left(first)
	x.turnTo(second)
	x.profile(second)
	if l, ok = liken(x.left, x.right, 0, 0); ok {
		ok = x.weighOdds(x.left, x.right, &l)
	}
	return l, ok
}

// A name with all its offices is no rewording, whatever part of both sentences it is; the
// same words in an order of their own are one, and so are a few that hardly another sentence
// holds.
func TestOdds(t *testing.T) {
	const (
		who   = "Der Bürgermeister der Kleinstadt Quastenbeck, Karl Wolpertinger, "
		cases = "In Portugal erkrankten zuletzt binnen 14 Tagen 1429 je 100000 Einwohner an der Masernseuche."
	)
	for _, test := range []struct {
		first, second string
		same          bool
	}{
		{who + "verlangte den Abriss.", who + "eröffnete das Freibad.", false},
		{who + "verlangte heftig den baldigen Abriss.", who + "hat den baldigen Abriss heftig verlangt.", true},
		{who + "verlangte den Abriss.", "Den Abriss verlangte der Bürgermeister der Kleinstadt Quastenbeck.", true},
		{"Das Ausfliegen der Flusspferde sei zunächst nicht geplant.", "Das Ausfliegen der Flusspferde indes sei vorerst nicht notwendig.", true},
		{cases, "Nach neuen Zahlen steckten sich in Portugal binnen 14 Tagen 1429 je 100000 Einwohner an.", true},
		{"Seit der Seuche steige die Zahl der Vorfälle aber auf alarmierende Weise an.", "Der Verband beklagt seit der Seuche einen alarmierenden Anstieg von Vorfällen.", true},
		{"Die Kämmerin warnte vor Zinsen.", "Vor Gericht stand die Kämmerin.", false},
	} {
		if l, ok := oddsOf(tokenised(test.first), tokenised(test.second)); ok && l.odds >= oddsSure != test.same {
			t.Errorf("%q and %q: odds %.2f", test.first, test.second, l.odds)
		} else if !ok && test.same {
			t.Errorf("%q and %q: %+v", test.first, test.second, l)
		}
	}
}

// What two articles have in common says less the more of their sentences hold it, and days
// later.
func TestOddsOfBackground(t *testing.T) {
	const (
		a = "Die Kämmerin von Quastenbeck warnte vor steigenden Zinsen und teurem Beton. "
		b = "Vor teurem Beton und steigenden Zinsen hat die Kämmerin von Quastenbeck gewarnt. "
		c = "Über Zinsen und Beton spricht in Quastenbeck jeder. Die Kämmerin auch. Beton ist teuer. Zinsen steigen. "
	)
	alone, _ := oddsOf(tokenised(a), tokenised(b))
	all, _ := oddsOf(tokenised(a+c), tokenised(b+c))
	first, second := tokenised(a), tokenised(b)
	first.Day, second.Day = 1, 9
	later, _ := oddsOf(first, second)
	if alone.odds <= all.odds || alone.odds <= later.odds || alone.odds < oddsFrom {
		t.Errorf("odds %.2f, where all speak of it %.2f, days later %.2f", alone.odds, all.odds, later.odds)
	}
}

// Sentences on other weekdays say other things, and so do two quotations that are only alike.
func TestOddsOtherwise(t *testing.T) {
	const (
		a = "Die Kämmerin von Quastenbeck warnte am %s vor steigenden Zinsen und teurem Beton."
		b = "Vor teurem Beton und steigenden Zinsen hat die Kämmerin von Quastenbeck am %s gewarnt."
	)
	on := func(first, second string) float32 {
		l, _ := oddsOf(tokenised(strings.Replace(a, "%s", first, 1)), tokenised(strings.Replace(b, "%s", second, 1)))
		return l.odds
	}
	if one, other, none := on("Dienstag", "Dienstag"), on("Dienstag", "Mittwoch"), on("Dienstag", "Hafen"); other >= none+oddsWeekday/2 || one <= none {
		t.Errorf("the same day %.2f, another one %.2f, one day %.2f", one, other, none)
	}
	said, _ := oddsOf(tokenised(a), tokenised(b))
	half, _ := oddsOf(tokenised("„"+a+"“"), tokenised(b))
	quoted, _ := oddsOf(tokenised("„"+a+"“"), tokenised("„"+b+"“"))
	if half.odds != said.odds || quoted.odds != said.odds+oddsQuotes {
		t.Errorf("said %.2f, one quoted %.2f, both %.2f", said.odds, half.odds, quoted.odds)
	}
}

// A sentence that is less like stands beside a passage or nowhere.
func TestBesideBlock(t *testing.T) {
	text := strings.Repeat("Eins zwei drei vier. ", 12)
	a, b := tokenised(text), tokenised(text)
	for name, c := range map[string]struct {
		s, t int
		want bool
	}{
		"right after":      {6, 6, true},
		"two after":        {7, 6, true},
		"three after":      {8, 6, false},
		"three after in b": {6, 8, false},
		"right before":     {4, 3, true},
		"crossed":          {6, 4, false},
		"in it":            {5, 5, false},
	} {
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		x.ownA, x.ownB = make([]int32, a.Text.Len()), make([]int32, b.Text.Len())
		blocks := []block{{A: 20, AEnd: 24, B: 20, BEnd: 24}}
		x.own(&blocks[0], 0)
		if got := x.besideBlock(b, likeness{a: c.s, b: c.t}, blocks); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// A sentence is part of two rewordings if they are halves of it, beside each other.
func TestPick(t *testing.T) {
	for name, c := range map[string]struct {
		second likeness
		want   bool
	}{
		"another one":        {likeness{a: 2, b: 2}, true},
		"the other half":     {likeness{a: 1, b: 2, inB: .8}, true},
		"in the other text":  {likeness{a: 2, b: 1, inA: .8}, true},
		"no half":            {likeness{a: 1, b: 2, inB: .7}, false},
		"a half far away":    {likeness{a: 1, b: 4, inB: .8}, false},
		"the same once more": {likeness{a: 1, b: 1, inA: .8, inB: .8}, false},
	} {
		a, b := tokenised(strings.Repeat("Eins zwei drei vier. ", 6)), tokenised(strings.Repeat("Eins zwei drei vier. ", 6))
		x := facing(a, b)
		x.pickNone()
		if !x.pick(likeness{a: 1, b: 1}) || x.pick(c.second) != c.want {
			t.Errorf("%s: want %t", name, c.want)
		}
	}
}

// What two sentences have in common counts by the sentences that hold it, as looking each
// stem up says.
func TestOwnCommon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		for _, d := range []*Document{a, b} {
			for i := range d.Text.Flag {
				if i%5 < 2 {
					d.Text.Flag[i] |= shingle.Upper
				}
			}
		}
		x := facing(a, b)
		for s := range x.left.mass {
			for u := range x.right.mass {
				want, n := float32(0), 0
				for _, e := range x.left.stemsOf(s) {
					for _, f := range x.right.stemsOf(u) {
						if e.stem() == f.stem() { // they are not as rare in two languages
							want, n = want+min(e.rarity(), f.rarity())/x.left.index.among(&x.right.index, e.stem()), n+1
						}
					}
				}
				got, small := x.left.ownCommon(x.right, &likeness{a: s, b: u})
				if _, stems := commonStems(x.left.stemsOf(s), x.right.stemsOf(u)); got != want || stems != n {
					t.Fatalf("sentences %d and %d: %g of %d stems, want %g of %d", s, u, got, stems, want, n)
				}
				if want := smallCommon(x, a.Text.Sentences[s], b.Text.Sentences[u]); small != want {
					t.Fatalf("sentences %d and %d: %g of the words with a small letter, want %g", s, u, small, want)
				}
			}
		}
	})
}

// Stems are found among many as among few: those that stand more than once as often as in
// both.
func TestStemsAmongMany(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := func(name string, least, most, each int) (entries []entry, times map[uint32]int) {
			stems := slices.Repeat(rapid.SliceOfN(rapid.Uint32Range(0, 400), least, most).Draw(t, name), each)
			slices.Sort(stems)
			times = map[uint32]int{}
			for _, stem := range stems {
				entries = append(entries, newEntry(stem<<20, int32(most), uint8(stem%7)))
				times[stem]++
			}
			return entries, times
		}
		few, once := list("few", 0, 3, 2)
		many, often := list("many", 6*uneven+1, 400, 1)
		units, n := 0, 0
		for stem, k := range once {
			k = min(k, often[stem])
			units, n = units+k*int(stem%7), n+k
		}
		for _, pair := range [][2][]entry{{few, many}, {many, few}} {
			if mass, stems := commonStems(pair[0], pair[1]); math.Round(float64(mass)*rarityUnit) != float64(units) || stems != n {
				t.Fatalf("%g of %d stems, want %d/%d of %d", mass, stems, units, rarityUnit, n)
			}
		}
	})
}

// smallCommon lists the words with a small letter of two sentences to tell what part of their
// mass both hold.
func smallCommon(x *Aligner, u, v shingle.Unit) float32 {
	p, q := x.left.plain(nil, u.From, u.To), x.right.plain(nil, v.From, v.To)
	return commonMass(p, q) / max(1, min(fullMass(p), fullMass(q)))
}

// A sentence for which a pick found no place may be picked again.
func TestUnpick(t *testing.T) {
	a, b := tokenised(strings.Repeat("Eins zwei drei vier. ", 6)), tokenised(strings.Repeat("Eins zwei drei vier. ", 6))
	x := facing(a, b)
	x.pickNone()
	l := likeness{a: 1, b: 1}
	if x.pick(l); x.pick(likeness{a: 1, b: 4}) {
		t.Error("picked twice")
	}
	if x.unpick(l); !x.pick(likeness{a: 1, b: 4}) {
		t.Error("not picked again")
	}
}

// Short sentences of everyday words meet, but have to be surer.
func TestOddsOfFew(t *testing.T) {
	const (
		a = "Das gilt auch nach der Neueinstufung der Balearen noch immer für die meisten Gäste aus dem Norden."
		b = "Das gilt noch für die meisten Gäste."
	)
	first, second := tokenised(a), tokenised(b)
	var x Aligner
	x.Left(first)
	x.turnTo(second)
	x.profile(second)
	list := x.likenesses(x.left, x.right)
	if len(list) != 1 || !list[0].few {
		t.Fatalf("%+v", list)
	}
	if l, _ := oddsOf(first, second); list[0].odds != l.odds+oddsFew || list[0].odds < oddsFrom {
		t.Errorf("odds %.2f, %.2f without the loss", list[0].odds, l.odds)
	}
}
