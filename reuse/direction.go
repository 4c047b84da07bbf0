package reuse

import "math"

// Direction is a sum that tells which of two documents had their common text
// first. Each term is in log odds: above 0 it speaks for the left document,
// below for the right one, and 0 is silent.
//
//	Date     the days of publication differ, or the times within a day do
//	Credit   only one credit line names an agency: that one is nearer to the
//	         source than one whose origin was edited away
//	Depth    the common text stands higher up in the article that had it first:
//	         what is news at first is background later, below a new lead
//	Opening  more of its opening is common, for the same reason
//	Ending   less of its end is: who takes over a text leaves out its end, and
//	         a later version carries on the end of an earlier one
//	Back     the later one tells the same looking back: "had said", "yesterday"
//	Carried  it opens with a later weekday and still names that of the first
//	Days     and the weekdays that it names are later altogether
//	Abroad   it gives amounts of what is common in another currency as well, for
//	         readers elsewhere
//	Variety  for its length it has more different words, as it tells of more
//
// The texts say the less the less the two have in common: where two or three
// sentences stand is chance, and such articles may be far apart.
//
// The last eight and Credit are fitted together by logistic regression without an
// intercept: on what readers said of two weeks of German press and of two sets of
// English dispatches, and on the order of publication of pairs that appeared on
// different days of half a year of German press or of a year of dispatches, or
// within two days of some weeks of dispatches whose minute is known. The sets have
// about the same weight, and so has each story within the last three. A term stays
// if it speaks for the same side in nearly all the sets where it says anything, and
// if what it adds holds in sets that the weights were not fitted on; bench/first has
// the figures. What the terms say is the same for every language; only the names of
// weekdays and the words that look back are words.
type Direction struct {
	Date, Credit, Depth, Opening, Ending, Back, Carried, Days, Abroad, Variety float64
}

const (
	dateWeight    = 3
	stampWeight   = 1.2 // within a day, stamps of updates and of time zones mislead
	creditWeight  = .9
	depthWeight   = 1.1
	openingWeight = 1.2
	endingWeight  = 1.6
	backWeight    = 1
	carriedWeight = .7
	daysWeight    = 1
	abroadWeight  = 1.25
	varietyWeight = .75

	// depthScale and varietyScale bring differences to where they saturate.
	depthScale   = 1.5
	varietyScale = 6

	// littleShare is the share up to which the texts say nothing, someShare that
	// from which they say all they can: of what is told of three sets of dispatches
	// .95, .97 and .89 is right so, else .93, .94 and .85, of five other judged sets
	// three pairs less.
	littleShare, someShare = .07, .12

	// firstFrom is the confidence from which a direction is told.
	firstFrom = .64
)

// Dated sets the term of the date: sign is above 0 if the left document was
// published before the right one, and days says that it was another day.
func (d *Direction) Dated(sign int, days bool) {
	d.Date = stampWeight * float64(sign)
	if days {
		d.Date = dateWeight * float64(sign)
	}
}

// Credited sets the term of the credit lines: whether each names an agency.
func (d *Direction) Credited(left, right bool) {
	switch {
	case left && !right:
		d.Credit = creditWeight
	case right && !left:
		d.Credit = -creditWeight
	}
}

// text is the part of the sum that the texts themselves give.
func (d *Direction) text() float64 {
	return d.Depth + d.Opening + d.Ending + d.Back + d.Carried + d.Days + d.Abroad + d.Variety
}

// Sum is the whole, the log odds that the left document was first.
func (d *Direction) Sum() float64 { return d.Date + d.Credit + d.text() }

// First returns "a" or "b" for the document that had it first, "date",
// "credit" or "text" for what says so most, and how probable it is, from
// firstFrom to .99. All are empty where it is not known, and where the rest speaks
// against the date: who is dated later is never said to be the first.
func (d *Direction) First() (side, by string, confidence float64) {
	sum := d.Sum()
	confidence = math.Round(1e4/(1+math.Exp(-math.Abs(sum)))) / 1e4
	if confidence < firstFrom || d.Date*sum < 0 {
		return "", "", 0
	}
	sign := math.Copysign(1, sum)
	by = "text"
	if d.Date != 0 {
		by = "date"
	} else if sign*d.Credit > sign*d.text() {
		by = "credit"
	}
	side = "a"
	if sum < 0 {
		side = "b"
	}
	return side, by, min(confidence, .99)
}

// direction sets the terms that the texts of a match give.
func (x *Aligner) direction(b *Document, m *Match) {
	x.spans = x.spans[:0]
	for _, p := range m.Passages {
		x.spans = append(x.spans, p.A)
	}
	left, in := x.timesOf(x.da, x.a), x.standingIn(x.a, m.Evidence.OwnA)
	x.spans = x.spans[:0]
	for _, p := range m.Passages {
		x.spans = append(x.spans, p.B)
	}
	right, inB := x.timesOf(x.db, b), x.standingIn(b, m.Evidence.OwnB)
	much := ramp(max(m.ShareA, m.ShareB), littleShare, someShare)
	term := func(weight, value float64) float64 { return much * weight * value }
	d := &m.Direction
	if in.words > 0 && inB.words > 0 {
		d.Depth = term(depthWeight, math.Tanh(depthScale*(inB.depth-in.depth)))
		d.Opening = term(openingWeight, in.opening-inB.opening)
		d.Ending = term(endingWeight, inB.ending-in.ending)
		d.Back = term(backWeight, math.Tanh(float64(inB.back-in.back)))
		d.Abroad = term(abroadWeight, math.Tanh(float64(inB.asides-in.asides)))
	}
	d.Carried = term(carriedWeight, float64(carried(left, right)))
	d.Days = term(daysWeight, laterDays(left, right))
	d.Variety = term(varietyWeight, math.Tanh(varietyScale*(right.variety-left.variety)))
}
