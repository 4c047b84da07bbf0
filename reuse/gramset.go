package reuse

import "math/bits"

// gramSet is a set of grams, an open hash table whose memory is reused.
type gramSet struct {
	slot []uint64 // 0 is empty
	seen []uint32 // by slot: the last round in which the gram was counted
	n    int
	turn uint32
}

// fill makes s the set of the given grams and returns how many there are.
func (s *gramSet) fill(grams []uint64) int {
	size := 1 << bits.Len(uint(2*len(grams)))
	s.slot, s.seen = resize(s.slot, size), resize(s.seen, size)
	clear(s.slot)
	clear(s.seen)
	s.n, s.turn = 0, 0
	for _, g := range grams {
		if at := s.find(g); s.slot[at] == 0 {
			s.slot[at] = g | 1
			s.n++
		}
	}
	return s.n
}

// shared counts the different grams of a list that are in the set.
func (s *gramSet) shared(grams []uint64) int {
	s.turn++
	n := 0
	for _, g := range grams {
		if at := s.find(g); s.slot[at] != 0 && s.seen[at] != s.turn {
			s.seen[at] = s.turn
			n++
		}
	}
	return n
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
