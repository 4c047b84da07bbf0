package lanes

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// A vectorUnit is one way of folding that a processor may have.
type vectorUnit struct {
	name  string
	here  bool                    // whether this processor has it
	width int                     // it takes so many lanes at a time; 0: none
	force func() (restore func()) // makes Fold use it and no other
}

type fold = func(dst, h1s, h2s []uint64)

// folds returns every way of folding that can be run here. Each is held to the obvious
// loops below, and panics where it is not the way that was taken.
func folds() map[string]fold {
	all := map[string]fold{
		"MinAffine": func(dst, h1s, h2s []uint64) {
			for j := range min(len(h1s), len(h2s)) {
				MinAffine(dst, h1s[j], h2s[j])
			}
		},
		"Fold": Fold,
	}
	for _, u := range vectorUnits() {
		if u.here {
			all[u.name] = u.fold
		}
	}
	return all
}

func (u vectorUnit) fold(dst, h1s, h2s []uint64) {
	defer u.force()()
	if n := min(len(h1s), len(h2s)); n > 0 {
		want := 0
		if u.width > 0 {
			want = len(dst) / u.width * u.width
		}
		if done := foldVector(dst, h1s[:n], h2s[:n]); done != want {
			panic(fmt.Sprintf("%s did %d of %d lanes", u.name, done, len(dst)))
		}
	}
	Fold(dst, h1s, h2s)
}

// TestUnits says what was not tested for lack of a processor that has it.
func TestUnits(t *testing.T) {
	for _, u := range vectorUnits() {
		t.Run(u.name, func(t *testing.T) {
			if !u.here {
				t.Skipf("this processor has no %s", u.name)
			}
		})
	}
}

// foldOracle is the definition, with a multiplication for each lane.
func foldOracle(dst, h1s, h2s []uint64) {
	for j := range min(len(h1s), len(h2s)) {
		for i := range dst {
			if v := h1s[j] + uint64(i)*h2s[j]; v < dst[i] {
				dst[i] = v
			}
		}
	}
}

// guard surrounds lanes that a kernel must not touch.
const guard = 0x5AFE_5AFE_5AFE_5AFE

// guarded gives n lanes between two guards, and a check of the guards.
func guarded(n int, fill func(i int) uint64) (lanes []uint64, intact func() bool) {
	all := make([]uint64, n+2)
	all[0], all[n+1] = guard, guard
	lanes = all[1 : n+1 : n+1]
	for i := range lanes {
		lanes[i] = fill(i)
	}
	return lanes, func() bool { return all[0] == guard && all[n+1] == guard }
}

func random(rng *rand.Rand, n int) []uint64 {
	s := make([]uint64, n)
	for i := range s {
		s[i] = rng.Uint64()
	}
	return s
}

// TestFold takes every number of lanes from none to beyond two blocks of any
// width, and numbers of shingles around the edges of what a kernel may unroll.
func TestFold(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for name, fold := range folds() {
		for k := range 258 {
			for _, n := range []int{0, 1, 2, 3, 7, 8, 9, 63, 64, 65} {
				h1s, h2s := random(rng, n), random(rng, n)
				start := random(rng, k)
				for i := range start {
					if i%3 > 0 {
						start[i] = math.MaxUint64
					}
				}
				want := slices.Clone(start)
				foldOracle(want, h1s, h2s)
				got, intact := guarded(k, func(i int) uint64 { return start[i] })
				fold(got, h1s, h2s)
				if !slices.Equal(got, want) || !intact() {
					t.Fatalf("%s: wrong for %d lanes and %d shingles", name, k, n)
				}
			}
		}
	}
}

// TestFoldMany takes numbers of shingles around those that a call of a loop takes.
func TestFoldMany(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for name, fold := range folds() {
		for _, k := range []int{1, 8, 37, 128, 176, 255} {
			for _, n := range []int{127, 128, 129, 1023, 1024, 1025, 2049} {
				h1s, h2s := random(rng, n), random(rng, n)
				want := slices.Repeat([]uint64{math.MaxUint64}, k)
				foldOracle(want, h1s, h2s)
				got, intact := guarded(k, func(int) uint64 { return math.MaxUint64 })
				fold(got, h1s, h2s)
				if !slices.Equal(got, want) || !intact() {
					t.Fatalf("%s: wrong for %d lanes and %d shingles", name, k, n)
				}
			}
		}
	}
}

// TestFoldEdges has values around the sign bit and around the wrap, which a kernel
// that compares signed numbers gets wrong.
func TestFoldEdges(t *testing.T) {
	edges := []uint64{0, 1, 2, math.MaxInt64 - 1, math.MaxInt64, 1 << 63, 1<<63 + 1, math.MaxUint64 - 1, math.MaxUint64}
	for name, fold := range folds() {
		for _, from := range edges {
			for _, h1 := range edges {
				for _, h2 := range edges {
					got := slices.Repeat([]uint64{from}, 33)
					want := slices.Clone(got)
					fold(got, []uint64{h1}, []uint64{h2})
					foldOracle(want, []uint64{h1}, []uint64{h2})
					if !slices.Equal(got, want) {
						t.Fatalf("%s: wrong for h1=%#x h2=%#x into %#x", name, h1, h2, from)
					}
				}
			}
		}
	}
}

func TestFoldUneven(t *testing.T) {
	for name, fold := range folds() {
		got := slices.Repeat([]uint64{math.MaxUint64}, 10)
		fold(got, []uint64{5, 1}, []uint64{2})
		fold(got, []uint64{6}, []uint64{2, 0})
		if want := []uint64{5, 7, 9, 11, 13, 15, 17, 19, 21, 23}; !slices.Equal(got, want) {
			t.Errorf("%s: got %v, want %v", name, got, want)
		}
	}
}

func FuzzFold(f *testing.F) {
	f.Add(uint16(0), []byte{})
	f.Add(uint16(128), []byte("sixteen bytes are one shingle of two hashes."))
	f.Add(uint16(9), slices.Repeat([]byte{0xFF}, 64))
	f.Fuzz(func(t *testing.T, k uint16, b []byte) {
		var h1s, h2s []uint64
		for ; len(b) >= 16; b = b[16:] {
			h1s = append(h1s, binary.LittleEndian.Uint64(b))
			h2s = append(h2s, binary.LittleEndian.Uint64(b[8:]))
		}
		want := slices.Repeat([]uint64{math.MaxUint64}, int(k%600))
		foldOracle(want, h1s, h2s)
		for name, fold := range folds() {
			got, intact := guarded(len(want), func(int) uint64 { return math.MaxUint64 })
			fold(got, h1s, h2s)
			if !slices.Equal(got, want) || !intact() {
				t.Errorf("%s: wrong for %d lanes and %d shingles", name, len(want), len(h1s))
			}
		}
	})
}

func TestAllocations(t *testing.T) {
	dst, h1s := make([]uint64, 129), make([]uint64, 20)
	for _, u := range vectorUnits() {
		if !u.here {
			continue
		}
		restore := u.force()
		if n := testing.AllocsPerRun(10, func() { Fold(dst, h1s, h1s) }); n > 0 {
			t.Errorf("%s: %v allocations", u.name, n)
		}
		restore()
	}
}

func ExampleFold() {
	signature := []uint64{math.MaxUint64, math.MaxUint64, math.MaxUint64}
	Fold(signature, []uint64{10, 12}, []uint64{5, 1})
	fmt.Println(signature)
	// Output: [10 13 14]
}

// BenchmarkFold gives nanoseconds a shingle for a document of 400 shingles.
func BenchmarkFold(b *testing.B) {
	const n = 400
	rng := rand.New(rand.NewPCG(1, 2))
	h1s, h2s := random(rng, n), random(rng, n)
	for _, u := range vectorUnits() {
		for _, k := range []int{128, 256} {
			if !u.here {
				continue
			}
			b.Run(fmt.Sprintf("%s/k=%d", u.name, k), func(b *testing.B) {
				defer u.force()()
				dst := slices.Repeat([]uint64{math.MaxUint64}, k)
				for b.Loop() {
					Fold(dst, h1s, h2s)
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/shingle")
			})
		}
	}
}
