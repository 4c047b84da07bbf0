package reuse

import "slices"

// run is a stretch of equal words: N tokens from A on in the left document
// and from B on in the right one. It holds a gram outside furniture. From
// there it goes on through furniture that stands on both sides. Between
// articles of one source it ends before the furniture, which both have from
// the site; between different sources one has it from the other.
type run struct{ A, B, N int }

// runs finds all maximal runs of at least gramWords words, then keeps the
// longest ones that do not overlap on either side. What a longer run leaves
// of a shorter one is kept if it is still a run. Cost: linear in the words
// and the seeds, each of which lies in few places.
func (x *Aligner) runs(b *Document) []run {
	x.found = x.maximal(x.found[:0], b)
	slices.SortFunc(x.found, func(r, s run) int {
		if r.N != s.N {
			return s.N - r.N
		}
		if r.A != s.A {
			return r.A - s.A
		}
		return r.B - s.B
	})
	x.takenA = resize(x.takenA, x.a.Text.Len())
	x.takenB = resize(x.takenB, b.Text.Len())
	clear(x.takenA)
	clear(x.takenB)
	kept := x.kept[:0]
	for _, r := range x.found {
		if rest := x.free(r); rest == r || x.isRun(b, &rest) {
			r = rest
			fill(x.takenA[r.A : r.A+r.N])
			fill(x.takenB[r.B : r.B+r.N])
			kept = append(kept, r)
		}
	}
	slices.SortFunc(kept, func(r, s run) int { return r.A - s.A })
	x.kept = kept
	return kept
}

// maximal appends every run that cannot be extended, each once; of text that
// repeats itself often only those that index.place leads to.
func (x *Aligner) maximal(dst []run, b *Document) []run {
	x.gramsB = grams(x.gramsB[:0], b)
	offset := len(x.gramsB)
	x.done = resize(x.done, len(x.ix.gram)+offset+1)
	clear(x.done)
	x.ix.rewind()
	for j, g := range x.gramsB {
		i, only := x.ix.place(g)
		if i < 0 || b.maskedRun(j) {
			continue
		}
		for ; i >= 0; i = x.ix.next[i] {
			diagonal := &x.done[int(i)-j+offset]
			if int(*diagonal) <= j {
				r := x.extend(b, int(i), j)
				*diagonal = int32(r.B + r.N)
				dst = append(dst, r)
			}
			if only {
				break
			}
		}
	}
	return dst
}

// maskedRun reports whether the gram at i touches furniture.
func (d *Document) maskedRun(i int) bool {
	return d.Mask != nil && slices.Contains(d.Mask[i:i+gramWords], true)
}

// extend returns the longest run of equal words around the gram at (i, j).
func (x *Aligner) extend(b *Document, i, j int) run {
	lo, hi := 0, gramWords
	for n := 1; i-n >= 0 && j-n >= 0 && x.same(b, i-n, j-n); n++ {
		if x.apart || !x.a.masked(i-n) {
			lo = n
		}
	}
	for n := gramWords; i+n < x.a.Text.Len() && j+n < b.Text.Len() && x.same(b, i+n, j+n); n++ {
		if x.apart || !x.a.masked(i+n) {
			hi = n + 1
		}
	}
	return run{i - lo, j - lo, lo + hi}
}

// same reports whether token i of the left document and token j of b are
// equal, and in articles of one source both furniture or both own text.
func (x *Aligner) same(b *Document, i, j int) bool {
	return x.a.Text.Hash[i] == b.Text.Hash[j] && (x.apart || x.a.masked(i) == b.masked(j))
}

// free returns the longest part of r that is not taken on either side.
func (x *Aligner) free(r run) run {
	best := run{}
	from := 0
	for i := 0; i <= r.N; i++ {
		if i < r.N && !x.takenA[r.A+i] && !x.takenB[r.B+i] {
			continue
		}
		if i-from > best.N {
			best = run{r.A + from, r.B + from, i - from}
		}
		from = i + 1
	}
	return best
}

// isRun takes off the furniture at the ends of r, in articles of one source,
// and reports whether a gram outside furniture is left.
func (x *Aligner) isRun(b *Document, r *run) bool {
	for !x.apart && r.N > 0 && x.a.masked(r.A) {
		*r = run{r.A + 1, r.B + 1, r.N - 1}
	}
	for !x.apart && r.N > 0 && x.a.masked(r.A+r.N-1) {
		r.N--
	}
	for i := 0; i+gramWords <= r.N; i++ {
		if !x.a.maskedRun(r.A+i) && !b.maskedRun(r.B+i) {
			return true
		}
	}
	return false
}

func fill(b []bool) {
	for i := range b {
		b[i] = true
	}
}
