package reuse

import "slices"

const (
	// A stretch that fills its sentences on both sides to apartFilled or less,
	// as the product of the parts, counts by apartWeight, from oneFilled on
	// wholly. One of longStretch words needs no sentences: transcripts have none.
	apartFilled, oneFilled = .1, .5
	longStretch            = 40

	// What does not agree in a stretch is taken off what does, less of it from
	// sentencesFrom on, and nothing where it fills its sentences to sentencesFilled, in
	// documents that share nothing else: there whole sentences are no accident.
	sentencesFrom, sentencesFilled = .5, .9

	// wholeAgree is the part from which all of a stretch counts as held.
	wholeAgree = .85
)

// addStretch adds what k says beyond the runs in it.
func (x *Aligner) addStretch(b *Document, k block, e *Evidence) {
	if x.right == nil {
		x.weighAll(b, e) // they were too short together to be weighed
	}
	e.Words += max(0, x.weighStretch(b, k)-x.weighRuns(b, k))
}

// weighStretch returns the evidence in a stretch of noisy text: its words
// that agree, less those that do not, by how much of it is unquoted,
// how rare what stands in it is in the collection, and whether it is whole
// sentences.
func (x *Aligner) weighStretch(b *Document, k block) float64 {
	longer := max(k.AEnd-k.A, k.BEnd-k.B)
	filled := x.a.filled(k.A, k.AEnd) * b.filled(k.B, k.BEnd)
	off := float64(longer - k.Equal)
	if filled > sentencesFrom && !x.oneStory() {
		off *= 1 - ramp(filled, sentencesFrom, sentencesFilled)
	}
	words := float64(k.Equal) - off
	whole := max(filled, float64(k.Equal)/longStretch)
	return max(0, words*x.unquoted(b, k)-runToll) * x.stretchRarity(k) * max(apartWeight, ramp(whole, apartFilled, oneFilled))
}

// filled returns how much of the sentences that tokens [from, to) touch they
// are.
func (d *Document) filled(from, to int) float64 {
	return float64(to-from) / float64(sentence(&d.Text, to-1).To-sentence(&d.Text, from).From)
}

// unquoted is the part of k that is own text and neither quoted nor title on
// either side, as weight counts words.
func (x *Aligner) unquoted(b *Document, k block) float64 {
	inA, inB := 0.0, 0.0
	for i := max(k.A, x.da.title); i < k.AEnd; i++ {
		if !x.quoted[i] {
			inA += weight(x.a, i)
		}
	}
	for j := max(k.B, x.db.title); j < k.BEnd; j++ {
		if !x.quotedB[j] {
			inB += weight(b, j)
		}
	}
	return min(inA/float64(k.AEnd-k.A), inB/float64(k.BEnd-k.B))
}

// stretchRarity is the mean rarity of what the collection knows of k.
func (x *Aligner) stretchRarity(k block) float64 {
	if x.blind {
		return 1
	}
	sum, n := 0.0, 0
	for i := k.A; i < k.AEnd; i++ {
		for _, docs := range []int32{x.docs[i], x.couples[i]} {
			if docs > 0 {
				sum += rarity(float64(docs))
				n++
			}
		}
	}
	if n == 0 {
		return rarity(commonDocs)
	}
	return sum / float64(n)
}

// weighRuns is the evidence of the runs in k, which is counted already.
func (x *Aligner) weighRuns(b *Document, k block) (sum float64) {
	i, _ := slices.BinarySearchFunc(x.kept, k.A, func(r run, at int) int { return r.A - at })
	for ; i < len(x.kept) && x.kept[i].A < k.AEnd; i++ {
		sum += x.weigh(b, i)
	}
	return sum
}

// held is how much of k counts as held by the other side: of noisy text, not
// all of it.
func (k *block) held() float64 {
	if !k.Noisy {
		return 1
	}
	return min(1, k.alike()/wholeAgree)
}
