package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"iter"

	"reprint/internal/spill"
)

// Documents that look like several others make a crowd with the head of their keys. Where it is
// large the document in it that the policy prefers is the lead of the crowd, if it and the head are
// copies of each other: it is the one for which all the others go, so that they need be compared
// with no other. Else the head is the lead.
//
// Of a crowd some have most of their keys with another head, which is one of the crowd itself.
// Where a head has keys with a head of its own the documents of the one crowd are in the other.
//
// Which one is the lead is the same for any share of the work, since all documents count
// whose ever their pairs are.
const (
	// closeFrom is for which part of its keys a document must have those of its head to be taken
	// for one of that one's crowd: keys of four lanes are equal for a sixteenth of them if the
	// similarity is .5.
	closeFrom = 16
	// closeSteps is how often the head of a crowd is replaced by its own one.
	closeSteps = 2
	// ledFrom is how many documents beside the head a crowd has that is worth a lead: one
	// comparison more than it has documents.
	ledFrom = 8

	// tried is the mark of a pair with a lead that would not be measured if it were none. It
	// counts only if each document holds the other one.
	tried = 1 << 8
	// turned is the mark of an edge of which b is the lead.
	turned = 1 << 9
)

// member is a document in the crowd of a head: 24 bytes, big-endian, in the order of the
// fields; the lowest bit of doc's is pair.
type member struct {
	head, rank, doc uint64
	pair            bool // the pair with the head is to be measured anyway
}

const memberBytes = 24

func (m *member) record() (rec [memberBytes]byte) {
	u := binary.BigEndian
	u.PutUint64(rec[:], m.head)
	u.PutUint64(rec[8:], m.rank)
	doc := m.doc << 1
	if m.pair {
		doc |= 1
	}
	u.PutUint64(rec[16:], doc)
	return rec
}

func readMember(rec []byte) member {
	u := binary.BigEndian
	doc := u.Uint64(rec[16:])
	return member{u.Uint64(rec), u.Uint64(rec[8:]), doc >> 1, doc&1 != 0}
}

// crowds gathers the members of all crowds.
type crowds struct {
	w       *work
	members *spill.Sorter
	heads   *spill.Sorter // document, its head, of those that look like copies of it
}

func (w *work) newCrowds() *crowds {
	return &crowds{w, spill.NewSorter(w.spill(32), memberBytes), spill.NewSorter(w.spill(32), crossBytes)}
}

func (c *crowds) free() { closeAll(c.members, c.heads) }

// add takes a member.
func (c *crowds) add(m member) error {
	rec := m.record()
	return c.members.Add(rec[:])
}

// close takes a document that looks like a copy of its head.
func (c *crowds) close(doc, head uint64) error { return c.heads.Add(pair(doc, head, false)) }

// joined makes one crowd of those of which one's head looks like a copy of the other's.
func (c *crowds) joined() error {
	for range closeSteps {
		n := 0
		err := c.w.revise(&c.members, memberBytes, c.heads, func(rec, of []byte) ([]byte, error) {
			if of == nil {
				return rec, nil
			}
			m := readMember(rec)
			m.head, m.pair = binary.BigEndian.Uint64(of[8:]), false
			n++
			other := m.record()
			return other[:], nil
		})
		if err != nil || n == 0 {
			return err
		}
	}
	return nil
}

// without forgets the heads of some documents.
func (c *crowds) without(docs *spill.Sorter) error {
	if docs.Len() == 0 {
		return nil
	}
	return c.w.revise(&c.heads, crossBytes, docs, func(rec, of []byte) ([]byte, error) {
		if of != nil {
			return nil, nil
		}
		return rec, nil
	})
}

// A large crowd has ledFrom documents or more.
type large struct {
	size int
	best member // of all but the head that which the policy prefers
}

// large yields the large crowds by their heads.
func (c *crowds) large() iter.Seq2[large, error] {
	return func(yield func(large, error) bool) {
		l := large{best: member{head: none}}
		for rec, err := range c.members.Sorted() {
			if err != nil {
				yield(l, err)
				return
			}
			if binary.BigEndian.Uint64(rec) != l.best.head {
				if l.size >= ledFrom && !yield(l, nil) {
					return
				}
				l = large{best: readMember(rec)}
			}
			l.size++
		}
		if l.size >= ledFrom {
			yield(l, nil)
		}
	}
}

// join makes one crowd of several. A large crowd is joined with another one only if the heads of
// the two are copies of each other.
func (c *chooser) join(ctx context.Context) error {
	asked, apart := spill.NewSorter(c.w.spill(32), askBytes), spill.NewSorter(c.w.spill(32), 8)
	defer closeAll(asked, apart)
	heads := follow(c.crowds.heads.Sorted())
	defer heads.stop()
	for l, err := range c.crowds.large() {
		var of []byte
		if err == nil {
			of, err = heads.find(l.best.head)
		}
		if err == nil && of != nil {
			err = asked.Add(askFor(binary.BigEndian.Uint64(of[8:]), l.best.head, tried))
		}
		if err != nil {
			return err
		}
	}
	if asked.Len() > 0 {
		for e, err := range c.w.verify(ctx, asked) {
			if err == nil && !c.w.mutual(&e) {
				err = apart.Add(number(e.b))
			}
			if err != nil {
				return err
			}
		}
	}
	return errors.Join(c.crowds.without(apart), c.crowds.joined())
}

// ask asks for the pairs of all members that the chooser owns with the leads of their crowds, and
// for that of a lead with the head.
func (c *chooser) ask(ctx context.Context) error {
	leads := spill.NewSorter(c.w.spill(32), crossBytes)
	defer closeAll(leads)
	if err := errors.Join(c.join(ctx), c.lead(ctx, leads)); err != nil {
		return err
	}
	return beside(c.crowds.members, leads, func(rec, led []byte) error {
		m := readMember(rec)
		if !c.owns(m.doc) {
			return nil
		}
		return c.asked.Add(m.asks(led))
	})
}

// lead finds the leads of crowds: head, lead, of those that another one than the head leads. A document
// that the policy prefers to the head is the lead if the two are copies of each other.
func (c *chooser) lead(ctx context.Context, to *spill.Sorter) error {
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
			err = asked.Add(askLead(b.doc, b.head, tried))
		}
		if err != nil {
			return err
		}
	}
	if asked.Len() == 0 {
		return nil
	}
	for e, err := range c.w.verify(ctx, asked) {
		if err == nil && c.w.mutual(&e) {
			lead, head := e.a, e.b
			if e.mark&turned != 0 {
				lead, head = head, lead
			}
			err = to.Add(pair(head, lead, false))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// asks is the pair that is asked for of a member of a crowd, of which the head and the lead are
// given if the head does not lead it itself.
func (m *member) asks(led []byte) []byte {
	lead, mark := m.head, uint64(tried)
	if led != nil {
		lead = binary.BigEndian.Uint64(led[8:])
	}
	if lead == m.doc {
		lead = m.head
	}
	if lead == m.head && m.pair {
		mark = 0
	}
	return askLead(lead, m.doc, mark)
}

// askLead asks for the comparison of a document with a lead.
func askLead(lead, doc, mark uint64) []byte {
	if lead > doc {
		mark |= turned
	}
	return askFor(lead, doc, mark)
}

// ranked tells the rank of documents by the policy. They must be asked for in ascending order.
type ranked struct {
	next   func() (openShard, error, bool)
	stop   func()
	shard  openShard
	more   bool
	blocks []spill.Block // that are not read
	first  uint64        // document of the first record that was read
	recs   []byte
}

func (w *work) ranked() *ranked {
	r := &ranked{}
	r.next, r.stop = iter.Pull2(w.shards())
	return r
}

func (r *ranked) of(doc uint64) (uint64, error) {
	for !r.more || doc >= r.shard.first+uint64(r.shard.Docs) {
		var err error
		if r.shard, err, r.more = r.next(); err != nil || !r.more {
			return 0, errors.Join(err, errTokens)
		}
		r.blocks, r.first, r.recs = r.shard.Blocks(docsPart), r.shard.first, r.recs[:0]
	}
	for {
		n := uint64(len(r.recs) / docBytes)
		if doc >= r.first && doc < r.first+n {
			rec := readDoc(r.recs[(doc-r.first)*docBytes:])
			return rec.rank, nil
		}
		if len(r.blocks) == 0 || doc < r.first {
			return 0, errTokens
		}
		r.first, r.recs = r.first+n, r.recs[:0]
		b := r.blocks[0]
		if r.blocks = r.blocks[1:]; doc >= r.first+uint64(b.Size/docBytes) {
			r.first += uint64(b.Size / docBytes)
			continue
		}
		var err error
		if r.recs, err = r.shard.Read(b, r.recs); err != nil {
			return 0, err
		}
	}
}
