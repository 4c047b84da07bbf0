package spill

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestOften: of the numbers that stand there often enough none is missing, whatever is in
// memory; nothing is there that was not added, and all is in order, twice.
func TestOften(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.Uint64Range(1, 1<<16).Draw(t, "different numbers")
		n := rapid.IntRange(0, 1<<15).Draw(t, "numbers")
		often := rapid.IntRange(1, 5).Draw(t, "often")
		rng := rand.New(rand.NewPCG(few, uint64(n)))
		s := NewSorter(Options{Dir: dir, Memory: rapid.SampledFrom([]int64{16 << 10, 1 << 20}).Draw(t, "memory")}, 8)
		defer s.Close()
		spread := rapid.SampledFrom([]uint64{1, 0x9e3779b97f4a7c15}).Draw(t, "spread")
		times := map[uint64]int{}
		for range n {
			v := rng.Uint64N(few) * spread
			times[v]++
			if err := s.AddNumbers([]uint64{v}); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			checkOften(t, s, times, often)
		}
	})
}

func checkOften(t *rapid.T, s *Sorter, times map[uint64]int, often int) {
	got, last := map[uint64]int{}, uint64(0)
	for list, err := range s.Often(often) {
		if err != nil || !slices.IsSorted(list) || list[0] < last {
			t.Fatalf("%v, or out of order", err)
		}
		last = list[len(list)-1]
		for _, v := range list {
			got[v]++
		}
	}
	for v, n := range got {
		if n != times[v] {
			t.Fatalf("%d stands there %d times, not %d", v, n, times[v])
		}
	}
	for v, n := range times {
		if n >= often && got[v] != n {
			t.Fatalf("%d stands there %d times, which is often, and was left out", v, n)
		}
	}
}

// TestOftenLess: most of what stands there once is left out.
func TestOftenLess(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	s := NewSorter(Options{}, 8)
	defer s.Close()
	const n = 1 << 16
	for range n {
		if err := s.AddNumbers([]uint64{rng.Uint64()}); err != nil {
			t.Fatal(err)
		}
	}
	got := 0
	for list := range s.Often(3) {
		got += len(list)
	}
	if got > n/10 {
		t.Errorf("%d of %d numbers are still there", got, n)
	}
}
