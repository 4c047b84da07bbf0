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

	// LittleFrom is the sum from which a pair with less than MinEvidence is reuse, nearly
	// an even chance.
	LittleFrom = 10.4
)

// Sum is the sum of all terms.
func (l *Little) Sum() float64 { return l.Said + l.Story + l.Runs + l.Names + l.Held }

// told reports whether the sum tells reuse.
func (l *Little) told() bool { return l.Said > 0 && l.Sum() >= LittleFrom }

// little fills in the sum for a pair with little evidence, or with evidence that is little
// of either document, in which a sentence is said that is no form. It is asked only of documents
// whose days are known and few days apart, since without a day it may be the background of
// another year, and not beside quotations: there sentences are alike for what was said. Cost:
// linear in the words of both; if what that gives may suffice, that of the rewordings.
func (x *Aligner) little(b *Document, e *Evidence) {
	if x.a.Day == 0 || b.Day == 0 || !x.fewDaysApart(b) {
		return
	}
	x.profile(b)
	x.meetWords()
	both, left, right := x.countGrams(b)
	l := Little{
		Story: storyWeight * x.together(),
		Runs:  runsWeight * min(mostRuns, share(both, min(left, right))),
		Held:  heldWeight * min(mostHeld, e.HeldA, e.HeldB),
	}
	if e.Words < MinEvidence {
		x.countNumbers(b, x.legible, e)
		x.countNames(b, x.legible, e)
	}
	if e.form() {
		return
	}
	l.Names = namesWeight * math.Log1p(float64(e.Named))
	if l.Sum()+saidTerm(1) < LittleFrom {
		return
	}
	if l.Said = saidTerm(x.saidPart(b)); l.Said > 0 {
		e.Little = l
	}
}

// saidTerm is what a part said adds.
func saidTerm(part float64) float64 { return saidWeight * math.Log1p(part/leastSaid) }

// saidPart is the part of either document that is sentences that say the same.
func (x *Aligner) saidPart(b *Document) float64 {
	_, wordsA, wordsB := x.sayAlike(b, headingsLast(x.likenesses(x.left, x.right), x.a, b))
	return max(share(wordsA, x.da.own), share(wordsB, x.db.own))
}

// sayAlike keeps of list the sentences that say the same, in running text that quotes nobody,
// and counts their words on both sides.
func (x *Aligner) sayAlike(b *Document, list []likeness) (alike []likeness, wordsA, wordsB int) {
	x.pickNone()
	alike = list[:0]
	for _, l := range list {
		if l.odds >= oddsSure && headings(x.a, b, l) == 0 && x.tellable(b, l.a, l.b) && x.pick(l) {
			alike = append(alike, l)
			wordsA, wordsB = wordsA+x.left.words[l.a], wordsB+x.right.words[l.b]
		}
	}
	return alike, wordsA, wordsB
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
