package reuse

import (
	"cmp"
	"slices"

	"reprint/shingle"
)

const (
	// leastWords of a sentence make a passage; fewer are names.
	leastWords = 5

	// wholeFrom is the part of a sentence's mass that the other side holds
	// from which all of it belongs to the passage; of a sentence that two
	// others share, halfFrom.
	wholeFrom = .35
	halfFrom  = .6

	// remainsLike is how like both sides of a passage are, at least, that others took
	// a part of, unless they were less like as a whole.
	remainsLike = .36

	// tellingRarity is that of the words at which a passage inside a
	// sentence begins and ends.
	tellingRarity = .5
)

// reword finds the sentences of both documents that say the same in other
// words, and adds them to the blocks.
func (x *Aligner) reword(b *Document, blocks []block) []block {
	list := headingsLast(x.likenesses(x.left, x.right), x.a, b)
	x.pickNone()
	x.ownA, x.ownB = resize(x.ownA, x.a.Text.Len()), resize(x.ownB, b.Text.Len())
	clear(x.ownA)
	clear(x.ownB)
	for i := range blocks {
		x.own(&blocks[i], i)
	}
	blocks = x.uniteTold(b, blocks)
	for range 2 { // what stands beside a passage of the first round is found in the second one
		list = slices.DeleteFunc(list, func(l likeness) (settled bool) {
			blocks, settled = x.settle(b, blocks, l)
			return settled
		})
	}
	x.grow(blocks)
	blocks = slices.DeleteFunc(blocks, func(k block) bool { return k.A == k.AEnd })
	slices.SortFunc(blocks, func(p, q block) int { return cmp.Compare(p.A, q.A) })
	return blocks
}

// settle adds l to the blocks if its sentences say the same, and reports whether it need not
// be asked again. Sentences for which there was no place may take part in another rewording.
func (x *Aligner) settle(b *Document, blocks []block, l likeness) ([]block, bool) {
	if !x.saidSame(b, l, blocks) {
		return blocks, false
	}
	if !x.pick(l) {
		n := len(blocks)
		blocks = x.halve(b, blocks, l)
		return blocks, len(blocks) > n
	}
	held := false
	if k, ok := x.reworded(b, l); ok {
		blocks, held = x.unite(b, blocks, k)
	}
	if !held {
		x.unpick(l)
	}
	return blocks, true
}

// profile makes the profiles of both documents, unless that is done.
func (x *Aligner) profile(b *Document) {
	x.left, x.right = x.da.profileOf(x.a, &x.scratch), x.db.profileOf(b, &x.scratch)
}

// own notes that the tokens of k belong to block i.
func (x *Aligner) own(k *block, i int) {
	for t := k.A; t < k.AEnd; t++ {
		x.ownA[t] = int32(i + 1)
	}
	for t := k.B; t < k.BEnd; t++ {
		x.ownB[t] = int32(i + 1)
	}
}

// reworded makes a block of a rewording: its whole sentences, or from the
// first to the last telling word of one that says more than the other.
func (x *Aligner) reworded(b *Document, l likeness) (block, bool) {
	ua, ub := x.a.Text.Sentences[l.a], b.Text.Sentences[l.b]
	k := block{A: ua.From, AEnd: ua.To, B: ub.From, BEnd: ub.To, Similarity: float64(l.g)}
	if l.inA < wholeFrom || x.countA[l.a] > 1 && l.inA < halfFrom {
		k.A, k.AEnd = x.left.narrow(l.a, x.right, l.b)
	}
	if l.inB < wholeFrom || x.countB[l.b] > 1 && l.inB < halfFrom {
		k.B, k.BEnd = x.right.narrow(l.b, x.left, l.a)
	}
	return k, k.AEnd-k.A >= leastWords && k.BEnd-k.B >= leastWords
}

// unite adds k to the blocks. Those inside it on both sides go into it. One that
// lies in it on one side only says another thing: a phrase gives way to k, and k
// to what is longer. A block that went is left empty. It reports whether blocks hold k then.
func (x *Aligner) unite(b *Document, blocks []block, k block) (_ []block, held bool) {
	if left := x.yield(b, blocks, k); left != k && !x.remains(&left) {
		return blocks, false
	} else if k = left; k.AEnd-k.A < leastWords || k.BEnd-k.B < leastWords {
		return blocks, false
	}
	x.inside = inside(x.inside[:0], x.ownA[k.A:k.AEnd])
	words, equal := k.AEnd-k.A, k.Similarity*float64(k.AEnd-k.A)
	whole := len(x.inside) > 0 // they hold all of k
	u := k
	for _, i := range x.inside {
		p := &blocks[i-1]
		whole = whole && p.A <= k.A && p.AEnd >= k.AEnd && p.B <= k.B && p.BEnd >= k.BEnd
		outside := max(0, k.A-p.A) + max(0, p.AEnd-k.AEnd)
		words += outside
		equal += p.similarity() * float64(outside)
		u.A, u.AEnd, u.B, u.BEnd = min(u.A, p.A), max(u.AEnd, p.AEnd), min(u.B, p.B), max(u.BEnd, p.BEnd)
		u.Equal += p.Equal
	}
	if whole || !x.alone(u) {
		return blocks, whole
	}
	u.Similarity = equal / float64(words)
	for _, i := range x.inside {
		blocks[i-1] = block{}
	}
	blocks = append(blocks, u)
	x.own(&u, len(blocks)-1)
	return blocks, true
}

// yield drops the phrases that lie in k on one side only, and cuts off k what
// belongs to longer blocks of that kind. What is left of k may be empty.
func (x *Aligner) yield(b *Document, blocks []block, k block) block {
	x.inside = inside(x.inside[:0], x.ownA[k.A:k.AEnd])
	x.insideB = inside(x.insideB[:0], x.ownB[k.B:k.BEnd])
	for _, list := range [][]int32{x.inside, x.insideB} {
		for _, i := range list {
			p := &blocks[i-1]
			if slices.Contains(x.inside, i) && slices.Contains(x.insideB, i) || p.A == p.AEnd {
				continue
			}
			if p.AEnd-p.A < phraseWords || x.cutShort(b, p) {
				x.disown(p)
				continue
			}
			k.A, k.AEnd = beyond(k.A, k.AEnd, p.A, p.AEnd)
			k.B, k.BEnd = beyond(k.B, k.BEnd, p.B, p.BEnd)
		}
	}
	return k
}

// remains reports whether what other blocks left of k still says the same on both
// sides, and notes how like it is.
func (x *Aligner) remains(k *block) bool {
	x.leftA = x.left.entries(x.leftA[:0], k.A, k.AEnd)
	x.leftB = x.right.entries(x.leftB[:0], k.B, k.BEnd)
	mass := commonMass(x.leftA, x.leftB)
	like := mass / geometric(max(1, fullMass(x.leftA)), max(1, fullMass(x.leftB)))
	enough := mass >= anchorMass && like >= min(remainsLike, float32(k.Similarity))
	k.Similarity = float64(like)
	return enough
}

// disown empties a block.
func (x *Aligner) disown(p *block) {
	clear(x.ownA[p.A:p.AEnd])
	clear(x.ownB[p.B:p.BEnd])
	*p = block{}
}

// beyond returns the larger part of [from, to) that [p, q) leaves.
func beyond(from, to, p, q int) (int, int) {
	switch {
	case q <= from || to <= p:
		return from, to
	case p-from > to-q:
		return from, p
	}
	return min(q, to), to
}

// alone reports whether k meets the same blocks on both sides.
func (x *Aligner) alone(k block) bool {
	x.inside = inside(x.inside[:0], x.ownA[k.A:k.AEnd])
	x.insideB = inside(x.insideB[:0], x.ownB[k.B:k.BEnd])
	return slices.Equal(x.inside, x.insideB)
}

// inside lists the blocks that own tokens, each once, ascending.
func inside(dst, owners []int32) []int32 {
	for _, o := range owners {
		if o != 0 && (len(dst) == 0 || dst[len(dst)-1] != o) {
			dst = append(dst, o)
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// similarity is how much the two sides say the same. Other words are never
// verbatim, whatever stems they share.
func (k *block) similarity() float64 { return max(min(k.Similarity, verbatimFrom-.01), k.alike()) }

// alike is the part of the longer side's words that agree in order.
func (k *block) alike() float64 {
	return float64(k.Equal) / float64(max(k.AEnd-k.A, k.BEnd-k.B))
}

// narrow returns the tokens of sentence s from the first to the last telling
// word that sentence t of another profile holds too.
func (p *profile) narrow(s int, q *profile, t int) (from, to int) {
	u := p.doc.Text.Sentences[s]
	other := q.stemsOf(t)
	from, to = u.To, u.From
	for i := u.From; i < u.To; i++ {
		number := p.doc.Text.Flag[i]&shingle.Number != 0
		if p.of(i) < tellingRarity && !number || p.doc.masked(i) {
			continue
		}
		_, found := slices.BinarySearchFunc(other, p.doc.Text.Stem[i], func(e entry, stem uint32) int { return cmp.Compare(e.stem(), stem) })
		if number {
			_, found = slices.BinarySearch(q.numbersOf(t), uint64(p.doc.Text.Stem[i])<<32)
		}
		if found {
			from, to = min(from, i), max(to, i+1)
		}
	}
	return from, max(to, from)
}

// addRewordings adds the reworded sentences to the blocks and to the raw
// shares, which become the mean of the words that stand in passages and of
// the sentences that the other side holds: the one is below what readers see,
// the other above it.
func (x *Aligner) addRewordings(b *Document, blocks []block, e *Evidence) []block {
	x.sideA = bySentence(x.sideA, x.a, blocks, func(k block) (int, int) { return k.A, k.AEnd })
	x.sideB = bySentence(x.sideB, b, blocks, func(k block) (int, int) { return k.B, k.BEnd })
	x.blocked = x.reword(b, blocks)
	x.countTold()
	gradedA, gradedB := x.graded(x.sideA, x.sideB)
	e.RawA, e.RawB = (e.RawA+gradedA)/2, (e.RawB+gradedB)/2
	return x.blocked
}

const (
	// sentenceNone is the likeness to the likest sentence of the other document
	// up to which a sentence is not held by it, sentenceAll that from which it
	// is wholly. In between it is in part: what two articles tell in sentences
	// too unlike for a passage to be shown counts for readers who ask how much of
	// one is in the other.
	sentenceNone, sentenceAll = .4, .7

	// maxLent is how many sentences one sentence of the other document may hold
	// so: an article says its news in its headline, above its text and in it, and
	// a text that repeats one sentence without end says no more by that.
	maxLent = 4
)

// graded returns the parts of both documents' own words that the other holds,
// by sentences: each counts by its likest one, or by the part of it that is
// verbatim.
func (x *Aligner) graded(verbatimA, verbatimB []int) (float64, float64) {
	n, m := len(x.left.mass), len(x.right.mass)
	return x.gradeSum(x.left, x.likest[:n], m, verbatimA), x.gradeSum(x.right, x.likest[n:], n, verbatimB)
}

// gradeSum is graded for one document; the other one has so many sentences.
func (x *Aligner) gradeSum(p *profile, likest []likest, others int, verbatim []int) float64 {
	x.lent = resize(x.lent, others)
	clear(x.lent)
	sum, own := 0.0, 0
	for s, words := range p.words {
		own += words
		held := float64(verbatim[s])
		like := float64(words) * ramp(float64(likest[s].g), sentenceNone, sentenceAll)
		if at := likest[s].at; like > held && x.lent[at] < maxLent {
			x.lent[at]++
			held = like
		}
		sum += held
	}
	if own == 0 {
		return 0
	}
	return min(1, sum/float64(own))
}

// bySentence counts the own words of each sentence that blocks cover.
func bySentence(dst []int, d *Document, blocks []block, side func(block) (int, int)) []int {
	dst = resize(dst, len(d.Text.Sentences))
	clear(dst)
	for _, k := range blocks {
		from, to := side(k)
		for s := sentenceAt(&d.Text, from); s < len(dst) && d.Text.Sentences[s].From < to; s++ {
			u := d.Text.Sentences[s]
			dst[s] += d.own(max(u.From, from), min(u.To, to))
		}
	}
	return dst
}
