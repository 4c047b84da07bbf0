package boilerplate

import (
	"math/bits"
	"slices"
)

// runMap has a bit for each of some runs of words, each joined with its source by runKey,
// by their highest bits: it tells of most others, in one look and without a branch, that
// they are none.
type runMap struct {
	bits  []uint64
	shift uint8
}

// newRunMap returns an empty map for n runs, with so many bits for each at least.
func newRunMap(n, each int) runMap {
	log := max(bits.Len(uint(each*n)), 6)
	return runMap{make([]uint64, 1<<log/64), uint8(64 - log)}
}

func (m *runMap) add(run uint64) {
	at := run >> (m.shift & 63)
	m.bits[at/64] |= 1 << (at % 64)
}

// may reports whether a run may be in the map.
func (m *runMap) may(run uint64) bool {
	at := run >> (m.shift & 63)
	return m.bits[at/64]>>(at%64)&1 != 0
}

// hits writes to dst, which is longer than runs, where those of some runs stand that may be
// in the map, each joined with a source by what ofSite says of it, and returns their number.
func (m *runMap) hits(dst []Hit, runs []uint64, of uint64) (n int) {
	bits, shift := m.bits, m.shift&63
	for i, g := range runs {
		dst[n].at = i
		at := (g ^ of) >> shift
		n += int(bits[at/64] >> (at % 64) & 1)
	}
	return n
}

// hitsOfAny is hits of one of two sources.
func (m *runMap) hitsOfAny(dst []Hit, runs []uint64, one, other uint64) (n int) {
	for i, g := range runs {
		if dst[n].at = i; m.may(g^one) || m.may(g^other) {
			n++
		}
	}
	return n
}

// among appends the places of those of some runs that may be in the map, each joined with a
// source by what ofSite says of it.
func (m *runMap) among(dst []uint32, runs []uint64, of uint64) []uint32 {
	first := len(dst)
	dst = slices.Grow(dst, len(runs)+1)[:first+len(runs)+1]
	maybe, n := dst[first:], 0
	bits, shift := m.bits, m.shift&63
	for i, g := range runs {
		maybe[n] = uint32(i)
		at := (g ^ of) >> shift
		n += int(bits[at/64] >> (at % 64) & 1)
	}
	return dst[:first+n]
}
