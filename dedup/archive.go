package dedup

import (
	"encoding/binary"
	"errors"
	"math/bits"

	"reprint/internal/spill"
	"reprint/reuse"
)

// archiver is the scratch memory of one worker.
type archiver struct {
	keys    []reuse.Key
	scratch []uint64
	table   []uint32 // open addressing: index of a record + 1
}

// runs returns the records of a document's keys, each key once and quoted if it
// is so anywhere. Furniture is not left out: its runs are asked for by nobody.
func (w *archiver) runs(d *reuse.Document) [][archiveBytes]byte {
	w.keys = d.Keys(w.keys[:0], &w.scratch)
	size := 1 << bits.Len(uint(2*len(w.keys)))
	if len(w.table) < size {
		w.table = make([]uint32, size)
	}
	table := w.table[:size]
	clear(table)
	out := make([][archiveBytes]byte, 0, len(w.keys))
	for _, k := range w.keys {
		at := k.Hash & uint64(size-1)
		for table[at] != 0 && binary.BigEndian.Uint64(out[table[at]-1][:]) != k.Hash {
			at = (at + 1) & uint64(size-1)
		}
		if table[at] == 0 {
			out = append(out, [archiveBytes]byte{})
			binary.BigEndian.PutUint64(out[len(out)-1][:], k.Hash)
			table[at] = uint32(len(out))
		}
		out[table[at]-1][8] |= flag(k.Quoted)
	}
	return out
}

// archive counts what is known of words and runs once all documents are read.
// Keys were sorted on disk, 9 bytes for each of a document's, of which an
// article has some 150.
func (r *reading) archive(tell *Teller) (*reuse.Archive, error) {
	tell.Stage("count", "runs", r.runs.Len())
	a, err := reuse.NewArchive(&r.freq, func(yield func(uint64, reuse.Level)) error { return levels(r.runs, yield) })
	tell.Done(r.runs.Len())
	return a, errors.Join(err, r.runs.Close()) // the memory is for others now
}

// archiveBytes is the size of a record: a key, and 1 if it is quoted.
const archiveBytes = 9

// levels counts the records of each key.
func levels(keys *spill.Sorter, yield func(uint64, reuse.Level)) error {
	key, docs, quoted := uint64(0), 0, false
	for rec, err := range keys.Sorted() {
		if err != nil {
			return err
		}
		if at := binary.BigEndian.Uint64(rec); at != key && docs > 0 {
			yield(key, reuse.NewLevel(docs, quoted))
			docs, quoted = 0, false
		}
		key = binary.BigEndian.Uint64(rec)
		docs++
		quoted = quoted || rec[8] == 1
	}
	if docs > 0 {
		yield(key, reuse.NewLevel(docs, quoted))
	}
	return nil
}
