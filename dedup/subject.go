package dedup

import (
	"math"
	"math/bits"

	"reprint/boilerplate"
	"reprint/reuse"
)

// topics finds what an article speaks of: the stems that it repeats and few
// others hold. It is scratch memory of one goroutine.
type topics struct {
	stems []uint32 // open addressing
	times []uint16 // 0: empty
	again []uint32 // places of stems that count
	docs  []int    // that hold them
	logs  []float64
}

// logOf returns the logarithm of n, which is above 0.
func (p *topics) logOf(n int) float64 {
	if p.logs == nil {
		p.logs = make([]float64, 1<<12)
		for i := range p.logs {
			p.logs[i] = math.Log(float64(i))
		}
	}
	if n < len(p.logs) {
		return p.logs[n]
	}
	return math.Log(float64(n))
}

// leastTimes is how often an article repeats what it speaks of.
const leastTimes = 2

// of returns the hashes of the stems with the most weight, times log(documents
// / documents with the stem); fewer if the article repeats fewer.
func (p *topics) of(stems, title []uint32, freq *reuse.Frequencies) (s boilerplate.Subject) {
	size := 1 << bits.Len(uint(2*(len(stems)+len(title))))
	if len(p.times) < size {
		p.stems, p.times = make([]uint32, size), make([]uint16, size)
	}
	clear(p.times[:size])
	p.again = p.again[:0]
	mask := uint32(size - 1)
	add := func(stem uint32, n uint16) {
		at := stem & mask
		for p.times[at] != 0 && p.stems[at] != stem {
			at = (at + 1) & mask
		}
		was := p.times[at]
		p.stems[at] = stem
		p.times[at] = min(was+n, math.MaxUint16-4)
		if was < leastTimes && was+n >= leastTimes {
			p.again = append(p.again, at)
		}
	}
	for _, stem := range stems {
		add(stem, 1)
	}
	for _, stem := range title {
		add(stem, 4)
	}
	p.docs = p.docs[:0]
	for _, at := range p.again { // one need not wait for the other to come from memory
		p.docs = append(p.docs, freq.Of(p.stems[at]))
	}
	var weights [len(s)]float64
	all := math.Log(float64(freq.Docs + 1))
	for i, at := range p.again {
		stem := p.stems[at]
		w := float64(p.times[at]) * (all - p.logOf(p.docs[i]+1))
		h := uint16(stem>>16) ^ uint16(stem) | 1
		for i := range s { // insertion; equal weights by hash, so that order does not matter
			if w > weights[i] || w == weights[i] && h > s[i] {
				w, weights[i], h, s[i] = weights[i], w, s[i], h
			}
		}
	}
	return s
}
