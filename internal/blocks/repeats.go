package blocks

import "reprint/shingle"

// Source says how many pages of a text's source hold a block. Pages are those
// that are no copies of each other.
type Source struct {
	Pages int                      // of the source; of less than two nothing is known
	Hold  func(block uint64) int   // how many of them hold a block, 0 for less than two
	Place func(block uint64) Place // where they hold it; nil where that is not known
}

// maskedNumber stands for every word with a digit in a short block: dates and counts differ from
// page to page.
const maskedNumber = 0x3c6ef372fe94f82b

// Hash returns the hash of a block, words [from, to) of t, by which a Source
// knows it. All numbers in it are one, but for those of prose: the sentences of a
// form, filled in anew from day to day, are what an article says.
func Hash(t *shingle.Text, from, to int) uint64 {
	h, short := uint64(to-from), to-from < proseWords
	for i := from; i < to; i++ {
		w := t.Hash[i]
		if short && t.Flag[i]&shingle.Number != 0 {
			w = maskedNumber
		}
		h = h*0x9e3779b97f4a7c15 ^ w
	}
	return shingle.Second(h)
}

// Hashes appends the hash of every block of a text, by which a Source knows it,
// and the hash of its longest block, which copies of an article have in common,
// most likely, and different articles have not.
func Hashes(dst []uint64, t *shingle.Text) (hashes []uint64, longest uint64) {
	words := 0
	for _, u := range t.Paragraphs {
		h := Hash(t, u.From, u.To)
		dst = append(dst, h)
		if n := u.To - u.From; n > words || n == words && h < longest {
			words, longest = n, h
		}
	}
	return dst, longest
}

// Repeated sets what the source of the text that was read says of its blocks.
func (p *Page) Repeated(s Source) {
	p.pages = s.Pages
	if s.Pages < 2 {
		p.pages = 0
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		b.on, b.place = -1, 0
		if s.Pages >= 2 {
			b.on = share(max(s.Hold(b.like)-1, 0), s.Pages-1)
		}
		if b.on > 0 && s.Place != nil {
			b.place = s.Place(b.like)
		}
	}
}
