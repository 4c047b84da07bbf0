package boilerplate

import (
	"slices"
	"testing"

	"reprint/internal/short"
)

// What is learnt takes no more than its bounds say: of as many runs as are ever kept the
// index has a place for every second one and the sieve four bytes for each, and the table
// of those that are learnt two slots.
func TestTablesBounded(t *testing.T) {
	short.Alone(t)
	keys := make([]uint64, maxKnown)
	for i := range keys {
		keys[i] = uint64(i)*0x9e3779b97f4a7c15 | 1
	}
	slices.Sort(keys)
	s := newSet(keys)
	if s.has(2); len(s.from) > maxKnown/2+1 || 8*len(s.sieve.bits) > 4*maxKnown {
		t.Errorf("%d places and %d words of a sieve for %d runs", len(s.from), len(s.sieve.bits), maxKnown)
	}
	l := newLearnt()
	for i := range maxLearnt {
		l.put(uint64(i)*0x9e3779b97f4a7c15, gramWords, Count{Days: minDays})
	}
	if len(l.keys) > 2*maxLearnt || l.Len() > maxLearnt {
		t.Errorf("%d slots for %d runs", len(l.keys), l.Len())
	}
}
