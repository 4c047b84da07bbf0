// Package lsh finds pairs of documents that may be alike, without comparing each
// with each.
//
// A signature is cut into B bands of R lanes, and every band is made into a key.
// Two documents whose signatures agree in all lanes of some band have a key in
// common and are candidates. At similarity s that happens with the probability
// 1-(1-s^R)^B, a curve that climbs steeply around (1/B)^(1/R): locality-sensitive
// hashing by bands (Leskovec, Rajaraman, Ullman, Mining of Massive Datasets, 3.4).
//
//	bands, err := lsh.Choose(128, 0.8, 0.95)
//	...
//	for _, key := range bands.AppendKeys(nil, signature.Lanes()) {
//		candidates = append(candidates, known[key]...) // a map[uint64][]int
//		known[key] = append(known[key], document)
//	}
//
// A [Join] turns keys, whether they come of bands or of anything else, into pairs
// of documents with equal keys: sorted, with bounded memory, and with a bounded
// number of partners for each document.
package lsh

import (
	"errors"
	"fmt"
	"math"
)

// Bands says how a signature is cut: B bands of R lanes each.
type Bands struct{ B, R int }

// DefaultRecall is the share of pairs at the threshold that Choose makes
// candidates if nothing else is said: one in twenty is missed there, and fewer
// above it, where nearly all copies are.
const DefaultRecall = 0.95

// Choose gives the bands within k lanes that make candidates of at least the given
// share of pairs whose similarity is threshold: 0 < threshold <= 1, 0 < recall < 1,
// or recall 0 for DefaultRecall. Among those it takes the most lanes a band, because
// they let through the fewest pairs below the threshold, and of these the fewest
// bands, because each costs a key a document. If no bands within k lanes reach the
// recall, the error says so. Cost: some tenths of a microsecond for each lane.
func Choose(k int, threshold, recall float64) (Bands, error) {
	if recall == 0 {
		recall = DefaultRecall
	}
	var errs []error
	if k < 1 {
		errs = append(errs, fmt.Errorf("lsh: %d lanes: at least 1 is needed", k))
	}
	if !(threshold > 0 && threshold <= 1) {
		errs = append(errs, fmt.Errorf("lsh: threshold %v is not above 0 and up to 1", threshold))
	}
	if !(recall > 0 && recall < 1) {
		errs = append(errs, fmt.Errorf("lsh: recall %v is not between 0 and 1", recall))
	}
	if len(errs) > 0 {
		return Bands{}, errors.Join(errs...)
	}
	for r := k; r > 0; r-- {
		b := fewest(r, k/r, threshold, recall)
		if b <= k/r {
			return Bands{b, r}, nil
		}
	}
	return Bands{}, fmt.Errorf("lsh: %d lanes cannot find %v of the pairs at similarity %v: more lanes or a higher threshold are needed", k, recall, threshold)
}

// fewest is the smallest number of bands of r lanes that reaches the recall, or
// limit+1 if not even limit does.
func fewest(r, limit int, threshold, recall float64) int {
	low, high := 1, limit+1
	for low < high {
		if mid := (low + high) / 2; (Bands{mid, r}).Probability(threshold) >= recall {
			high = mid
		} else {
			low = mid + 1
		}
	}
	return low
}

// Validate reports what is wrong with b for signatures of k lanes.
func (b Bands) Validate(k int) error {
	if b.B < 1 || b.R < 1 {
		return fmt.Errorf("lsh: %d bands of %d lanes: at least 1 of each is needed", b.B, b.R)
	}
	if b.B > k/b.R {
		return fmt.Errorf("lsh: %d bands of %d lanes do not fit into %d lanes", b.B, b.R, k)
	}
	return nil
}

// Threshold is about the similarity at which pairs begin to become candidates, where
// the curve is steepest: (1/B)^(1/R). 0 if b is not valid.
func (b Bands) Threshold() float64 {
	if b.B < 1 || b.R < 1 {
		return 0
	}
	return math.Pow(1/float64(b.B), 1/float64(b.R))
}

// Probability is how likely a pair of the given similarity, 0 to 1, becomes a
// candidate: 1-(1-s^R)^B, for lanes that are independent. 0 if b is not valid.
func (b Bands) Probability(similarity float64) float64 {
	if b.B < 1 || b.R < 1 {
		return 0
	}
	s := min(max(similarity, 0), 1)
	return -math.Expm1(float64(b.B) * math.Log1p(-math.Pow(s, float64(b.R))))
}

// A key is made of the lanes of one band and the number of the band, from 0:
//
//	key = (band + 1) * 0x9e3779b97f4a7c15
//	key = fmix64(key ^ lane), for each lane of the band in order
//
// with fmix64, the last step of murmur3. Each step is one to one for a given lane,
// so that two bands with the same key by chance are as rare as 64 bits allow.
// Keys may be stored: this changes only with a new version of what stores them.

// AppendKeys appends to dst one key for each band, in order, and returns it. Two
// signatures have the key of a band in common if they agree in all its lanes, and
// otherwise by chance, once in 2^64. A signature that is empty, all lanes being the
// largest number, has no keys; neither has a band for which there are too few lanes.
func (b Bands) AppendKeys(dst, lanes []uint64) []uint64 {
	if b.R < 1 || empty(lanes) {
		return dst
	}
	for band := range min(b.B, len(lanes)/b.R) {
		key := uint64(band+1) * 0x9e3779b97f4a7c15
		for _, lane := range lanes[band*b.R:][:b.R] {
			key = fmix64(key ^ lane)
		}
		dst = append(dst, key)
	}
	return dst
}

func empty(lanes []uint64) bool {
	for _, v := range lanes {
		if v != math.MaxUint64 {
			return false
		}
	}
	return true
}

func fmix64(h uint64) uint64 {
	h ^= h >> 33
	h *= 0xff51afd7ed558ccd
	h ^= h >> 33
	h *= 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
