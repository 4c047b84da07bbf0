package copies

import "math/bits"

// bitmap is a set of numbers, as of documents. It takes an eighth of a byte for each that there
// may be.
type bitmap []uint64

func newBitmap(n int64) bitmap { return make(bitmap, n/64+1) }

func (b bitmap) add(i uint64)      { b[i/64] |= 1 << (i % 64) }
func (b bitmap) has(i uint64) bool { return b[i/64]>>(i%64)&1 == 1 }

// sized returns an empty set for n numbers, in the memory of b.
func (b bitmap) sized(n int) bitmap {
	if n/64+1 > cap(b) {
		return newBitmap(int64(n))
	}
	b = b[:n/64+1]
	clear(b)
	return b
}

// addSpan adds the numbers from, from+1 ... to-1.
func (b bitmap) addSpan(from, to int) {
	for from < to {
		n := min(64-from%64, to-from)
		b[from/64] |= ^uint64(0) >> (64 - n) << (from % 64)
		from += n
	}
}

// runs appends to dst the stretches of numbers below n that are in the set.
func (b bitmap) runs(dst runs, n int) runs {
	for at := 0; at < n; {
		from := b.next(at, n, 0)
		at = b.next(from, n, ^uint64(0))
		dst = dst.add(from, at)
	}
	return dst
}

// next returns the first number from at on that is in the set, or with all bits of flip set
// is not; n if there is none below it.
func (b bitmap) next(at, n int, flip uint64) int {
	for at < n {
		if w := (b[at/64] ^ flip) >> (at % 64); w != 0 {
			return min(at+bits.TrailingZeros64(w), n)
		}
		at += 64 - at%64
	}
	return n
}
