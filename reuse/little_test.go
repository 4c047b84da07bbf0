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
