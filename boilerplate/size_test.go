package boilerplate

import (
	"slices"
	"testing"
)

// What is learnt takes no more than its bounds say: the tables of as many runs as are
// ever kept have two slots for each.
func TestTablesBounded(t *testing.T) {
	keys := make([]uint64, maxKnown)
	for i := range keys {
		keys[i] = uint64(i)*0x9e3779b97f4a7c15 | 1
	}
	slices.Sort(keys)
	s := newSet(keys)
	if s.has(2); len(s.slots) > 2*maxKnown {
		t.Errorf("%d slots for %d runs", len(s.slots), maxKnown)
	}
	l := newLearnt()
	for i := range maxLearnt {
		l.put(uint64(i)*0x9e3779b97f4a7c15, gramWords, Count{Days: minDays})
	}
	if len(l.keys) > 2*maxLearnt || l.Len() > maxLearnt {
		t.Errorf("%d slots for %d runs", len(l.keys), l.Len())
	}
}
