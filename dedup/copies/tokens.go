package copies

import (
	"encoding/binary"
	"errors"
)

// The token store holds what verification needs of every text: its units, in order, each
// by the upper half of its hash. That two units which stand in the same place of two
// texts are different and have it in common happens once in four billion times. A
// block of the store holds the documents of one chunk of the input:
//
//	for each unit, document by document, 4 bytes
//	n times 4 bytes  units of each document
//	4 bytes          n, documents
//
// Numbers are little-endian.
const unitBytes = 4

// tokenWriter makes blocks of the token store.
type tokenWriter struct {
	units []byte
	sizes []byte
}

// reset begins a block, in the memory of b.
func (w *tokenWriter) reset(b []byte) { w.units, w.sizes = b[:0], w.sizes[:0] }

// add takes the units of the next document.
func (w *tokenWriter) add(units []uint64) {
	for _, h := range units {
		w.units = binary.LittleEndian.AppendUint32(w.units, uint32(h>>32))
	}
	w.sizes = binary.LittleEndian.AppendUint32(w.sizes, uint32(len(units)))
}

// block returns the block of what was added.
func (w *tokenWriter) block() []byte {
	b := append(w.units, w.sizes...)
	return binary.LittleEndian.AppendUint32(b, uint32(len(w.sizes)/4))
}

var errTokens = errors.New("the work folder holds what no run writes")

// tokenBlock reads a block of the token store.
type tokenBlock struct {
	starts []int // of each document, in units, and the end of the last one
	units  []byte
}

// open takes the bytes of a block, which are used until the next call.
func (t *tokenBlock) open(b []byte) error {
	if len(b) < 4 {
		return errTokens
	}
	end := len(b) - 4
	n := int64(binary.LittleEndian.Uint32(b[end:]))
	if 4*n > int64(end) {
		return errTokens
	}
	sizes := b[end-4*int(n) : end]
	t.starts = append(t.starts[:0], 0)
	total := 0
	for ; len(sizes) > 0; sizes = sizes[4:] {
		size := int64(binary.LittleEndian.Uint32(sizes))
		if size > int64(end) {
			return errTokens
		}
		if total += int(size); total > end {
			return errTokens
		}
		t.starts = append(t.starts, total)
	}
	if t.units = b[:end-4*int(n)]; len(t.units) != unitBytes*total {
		return errTokens
	}
	return nil
}

// docs is the number of documents in the block.
func (t *tokenBlock) docs() int { return len(t.starts) - 1 }

// bytes are the units of document i of the block as they stand there.
func (t *tokenBlock) bytes(i int) []byte {
	return t.units[unitBytes*t.starts[i] : unitBytes*t.starts[i+1]]
}

// appendUnits appends units as they stand in a block to dst.
func appendUnits(dst []uint64, b []byte) []uint64 {
	for ; len(b) >= unitBytes; b = b[unitBytes:] {
		dst = append(dst, uint64(binary.LittleEndian.Uint32(b)))
	}
	return dst
}
