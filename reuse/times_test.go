package reuse

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// The variety of a text is that of its own words, each counted once.
func TestVariety(t *testing.T) {
	var x Aligner
	rapid.Check(t, func(t *rapid.T) {
		d := randomDocument(t, "d", randomWords(t, "words", letters.Draw(t, "alphabet")))
		var own []uint64
		for i, word := range d.Text.Hash {
			if !d.masked(i) {
				own = append(own, word)
			}
		}
		want, n := 0.0, float64(len(own))
		if n > 0 {
			slices.Sort(own)
			want = math.Log(float64(len(slices.Compact(own)))) - varietyGrowth*math.Log(n)
		}
		if got := x.timesIn(d); got.variety != want {
			t.Fatalf("variety %g, want %g", got.variety, want)
		}
	})
}
