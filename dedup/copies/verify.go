package copies

import (
	"encoding/binary"
	"math"

	"reprint/reuse"
	"reprint/shingle"
)

// edge is a verified pair: 56 bytes, big-endian, in the order of the fields.
type edge struct {
	mark   uint64 // the caller's: what a scan said of the pair, or the component that asked
	a, b   uint64 // documents
	heldA  uint32 // units of a that stand in a shingle which b has too
	heldB  uint32
	unitsA uint32
	unitsB uint32
	inter  uint32 // different shingles in common
	union  uint32 // different shingles of both
	edits  uint32 // edit distance of the units, where the method asks for it
	lackA  uint16 // most units of a that do not count to heldA in a stretch of lackSpan
	lackB  uint16
}

const edgeBytes = 56

func (e *edge) append(dst []byte) []byte {
	for _, v := range [...]uint64{e.mark, e.a, e.b} {
		dst = binary.BigEndian.AppendUint64(dst, v)
	}
	for _, v := range [...]uint32{e.heldA, e.heldB, e.unitsA, e.unitsB, e.inter, e.union, e.edits, uint32(e.lackA)<<16 | uint32(e.lackB)} {
		dst = binary.BigEndian.AppendUint32(dst, v)
	}
	return dst
}

func readEdge(b []byte) (e edge) {
	for i, p := range [...]*uint64{&e.mark, &e.a, &e.b} {
		*p = binary.BigEndian.Uint64(b[8*i:])
	}
	for i, p := range [...]*uint32{&e.heldA, &e.heldB, &e.unitsA, &e.unitsB, &e.inter, &e.union, &e.edits} {
		*p = binary.BigEndian.Uint32(b[24+4*i:])
	}
	e.lackA, e.lackB = binary.BigEndian.Uint16(b[52:]), binary.BigEndian.Uint16(b[54:])
	return e
}

// shares returns the part of its own units that each one has in the other.
func (e *edge) shares() (a, b float64) { return ratio(e.heldA, e.unitsA), ratio(e.heldB, e.unitsB) }

// jaccard is the similarity of the two sets of shingles.
func (e *edge) jaccard() float64 { return ratio(e.inter, e.union) }

func ratio(part, whole uint32) float64 {
	if whole == 0 {
		return 0
	}
	return float64(part) / float64(whole)
}

// rounded is x as it is printed.
func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// republishedFrom is the share of the shorter one from which a pair that is no
// duplicate counts as republished.
const republishedFrom = .5

// kind tells what a pair is. Without verification every pair is a duplicate.
func (m *Method) kind(e *edge) reuse.Kind {
	a, b := e.shares()
	switch {
	case m.Verify == Never || m.alike(e):
		return reuse.Duplicate
	case m.Verify != ByShare:
		return ""
	case rounded(min(a, b)) >= min(m.Threshold, Newswire.Threshold):
		return reuse.Duplicate
	case max(a, b) >= republishedFrom:
		return reuse.Republished
	case e.inter > 0:
		return reuse.Partial
	}
	return ""
}

// alike reports whether a pair is similar enough for a method that asks for similarity.
func (m *Method) alike(e *edge) bool {
	switch m.Verify {
	case ByJaccard:
		return rounded(e.jaccard()) >= m.Threshold
	case ByEdits:
		return rounded(e.jaccard()) >= m.Threshold && rounded(1-ratio(e.edits, max(e.unitsA, e.unitsB))) >= m.Threshold
	}
	return false
}

// holds reports whether enough of b stands in a for b to go, or the other way
// round.
func (m *Method) holds(e *edge, bGoes bool) bool {
	switch m.Verify {
	case Never:
		return true
	case ByJaccard, ByEdits:
		return m.alike(e)
	}
	held, units, lack := e.heldB, e.unitsB, e.lackB
	if !bGoes {
		held, units, lack = e.heldA, e.unitsA, e.lackA
	}
	if m.lacks() && lack > maxLack {
		return false
	}
	short := max(e.unitsA, e.unitsB) < uint32(m.Short) && m.Threshold >= Newswire.Threshold
	if short && units-held > units/shortPer {
		return false
	}
	return held > 0 && rounded(ratio(held, units)) >= m.Threshold
}

// lacks reports whether maxLack counts.
func (m *Method) lacks() bool { return m.Verify == ByShare && m.Threshold >= Newswire.Threshold }

// A document that goes may lack at most maxLack units in any lackSpan of them. Edits are
// scattered: with every tenth word changed a survivor lacks a sixth of the words. What
// stands together is a text of its own, even where most of a page is a license that a
// million others bear.
const (
	lackSpan = 64
	maxLack  = 24
)

// shortPer is how many words a short text must have for each one that its survivor
// lacks. One word tells a note on Berlin from the same on Hamburg, and in a text of
// fewer than eight that is all there is.
const shortPer = 8

// measurer compares two texts by their units. It holds scratch memory and serves one
// goroutine at a time.
type measurer struct {
	length               int
	short                int     // see Method.Short
	lacking              bool    // see Method.lacks: texts that are apart need no measures
	setB, rest           hashSet // shingles of b, and of a that b lacks
	hitsA, hitsB         runs    // shingles that the other text has
	misses               []uint64
	shinglesA, shinglesB []uint64
	onceA, onceB         [maxShort]uint64
	unitsA, unitsB       []uint64
	lacks                []int32 // units that are not held
	apart                apart
	filled               bool    // setB is of the present b
	edits                float64 // of pairs with this Jaccard similarity edits are counted; 0: of none
	editor               editor
}

// measure fills in what the edge says of the units of its documents; again says that b
// is that of the call before. Shingles of a are looked up among those of b, which are
// marked; those of b are then held if they are. Of texts that are apart it says that they
// have nothing in common.
func (x *measurer) measure(e *edge, a, b []uint64, again bool) {
	x.filled = x.filled && again
	e.unitsA, e.unitsB = uint32(len(a)), uint32(len(b))
	if x.lacking && max(len(a), len(b)) >= x.short && x.apart.tells(a, b, x.length) {
		e.lackA, e.lackB = math.MaxUint16, math.MaxUint16
		return
	}
	if !x.filled { // the pairs of a document come one after the other
		x.shinglesB = shingle.Append(x.shinglesB[:0], b, x.length)
		x.setB.fill(x.shinglesB)
		x.filled = true
	}
	x.match(a, b)
	if max(len(a), len(b)) < x.short {
		e.heldA, e.heldB = x.inOrder(a, b)
	} else {
		e.heldA, e.lackA = x.held(x.hitsA, len(a))
		e.heldB, e.lackB = x.held(x.hitsB, len(b))
	}
	e.inter = uint32(x.setB.marked)
	e.union = uint32(x.setB.n + x.rest.n)
	if x.edits > 0 {
		longer := max(len(a), len(b))
		if e.edits = uint32(longer); rounded(e.jaccard()) >= x.edits {
			e.edits = uint32(x.editor.distance(a, b, int((1-x.edits)*float64(longer))+1))
		}
	}
}

// match tells which shingles the texts have in common, and gathers those of a that b
// lacks. Those of what both begin and end with need not be looked up.
func (x *measurer) match(a, b []uint64) {
	places := x.setB.places
	before, behind := x.ends(a, b)
	x.shinglesA = x.shinglesA[:0]
	if middle := a[before : len(a)-behind]; before+behind == 0 || len(middle) >= x.length {
		x.shinglesA = shingle.Append(x.shinglesA, middle, x.length)
	}
	x.setB.unmark()
	x.setB.mark(places[:before])
	x.setB.mark(places[len(places)-behind:])
	x.hitsA = x.hitsA[:0].add(0, before)
	x.misses = x.misses[:0]
	for i, h := range x.shinglesA {
		if at := x.setB.find(h); at >= 0 {
			x.setB.mark([]int32{int32(at)})
			x.hitsA = x.hitsA.add(before+i, before+i+1)
		} else {
			x.misses = append(x.misses, h)
		}
	}
	end := before + len(x.shinglesA)
	x.hitsA = x.hitsA.add(end, end+behind)
	x.rest.fill(x.misses)
	x.hitsB = x.hitsB[:0].add(0, before)
	for i := before; i < len(places)-behind; i++ {
		if x.setB.marks[places[i]] {
			x.hitsB = x.hitsB.add(i, i+1)
		}
	}
	x.hitsB = x.hitsB.add(len(places)-behind, len(places))
}

// runs are stretches of numbers, ascending: from, to.
type runs [][2]int

// add adds a stretch behind the others.
func (r runs) add(from, to int) runs {
	switch n := len(r); {
	case from >= to:
	case n > 0 && r[n-1][1] == from:
		r[n-1][1] = to
	default:
		r = append(r, [2]int{from, to})
	}
	return r
}

// ends counts the shingles that both texts begin with, and that both end with.
func (x *measurer) ends(a, b []uint64) (before, behind int) {
	n := min(len(a), len(b))
	if n < x.length {
		return 0, 0
	}
	for before < n && a[before] == b[before] {
		before++
	}
	for n -= before; behind < n && a[len(a)-1-behind] == b[len(b)-1-behind]; {
		behind++
	}
	return max(before-x.length+1, 0), max(behind-x.length+1, 0)
}

// inOrder counts the words of each text that stand in the other one in the same
// order. A word that is said twice in a row counts once more where the other one holds
// it at all.
func (x *measurer) inOrder(a, b []uint64) (heldA, heldB uint32) {
	a, extraA := once(x.onceA[:0], a)
	b, extraB := once(x.onceB[:0], b)
	var row [maxShort + 1]uint32
	for _, v := range a {
		diagonal := uint32(0)
		for j, w := range b {
			above := row[j+1]
			if v == w {
				row[j+1] = diagonal + 1
			} else {
				row[j+1] = max(above, row[j])
			}
			diagonal = above
		}
	}
	both := row[len(b)]
	return both + extraA, both + extraB
}

// once appends to dst the words without those that repeat the one before, and counts
// these.
func once(dst, words []uint64) (out []uint64, repeated uint32) {
	for i, w := range words {
		if i > 0 && w == words[i-1] {
			repeated++
			continue
		}
		dst = append(dst, w)
	}
	return dst, repeated
}

// held counts the units of a text that stand in one of some of its shingles, and the
// most in a stretch of lackSpan that do not.
func (x *measurer) held(hits runs, units int) (held uint32, lack uint16) {
	x.lacks = x.lacks[:0]
	at := 0
	for _, r := range hits {
		for ; at < r[0]; at++ {
			x.lacks = append(x.lacks, int32(at))
		}
		at = min(r[1]+x.length-1, units)
	}
	for ; at < units; at++ {
		x.lacks = append(x.lacks, int32(at))
	}
	most, first := 0, 0
	for i, at := range x.lacks {
		for int(at-x.lacks[first]) >= lackSpan {
			first++
		}
		most = max(most, i+1-first)
	}
	return uint32(units - len(x.lacks)), uint16(most)
}

// hashSet is a set of hashes that is filled again and again.
type hashSet struct {
	slots  []uint64 // hashes but 0, at a place of their own behind the one they ask for
	places []int32  // of each hash that it was filled with
	marks  []bool   // of each place; that of 0 lies behind the slots
	shift  uint
	zero   bool // 0 is in the set
	n      int  // different hashes
	marked int  // places
}

// fill makes s the set of the hashes.
func (s *hashSet) fill(hashes []uint64) {
	bits := uint(4)
	for 1<<bits < 2*len(hashes) {
		bits++
	}
	if s.shift = 64 - bits; 1<<bits > cap(s.slots) {
		s.slots, s.marks = make([]uint64, 1<<bits), make([]bool, 1<<bits+1)
	}
	s.slots, s.marks = s.slots[:1<<bits], s.marks[:1<<bits+1]
	clear(s.slots)
	s.places, s.n = s.places[:0], 0
	zero := false
	for _, h := range hashes {
		at := len(s.slots)
		if h == 0 {
			if !zero {
				zero = true
				s.n++
			}
		} else if at = s.probe(h); s.slots[at] == 0 {
			s.slots[at] = h
			s.n++
		}
		s.places = append(s.places, int32(at))
	}
	s.zero = zero
}

// probe returns the place of a hash that is not 0, or where it would go.
func (s *hashSet) probe(h uint64) int {
	i := int(h >> s.shift)
	for s.slots[i] != 0 && s.slots[i] != h {
		i = (i + 1) & (len(s.slots) - 1)
	}
	return i
}

// find returns the place of a hash; below 0 if it is not in the set.
func (s *hashSet) find(h uint64) int {
	if h == 0 {
		if s.zero {
			return len(s.slots)
		}
		return -1
	}
	if i := s.probe(h); s.slots[i] == h {
		return i
	}
	return -1
}

// unmark takes all marks away.
func (s *hashSet) unmark() {
	clear(s.marks)
	s.marked = 0
}

// mark marks places.
func (s *hashSet) mark(places []int32) {
	n := s.marked
	for _, at := range places {
		if !s.marks[at] {
			s.marks[at] = true
			n++
		}
	}
	s.marked = n
}
