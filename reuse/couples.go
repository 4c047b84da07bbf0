package reuse

import "reprint/shingle"

const (
	// coupleRarity is that of the words of a couple, one word in four, and
	// coupleWithin how far they stand apart at most.
	coupleRarity = 2.5
	coupleWithin = 25
)

// Couples appends keys of d that survive where runs of words do not: two rare
// words outside furniture between which stands no other as rare. Where every
// third word of a text is dropped, replaced or swapped, or misread, about half
// of its couples are left, but hardly any run of five words. Their order is
// left out, and what stands between them; so one couple says little, and
// Lined asks for several. d.Rarity must be set. As with Keys, none is given again
// that was given lately. Cost: linear.
func (d *Document) Couples(dst []Key) []Key {
	last := -1
	var given lately
	for i, r := range d.Rarity {
		if r < coupleRarity*rarityUnit || d.masked(i) {
			continue
		}
		if last >= 0 && i-last <= coupleWithin && d.Text.Stem[last] != d.Text.Stem[i] {
			if hash := couple(d.Text.Stem[last], d.Text.Stem[i]); !given.again(hash) {
				dst = append(dst, Key{hash, last})
			}
		}
		last = i
	}
	return dst
}

// couple is the hash of two stems in either order.
func couple(a, b uint32) uint64 {
	return shingle.Second(uint64(min(a, b))<<32 | uint64(max(a, b)))
}

// Couple is a couple that two documents share.
type Couple struct {
	A, B int // its first token in either
	Docs int // documents that hold it
}

const (
	// linedWords is how far couples of one stretch follow each other at most,
	// and linedDrift how much farther on one side than on the other.
	linedWords = 40
	linedDrift = 15

	// linedFrom is what the rarities of couples in one stretch add up to at
	// least: two that no third document holds make two.
	linedFrom = 1.5
)

// Lined reports whether some of the couples, given in the order of A, stand
// in the same order in both documents and close together, as those of a
// stretch of text do, and are rare enough for it to be worth comparing.
// Cost: linear but for the couples within linedWords of each other.
func Lined(couples []Couple) bool {
	for i, c := range couples {
		sum, last := rarity(float64(c.Docs)), c
		for _, d := range couples[i+1:] {
			step := d.A - last.A
			if step > linedWords || sum >= linedFrom {
				break
			}
			if drift := step - (d.B - last.B); drift >= -linedDrift && drift <= linedDrift {
				sum += rarity(float64(d.Docs))
				last = d
			}
		}
		if sum >= linedFrom {
			return true
		}
	}
	return false
}
