package copies

import (
	"encoding/binary"
	"errors"
)

// The token store holds what verification needs of every text: the hashes of its
// units, in order. A block of it holds the documents of one batch, with a dictionary
// of the units that occur in them:
//
//	4 bytes  n, documents
//	4 bytes  d, entries of the dictionary; 2^32-1: none
//	n times 4 bytes  units of each document
//	d times 8 bytes  the dictionary, in the order of first occurrence
//	then for each unit, document by document, 2 bytes: its place in the dictionary
//
// A batch with more different units than 2 bytes tell apart has no dictionary; there
// the hashes themselves stand, 8 bytes each. Numbers are little-endian. A word of
// press text takes some 3.5 bytes.
const (
	maxDictionary = 1 << 15 // half of the table below stays empty
	noDictionary  = 1<<32 - 1
	tableBits     = 16
)

// tokenWriter makes blocks of the token store.
type tokenWriter struct {
	table [1 << tableBits]uint16 // place in words + 1, by the highest bits of the hash
	words []uint64
	codes []uint16
	all   []uint64
	sizes []uint32
	wide  bool // too many different units
}

func (w *tokenWriter) reset() {
	clear(w.table[:])
	w.words, w.codes, w.all, w.sizes, w.wide = w.words[:0], w.codes[:0], w.all[:0], w.sizes[:0], false
}

// add takes the units of the next document.
func (w *tokenWriter) add(units []uint64) {
	w.sizes = append(w.sizes, uint32(len(units)))
	if !w.wide && !w.encode(units) {
		w.widen(units)
	} else if w.wide {
		w.all = append(w.all, units...)
	}
}

// encode appends the codes of units, as long as the dictionary has room.
func (w *tokenWriter) encode(units []uint64) bool {
	words, codes := w.words, w.codes
	for _, h := range units {
		slot := uint16(h >> (64 - tableBits))
		code := w.table[slot]
		for code != 0 && words[code-1] != h {
			slot++
			code = w.table[slot]
		}
		if code == 0 {
			if len(words) == maxDictionary {
				return false
			}
			words = append(words, h)
			code = uint16(len(words))
			w.table[slot] = code
		}
		codes = append(codes, code-1)
	}
	w.words, w.codes = words, codes
	return true
}

// widen goes over to hashes without a dictionary; units are those of the document
// that did not fit.
func (w *tokenWriter) widen(units []uint64) {
	for _, code := range w.codes {
		w.all = append(w.all, w.words[code])
	}
	w.all = append(w.all, units...)
	w.wide = true
}

// block returns the block of what was added.
func (w *tokenWriter) block() []byte {
	d, size := uint32(noDictionary), 8*len(w.all)
	if !w.wide {
		d, size = uint32(len(w.words)), 8*len(w.words)+2*len(w.codes)
	}
	b := make([]byte, 0, 8+4*len(w.sizes)+size)
	b = binary.LittleEndian.AppendUint32(b, uint32(len(w.sizes)))
	b = binary.LittleEndian.AppendUint32(b, d)
	for _, n := range w.sizes {
		b = binary.LittleEndian.AppendUint32(b, n)
	}
	if w.wide {
		for _, h := range w.all {
			b = binary.LittleEndian.AppendUint64(b, h)
		}
		return b
	}
	for _, h := range w.words {
		b = binary.LittleEndian.AppendUint64(b, h)
	}
	for _, c := range w.codes {
		b = binary.LittleEndian.AppendUint16(b, c)
	}
	return b
}

var errTokens = errors.New("the token store holds what no run writes")

// tokenBlock reads a block of the token store.
type tokenBlock struct {
	starts []int    // of each document, in units, and the end of the last one
	words  []uint64 // dictionary
	codes  []byte
	wide   bool
}

// open takes the bytes of a block, which are used until the next call.
func (t *tokenBlock) open(b []byte) error {
	if len(b) < 8 {
		return errTokens
	}
	n, d := int64(binary.LittleEndian.Uint32(b)), int64(binary.LittleEndian.Uint32(b[4:]))
	b = b[8:]
	if t.wide = d == noDictionary; t.wide {
		d = 0
	}
	if d > maxDictionary || int64(len(b)) < 4*n+8*d {
		return errTokens
	}
	t.starts = append(t.starts[:0], 0)
	total := 0
	for i := range int(n) {
		total += int(binary.LittleEndian.Uint32(b[4*i:]))
		t.starts = append(t.starts, total)
	}
	b = b[4*n:]
	t.words = t.words[:0]
	for i := range int(d) {
		t.words = append(t.words, binary.LittleEndian.Uint64(b[8*i:]))
	}
	t.codes = b[8*d:]
	width := 2
	if t.wide {
		width = 8
	}
	if len(t.codes) != width*total {
		return errTokens
	}
	return nil
}

// docs is the number of documents in the block.
func (t *tokenBlock) docs() int { return len(t.starts) - 1 }

// append appends the units of document i of the block to dst.
func (t *tokenBlock) append(dst []uint64, i int) ([]uint64, error) {
	from, to := t.starts[i], t.starts[i+1]
	if t.wide {
		for b := t.codes[8*from : 8*to]; len(b) > 0; b = b[8:] {
			dst = append(dst, binary.LittleEndian.Uint64(b))
		}
		return dst, nil
	}
	for b := t.codes[2*from : 2*to]; len(b) > 0; b = b[2:] {
		code := int(binary.LittleEndian.Uint16(b))
		if code >= len(t.words) {
			return dst, errTokens
		}
		dst = append(dst, t.words[code])
	}
	return dst, nil
}
