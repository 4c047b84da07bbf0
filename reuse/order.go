package reuse

import "math/bits"

// longSentence bounds the work: of longer sentences the beginnings are compared.
const longSentence = 120

// thirdInRow appends the places of words that end three or more in a row which p and q have
// in common, neither of which is longer than longSentence. Bits say at which words of q one,
// two words end as in p; most words of p are not in q, and a filter knows most of those.
// Cost: linear but for the words in common.
func thirdInRow(dst []wordPair, p, q []uint32) []wordPair {
	var may [4]uint64 // bits by a stem's place: it may be in q
	for _, t := range q {
		may[t>>6&3] |= 1 << (t & 63)
	}
	var one, two, at [2]uint64
	for i, s := range p {
		if may[s>>6&3]>>(s&63)&1 == 0 {
			one, two = [2]uint64{}, [2]uint64{}
			continue
		}
		at = [2]uint64{}
		for j, t := range q {
			if s == t {
				at[j>>6&1] |= 1 << (j & 63)
			}
		}
		three := [2]uint64{two[0] << 1 & at[0], (two[1]<<1 | two[0]>>63) & at[1]}
		for k, ends := range three {
			for ; ends != 0; ends &= ends - 1 {
				dst = append(dst, wordPair{int32(i), int32(64*k + bits.TrailingZeros64(ends))})
			}
		}
		two = [2]uint64{one[0] << 1 & at[0], (one[1]<<1 | one[0]>>63) & at[1]}
		one = at
	}
	return dst
}

// pairs counts the pairs of neighbours of p that are neighbours in q, each once.
func pairs(p, q []uint32) int {
	var may [4]uint64 // bits by a pair's place: it may be in q
	for i := range len(q) - 1 {
		at := place(q[i], q[i+1])
		may[at>>6&3] |= 1 << (at & 63)
	}
	n := 0
	for i := range len(p) - 1 {
		if at := place(p[i], p[i+1]); may[at>>6&3]>>(at&63)&1 != 0 && neighbours(q, p[i], p[i+1]) {
			n++
		}
	}
	return n
}

// place is a number of eight bits for a pair of stems.
func place(s, t uint32) uint32 { return (s + t*0x9e3779b1) >> 24 }

// neighbours reports whether t follows s somewhere in list.
func neighbours(list []uint32, s, t uint32) bool {
	for i := range len(list) - 1 {
		if list[i] == s && list[i+1] == t {
			return true
		}
	}
	return false
}

// inOrder is the length of the longest common subsequence of p and q. A bit for each word
// of p is 0 where the sequence grows, and all are brought up to date at once by each word
// of q (Hyyrö, "Bit-parallel LCS-length computation revisited", 2004); words that p lacks
// change nothing, and a filter knows most of them. Cost: linear but for the words in common.
func (x *Aligner) inOrder(p, q []uint32) int {
	if len(p) <= 64 {
		return inOrderShort(p, q)
	}
	n := (len(p) + 63) / 64
	x.row = resize(x.row, 2*n)
	grown, at := x.row[:n], x.row[n:2*n]
	var may [4]uint64 // bits by a stem's place: it may be in p
	for i := range grown {
		grown[i] = ^uint64(0)
	}
	for _, s := range p {
		may[s>>6&3] |= 1 << (s & 63)
	}
	for _, t := range q {
		if may[t>>6&3]>>(t&63)&1 == 0 {
			continue
		}
		clear(at)
		for i, s := range p {
			if s == t {
				at[i/64] |= 1 << (i % 64)
			}
		}
		carry := uint64(0)
		for i, m := range at {
			var sum uint64
			sum, carry = bits.Add64(grown[i], grown[i]&m, carry)
			grown[i] = sum | grown[i]&^m
		}
	}
	most := 0
	for i, g := range grown {
		most += bits.OnesCount64(^g << (64 - min(64, len(p)-64*i)))
	}
	return most
}

// inOrderShort is inOrder for a p of at most 64 words.
func inOrderShort(p, q []uint32) int {
	var may [4]uint64
	for _, s := range p {
		may[s>>6&3] |= 1 << (s & 63)
	}
	grown := ^uint64(0)
	for _, t := range q {
		if may[t>>6&3]>>(t&63)&1 == 0 {
			continue
		}
		at := uint64(0)
		for i, s := range p {
			if s == t {
				at |= 1 << (i & 63)
			}
		}
		grown = (grown + grown&at) | grown&^at
	}
	return bits.OnesCount64(^grown << (64 - len(p)))
}
