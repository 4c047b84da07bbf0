package copies

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Of texts that are apart, measures say that neither holds the other.
func TestApart(t *testing.T) {
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
		if max(len(a), len(b)) >= m.Short && apart(textA, textB, m.Length, false) && holds {
			t.Fatalf("apart, but a lacks %d of %d units and b %d of %d", e.lackA, len(a), e.lackB, len(b))
		}
	})
	row := func(from uint64) *text {
		x := &text{}
		for i := range uint64(2 * lackSpan) {
			x.units = append(x.units, mix(from+i)>>32)
		}
		return x
	}
	for _, c := range []struct {
		from uint64
		want bool
	}{{0, false}, {lackSpan / 8, false}, {lackSpan, true}, {2 * lackSpan, true}} {
		if got := apart(row(0), row(c.from), Newswire.Length, false); got != c.want {
			t.Errorf("of texts of %d words that begin %d words apart it says %v", 2*lackSpan, c.from, got)
		}
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

// A pair that counts only if each document holds the other counts if, and only if, it does
// so when all is measured, in whatever order texts are looked up, with the same figures.
func TestTried(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		words := func(n int) []uint64 {
			w := make([]uint64, n)
			for i := range w {
				w[i] = mix(rng.Uint64N(2000)) >> 32
			}
			return w
		}
		a := words(60 + rng.IntN(300))
		b := slices.Clone(a)
		edits := rapid.IntRange(0, 4).Draw(t, "edits")
		for range edits {
			at := rng.IntN(len(b) + 1)
			b = slices.Replace(b, at, min(at+rng.IntN(20), len(b)), words(rng.IntN(60))...)
		}
		another := rapid.Bool().Draw(t, "another")
		if another {
			b = words(100)
		}
		full := measurer{length: Newswire.Length, short: Newswire.Short}
		want := edge{mark: tried}
		full.measure(&want, &text{units: a}, &text{units: b})
		mutual := Newswire.holds(&want, true) && Newswire.holds(&want, false)
		if another && mutual || !another && edits == 0 && !mutual {
			t.Fatalf("holds: %v", mutual)
		}
		x := measurer{length: Newswire.Length, short: Newswire.Short, lacking: true}
		ready := func(units []uint64, again bool) *text {
			x := &text{units: units, again: again}
			if again {
				full.measure(&edge{}, &text{units: units}, x)
			}
			return x
		}
		for _, order := range [][2]bool{{false, false}, {false, true}, {true, false}, {true, true}} {
			got := edge{mark: tried}
			x.measure(&got, ready(a, order[0]), ready(b, order[1]))
			if (Newswire.holds(&got, true) && Newswire.holds(&got, false)) != mutual || mutual && got != want {
				t.Fatalf("%v: %+v, want %+v", order, got, want)
			}
		}
	})
}
