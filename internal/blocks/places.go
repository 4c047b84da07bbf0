package blocks

import "reprint/shingle"

// Place says where a block stands: with (nearly) all of its page's running text below
// it or above it. Where a page has none, both are so.
type Place uint8

// The places of a block; 0 is among the running text, or nobody knows where.
const (
	Head Place = 1 << iota
	Tail
)

// nearly all of the running text is all but so many percent.
const nearly = 15

// Places appends the place of every block of a text. Its running text are its blocks
// of as many words as prose has.
func Places(dst []Place, t *shingle.Text) []Place {
	all, above := 0, 0
	for _, u := range t.Paragraphs {
		all += running(u)
	}
	for _, u := range t.Paragraphs {
		at, n := Place(0), running(u)
		if 100*above <= nearly*all {
			at |= Head
		}
		if above += n; 100*(all-above+n) <= nearly*all {
			at |= Tail
		}
		dst = append(dst, at)
	}
	return dst
}

// running returns how many words of running text a block has.
func running(u shingle.Unit) int {
	if n := u.To - u.From; n >= proseWords {
		return n
	}
	return 0
}

// PlaceOf returns the place of a block that stands at so many heads and tails of pages:
// that of nine in ten.
func PlaceOf(pages, heads, tails int) Place {
	head, tail := 10*heads >= 9*pages, 10*tails >= 9*pages
	switch {
	case head == tail:
		return 0
	case head:
		return Head
	}
	return Tail
}

// outsideOdds is what it adds to the log odds of a block that it stands outside of what
// other pages have around their running text.
const outsideOdds = 1.5

// outside finds the blocks above the last one that stands at the head of the source's
// pages, and those below the first one that stands at the tail: none where these
// cross. A block that the page has twice may be either of the two. The title stands
// above all, and prose may be the article's lead above a box, or its end below one.
func (p *Page) outside() {
	head, tail, title := -1, len(p.blocks), -1
	for i := range p.blocks {
		b := &p.blocks[i]
		switch {
		case title < 0 && b.words >= leastTitle:
			title = i
		case p.same[b.hash] > 1:
		case b.place == Head:
			head = i
		case b.place == Tail:
			tail = min(tail, i)
		}
	}
	for i := range p.blocks {
		b := &p.blocks[i]
		b.outside = i != title && !b.prose && (i <= head && i < tail || i >= tail && i > head)
	}
}
