package reuse

import (
	"bytes"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
)

// counted makes an archive of documents given by their stems and the levels of
// their runs.
func counted(t *rapid.T, name string) *Archive {
	var stems Frequencies
	for range rapid.IntRange(0, 4).Draw(t, name+" documents") {
		stems.Add(0, rapid.SliceOfNDistinct(rapid.Uint32Range(0, 50), 0, 20, rapid.ID).Draw(t, name+" stems"))
	}
	keys := rapid.SliceOfNDistinct(rapid.Uint64Range(0, 40), 0, 30, rapid.ID).Draw(t, name+" keys")
	for i, k := range keys {
		keys[i] = k * (math.MaxUint64 / 41)
	}
	slices.Sort(keys)
	levels := make([]Level, len(keys))
	for i := range levels {
		levels[i] = NewLevel(rapid.IntRange(1, 500).Draw(t, name+" holders"))
	}
	a, err := NewArchive(&stems, func(yield func(uint64, Level)) error {
		for i, k := range keys {
			yield(k, levels[i])
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for i, k := range keys {
		want := levels[i]
		if want.Docs() < KeepDocs {
			want = 0
		}
		if got := a.Run(k); got != want {
			t.Fatalf("run %d: level %d, want %d", k, got, want)
		}
		if got := a.Run(k + 1); got != 0 {
			t.Fatalf("run %d, which nobody holds: level %d", k+1, got)
		}
	}
	return a
}

// bytesOf returns the bytes of an archive.
func bytesOf(a *Archive) []byte {
	var b bytes.Buffer
	if err := a.Write(&b); err != nil {
		panic(err) // a buffer has none
	}
	return b.Bytes()
}

// An archive finds what it was given, is the same read back, and joins with
// another in either order.
func TestArchive(t *testing.T) {
	short.Alone(t)
	rapid.Check(t, func(t *rapid.T) {
		a, b := counted(t, "a"), counted(t, "b")
		raw := bytesOf(a)
		back, err := ParseArchive(raw)
		if err != nil || !bytes.Equal(bytesOf(back), raw) || back.Version() != a.Version() || back.Docs() != a.Docs() {
			t.Fatalf("read back: %v", err)
		}
		for _, k := range a.keys {
			if back.Run(k) != a.Run(k) {
				t.Fatalf("run %d: level %d, read back %d", k, a.Run(k), back.Run(k))
			}
		}
		ab, ba := a.Join(b), b.Join(a)
		if !bytes.Equal(bytesOf(ab), bytesOf(ba)) {
			t.Fatal("joined the other way round it is another archive")
		}
		if ab.Docs() != a.Docs()+b.Docs() {
			t.Fatalf("%d documents of %d and %d", ab.Docs(), a.Docs(), b.Docs())
		}
		for _, k := range slices.Concat(a.keys, b.keys) {
			p, q, got := a.Run(k), b.Run(k), ab.Run(k)
			if got.Docs() < max(p.Docs(), q.Docs()) {
				t.Fatalf("run %d: levels %d and %d give %d", k, p, q, got)
			}
		}
		for stem := range uint32(60) {
			if ab.stems.of(stem) != a.stems.of(stem)+b.stems.of(stem) {
				t.Fatalf("stem %d: %d documents", stem, ab.stems.of(stem))
			}
		}
	})
}

// Nothing is known of nothing.
func TestNoArchive(t *testing.T) {
	var none *Archive
	a, err := NewArchive(&Frequencies{}, func(func(uint64, Level)) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range []*Archive{none, a, none.Join(a), a.Join(none)} {
		if a.Docs() != 0 || a.Run(0) != 0 || a.Run(math.MaxUint64) != 0 {
			t.Errorf("%v documents, a run at level %d", a.Docs(), a.Run(0))
		}
	}
	if v := none.Version(); v != "" {
		t.Errorf("no archive has the version %q", v)
	}
}

// Of a language that is not shipped the archive knows which words are rare.
func TestRaritiesWithArchive(t *testing.T) {
	text := tokenised("Zubok talemi vurana kesol pirudo")
	var stems, week Frequencies
	for i := range 200 {
		list := []uint32{text.Text.Stem[0]}
		if i%50 == 0 {
			list = append(list, text.Text.Stem[1])
		}
		stems.Add(0, list)
	}
	week.Add(0, text.Text.Stem)
	a, err := NewArchive(&stems, func(func(uint64, Level)) error { return nil })
	if err != nil {
		t.Fatal(err)
	}
	if r := week.Rarities(nil, &text.Text, nil); r[0] != r[1] || r[1] != r[2] {
		t.Errorf("without an archive %v", r)
	}
	week.Know(a)
	if r := week.Rarities(nil, &text.Text, nil); r[0] >= r[1] || r[1] >= r[2] || r[2] != r[3] {
		t.Errorf("with an archive %v", r)
	}
	german := tokenised("Der Rat hat die Brücke für den Verkehr gesperrt, und das ist auch für die Stadt nicht gut.")
	with := week.Rarities(nil, &german.Text, nil)
	week.Know(nil)
	if without := week.Rarities(nil, &german.Text, nil); !slices.Equal(with, without) {
		t.Errorf("German with an archive %v, without %v", with, without)
	}
}

// A level keeps the number of documents to a twentieth.
func TestLevels(t *testing.T) {
	for _, docs := range []int{1, 2, 3, 4, 7, 40, 320, 5000, 50000} {
		l := NewLevel(docs)
		if off := math.Abs(float64(l.Docs())/float64(docs) - 1); off > .05 && l.Docs() != docs {
			t.Errorf("%d documents: %d", docs, l.Docs())
		}
	}
	if l := NewLevel(math.MaxInt); l.Docs() < 50000 {
		t.Errorf("more than can be said: %d", l.Docs())
	}
	if NewLevel(0) != 0 || Level(0).Docs() != 1 {
		t.Error("nothing known is not one document")
	}
}

// Damaged bytes are an error and no archive.
func FuzzParseArchive(f *testing.F) {
	var stems Frequencies
	stems.Add(0, []uint32{1, 2, 3})
	a, _ := NewArchive(&stems, func(yield func(uint64, Level)) error {
		yield(1<<40, NewLevel(3))
		yield(1<<60, NewLevel(9))
		return nil
	})
	raw := bytesOf(a)
	f.Add(raw)
	f.Add(raw[:len(raw)-1])
	f.Add(append([]byte{255, 255, 255, 255, 255, 255, 255, 255}, raw[8:]...))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := ParseArchive(b)
		if err == nil && !bytes.Equal(bytesOf(a), b) {
			// a varint may be written longer than it need be
			if back, err := ParseArchive(bytesOf(a)); err != nil || back.Version() != a.Version() {
				t.Fatalf("read, written and read again: %v", err)
			}
		}
	})
}
