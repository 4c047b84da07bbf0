package shingle

import (
	"slices"

	"reprint/internal/lanes"
)

// A shingle's hashes are made of the hashes of its words w[0] ... w[n-1]:
//
//	p  = w[0]*M^(n-1) + w[1]*M^(n-2) + ... + w[n-1]   mod 2^64,  M = multiplier
//	h1 = fmix64(p)           the last step of murmur3
//	h2 = mix13(h1 + M)       the last step of splitmix64
//
// p is rolled: one multiplication takes the oldest word out, one makes room for
// the next. M is odd, so that no word is ever multiplied away, and 5 modulo 8,
// so that two words that change places cost no more than two or three of the 64
// bits. p alone would leave sums of shingles related; h1 is p mixed, one to one.
// h2 is a function of h1, so that one number stands for a shingle everywhere.
//
// Signatures made of h1 and h2 are stored. None of this may change, and tests
// pin it.
const multiplier = 0x9e3779b97f4a7c15

// Append appends to dst the hash h1 of each run of k words, in order, and
// returns the longer slice: len(words)-k+1 hashes, or one hash over all words
// if there are fewer than k, or none if there are none. It costs two
// multiplications a word, whatever k is. A k below 1 counts as 1.
func Append(dst, words []uint64, k int) []uint64 {
	if len(words) == 0 {
		return dst
	}
	k = min(max(k, 1), len(words))
	n := len(dst)
	dst = slices.Grow(dst, len(words)-k+1)[:n+len(words)-k+1]
	var p uint64
	top := uint64(1) // multiplier^k
	for _, w := range words[:k] {
		p = p*multiplier + w
		top *= multiplier
	}
	dst[n] = lanes.Mix(p)
	roll(dst[n+1:], words[:len(words)-k], words[k:], p, top)
	return dst
}

// roll writes the hashes of the runs that follow on p: from each to the next a word
// leaves and one comes. As a function of its own it has registers enough.
//
//go:noinline
func roll(dst, leave, come []uint64, p, top uint64) {
	come, dst = come[:len(leave)], dst[:len(leave)]
	for i, w := range leave {
		p = p*multiplier + come[i] - top*w
		dst[i] = lanes.Mix(p)
	}
}

// AppendFives appends to dst the hash h1 of each run of five words that begins at one of some
// places, and returns the longer slice. It costs a multiplication for each word of a run.
func AppendFives(dst, words []uint64, places []uint32) []uint64 {
	n := len(dst)
	dst = slices.Grow(dst, len(places))[:n+len(places)]
	for i, at := range places {
		w := (*[5]uint64)(words[at:])
		dst[n+i] = lanes.Mix((((w[0]*multiplier+w[1])*multiplier+w[2])*multiplier+w[3])*multiplier + w[4])
	}
	return dst
}

// A Roll hashes the shingles of a row of words one at a time, as Append hashes all of them.
type Roll struct {
	words []uint64
	k     int
	top   uint64 // multiplier^k
	p     uint64 // of the shingle before place next
	next  int
}

// NewRoll returns the shingles of k words of a row, which must not change as long as they are
// asked for.
func NewRoll(words []uint64, k int) Roll {
	r := Roll{words: words, k: min(max(k, 1), len(words)), top: 1, next: -1}
	for range r.k {
		r.top *= multiplier
	}
	return r
}

// Len is the number of shingles.
func (r *Roll) Len() int { return min(len(r.words), len(r.words)-r.k+1) }

// At returns the hash of shingle i. It costs two multiplications for the one behind the last one
// that was asked for, and one for each word for any other.
func (r *Roll) At(i int) uint64 {
	if i == r.next {
		r.p = r.p*multiplier + r.words[i+r.k-1] - r.top*r.words[i-1]
	} else {
		r.p = 0
		for _, w := range r.words[i : i+r.k] {
			r.p = r.p*multiplier + w
		}
	}
	r.next = i + 1
	return lanes.Mix(r.p)
}

// Second returns the second hash h2 of the shingle whose first hash is h1.
func Second(h1 uint64) uint64 {
	z := h1 + multiplier
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// First returns the first hash of the shingle whose second one is h2.
func First(h2 uint64) uint64 {
	z := h2 ^ h2>>31 ^ h2>>62
	z *= 0x319642b2d24d8ec3
	z = z ^ z>>27 ^ z>>54
	z *= 0x96de1b173f119089
	return (z ^ z>>30 ^ z>>60) - multiplier
}
