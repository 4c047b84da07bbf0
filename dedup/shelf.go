package dedup

import (
	"math/bits"

	"reprint/boilerplate"
	"reprint/internal/spill"
	"reprint/reuse"
)

const (
	// shelfMost bounds the memory of one worker's shelf: more of it holds
	// little that is asked for again.
	shelfMost = 64 << 20

	// shelfLeast is what a shelf has at least, a hundred articles.
	shelfLeast = 1 << 20

	// spareMost is how many cleared books of about one size wait for the next
	// document of that size.
	spareMost = 4

	// bookBytes is how much memory a book holds at least for a byte of the
	// store's, and about half of what it holds at most.
	bookBytes = 2
)

// shelf keeps the documents that one worker used last, decoded and with what
// comparisons found out about them. A long document is a candidate with many
// short ones, and nearly all work would be to decode it again for each.
type shelf struct {
	texts, masks *spill.Blobs
	budget       int64
	used         int64
	books        map[uint64]*book
	last         book                       // its after is the book used last, its before the one used longest ago
	spare        [bits.UintSize + 1][]*book // by the bits of their size
	buf          []byte
	stretches    []boilerplate.Stretch
}

// book is a document on a shelf.
type book struct {
	stored
	number        uint64
	flags         []bool
	derived       reuse.Derived
	bytes         int64
	before, after *book
}

// newShelf makes a shelf with an equal part of what all workers have.
func newShelf(o Options, texts, masks *spill.Blobs) *shelf {
	s := &shelf{texts: texts, masks: masks, books: map[uint64]*book{}}
	s.budget = max(shelfLeast, min(shelfMost, o.Memory/16/int64(o.Threads)))
	s.last.before, s.last.after = &s.last, &s.last
	return s
}

// get returns a document, valid until two others were got.
func (s *shelf) get(number uint64) (*book, error) {
	b := s.books[number]
	if b != nil {
		b.remove()
		s.weigh(b)
	} else {
		var err error
		if b, err = s.load(number); err != nil {
			return nil, err
		}
	}
	b.insert(&s.last)
	return b, nil
}

// weigh notes how much memory b has come to hold.
func (s *shelf) weigh(b *book) {
	s.used -= b.bytes
	b.bytes = b.size()
	s.used += b.bytes
}

// load decodes a document with its furniture masked. The two that were used last
// stay on the shelf whatever their size.
func (s *shelf) load(number uint64) (*book, error) {
	for s.used > s.budget && len(s.books) > 2 {
		s.drop(s.last.before)
	}
	var err error
	if s.buf, err = s.texts.Get(int64(number), s.buf); err != nil {
		return nil, err
	}
	b := s.blank(bookBytes * len(s.buf))
	if err = s.read(b, number); err != nil {
		return nil, err
	}
	b.number, b.bytes = number, 0
	b.Derived = &b.derived
	b.derived.Clear()
	s.weigh(b)
	s.books[number] = b
	return b, nil
}

// drop takes b off the shelf.
func (s *shelf) drop(b *book) {
	b.remove()
	delete(s.books, b.number)
	s.weigh(b)
	s.used -= b.bytes
	if list := &s.spare[bits.Len(uint(b.bytes))]; len(*list) < spareMost {
		*list = append(*list, b)
	}
}

// blank returns a book for a document that needs at least so many bytes, one that
// was cleared and has them if there is one.
func (s *shelf) blank(size int) *book {
	for n := bits.Len(uint(size)) + 1; n <= bits.Len(uint(size))+2; n++ {
		if list := s.spare[n]; len(list) > 0 {
			s.spare[n] = list[:len(list)-1]
			return list[len(list)-1]
		}
	}
	return &book{}
}

// read decodes the document in s.buf into b.
func (s *shelf) read(b *book, number uint64) (err error) {
	if err = b.readText(s.buf); err != nil {
		return err
	}
	if s.buf, err = s.masks.Get(int64(number), s.buf); err != nil {
		return err
	}
	n := b.Text.Len()
	if len(s.buf) < n {
		return errShort
	}
	b.Rarity = append(b.Rarity[:0], s.buf[len(s.buf)-n:]...)
	if s.stretches, err = readStretches(s.buf, s.stretches); err != nil {
		return err
	}
	b.flags = sized(b.flags, n)
	clear(b.flags)
	b.Mask = mask(b.flags, s.stretches)
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

// remove takes b out of its list.
func (b *book) remove() { b.before.after, b.after.before = b.after, b.before }
