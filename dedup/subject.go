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
	n     int      // stems in the table
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

// expectedStems is for how many different stems there is room at first.
const expectedStems = 1 << 14

// reset empties the table and has it be for n stems.
func (p *topics) reset(n int) {
	size := 1 << bits.Len(uint(2*n))
	if cap(p.times) < size {
		p.stems, p.times = make([]uint32, size), make([]uint16, size)
	}
	p.stems, p.times, p.n, p.again = p.stems[:size], p.times[:size], 0, p.again[:0]
	clear(p.times)
}

// add counts a stem n times.
func (p *topics) add(stem uint32, n uint16) {
	mask := uint32(len(p.times) - 1)
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
	if was == 0 {
		if p.n++; 2*p.n > len(p.times) {
			p.grow()
		}
	}
}

// grow makes the table four times as large.
func (p *topics) grow() {
	stems, times := p.stems, p.times
	p.stems, p.times = nil, nil
	p.reset(2 * len(times))
	for at, n := range times {
		if n > 0 {
			p.add(stems[at], n)
		}
	}
}

// of returns the hashes of the stems with the most weight, times log(documents
// / documents with the stem); fewer if the article repeats fewer.
func (p *topics) of(stems, title []uint32, freq *reuse.Frequencies) (s boilerplate.Subject) {
	p.reset(min(len(stems)+len(title), expectedStems))
	for _, stem := range stems {
		p.add(stem, 1)
	}
	for _, stem := range title {
		p.add(stem, 4)
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
