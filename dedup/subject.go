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
	table []uint64 // stems, 32 bits, and how often they occur; open addressing, 0 is empty
	n     int      // stems in it
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
	if cap(p.table) < size {
		p.table = make([]uint64, size)
	}
	p.table, p.n, p.again = p.table[:size], 0, p.again[:0]
	clear(p.table)
}

// add counts each stem n times.
func (p *topics) add(stems []uint32, n uint32) {
	table := p.table
	for _, stem := range stems {
		at := placeOf(table, stem)
		was := uint32(table[at])
		table[at] = uint64(stem)<<32 | uint64(min(was+n, math.MaxUint16-4))
		if was < leastTimes && was+n >= leastTimes {
			p.again = append(p.again, at)
		}
		if was > 0 {
			continue
		}
		if p.n++; 2*p.n > len(table) {
			p.grow()
			table = p.table
		}
	}
}

// placeOf returns where a stem is in a table or would be.
func placeOf(table []uint64, stem uint32) uint32 {
	at := stem & uint32(len(table)-1)
	for table[at] != 0 && uint32(table[at]>>32) != stem {
		at = (at + 1) & uint32(len(table)-1)
	}
	return at
}

// grow makes the table four times as large.
func (p *topics) grow() {
	old := p.table
	p.table = nil
	p.reset(len(old))
	for _, e := range old {
		if e != 0 {
			at := placeOf(p.table, uint32(e>>32))
			p.table[at] = e
			p.n++
			if uint32(e) >= leastTimes {
				p.again = append(p.again, at)
			}
		}
	}
}

// of returns the hashes of the stems with the most weight, times log(documents
// / documents with the stem); fewer if the article repeats fewer.
func (p *topics) of(stems, title []uint32, freq *reuse.Frequencies) (s boilerplate.Subject) {
	p.reset(min(len(stems)+len(title), expectedStems))
	p.add(stems, 1)
	p.add(title, 4)
	p.docs = p.docs[:0]
	for _, at := range p.again { // one need not wait for the other to come from memory
		p.docs = append(p.docs, freq.Of(uint32(p.table[at]>>32)))
	}
	var weights [len(s)]float64
	all := math.Log(float64(freq.Docs + 1))
	for i, at := range p.again {
		stem, times := uint32(p.table[at]>>32), uint32(p.table[at])
		w := float64(times) * (all - p.logOf(p.docs[i]+1))
		if w < weights[len(s)-1] {
			continue
		}
		h := uint16(stem>>16) ^ uint16(stem) | 1
		for i := range s { // insertion; equal weights by hash, so that order does not matter
			if w > weights[i] || w == weights[i] && h > s[i] {
				w, weights[i], h, s[i] = weights[i], w, s[i], h
			}
		}
	}
	return s
}
