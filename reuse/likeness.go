package reuse

import (
	"cmp"
	"slices"

	"reprint/shingle"
)

// likeness is two sentences that say much the same.
type likeness struct {
	a, b     int     // sentences
	mass     float32 // that both hold
	inA, inB float32 // part of each one's mass that the other holds
	g        float32 // geometric mean of the two
	stems    int     // that both hold
	agree    int     // numbers that agree
	odds     float32 // that they say the same, as a logarithm
	few      bool    // little of the mass is that of anchors
}

// likest is the sentence of the other document that is the likest to one.
type likest struct {
	g  float32
	at int32
}

// of notes that sentence s is so like it.
func (l *likest) of(s int, g float32) {
	if g > l.g {
		*l = likest{g, int32(s)}
	}
}

// likenesses lists the sentence pairs of both documents that may be rewordings
// of each other, the surest first, and notes of each sentence how like its likest one is, by
// more than a few everyday words.
func (x *Aligner) likenesses(a, b *profile) []likeness {
	x.meetWords()
	out := x.like[:0]
	x.common = resize(x.common, len(a.mass))
	clear(x.common)
	x.likest = resize(x.likest, len(a.mass)+len(b.mass))
	clear(x.likest)
	even := x.evenly()
	for s := range b.mass {
		beyond := x.meetSentence(s)
		for _, t := range x.touched {
			mass := x.common[t]
			x.common[t] = 0
			if mass < meetMass*rarityUnit || unlike(a, b, int(t), s, mass+beyond, even, leastFor(mass)) {
				continue
			}
			l, ok := liken(a, b, int(t), s)
			if l.few = mass < anchorMass*rarityUnit; !l.few {
				x.likest[t].of(s, l.g)
				x.likest[len(a.mass)+s].of(int(t), l.g)
			}
			if ok && x.weighOdds(a, b, &l) {
				out = append(out, l)
			}
		}
	}
	slices.SortFunc(out, func(p, q likeness) int {
		return cmp.Or(cmp.Compare(q.odds, p.odds), cmp.Compare(q.mass, p.mass), cmp.Compare(p.a, q.a), cmp.Compare(p.b, q.b))
	})
	x.like = out
	return out
}

// leastLike is how like sentences are at least that are looked at. Less of a likeness is
// nothing held, either (sentenceNone), and of 763 pairs that people read and found to say the
// same 37 are less like.
const leastLike = .3

// fewLike is how like such are that share less than anchorMass of anchors.
const fewLike = .4

// leastFor is how like sentences are at least that share so much mass of anchors.
func leastFor(anchors int32) float32 {
	if anchors < anchorMass*rarityUnit {
		return fewLike
	}
	return leastLike
}

// unlike reports whether sentence t of a and sentence s of b are certainly less
// like each other than that: anchors gives what the stems that are anchors in b, and
// the numbers, have in common at most, and what else they have in common is low in b and, if
// rarities are even, in a.
func unlike(a, b *profile, t, s int, anchors int32, even bool, least float32) bool {
	low := b.low[s]
	if even {
		low = min(low, a.low[t])
	}
	most := float32(anchors)/rarityUnit + low
	return most*most < least*least*a.whole[t]*b.whole[s]
}

// otherNumbers reports whether at least as many numbers of two ascending lists
// differ on both sides as agree: of "90 deaths within 24 hours" and "82 deaths
// within 24 hours" one does.
func otherNumbers(a, b []uint64) bool { return mostDiffer(a, b, shingle.Shared(a, b)) }

// mostDiffer is otherNumbers for two lists of which so many numbers agree.
func mostDiffer(a, b []uint64, agree int) bool {
	return min(len(a), len(b)) > agree && agree <= min(len(a), len(b))-agree
}

// liken weighs sentence t of a against sentence s of b, and reports whether they may say
// the same. Numbers that agree speak for them; if others differ, they say other things.
func liken(a, b *profile, t, s int) (likeness, bool) {
	p, q := a.numbersOf(t), b.numbersOf(s)
	agree := shingle.Shared(p, q)
	if mostDiffer(p, q, agree) {
		return likeness{}, false
	}
	mass, stems := commonStems(a.stemsOf(t), b.stemsOf(s))
	mass += ofNumbers(agree)
	l := likeness{a: t, b: s, mass: mass, inA: mass / a.full(t), inB: mass / b.full(s), stems: stems, agree: agree}
	l.g = geometric(l.inA, l.inB)
	return l, l.g >= leastLike
}
