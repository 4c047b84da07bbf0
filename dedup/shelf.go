package dedup

import (
	"math/bits"
	"sync"

	"reprint/boilerplate"
	"reprint/internal/spill"
	"reprint/reuse"
)

const (
	// shelfMost bounds the memory of the shelf: more of it holds little that is
	// asked for again.
	shelfMost = 128 << 20

	// shelfLeast is what the shelf has at least: with less, nearly every pair would
	// have a document decoded and looked through anew.
	shelfLeast = 16 << 20

	// spareMost is how many cleared books of about one size wait for the next
	// document of that size.
	spareMost = 4
)

// shelf keeps the documents that were used last, decoded and with what
// comparisons found out about them, for all workers. A long document is a
// candidate with many short ones, and nearly all work would be to decode it again
// for each.
type shelf struct {
	texts, masks *spill.Blobs
	budget       int64

	mu    sync.Mutex // holds what follows, and the places and users of the books
	used  int64
	books map[uint64]*book
	last  book           // its after is the book got last, its before the one got longest ago
	spare [sizes][]*book // by how many words they have room for
}

// book is a document on a shelf.
type book struct {
	stored
	number        uint64
	flags         []bool
	derived       reuse.Derived
	bytes         int64 // when it was put back last
	users         int
	before, after *book

	decoding sync.Mutex // held until it is decoded
	err      error
}

// decoder is the memory in which one worker decodes documents.
type decoder struct {
	buf       []byte
	stretches []boilerplate.Stretch
}

func newShelf(o Options, texts, masks *spill.Blobs) *shelf {
	s := &shelf{texts: texts, masks: masks, books: map[uint64]*book{}}
	s.budget = max(shelfLeast, min(shelfMost, o.Memory/16))
	s.last.before, s.last.after = &s.last, &s.last
	return s
}

// get returns a document, valid until it is put back.
func (s *shelf) get(number uint64, d *decoder) (*book, error) {
	s.mu.Lock()
	b := s.use(number)
	s.mu.Unlock()
	if b == nil {
		record, err := s.texts.View(int64(number), &d.buf)
		if err != nil {
			return nil, err
		}
		words, err := wordsIn(record)
		if err != nil {
			return nil, err
		}
		var blank bool
		if b, blank = s.add(number, words); blank {
			defer b.decoding.Unlock()
			b.err = s.read(b, record, d)
			return b, b.err
		}
	}
	b.decoding.Lock()
	defer b.decoding.Unlock()
	return b, b.err
}

// use returns the book of a document, in use from now on and perhaps still being
// decoded; nil if there is none.
func (s *shelf) use(number uint64) *book {
	b := s.books[number]
	if b != nil {
		b.remove()
		b.insert(&s.last)
		b.users++
	}
	return b
}

// add is use where there was no book: it gives a blank one, for a document that
// has so many words, and has it locked for decoding, unless somebody else has
// got one meanwhile.
func (s *shelf) add(number uint64, words int) (b *book, blank bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if b := s.use(number); b != nil {
		return b, false
	}
	s.shrink()
	b = s.blank(words)
	b.number = number
	s.books[number] = b
	b.decoding.Lock()
	return s.use(number), true
}

// put ends the use of a book that get returned.
func (s *shelf) put(b *book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.leave(b)
}

// putLeft is put for the left document of a pair. Pairs come by it, and it is in none after
// its own, so that it is the first to be taken off the shelf, unless the next pair asks for it.
func (s *shelf) putLeft(b *book) {
	s.mu.Lock()
	defer s.mu.Unlock()
	b.remove()
	b.insert(s.last.before)
	s.leave(b)
}

// leave ends one use of a book. Its memory is weighed when nobody uses it.
func (s *shelf) leave(b *book) {
	if b.users--; b.users == 0 {
		s.used -= b.bytes
		b.bytes = b.size()
		s.used += b.bytes
	}
}

// shrink takes off the shelf what was got longest ago, until it keeps to its
// budget. Books in use stay, whatever their size.
func (s *shelf) shrink() {
	for b := s.last.before; s.used > s.budget && b != &s.last; {
		next := b.before
		if b.users == 0 {
			s.drop(b)
		}
		b = next
	}
}

// drop takes b off the shelf.
func (s *shelf) drop(b *book) {
	b.remove()
	b.before, b.after = nil, nil
	delete(s.books, b.number)
	s.used -= b.bytes
	if list := &s.spare[sizeOf(cap(b.Text.Hash))]; len(*list) < spareMost {
		*list = append(*list, b)
	}
	b.bytes = 0
}

// blank returns a book for a document of so many words: one that was cleared and has room for
// them, but little more, if there is one.
func (s *shelf) blank(words int) *book {
	for size := sizeOf(words); size <= sizeOf(words)+1; size++ {
		list := &s.spare[size]
		if n := len(*list); n > 0 && cap((*list)[n-1].Text.Hash) >= words {
			b := (*list)[n-1]
			*list = (*list)[:n-1]
			return b
		}
	}
	return &book{}
}

// sizes is how many sizes of books are told apart: four for each power of two.
const sizes = 4 * (bits.UintSize + 1)

// sizeOf is the number of the size of a book that has room for so many words.
func sizeOf(words int) int {
	n := bits.Len(uint(words))
	return 4*n + int(uint(words)<<2>>max(n-1, 0)&3)
}

// read decodes the document of a record into b, with its furniture masked.
func (s *shelf) read(b *book, record []byte, d *decoder) (err error) {
	b.derived.Clear()
	b.Derived = &b.derived
	if err = b.readText(record); err != nil {
		return err
	}
	furniture, err := s.masks.View(int64(b.number), &d.buf)
	if err != nil {
		return err
	}
	n := b.Text.Len()
	if len(furniture) <= n {
		return errShort
	}
	b.Tongue = reuse.Tongue(furniture[len(furniture)-n-1])
	b.Rarity = append(b.Rarity[:0], furniture[len(furniture)-n:]...)
	if d.stretches, err = readStretches(furniture, d.stretches); err != nil {
		return err
	}
	b.flags = sized(b.flags, n)
	clear(b.flags)
	b.Mask = mask(b.flags, d.stretches)
	return nil
}

// size is how much memory b holds.
func (b *book) size() int64 {
	t := &b.Text
	return 512 + 8*int64(cap(t.Hash)) + 4*int64(cap(t.Stem)+cap(t.Start)+cap(t.End)) +
		int64(cap(t.Flag)+cap(b.Rarity)+cap(b.flags)) + 32*int64(cap(t.Sentences)+cap(t.Paragraphs)) + b.derived.Bytes()
}

// insert puts b behind p.
func (b *book) insert(p *book) {
	b.before, b.after = p, p.after
	p.after.before, p.after = b, b
}

// remove takes b out of its list, if it is in one.
func (b *book) remove() {
	if b.before != nil {
		b.before.after, b.after.before = b.after, b.before
	}
}
