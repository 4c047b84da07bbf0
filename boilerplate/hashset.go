package boilerplate

import (
	"math/bits"
	"slices"
)

// hashSet is a small set of hashes, with memory that is used again: open addressing,
// at most half full. 0 counts as 1.
type hashSet struct {
	slots []uint64 // 0 is empty
	shift uint8    // what turns a product into a place

	// A bit for each hash in the set, by its lowest bits, tells most others that they
	// are not in it.
	bits [1 << 6]uint64
}

// reset empties the set and makes room for n hashes.
func (s *hashSet) reset(n int) {
	log := max(bits.Len(uint(2*n)), 4)
	if size := 1 << log; cap(s.slots) < size {
		s.slots = make([]uint64, size)
	} else {
		s.slots = s.slots[:size]
		clear(s.slots)
	}
	s.shift = uint8(64 - log)
	clear(s.bits[:])
}

// slot returns where a hash, which is not 0, stands or would stand.
func (s *hashSet) slot(h uint64) int {
	at := int(h * 0x9e3779b97f4a7c15 >> s.shift)
	for s.slots[at] != 0 && s.slots[at] != h {
		at = (at + 1) & (len(s.slots) - 1)
	}
	return at
}

func (s *hashSet) add(h uint64) {
	h = max(h, 1)
	s.slots[s.slot(h)] = h
	s.bits[h>>6&63] |= 1 << (h & 63)
}

func (s *hashSet) has(h uint64) bool {
	h = max(h, 1)
	return s.bits[h>>6&63]>>(h&63)&1 != 0 && s.slots[s.slot(h)] != 0
}

// hashList is a set of a hundred hashes, more or less, in their order. It costs next to
// nothing to make, and a look through it for one in some hundred of those that are not in it.
type hashList struct {
	list []uint64
	bits [1 << 8]uint64 // as those of a hashSet, four times as many
}

// set has the set hold the hashes of a list, which it copies.
func (s *hashList) set(list []uint64) {
	s.list = append(s.list[:0], list...)
	clear(s.bits[:])
	for _, h := range list {
		s.bits[h>>6&255] |= 1 << (h & 63)
	}
}

func (s *hashList) has(h uint64) bool {
	return s.bits[h>>6&255]>>(h&63)&1 != 0 && slices.Contains(s.list, h)
}
