package dedup

import (
	"iter"
	"sync"

	"reprint/internal/spill"
)

// packet is a few records of a store.
type packet struct {
	first uint64 // number of the first
	list  [][]byte
	total int64  // bytes of the records
	most  int64  // bytes of the longest
	bytes []byte // those that had to be copied
}

// size is how much memory the records take, and what is made of them, one after the
// other.
func (p *packet) size() int64 { return p.total + decodedBytes*p.most }

// decodedBytes is how much memory a byte of a record takes, at most, while a stage
// looks at it.
const decodedBytes = 4

// records yields the records with their numbers.
func (p *packet) records() iter.Seq2[uint64, []byte] {
	return func(yield func(uint64, []byte) bool) {
		for i, b := range p.list {
			if !yield(p.first+uint64(i), b) {
				return
			}
		}
	}
}

// emptied are packets whose memory waits for the next records.
var emptied = sync.Pool{New: func() any { return new(packet) }}

// free gives the packet's memory back. Its records are gone.
func (p *packet) free() { emptied.Put(p) }

// add takes in a record, which is copied if it does not last.
func (p *packet) add(b []byte, lasts bool) {
	if !lasts {
		if len(b) > cap(p.bytes)-len(p.bytes) {
			p.bytes = make([]byte, 0, max(len(b), batchBytes)) // the records before keep theirs
		}
		p.bytes = append(p.bytes, b...)
		b = p.bytes[len(p.bytes)-len(b):]
	}
	p.list = append(p.list, b)
	p.total += int64(len(b))
	p.most = max(p.most, int64(len(b)))
}

// packets puts the records of a store together until they make a task.
func packets(store *spill.Blobs) iter.Seq2[*packet, error] {
	return func(yield func(*packet, error) bool) {
		n := uint64(0)
		var p *packet
		for b, err := range store.All() {
			if err != nil {
				yield(nil, err)
				return
			}
			if p != nil && p.total+int64(len(b)) > batchBytes {
				if !yield(p, nil) {
					return
				}
				p = nil
			}
			if p == nil {
				p = emptied.Get().(*packet)
				p.first, p.list, p.total, p.most, p.bytes = n, p.list[:0], 0, 0, p.bytes[:0]
			}
			p.add(b, int64(n) < store.Kept())
			n++
		}
		if p != nil {
			yield(p, nil)
		}
	}
}
