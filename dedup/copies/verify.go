package copies

import (
	"encoding/binary"
	"math"
	"math/bits"

	"reprint/reuse"
	"reprint/shingle"
)

// edge is a verified pair: 56 bytes, big-endian, in the order of the fields.
type edge struct {
	mark   uint64 // the caller's: what a scan said of the pair, tried or turned
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
	lackSpan = 64 // the bits of a word
	maxLack  = 24
)

// shortPer is how many words a short text must have for each one that its survivor
// lacks. One word tells a note on Berlin from the same on Hamburg, and in a text of
// fewer than eight that is all there is.
const shortPer = 8

// text is a document's units, made ready to be compared with those of others. What is made
// of them is kept as long as the text is: many documents may be compared with one.
type text struct {
	doc     uint64
	units   []uint64
	set     placeSet // of its shingles
	filled  bool     // set
	bigrams bigrams
	known   bool // bigrams
	again   bool // it is likely to be compared once more
}

// keptUnits bounds the texts whose memory is kept for the next one.
const keptUnits = 1 << 18

// take makes t a document's text.
func (t *text) take(doc uint64, units []byte) {
	if cap(t.units) > keptUnits {
		*t = text{}
	}
	t.doc, t.units = doc, appendUnits(t.units[:0], units)
	t.filled, t.known, t.again = false, false, false
}

// measurer compares two texts by their units. It holds scratch memory and serves one
// goroutine at a time.
type measurer struct {
	length       int
	short        int      // see Method.Short
	lacking      bool     // see Method.lacks: texts that are apart need no measures
	rest         placeSet // shingles of one text that the other lacks
	marks        bitmap   // of the other one's shingles, by their places: those in common
	hits         bitmap   // shingles of the one text that the other has
	cover        bitmap   // units that are held
	shingles     []uint64
	misses       []uint64
	onceA, onceB [maxShort]uint64
	edits        float64 // of pairs with this Jaccard similarity edits are counted; 0: of none
	editor       editor
}

// measure fills in what the edge says of the units of its documents. Of texts that are
// apart it says that they have nothing in common: it looks for that first, unless the
// shingles of one of the two are at hand, as it is the survivor of many. Of a pair that counts
// only if each holds the other it says the same if one does not.
func (x *measurer) measure(e *edge, a, b *text) {
	e.unitsA, e.unitsB = uint32(len(a.units)), uint32(len(b.units))
	longer := max(len(a.units), len(b.units))
	looked, in, turned := a, b, false // shingles of one are looked up in the other
	if a.filled && !b.filled || a.filled == b.filled && a.again {
		looked, in, turned = b, a, true
	}
	first := func() bool { return apart(in, looked, x.length, e.mark&tried != 0) }
	if !x.lacking || longer < x.short {
		first = nil
	}
	if first != nil && !in.filled {
		if first() {
			e.apart()
			return
		}
		first = nil
	}
	if !x.match(e, looked, in, first) {
		e.apart()
		return
	}
	e.heldB, e.lackB = x.held(x.marks, len(in.units))
	switch {
	case longer < x.short:
		e.heldA, e.heldB = x.inOrder(a.units, b.units)
		e.lackA, e.lackB = 0, 0
	case turned:
		e.heldA, e.heldB, e.lackA, e.lackB = e.heldB, e.heldA, e.lackB, e.lackA
	}
	if x.edits > 0 {
		if e.edits = uint32(longer); rounded(e.jaccard()) >= x.edits {
			limit := min(int((1-x.edits)*float64(longer))+1, mostEdits)
			if n := x.editor.distance(a.units, b.units, limit); n <= limit {
				e.edits = uint32(n)
			}
		}
	}
}

// apart says that the texts of e, of which the units are known, have nothing in common.
func (e *edge) apart() { e.inter, e.union, e.lackA, e.lackB = 0, 0, math.MaxUint16, math.MaxUint16 }

// match tells which shingles of a text another one has and which of that one's it has: for e, as
// if it were that of the two, how many different ones both have in common and all in all, and
// what the second one holds of the first. A shingle that was found is
// looked up; how many of those behind it stand behind it in the other text as well the units
// tell. As soon as the first one lacks more units in lackSpan than maxLack, it asks apart, if
// there is such a function, and ends if it says so.
func (x *measurer) match(e *edge, t, in *text, apart func() bool) (ok bool) {
	if !in.filled {
		x.shingles = shingle.Append(x.shingles[:0], in.units, x.length)
		in.set.fill(x.shingles)
		in.filled = true
	}
	s := &in.set
	x.marks = x.marks.sized(len(s.hashes))
	x.misses = x.misses[:0]
	roll := shingle.NewRoll(t.units, x.length)
	x.hits = x.hits.sized(roll.Len())
	k := min(x.length, len(t.units))
	further := 0 // a place in the other text less that of the same shingle in this one
	for i, n, held := 0, roll.Len(), 0; i < n; {
		h := roll.At(i)
		at := s.near(h, i+further)
		if at < 0 {
			x.misses = append(x.misses, h)
			if i++; apart != nil && i-held > maxLack {
				if apart() {
					return false
				}
				apart = nil
			}
			continue
		}
		run := 1 + common(t.units[i+k:], in.units[min(at+k, len(in.units)):])
		x.marks.addSpan(at, at+run)
		x.hits.addSpan(i, i+run)
		i, further = i+run, at-i
		held = i + k - 1
	}
	if e.heldA, e.lackA = x.held(x.hits, len(t.units)); apart != nil && e.lackA > maxLack && apart() {
		return false
	}
	e.inter = s.marked(x.marks)
	x.rest.fill(x.misses)
	e.union = uint32(s.n + x.rest.n)
	return true
}

// common is how many units two rows begin with in common.
func common(a, b []uint64) int {
	n := min(len(a), len(b))
	a, b = a[:n], b[:n]
	at := 0
	for ; at+4 <= n; at += 4 {
		p, q := a[at:at+4:at+4], b[at:at+4:at+4]
		if (p[0]^q[0])|(p[1]^q[1])|(p[2]^q[2])|(p[3]^q[3]) != 0 {
			break
		}
	}
	for at < n && a[at] == b[at] {
		at++
	}
	return at
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
func (x *measurer) held(found bitmap, units int) (held uint32, lack uint16) {
	x.cover = x.cover.sized(units)
	copy(x.cover, found)
	x.cover.widen(x.length)
	lacking := x.cover
	for i := range lacking {
		lacking[i] = ^lacking[i]
	}
	lacking[units/64] &= 1<<(units%64) - 1
	sum, most := 0, 0
	for i, w := range lacking {
		next := uint64(0)
		if i+1 < len(lacking) {
			next = lacking[i+1]
		}
		n := bits.OnesCount64(w)
		if sum += n; n+bits.OnesCount64(next) <= most {
			continue
		}
		for left := w; left != 0; left &= left - 1 {
			at := bits.TrailingZeros64(left)
			most = max(most, bits.OnesCount64(w>>at|next<<1<<(63-at)))
		}
	}
	return uint32(units - sum), uint16(most)
}
