package shingle

import "slices"

// Set sorts h in increasing order, drops repeats and returns what is left, in
// h's memory. It allocates nothing.
func Set(h []uint64) []uint64 {
	radix(h, 56)
	return slices.Compact(h)
}

// radix sorts h by the byte at shift and those below it. Hashes are spread
// evenly, so that one pass in place leaves buckets that are next to nothing.
func radix(h []uint64, shift int) {
	if len(h) < 64 || shift < 0 {
		slices.Sort(h)
		return
	}
	var next, end [256]int
	for _, x := range h {
		end[byte(x>>shift)]++
	}
	sum := 0
	for b, n := range end {
		next[b] = sum
		sum += n
		end[b] = sum
	}
	for b := range next {
		for next[b] < end[b] {
			x := h[next[b]]
			for d := byte(x >> shift); int(d) != b; d = byte(x >> shift) {
				x, h[next[d]] = h[next[d]], x
				next[d]++
			}
			h[next[b]] = x
			next[b]++
		}
	}
	start := 0
	for _, e := range end {
		if e-start > 1 {
			radix(h[start:e], shift-8)
		}
		start = e
	}
}

// Jaccard returns the size of the intersection of two sets, as Set makes them,
// over the size of their union, from 0 to 1. Two empty sets have nothing in
// common: 0.
func Jaccard(a, b []uint64) float64 {
	both := Shared(a, b)
	if both == 0 {
		return 0
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// Containment returns the share of a, a set as Set makes it, that is also in b,
// from 0 to 1. An empty a is held by nothing: 0.
func Containment(a, b []uint64) float64 {
	if len(a) == 0 {
		return 0
	}
	return float64(Shared(a, b)) / float64(len(a))
}

// uneven is how many times as long as the other a list is in which elements are searched for.
const uneven = 32

// Shared counts the elements that two lists in increasing order have in
// common, repeated ones as often as they stand in both. Cost: linear in both, or, where one is
// much longer, in the shorter one and the logarithm of the other.
func Shared(a, b []uint64) int {
	if len(a) > len(b) {
		a, b = b, a
	}
	n := 0
	if len(b) > uneven*len(a) {
		for _, x := range a {
			i, found := slices.BinarySearch(b, x)
			if b = b[i:]; found {
				n++
				b = b[1:]
			}
		}
		return n
	}
	for len(a) > 0 && len(b) > 0 {
		x, y := a[0], b[0]
		if x <= y {
			a = a[1:]
		}
		if y <= x {
			b = b[1:]
		}
		if x == y {
			n++
		}
	}
	return n
}
