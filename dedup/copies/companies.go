package copies

import (
	"context"
	"encoding/binary"
	"errors"

	"reprint/internal/spill"
)

// What a million documents have in common that bear the same license are the license's keys, and
// to find out of each of them that it is the copy of none costs a comparison, or several: the more
// documents there are the more pairs have a key that is made of the license but for a phrase which
// many a text has. So documents with a head of hot keys in common are a company, and of a large one
// some pairs are compared first, the probes: of documents with the head, and weak ones. If none of
// them are copies its documents are let go: they are not compared with the head, and no weak pair
// of one of them is compared.
//
// A document that bears the license may have no key of it. It is of the company of a document with which
// it has a weak pair.
const (
	// probedFrom is how many documents a company has that may be let go. Fewer than hotKey
	// copies have keys of their own, which are not hot; of more, one is a probe nearly always.
	probedFrom = 256
	// probeOne is of how many documents, and of how many weak pairs, one is a probe, in a company of
	// which mostProbes documents are then; in a larger one no more are. Of what is let go though it
	// is a copy there are a few, however many documents there are.
	probeOne   = 16
	mostProbes = 4096
	// firstProbes is of how many probes one comes before the others. Copies of one page tell by these
	// that they are.
	firstProbes = 16

	// lentMark is the mark of a company that a document has of another one.
	lentMark = 1 << 63
)

// companies tell which documents are let go.
type companies struct {
	w      *work
	of     *spill.Sorter  // document, head of its hot keys
	weak   *spill.Sorter  // document, first document of its weak pairs
	turned *spill.Sorter  // the same, first document first
	size   map[uint64]int // of the large companies of which no copies are known, by head
	rec    [crossBytes]byte
}

func (w *work) newCompanies() *companies {
	list := func() *spill.Sorter { return spill.NewSorter(w.spill(32), crossBytes) }
	return &companies{w: w, of: list(), weak: list(), turned: list(), size: make(map[uint64]int)}
}

func (c *companies) free() { closeAll(c.of, c.weak, c.turned) }

// letGo returns the documents that are let go, of those that pairs are of; nil: none.
func (w *work) letGo(ctx context.Context, pairs *spill.Sorter, bands int, docs int64) (bitmap, error) {
	c := w.newCompanies()
	defer c.free()
	if err := w.candidates(ctx, pairs, bands, c.take); err != nil || c.of.Len() < probedFrom {
		return nil, err
	}
	if err := errors.Join(c.large(), c.probe(ctx, firstProbes)); err != nil || len(c.size) == 0 {
		return nil, err
	}
	if err := errors.Join(w.candidates(ctx, pairs, bands, c.takeWeak), c.lend()); err != nil {
		return nil, err
	}
	if err := errors.Join(c.large(), c.probe(ctx, 1)); err != nil || len(c.size) == 0 {
		return nil, err
	}
	gone := newBitmap(docs)
	return gone, c.each(func(doc, head uint64) error {
		if c.size[head&^lentMark] > 0 {
			gone.add(doc)
		}
		return nil
	})
}

// take notes the company of a document.
func (c *companies) take(x *candidates) error {
	if x.hot == 0 {
		return nil
	}
	x.keep(true)
	head, _ := x.head()
	return c.of.Add(c.record(x.doc, head))
}

// takeWeak notes the weak pairs of a document.
func (c *companies) takeWeak(x *candidates) error {
	for i := range x.first {
		f := &x.first[i]
		if !x.weak(f) {
			continue
		}
		if err := errors.Join(c.weak.Add(c.record(x.doc, f.doc)), c.turned.Add(c.record(f.doc, x.doc))); err != nil {
			return err
		}
	}
	return nil
}

// record is a record of two numbers, good until the next one.
func (c *companies) record(a, b uint64) []byte {
	binary.BigEndian.PutUint64(c.rec[:], a)
	binary.BigEndian.PutUint64(c.rec[8:], b)
	return c.rec[:]
}

// lend gives each document without a company those of the ones with which it has weak pairs.
func (c *companies) lend() error {
	all := spill.NewSorter(c.w.spill(32), crossBytes)
	lent := func(rec, of []byte) error {
		if of == nil {
			return nil
		}
		return all.Add(c.record(binary.BigEndian.Uint64(rec[8:]), binary.BigEndian.Uint64(of[8:])|lentMark))
	}
	err := errors.Join(beside(c.weak, c.of, lent), beside(c.turned, c.of, lent))
	for rec, e := range c.of.Sorted() {
		if err = errors.Join(err, e); err == nil {
			err = all.Add(rec)
		}
	}
	closeAll(c.of)
	c.of = all
	return err
}

// each calls do for each document that has a company, with lentMark if it is not its own.
func (c *companies) each(do func(doc, head uint64) error) error {
	last := uint64(none)
	for rec, err := range c.of.Sorted() {
		if err != nil {
			return err
		}
		doc := binary.BigEndian.Uint64(rec)
		if doc == last {
			continue
		}
		last = doc
		if err := do(doc, binary.BigEndian.Uint64(rec[8:])); err != nil {
			return err
		}
	}
	return nil
}

// large counts the documents of each company and notes those that have many.
func (c *companies) large() error {
	clear(c.size)
	heads := spill.NewSorter(c.w.spill(32), 8)
	defer closeAll(heads)
	if err := c.each(func(_, head uint64) error { return heads.Add(number(head &^ lentMark)) }); err != nil {
		return err
	}
	last, n := uint64(none), 0
	for rec, err := range heads.Sorted() {
		if err != nil {
			return err
		}
		if head := binary.BigEndian.Uint64(rec); head != last {
			last, n = head, 0
		}
		if n++; n >= probedFrom {
			c.size[last] = n
		}
	}
	return nil
}

// probes reports whether a pair of a company is a probe, or one of a share of these.
func (c *companies) probes(head, doc, first uint64, share int) bool {
	n := c.size[head]
	return n > 0 && mix(mix(doc)+first)%uint64(share*max(probeOne, n/mostProbes)) == 0
}

// probe compares documents with the heads of their companies, a share of those that are probes, and what
// weak pairs are known, and forgets the companies in which there are copies.
func (c *companies) probe(ctx context.Context, share int) error {
	asked := spill.NewSorter(c.w.spill(32), askBytes)
	defer closeAll(asked)
	err := c.each(func(doc, head uint64) error {
		if head&lentMark != 0 || !c.probes(head, doc, head, share) {
			return nil
		}
		return asked.Add(askFor(head, doc, tried))
	})
	if err == nil && c.weak.Len() > 0 {
		err = c.weakProbes(asked)
	}
	if err != nil || asked.Len() == 0 {
		return err
	}
	return c.compare(ctx, asked)
}

// weakProbes asks for the weak pairs that are probes.
func (c *companies) weakProbes(asked *spill.Sorter) error {
	return beside(c.weak, c.of, func(rec, of []byte) error {
		if of == nil {
			return nil
		}
		doc, first := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if !c.probes(binary.BigEndian.Uint64(of[8:])&^lentMark, doc, first, 1) {
			return nil
		}
		return asked.Add(askFor(first, doc, 0))
	})
}

// compare compares probes.
func (c *companies) compare(ctx context.Context, asked *spill.Sorter) error {
	of := follow(c.of.Sorted())
	defer of.stop()
	for e, err := range c.w.verify(ctx, asked) {
		if err != nil {
			return err
		}
		if e.mark&tried != 0 && !c.w.mutual(&e) || e.mark&tried == 0 && !c.w.joins(&e) {
			continue
		}
		head, err := of.find(e.b)
		if err != nil {
			return err
		}
		delete(c.size, binary.BigEndian.Uint64(head[8:])&^lentMark)
	}
	return nil
}
