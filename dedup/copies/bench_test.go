package copies

import (
	"context"
	"os"
	"testing"

	"reprint/corpus"
	"reprint/dedup"
)

// BenchmarkRun tells MB of text a second, from the file to the file of what stays. REPRINT_FILE
// names the file; without it the invented newsroom is read.
func BenchmarkRun(b *testing.B) {
	path := os.Getenv("REPRINT_FILE")
	if path == "" {
		path = "../../testdata/newsroom/docs.jsonl"
	}
	for b.Loop() {
		c, err := corpus.Open(corpus.Options{}, path)
		if err != nil {
			b.Fatal(err)
		}
		r, err := Run(context.Background(), c, Options{Options: dedup.Options{Threads: 1, Temp: b.TempDir()}})
		if err != nil {
			b.Fatal(err)
		}
		w, err := corpus.NewWriter(c, b.TempDir()+"/out.jsonl", corpus.WriterOptions{})
		if err != nil {
			b.Fatal(err)
		}
		if err := r.Apply(context.Background(), c, func(d *corpus.Document, f Fate) error {
			if f.Goes {
				return nil
			}
			return w.Write(d)
		}); err != nil {
			b.Fatal(err)
		}
		if err := w.Close(); err != nil {
			b.Fatal(err)
		}
		b.SetBytes(r.Summary().Bytes)
		if err := r.Close(); err != nil {
			b.Fatal(err)
		}
		c.Close()
	}
}
