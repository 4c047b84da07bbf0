// Package lanes has the loops that take most of the time of reading and signing: Latin.Read finds
// words (latin.go), Words.Hash hashes them (words.go), Fold folds shingles into the minima that
// are a signature.
//
// Lane i of a shingle with the two hashes h1 and h2 has the value h1 + i*h2, modulo
// 2^64. A signature keeps, for each lane, the smallest value of all shingles:
//
//	dst := make([]uint64, 128)
//	for i := range dst {
//		dst[i] = math.MaxUint64
//	}
//	lanes.Fold(dst, h1s, h2s)
//
// The loops in this file are plain Go and work on any machine. They define the
// result: those for the vector units of a processor must give the same lanes, and are
// held to it by being listed in the tables of this package's tests.
//
//	AVX-512   16 registers of 8 lanes   lanes_amd64.s, written by gen
//	AVX2       8 registers of 4 lanes   lanes_amd64.s, written by gen
//	NEON      16 registers of 2 lanes   lanes_arm64.s
//
// What the processor has is asked once, in lanes_amd64.go. The build tag purego leaves
// everything but plain Go out.
//
// No function allocates. All work on unsigned numbers that wrap around.
package lanes

//go:generate go -C gen run . -out ../lanes_amd64.s -stubs ../stubs_amd64.go -pkg lanes

// MinAffine folds one shingle into dst: dst[i] = min(dst[i], h1 + i*h2). It takes
// about half a nanosecond a lane. An empty dst is left alone.
func MinAffine(dst []uint64, h1, h2 uint64) {
	for i, v := range dst {
		dst[i] = min(v, h1)
		h1 += h2
	}
}

// Fold folds many shingles into dst, as MinAffine would one after the other:
// shingle j has the hashes h1s[j] and h2s[j]. If one of the two slices is longer,
// its rest is left out. The cost is that of a few lanes for all shingles, then the
// next few: for a hundred shingles, a tenth of MinAffine's with AVX2.
func Fold(dst, h1s, h2s []uint64) {
	n := min(len(h1s), len(h2s))
	h1s, h2s = h1s[:n], h2s[:n]
	if n == 0 {
		return
	}
	foldPlain(dst, foldVector(dst, h1s, h2s), h1s, h2s)
}

// foldPlain folds the shingles into dst from the given lane on. It is the twin of
// every vector loop. Eight minima stay in registers while all shingles pass by.
func foldPlain(dst []uint64, lane int, h1s, h2s []uint64) {
	for ; lane+block <= len(dst); lane += block {
		foldBlock((*[block]uint64)(dst[lane:]), uint64(lane), h1s, h2s)
	}
	if lane == len(dst) {
		return
	}
	for j, h1 := range h1s {
		MinAffine(dst[lane:], h1+uint64(lane)*h2s[j], h2s[j])
	}
}

// block is the number of lanes that are folded at once: eight minima, the value,
// the step and two pointers fit the registers of amd64.
const block = 8

// foldBlock folds the shingles into the block of lanes that begins with lane.
func foldBlock(dst *[block]uint64, lane uint64, h1s, h2s []uint64) {
	m0, m1, m2, m3 := dst[0], dst[1], dst[2], dst[3]
	m4, m5, m6, m7 := dst[4], dst[5], dst[6], dst[7]
	h2s = h2s[:len(h1s)] // one check of bounds for all
	for j, h1 := range h1s {
		h2 := h2s[j]
		v := h1 + lane*h2
		m0 = min(m0, v)
		v += h2
		m1 = min(m1, v)
		v += h2
		m2 = min(m2, v)
		v += h2
		m3 = min(m3, v)
		v += h2
		m4 = min(m4, v)
		v += h2
		m5 = min(m5, v)
		v += h2
		m6 = min(m6, v)
		v += h2
		m7 = min(m7, v)
	}
	*dst = [block]uint64{m0, m1, m2, m3, m4, m5, m6, m7}
}
