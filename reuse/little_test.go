package reuse

import (
	"math"
	"strings"
	"testing"
)

// Two dispatches of one story: a sentence of the first is background in the second,
// told in other words.
const (
	spill = "Ardovia had to stop pumping crude oil for about four months after a landslide broke 30 kilometres of the pipeline " +
		"that links its mountain wells with the coastal port of Merell."
	spillAgain = "Crude oil shipments of Ardovia may rest for up to four months since a landslide destroyed 30 kilometres of pipeline " +
		"which links the mountain wells to the port of Merell on the coast."
	spillFirst = "Ardovia's oil minister Teodor Vasquin flew to the neighbouring republic of Cantis last night to ask for help. " +
		"Officials of the energy ministry in Cantis declined to comment on his journey. "
	spillSecond = "Cantis will lend Ardovia six tankers of crude, deputy premier Ilse Morvan announced at a press conference. " +
		"Vasquin, the oil minister of Ardovia, thanked her for the quick answer. "
)

func dated(text string, day int) *Document {
	d := tokenised(text)
	d.Day = day
	return d
}

// TestLittle: a sentence that is a good part of a short article and stands again in
// other words in another one on the same thing, some days later at most, is reuse.
func TestLittle(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second string
		dayA, dayB    int
		told          bool
	}{
		{"next day", spillFirst + spill, spillSecond + spillAgain, 100, 101, true},
		{"weeks later", spillFirst + spill, spillSecond + spillAgain, 100, 130, false},
		{"nobody knows when", spillFirst + spill, spillSecond + spillAgain, 0, 0, false},
		{"without the sentence", spillFirst, spillSecond, 100, 101, false},
		{"quoted", spillFirst + "“" + spill + "”", spillSecond + "“" + spillAgain + "”", 100, 101, false},
		{"with another figure", spillFirst + spill, spillSecond + strings.Replace(spillAgain, "30", "70", 1), 100, 101, false},
	} {
		a, b := dated(test.first, test.dayA), dated(test.second, test.dayB)
		a.Site, b.Site = 7, 7 // no retelling is looked for
		m := compare(a, b)
		e := &m.Evidence
		if e.Words >= MinEvidence || m.Kind.Reuse() != test.told || e.Little.told() != test.told {
			t.Errorf("%s: %q, %+v", test.name, m.Kind, m.Evidence)
			continue
		}
		if !test.told {
			continue
		}
		if !strings.Contains(e.Rule, "speaks for reuse") || len(m.Passages) != 1 || m.Passages[0].Type != Reworded || m.Passages[0].A.Start != len(spillFirst) || m.Passages[0].B.Start != len(spillSecond) {
			t.Errorf("%s: %s, %+v", test.name, e.Rule, m.Passages)
		}
	}
}

// TestLittleIsAPart: two short articles that are hardly more than that sentence hold a
// part of each other, whatever their share.
func TestLittleIsAPart(t *testing.T) {
	const head, headAgain = "The oil minister flew to Cantis. ", "Cantis lends six tankers. "
	a, b := dated(head+spill, 100), dated(headAgain+spillAgain, 101)
	a.Site, b.Site = 7, 7
	m := compare(a, b)
	if m.Kind != Partial || !m.Evidence.Little.told() || englishReading.of(m.Evidence.RawA) < republishedFrom || max(m.ShareA, m.ShareB) >= republishedFrom {
		t.Errorf("%q, shares of %g and %g, %+v", m.Kind, m.ShareA, m.ShareB, m.Evidence)
	}
}

// TestFormIsNotLittle: where the text in common has the marks of a form, such as an
// opening of one source that names nothing, no sentence is told.
func TestFormIsNotLittle(t *testing.T) {
	for opening, told := range map[string]bool{"": true, "This is what we know so far.\n\n": false} {
		a, b := dated(opening+spillFirst+spill, 100), dated(opening+spillSecond+spillAgain, 101)
		a.Site, b.Site = 7, 7
		if m := compare(a, b); m.Evidence.Little.told() != told || m.Kind.Reuse() != told {
			t.Errorf("%q: %q, %+v", opening, m.Kind, m.Evidence)
		}
	}
}

// TestLittleBothWays: which of two documents is the left one makes no difference.
func TestLittleBothWays(t *testing.T) {
	a, b := dated(spillFirst+spill, 100), dated(spillSecond+spillAgain, 101)
	p, q := compare(a, b).Evidence.Little, compare(b, a).Evidence.Little
	for name, d := range map[string]float64{
		"said": p.Said - q.Said, "story": p.Story - q.Story, "runs": p.Runs - q.Runs, "names": p.Names - q.Names, "held": p.Held - q.Held,
	} {
		if math.Abs(d) > 1e-5 {
			t.Errorf("%s: %+v and %+v", name, p, q)
		}
	}
}

// TestLittleOfEither: a clause in common that is little of both articles is no reuse, and with
// a sentence in other words it is.
func TestLittleOfEither(t *testing.T) {
	const (
		clause = "that repairs in the gorge will go on until the spring floods are over"
		more   = "The state oil company of Ardovia put the loss at a third of its yearly exports, and Merell harbour laid off dockers. " +
			"Tankers bound for Merell were sent to other harbours, where crude from the desert states was loaded in place of it. " +
			"An engineer of the oil company told reporters " + clause + ", though rain has hampered the crews. " +
			"Ardovia has few other sources of income, and its bank has begun to sell gold from the reserve. " +
			"The landslide followed weeks of storms in the mountains, which also swept away a bridge and two villages. " +
			"Insurers have not yet said who will pay for that, and farmers ask for seed, tents and blankets. " +
			"A parliamentary committee is to find out why the slope was never drained. "
		moreAgain = "Traders expect " + clause + ", and freight to the desert states costs twice what it did in autumn. " +
			"Lighthouse keepers say that no ship has called for weeks; the cranes stand idle, and seamen mend their nets. " +
			"In the valley a school was turned into a hospital, since the road from the highlands is cut off. " +
			"Vasquin denied rumours that rationing was near, and said that lorries would carry petrol from the border. " +
			"His party wants to borrow abroad rather than sell gold, which the opposition calls a gamble. " +
			"Schoolchildren collected tins for the hospital, and a choir sang at the market to thank the drivers. " +
			"Snow is forecast for tonight, with gusts that may close the airfield, too. " +
			"Elsewhere the harvest was good, and prices for barley fell. "
	)
	for name, c := range map[string]struct {
		spill, spillAgain string
		day               int
		told              bool
	}{
		"a sentence in other words": {spill, spillAgain, 101, true},
		"weeks later":               {spill, spillAgain, 130, false},
	} {
		a, b := dated(spillFirst+c.spill+" "+more, 100), dated(spillSecond+c.spillAgain+" "+moreAgain, c.day)
		a.Site, b.Site = 7, 7
		m := compare(a, b)
		e := &m.Evidence
		if e.Words < MinEvidence || e.Words >= plainEvidence || !e.slight() || e.Little.told() != c.told || m.Kind.Reuse() != c.told {
			t.Errorf("%s: %q, %v %v, %+v", name, m.Kind, e.Little.Sum(), e.Little, m.Evidence)
		}
	}
}
