package shingle

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSetSortsAndDropsRepeats(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.OneOf(rapid.Uint64(), rapid.Uint64Range(0, 99), rapid.Map(rapid.Uint64Range(0, 99), func(x uint64) uint64 { return x << 50 }))
		h := rapid.SliceOfN(value, 0, 500).Draw(t, "hashes")
		want := slices.Compact(slices.Sorted(slices.Values(h)))
		if got := Set(h); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestMeasures compares Jaccard and Containment with sets as maps.
func TestMeasures(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		member := rapid.SliceOfN(rapid.Uint64Range(0, 40), 0, 60)
		a, b := Set(member.Draw(t, "a")), Set(member.Draw(t, "b"))
		inA, all, both := map[uint64]bool{}, map[uint64]bool{}, 0
		for _, x := range a {
			inA[x], all[x] = true, true
		}
		for _, x := range b {
			all[x] = true
			if inA[x] {
				both++
			}
		}
		jaccard, containment := 0.0, 0.0
		if both > 0 {
			jaccard = float64(both) / float64(len(all))
			containment = float64(both) / float64(len(a))
		}
		if got := Jaccard(a, b); got != jaccard {
			t.Fatalf("Jaccard = %v, want %v", got, jaccard)
		}
		if got := Containment(a, b); got != containment {
			t.Fatalf("Containment = %v, want %v", got, containment)
		}
	})
}

func TestMeasuresOfEmptySets(t *testing.T) {
	one := []uint64{1}
	for _, c := range [][2][]uint64{{nil, nil}, {nil, one}, {one, nil}} {
		if j, k := Jaccard(c[0], c[1]), Containment(c[0], c[1]); j != 0 || k != 0 {
			t.Errorf("%v and %v: Jaccard %v, containment %v, want 0", c[0], c[1], j, k)
		}
	}
}

func BenchmarkSet(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	h, work := make([]uint64, 600), make([]uint64, 600)
	for i := range h {
		h[i] = r.Uint64()
	}
	for b.Loop() {
		copy(work, h)
		Set(work)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(h)), "ns/hash")
}

// TestShared: what two lists have in common counts as often as it stands in both, also where
// one of them is much longer.
func TestShared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := func(name string, most int) []uint64 {
			h := rapid.SliceOfN(rapid.Uint64Range(0, 60), 0, most).Draw(t, name)
			slices.Sort(h)
			return h
		}
		a, b := list("few", 6), list("many", 6*uneven+40)
		times := func(h []uint64, x uint64) int {
			n := 0
			for _, y := range h {
				if x == y {
					n++
				}
			}
			return n
		}
		want := 0
		for x := range uint64(61) {
			want += min(times(a, x), times(b, x))
		}
		if got, turned := Shared(a, b), Shared(b, a); got != want || turned != want {
			t.Fatalf("%d and %d, want %d", got, turned, want)
		}
	})
}
