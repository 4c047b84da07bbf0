package dedup

import (
	"encoding/binary"
	"errors"
	"iter"

	"reprint/internal/spill"
)

// equals knows the documents whose texts are the same bytes. They are
// matched without a look at their words, and of a group of more than
// maxEqual only the first goes through the join, so that a page with 10,000
// copies costs 10,000 rows and not their square.
//
// Records are 20 bytes, big endian: a (8), b (8), size (4). A pair has size
// 0. Of a large group a first record has a for b and says its size.
type equals struct {
	pairs  *spill.Sorter
	absent *spill.Sorter // numbers of documents that take no part in the join
	next   func() ([]byte, error, bool)
	stop   func()
	at     uint64 // the next absent document, or none
	err    error
}

const (
	equalBytes = 20
	none       = ^uint64(0)
)

// newEquals groups the texts that a reading hashed.
func newEquals(r *reading) (*equals, error) {
	e := &equals{pairs: spill.NewSorter(r.o.spill(32), equalBytes), absent: spill.NewSorter(r.o.spill(32), 8)}
	g := equalGroup{to: e}
	for rec, err := range r.same.Sorted() {
		if err == nil {
			err = g.add([16]byte(rec[:16]), binary.BigEndian.Uint64(rec[16:]))
		}
		if err != nil {
			return e, err
		}
	}
	if err := g.flush(); err != nil {
		return e, err
	}
	e.next, e.stop = iter.Pull2(e.absent.Sorted())
	e.advance()
	return e, e.err
}

// Close removes what was spilled.
func (e *equals) Close() error {
	if e.stop != nil {
		e.stop()
	}
	return errors.Join(e.err, e.pairs.Close(), e.absent.Close())
}

// advance goes to the next absent document.
func (e *equals) advance() {
	rec, err, ok := e.next()
	e.at = none
	if err != nil {
		e.err = err
	} else if ok {
		e.at = binary.BigEndian.Uint64(rec)
	}
}

// apart reports whether another document stands for doc in the join. It has
// to be asked for every document, in order.
func (e *equals) apart(doc uint64) bool {
	if doc != e.at {
		return false
	}
	e.advance()
	return true
}

// all yields the pairs in order, with the size of the group if it is large.
func (e *equals) all() iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		var large uint64 = none
		size := 0
		for rec, err := range e.pairs.Sorted() {
			if err != nil {
				yield(candidate{}, err)
				return
			}
			a, b := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
			if a == b {
				large, size = a, int(binary.BigEndian.Uint32(rec[16:]))
				continue
			}
			c := candidate{a: a, b: b, equal: true}
			if a == large {
				c.copies = size
			}
			if !yield(c, nil) {
				return
			}
		}
	}
}

// equalGroup gathers the documents of one text.
type equalGroup struct {
	to   *equals
	hash [16]byte
	docs []uint64 // the first maxEqual
	n    int
}

func (g *equalGroup) add(hash [16]byte, doc uint64) error {
	if hash != g.hash {
		if err := g.flush(); err != nil {
			return err
		}
		g.hash = hash
	}
	g.n++
	if g.n <= maxEqual {
		g.docs = append(g.docs, doc)
		return nil
	}
	var err error
	if g.n == maxEqual+1 {
		for _, d := range g.docs[1:] {
			err = errors.Join(err, g.leave(d))
		}
	}
	return errors.Join(err, g.leave(doc))
}

// leave matches doc with the first of a large group only.
func (g *equalGroup) leave(doc uint64) error {
	return errors.Join(g.pair(g.docs[0], doc, 0), g.to.absent.Add(binary.BigEndian.AppendUint64(nil, doc)))
}

// flush ends a group.
func (g *equalGroup) flush() error {
	var err error
	if g.n > maxEqual {
		err = g.pair(g.docs[0], g.docs[0], g.n)
	} else {
		for i, b := range g.docs {
			for _, a := range g.docs[:i] {
				err = errors.Join(err, g.pair(a, b, 0))
			}
		}
	}
	g.docs, g.n = g.docs[:0], 0
	return err
}

func (g *equalGroup) pair(a, b uint64, size int) error {
	var rec [equalBytes]byte
	binary.BigEndian.PutUint64(rec[0:], a)
	binary.BigEndian.PutUint64(rec[8:], b)
	binary.BigEndian.PutUint32(rec[16:], uint32(size))
	return g.to.pairs.Add(rec[:])
}
