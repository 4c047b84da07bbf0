package copies

// Where many documents bear the same license, most comparisons are between texts that
// have nothing in common beside it. That neither holds the other is told from them in a
// tenth of the time that measuring takes: a bigram of units that stands in a shingle of
// both texts stands in both, so that a stretch with many bigrams that the other text does
// not have at all lacks more units than maxLack.

// apart looks for such stretches. It holds scratch memory.
type apart struct {
	bits []uint64 // a set of bigrams, by one bit each of their hashes
}

// mostMissing is how many of the bigrams in lackSpan units may stand in no shingle of both
// texts if at most maxLack units do. The units that do make up runs of shingles that
// overlap, of which two are cut at the ends of the stretch, and the others have at least
// length units: a bigram in no shingle lies between two runs, a run and a unit, or two
// units.
func mostMissing(length int) int { return maxLack + (lackSpan-maxLack-2)/length + 1 }

// tells reports that neither text holds the other, as Method.holds would see it where
// maxLack counts. If it does not, they may yet not.
func (x *apart) tells(a, b []uint64, length int) bool {
	if min(len(a), len(b)) < lackSpan {
		return false
	}
	most := mostMissing(length)
	return x.fill(a).misses(b, most) && x.fill(b).misses(a, most)
}

// fill makes the set that of a text's bigrams.
func (x *apart) fill(units []uint64) *apart {
	words := 1
	for 8*len(units) > 64*words {
		words *= 2
	}
	if words > cap(x.bits) {
		x.bits = make([]uint64, words)
	}
	x.bits = x.bits[:words]
	clear(x.bits)
	for i := range len(units) - 1 {
		h := bigram(units[i], units[i+1])
		x.bits[h/64&uint64(words-1)] |= 1 << (h % 64)
	}
	return x
}

// misses reports whether more bigrams in some lackSpan units of a text are missing in the
// set than may be.
func (x *apart) misses(units []uint64, most int) bool {
	var at [lackSpan]int // of the last bigrams that were missing, by their number
	n, last := 0, uint64(len(x.bits)-1)
	for i := range len(units) - 1 {
		h := bigram(units[i], units[i+1])
		if x.bits[h/64&last]>>(h%64)&1 == 1 {
			continue
		}
		if n >= most && i-at[(n-most)%lackSpan] < lackSpan-1 {
			return true
		}
		at[n%lackSpan] = i
		n++
	}
	return false
}

// bigram is a hash of two units, of which the lower 32 bits are random.
func bigram(a, b uint64) uint64 { return a*5 + b }
