package reuse

import (
	"math/bits"

	"reprint/shingle"
)

const (
	// gramWords is the length of a seed. Four find more accidents, six lose
	// rewritten copy; five was best on a judged week of press.
	gramWords = 5

	// maxRepeats bounds how often a gram may stand in the left document and
	// still be tried in all its places: text that repeats itself says little
	// of where it was taken from, and would cost the square of its length.
	maxRepeats = 8
)

// index finds the places of a gram in one document. It is a hash table of
// chains over the document's grams; its memory is reused.
type index struct {
	gram []uint64 // by position
	next []int32  // next place of the same gram, -1: there is none, hidden
	slot []int32  // first place and 1, or 0; a power of two of them
	many []bool   // by first place: the gram has more than maxRepeats places
	may  []uint64 // bits by a gram's highest ones: it may be here; nearly all that are not are told by them
	n    int      // different grams
}

// hidden stands for the next place of a gram all of whose places touch
// furniture: it is known, but leads nowhere.
const hidden = -2

// build indexes the grams of d. Those that touch no furniture lead to all
// such places.
func (x *index) build(d *Document, gram []uint64) {
	x.gram, x.n = gram, 0
	n := len(x.gram)
	size := 1 << bits.Len(uint(2*n))
	x.slot = resize(x.slot, size)
	clear(x.slot)
	x.next = resize(x.next, n)
	x.many = resize(x.many, n)
	clear(x.many)
	x.may = resize(x.may, max(1, size/8)) // 16 to 32 bits a gram
	clear(x.may)
	// Backwards, so that chains run from the first place to the last.
	free := freeRun(d, n)
	for i := n - 1; i >= 0; i-- {
		if free = step(d, i, free); free >= gramWords {
			x.put(i)
		}
	}
	if d.Mask == nil {
		return
	}
	free = freeRun(d, n)
	for i := n - 1; i >= 0; i-- {
		if free = step(d, i, free); free < gramWords {
			x.hide(i)
		}
	}
}

// put adds place i, which stands before all places put so far.
func (x *index) put(i int) {
	s := x.find(x.gram[i])
	first := x.slot[s] - 1
	x.next[i] = first
	x.slot[s] = int32(i) + 1
	if first < 0 {
		x.note(x.gram[i])
	} else if x.many[first] || x.repeats(first) >= maxRepeats {
		x.many[i] = true
	}
}

// hide notes that the gram at i is there.
func (x *index) hide(i int) {
	if s := x.find(x.gram[i]); x.slot[s] == 0 {
		x.slot[s], x.next[i] = int32(i)+1, hidden
		x.note(x.gram[i])
	}
}

// note counts a gram that is new.
func (x *index) note(g uint64) {
	x.n++
	x.may[g>>32&uint64(len(x.may)-1)] |= 1 << (g >> 58)
}

// metGram is a gram that is in two documents: a place of it in one of them, and
// the first one in that of the index.
type metGram struct{ at, first int32 }

// meetings lists those of another document's grams that are in the index, in
// order, in the memory of dst. The bits are looked at first, without a branch,
// for most grams are in one document only.
func (x *index) meetings(dst []metGram, grams []uint64) []metGram {
	dst = resize(dst, len(grams))
	may, mask, n := x.may, uint64(len(x.may)-1), 0
	for j, g := range grams {
		dst[n].at = int32(j)
		n += int(may[g>>32&mask] >> (g >> 58) & 1)
	}
	out := dst[:0]
	for _, m := range dst[:n] {
		if m.first = x.slot[x.find(grams[m.at])] - 1; m.first >= 0 {
			out = append(out, m)
		}
	}
	return out
}

// repeats counts the places from first on, up to maxRepeats.
func (x *index) repeats(first int32) int {
	n := 0
	for i := first; i >= 0 && n < maxRepeats; i = x.next[i] {
		n++
	}
	return n
}

// find returns the slot of gram g: where it stands or where it would.
func (x *index) find(g uint64) int {
	mask := len(x.slot) - 1
	s := int(g) & mask
	for x.slot[s] > 0 && x.gram[x.slot[s]-1] != g {
		s = (s + 1) & mask
	}
	return s
}

// first returns the first place of a gram that is in the index, from which next
// leads to all the others.
func (x *index) first(g uint64) int32 { return x.slot[x.find(g)] - 1 }

// grams appends the hash of the gram at every position of d.
func grams(dst []uint64, d *Document) []uint64 {
	if d.Text.Len() < gramWords {
		return dst
	}
	return shingle.Append(dst, d.Text.Hash, gramWords)
}

// freeRun counts the unmasked tokens from i on, at most gramWords of them.
func freeRun(d *Document, i int) int {
	n := 0
	for i = max(i, 0); i < d.Text.Len() && n < gramWords && !d.masked(i); i++ {
		n++
	}
	return n
}

// step moves a freeRun count one token to the left, to token i.
func step(d *Document, i, free int) int {
	if d.masked(i) {
		return 0
	}
	return free + 1
}

// resize returns s with n elements, of which the old ones are kept only by
// chance.
func resize[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/8)
	}
	return s[:n]
}

// zeros returns s with n elements, given that all of its capacity is zero.
func zeros[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	return s[:n]
}
