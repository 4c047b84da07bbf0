package boilerplate

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
	"reprint/shingle"
)

// What a Learner learns of the runs that a Sieve keeps is what it learns of
// all runs, in whatever order articles come.
func TestSieve(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		articles := rapid.SliceOf(rapid.Custom(func(t *rapid.T) printed {
			return printed{
				site:  uint64(rapid.IntRange(0, 3).Draw(t, "site")) << 40,
				day:   rapid.IntRange(1, 6).Draw(t, "day"),
				grams: rapid.SliceOfN(rapid.Uint64Range(0, 7), 0, 6).Draw(t, "grams"),
			}
		})).Draw(t, "articles")
		s := NewSieve(0, rapid.SampledFrom([]int64{0, 1 << 24}).Draw(t, "memory"))
		for _, a := range articles {
			// Two runs in three share a slot with others, whose days mix.
			s.Add(a.site, a.day, spread(a.grams))
		}
		s.Settle()
		all, kept := NewLearner(LearnOptions{}), NewLearner(LearnOptions{})
		defer all.Close()
		defer kept.Close()
		for _, a := range articles {
			if err := all.Add(a.site, a.day, spread(a.grams)); err != nil {
				t.Fatal(err)
			}
			if err := kept.Add(a.site, a.day, keep(s, spread(a.grams))); err != nil {
				t.Fatal(err)
			}
		}
		want, err := all.Learn()
		if err != nil {
			t.Fatal(err)
		}
		got, err := kept.Learn()
		if err != nil {
			t.Fatal(err)
		}
		if got.Version() != want.Version() {
			t.Fatalf("%d runs learnt, want %d", got.Len(), want.Len())
		}
	})
}

// at returns the runs at some places.
func at(grams []uint64, places []uint32) (list []uint64) {
	for _, i := range places {
		list = append(list, grams[i])
	}
	return list
}

// keep returns the runs that s lets through.
func keep(s *Sieve, grams []uint64) []uint64 {
	return slices.DeleteFunc(grams, func(g uint64) bool { return !s.has(g) })
}

type printed struct {
	site  uint64
	day   int
	grams []uint64
}

// spread turns small numbers into runs, of which 0 to 3 fall into one slot.
func spread(grams []uint64) []uint64 {
	out := slices.Clone(grams)
	for i, g := range out {
		if g > 3 {
			out[i] = g * 0x9e3779b97f4a7c15
		}
	}
	return out
}

// A Sieve lets next to nothing through that stands on one day only.
func TestSieveKeepsLittle(t *testing.T) {
	s := NewSieve(0, 1<<30)
	const n = 200_000
	grams := make([]uint64, n)
	for i := range grams {
		grams[i] = uint64(i+1) * 0x9e3779b97f4a7c15
	}
	s.Add(1<<40, 7, grams)
	s.Add(1<<40, 8, grams[:1000])
	s.Settle()
	if kept := keep(s, slices.Clone(grams)); len(kept) > n/1000 {
		t.Errorf("%d of %d runs are kept", len(kept), n)
	}
}

// A Sieve that grows loses nothing that it has counted.
func TestSieveGrows(t *testing.T) {
	s := NewSieve(0, 1<<30)
	const n = 300_000
	grams := make([]uint64, n)
	for i := range grams {
		grams[i] = uint64(i+1) * 0x9e3779b97f4a7c15
	}
	furniture := grams[:500]
	for day := range minDays {
		own := grams[500+day*(n-500)/minDays : 500+(day+1)*(n-500)/minDays]
		s.Add(1<<40, day, slices.Concat(furniture, own))
	}
	s.Settle()
	if len(s.bit) <= leastParts*partWords {
		t.Fatalf("%d bits for %d runs", 64*len(s.bit), n)
	}
	for i, g := range furniture {
		if !s.has(g) {
			t.Fatalf("run %d fell through", i)
		}
	}
	kept := at(grams, s.Keep(nil, grams))
	if len(kept) > n/4 || !slices.Equal(kept, keep(s, slices.Clone(grams))) {
		t.Errorf("%d of %d runs are kept", len(kept), n)
	}
}

// A Sieve takes no more memory than it may.
func TestSieveBounded(t *testing.T) {
	for _, memory := range []int64{0, 1 << 20, 5 << 20, 40 << 20} {
		s := NewSieve(1<<40, memory)
		if got := int64(2*len(s.slot) + 8*len(s.bit) + 8*len(s.wait) + 2*len(s.waits)); got > max(memory, 225<<10) {
			t.Errorf("%d bytes, %d allowed", got, memory)
		}
		if s.room < leastParts*partSlots {
			t.Errorf("room for %d runs", s.room)
		}
	}
}

// What is asked first is smaller than the bits of a large Sieve, and leaves none out.
func TestSieveCoarse(t *testing.T) {
	short.Alone(t)
	s := NewSieve(1<<20, 1<<30)
	random := rand.New(rand.NewPCG(5, 6))
	grams := make([]uint64, 1<<20)
	for i := range grams {
		grams[i] = random.Uint64()
	}
	for day := range minDays {
		s.Add(1<<40, day, grams[:1<<14])
	}
	s.Add(1<<40, 9, grams[1<<14:])
	s.Settle()
	if len(s.coarse)*64 > coarseBits+64 || s.joined == 0 {
		t.Errorf("%d bits stand for %d", 64*len(s.coarse), 64*len(s.bit))
	}
	places := s.Keep([]uint32{7}, grams)
	kept := at(grams, places[1:])
	if want := keep(s, slices.Clone(grams)); !slices.Equal(kept, want) || len(kept) < 1<<14 || len(kept) > 1<<17 {
		t.Errorf("%d runs are kept, want %d", len(kept), len(want))
	}
}

// BenchmarkSieve counts the runs of half a year of articles, as many as words.
func BenchmarkSieve(b *testing.B) {
	const articles, words = 13_500, 550
	r := rand.New(rand.NewPCG(1, 2))
	grams := make([][]uint64, articles)
	for i := range grams {
		for range words {
			g := r.Uint64()
			if r.IntN(10) == 0 {
				g = shingle.Second(g % 10_000)
			}
			grams[i] = append(grams[i], g)
		}
	}
	b.SetBytes(articles * words)
	for b.Loop() {
		s := NewSieve(articles*words*5/4, 1<<30)
		for i, g := range grams {
			s.Add(uint64(1+i%22)<<40, i/75, g)
		}
		s.Settle()
	}
}

// TestOnDay: a slot that counted something today is told from an empty one and from those
// of other days.
func TestOnDay(t *testing.T) {
	for was := range uint16(enough + changed) {
		for _, today := range []uint16{0, 1, was & dayMask, (was + 1) & dayMask, dayMask} {
			want := uint16(0)
			if was >= changed && was&dayMask == today {
				want = 1
			}
			if got := onDay(was, today); got != want {
				t.Fatalf("slot %#x, day %d: %d, not %d", was, today, got, want)
			}
		}
	}
}
