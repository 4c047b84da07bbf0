package copies

import "math/bits"

// placeSet is a row of hashes in which each is found. It is filled again and again. The places
// of a hash that stands in the row more than once make a ring.
type placeSet struct {
	hashes  []uint64
	repeats bitmap  // places in a ring
	first   []int32 // of the ring of a place in one
	next    []int32 // in the ring
	slots   []int32 // first places, from 1, at a slot of their own behind the one they ask for
	shift   uint
	n       int // different hashes
}

// leastSlots is the logarithm of how many slots a set has at least. Three in four are free, so
// that few hashes ask for the slot of another.
const leastSlots = 7

// fill makes s that of the hashes.
func (s *placeSet) fill(hashes []uint64) {
	width := uint(leastSlots)
	for 1<<width < 4*len(hashes) {
		width++
	}
	if s.shift = 64 - width; 1<<width > cap(s.slots) {
		s.slots = make([]int32, 1<<width)
	}
	s.slots = s.slots[:1<<width]
	clear(s.slots)
	s.hashes = append(s.hashes[:0], hashes...)
	if s.n = len(hashes); s.n > cap(s.next) {
		s.first, s.next = make([]int32, s.n), make([]int32, s.n)
	}
	s.first, s.next = s.first[:len(hashes)], s.next[:len(hashes)]
	s.repeats = s.repeats.sized(len(hashes))
	for i, h := range s.hashes {
		slot := s.probe(h)
		if first := s.slots[slot]; first != 0 {
			s.repeat(int32(i), first-1)
		} else {
			s.slots[slot] = int32(i + 1)
		}
	}
}

// repeat puts a place into the ring of the first one with its hash.
func (s *placeSet) repeat(i, first int32) {
	if !s.repeats.has(uint64(first)) {
		s.repeats.add(uint64(first))
		s.first[first], s.next[first] = first, first
	}
	s.repeats.add(uint64(i))
	s.first[i] = first
	s.next[i], s.next[first] = s.next[first], i
	s.n--
}

// marked marks all places of the hashes of which one is marked, and returns how many
// different ones these are.
func (s *placeSet) marked(marks bitmap) uint32 {
	alone, n := len(s.hashes), s.n
	for w, repeats := range s.repeats {
		alone -= bits.OnesCount64(repeats)
		n += bits.OnesCount64(marks[w] &^ repeats)
		for left := repeats &^ marks[w]; left != 0; left &= left - 1 {
			i := int32(64*w + bits.TrailingZeros64(left))
			switch first := s.first[i]; {
			case first == i && !s.anyOf(i, marks):
				n--
			case first == i || marks.has(uint64(first)):
				marks.add(uint64(i))
			}
		}
	}
	return uint32(n - alone)
}

// anyOf reports whether a place of a ring beside i is marked.
func (s *placeSet) anyOf(i int32, marks bitmap) bool {
	for at := s.next[i]; at != i; at = s.next[at] {
		if marks.has(uint64(at)) {
			return true
		}
	}
	return false
}

// probe returns the slot of a hash, or where it would go.
func (s *placeSet) probe(h uint64) int {
	i := int(h >> s.shift)
	for s.slots[i] != 0 && s.hashes[s.slots[i]-1] != h {
		i = (i + 1) & (len(s.slots) - 1)
	}
	return i
}

// find returns the first place of a hash; below 0 if it is not in the set.
func (s *placeSet) find(h uint64) int { return int(s.slots[s.probe(h)]) - 1 }

// near returns the place of a hash that is asked for, if the hash stands there, or else
// another one of its places.
func (s *placeSet) near(h uint64, at int) int {
	if uint(at) < uint(len(s.hashes)) && s.hashes[at] == h {
		return at
	}
	return s.find(h)
}
