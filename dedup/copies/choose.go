package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"reprint/internal/spill"
)

// chooser chooses the pairs of each second document that are worth a comparison. One that
// looks like several others is compared with one document alone first, the lead of its crowd
// (leads.go). If each of the two holds the other, the document is a copy of its lead, and what
// looks like the document looks like the lead: it has been compared with that one, or will be,
// see crowds.go. If not, the document's other pairs are measured.
type chooser struct {
	w        *work
	from, to uint64 // second documents whose pairs are asked for; of others only the heads count
	asked    *spill.Sorter
	held     *spill.Sorter // pairs of those that are compared with a lead: document, first document
	crowds   *crowds
	rank     func(doc uint64) (uint64, error) // by the policy, of documents in ascending order
	stop     func()
	bands    int    // see candidates
	gone     bitmap // documents that are let go, see companies; nil: none
	rec      [askBytes]byte
}

const heldBytes = 16

func (w *work) newChooser() *chooser {
	ranks := w.ranked()
	c := &chooser{w: w, crowds: w.newCrowds(), rank: ranks.of, stop: ranks.stop}
	c.asked, c.held = spill.NewSorter(w.spill(4), askBytes), spill.NewSorter(w.spill(32), heldBytes)
	if w.m.lacks() && w.m.Bands.R <= Newswire.Bands.R {
		c.bands = w.m.Bands.B
	}
	return c
}

func (c *chooser) close() {
	closeAll(c.asked, c.held)
	c.crowds.free()
	c.stop()
}

// take asks for the pairs of a document that are worth a comparison.
func (c *chooser) take(x *candidates) error {
	gone := c.letsGo(x.doc)
	x.first = slices.DeleteFunc(x.first, func(f firstDoc) bool { return (gone || c.letsGo(f.doc)) && x.weak(&f) })
	crowded := headsFrom*x.hot > c.bands && !gone
	if !crowded {
		x.keep(false)
	}
	if len(x.first) == 0 && !crowded {
		return nil
	}
	return c.choose(x, crowded)
}

// letsGo reports whether a document is let go.
func (c *chooser) letsGo(doc uint64) bool { return c.gone != nil && c.gone.has(doc) }

// headsFrom is for which part of its keys a document must have hot ones for their heads to
// count: a license that is a small part of a text says nothing of what the text may be a copy of.
const headsFrom = 8

// owns reports whether the pairs of a second document are asked for.
func (c *chooser) owns(doc uint64) bool { return c.from <= doc && doc < c.to }

// choose asks for the pair of a document if there is but one, or else puts the document into
// the crowd of its head, and holds its pairs.
func (c *chooser) choose(x *candidates, crowded bool) error {
	head, keys := x.head()
	if closeFrom*keys >= c.bands {
		if err := c.crowds.close(x.doc, head); err != nil {
			return err
		}
	}
	if len(x.first) == 1 && !crowded {
		if !c.owns(x.doc) {
			return nil
		}
		return c.asked.Add(c.record(x.first[0].doc, x.doc, 0))
	}
	rank, err := c.rank(x.doc)
	if err != nil {
		return err
	}
	m := member{head: head, rank: rank, doc: x.doc}
	for _, f := range x.first {
		m.pair = m.pair || f.doc == head
		if !c.owns(x.doc) {
			continue
		}
		if err := c.held.Add(c.record(x.doc, f.doc, 0)[:heldBytes]); err != nil {
			return err
		}
	}
	return c.crowds.add(m)
}

// record is a record of three numbers, good until the next one.
func (c *chooser) record(x, y, z uint64) []byte {
	u := binary.BigEndian
	u.PutUint64(c.rec[:], x)
	u.PutUint64(c.rec[8:], y)
	u.PutUint64(c.rec[16:], z)
	return c.rec[:]
}

// measure writes the edges of what is asked for, and then of what was held for documents that
// are no copies of their leads.
func (c *chooser) measure(ctx context.Context, x *edgeWriter) error {
	more, cross := spill.NewSorter(c.w.spill(32), askBytes), spill.NewSorter(c.w.spill(32), crossBytes)
	behind := spill.NewSorter(c.w.spill(32), crossBytes)
	defer closeAll(more, cross, behind)
	held := follow(c.held.Sorted())
	defer held.stop()
	for e, err := range c.w.verify(ctx, c.asked) {
		if err == nil {
			err = c.judge(&e, held, more, cross)
		}
		counts := e.mark&tried == 0
		if err == nil && c.w.mutual(&e) {
			counts = true
			err = errors.Join(behind.Add(pair(e.a, e.b, false)), behind.Add(pair(e.a, e.b, true)))
		}
		if err == nil && counts {
			e.mark &^= tried
			err = x.write(&e)
		}
		if err != nil {
			return err
		}
	}
	if more.Len() > 0 {
		for e, err := range c.w.verify(ctx, more) {
			if err == nil {
				err = x.write(&e)
			}
			if err != nil {
				return err
			}
		}
	}
	if err := x.flush(); err != nil {
		return err
	}
	return writeSorted(x.out, crossPart, crossBytes, across(cross, behind))
}

// judge takes the edge of a document with its lead, and asks for the pairs that are held.
// Edges come by the documents that are compared with another one.
func (c *chooser) judge(e *edge, held *follower, more, cross *spill.Sorter) error {
	copied := c.w.mutual(e)
	lead, doc := e.a, e.b
	if e.mark&turned != 0 {
		lead, doc = doc, lead
	}
	return held.each(doc, func(rec []byte) error {
		switch first := binary.BigEndian.Uint64(rec[8:]); {
		case first == lead && (copied || e.mark&tried == 0): // is this edge
			return nil
		case copied:
			return cross.Add(c.record(first, lead, 0)[:crossBytes])
		default:
			return more.Add(c.record(first, doc, 0))
		}
	})
}
