package reuse

import (
	"math"
	"slices"
)

// What sentences are found to say the same becomes a passage, and a passage may be a piece
// of them, half of a merged one, or a phrase. Whether its two sides say the same is asked
// again of what is to be shown, by a sum of its own: logarithms of odds, fitted on passages
// that people read (bench/rewordings has them by their places, and the program).
const (
	// shownOrder is the weight of the part of the words of both sides that agree in order,
	// and shownSmall that of the part of the mass of words with a small letter that both
	// hold, the geometric mean of the two sides'.
	shownOrder = 4.6
	shownSmall = 1.4

	// shownFilled is the weight of the logarithm of the part of their sentences that both
	// sides fill, as a product: what goes on may say something else.
	shownFilled = 1.3

	// shownShort is what a passage loses that has briefWords at most on either side, and
	// shownDays what it loses in articles that are more than fewDays apart.
	shownShort = -.7
	shownDays  = -.7
	briefWords = 9

	// shownSentences is the weight of the logarithm of the sentences of the side that has
	// more, and shownBeside what another passage adds that stands at most adjacentWords before
	// or after it on both sides: what was taken over stands together.
	shownSentences = 1.4
	shownBeside    = .8
	adjacentWords  = 4

	// shownNone is what every sum begins with, and shownFrom that from which a passage is
	// shown, between two English texts englishFrom: what readers marked in these is less
	// alike. Nearly all that was read strictly is German.
	shownNone   = -1.3
	shownFrom   = 1
	englishFrom = .8
)

// dropDoubtful takes the reworded blocks out whose sides hardly say the same. They all stay
// if nothing else is left: reuse promises a passage.
func (x *Aligner) dropDoubtful(b *Document, blocks []block) []block {
	x.said = x.said[:0]
	for i := range blocks {
		if !x.doubtful(b, blocks, i) {
			x.said = append(x.said, blocks[i])
		}
	}
	if len(x.said) == 0 {
		return blocks
	}
	return append(blocks[:0], x.said...)
}

// doubtful reports whether block i is one: a short piece, or one with too small a sum. What
// tells reuse is none, and what is longer than longSentence says the same by all that agrees
// in it.
func (x *Aligner) doubtful(b *Document, blocks []block, i int) bool {
	k := &blocks[i]
	if k.alike() >= verbatimFrom || max(k.AEnd-k.A, k.BEnd-k.B) > longSentence || x.tellsReuse(k) {
		return false
	}
	return x.cutShort(b, k) || x.shownOdds(b, blocks, i) < x.shownFrom(b)
}

// shownFrom is the sum from which a passage of both documents is shown.
func (x *Aligner) shownFrom(b *Document) float64 {
	if x.da.inEnglish(x.a) && x.db.inEnglish(b) {
		return englishFrom
	}
	return shownFrom
}

// tellsReuse reports whether a block holds of a sentence that tells reuse in other words.
func (x *Aligner) tellsReuse(k *block) bool {
	return slices.ContainsFunc(x.told, func(l likeness) bool {
		u := x.a.Text.Sentences[l.a]
		return k.A < u.To && u.From < k.AEnd
	})
}

// shownOdds adds up the odds of block i, which stands among the others in the order of A.
func (x *Aligner) shownOdds(b *Document, blocks []block, i int) float64 {
	k := &blocks[i]
	n, m := k.AEnd-k.A, k.BEnd-k.B
	same := x.inOrder(x.a.Text.Stem[k.A:k.AEnd], b.Text.Stem[k.B:k.BEnd])
	x.leftA, x.leftB = x.left.plain(x.leftA[:0], k.A, k.AEnd), x.right.plain(x.leftB[:0], k.B, k.BEnd)
	small := commonMass(x.leftA, x.leftB) / max(1, geometric(fullMass(x.leftA), fullMass(x.leftB)))
	odds := shownNone + shownOrder*2*float64(same)/float64(n+m) + shownSmall*float64(small)
	odds += shownFilled * math.Log(x.a.filled(k.A, k.AEnd)*b.filled(k.B, k.BEnd))
	odds += shownSentences * math.Log(float64(max(x.a.sentencesIn(k.A, k.AEnd), b.sentencesIn(k.B, k.BEnd))))
	if min(n, m) <= briefWords {
		odds += shownShort
	}
	if !x.fewDaysApart(b) {
		odds += shownDays
	}
	if i > 0 && adjacent(&blocks[i-1], k) || i+1 < len(blocks) && adjacent(k, &blocks[i+1]) {
		odds += shownBeside
	}
	return odds
}

// adjacent reports whether q stands soon after p on both sides.
func adjacent(p, q *block) bool {
	return near(p.AEnd, q.A, adjacentWords) && near(p.BEnd, q.B, adjacentWords)
}

// sentencesIn counts the sentences that tokens [from, to) touch.
func (d *Document) sentencesIn(from, to int) int {
	return sentenceAt(&d.Text, to-1) - sentenceAt(&d.Text, from) + 1
}
