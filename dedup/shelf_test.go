package dedup

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"reprint/boilerplate"
	"reprint/internal/spill"
	"reprint/reuse"
	"reprint/shingle"
)

// A shelf gives the documents that the stores hold, whatever was asked for
// before, and keeps its memory within its budget and two documents.
func TestShelf(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	texts, masks := spill.NewBlobs(spill.Options{}), spill.NewBlobs(spill.Options{})
	want := make([]reuse.Document, 60)
	largest := int64(0)
	for i := range want {
		d, stretches := shelved(rng, i)
		want[i] = d.Document
		if _, err := texts.Append(d.append(nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := masks.Append(append(appendStretches(nil, stretches), d.Rarity...)); err != nil {
			t.Fatal(err)
		}
		largest = max(largest, 80*int64(d.Text.Len()))
	}
	s := newShelf(Options{Memory: 1, Threads: 1}, texts, masks)
	s.budget = 4 * largest
	for range 3000 {
		a, err := s.get(rng.Uint64N(uint64(len(want))))
		if err != nil {
			t.Fatal(err)
		}
		b, err := s.get(rng.Uint64N(uint64(len(want))))
		if err != nil {
			t.Fatal(err)
		}
		for _, got := range []*book{a, b} {
			d := got.Document
			d.Derived = nil
			if !reflect.DeepEqual(d, want[got.number]) {
				t.Fatalf("document %d is %+v, want %+v", got.number, d, want[got.number])
			}
		}
		var x reuse.Aligner
		x.Left(&a.Document)
		x.Compare(&b.Document, nil)
		if s.used > s.budget+3*largest {
			t.Fatalf("%d bytes, of %d", s.used, s.budget)
		}
	}
	if len(s.books) < 3 {
		t.Errorf("only %d documents on the shelf", len(s.books))
	}
}

// shelved makes a document with a little furniture.
func shelved(rng *rand.Rand, n int) (stored, []boilerplate.Stretch) {
	var text strings.Builder
	for i := range 6 + rng.IntN(1+40*(n%9)) {
		fmt.Fprintf(&text, "Word%d is number %d here. ", rng.IntN(50), i)
	}
	var z shingle.Tokenizer
	d := stored{}
	z.Tokenize(&d.Text, text.String())
	d.Site, d.Day, d.Grams = uint64(n%3), n%5, n
	d.Rarity = (&reuse.Frequencies{}).Rarities(nil, &d.Text, nil)
	if n%4 == 0 {
		return d, nil
	}
	stretches := []boilerplate.Stretch{{From: 2, To: 5 + n%10}}
	d.Mask = mask(make([]bool, d.Text.Len()), stretches)
	return d, stretches
}
