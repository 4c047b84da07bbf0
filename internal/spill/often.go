package spill

import (
	"iter"
	"math/bits"
	"slices"
	"unsafe"
)

const (
	mostOften    = 3       // times that a tally counts to
	tallySlots   = 4       // of a tally for each record, at least
	leastTallied = 1 << 12 // records that are worth a tally
)

// Often gives what Numbers gives, but leaves out most of the numbers that stand there less
// than n times: for a Sorter of one number to a record, of which few are there as often, at a
// quarter of the cost of sorting the others. What is left out is gone.
func (s *Sorter) Often(n int) iter.Seq2[[]uint64, error] {
	return func(yield func([]uint64, error) bool) {
		if s.err == nil && !s.sealed && len(s.runs) == 0 && s.size == 8 && s.most == 0 && s.table.len() >= leastTallied {
			list := s.table.numbers()
			s.table.cut(tallied(list, min(n, mostOften)))
		}
		s.numbers(yield)
	}
}

// tallied moves to the front those numbers of a list that may stand there n times, and returns
// how many they are. It parts them first, so that what is counted at a time stays in a cache.
func tallied(list []uint64, n int) (kept int) {
	recs := unsafe.Slice((*[1]uint64)(unsafe.Pointer(unsafe.SliceData(list))), len(list))
	ends := new(sorter[[1]uint64]).part(recs)
	if len(ends) == 0 { // all are one
		return len(list)
	}
	var t tally
	start := 0
	for _, end := range ends {
		t.reset(end - start)
		for _, v := range list[start:end] {
			t.add(v)
		}
		for _, v := range list[start:end] {
			list[kept] = v
			kept += t.atLeast(n, v)
		}
		start = end
	}
	return kept
}

// tally counts numbers up to three times, each in a slot that few others share: the lower
// bits of 64 slots lie in one word, the upper ones in the next.
type tally struct {
	words [][2]uint64
	shift uint8 // what turns a product into the number of a slot
}

// reset empties the tally and has it be for so many numbers.
func (t *tally) reset(numbers int) {
	log := max(bits.Len(uint(tallySlots*numbers)), 6)
	t.words = slices.Grow(t.words[:0], 1<<log/64)[:1<<log/64]
	t.shift = uint8(64 - log)
	clear(t.words)
}

// slot returns the words of a number's slot and its bit there.
func (t *tally) slot(v uint64) (*[2]uint64, uint64) {
	at := v * 0x9e3779b97f4a7c15 >> (t.shift & 63)
	return &t.words[at/64], at % 64
}

func (t *tally) add(v uint64) {
	w, at := t.slot(v)
	lower, upper, bit := w[0], w[1], uint64(1)<<at
	w[0], w[1] = lower&^bit|(^lower|upper)&bit, upper|lower&bit
}

// atLeast returns 1 if the slot of a number counted to n, else 0.
func (t *tally) atLeast(n int, v uint64) int {
	w, at := t.slot(v)
	counted := int(w[0]>>at&1 + 2*(w[1]>>at&1))
	return 1 - int(uint(counted-n)>>(bits.UintSize-1))
}
