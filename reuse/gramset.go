package reuse

import "math/bits"

// gramSet is a set of grams, an open hash table whose memory is reused.
type gramSet struct {
	slot []uint64 // 0 is empty
	n    int
}

// fill makes s the set of the given grams and returns how many there are.
func (s *gramSet) fill(grams []uint64) int {
	s.slot, s.n = resize(s.slot, 1<<bits.Len(uint(2*min(len(grams), expected)))), 0
	clear(s.slot)
	for _, g := range grams {
		if at := s.find(g); s.slot[at] == 0 {
			s.slot[at] = g | 1
			if s.n++; s.n > len(s.slot)/2 {
				s.grow()
			}
		}
	}
	return s.n
}

// grow makes the table four times as large.
func (s *gramSet) grow() {
	old := s.slot
	s.slot = make([]uint64, 4*len(old))
	for _, g := range old {
		if g != 0 {
			s.slot[s.find(g)] = g
		}
	}
}

// find returns the slot of g. The lowest bit of a gram is not compared, so
// that none is 0.
func (s *gramSet) find(g uint64) int {
	g |= 1
	mask := len(s.slot) - 1
	at := int(g>>7) & mask
	for s.slot[at] != 0 && s.slot[at] != g {
		at = (at + 1) & mask
	}
	return at
}
