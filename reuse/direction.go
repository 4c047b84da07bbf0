package reuse

import (
	"math"
	"slices"
	"sort"

	"reprint/shingle"
)

// Direction is a sum that tells which of two documents had their common text
// first. Each term is in log odds: above 0 it speaks for the left document,
// below for the right one, and 0 is silent.
//
//	Date     the days of publication differ, or the times within a day do
//	Credit   only one credit line names an agency: that one is nearer to the
//	         source than one whose origin was edited away
//	Height   the common text stands higher in the article that had it first:
//	         what is news at first is background later, below a new lead, and
//	         who abridges an agency's text leaves out its end
//	Opening  the opening of the later article names a later weekday
//	Days     and so does the whole article
//	Figures  a story gathers figures while it grows
//
// Height and figures say the less the less the two have in common.
//
// The last five are fitted together by logistic regression without an intercept:
// on what readers said of a week of German press and of English dispatches, and
// on the order of publication of those pairs of half a year of German press that
// appeared on different days; each set has the same weight, and so has each story
// within the last. What they say is the same for every language; only the names
// of weekdays are words.
type Direction struct {
	Date, Credit, Height, Opening, Days, Figures float64
}

const (
	dateWeight    = 3
	stampWeight   = 1.2 // within a day, stamps of updates and of time zones mislead
	creditWeight  = .85
	heightWeight  = 1.5
	openingWeight = .8
	daysWeight    = 1.3
	figuresWeight = .45

	// heightScale brings a difference in height, of which .2 is much, and
	// figureScale one in the number of figures to where they saturate.
	heightScale = 5
	figureScale = 5

	// littleShare is the share up to which height and figures say nothing,
	// someShare that from which they say all they can: where two or three
	// sentences stand is chance, and so is what the rest of both articles counts.
	littleShare, someShare = .05, .15

	// openingWords are the opening of an article.
	openingWords = 100

	// firstFrom is the confidence from which a direction is told.
	firstFrom = .6
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

// Text is the part of the sum that the texts themselves give.
func (d *Direction) Text() float64 { return d.Height + d.Opening + d.Days + d.Figures }

// Sum is the whole, the log odds that the left document was first.
func (d *Direction) Sum() float64 { return d.Date + d.Credit + d.Text() }

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
	} else if sign*d.Credit > sign*d.Text() {
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
	left, heightA := x.da.timesOf(x.a), x.height(x.a, m.Evidence.OwnA)
	x.spans = x.spans[:0]
	for _, p := range m.Passages {
		x.spans = append(x.spans, p.B)
	}
	right, heightB := x.db.timesOf(b), x.height(b, m.Evidence.OwnB)
	d, some := &m.Direction, ramp(max(m.ShareA, m.ShareB), littleShare, someShare)
	d.Height = some * heightWeight * math.Tanh(heightScale*(heightB-heightA))
	d.Opening = openingWeight * float64(order(left.opening, right.opening))
	d.Days = daysWeight * laterDays(left, right)
	d.Figures = some * figuresWeight * math.Tanh(float64(right.figures-left.figures)/figureScale)
}

// height is the mean place of the words in passages, 0 the first and 1 the last
// word of an article d, which has so many own words and whose passages are
// x.spans; .5 if there are none.
func (x *Aligner) height(d *Document, own int) float64 {
	slices.SortFunc(x.spans, func(p, q shingle.Span) int { return p.Start - q.Start })
	at, place, held, sum := 0, 0, 0, 0
	for _, span := range x.spans {
		first := max(at, sort.Search(d.Text.Len(), func(i int) bool { return int(d.Text.Start[i]) >= span.Start }))
		place += d.own(at, first)
		for at = first; at < d.Text.Len() && int(d.Text.Start[at]) < span.End; at++ {
			if !d.masked(at) {
				held, sum, place = held+1, sum+place, place+1
			}
		}
	}
	if held == 0 {
		return .5
	}
	return float64(sum) / float64(held) / float64(own)
}

// times is what an article tells of time, in its own words.
type times struct {
	opening int    // the first weekday that the opening names, 1 to 7; 0: none
	days    [8]int // how often the article names each of them
	figures int    // different numbers
}

// timesOf returns those of d.
func (v *Derived) timesOf(d *Document) *times {
	v.once(&v.timed, func() { v.times = timesIn(d) })
	return &v.times
}

// timesIn reads what d tells of time.
func timesIn(d *Document) times {
	o, named := times{}, weekdays()
	var numbers []uint64
	place := 0
	for i, word := range d.Text.Hash {
		if d.masked(i) {
			continue
		}
		if d.Text.Flag[i]&shingle.Number != 0 {
			numbers = append(numbers, word)
		} else if day := named.of(word); day > 0 {
			o.days[day]++
			if o.opening == 0 && place < openingWords {
				o.opening = day
			}
		}
		place++
	}
	slices.Sort(numbers)
	o.figures = len(slices.Compact(numbers))
	return o
}

// laterDays compares each weekday that a names with each that b does: 1 if
// those of b are all later, -1 if they are all earlier.
func laterDays(a, b *times) float64 {
	sum, pairs := 0, 0
	for p, n := range a.days {
		for q, m := range b.days {
			sum += n * m * order(p, q)
			pairs += n * m
		}
	}
	return float64(sum) / float64(max(pairs, 1))
}

// order is 1 if weekday q comes within three days after p, -1 if before it,
// 0 if they are the same or one is not known.
func order(p, q int) int {
	switch n := (q - p + 7) % 7; {
	case p == 0 || q == 0 || n == 0:
		return 0
	case n <= 3:
		return 1
	}
	return -1
}
