package reuse

import (
	"math/bits"

	"reprint/shingle"
)

// Key is a run of words by which documents find each other.
type Key struct {
	Hash uint64
	Pos  int // its first token
}

// Keys appends the keys of d: of its runs of five words outside furniture
// those in which the first or the last word has the smallest hash, two of
// five on average. Which runs are chosen follows from their words alone, so
// that a run is a key in every document that holds it, and any eight words
// in a row that two documents share hold one: closed syncmers (Edgar,
// "Syncmers are more sensitive than minimizers", 2021). A document that
// repeats itself may give a key more than once, the first place first, but no
// key again that it gave lately: one word without end is one key. scratch, not nil, is
// memory that is kept from call to call; it is left with the grams of d, masked
// or not.
func (d *Document) Keys(dst []Key, scratch *[]uint64) []Key {
	g := grams((*scratch)[:0], d)
	*scratch = g
	var given lately
	var places [chosenTogether + 1]uint32
	for from := 0; from < len(g); from += chosenTogether {
		words := d.Text.Hash[from:min(from+chosenTogether+gramWords-1, d.Text.Len())]
		for _, at := range choose(places[:], words) {
			i := from + int(at)
			if d.maskedRun(i) {
				continue
			}
			if !given.again(g[i]) {
				dst = append(dst, Key{g[i], i})
			}
		}
	}
	return dst
}

// chosenTogether is how many runs Keys looks at before it goes through those that are keys:
// a processor cannot foresee which are.
const chosenTogether = 255

// KeySet finds the keys of documents without furniture, each once. Its zero value is ready
// for use; it keeps its memory and so serves one goroutine.
type KeySet struct {
	places []uint32
	grams  []uint64
	all    []uint64 // those of a document: open addressing, 0 is empty, and counts as 1
}

// Append appends the keys of d, as Keys gives them, each once. Cost: linear.
func (s *KeySet) Append(keys []uint64, d *Document) []uint64 {
	n := d.Text.Len() - gramWords + 1
	if n <= 0 {
		return keys
	}
	s.places = resize(s.places, n+1)
	chosen := choose(s.places, d.Text.Hash)
	s.grams = shingle.AppendFives(s.grams[:0], d.Text.Hash, chosen)
	size := 1 << bits.Len(uint(2*len(chosen)))
	s.all = resize(s.all, size)
	clear(s.all)
	for _, g := range s.grams {
		if enter(s.all, g) {
			keys = append(keys, g)
		}
	}
	return keys
}

// choose lists the places of the runs that are keys: those of which the first or the last word is
// the least. list has room for one more than there are runs; words are those of one run at
// least. There is no branch, as none could be foreseen.
func choose(list []uint32, words []uint64) []uint32 {
	n, first, second := 0, words[0], words[1]
	inner := min(second, words[2]) // the least of the second and the third word of a run
	for i, last := range words[gramWords-1:] {
		third, fourth := words[i+2], words[i+gramWords-2]
		list[n] = uint32(i)
		if min(first, last) <= min(inner, fourth) {
			n++
		}
		first, second, inner = second, third, min(third, fourth)
	}
	return list[:n]
}

// enter puts a hash into a table that has room for it, and reports whether it is new there.
func enter(table []uint64, h uint64) bool {
	h = max(h, 1)
	at := h & uint64(len(table)-1)
	for table[at] != 0 && table[at] != h {
		at = (at + 1) & uint64(len(table)-1)
	}
	is := table[at] == 0
	table[at] = h
	return is
}

// lately holds keys that were given, the last one of those that have a place in
// common: for who repeats a few sentences without end, all of them.
type lately [256]uint64

// again reports whether a key is among them, and has it be from now on.
func (l *lately) again(key uint64) bool {
	at := &l[key>>56]
	if *at == key && key != 0 {
		return true
	}
	*at = key
	return false
}

// minSeeds is how many keys a pair has to share to be looked at. One alone
// is a name with its title; two need some eight words in a row.
const minSeeds = 2

// Promising reports whether the keys that a pair shares can make it reuse.
// A key stands for at most some eight words of a run, so that keys whose
// rarities do not add up to one cannot reach MinEvidence.
func Promising(seeds []Seed) bool {
	n, sum := 0, 0.0
	for _, s := range seeds {
		if s.Couple {
			continue
		}
		n++
		if sum += rarity(float64(s.Docs) / storyDocs); n >= minSeeds && sum >= MinEvidence/8 {
			return true
		}
	}
	return false
}
