package reuse

import (
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
			c.right.Grams = x.CountGrams(c.right)
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
