package reuse

import (
	"math"
	"slices"

	"reprint/shingle"
)

// openingWords are the opening of an article, and endingWords its end.
const openingWords, endingWords = 100, 120

// times is what an article tells of time, in its own words.
type times struct {
	opening int     // the first weekday that the opening names, 1 to 7; 0: none
	days    [8]int  // how often the article names each of them
	variety float64 // how many different words it has, for its length, as a logarithm
}

// timesOf returns those of d, of which v is known.
func (x *Aligner) timesOf(v *Derived, d *Document) *times {
	v.once(&v.timed, func() { v.times = x.timesIn(d) })
	return &v.times
}

// varietyGrowth is the power of its length with which the different words of an
// article grow in number.
const varietyGrowth = .75

// timesIn reads what d tells of time.
func (x *Aligner) timesIn(d *Document) times {
	o, named, words := times{}, wordsOfTime(), slices.Grow(x.counting[:0], d.Text.Len())
	for i, word := range d.Text.Hash {
		if d.masked(i) {
			continue
		}
		if day := named.day(word); day > 0 {
			o.days[day]++
			if o.opening == 0 && len(words) < openingWords {
				o.opening = day
			}
		}
		words = append(words, word)
	}
	if n := float64(len(words)); n > 0 {
		o.variety = math.Log(float64(x.set.fill(words))) - varietyGrowth*math.Log(n)
	}
	x.counting = words
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

// carried is 1 if b opens with a later weekday than a and still names that
// with which a opens, -1 the other way round, else 0.
func carried(a, b *times) int {
	switch n := order(a.opening, b.opening); {
	case n > 0 && b.days[a.opening] > 0:
		return 1
	case n < 0 && a.days[b.opening] > 0:
		return -1
	}
	return 0
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

// standing is where the common text stands in one of two articles.
type standing struct {
	words   int     // own words in passages
	depth   float64 // mean of the logarithms of how deep they stand
	opening float64 // part of the opening that is in passages
	ending  float64 // part of the end
	back    int     // words that look back in the sentences of the passages
	asides  int     // amounts of money in the passages that open a bracket
}

const (
	// topWords is the depth down to which one word more hardly counts.
	topWords = 20

	// sentenceWords in passages make a sentence one of theirs.
	sentenceWords = 5
)

// standingIn finds where x.spans stand in d, which has so many own words.
func (x *Aligner) standingIn(d *Document, own int) (p standing) {
	slices.SortFunc(x.spans, func(p, q shingle.Span) int { return p.Start - q.Start })
	at, before, opening, ending := 0, 0, 0, 0
	deep := logs()
	last, held := -1, 0 // the sentence of the last word and its words in passages
	for _, span := range x.spans {
		first := max(at, d.Text.At(span.Start))
		before += d.own(at, first)
		for at = first; at < d.Text.Len() && int(d.Text.Start[at]) < span.End; at++ {
			if d.masked(at) {
				continue
			}
			p.words++
			p.depth += deep.of(before + topWords - 1)
			if before < openingWords {
				opening++
			}
			if before >= own-endingWords {
				ending++
			}
			before++
			if d.Text.Flag[at]&shingle.Aside != 0 {
				p.asides++
			}
			if last < 0 || at >= d.Text.Sentences[last].To {
				last, held = sentenceAt(&d.Text, at), 0
			}
			if held++; held == sentenceWords {
				p.back += lookBack(d, last)
			}
		}
	}
	p.depth /= float64(max(p.words, 1))
	p.opening = share(opening, min(own, openingWords))
	p.ending = share(ending, min(own, endingWords))
	return p
}

// lookBack counts the own words of a sentence that look back.
func lookBack(d *Document, sentence int) (n int) {
	named, u := wordsOfTime(), d.Text.Sentences[sentence]
	for i := u.From; i < u.To; i++ {
		if !d.masked(i) && named.back(d.Text.Hash[i]) {
			n++
		}
	}
	return n
}
