package boilerplate

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/bits"
	"slices"
)

// The parts in which a Known is stored. A set is the number of its keys and
// the distance of each from the one before, as varints; the calls are their
// number and for each its key's distance and the four figures. Whoever changes
// this gives the part a new name.
const (
	partTitles = "titles 1"
	partLeads  = "leads 1"
	partStarts = "starts 1"
	partBehind = "behind 1"
	partCalls  = "calls 2"
)

// KnownParts are the names of the parts in which a Known is stored.
var KnownParts = [...]string{partTitles, partLeads, partStarts, partBehind, partCalls}

// WritePart writes a part, one of KnownParts, a few bytes at a time.
func (k *Known) WritePart(w io.Writer, name string) error {
	out := varints{w: w, b: make([]byte, 0, 16<<10)}
	switch name {
	case partTitles:
		out.set(k.titles)
	case partLeads:
		out.set(k.leads)
	case partStarts:
		out.set(k.starts)
	case partBehind:
		out.set(k.behind)
	case partCalls:
		out.calls(k.calls)
	}
	return out.flush()
}

// varints writes numbers. After an error it writes no more.
type varints struct {
	w   io.Writer
	b   []byte // not yet written
	err error
}

func (o *varints) put(n uint64) {
	if len(o.b) > cap(o.b)-binary.MaxVarintLen64 {
		o.err = o.flush()
	}
	o.b = binary.AppendUvarint(o.b, n)
}

func (o *varints) flush() error {
	if o.err == nil {
		_, o.err = o.w.Write(o.b)
	}
	o.b = o.b[:0]
	return o.err
}

func (o *varints) set(s *set) {
	keys, last := s.all(), uint64(0)
	o.put(uint64(len(keys)))
	for _, k := range keys {
		o.put(k - last)
		last = k
	}
}

func (o *varints) calls(calls map[uint64]habit) {
	o.put(uint64(len(calls)))
	last := uint64(0)
	for _, key := range slices.Sorted(maps.Keys(calls)) {
		h := calls[key]
		for _, n := range []uint64{key - last, uint64(h.words), uint64(h.ends), uint64(h.share), uint64(h.closes)} {
			o.put(n)
		}
		last = key
	}
}

// ReadKnown decodes what WritePart wrote; part returns a part's bytes, none
// for one that is not there.
func ReadKnown(part func(name string) ([]byte, error)) (*Known, error) {
	k := &Known{calls: map[uint64]habit{}}
	for _, one := range []struct {
		name string
		into **set
	}{{partTitles, &k.titles}, {partLeads, &k.leads}, {partStarts, &k.starts}, {partBehind, &k.behind}} {
		b, err := part(one.name)
		if err == nil {
			*one.into, err = readSet(b)
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", one.name, err)
		}
	}
	b, err := part(partCalls)
	if err == nil {
		err = k.readCalls(b)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", partCalls, err)
	}
	return k, nil
}

var errPart = errors.New("a part that cannot be read")

// numbers reads varints; after an error all are 0.
type numbers struct {
	b      []byte
	broken bool
}

func (r *numbers) next() uint64 {
	if len(r.b) >= 8 {
		w := binary.LittleEndian.Uint64(r.b)
		if last := ^w & lastBytes; last != 0 {
			r.b = r.b[bits.TrailingZeros64(last)/8+1:]
			return sevens(w & (last ^ (last - 1)))
		}
	}
	v, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.broken = true
		return 0
	}
	r.b = r.b[n:]
	return v
}

// lastBytes has the bits that are not set in the last byte of a varint.
const lastBytes = 0x8080808080808080

// sevens joins the lower seven bits of eight bytes.
func sevens(w uint64) uint64 {
	w = w&0x007f007f007f007f | w&0x7f007f007f007f00>>1
	w = w&0x00003fff00003fff | w&0x3fff00003fff0000>>2
	return w&0x000000000fffffff | w&0x0fffffff00000000>>4
}

// count reads how many entries follow; each takes a byte at least.
func (r *numbers) count() int {
	n := r.next()
	if n > uint64(len(r.b)) {
		r.broken = true
		return 0
	}
	return int(n)
}

func readSet(b []byte) (*set, error) {
	if len(b) == 0 {
		return newSet(nil), nil
	}
	r := numbers{b: b}
	keys := make([]uint64, r.count())
	last := uint64(0)
	for i := range keys {
		last += r.next()
		keys[i] = last
		if last&1 == 0 || i > 0 && last <= keys[i-1] {
			return nil, errPart
		}
	}
	if r.broken || len(r.b) > 0 {
		return nil, errPart
	}
	return newSet(keys), nil
}

func (k *Known) readCalls(b []byte) error {
	if len(b) == 0 {
		return nil
	}
	r := numbers{b: b}
	last := uint64(0)
	for range r.count() {
		last += r.next()
		words, ends, share, closes := r.next(), r.next(), r.next(), r.next()
		if words > behindWords || ends > 100 || share > 100 || closes > 100 {
			return errPart
		}
		k.calls[last] = habit{int(words), int(ends), int(share), int(closes)}
	}
	if r.broken || len(r.b) > 0 {
		return errPart
	}
	return nil
}
