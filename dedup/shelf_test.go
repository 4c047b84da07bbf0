package dedup

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"sync"
	"testing"

	"reprint/boilerplate"
	"reprint/internal/short"
	"reprint/internal/spill"
	"reprint/reuse"
	"reprint/shingle"
)

// A shelf gives the documents that the stores hold to all that ask for them at a
// time, whatever was asked for before, and keeps to its budget but for what is in
// use. What comparisons found out about a document changes nothing.
func TestShelf(t *testing.T) {
	s, want := filledShelf(t, 60)
	const workers = 4
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() { visit(t, s, rand.New(rand.NewPCG(3, uint64(w))), want) })
	}
	wg.Wait()
	s.shrink()
	if s.used > s.budget {
		t.Errorf("%d bytes, of %d", s.used, s.budget)
	}
	if len(s.books) < 3 {
		t.Errorf("only %d documents on the shelf", len(s.books))
	}
	s.budget = 0
	if s.shrink(); len(s.books) > 0 || s.used != 0 {
		t.Errorf("%d books stay in use, of %d bytes", len(s.books), s.used)
	}
}

// Pairs come by their left documents, so that what was a left one is taken off before what
// was got earlier as a right one.
func TestShelfLeft(t *testing.T) {
	s, _ := filledShelf(t, 3)
	var d decoder
	for _, n := range []uint64{2, 1, 0} {
		b, err := s.get(n, &d)
		if err != nil {
			t.Fatal(err)
		}
		if n == 1 {
			s.putLeft(b)
		} else {
			s.put(b)
		}
	}
	s.budget = s.used - 1
	if s.shrink(); s.books[1] != nil || len(s.books) != 2 {
		t.Errorf("%d books stay, the left one among them: %v", len(s.books), s.books[1] != nil)
	}
}

// A cleared book goes to the next document that has nearly as many words, and to none that it has
// no room for or that would leave much of it empty.
func TestShelfBlank(t *testing.T) {
	for words := range 3000 {
		s := newShelf(Options{}, nil, nil)
		b := &book{}
		b.Text.Hash = make([]uint64, words)
		s.drop(b)
		for _, c := range []struct {
			words int
			fits  bool
		}{{words, true}, {words + 1, false}, {words * 7 / 8, true}, {words / 2, words < 2}} {
			if size := sizeOf(c.words); size < 0 || size+1 >= sizes {
				t.Fatalf("size %d of %d words", size, c.words)
			}
			got := s.blank(c.words) == b
			if got != c.fits && words >= 16 {
				t.Fatalf("a book for %d words is given to %d: %v", words, c.words, got)
			}
			if got {
				s.drop(b)
			}
		}
	}
}

// visit compares documents of a shelf and checks that they are those asked for.
func visit(t *testing.T, s *shelf, rng *rand.Rand, want []reuse.Document) {
	var d decoder
	var x reuse.Aligner
	for range short.Size(300, 60) {
		a, err := s.get(rng.Uint64N(uint64(len(want))), &d)
		if err != nil {
			t.Error(err)
			return
		}
		b, err := s.get(rng.Uint64N(uint64(len(want))), &d)
		if err != nil {
			t.Error(err)
			return
		}
		for _, got := range []*book{a, b} {
			d := got.Document
			d.Derived = nil
			if !reflect.DeepEqual(d, want[got.number]) {
				t.Errorf("document %d is %+v, want %+v", got.number, d, want[got.number])
			}
		}
		var fresh reuse.Aligner
		fresh.Left(&want[a.number])
		x.Left(&a.Document)
		if got, want := x.Compare(&b.Document, nil), fresh.Compare(&want[b.number], nil); !reflect.DeepEqual(got, want) {
			t.Errorf("%d and %d: %+v, want %+v", a.number, b.number, got, want)
		}
		s.put(a)
		s.put(b)
	}
}

// filledShelf gives a shelf with room for four of so many documents, and the documents.
func filledShelf(t *testing.T, docs int) (*shelf, []reuse.Document) {
	rng := rand.New(rand.NewPCG(1, 2))
	texts, masks := spill.NewBlobs(spill.Options{}), spill.NewBlobs(spill.Options{})
	want := make([]reuse.Document, docs)
	largest := int64(0)
	for i := range want {
		d, stretches := shelved(rng, i)
		want[i] = d.Document
		if _, err := texts.Append(d.append(nil)); err != nil {
			t.Fatal(err)
		}
		if _, err := masks.Append(append(append(appendStretches(nil, stretches), byte(d.Tongue)), d.Rarity...)); err != nil {
			t.Fatal(err)
		}
		largest = max(largest, 80*int64(d.Text.Len()))
	}
	s := newShelf(Options{Memory: 1}, texts, masks)
	s.budget = 4 * largest
	return s, want
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
	var memo reuse.Memo
	d.Rarity = (&reuse.Frequencies{}).Rarities(nil, &d.Text, &memo)
	d.Tongue = memo.Tongue
	if n%4 == 0 {
		return d, nil
	}
	stretches := []boilerplate.Stretch{{From: 2, To: 5 + n%10}}
	d.Mask = mask(make([]bool, d.Text.Len()), stretches)
	return d, stretches
}
