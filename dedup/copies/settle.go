package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

	"reprint/internal/spill"
)

// settler goes through the nodes of all open components by their places. What one of them
// tells those behind it waits in a queue, which like all else here is put on disk where
// memory does not hold it: a component may have as many nodes as there are documents.
type settler struct {
	r    *resolver
	last bool // what is not settled stays

	asked *spill.Sorter // comparisons that are wanted
	open  *spill.Sorter // components that are not settled, see spans
	told  *spill.Sorter // what goes in the present component
	news  *spill.Queue

	links, onward *follower
	node          node
	first         news   // of the first node of the present component
	label         uint64 // of it
	unsettled     bool   // one of its nodes
	beside        int64  // its links between two that stay
}

// A piece of news is queued as: place of the node that it is for, of the one that tells it
// (8 bytes each), its state and the number of the piece among those it tells (1), place, first
// document and face of the node that is spoken of (8 each).
const newsBytes = 8 + 8 + 1 + 8 + 8 + 8

// all settles what can be settled.
func (s *settler) all(ctx context.Context) (err error) {
	s.told = spill.NewSorter(s.r.spill(), settledBytes)
	s.news = spill.NewQueue(s.r.spill(), newsBytes)
	defer func() { err = errors.Join(err, s.told.Close(), s.news.Close()) }()
	s.links, s.onward = follow(s.r.links.Sorted()), follow(unique(s.r.onward))
	defer s.links.stop()
	defer s.onward.stop()
	open := s.r.spans()
	defer open.stop()
	s.label = none
	place := uint64(0)
	for rec, err := range s.r.nodes.Sorted() {
		var is bool
		if err == nil {
			is, err = open.holds(place)
		}
		if err == nil && is {
			err = errors.Join(s.one(rec, place), ctx.Err())
		}
		if err != nil {
			return err
		}
		place++
	}
	return s.end(place)
}

// one settles a node.
func (s *settler) one(rec []byte, place uint64) error {
	u := binary.BigEndian
	x := &s.node
	x.place, x.face, x.doc = place, u.Uint64(rec[16:]), u.Uint64(rec[24:])
	begins := u.Uint64(rec) != s.label
	if begins {
		if err := s.end(place); err != nil {
			return err
		}
		s.label, s.first, s.unsettled, s.beside = u.Uint64(rec), news{from: place, state: stays, other: x.other, face: x.face}, false, 0
	}
	if err := errors.Join(s.read(x), s.hear(x)); err != nil || begins {
		return err // that the first one stays is known to all
	}
	waits := x.look(&s.r.w.m, s.r.w.joins, &s.first)
	switch {
	case x.state != goes && (len(x.want) == 0 && !waits || s.last):
		x.state = stays
		if s.r.w.o.From != nil {
			s.beside += x.beside(s.r.w.joins, &s.first)
		}
	case x.state == goes:
		if err := s.told.Add(s.r.settledRecord(x)); err != nil {
			return err
		}
	default:
		s.unsettled = true
		for _, o := range x.want {
			if err := s.asked.Add(askFor(o.doc, x.doc, 0)); err != nil {
				return err
			}
		}
	}
	return s.tell(x)
}

// end is called behind the last node of a component: it counts what was told of it if all
// of it is settled.
func (s *settler) end(next uint64) error {
	switch {
	case s.label == none:
		return nil
	case s.unsettled:
		if err := s.open.Add(pair(s.first.place, next-1, false)); err != nil {
			return err
		}
	default:
		s.r.beside += s.beside
		for rec, err := range s.told.Sorted() {
			if err == nil {
				err = s.r.settled.Add(rec)
			}
			if err != nil {
				return err
			}
		}
	}
	s.label = none
	return s.told.Reset()
}

// read reads the links of a node to those before it.
func (s *settler) read(x *node) error {
	for x.links = x.links[:0]; ; {
		rec, err := s.links.find(x.place)
		if rec == nil || err != nil {
			return err
		}
		x.links = append(x.links, readLink(rec))
		if err := s.links.advance(); err != nil {
			return err
		}
	}
}

// hear takes what others told a node out of the queue.
func (s *settler) hear(x *node) error {
	u := binary.BigEndian
	for x.heard = x.heard[:0]; ; {
		rec, ok := s.news.Top()
		if !ok || u.Uint64(rec) != x.place {
			return nil
		}
		x.heard = append(x.heard, news{
			from: u.Uint64(rec[8:]), state: state(rec[16] >> 4), other: other{u.Uint64(rec[17:]), u.Uint64(rec[25:])}, face: u.Uint64(rec[33:]),
		})
		if err := s.news.Next(); err != nil {
			return err
		}
	}
}

// tell tells a node's neighbours behind it what became of it.
func (s *settler) tell(x *node) error {
	var all [1 + maxAsked]news
	n := 1
	switch all[0].state = x.state; x.state {
	case stays:
		all[0].other, all[0].face = x.other, x.face
	case goes:
		all[0].other = x.kept.other
	default:
		for _, o := range x.want {
			all[n] = news{state: wants, other: o}
			n++
		}
	}
	for {
		to, err := s.onward.find(x.place)
		if to == nil || err != nil {
			return err
		}
		for i, piece := range all[:n] {
			u := binary.BigEndian
			rec := append(make([]byte, 0, newsBytes), to[8:16]...)
			rec = u.AppendUint64(rec, x.place)
			rec = append(rec, byte(piece.state)<<4|byte(i))
			for _, v := range [...]uint64{piece.place, piece.doc, piece.face} {
				rec = u.AppendUint64(rec, v)
			}
			if err := s.news.Add(rec); err != nil {
				return err
			}
		}
		if err := s.onward.advance(); err != nil {
			return err
		}
	}
}

// settledRecord is what is kept of a node that goes.
func (r *resolver) settledRecord(x *node) []byte {
	e := &x.by.edge
	held, units := e.heldA, e.unitsA
	if x.by.later {
		held, units = e.heldB, e.unitsB
	}
	rec := make([]byte, 0, settledBytes)
	for _, v := range [...]uint64{x.doc, x.kept.doc, x.kept.face} {
		rec = binary.BigEndian.AppendUint64(rec, v)
	}
	kind := slices.Index(kinds[:], r.w.kind(e))
	for _, v := range [...]uint32{held, units, e.inter, e.union, uint32(kind)} {
		rec = binary.BigEndian.AppendUint32(rec, v)
	}
	return rec
}
