package dedup

import (
	"context"
	"errors"
	"iter"
	"math"
	"math/bits"

	"reprint/internal/spill"
	"reprint/reuse"
)

// archiver is the scratch memory of one worker.
type archiver struct {
	keys    []reuse.Key
	scratch []uint64
	quoted  []bool
	table   []uint32 // open addressing: index of a key + 1
}

// runs appends a document's keys, each once, and those that are quoted anywhere in it.
// Furniture is not left out: its runs are asked for by nobody.
func (w *archiver) runs(keys, quoted []uint64, d *reuse.Document) (_, _ []uint64) {
	w.keys = d.Keys(w.keys[:0], &w.scratch)
	size := 1 << bits.Len(uint(2*len(w.keys)))
	if len(w.table) < size {
		w.table = make([]uint32, size)
	}
	table, first := w.table[:size], len(keys)
	clear(table)
	w.quoted = w.quoted[:0]
	for _, k := range w.keys {
		at := k.Hash & uint64(size-1)
		for table[at] != 0 && keys[first+int(table[at])-1] != k.Hash {
			at = (at + 1) & uint64(size-1)
		}
		if table[at] == 0 {
			keys, w.quoted = append(keys, k.Hash), append(w.quoted, false)
			table[at] = uint32(len(w.quoted))
		}
		if q := &w.quoted[table[at]-1]; k.Quoted && !*q {
			*q = true
			quoted = append(quoted, k.Hash)
		}
	}
	return keys, quoted
}

// keepArchived stores what an archive asks for of a document.
func (r *reading) keepArchived(p *prepared) error {
	return errors.Join(r.keys.AddNumbers(p.keys), r.quoted.AddNumbers(p.quoted))
}

// archive counts what is known of words and runs once all documents are read. Of
// keys an article has some 230.
func (r *reading) archive(ctx context.Context, tell *Teller) (a *reuse.Archive, err error) {
	tell.Stage("count", "documents", int64(r.n))
	a, err = reuse.NewArchive(&r.freq, func(yield func(uint64, reuse.Level)) error { return levels(r.keys, r.quoted, yield) })
	tell.Done(int64(r.n))
	return a, errors.Join(err, r.keys.Close(), r.quoted.Close(), ctx.Err())
}

// levels counts the documents that hold each key, for those that are kept.
func levels(keys, quoted *spill.Sorter, yield func(uint64, reuse.Level)) error {
	said := newAscending(quoted)
	defer said.stop()
	key, docs := uint64(0), 0
	finish := func() {
		if is := said.has(key); docs > 0 && (is || docs >= reuse.KeepDocs) {
			yield(key, reuse.NewLevel(docs, is))
		}
	}
	for list, err := range keys.Numbers() {
		if err != nil {
			return err
		}
		for _, k := range list {
			if k != key {
				if docs >= reuse.KeepDocs || key >= said.least {
					finish()
				}
				key, docs = k, 0
			}
			docs++
		}
	}
	finish()
	return said.err
}

// ascending is asked for numbers that ascend whether a Sorter holds them.
type ascending struct {
	least uint64 // of those that are left; the largest number if none are
	list  []uint64
	over  bool // none are left
	next  func() ([]uint64, error, bool)
	stop  func()
	err   error
}

func newAscending(s *spill.Sorter) *ascending {
	a := &ascending{}
	a.next, a.stop = iter.Pull2(s.Numbers())
	a.step()
	return a
}

// step goes to the next number.
func (a *ascending) step() {
	for len(a.list) == 0 {
		list, err, ok := a.next()
		if a.err = errors.Join(a.err, err); !ok || err != nil {
			a.least, a.over = math.MaxUint64, true
			return
		}
		a.list = list
	}
	a.least, a.list = a.list[0], a.list[1:]
}

func (a *ascending) has(key uint64) bool {
	for a.least < key && !a.over {
		a.step()
	}
	return a.least == key && !a.over
}
