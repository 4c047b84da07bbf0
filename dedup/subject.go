package dedup

import (
	"math"
	"math/bits"
	"slices"

	"reprint/boilerplate"
	"reprint/reuse"
)

// topics counts the stems of an article, to find what it speaks of: the stems that it
// repeats and few others hold. It is scratch memory of one goroutine.
type topics struct {
	table  []stemCount // open addressing, 0 is empty
	places []uint32    // of the stems in it, in the order of the first; then one for the next
	n      int         // stems in it
	docs   []int       // that hold them
	logs   []float64   // of numbers that were asked for, else 0
}

// stemCount is a stem and how often an article has it, of 32 bits each.
type stemCount uint64

func (c stemCount) stem() uint32  { return uint32(c >> 32) }
func (c stemCount) times() uint32 { return uint32(c) }

// logOf returns the logarithm of n, which is above 0.
func (p *topics) logOf(n int) float64 {
	if p.logs == nil {
		p.logs = make([]float64, 1<<16)
	}
	if n >= len(p.logs) {
		return math.Log(float64(n))
	}
	if p.logs[n] == 0 {
		p.logs[n] = math.Log(float64(n))
	}
	return p.logs[n]
}

const (
	leastTimes = 2 // that an article repeats what it speaks of
	titleTimes = 4 // that a word of the title counts
	mostTimes  = math.MaxUint16 - 4
)

// expectedStems is for how many different stems there is room at first.
const expectedStems = 1 << 14

// reset empties the table and has it be for n stems.
func (p *topics) reset(n int) {
	size := 1 << bits.Len(uint(2*n))
	if cap(p.table) < size {
		p.table = make([]stemCount, size)
	}
	p.table, p.n = p.table[:size], 0
	p.places = slices.Grow(p.places[:0], size/2+2)[:size/2+2]
	clear(p.table)
}

// read counts the stems of an article. It appends each of those of its text once, in the
// order of the first, and those that it repeats in its text and its title.
func (p *topics) read(once []uint32, again []stemCount, text, title []uint32) ([]uint32, []stemCount) {
	p.reset(min(len(text)+len(title), expectedStems))
	p.add(text, 1)
	once = slices.Grow(once, p.n)
	for _, at := range p.places[:p.n] {
		once = append(once, p.table[at].stem())
	}
	p.add(title, titleTimes)
	for _, at := range p.places[:p.n] {
		if e := p.table[at]; e.times() >= leastTimes {
			again = append(again, e)
		}
	}
	return once, again
}

// add counts each stem n times.
func (p *topics) add(stems []uint32, n uint32) {
	table, places, seen := p.table, p.places, p.n
	for _, stem := range stems {
		at := placeOf(table, stem)
		was := table[at]
		table[at] = stemCount(stem)<<32 | min(was&math.MaxUint32+stemCount(n), math.MaxUint32)
		places[seen] = at
		seen += int((was|-was)>>63 ^ 1) // was is 0
		if 2*seen > len(table) {
			p.n = seen
			p.grow()
			table, places = p.table, p.places
		}
	}
	p.n = seen
}

// placeOf returns where a stem is in a table or would be. An article has half of its stems for
// the first time: it is asked in one branch whether a place has another one.
func placeOf(table []stemCount, stem uint32) uint32 {
	at := stem & uint32(len(table)-1)
	for table[at].other(stem) {
		at = (at + 1) & uint32(len(table)-1)
	}
	return at
}

// other reports whether c is of a stem, and not of this one.
func (c stemCount) other(stem uint32) bool {
	differs := stemCount(c.stem() ^ stem)
	return int64((c|-c)&(differs|-differs)) < 0
}

// grow makes the table four times as large.
func (p *topics) grow() {
	old, places := p.table, p.places[:p.n]
	p.table, p.places = nil, nil
	p.reset(len(old))
	for _, at := range places {
		p.enter(old[at])
	}
}

// enter takes in a stem that is not in the table, and how often it occurs.
func (p *topics) enter(e stemCount) {
	at := placeOf(p.table, e.stem())
	p.table[at], p.places[p.n] = e, at
	p.n++
}

// without takes the given stems out of those that an article repeats, once for each
// time that they are given.
func (p *topics) without(again []stemCount, stems []uint32) {
	p.reset(len(again))
	for _, r := range again {
		p.enter(r)
	}
	for _, stem := range stems {
		if at := placeOf(p.table, stem); p.table[at].times() > 0 {
			p.table[at]--
		}
	}
	for i, at := range p.places[:p.n] {
		again[i] = p.table[at]
	}
}

// of returns the hashes of the repeated stems with the most weight, times log(documents
// / documents with the stem); fewer if the article repeats fewer.
func (p *topics) of(again []stemCount, freq *reuse.Frequencies) (s boilerplate.Subject) {
	p.docs = p.docs[:0]
	for _, r := range again { // one need not wait for the other to come from memory
		p.docs = append(p.docs, freq.Of(r.stem()))
	}
	var weights [len(s)]float64
	all := math.Log(float64(freq.Docs + 1))
	for i, r := range again {
		w := float64(min(r.times(), mostTimes)) * (all - p.logOf(p.docs[i]+1))
		if r.times() < leastTimes || w < weights[len(s)-1] {
			continue
		}
		h := uint16(r.stem()>>16) ^ uint16(r.stem()) | 1
		for i := range s { // insertion; equal weights by hash, so that order does not matter
			if w > weights[i] || w == weights[i] && h > s[i] {
				w, weights[i], h, s[i] = weights[i], w, s[i], h
			}
		}
	}
	return s
}
