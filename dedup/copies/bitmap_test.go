package copies

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A bitmap holds what a map holds that is given the same.
func TestBitmap(t *testing.T) {
	var b bitmap
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 300).Draw(t, "n")
		b = b.sized(n)
		want := make([]bool, n)
		for range rapid.IntRange(0, 5).Draw(t, "spans") {
			from := rapid.IntRange(0, n).Draw(t, "from")
			to := rapid.IntRange(from, n).Draw(t, "to")
			b.addSpan(from, to)
			for i := from; i < to; i++ {
				want[i] = true
			}
		}
		for _, i := range rapid.SliceOf(rapid.IntRange(0, n-1)).Draw(t, "single") {
			b.add(uint64(i))
			want[i] = true
		}
		var in runs
		for i := range n {
			if b.has(uint64(i)) != want[i] {
				t.Fatalf("%d is in: %v", i, !want[i])
			}
			if !want[i] {
				continue
			}
			if i > 0 && want[i-1] {
				in[len(in)-1][1]++
			} else {
				in = append(in, [2]int{i, i + 1})
			}
		}
		if got := b.runs(nil, n); !slices.Equal(got, in) {
			t.Fatalf("%v, want %v", got, in)
		}
	})
}
