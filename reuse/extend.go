package reuse

import (
	"math/bits"
	"slices"
)

const (
	// maxSkip is how many words may differ on either side before two equal
	// words in order are looked for again. Dropped, doubled and swapped
	// words need one or two, a changed title or date three or four.
	maxSkip = 4

	// maxGap joins two blocks that stand in the same order with at most so
	// many other words between them on either side.
	maxGap = 6

	// maxBridge bounds the stretches that are compared word by word: what
	// stands between two blocks, and sentences beside a block.
	maxBridge = 60

	// anchorWords have to agree after a change for a block to go on there.
	anchorWords = 2
)

// block is a stretch of both texts that is the same but for small changes:
// tokens [A, AEnd) and [B, BEnd), of which Equal words agree in order.
type block struct {
	A, AEnd, B, BEnd int
	Equal            int
	Similarity       float64 // of a reworded block, by what its words weigh
	Noisy            bool    // found by its rare words
}

// blocks extends runs over small changes on both ends and joins those that
// follow each other closely. The result stands in the order of A.
func (x *Aligner) blocks(b *Document, runs []run, e *Evidence) []block {
	dst := x.blocked[:0]
	for _, r := range runs {
		dst = append(dst, block{A: r.A, AEnd: r.A + r.N, B: r.B, BEnd: r.B + r.N, Equal: r.N})
	}
	for i := range dst {
		x.forward(b, &dst[i])
		x.backward(b, &dst[i])
	}
	dst = x.knit(b, dst, e)
	dst = x.join(b, dst)
	x.blocked = dst
	return dst
}

// forward extends k to the right as long as words agree again soon.
func (x *Aligner) forward(b *Document, k *block) {
	for {
		da, db, n := x.resume(b, k.AEnd, k.BEnd, 1)
		if n == 0 {
			return
		}
		x.take(k.AEnd, da+n, k.BEnd, db+n)
		k.AEnd += da + n
		k.BEnd += db + n
		k.Equal += n
	}
}

// backward extends k to the left likewise.
func (x *Aligner) backward(b *Document, k *block) {
	for {
		da, db, n := x.resume(b, k.A-1, k.B-1, -1)
		if n == 0 {
			return
		}
		k.A -= da + n
		k.B -= db + n
		x.take(k.A, da+n, k.B, db+n)
		k.Equal += n
	}
}

// take marks n words from i on of the left and m from j on of the right
// document as used.
func (x *Aligner) take(i, n, j, m int) {
	fill(x.takenA[i : i+n])
	fill(x.takenB[j : j+m])
}

// resume looks from (i, j) on, in direction dir, for the nearest place at
// which at least anchorWords words agree, and counts how many do. It returns
// how many words are skipped on either side, and 0 words if there is none.
func (x *Aligner) resume(b *Document, i, j, dir int) (da, db, n int) {
	mostA, mostB := x.clear(x.a, x.takenA, i, dir), x.clear(b, x.takenB, j, dir)
	for cost := 1; cost <= mostA+mostB; cost++ {
		for da = max(0, cost-mostB); da <= min(cost, mostA); da++ {
			db = cost - da
			p, q := i+dir*da, j+dir*db
			if p < 0 || q < 0 || p >= len(x.takenA) || q >= len(x.takenB) || x.a.Text.Hash[p] != b.Text.Hash[q] {
				continue
			}
			// The more was skipped, the more has to agree.
			if n = x.agree(b, p, q, dir); n >= anchorWords && n >= (cost+1)/2 {
				return da, db, n
			}
		}
	}
	return 0, 0, 0
}

// clear counts the words of d from i on that may be skipped, at most maxSkip: they
// are own text and not used.
func (x *Aligner) clear(d *Document, taken []bool, i, dir int) (n int) {
	for n < maxSkip && i >= 0 && i < len(taken) && !taken[i] && (x.apart || !d.masked(i)) {
		i, n = i+dir, n+1
	}
	return n
}

// agree counts the unused equal words from (i, j) on in direction dir.
func (x *Aligner) agree(b *Document, i, j, dir int) int {
	n := 0
	for i >= 0 && j >= 0 && i < len(x.takenA) && j < len(x.takenB) &&
		!x.takenA[i] && !x.takenB[j] && x.same(b, i, j) && (x.apart || !x.a.masked(i)) {
		i, j, n = i+dir, j+dir, n+1
	}
	return n
}

// join merges neighbours in A that are neighbours in B too.
func (x *Aligner) join(b *Document, blocks []block) []block {
	slices.SortFunc(blocks, func(p, q block) int { return p.A - q.A })
	out := blocks[:0]
	for _, k := range blocks {
		if n := len(out); n > 0 && x.joins(b, out[n-1], k) {
			p := &out[n-1]
			x.take(p.AEnd, k.A-p.AEnd, p.BEnd, k.B-p.BEnd)
			p.Equal += k.Equal + x.between(b, p.AEnd, k.A, p.BEnd, k.B)
			p.AEnd, p.BEnd, p.Noisy = k.AEnd, k.BEnd, p.Noisy || k.Noisy
			continue
		}
		out = append(out, k)
	}
	return out
}

// joins reports whether p and k are one block: what is between them belongs
// to no other, and is only a few words, or much the same on both sides.
func (x *Aligner) joins(b *Document, p, k block) bool {
	da, db := k.A-p.AEnd, k.B-p.BEnd
	if da < 0 || db < 0 || max(da, db) > maxBridge || !x.unused(p.AEnd, k.A, p.BEnd, k.B) {
		return false
	}
	if max(da, db) <= maxGap && x.a.furniture(p.AEnd, k.A)+b.furniture(p.BEnd, k.B) == 0 {
		return true
	}
	return x.alike(b, p.AEnd, k.A, p.BEnd, k.B) > 0
}

// alike counts the words that agree in order between two stretches of at
// most maxBridge words, or none if it is less than half of the longer one.
func (x *Aligner) alike(b *Document, i, iEnd, j, jEnd int) int {
	longer := max(iEnd-i, jEnd-j)
	if longer > maxBridge {
		return 0
	}
	if n := x.between(b, i, iEnd, j, jEnd); 2*n >= longer {
		return n
	}
	return 0
}

// unused reports whether tokens [i, iEnd) and [j, jEnd) belong to no block.
func (x *Aligner) unused(i, iEnd, j, jEnd int) bool {
	return !slices.Contains(x.takenA[i:iEnd], true) && !slices.Contains(x.takenB[j:jEnd], true)
}

// furniture counts the masked tokens of [from, to).
func (d *Document) furniture(from, to int) int {
	if d.Mask == nil {
		return 0
	}
	n := 0
	for _, m := range d.Mask[from:to] {
		if m {
			n++
		}
	}
	return n
}

// between counts the words that agree in order in a gap, at most maxBridge words
// a side.
func (x *Aligner) between(b *Document, i, iEnd, j, jEnd int) int {
	if i == iEnd || j == jEnd {
		return 0
	}
	return inCommon(x.a.Text.Hash[i:iEnd], b.Text.Hash[j:jEnd])
}

// inCommon is the length of the longest common subsequence of two lists, of which q
// has at most 64 elements: the rows of the classic table are the bits of a word
// (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004). What both begin and
// end with is in it.
func inCommon(p, q []uint64) (n int) {
	for len(p) > 0 && len(q) > 0 && p[0] == q[0] {
		p, q, n = p[1:], q[1:], n+1
	}
	for len(p) > 0 && len(q) > 0 && p[len(p)-1] == q[len(q)-1] {
		p, q, n = p[:len(p)-1], q[:len(q)-1], n+1
	}
	row := ^uint64(0) // its zeros are where the length grows
	for _, e := range p {
		match := uint64(0)
		for j, f := range q {
			if e == f {
				match |= 1 << j
			}
		}
		u := row & match
		row = (row + u) | (row - u)
	}
	return n + bits.OnesCount64(^row&(1<<len(q)-1))
}
