package copies

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
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

// BenchmarkMeasure tells what a comparison of a page with one of its edited copies costs, of
// 838 words each: of one that says nothing again, and of one that says most of it again.
func BenchmarkMeasure(b *testing.B) {
	for _, words := range []int{1 << 20, 40} {
		b.Run(fmt.Sprint(words), func(b *testing.B) {
			rng := rand.New(rand.NewPCG(1, 2))
			page := make([]uint64, 838)
			for i := range page {
				page[i] = mix(uint64(rng.IntN(words))) >> 32
			}
			if words < len(page) {
				for i := range page {
					page[i] = page[i%300]
				}
				for range 20 {
					page[rng.IntN(len(page))] = rng.Uint64() >> 32
				}
			}
			var copies [][]byte
			for range 256 {
				edited := slices.Clone(page)
				for range 25 {
					at := rng.IntN(len(edited))
					switch rng.IntN(3) {
					case 0:
						edited = slices.Delete(edited, at, at+1)
					case 1:
						edited = slices.Insert(edited, at, edited[at])
					default:
						edited[at] = rng.Uint64() >> 32
					}
				}
				units := make([]byte, 0, 4*len(edited))
				for _, u := range edited {
					units = binary.LittleEndian.AppendUint32(units, uint32(u))
				}
				copies = append(copies, units)
			}
			x := measurer{length: Newswire.Length, short: Newswire.Short, lacking: true}
			from, to := &text{units: page, again: true}, new(text)
			for i := 0; b.Loop(); i++ {
				to.take(1, copies[i%len(copies)])
				var e edge
				x.measure(&e, from, to)
				if !Newswire.holds(&e, true) {
					b.Fatal("no copy")
				}
			}
		})
	}
}
