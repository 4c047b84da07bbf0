package minhash_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	reference "github.com/dgryski/go-minhash"
	"pgregory.net/rapid"

	"reprint/minhash"
	"reprint/shingle"
)

// pushed is the oracle: a MinWise of go-minhash that takes the shingles one by one,
// with the two hashes as hash functions of the shingle's eight bytes.
func pushed(k int, h1s []uint64, second func(uint64) uint64) *reference.MinWise {
	h1 := func(b []byte) uint64 { return binary.LittleEndian.Uint64(b) }
	h2 := func(b []byte) uint64 { return second(h1(b)) }
	mw := reference.NewMinWise(h1, h2, k)
	for _, h := range h1s {
		mw.Push(binary.LittleEndian.AppendUint64(nil, h))
	}
	return mw
}

func signature(k int, h1s []uint64) minhash.Signature {
	s := minhash.New(k)
	s.FoldFunc(h1s, shingle.Second)
	return s
}

// words hashes a text word by word.
func words(text string) (h []uint64) {
	for w := range strings.FieldsSeq(text) {
		h = append(h, shingle.Hash(w))
	}
	return h
}

var texts = []string{
	"Der Stadtrat von Neuhausen hat am Montag den Haushalt für das kommende Jahr beschlossen.",
	"The town council of Neuhausen passed next year's budget on Monday, the mayor said.",
	"",
	"Wort",
	"内阁 周一 通过 了 明年 的 预算",
	"a\xffb invalid \xfe UTF-8 words",
	"😀 😀 😀 😀 😀 😀",
}

// TestPush holds signatures to go-minhash, bit by bit.
func TestPush(t *testing.T) {
	for _, text := range texts {
		for _, k := range []int{1, 7, 8, 64, 128, 200} {
			h1s := shingle.Append(nil, words(text), 3)
			got, want := signature(k, h1s), pushed(k, h1s, shingle.Second)
			if !slices.Equal(got.Lanes(), want.Signature()) {
				t.Errorf("%d lanes of %q are not those of go-minhash", k, text)
			}
			if n := want.Cardinality(); got.Cardinality() != n {
				t.Errorf("cardinality %d, go-minhash says %d", got.Cardinality(), n)
			}
		}
	}
}

func TestPushRandom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 300).Draw(t, "k")
		a := rapid.SliceOfN(rapid.Uint64(), 0, 600).Draw(t, "a")
		b := rapid.SliceOfN(rapid.Uint64(), 0, 20).Draw(t, "b")
		b = append(b, a[:len(a)/2]...)
		sa, sb := signature(k, a), signature(k, b)
		ra, rb := pushed(k, a, shingle.Second), pushed(k, b, shingle.Second)

		h2s := make([]uint64, len(a))
		for i, h := range a {
			h2s[i] = shingle.Second(h)
		}
		folded := minhash.New(k)
		folded.Fold(a, h2s)
		if !slices.Equal(folded.Lanes(), ra.Signature()) || !slices.Equal(sa.Lanes(), ra.Signature()) {
			t.Fatal("lanes are not those of go-minhash")
		}
		want := ra.Similarity(rb)
		if len(a) == 0 || len(b) == 0 {
			want = 0
		}
		if got := sa.Similarity(sb); got != want {
			t.Fatalf("similarity %v, go-minhash says %v", got, want)
		}
		ra.Merge(rb)
		if err := sa.Merge(sb); err != nil || !slices.Equal(sa.Lanes(), ra.Signature()) {
			t.Fatalf("merged lanes are not those of go-minhash; error %v", err)
		}
		if !slices.Equal(sa.Lanes(), signature(k, append(slices.Clone(b), a...)).Lanes()) {
			t.Fatal("merged lanes are not those of the union")
		}
	})
}

// TestVector pins a signature. Signatures are stored: it changes only with a new
// version of whatever stores them.
func TestVector(t *testing.T) {
	got := signature(4, shingle.Append(nil, words("the quick brown fox jumps over the lazy dog"), 3))
	want := []uint64{0x1c19bc26b996e9a5, 0x292126ae72c589fd, 0x182aef8fbfdb6057, 0x00e5bf528c74cbbb}
	if !slices.Equal(got.Lanes(), want) {
		t.Errorf("got %#x, want %#x", got.Lanes(), want)
	}
}

// TestEstimate compares the estimate with the truth on random sets: the mean error
// must be near zero and the deviation near that of independent lanes.
func TestEstimate(t *testing.T) {
	const k, n, trials = 128, 400, 300
	rng := rand.New(rand.NewPCG(1, 2))
	for _, jaccard := range []float64{0.1, 0.5, 0.8, 0.95} {
		shared := int(jaccard * n)
		var sum, squares float64
		for range trials {
			all := make([]uint64, n)
			for i := range all {
				all[i] = rng.Uint64()
			}
			half := shared + (n-shared)/2
			a := signature(k, all[:half])
			b := signature(k, slices.Concat(all[:shared], all[half:]))
			d := a.Similarity(b) - float64(shared)/n
			sum += d
			squares += d * d
		}
		sd := math.Sqrt(jaccard * (1 - jaccard) / k)
		if mean := sum / trials; math.Abs(mean) > 5*sd/math.Sqrt(trials) {
			t.Errorf("similarity %v: estimates are off by %v on average", jaccard, mean)
		}
		if got := math.Sqrt(squares / trials); got > 1.5*sd || got < 0.5*sd {
			t.Errorf("similarity %v: deviation %v, of independent lanes %v", jaccard, got, sd)
		}
	}
}

func TestCardinality(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range []int{10, 1000, 20000} {
		var sum float64
		for range 50 {
			h1s := make([]uint64, n)
			for i := range h1s {
				h1s[i] = rng.Uint64()
			}
			sum += float64(signature(128, h1s).Cardinality()) / 50
		}
		if sum < 0.8*float64(n) || sum > 1.25*float64(n) {
			t.Errorf("%d shingles are estimated as %.0f on average", n, sum)
		}
	}
	s := minhash.New(3)
	s.Fold([]uint64{0}, []uint64{0})
	if got := s.Cardinality(); got < 1 {
		t.Errorf("lanes of 0 are estimated as %d shingles", got)
	}
}

func TestEmpty(t *testing.T) {
	var none minhash.Signature
	empty, full := minhash.New(8), signature(8, []uint64{1, 2, 3})
	for name, s := range map[string]minhash.Signature{"zero": none, "empty": empty} {
		if !s.Empty() || s.Cardinality() != 0 {
			t.Errorf("%s: not empty", name)
		}
		for _, other := range []minhash.Signature{none, empty, full} {
			if s.Similarity(other) != 0 || other.Similarity(s) != 0 {
				t.Errorf("%s: similar to something", name)
			}
		}
	}
	if full.Empty() {
		t.Error("a signature of three shingles is empty")
	}
	before := slices.Clone(full.Lanes())
	if err := full.Merge(empty); err != nil || !slices.Equal(full.Lanes(), before) {
		t.Errorf("merging nothing changes the signature; error %v", err)
	}
	full.Reset()
	if !full.Empty() || len(full.Lanes()) != 8 {
		t.Error("Reset leaves something behind")
	}
	none.Fold([]uint64{1}, []uint64{1})
	none.Reset()
	if err := none.Merge(none); err != nil {
		t.Error(err)
	}
	if got := len(minhash.New(-5).Lanes()); got != 1 {
		t.Errorf("%d lanes of at least one", got)
	}
}

// TestStored: lanes that were written somewhere make the signature again.
func TestStored(t *testing.T) {
	a, b := signature(8, []uint64{1, 2}), minhash.New(8)
	copy(b.Lanes(), slices.Clone(a.Lanes()))
	if got := a.Similarity(b); got != 1 {
		t.Errorf("the stored one is similar by %v", got)
	}
	if err := b.Merge(signature(8, []uint64{3})); err != nil || a.Similarity(b) == 1 {
		t.Errorf("it cannot be merged, or shares its memory: %v", err)
	}
}

func TestDifferentLengths(t *testing.T) {
	a, b := signature(8, []uint64{1}), signature(9, []uint64{1})
	if a.Similarity(b) != 0 {
		t.Error("signatures of different length are similar")
	}
	before := slices.Clone(a.Lanes())
	if err := a.Merge(b); !errors.Is(err, minhash.ErrLanes) || !slices.Equal(a.Lanes(), before) {
		t.Errorf("error %v", err)
	}
	if err := b.Merge(minhash.Signature{}); !errors.Is(err, minhash.ErrLanes) {
		t.Errorf("error %v", err)
	}
}

func TestAllocations(t *testing.T) {
	s, h1s := minhash.New(128), make([]uint64, 1000)
	if n := testing.AllocsPerRun(5, func() { s.Reset(); s.FoldFunc(h1s, shingle.Second) }); n > 0 {
		t.Errorf("%v allocations to sign a text", n)
	}
}

func BenchmarkFoldFunc(b *testing.B) {
	rng := rand.New(rand.NewPCG(1, 2))
	h1s := make([]uint64, 400)
	for i := range h1s {
		h1s[i] = rng.Uint64()
	}
	s := minhash.New(128)
	for b.Loop() {
		s.FoldFunc(h1s, shingle.Second)
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/400, "ns/shingle")
}

// FuzzFold: whatever the number of lanes and the loop that serves it, the lanes are
// those that go-minhash holds after a Push of each shingle.
func FuzzFold(f *testing.F) {
	f.Add(uint16(1), []byte{})
	f.Add(uint16(128), []byte("eight bytes are the first hash of one shingle"))
	f.Add(uint16(141), bytes.Repeat([]byte{0xff, 0x7f, 1}, 300))
	f.Fuzz(func(t *testing.T, k uint16, b []byte) {
		var h1s []uint64
		for ; len(b) >= 8; b = b[8:] {
			h1s = append(h1s, binary.LittleEndian.Uint64(b))
		}
		lanes := 1 + int(k%300)
		got := signature(lanes, h1s).Lanes()
		want := pushed(lanes, h1s, shingle.Second).Signature()
		if !slices.Equal(got, want) {
			t.Fatalf("%d lanes, %d shingles: got %x, want %x", lanes, len(h1s), got, want)
		}
	})
}
