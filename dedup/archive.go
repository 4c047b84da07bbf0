package dedup

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/reuse"
)

// archived is one document's keys, each once, as a worker leaves them.
type archived []reuse.Key

// archiver is the scratch memory of one worker.
type archiver struct {
	d       stored
	scratch []uint64
}

// keys returns the keys of a document, ascending, each once and quoted if it
// is so anywhere. Furniture is not left out: its runs are asked for by nobody.
func (w *archiver) keys(b []byte) (archived, error) {
	if err := w.d.read(b); err != nil {
		return nil, err
	}
	keys := w.d.Keys(nil, &w.scratch)
	slices.SortFunc(keys, func(p, q reuse.Key) int {
		switch {
		case p.Hash != q.Hash:
			return compareKeys(p.Hash, q.Hash)
		case p.Quoted == q.Quoted:
			return 0
		case p.Quoted:
			return -1
		}
		return 1
	})
	return slices.CompactFunc(keys, func(p, q reuse.Key) bool { return p.Hash == q.Hash }), nil
}

func compareKeys(p, q uint64) int {
	if p < q {
		return -1
	}
	return 1
}

// archive counts what is known of words and runs once all documents are read,
// in a pass over the token store. Keys are sorted on disk, 9 bytes for each of
// a document's, of which an article has some 150.
func (r *reading) archive(ctx context.Context, tell *Teller) (a *reuse.Archive, err error) {
	keys := spill.NewSorter(r.o.spill(4), archiveBytes)
	defer func() { err = errors.Join(err, keys.Close()) }()
	workers := make([]archiver, r.o.Threads)
	size := func(n numbered) int64 { return int64(len(n.b)) + 64 }
	work := func(w int, batch []numbered) (out []archived, err error) {
		out = make([]archived, len(batch))
		for i, n := range batch {
			if out[i], err = workers[w].keys(n.b); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	tell.Stage("count", "documents", int64(r.n))
	done := int64(0)
	var rec [archiveBytes]byte
	for batch, err := range pool.Ordered(ctx, r.o.Threads, r.o.Memory/8, pool.Batches(enumerate(r.texts.All()), batchBytes, size), pool.Sum(size), work) {
		if err != nil {
			return nil, err
		}
		for _, list := range batch {
			for _, k := range list {
				binary.BigEndian.PutUint64(rec[:], k.Hash)
				rec[8] = flag(k.Quoted)
				if err := keys.Add(rec[:]); err != nil {
					return nil, err
				}
			}
		}
		done += int64(len(batch))
		tell.At(done)
	}
	a, err = reuse.NewArchive(&r.freq, func(yield func(uint64, reuse.Level)) error { return levels(keys, yield) })
	tell.Done(keys.Len())
	return a, err
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
