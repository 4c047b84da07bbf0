package reuse

import "math"

// Little is a sum that says of two documents with little text in common whether that
// is reuse. No single figure does: the odd clause stands in every account of a story, a
// long sentence may be alike by chance, and two reports of one event have its words in
// common. Each term is in log odds.
//
//	Said   what part of either document is sentences that say the same
//	Story  how much of all their words, by rarity, the documents share: what stands in
//	       two articles on one thing comes from one text more often
//	Runs   what part of the runs of words of either stands in the other, furniture included
//	Names  how many names of the sentences in common the other document holds
//	Held   what part of both documents stands in passages, which takes off: of two
//	       short reports with the same phrases these are the form
//
// It is fitted by logistic regression on the pairs of twelve judged sets that have less
// than MinEvidence. bench/little has their terms, and what it says of sets that were left out.
type Little struct {
	Needed                         float64 // the sum from which it is reuse; 0: it was not asked
	Said, Story, Runs, Names, Held float64
}

const (
	// saidWeight is that of the logarithm of 1 and the part said over leastSaid.
	saidWeight, leastSaid = 1.05, .02

	storyWeight = 12.5

	// runsWeight is that of the part of the runs, up to mostRuns of them.
	runsWeight, mostRuns = 57, .06

	// namesWeight is that of the logarithm of 1 and the names.
	namesWeight = .89

	// heldWeight is that of the part held of both, up to mostHeld.
	heldWeight, mostHeld = -13.7, .3

	// littleFrom is the sum from which a pair with less than MinEvidence is reuse, nearly
	// an even chance. A pair of one source with less than littleEvidence is none under
	// littleUnder, one in twenty, if sentences that say the same are less than littleSaid of
	// either document, too: what a source prints twice may be its habit.
	littleFrom, littleUnder = 10.4, 7.7
	littleEvidence          = 12
	littleSaid              = .1
)

// Sum is the sum of all terms.
func (l *Little) Sum() float64 { return l.Said + l.Story + l.Runs + l.Names + l.Held }

// toldByLittle reports whether the sum makes reuse of less than MinEvidence.
func (e *Evidence) toldByLittle() bool {
	return e.Words < MinEvidence && e.Little.Needed > 0 && e.Little.Sum() >= e.Little.Needed
}

// refused reports whether the sum says that evidence is none.
func (e *Evidence) refused() bool {
	return e.Words >= MinEvidence && e.Little.Sum() < e.Little.Needed && e.Little.Said < saidTerm(littleSaid)
}

// little fills in the sum for a pair with little evidence, unless the text in common has
// the marks of a form. Where there is less than MinEvidence a sentence has to be said. Cost:
// linear in the words of both; if what that gives may suffice, that of the rewordings.
func (x *Aligner) little(b *Document, e *Evidence) {
	needed := x.littleNeeded(b, e)
	if needed == 0 {
		return
	}
	x.profile(b)
	x.meetWords()
	both, left, right := x.countGrams(b)
	l := Little{
		Needed: needed,
		Story:  storyWeight * x.together(),
		Runs:   runsWeight * min(mostRuns, share(both, min(left, right))),
		Held:   heldWeight * min(mostHeld, e.HeldA, e.HeldB),
	}
	if e.Words < MinEvidence {
		x.countNumbers(b, x.legible, e)
		x.countNames(b, x.legible, e)
	}
	if e.form() {
		return
	}
	l.Names = namesWeight * math.Log1p(float64(e.Named))
	if e.Words >= MinEvidence || l.Sum()+saidTerm(1) >= needed {
		l.Said = saidTerm(x.saidPart(b))
	}
	if l.Said > 0 || e.Words >= MinEvidence {
		e.Little = l
	}
}

// littleNeeded is the sum that a pair needs, 0 if it is not asked: beside a quotation in
// common sentences are alike for what was said there, without a day a sentence may be the
// background of another year, and a clause that two sources print is a habit of neither.
func (x *Aligner) littleNeeded(b *Document, e *Evidence) float64 {
	switch {
	case e.Retold+e.Beside > 0 || e.Quoted >= quoteWords || !x.fewDaysApart(b):
		return 0
	case e.Words < MinEvidence && x.a.Day != 0 && b.Day != 0:
		return littleFrom
	case e.Words >= MinEvidence && e.Words < littleEvidence && !x.apart:
		return littleUnder
	}
	return 0
}

// saidTerm is what a part said adds.
func saidTerm(part float64) float64 { return saidWeight * math.Log1p(part/leastSaid) }

// saidPart is the part of either document that is sentences that say the same, in running
// text that quotes nobody.
func (x *Aligner) saidPart(b *Document) float64 {
	wordsA, wordsB := 0, 0
	list := headingsLast(x.likenesses(x.left, x.right), x.a, b)
	x.pickNone()
	for _, l := range list {
		if l.odds >= oddsFrom && headings(x.a, b, l) == 0 && x.tellable(b, l.a, l.b) && x.pick(l) {
			wordsA, wordsB = wordsA+x.left.words[l.a], wordsB+x.right.words[l.b]
		}
	}
	return max(share(wordsA, x.da.own), share(wordsB, x.db.own))
}

// together is the cosine of all words of both documents, their squares weighted by
// rarity, and all by the logarithm of the sentences that hold them.
func (x *Aligner) together() float64 {
	a, b, both := &x.left.index, &x.right.index, float32(0)
	for _, w := range x.bothHold {
		p, q := a.allOf(w.a), b.allOf(w.b)
		both += min(p[0].rarity(), q[0].rarity()) * often(len(p)) * often(len(q))
	}
	return float64(both / geometric(max(1, a.square()), max(1, b.square())))
}

// square adds up the squares of what all words weigh in together.
func (x *wordIndex) square() (sum float32) {
	for i := range x.stem {
		p := x.allOf(int32(i))
		n := often(len(p))
		sum += p[0].rarity() * n * n
	}
	return sum
}

// often is how much more a word says that so many sentences hold.
func often(sentences int) float32 {
	if sentences == 1 { // most words
		return 1
	}
	return 1 + logOf(float32(sentences))
}
