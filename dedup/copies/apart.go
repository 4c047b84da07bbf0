package copies

// Where many documents bear the same license, most comparisons are between texts that
// have nothing in common beside it. That neither holds the other is told from them in a
// tenth of the time that measuring takes: a bigram of units that stands in a shingle of
// both texts stands in both, so that a stretch with many bigrams that the other text does
// not have at all lacks more units than maxLack.

// mostMissing is how many of the bigrams in lackSpan units may stand in no shingle of both
// texts if at most maxLack units do. The units that do make up runs of shingles that
// overlap, of which two are cut at the ends of the stretch, and the others have at least
// length units: a bigram in no shingle lies between two runs, a run and a unit, or two
// units.
func mostMissing(length int) int { return maxLack + (lackSpan-maxLack-2)/length + 1 }

// apart reports that neither text holds the other, as Method.holds would see it where
// maxLack counts, or if either is enough that one of them does not. If it does not, they may
// yet not.
func apart(a, b *text, length int, either bool) bool {
	if min(len(a.units), len(b.units)) < lackSpan {
		return false
	}
	most := mostMissing(length)
	return a.pairs().misses(b.units, most) && (either || b.pairs().misses(a.units, most))
}

// pairs returns the bigrams of a text.
func (t *text) pairs() bigrams {
	if !t.known {
		t.bigrams = t.bigrams.fill(t.units)
		t.known = true
	}
	return t.bigrams
}

// bigrams are a set of bigrams, by one bit each of their hashes.
type bigrams []uint64

// fill returns the set of a text's bigrams, in the memory of the set.
func (s bigrams) fill(units []uint64) bigrams {
	words := 1
	for 8*len(units) > 64*words {
		words *= 2
	}
	if words > cap(s) {
		s = make(bigrams, words)
	}
	s = s[:words]
	clear(s)
	for i := range len(units) - 1 {
		h := bigram(units[i], units[i+1])
		s[h/64&uint64(words-1)] |= 1 << (h % 64)
	}
	return s
}

// misses reports whether more bigrams in some lackSpan units of a text are missing in the
// set than may be.
func (s bigrams) misses(units []uint64, most int) bool {
	var at [lackSpan]int // of the last bigrams that were missing, by their number
	n, last := 0, uint64(len(s)-1)
	for i := range len(units) - 1 {
		h := bigram(units[i], units[i+1])
		if s[h/64&last]>>(h%64)&1 == 1 {
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
