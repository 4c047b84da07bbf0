package reuse

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// benchArticle is an article of made-up words, as many as an agency's report
// has, in sentences of sixteen.
func benchArticle(seed uint64, words int) *Document {
	r := rand.New(rand.NewPCG(seed, 0))
	var s strings.Builder
	for i := range words {
		if i%16 == 0 {
			s.WriteByte('W')
		}
		// Common words are many in every text.
		for n := min(r.IntN(4000), r.IntN(4000)); n > 0; n /= 20 {
			s.WriteByte(byte('a' + n%20))
		}
		if i%16 == 15 {
			s.WriteByte('.')
		}
		s.WriteByte(' ')
	}
	return tokenised(s.String())
}

// benchRewrite is an article in which every thirtieth word is another, the
// first half stands last, and a hundred words are new.
func benchRewrite(d *Document) *Document {
	e := benchArticle(9, 100)
	h := d.Text.Hash
	n := len(h)
	mixed := append(append(append([]uint64(nil), h[n/2:]...), h[:n/2]...), e.Text.Hash...)
	for i := 7; i < n; i += 30 {
		mixed[i]++
	}
	out := benchArticle(8, len(mixed))
	copy(out.Text.Hash, mixed)
	return out
}

func BenchmarkCompare(b *testing.B) {
	left := benchArticle(1, 500)
	for _, c := range []struct {
		name  string
		right *Document
	}{{"Related", benchRewrite(left)}, {"Unrelated", benchArticle(2, 500)}} {
		b.Run(c.name, func(b *testing.B) {
			var x Aligner
			c.right.Grams = x.CountGrams(grams(nil, c.right))
			x.Left(left)
			seeds := []Seed{{Pos: 20, Docs: 2}, {Pos: 300, Docs: 2}}
			m := x.Compare(c.right, seeds)
			b.ReportAllocs()
			for b.Loop() {
				m = x.Compare(c.right, seeds)
			}
			b.ReportMetric(float64(len(m.Passages)), "passages")
		})
	}
}

// BenchmarkLong has texts of two lengths of each sort: what takes the square of
// the length shows between them.
func BenchmarkLong(b *testing.B) {
	const sentence = "Zu diesem Thema liegen der Redaktion heute keine Meldungen vor. "
	for _, c := range []struct {
		name string
		make func(n int) (*Document, *Document)
	}{
		{"OneSentence", func(n int) (*Document, *Document) {
			return tokenised(strings.Repeat(sentence, n)), tokenised("Stand: heute. " + strings.Repeat(sentence, n))
		}},
		{"OneWord", func(n int) (*Document, *Document) {
			return tokenised(strings.Repeat("nein ", 10*n)), tokenised(strings.Repeat("nein ", 10*n-1))
		}},
		{"Equal", func(n int) (*Document, *Document) {
			d := tokenised(numbered(2*n, " Meter weit fuhr der Zug. "))
			return d, d
		}},
		{"Shuffled", shuffled},
		{"Noisy", func(n int) (*Document, *Document) { return noisy(8 * n) }},
	} {
		for _, n := range []int{10_000, 100_000} {
			b.Run(fmt.Sprintf("%s/%d", c.name, n), func(b *testing.B) {
				left, right := c.make(n)
				b.SetBytes(int64(left.Text.End[left.Text.Len()-1]) + int64(right.Text.End[right.Text.Len()-1]))
				for b.Loop() {
					compare(left, right)
				}
			})
		}
	}
}

func BenchmarkLeft(b *testing.B) {
	d := benchArticle(1, 500)
	var x Aligner
	x.Left(d)
	b.ReportAllocs()
	for b.Loop() {
		x.Left(d)
	}
}

func BenchmarkKeys(b *testing.B) {
	d := benchArticle(1, 500)
	var scratch []uint64
	keys := d.Keys(nil, &scratch)
	b.ReportAllocs()
	for b.Loop() {
		keys = d.Keys(keys[:0], &scratch)
	}
	b.ReportMetric(float64(len(keys)), "keys")
}
