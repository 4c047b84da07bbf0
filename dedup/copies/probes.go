package copies

import (
	"context"
	"encoding/binary"
	"errors"

	"reprint/internal/spill"
)

// What a million documents have in common that bear the same license are the license's keys. By
// these they make a crowd in which none is the copy of another, and to find that out of each of them
// costs a comparison. So of a large crowd some are compared first, the probes: with the head, and with the
// documents with which they have little but hot keys in common. If none of them is a copy the rest is not
// compared with the head, nor by weak pairs.
const (
	// probedFrom is how many documents beside the head a crowd has of which one in probeOne
	// is a probe. Fewer than hotKey copies have keys of their own, which are not hot; of more, one is
	// a probe nearly always.
	probedFrom = 256
	probeOne   = 16

	// weakMark is the mark of a held pair that is weak: the documents have no key in common
	// that is not hot, or but one though most of their keys are not hot. Edited copies with a license that fills
	// no more than five sixths of them have seven of these, more or less, and two texts with a license
	// may have one in common by a phrase beside it.
	weakMark = 1 << 63
)

// leads are what is known of large crowds.
type leads struct {
	of   *spill.Sorter // head, lead, of crowds that another one than the head leads
	kin  *spill.Sorter // heads of which some document in the crowd is a copy, as far as that was asked
	away *spill.Sorter // heads of which none seems to be one
}

func (w *work) newLeads() *leads {
	return &leads{spill.NewSorter(w.spill(32), crossBytes), spill.NewSorter(w.spill(32), 8), spill.NewSorter(w.spill(32), 8)}
}

func (l *leads) free() { closeAll(l.of, l.kin, l.away) }

// lead finds the leads of crowds. A document that the policy prefers to the head is the lead
// if the two are copies of each other.
func (c *chooser) lead(ctx context.Context, to *leads) error {
	asked := spill.NewSorter(c.w.spill(32), askBytes)
	defer closeAll(asked)
	ranks := c.w.ranked()
	defer ranks.stop()
	for l, err := range c.crowds.large() {
		if err != nil {
			return err
		}
		b := &l.best
		own, err := ranks.of(b.head)
		if err == nil && (b.rank < own || b.rank == own && b.doc < b.head) {
			err = asked.Add(askLead(b.doc, b.head, tried|led))
		} else if err == nil && l.size >= probedFrom {
			err = asked.Add(askLead(b.doc, b.head, tried))
		}
		if err != nil {
			return err
		}
	}
	return c.kindred(ctx, asked, to)
}

// kindred measures pairs of heads with those that may lead their crowds, and notes the heads of
// those that are copies of each other.
func (c *chooser) kindred(ctx context.Context, asked *spill.Sorter, to *leads) error {
	if asked.Len() == 0 {
		return nil
	}
	for e, err := range c.w.verify(ctx, asked) {
		if err == nil && c.w.mutual(&e) {
			lead, head := e.a, e.b
			if e.mark&turned != 0 {
				lead, head = head, lead
			}
			if err = to.kin.Add(number(head)); err == nil && e.mark&led != 0 {
				err = to.of.Add(pair(head, lead, false))
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// probe finds the crowds of which no document seems to be a copy of the head, or of another one
// with which it has hot keys only. Of those of which no copy of the head is known some documents are
// compared with the head and with those others.
func (c *chooser) probe(ctx context.Context, to *leads) error {
	probed, probes := spill.NewSorter(c.w.spill(32), 8), spill.NewSorter(c.w.spill(32), crossBytes)
	kin := spill.NewSorter(c.w.spill(32), 8)
	defer closeAll(probed, probes, kin)
	if err := c.large(to.kin, probed); err != nil || probed.Len() == 0 {
		return err
	}
	if err := errors.Join(c.probes(probed, probes), c.compared(ctx, probes, kin)); err != nil {
		return err
	}
	return beside(probed, kin, func(head, is []byte) error {
		if is != nil {
			return nil
		}
		return to.away.Add(head)
	})
}

// large gives the heads of crowds of probedFrom documents that are not among the known ones.
func (c *chooser) large(known, to *spill.Sorter) error {
	f := follow(known.Sorted())
	defer f.stop()
	for l, err := range c.crowds.large() {
		var is []byte
		if err == nil && l.size >= probedFrom {
			is, err = f.find(l.best.head)
		}
		if err == nil && l.size >= probedFrom && is == nil {
			err = to.Add(number(l.best.head))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// probes gives one in probeOne of the documents of some crowds: document, head.
func (c *chooser) probes(heads, to *spill.Sorter) error {
	return beside(c.crowds.members, heads, func(rec, is []byte) error {
		m := readMember(rec)
		if is == nil || mix(m.doc)%probeOne != 0 {
			return nil
		}
		return to.Add(pair(m.doc, m.head, false))
	})
}

// compared compares probes, and gives the heads of the crowds in which one is a copy.
func (c *chooser) compared(ctx context.Context, probes, kin *spill.Sorter) error {
	asked := spill.NewSorter(c.w.spill(32), askBytes)
	defer closeAll(asked)
	held := follow(c.held.Sorted())
	defer held.stop()
	for rec, err := range probes.Sorted() {
		if err != nil {
			return err
		}
		doc := binary.BigEndian.Uint64(rec)
		err = asked.Add(askFor(binary.BigEndian.Uint64(rec[8:]), doc, tried))
		if err == nil {
			err = held.each(doc, func(rec []byte) error {
				if first := binary.BigEndian.Uint64(rec[8:]); first&weakMark != 0 {
					return asked.Add(askFor(first&^weakMark, doc, tried))
				}
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	heads := follow(probes.Sorted())
	defer heads.stop()
	for e, err := range c.w.verify(ctx, asked) {
		if err == nil && c.w.mutual(&e) {
			var head []byte
			if head, err = heads.find(e.b); head != nil {
				err = kin.Add(head[8:])
			}
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// letGo asks for the pairs that are held for documents which are not compared with a lead, but
// those with hot keys only.
func (c *chooser) letGo(docs *spill.Sorter) error {
	if docs.Len() == 0 {
		return nil
	}
	return c.w.revise(&c.held, heldBytes, docs, func(rec, is []byte) ([]byte, error) {
		if is == nil {
			return rec, nil
		}
		if first := binary.BigEndian.Uint64(rec[8:]); first&weakMark == 0 {
			return nil, c.asked.Add(c.record(first, binary.BigEndian.Uint64(rec), 0))
		}
		return nil, nil
	})
}
