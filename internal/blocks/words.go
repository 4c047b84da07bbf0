package blocks

import (
	"math"

	"reprint/shingle"
)

const (
	ScoreBits  = 15 // of a word's place in the table
	scoreWords = 48 // words of a block that are looked at
)

// Slots appends the places in the score table of what the beginning of block i
// holds: words and pairs of neighbouring words, with the edges of the block as
// words of their own and all numbers as one word.
func (p *Page) Slots(dst []uint32, i int) []uint32 {
	const edge, number = 0x5be1a7b0c3d92f61, 0x3c6ef372fe94f82b
	u := &p.blocks[i]
	before := uint64(edge)
	to := min(u.to, u.from+scoreWords)
	for k := u.from; k < to; k++ {
		h := p.t.Hash[k]
		if p.t.Flag[k]&shingle.Number != 0 {
			h = number + uint64(min(p.t.End[k]-p.t.Start[k], 5))
		}
		dst = append(dst, slot(h), slot(before*0x9e3779b97f4a7c15^h), slot(uint64(p.t.Stem[k])*0xff51afd7ed558ccd))
		before = h
	}
	if to == u.to {
		dst = append(dst, slot(before*0x9e3779b97f4a7c15^edge))
	}
	return dst
}

func slot(h uint64) uint32 { return uint32(h * 0x9e3779b97f4a7c15 >> (64 - ScoreBits)) }

// norm is what the sum of n weights is divided by.
func norm(n int) float32 { return float32(math.Sqrt(float64(max(n, 1)))) }
