package lanes

import (
	"encoding/binary"
	"math/bits"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
)

const wordsSeed = 0x5eed

// word is what Words has to tell of one.
type word struct {
	hash uint64
	stem uint32
	mark byte
}

// wordOracle tells it by decoding characters. behind is what stands from the word's beginning
// on.
func wordOracle(w string, behind []byte) (o word) {
	if strings.ContainsFunc(w, unicode.IsDigit) {
		o.mark = HasDigit
	}
	short, characters := w, 0
	for i := range w {
		if characters++; characters > stemCharacters {
			short = w[:i]
			break
		}
	}
	o.hash, o.stem = murmur(w), uint32(murmur(short)>>32)
	begun := 0
	for _, b := range behind[:8] {
		if b&0xc0 != 0x80 {
			begun++
		}
	}
	if len(w) > 15 || begun <= stemCharacters {
		o = word{mark: IsLong}
	}
	return o
}

// murmur is murmur3.Sum64WithSeed of a word of up to 15 bytes. Package shingle holds the
// hashes of words to that function itself.
func murmur(w string) uint64 {
	var form [16]byte
	copy(form[:], w)
	h1, h2 := uint64(wordsSeed), uint64(wordsSeed)
	h2 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(form[8:])*0x4cf5ad432745937f, 33) * 0x87c37b91114253d5
	h1 ^= bits.RotateLeft64(binary.LittleEndian.Uint64(form[:])*0x87c37b91114253d5, 31) * 0x4cf5ad432745937f
	h1, h2 = h1^uint64(len(w)), h2^uint64(len(w))
	h1 += h2
	h2 += h1
	for _, h := range []*uint64{&h1, &h2} {
		*h = (*h ^ *h>>33) * 0xff51afd7ed558ccd
		*h = (*h ^ *h>>33) * 0xc4ceb9fe1a85ec53
		*h ^= *h >> 33
	}
	return h1 + h2
}

// randomWords are words with something between them, and a Latin that read them.
func randomWords(rng *rand.Rand, n int) (list []string, w Words) {
	var text strings.Builder
	for range n {
		text.WriteString([]string{"", " ", "–", "_", ". „", "中"}[rng.IntN(6)])
		var one strings.Builder
		for size := 1 + rng.IntN([]int{4, 8, 20}[rng.IntN(3)]); size > 0; size-- {
			one.WriteString([]string{"a", "e", "z", "ä", "ü", "ÿ", "7", "0", "9", "à"}[rng.IntN([]int{3, 6, 10}[rng.IntN(3)])])
		}
		w.Starts = append(w.Starts, uint32(text.Len()))
		text.WriteString(one.String())
		w.Ends = append(w.Ends, uint32(text.Len()))
		list = append(list, one.String())
	}
	var l Latin
	l.Read(text.String())
	w.Seed, w.Folded = wordsSeed, l.Folded
	return list, w
}

// TestWords takes every number of words up to some vectors, and some of many, and looks
// whether what stands beside them is left alone.
func TestWords(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := range 300 {
		if n%60 == 59 {
			n = 4096*(n/60) + rng.IntN(8)
		}
		list, w := randomWords(rng, n%4096+n/4096*4096)
		eachLatin(func(name string) { checkWords(t, name, list, w) })
	}
}

// checkWords holds what w tells of the words in list to the oracle.
func checkWords(t *testing.T, name string, list []string, w Words) {
	t.Helper()
	const before = 0x92 // marks that are there
	n := len(list)
	hashes, intact := guarded(n, func(int) uint64 { return 1 })
	stems, marks := slices.Repeat([]uint32{2}, n+1), slices.Repeat([]byte{before}, n+1)
	w.Hashes, w.Stems, w.Marks = hashes, stems[:n:n], marks[:n:n]
	w.Hash()
	for i, one := range list {
		want, got := wordOracle(one, w.Folded[w.Starts[i]:]), word{w.Hashes[i], w.Stems[i], w.Marks[i] &^ before}
		if got.mark&IsLong != 0 {
			got = word{mark: IsLong}
		}
		if got != want || w.Marks[i]&before != before {
			t.Fatalf("%s: word %d of %d, %q: got %x, want %x", name, i, n, one, got, want)
		}
	}
	if !intact() || stems[n] != 2 || marks[n] != before {
		t.Fatalf("%s: something beside %d words was written", name, n)
	}
}

// TestWordsEdges has every number of letters of one and two bytes, and a digit at every place.
func TestWordsEdges(t *testing.T) {
	var list []string
	for length := 1; length <= 18; length++ {
		for set := range 1 << min(length, 8) {
			var one strings.Builder
			for i := range length {
				one.WriteString([]string{"b", "ö"}[set>>(i%8)&1])
			}
			list = append(list, one.String())
			for i := range length {
				r := []rune(one.String())
				r[i] = '5'
				list = append(list, string(r))
			}
		}
	}
	var l Latin
	text := strings.Join(list, " ")
	l.Read(text)
	w := Words{Seed: wordsSeed, Folded: l.Folded}
	at := uint32(0)
	for _, one := range list {
		w.Starts, w.Ends = append(w.Starts, at), append(w.Ends, at+uint32(len(one)))
		at += uint32(len(one)) + 1
	}
	eachLatin(func(name string) { checkWords(t, name, list, w) })
}

func TestWordsAllocate(t *testing.T) {
	_, w := randomWords(rand.New(rand.NewPCG(1, 1)), 100)
	w.Hashes, w.Stems, w.Marks = make([]uint64, 100), make([]uint32, 100), make([]byte, 100)
	eachLatin(func(name string) {
		if n := testing.AllocsPerRun(10, w.Hash); n > 0 {
			t.Errorf("%s: %v allocations", name, n)
		}
	})
}

func FuzzWords(f *testing.F) {
	f.Add("straße 24.december ätherübertragung a1b2 ÿÿÿÿÿÿÿ x")
	f.Fuzz(func(t *testing.T, text string) {
		var l Latin
		l.Read(text)
		folded := string(l.Folded[:len(text)])
		w := Words{Seed: wordsSeed, Folded: l.Folded}
		var list []string
		for at := 0; at < len(text); {
			end := at
			for end < len(text) && bit(l.Words, end) {
				end++
			}
			if end > at {
				list = append(list, folded[at:end])
				w.Starts, w.Ends = append(w.Starts, uint32(at)), append(w.Ends, uint32(end))
			}
			at = end + 1
		}
		eachLatin(func(name string) { checkWords(t, name, list, w) })
	})
}

// BenchmarkWords gives nanoseconds a word.
func BenchmarkWords(b *testing.B) {
	const n = 400
	_, w := randomWords(rand.New(rand.NewPCG(1, 1)), n)
	w.Hashes, w.Stems, w.Marks = make([]uint64, n), make([]uint32, n), make([]byte, n)
	for _, u := range slices.Backward(vectorUnits()) {
		if u.here {
			b.Run(u.name, func(b *testing.B) {
				defer u.force()()
				for b.Loop() {
					w.Hash()
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/n, "ns/word")
			})
		}
	}
}
