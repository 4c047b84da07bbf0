package copies

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

// widen adds the n-1 numbers behind each one in the set, as far as there is room.
func (b bitmap) widen(n int) {
	for done := 1; done < n; {
		step := min(done, n-done)
		words, shift := step/64, step%64
		for i := len(b) - 1; i >= words; i-- {
			v := b[i-words] << shift
			if i > words {
				v |= b[i-words-1] >> 1 >> (63 - shift)
			}
			b[i] |= v
		}
		done += step
	}
}
