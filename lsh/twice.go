package lsh

import (
	"math/bits"
	"slices"

	"reprint/internal/wide"
)

// Twice tells in a first pass which keys have been seen more than once. Most
// keys of a collection stand in one document alone and make no pair, so that a
// Join that is given the others only has a fraction to sort, and finds the same.
//
// It is a table of two bits for each of many slots: 0 nothing was seen here, 1
// something once, 3 something again. Keys that share a slot are taken for one,
// so that some pass that were seen once; none is lost. Keys must be hashes. It
// is not safe for concurrent Adds. The zero value is ready after Reset.
type Twice struct {
	words   []uint64 // a power of two of them
	touched uint64   // means nothing, but must be read for
}

// twiceSlots is the number of slots in a word.
const twiceSlots = 32

// NewTwice makes a table of at most the given size, at least of eight bytes. 16
// million keys in 16 MiB let one in four of those pass that were seen once.
func NewTwice(bytes int64) *Twice {
	t := &Twice{}
	t.Reset(bytes)
	return t
}

// Reset empties the table and makes it of another size, as NewTwice would, in the same
// memory if that is enough.
func (t *Twice) Reset(bytes int64) {
	n := 1 << (bits.Len64(uint64(max(bytes, 8))/8) - 1)
	if n > cap(t.words) {
		t.words = wide.Make[uint64](n)
		return
	}
	t.words = t.words[:n]
	clear(t.words)
}

// place returns the word of a key and where its slot begins there.
func (t *Twice) place(key uint64) (*uint64, uint64) {
	return &t.words[key/twiceSlots&uint64(len(t.words)-1)], 2 * (key % twiceSlots)
}

// Add takes in a key.
func (t *Twice) Add(key uint64) {
	w, at := t.place(key)
	*w |= (*w>>at&1)<<(at+1) | 1<<at
}

// AddAll takes in many keys. Where they belong is looked at before anything changes
// there, a few keys at a time, so that the processor need not wait for one place
// after the other to come from memory.
func (t *Twice) AddAll(keys []uint64) {
	for part := range slices.Chunk(keys, 256) {
		for _, key := range part {
			w, _ := t.place(key)
			t.touched |= *w
		}
		for _, key := range part {
			t.Add(key)
		}
	}
}

// Has reports whether a key was added at least twice, or one that shares its slot.
func (t *Twice) Has(key uint64) bool {
	w, at := t.place(key)
	return *w>>(at+1)&1 != 0
}

// HasAll appends for each of many keys what Has reports. None has to wait for the one
// before it to come from memory.
func (t *Twice) HasAll(dst []bool, keys []uint64) []bool {
	for _, key := range keys {
		w, at := t.place(key)
		dst = append(dst, *w>>(at+1)&1 != 0)
	}
	return dst
}
