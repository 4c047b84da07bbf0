package dedup

import (
	"context"
	"testing"

	"reprint/corpus"
)

// benchmark runs over 2,000 made-up articles of some 400 words.
func benchmark(b *testing.B, run func(*corpus.Collection, Options) error) {
	b.Helper()
	c := collect(b, newPress(61).Records(2000, 400)...)
	o := Options{Temp: b.TempDir()}
	b.SetBytes(c.Size())
	b.ReportAllocs()
	for b.Loop() {
		check(b, run(c, o))
	}
}

func BenchmarkScan(b *testing.B) {
	benchmark(b, func(c *corpus.Collection, o Options) error {
		r, err := Scan(context.Background(), c, o)
		if err != nil {
			return err
		}
		return r.Close()
	})
}

func BenchmarkClean(b *testing.B) {
	benchmark(b, func(c *corpus.Collection, o Options) error {
		return drain(Clean(context.Background(), c, o))
	})
}
