package dedup

import (
	"context"
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

// runs appends the records of a document's keys, each key once and quoted if it
// is so anywhere. Furniture is not left out: its runs are asked for by nobody.
func (w *archiver) runs(dst []byte, d *reuse.Document) []byte {
	w.keys = d.Keys(w.keys[:0], &w.scratch)
	size := 1 << bits.Len(uint(2*len(w.keys)))
	if len(w.table) < size {
		w.table = make([]uint32, size)
	}
	table := w.table[:size]
	clear(table)
	for _, k := range w.keys {
		at := k.Hash & uint64(size-1)
		for table[at] != 0 && binary.BigEndian.Uint64(dst[table[at]-archiveBytes:]) != k.Hash {
			at = (at + 1) & uint64(size-1)
		}
		if table[at] == 0 {
			dst = append(binary.BigEndian.AppendUint64(dst, k.Hash), 0)
			table[at] = uint32(len(dst))
		}
		dst[table[at]-1] |= flag(k.Quoted)
	}
	return dst
}

// archivedKeys appends the keys of records, those that are quoted twice: these are kept
// even if no other document holds them.
func archivedKeys(dst []uint64, runs []byte) []uint64 {
	for ; len(runs) > 0; runs = runs[archiveBytes:] {
		key := binary.BigEndian.Uint64(runs)
		dst = append(dst, key)
		if runs[8] == 1 {
			dst = append(dst, key)
		}
	}
	return dst
}

// keepArchived stores what an archive asks for of a document.
func (r *reading) keepArchived(p *prepared) error {
	r.twice.AddAll(p.keys)
	_, err := r.runs.Append(p.runs)
	return err
}

// archive counts what is known of words and runs once all documents are read. Of
// the keys, of which an article has some 150, those are sorted that may stand in two
// documents, or are quoted: nothing else is kept of an archive.
func (r *reading) archive(ctx context.Context, tell *Teller) (a *reuse.Archive, err error) {
	tell.Stage("count", "documents", r.runs.Len())
	sorted := spill.NewSorter(r.o.spill(4), archiveBytes)
	defer func() { err = errors.Join(err, sorted.Close(), r.runs.Close()) }() // the memory is for others now
	var keys []uint64
	var has []bool
	for runs, err := range r.runs.All() {
		keys, has = keys[:0], has[:0]
		for at := 0; at < len(runs); at += archiveBytes {
			keys = append(keys, binary.BigEndian.Uint64(runs[at:]))
		}
		has = r.twice.HasAll(has, keys)
		for i := 0; err == nil && i < len(has); i++ {
			if has[i] {
				err = sorted.Add(runs[i*archiveBytes:][:archiveBytes])
			}
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
	}
	r.twice = nil
	a, err = reuse.NewArchive(&r.freq, func(yield func(uint64, reuse.Level)) error { return levels(sorted, yield) })
	tell.Done(r.runs.Len())
	return a, errors.Join(err, ctx.Err())
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
