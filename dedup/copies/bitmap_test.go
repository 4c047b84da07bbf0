package copies

import (
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
		for i := range n {
			if b.has(uint64(i)) != want[i] {
				t.Fatalf("%d is in: %v", i, !want[i])
			}
		}
		width := rapid.IntRange(1, 200).Draw(t, "width")
		b.widen(width)
		last := -width
		for i := range n {
			if want[i] {
				last = i
			}
			if is := i < last+width; b.has(uint64(i)) != is {
				t.Fatalf("%d is in: %v, %d behind the last one that was; wide %d", i, !is, i-last, width)
			}
		}
	})
}
