package dedup

import (
	"context"
	"errors"
	"iter"
	"math"

	"reprint/internal/spill"
	"reprint/reuse"
)

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
