package dedup

import (
	"slices"
	"strings"
	"testing"

	"reprint/reuse"
	"reprint/shingle"
)

// The shingles of a signature are the runs of words that its keys were made of, whatever
// is furniture, and all of a text that is shorter than one.
func TestShinglesOfSignature(t *testing.T) {
	var z shingle.Tokenizer
	for n := range 12 {
		var d reuse.Document
		z.Tokenize(&d.Text, strings.Join(strings.Fields("Im Hafen von Lindhafen hat am Dienstag der Bau der Kaimauer begonnen")[:n], " "))
		d.Mask = make([]bool, n)
		if n > 2 {
			d.Mask[2] = true
		}
		var runs []uint64
		d.Keys(nil, &runs)
		if got, want := shingles(runs, &d.Text), shingle.Append(nil, d.Text.Hash, shingleWords); !slices.Equal(got, want) {
			t.Errorf("%d words: %x, want %x", n, got, want)
		}
	}
}
