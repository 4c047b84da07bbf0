package dedup

import (
	"iter"
	"sync"
)

// packet is a few records of a store, one behind the other.
type packet struct {
	first uint64 // number of the first
	bytes []byte
	ends  []int
}

// size is how many bytes the records have.
func (p *packet) size() int64 { return int64(len(p.bytes)) }

// records yields the records with their numbers.
func (p *packet) records() iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		from := 0
		for i, to := range p.ends {
			if !yield(p.first+uint64(i), p.bytes[from:to]) {
				return
			}
			from = to
		}
	}
}

// emptied are packets whose memory waits for the next records.
var emptied = sync.Pool{New: func() any { return new(packet) }}

// free gives the packet's memory back. Its records are gone.
func (p *packet) free() { emptied.Put(p) }

// packets puts the records of a store together until they make a task.
func packets(seq iter.Seq2[[]byte, error]) iter.Seq2[*packet, error] {
	return func(yield func(*packet, error) bool) {
		n := uint64(0)
		var p *packet
		for b, err := range seq {
			if err != nil {
				yield(nil, err)
				return
			}
			if p != nil && len(p.bytes)+len(b) > batchBytes {
				if !yield(p, nil) {
					return
				}
				p = nil
			}
			if p == nil {
				p = emptied.Get().(*packet)
				p.first, p.bytes, p.ends = n, p.bytes[:0], p.ends[:0]
			}
			p.bytes = append(p.bytes, b...)
			p.ends = append(p.ends, len(p.bytes))
			n++
		}
		if p != nil {
			yield(p, nil)
		}
	}
}
