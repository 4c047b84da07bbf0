package boilerplate

import (
	"bytes"
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// drawKnown returns any Known.
func drawKnown(t *rapid.T) *Known {
	draw := func(name string) *set {
		keys := rapid.SliceOfDistinct(rapid.Map(rapid.Uint64(), func(k uint64) uint64 { return k | 1 }), rapid.ID).Draw(t, name)
		slices.Sort(keys)
		return newSet(keys)
	}
	k := &Known{titles: draw("titles"), leads: draw("leads"), starts: draw("starts"), behind: draw("behind"), calls: map[uint64]habit{}}
	for range rapid.IntRange(0, 4).Draw(t, "calls") {
		percent := rapid.IntRange(0, 100)
		k.calls[rapid.Uint64().Draw(t, "call")] = habit{rapid.IntRange(0, behindWords).Draw(t, "words"), percent.Draw(t, "ends"), percent.Draw(t, "share"), percent.Draw(t, "closes")}
	}
	return k
}

func partOf(k *Known, name string) []byte {
	var b bytes.Buffer
	if err := k.WritePart(&b, name); err != nil {
		panic(err) // a Buffer takes all
	}
	return b.Bytes()
}

func parts(k *Known) map[string][]byte {
	m := map[string][]byte{}
	for _, name := range KnownParts {
		m[name] = partOf(k, name)
	}
	return m
}

func readParts(m map[string][]byte) (*Known, error) {
	return ReadKnown(func(name string) ([]byte, error) { return m[name], nil })
}

func same(a, b *Known) bool {
	return slices.Equal(a.titles.all(), b.titles.all()) && slices.Equal(a.leads.all(), b.leads.all()) && slices.Equal(a.starts.all(), b.starts.all()) &&
		slices.Equal(a.behind.all(), b.behind.all()) && maps.Equal(a.calls, b.calls) && a.version() == b.version()
}

func TestKnownRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := drawKnown(t)
		got, err := readParts(parts(k))
		if err != nil || !same(got, k) {
			t.Fatalf("%v", err)
		}
	})
}

// Of the runs of a text none is passed over that is in titles or starts.
func TestTitled(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k, site := drawKnown(t), rapid.Uint64().Draw(t, "site")
		runs := rapid.SliceOf(rapid.Uint64()).Draw(t, "others")
		for _, key := range slices.Concat(k.titles.all(), k.starts.all()) {
			key -= uint64(rapid.IntRange(0, 1).Draw(t, "lowest bit"))
			runs = append(runs, shingle.First(key)^ofSite(site))
		}
		places := k.titled(nil, runs, site)
		for i, g := range runs {
			known := k.titles.has(key(g, site)) || k.starts.has(key(g, site))
			if known && !slices.Contains(places, uint32(i)) {
				t.Fatalf("run %d of %d is passed over", i, len(runs))
			}
		}
		if !slices.IsSorted(places) || len(places) > len(runs) {
			t.Fatalf("places %v of %d runs", places, len(runs))
		}
	})
}

// A part of more than a few thousand keys is written in pieces, and an error ends it.
func TestKnownLong(t *testing.T) {
	k := &Known{calls: map[uint64]habit{}}
	keys := make([]uint64, 5000)
	for i := range keys {
		keys[i] = uint64(i)*0x123456789abc | 1
	}
	k.titles = newSet(keys)
	if got, err := readParts(parts(k)); err != nil || !same(got, k) {
		t.Error(err)
	}
	w := &fullDisk{left: 1}
	if err := k.WritePart(w, partTitles); !errors.Is(err, errFull) || w.calls != 2 {
		t.Errorf("%v after %d writes", err, w.calls)
	}
}

var errFull = errors.New("no room")

// fullDisk takes so many writes and fails then.
type fullDisk struct{ left, calls int }

func (w *fullDisk) Write(b []byte) (int, error) {
	if w.calls++; w.calls > w.left {
		return 0, errFull
	}
	return len(b), nil
}

// TestKnownParts: a part that is not there is empty, one that was cut is an
// error.
func TestKnownParts(t *testing.T) {
	if k, err := readParts(nil); err != nil || !same(k, &Known{}) {
		t.Errorf("no parts: %v", err)
	}
	k := &Known{titles: newSet([]uint64{5, 77}), calls: map[uint64]habit{9: {3, 2, 1, 4}}}
	for name, whole := range parts(k) {
		for n := range whole {
			if len(whole) > 1 && n > 0 {
				if _, err := readParts(map[string][]byte{name: whole[:n]}); err == nil {
					t.Errorf("%d bytes of %q are read", n, name)
				}
			}
		}
		if _, err := readParts(map[string][]byte{name: append(bytes.Clone(whole), 0)}); err == nil {
			t.Errorf("%q with another byte is read", name)
		}
	}
}

func FuzzReadKnown(f *testing.F) {
	k := &Known{titles: newSet([]uint64{5, 77}), calls: map[uint64]habit{9: {3, 2, 1, 4}}}
	f.Add(partOf(k, partTitles), partOf(k, partCalls))
	f.Fuzz(func(t *testing.T, titles, calls []byte) {
		got, err := readParts(map[string][]byte{partTitles: titles, partCalls: calls})
		if err != nil {
			return
		}
		if again, err := readParts(parts(got)); err != nil || !same(got, again) {
			t.Errorf("read once more: %v", err)
		}
	})
}

// TestKnownMerge: the union, whatever the order.
func TestKnownMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawKnown(t), drawKnown(t)
		m := a.merge(b)
		if !same(m, b.merge(a)) || !same(m, m.merge(a)) {
			t.Error("the order matters")
		}
		for _, k := range append(a.titles.all(), b.titles.all()...) {
			if !m.titles.has(k) {
				t.Errorf("%x is lost", k)
			}
		}
		if !same(a.merge(nil), a) || !same((*Known)(nil).merge(a), a) {
			t.Error("nothing changes something")
		}
	})
}

// TestSet: a set holds what it was made of, and nothing else, and lists it in
// order, also where many keys have the same highest bits.
func TestSet(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		keys := rapid.SliceOf(rapid.Custom(func(t *rapid.T) uint64 {
			high := rapid.SampledFrom([]uint64{0, 1 << 40, 1 << 63, 1<<64 - 1<<20, 1<<64 - 1<<8}).Draw(t, "high")
			return high | rapid.Uint64Range(0, 40).Draw(t, "low") | 1
		})).Draw(t, "keys")
		s := newSet(slices.Sorted(slices.Values(keys)))
		want := slices.Compact(slices.Sorted(slices.Values(keys)))
		if got := s.keys; !slices.Equal(got, want) {
			t.Fatalf("%x, want %x", got, want)
		}
		for low := range uint64(50) {
			k := 1<<64 - 1<<8 + low | 1
			if _, in := slices.BinarySearch(want, k); s.has(k) != in {
				t.Fatalf("%x is in the set: %v", k, !in)
			}
		}
	})
}

// TestSetIndex: a set has its keys and no others, however many there are and wherever they lie.
func TestSetIndex(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		wide := rapid.SampledFrom([]uint64{3, 1000, math.MaxUint64}).Draw(t, "up to")
		list := rapid.SliceOfN(rapid.Uint64Range(0, wide), 0, 3000).Draw(t, "keys")
		in := map[uint64]bool{}
		for i := range list {
			list[i] |= 1
			in[list[i]] = true
		}
		s := newSet(slices.Sorted(slices.Values(list)))
		rng := rand.New(rand.NewPCG(wide, uint64(len(list))))
		for k := range in {
			if !s.has(k) || !s.has(k&^1) {
				t.Fatalf("%#x is not found", k)
			}
		}
		for range 1000 {
			if k := rng.Uint64() % wide; s.has(k) != in[k|1] || s.finds(k|1) != in[k|1] {
				t.Fatalf("%#x: found %v, %v", k, s.has(k), s.finds(k|1))
			}
		}
	})
}

// TestNumbers: varints of all lengths are read as package binary reads them.
func TestNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := rapid.SliceOfN(rapid.OneOf(rapid.Byte(), rapid.ByteRange(0x80, 0xff)), 0, 24).Draw(t, "bytes")
		r := numbers{b: b}
		for len(b) > 0 {
			want, n := binary.Uvarint(b)
			if got := r.next(); r.broken != (n <= 0) || !r.broken && got != want {
				t.Fatalf("% x: %d, broken: %v; %d of %d bytes", b, got, r.broken, want, n)
			}
			if n <= 0 {
				return
			}
			b = b[n:]
		}
	})
}
