package lsh_test

import (
	"math"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"reprint/lsh"
	"reprint/minhash"
)

// TestChoose compares with a search of all bands by the definition.
func TestChoose(t *testing.T) {
	for _, k := range []int{1, 2, 16, 100, 128, 256} {
		for _, threshold := range []float64{0.05, 0.3, 0.5, 0.7, 0.8, 0.9, 0.99, 1} {
			for _, recall := range []float64{0, 0.5, 0.9, 0.95, 0.999} {
				got, err := lsh.Choose(k, threshold, recall)
				want := bruteChoose(k, threshold, recall)
				if got != want || (err != nil) != (want == lsh.Bands{}) {
					t.Errorf("k=%d threshold=%v recall=%v: got %v, %v; want %v", k, threshold, recall, got, err, want)
				}
				if err == nil && got.Validate(k) != nil {
					t.Errorf("%v is not valid: %v", got, got.Validate(k))
				}
			}
		}
	}
}

func bruteChoose(k int, threshold, recall float64) (best lsh.Bands) {
	if recall == 0 {
		recall = lsh.DefaultRecall
	}
	for b := k; b > 0; b-- {
		for r := 1; r*b <= k; r++ {
			if r >= best.R && 1-math.Pow(1-math.Pow(threshold, float64(r)), float64(b)) >= recall {
				best = lsh.Bands{B: b, R: r}
			}
		}
	}
	return best
}

func TestChooseFaults(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		k                 int
		threshold, recall float64
	}{{0, .5, .5}, {-1, .5, .5}, {9, 0, .5}, {9, 1.1, .5}, {9, nan, .5}, {9, .5, 1}, {9, .5, -1}, {9, .5, nan}, {9, .01, .9}} {
		if got, err := lsh.Choose(c.k, c.threshold, c.recall); err == nil || got != (lsh.Bands{}) {
			t.Errorf("%+v: got %v, no error", c, got)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, b := range []lsh.Bands{{}, {B: 1}, {R: 1}, {B: -1, R: -1}, {B: 17, R: 8}, {B: math.MaxInt, R: 2}, {B: 1, R: 129}} {
		if b.Validate(128) == nil {
			t.Errorf("%v is valid for 128 lanes", b)
		}
	}
	for _, b := range []lsh.Bands{{B: 16, R: 8}, {B: 1, R: 1}, {B: 128, R: 1}, {B: 1, R: 128}, {B: 25, R: 5}} {
		if err := b.Validate(128); err != nil {
			t.Error(err)
		}
	}
}

func TestProbability(t *testing.T) {
	b := lsh.Bands{B: 20, R: 5}
	for s := 0.0; s <= 1; s += 0.01 {
		want := 1 - math.Pow(1-math.Pow(s, 5), 20)
		if got := b.Probability(s); math.Abs(got-want) > 1e-12 {
			t.Errorf("probability at %v is %v, want %v", s, got, want)
		}
	}
	if b.Probability(-1) != 0 || b.Probability(2) != 1 || (lsh.Bands{}).Probability(.5) != 0 || (lsh.Bands{}).Threshold() != 0 {
		t.Error("wrong outside of what makes sense")
	}
	if got := b.Threshold(); math.Abs(got-0.5493) > 1e-4 {
		t.Errorf("threshold %v", got)
	}
}

// TestCurve measures how many pairs of random sets become candidates, and compares
// with Probability. The lanes of go-minhash are not independent, hence the slack.
func TestCurve(t *testing.T) {
	const trials, n = 1000, 200
	rng := rand.New(rand.NewPCG(1, 2))
	b := lsh.Bands{B: 20, R: 5}
	for _, similarity := range []float64{0.3, 0.5, 0.6, 0.8} {
		shared, found := int(n*similarity), 0
		for range trials {
			all := make([]uint64, n)
			for i := range all {
				all[i] = rng.Uint64()
			}
			half := shared + (n-shared)/2
			x := keys(b, all[:half])
			y := keys(b, slices.Concat(all[:shared], all[half:]))
			if slices.ContainsFunc(x, func(k uint64) bool { return slices.Contains(y, k) }) {
				found++
			}
		}
		if got, want := float64(found)/trials, b.Probability(similarity); math.Abs(got-want) > 0.06 {
			t.Errorf("at %v: %v of the pairs are candidates, want %v", similarity, got, want)
		}
	}
}

func keys(b lsh.Bands, h1s []uint64) []uint64 {
	s := minhash.New(b.B * b.R)
	s.FoldFunc(h1s, func(h1 uint64) uint64 { return bits.ReverseBytes64(h1 * 0x9e3779b97f4a7c15) })
	return b.AppendKeys(nil, s.Lanes())
}

// TestKeys pins the keys. They may be stored: they change only with a new version
// of what stores them.
func TestKeys(t *testing.T) {
	lanes := []uint64{0, 1, 2, 3, 4, math.MaxUint64, 6}
	got := lsh.Bands{B: 3, R: 2}.AppendKeys([]uint64{7}, lanes)
	want := []uint64{7, 0x8d82751399f55d54, 0x50b8b1ff0ac1121a, 0xc055292a468589fc}
	if !slices.Equal(got, want) {
		t.Errorf("got %#x, want %#x", got, want)
	}
}

func TestKeysOfEqualLanes(t *testing.T) {
	b := lsh.Bands{B: 4, R: 2}
	got := b.AppendKeys(nil, slices.Repeat([]uint64{5}, 8))
	if slices.Sort(got); len(slices.Compact(got)) != 4 {
		t.Error("two bands of the same lanes have the same key")
	}
	if got := b.AppendKeys(nil, slices.Repeat([]uint64{math.MaxUint64}, 8)); got != nil {
		t.Error("an empty signature has keys")
	}
	if got := b.AppendKeys(nil, nil); got != nil {
		t.Error("no lanes have keys")
	}
	if got := b.AppendKeys(nil, []uint64{1, 2, 3, 4, 5}); len(got) != 2 {
		t.Errorf("%d keys of two bands and a half", len(got))
	}
	if got := (lsh.Bands{}).AppendKeys(nil, []uint64{1}); got != nil {
		t.Error("no bands have keys")
	}
}

func BenchmarkAppendKeys(b *testing.B) {
	lanes := make([]uint64, 128)
	bands := lsh.Bands{B: 17, R: 5}
	var dst []uint64
	for b.Loop() {
		dst = bands.AppendKeys(dst[:0], lanes)
	}
}
