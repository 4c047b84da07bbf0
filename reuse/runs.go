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
	x.maximal(b)
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

// maximal returns every run that cannot be extended, each once. A gram that the
// left document has more often than maxRepeats counts in few places only: its
// first one there with the first one in b, the second with the second and so
// on, so that two texts that repeat the same words meet where they have repeated
// them as often. Cost: linear in the grams of b, or in those of the left document
// where fromLeft says so.
func (x *Aligner) maximal(b *Document) []run {
	x.found, x.offset = x.found[:0], len(x.db.gram)
	x.done = zeros(x.done, len(x.da.gram)+x.offset+1)
	clear(x.turn)
	if x.fromLeft(b) {
		x.lookRight(b)
	} else {
		x.lookLeft(b)
	}
	for _, r := range x.found {
		x.done[r.A-r.B+x.offset] = 0
	}
	return x.found
}

// muchLonger is how many times longer a right document is that is not looked
// through for each left one.
const muchLonger = 4

// fromLeft reports whether grams of the left document are looked up in the right
// one, in place of the other way round, with the same outcome.
func (x *Aligner) fromLeft(b *Document) bool {
	return b.Derived != nil && len(x.db.gram) > muchLonger*len(x.da.gram)
}

// lookLeft looks the grams of b up in the left document.
func (x *Aligner) lookLeft(b *Document) {
	ix := x.leftIndex()
	x.met = ix.meetings(x.met, x.db.gram)
	for _, m := range x.met {
		j := int(m.at)
		if ix.next[m.first] == hidden || b.maskedRun(j) {
			continue
		}
		if ix.many[m.first] {
			if i := x.next(ix, m.first); i >= 0 {
				x.meet(b, int(i), j)
			}
			continue
		}
		for i := m.first; i >= 0; i = ix.next[i] {
			x.meet(b, int(i), j)
		}
	}
}

// lookRight looks the grams of the left document up in b.
func (x *Aligner) lookRight(b *Document) {
	own, ix := x.leftIndex(), x.db.indexOf(b)
	x.met = ix.meetings(x.met, x.da.gram)
	for _, m := range x.met {
		i := int(m.at)
		if ix.next[m.first] == hidden || x.a.maskedRun(i) {
			continue
		}
		if own.many[own.first(x.da.gram[i])] {
			if j := x.next(ix, m.first); j >= 0 {
				x.meet(b, i, int(j))
			}
			continue
		}
		for j := m.first; j >= 0; j = ix.next[j] {
			x.meet(b, i, int(j))
		}
	}
}

// next returns the places of a gram, given its first one, one after the other, and
// then -1.
func (x *Aligner) next(ix *index, first int32) int32 {
	if x.turn == nil {
		x.turn = map[int32]int32{}
	}
	i, begun := x.turn[first]
	if !begun {
		i = first
	}
	if i >= 0 {
		x.turn[first] = ix.next[i]
	}
	return i
}

// meet adds the run around the gram at (i, j), unless it is found.
func (x *Aligner) meet(b *Document, i, j int) {
	diagonal := &x.done[i-j+x.offset]
	if int(*diagonal) <= j {
		r := x.extend(b, i, j)
		*diagonal = int32(r.B + r.N)
		x.found = append(x.found, r)
	}
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
