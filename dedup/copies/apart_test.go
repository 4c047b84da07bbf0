package copies

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Of texts that are apart, measures say that neither holds the other.
func TestApart(t *testing.T) {
	var said, silent int
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		words := func(n int) []uint64 {
			w := make([]uint64, n)
			for i := range w {
				w[i] = 1 + rng.Uint64N(1<<uint(2+rng.IntN(20)))*0x9e3779b1%(1<<32)
			}
			return w
		}
		a := words(rapid.IntRange(0, 300).Draw(t, "words"))
		b := slices.Clone(a)
		for range rapid.IntRange(0, 12).Draw(t, "edits") {
			at := rng.IntN(len(b) + 1)
			to := min(at+rng.IntN(40), len(b))
			b = slices.Replace(b, at, to, words(rng.IntN(40))...)
		}
		m := Newswire
		m.Length = rapid.IntRange(1, 13).Draw(t, "length")
		full := measurer{length: m.Length, short: m.Short}
		var e edge
		textA, textB := &text{units: a}, &text{units: b}
		full.measure(&e, textA, textB)
		holds := m.holds(&e, true) || m.holds(&e, false)
		switch {
		case max(len(a), len(b)) < m.Short:
		case !apart(textA, textB, m.Length):
			silent++
		case holds:
			t.Fatalf("apart, but a lacks %d of %d units and b %d of %d", e.lackA, len(a), e.lackB, len(b))
		default:
			said++
		}
	})
	if said == 0 || silent == 0 {
		t.Errorf("%d pairs are apart, of %d nothing is said", said, silent)
	}
}

// A measurer that leaves texts that are apart unmeasured finds the same pairs, also behind
// such a pair of the same document, whichever of the two is looked up in the other.
func TestApartAgain(t *testing.T) {
	x := measurer{length: Newswire.Length, short: Newswire.Short, lacking: true}
	var all []uint64
	for i := range 300 {
		all = append(all, mix(uint64(i))>>32)
	}
	b := &text{units: all[:100]}
	for _, again := range []bool{false, true} {
		for i, units := range [][]uint64{all[100:], b.units, all[100:], all[:90]} {
			a := &text{units: units, again: again}
			for range 2 {
				var e edge
				x.measure(&e, a, b)
				if got, want := Newswire.holds(&e, false), i%2 == 1; got != want {
					t.Errorf("pair %d: %+v", i, e)
				}
			}
		}
	}
}
