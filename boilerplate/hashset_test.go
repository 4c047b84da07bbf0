package boilerplate

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A hashSet is a map without values, whatever it held before.
func TestHashSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s hashSet
		for range 3 {
			hashes := rapid.SliceOf(rapid.Uint64Range(1, 64)).Draw(t, "hashes")
			want := map[uint64]bool{}
			s.reset(len(hashes))
			for _, h := range hashes {
				s.add(h<<20 | h%3)
				want[h] = true
			}
			for h := range uint64(66) {
				if got := s.has(h<<20 | h%3); got != want[h] {
					t.Fatalf("%v: has(%d) is %v", hashes, h, got)
				}
			}
		}
	})
}

// A hashList is a set, too, and forgets what it held before.
func TestHashList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var s hashList
		for range 3 {
			hashes := rapid.SliceOf(rapid.Uint64Range(0, 64)).Draw(t, "hashes")
			list := make([]uint64, len(hashes))
			for i, h := range hashes {
				list[i] = h<<20 | h%3
			}
			s.set(list)
			for h := range uint64(66) {
				if got := s.has(h<<20 | h%3); got != slices.Contains(hashes, h) {
					t.Fatalf("%v: has(%d) is %v", hashes, h, got)
				}
			}
		}
	})
}
