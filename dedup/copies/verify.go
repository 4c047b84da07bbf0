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
	if m.Threshold >= Newswire.Threshold && lack > maxLack {
		return false
	}
	short := max(e.unitsA, e.unitsB) < uint32(m.Short) && m.Threshold >= Newswire.Threshold
	if short && units-held > units/shortPer {
		return false
	}
	return held > 0 && rounded(ratio(held, units)) >= m.Threshold
}

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
	short                int // see Method.Short
	setA, setB           hashSet
	shinglesA, shinglesB []uint64
	onceA, onceB         [maxShort]uint64
	unitsA, unitsB       []uint64
	marks                []uint8 // units that are held
	edits                float64 // of pairs with this Jaccard similarity edits are counted; 0: of none
	editor               editor
}

// measure fills in what the edge says of the units of its documents; again says that b
// is that of the call before.
func (x *measurer) measure(e *edge, a, b []uint64, again bool) {
	x.shinglesA = shingle.Append(x.shinglesA[:0], a, x.length)
	x.setA.fill(x.shinglesA)
	if !again { // the pairs of a document come one after the other
		x.shinglesB = shingle.Append(x.shinglesB[:0], b, x.length)
		x.setB.fill(x.shinglesB)
	}
	e.unitsA, e.unitsB = uint32(len(a)), uint32(len(b))
	if max(len(a), len(b)) < x.short {
		e.heldA, e.heldB = x.inOrder(a, b)
	} else {
		e.heldA, e.lackA = x.held(x.shinglesA, &x.setB, len(a))
		e.heldB, e.lackB = x.held(x.shinglesB, &x.setA, len(b))
	}
	e.inter = uint32(x.setA.shared(&x.setB))
	e.union = uint32(x.setA.n+x.setB.n) - e.inter
	if x.edits > 0 {
		longer := max(len(a), len(b))
		if e.edits = uint32(longer); rounded(e.jaccard()) >= x.edits {
			e.edits = uint32(x.editor.distance(a, b, int((1-x.edits)*float64(longer))+1))
		}
	}
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

// held counts the units of a text that stand in a shingle of a set, and the most in a
// stretch that do not.
func (x *measurer) held(shingles []uint64, set *hashSet, units int) (held uint32, lack uint16) {
	length := min(x.length, units)
	x.marks = append(x.marks[:0], make([]uint8, units)...)
	n, end := 0, 0
	for i, h := range shingles {
		if !set.has(h) {
			continue
		}
		for end = max(end, i); end < i+length; end++ {
			x.marks[end] = 1
			n++
		}
	}
	inside, most := 0, 0
	for i, mark := range x.marks {
		inside += 1 - int(mark)
		if i >= lackSpan {
			inside -= 1 - int(x.marks[i-lackSpan])
		}
		most = max(most, inside)
	}
	return uint32(n), uint16(most)
}

// hashSet is a set of hashes that is filled again and again.
type hashSet struct {
	slots []uint64 // 0: free
	shift uint
	zero  bool // the hash 0 is in it
	n     int
}

// fill makes s the set of the hashes.
func (s *hashSet) fill(hashes []uint64) {
	bits := uint(4)
	for 1<<bits < 2*len(hashes) {
		bits++
	}
	if s.shift = 64 - bits; 1<<bits > cap(s.slots) {
		s.slots = make([]uint64, 1<<bits)
	} else {
		s.slots = s.slots[:1<<bits]
		clear(s.slots)
	}
	s.n, s.zero = 0, false
	for _, h := range hashes {
		s.add(h)
	}
}

func (s *hashSet) add(h uint64) {
	if h == 0 {
		if !s.zero {
			s.zero = true
			s.n++
		}
		return
	}
	i := int(h >> s.shift)
	for s.slots[i] != 0 {
		if s.slots[i] == h {
			return
		}
		i = (i + 1) & (len(s.slots) - 1)
	}
	s.slots[i] = h
	s.n++
}

func (s *hashSet) has(h uint64) bool {
	if h == 0 {
		return s.zero
	}
	i := int(h >> s.shift)
	for s.slots[i] != 0 {
		if s.slots[i] == h {
			return true
		}
		i = (i + 1) & (len(s.slots) - 1)
	}
	return false
}

// shared counts the hashes that both sets hold.
func (s *hashSet) shared(t *hashSet) int {
	if s.n > t.n {
		s, t = t, s
	}
	n := 0
	if s.zero && t.zero {
		n++
	}
	for _, h := range s.slots {
		if h != 0 && t.has(h) {
			n++
		}
	}
	return n
}
