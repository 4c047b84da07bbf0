package copies

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"reprint/internal/spill"
)

// maxHot is with how many documents one is compared with which it has only hot keys in
// common. A million documents that bear the same license are each the neighbour of others at
// some key, and where Method.lacks, of none of them a copy: one that has many other keys is
// then compared with none of them. A copy among them has a key of its own with it as well, as
// long as keys are of few lanes, unless there are very many copies; then most of its keys are
// hot.
const maxHot = 2

// chooser chooses the pairs of each second document that are worth a comparison. One that
// looks like several others is compared with one document alone first, the lead of its crowd
// (leads.go). If each of the two holds the other, the document is a copy of its lead, and what
// looks like the document looks like the lead: it has been compared with that one, or will be,
// see crowds.go. If not, the document's other pairs are measured.
type chooser struct {
	w        *work
	from, to uint64 // second documents whose pairs are asked for; of others only the heads count
	asked    *spill.Sorter
	held     *spill.Sorter // pairs of those that are compared with a lead: document, first document, with weakMark if they are weak
	crowds   *crowds
	rank     func(doc uint64) (uint64, error) // by the policy, of documents in ascending order
	stop     func()
	bands    int // keys of a document, at least; 0: hot ones count however few they are
	doc      uint64
	first    []firstDoc
	heads    []headDoc
	rec      [askBytes]byte
}

// firstDoc is a document before the present one, and the keys that both have.
type firstDoc struct {
	doc       uint64
	rare, hot int
}

// headDoc is the head of some keys of the present document, with hotMark if they are hot.
type headDoc struct {
	doc  uint64
	keys int
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

// add takes a pair that a key makes: its second document, its first one and the head of the key.
// Pairs come in the order of these.
func (c *chooser) add(doc, first, head uint64) error {
	if doc != c.doc {
		if err := c.end(); err != nil {
			return err
		}
		c.doc = doc
	}
	head, keys := headOf(head)
	if n := len(c.first); n == 0 || c.first[n-1].doc != first {
		c.first = append(c.first, firstDoc{doc: first})
	}
	f := &c.first[len(c.first)-1]
	if head&hotMark == 0 {
		f.rare += keys
	} else {
		f.hot += keys
	}
	if n := len(c.heads); n > 0 && c.heads[n-1].doc == head {
		c.heads[n-1].keys += keys
	} else {
		c.heads = append(c.heads, headDoc{head, keys})
	}
	return nil
}

// end asks for the pairs of the present document: those with a rare key, and if most of its
// keys are hot, of the others those with the most keys, of which nearer ones are preferred.
func (c *chooser) end() error {
	hot, most := 0, 0
	for _, f := range c.first {
		hot += f.hot
	}
	if 2*hot > c.bands {
		most = maxHot
	}
	chosen := chosen(c.first, most)
	crowded := headsFrom*hot > c.bands
	if !crowded {
		c.heads = slices.DeleteFunc(c.heads, func(h headDoc) bool { return h.doc&hotMark != 0 })
	}
	err := c.choose(chosen, crowded, most > 0)
	c.first, c.heads = c.first[:0], c.heads[:0]
	return err
}

// headsFrom is for which part of its keys a document must have hot ones for their heads to
// count: a license that is a small part of a text says nothing of what the text may be a copy of.
const headsFrom = 8

// owns reports whether the pairs of a second document are asked for.
func (c *chooser) owns(doc uint64) bool { return c.from <= doc && doc < c.to }

// choose asks for the pair of the present document if there is but one, or else puts the
// document into the crowd of its head, and holds its pairs.
func (c *chooser) choose(chosen []firstDoc, crowded, mostly bool) error {
	if len(chosen) == 0 && !crowded {
		return nil
	}
	head, keys := c.head()
	if closeFrom*keys >= c.bands {
		if err := c.crowds.close(c.doc, head); err != nil {
			return err
		}
	}
	if len(chosen) == 1 && !crowded {
		if !c.owns(c.doc) {
			return nil
		}
		return c.asked.Add(c.record(chosen[0].doc, c.doc, 0))
	}
	rank, err := c.rank(c.doc)
	if err != nil {
		return err
	}
	m := member{head: head, rank: rank, doc: c.doc}
	for _, f := range chosen {
		m.pair = m.pair || f.doc == head
		if !c.owns(c.doc) {
			continue
		}
		first := f.doc
		if f.rare == 0 || f.rare == 1 && !mostly {
			first |= weakMark
		}
		if err := c.held.Add(c.record(c.doc, first, 0)[:heldBytes]); err != nil {
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

// chosen are the documents with a rare key, and of the others those with the most keys, the
// nearer one of two with as many. It puts them in front.
func chosen(first []firstDoc, most int) []firstDoc {
	n := 0
	for i, f := range first {
		if f.rare > 0 {
			first[i], first[n] = first[n], f
			n++
		}
	}
	for ; most > 0 && n < len(first); most-- {
		best := n
		for i, f := range first[n:] {
			if b := first[best]; f.hot > b.hot || f.hot == b.hot && f.doc > b.doc {
				best = n + i
			}
		}
		first[n], first[best] = first[best], first[n]
		n++
	}
	return first[:n]
}

// head returns the head of many keys, and of how many: the first one of those that are that of
// half as many as another at least, so that most of a crowd have the same.
func (c *chooser) head() (doc uint64, keys int) {
	for i := range c.heads {
		c.heads[i].doc &^= hotMark
	}
	slices.SortFunc(c.heads, func(a, b headDoc) int { return cmp.Compare(a.doc, b.doc) })
	n, most := 0, 0
	for _, h := range c.heads {
		if n > 0 && c.heads[n-1].doc == h.doc {
			c.heads[n-1].keys += h.keys
		} else {
			c.heads[n] = h
			n++
		}
		most = max(most, c.heads[n-1].keys)
	}
	i := slices.IndexFunc(c.heads[:n], func(h headDoc) bool { return 2*h.keys >= most })
	return c.heads[i].doc, c.heads[i].keys
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
		switch first := binary.BigEndian.Uint64(rec[8:]) &^ weakMark; {
		case first == lead && (copied || e.mark&tried == 0): // is this edge
			return nil
		case copied:
			return cross.Add(c.record(first, lead, 0)[:crossBytes])
		default:
			return more.Add(c.record(first, doc, 0))
		}
	})
}
