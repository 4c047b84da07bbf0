package reuse

import (
	"math"
	"slices"
)

// besideMass is the mass that two sentences beside a quotation have in common at least,
// names left out, and besideLike how like they are: two articles on one event have
// sentences with the same names in them.
const (
	besideMass = 27
	besideLike = .5
)

// One source that prints the same words of somebody twice has both articles from one text
// more often than two sources have. The words that are said the same outside quotations and
// the words in common that are quoted tell it, each as the logarithm of 1 and their number,
// with weights that were fitted on twelve judged sets (bench/beside). besideFrom is a bit more
// than an even chance. Of two sources that sum tells nothing.
const (
	besideSaid   = 1.11
	besideQuoted = 3.08
	besideFrom   = 13
)

// beside counts the sentences that say the same beside a quotation in common, if they make
// a pair without evidence reuse, and has them shown. Cost: that of the rewordings.
func (x *Aligner) beside(b *Document, e *Evidence) int {
	x.told = x.told[:0]
	if !x.fewDaysApart(b) {
		return 0
	}
	x.profile(b)
	list := headingsLast(x.likenesses(x.left, x.right), x.a, b)
	if max(e.HeldA, e.HeldB) >= slightShare && x.besides(b, list) {
		return len(x.told)
	}
	if x.apart {
		return 0
	}
	if alike, wordsA, wordsB := x.sayAlike(b, list); besideSaid*math.Log1p(float64(max(wordsA, wordsB)))+besideQuoted*math.Log1p(float64(e.Quoted)) >= besideFrom {
		for _, l := range alike {
			x.tell(l.a, l.b)
		}
	}
	return len(x.told)
}

// besides tells the sentences of list that stand beside a quotation in common and say the
// same in other words, and reports whether there are any. Articles that quote the same words
// may have them from two texts; if a long sentence that quotes nobody says what one of the
// other says, it is one text. Only rewordings that are sure by their mass alone count,
// names left out: indirect speech is alike wherever one person is quoted.
func (x *Aligner) besides(b *Document, list []likeness) bool {
	x.pickNone()
	for _, l := range list {
		if x.pick(l) && l.odds >= oddsSure && l.g >= besideLike && l.mass-x.nameRun(x.left, x.right, l) >= besideMass && x.unspoken(b, l) && x.tellable(b, l.a, l.b) {
			x.tell(l.a, l.b)
		}
	}
	return len(x.told) > 0
}

// unspoken reports whether two sentences are no headlines and quote nothing.
func (x *Aligner) unspoken(b *Document, l likeness) bool {
	u, v := x.a.Text.Sentences[l.a], b.Text.Sentences[l.b]
	return !x.a.heading(l.a) && !b.heading(l.b) &&
		!slices.Contains(x.quoted[u.From:u.To], true) && !slices.Contains(x.quotedB[v.From:v.To], true)
}
