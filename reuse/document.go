package reuse

import "reprint/shingle"

// Document is one side of a comparison.
type Document struct {
	Text shingle.Text
	Mask []bool // for each token of Text whether it is furniture; nil means that there is none
	Site uint64 // two documents of one Site are of one source; 0 is no source
	Day  int    // of publication, 0 where it is not known

	// Rarity says of each token how rare its stem is, as Rarities gives it;
	// nil: only the shipped frequencies are known.
	Rarity []uint8

	// Grams is how many different runs of five words the text holds, as
	// CountGrams counts them; 0 has Compare count them itself.
	Grams int

	// Tongue is the language of the text, as a Memo tells it; 0 has Compare hear it
	// itself.
	Tongue Tongue

	// Derived keeps what is found out about the document from one comparison
	// to the next; nil: it is found out anew each time.
	Derived *Derived
}

// Own counts the words outside furniture.
func (d *Document) Own() int { return d.own(0, d.Text.Len()) }

// own counts those of [from, to).
func (d *Document) own(from, to int) int { return to - from - d.furniture(from, to) }

// masked reports whether token i is furniture.
func (d *Document) masked(i int) bool { return d.Mask != nil && d.Mask[i] }

// Seed is what the collection knows of the gramWords words that begin at
// token Pos of the left document, or of the couple of rare words there.
type Seed struct {
	Pos    int
	Docs   int  // documents that hold them
	Couple bool // it is a couple
}

// rarities returns d.Rarity, or what the shipped frequencies say, in the given
// memory.
func (d *Document) rarities(own *[]uint8) []uint8 {
	if d.Rarity == nil {
		*own = (&Frequencies{}).Rarities((*own)[:0], &d.Text, nil)
		return *own
	}
	return d.Rarity
}
