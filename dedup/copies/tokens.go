package copies

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"slices"
)

// The token store holds what verification needs of every text: its units, in order, each
// by the upper half of its hash. That two units which stand in the same place of two
// texts are different and have it in common happens once in four billion times. A
// block of the store holds the documents of one chunk of the input:
//
//	for each unit, document by document, 4 bytes
//	for each document the number of its units and the CRC-32C of their bytes, 4 bytes each
//	4 bytes  n, documents
//
// Numbers are little-endian. A document is read without the others of its block, of which few
// are needed.
const (
	unitBytes  = 4
	entryBytes = 8
)

// tokenWriter makes blocks of the token store.
type tokenWriter struct {
	units []byte
	table []byte
}

// reset begins a block, in the memory of b.
func (w *tokenWriter) reset(b []byte) { w.units, w.table = b[:0], w.table[:0] }

// add takes the units of the next document.
func (w *tokenWriter) add(units []uint64) {
	from := len(w.units)
	w.units = slices.Grow(w.units, unitBytes*len(units))[:from+unitBytes*len(units)]
	for b := w.units[from:]; len(b) >= unitBytes && len(units) > 0; b, units = b[unitBytes:], units[1:] {
		binary.LittleEndian.PutUint32(b, uint32(units[0]>>32))
	}
	w.table = binary.LittleEndian.AppendUint32(w.table, uint32((len(w.units)-from)/unitBytes))
	w.table = binary.LittleEndian.AppendUint32(w.table, crc32.Checksum(w.units[from:], castagnoli))
}

// size is how many bytes the block has that was begun.
func (w *tokenWriter) size() int64 { return int64(len(w.units) + len(w.table) + 4) }

// block returns the block of what was added.
func (w *tokenWriter) block() []byte {
	b := append(w.units, w.table...)
	return binary.LittleEndian.AppendUint32(b, uint32(len(w.table)/entryBytes))
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errTokens = errors.New("the work folder holds what no run writes")

// tokenBlock says where in a block of the token store its documents stand.
type tokenBlock struct {
	starts []int // of each document, in units, and the end of the last one
	sums   []uint32
}

// tokenTable is how long the end of a block is that holds its table if it has so many documents.
func tokenTable(docs int) int { return entryBytes*docs + 4 }

// open takes the end of a block of so many bytes. If it does not hold the whole table, it
// returns how long an end does.
func (t *tokenBlock) open(end []byte, size int) (need int, err error) {
	if len(end) < 4 || len(end) > size {
		return 0, errTokens
	}
	at := len(end) - 4
	n := int(binary.LittleEndian.Uint32(end[at:]))
	if n > (size-4)/entryBytes {
		return 0, errTokens
	}
	if need = tokenTable(n); need > len(end) {
		return need, nil
	}
	t.starts, t.sums = append(t.starts[:0], 0), t.sums[:0]
	total := int64(0)
	for table := end[len(end)-need : at]; len(table) > 0; table = table[entryBytes:] {
		if total += int64(binary.LittleEndian.Uint32(table)); total > int64(size) {
			return 0, errTokens
		}
		t.starts = append(t.starts, int(total))
		t.sums = append(t.sums, binary.LittleEndian.Uint32(table[4:]))
	}
	if unitBytes*total != int64(size-need) {
		return 0, errTokens
	}
	return need, nil
}

// docs is the number of documents in the block.
func (t *tokenBlock) docs() int { return len(t.sums) }

// span is where in the block the units of document i stand, in bytes.
func (t *tokenBlock) span(i int) (from, to int) {
	return unitBytes * t.starts[i], unitBytes * t.starts[i+1]
}

// check reports whether b is the units of document i.
func (t *tokenBlock) check(i int, b []byte) error {
	if crc32.Checksum(b, castagnoli) != t.sums[i] {
		return errTokens
	}
	return nil
}

// appendUnits appends units as they stand in a block to dst.
func appendUnits(dst []uint64, b []byte) []uint64 {
	n := len(dst)
	dst = slices.Grow(dst, len(b)/unitBytes)[:n+len(b)/unitBytes]
	to := dst[n:]
	for ; len(to) >= 4 && len(b) >= 4*unitBytes; to, b = to[4:], b[4*unitBytes:] {
		v, w := binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
		to[0], to[1], to[2], to[3] = v&math.MaxUint32, v>>32, w&math.MaxUint32, w>>32
	}
	for i := range to {
		to[i] = uint64(binary.LittleEndian.Uint32(b[unitBytes*i:]))
	}
	return dst
}
