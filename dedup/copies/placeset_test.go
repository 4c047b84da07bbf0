package copies

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// A set finds each hash at its first place or at the one that is asked for, and marks all
// places of a hash of which one is marked.
func TestPlaceSet(t *testing.T) {
	var s placeSet // filled again and again
	rapid.Check(t, func(t *rapid.T) {
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
		row := make([]uint64, rapid.IntRange(0, 300).Draw(t, "places"))
		kinds := 1 + rng.IntN(400)
		for i := range row {
			row[i] = mix(uint64(rng.IntN(kinds)))
		}
		s.fill(row)
		for range 20 {
			h := mix(uint64(rng.IntN(2 * kinds)))
			if got, want := s.find(h), slices.Index(row, h); got != want {
				t.Fatalf("found at %d, want %d", got, want)
			}
			if at := rng.IntN(310) - 5; at >= 0 && at < len(row) && row[at] == h {
				if got := s.near(h, at); got != at {
					t.Fatalf("asked for %d, found at %d", at, got)
				}
			} else if got, want := s.near(h, at), s.find(h); got != want {
				t.Fatalf("another place than that of the first: %d, want %d", got, want)
			}
		}
		marks := newBitmap(int64(len(row)))
		in := map[uint64]bool{}
		for i := range row {
			if rng.IntN(3) == 0 {
				marks.add(uint64(i))
				in[row[i]] = true
			}
		}
		if got := s.marked(marks); int(got) != len(in) {
			t.Fatalf("%d hashes are marked, want %d", got, len(in))
		}
		for i, h := range row {
			if marks.has(uint64(i)) != in[h] {
				t.Fatalf("place %d: marked %v, want %v", i, !in[h], in[h])
			}
		}
		all := map[uint64]bool{}
		for _, h := range row {
			all[h] = true
		}
		if s.n != len(all) {
			t.Fatalf("%d different hashes, want %d", s.n, len(all))
		}
	})
}

func TestCommon(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		few := rapid.SliceOfN(rapid.Uint64Range(0, 1), 0, 30)
		a, b := few.Draw(t, "a"), few.Draw(t, "b")
		if rapid.Bool().Draw(t, "alike") {
			b = append(slices.Clone(a[:rapid.IntRange(0, len(a)).Draw(t, "to")]), b...)
		}
		want := 0
		for want < len(a) && want < len(b) && a[want] == b[want] {
			want++
		}
		if got := common(a, b); got != want {
			t.Fatalf("%v and %v begin with %d in common, want %d", a, b, got, want)
		}
	})
}
