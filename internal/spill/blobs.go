package spill

import (
	"errors"
	"fmt"
	"iter"

	"reprint/internal/wide"
)

// Blobs keeps records of any length under the numbers 0, 1, 2 ... in the order in
// which they were appended. The first ones stay in memory, until it is used up; the
// others go to two temporary files.
//
// Append is for one goroutine. After the last one, what reads is safe for any number of
// them at a time.
type Blobs struct {
	o      Options
	chunks [][]byte // records in memory, one after the other
	places []place
	used   int64 // bytes of chunks
	n      int64
	size   int64
	disk   *blobFile // nil while all is in memory
	err    error     // of an Append
}

// place says where a record in memory begins. It ends where the next begins in
// the same chunk, or with the chunk.
type place struct{ chunk, start uint32 }

const (
	leastChunk = 1 << 20
	mostChunk  = 8 << 20
	placeBytes = 8 // of a place in memory, and of one on disk
)

// MaxRecord is the most bytes of a record of Blobs, and of a block of a BlockWriter, so that
// a damaged file asks for no more memory.
const MaxRecord = 1 << 30

// NewBlobs makes an empty collection. Nothing is allocated or opened yet.
func NewBlobs(o Options) *Blobs { return &Blobs{o: o} }

// Append keeps a copy of b, up to MaxRecord bytes, and gives its number. After an error of the
// disk every further call gives the same error.
func (s *Blobs) Append(b []byte) (n int64, err error) {
	if err := s.check(b); err != nil {
		return 0, err
	}
	if s.disk != nil || !s.keep(b) {
		if s.err = s.spill(b); s.err != nil {
			return 0, s.err
		}
	}
	return s.count(b), nil
}

// Give is Append for who can do without b: a large record is not copied but kept as it
// is, and belongs to s from then on if taken is true.
func (s *Blobs) Give(b []byte) (taken bool, err error) {
	if err := s.check(b); err != nil {
		return false, err
	}
	room := s.o.memory() - s.used - placeBytes*int64(len(s.places)+1)
	if s.disk != nil || len(b) < leastChunk || int64(cap(b)) > room {
		_, err := s.Append(b)
		return false, err
	}
	s.places = append(s.places, place{uint32(len(s.chunks)), 0})
	s.chunks = append(s.chunks, b[:len(b):len(b)])
	s.used += int64(cap(b))
	s.count(b)
	return true, nil
}

// check tells why b cannot be taken in.
func (s *Blobs) check(b []byte) error {
	if s.err == nil && len(b) > MaxRecord {
		return fmt.Errorf("spill: record %d has %d bytes; %d are possible", s.n, len(b), MaxRecord)
	}
	return s.err
}

// count counts b, which was taken in, and gives its number.
func (s *Blobs) count(b []byte) int64 {
	s.n++
	s.size += int64(len(b))
	return s.n - 1
}

// Len is the number of records.
func (s *Blobs) Len() int64 { return s.n }

// Size is the sum of their bytes.
func (s *Blobs) Size() int64 { return s.size }

// keep appends b in memory, if there is room for it and its place.
func (s *Blobs) keep(b []byte) bool {
	room := s.o.memory() - s.used - placeBytes*int64(len(s.places)+1)
	last := len(s.chunks) - 1
	if last < 0 || len(b) > cap(s.chunks[last])-len(s.chunks[last]) {
		n := max(min(max(4*s.used, leastChunk), mostChunk, room/2), int64(len(b)))
		if n > room {
			return false
		}
		s.chunks = append(s.chunks, wide.Room[byte](int(n))[:0])
		s.used += n
		last++
	} else if room < 0 {
		return false
	}
	s.places = append(s.places, place{uint32(last), uint32(len(s.chunks[last]))})
	s.chunks[last] = append(s.chunks[last], b...)
	return true
}

func (s *Blobs) spill(b []byte) (err error) {
	if s.disk == nil {
		if s.disk, err = newBlobFile(s.o, s.n); err != nil {
			return err
		}
	}
	return s.disk.append(b)
}

// Get gives record n as a slice that uses the memory of buf, if that is large
// enough, and belongs to the caller. A record on disk takes two reads.
func (s *Blobs) Get(n int64, buf []byte) ([]byte, error) {
	if s.err != nil {
		return nil, s.err
	}
	if n < 0 || n >= s.n {
		return nil, fmt.Errorf("spill: no record %d among %d", n, s.n)
	}
	if n < int64(len(s.places)) {
		return append(buf[:0], s.kept(n)...), nil
	}
	return s.disk.get(n, buf)
}

// View is Get for who only looks: a record in memory is not copied. What it gives is
// not to be changed, and valid until Close or the next use of buf, which becomes the
// memory of a record on disk.
func (s *Blobs) View(n int64, buf *[]byte) ([]byte, error) {
	if s.err == nil && n >= 0 && n < s.Kept() {
		return s.kept(n), nil
	}
	b, err := s.Get(n, *buf)
	if err == nil {
		*buf = b
	}
	return b, err
}

// Kept is the number of records that stay in memory, the first ones. What All gives of
// these is valid until Close.
func (s *Blobs) Kept() int64 { return int64(len(s.places)) }

// kept is record n in memory.
func (s *Blobs) kept(n int64) []byte {
	p := s.places[n]
	chunk := s.chunks[p.chunk]
	if next := n + 1; next < int64(len(s.places)) && s.places[next].chunk == p.chunk {
		chunk = chunk[:s.places[next].start]
	}
	return chunk[p.start:]
}

// All gives every record in order, reading the files once from end to end. The
// slice is valid until the next step and not to be changed. After an error, which
// comes with a nil record, the sequence ends.
func (s *Blobs) All() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		if s.err != nil {
			yield(nil, s.err)
			return
		}
		for n := range s.places {
			if !yield(s.kept(int64(n)), nil) {
				return
			}
		}
		if s.disk == nil {
			return
		}
		if err := s.disk.all(yield); err != nil {
			yield(nil, err)
		}
	}
}

// Close removes the temporary files and frees the memory. It may be called more
// than once.
func (s *Blobs) Close() error {
	disk := s.disk
	*s = Blobs{err: errors.New("spill: blobs are closed")}
	if disk == nil {
		return nil
	}
	return disk.discard()
}
