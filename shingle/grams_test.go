package shingle

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/lanes"
)

// TestVectors pins what stored signatures are made of.
func TestVectors(t *testing.T) {
	for _, v := range []struct {
		word string
		hash uint64
	}{
		{"", 0xf2dfd3d2a81dbfa7}, {"a", 0xe9c87a5f67d0b15c}, {"der", 0xc0ef7314c966e59f},
		{"Straße", 0x14b608c7283b0816}, {"Bürgermeisterin", 0x9768ec15f71536db},
		{"Donaudampfschifffahrt", 0xd0d6a85e76310839},
		{"1.234,56", 0xa64daeddabbd0a2e}, {"中", 0x26d82f4367683702},
	} {
		if got := Hash(v.word); got != v.hash {
			t.Errorf("Hash(%q) = %#x, want %#x", v.word, got, v.hash)
		}
	}
	words := []uint64{1, 2, 3, 4, 5, 6}
	for _, v := range []struct {
		k        int
		from, to int
		h1, h2   uint64
	}{
		{1, 0, 1, 0xb456bcfc34c2cb2c, 0x2944e28eba39d327}, {2, 0, 2, 0xf8f76353b6d877c5, 0x928f83d9a6e401e1},
		{5, 1, 6, 0xf7f72230c3cc4289, 0x601e251dec079c71}, {5, 0, 2, 0xf8f76353b6d877c5, 0x928f83d9a6e401e1},
	} {
		h1 := Append(nil, words[v.from:v.to], v.k)[0]
		if h2 := Second(h1); h1 != v.h1 || h2 != v.h2 {
			t.Errorf("shingle of %v: h1, h2 = %#x, %#x, want %#x, %#x", words[v.from:v.to], h1, h2, v.h1, v.h2)
		}
	}
}

// naive is the formula above Append, word by word.
func naive(words []uint64) uint64 {
	var p uint64
	for i, w := range words {
		for range len(words) - 1 - i {
			w *= multiplier
		}
		p += w
	}
	return lanes.Mix(p)
}

func TestAppendAgainstFormula(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.Uint64(), 0, 40).Draw(t, "words")
		k := rapid.IntRange(1, 12).Draw(t, "k")
		dst := rapid.SliceOfN(rapid.Uint64(), 0, 3).Draw(t, "dst")
		want := slices.Clone(dst)
		for i := 0; i+k <= len(words); i++ {
			want = append(want, naive(words[i:i+k]))
		}
		if 0 < len(words) && len(words) < k {
			want = append(want, naive(words))
		}
		if got := Append(dst, words, k); !slices.Equal(got, want) {
			t.Fatalf("Append(%v, %v, %d) = %v, want %v", dst, words, k, got, want)
		}
	})
}

// Runs of five words at any places have the hashes that Append gives them.
func TestAppendFives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.Uint64(), 5, 40).Draw(t, "words")
		all, want := Append(nil, words, 5), []uint64{7}
		places := rapid.SliceOf(rapid.Uint32Range(0, uint32(len(all)-1))).Draw(t, "places")
		for _, at := range places {
			want = append(want, all[at])
		}
		if got := AppendFives([]uint64{7}, words, places); !slices.Equal(got, want) {
			t.Fatalf("got %x, want %x", got, want)
		}
	})
}

// One at a time, in any order, shingles have the hashes that Append gives them.
func TestRoll(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.Uint64(), 0, 40).Draw(t, "words")
		k := rapid.IntRange(-1, 12).Draw(t, "k")
		want := Append(nil, words, k)
		r := NewRoll(words, k)
		if r.Len() != len(want) {
			t.Fatalf("%d shingles, want %d", r.Len(), len(want))
		}
		if len(want) == 0 {
			return
		}
		for _, i := range rapid.SliceOf(rapid.IntRange(0, len(want)-1)).Draw(t, "asked") {
			for ; i < len(want) && rapid.Bool().Draw(t, "on"); i++ {
				if got := r.At(i); got != want[i] {
					t.Fatalf("shingle %d of %v: %x, want %x", i, words, got, want[i])
				}
			}
		}
	})
}

// First leads back from Second.
func TestFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if h := rapid.Uint64().Draw(t, "hash"); First(Second(h)) != h || Second(First(h)) != h {
			t.Fatalf("%x: back at %x and %x", h, First(Second(h)), Second(First(h)))
		}
	})
}

func TestAppendTakesKBelowOneAsOne(t *testing.T) {
	words := []uint64{7, 8}
	for _, k := range []int{0, -3} {
		if got, want := Append(nil, words, k), Append(nil, words, 1); !slices.Equal(got, want) {
			t.Errorf("k = %d: %v, want %v", k, got, want)
		}
	}
}

// TestOrderMatters: the same words in another order make other shingles.
func TestOrderMatters(t *testing.T) {
	a, b, c := Hash("Hund"), Hash("beißt"), Hash("Mann")
	seen := map[uint64]bool{}
	for _, w := range [][]uint64{{a, b, c}, {a, c, b}, {b, a, c}, {b, c, a}, {c, a, b}, {c, b, a}, {a, a, b}, {a, b, b}, {a, b}} {
		seen[Append(nil, w, 3)[0]] = true
	}
	if len(seen) != 9 {
		t.Errorf("%d different shingles, want 9", len(seen))
	}
}
