package copies

import (
	"context"
	"encoding/binary"
	"iter"

	"reprint/internal/spill"
)

// Of ten thousand copies of one page each looks like some others at a rare key or another.
// What holds them together is that they are copies of the same page, and pairs of them need no
// comparison. In a pair of which a document is the copy of another one, and holds that one as
// well, that one stands in for it: what remains is the pairs of those that stand for
// different texts, or seem to.
const (
	crossBytes = 16
	// crossSteps is how often one of the documents of a pair is replaced. That the one
	// that stands in has another to stand in for it is a matter of chance, and a pair that is
	// measured though it need not be is no harm.
	crossSteps = 4
)

// mutual reports whether each document of a pair goes for the other one, whichever stays.
func (w *work) mutual(e *edge) bool {
	return w.joins(e) && w.m.holds(e, true) && w.m.holds(e, false)
}

// across yields pairs of a document and a lead, each once, but those that were compared and are
// copies of each other, as records that are sorted by the document say: the two.
func across(pairs, behind *spill.Sorter) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		next, stop := iter.Pull2(behind.Sorted())
		defer stop()
		known, more := []byte(nil), true
		for rec, err := range unique(pairs) {
			for err == nil && more && string(known) < string(rec) {
				known, err, more = next()
			}
			if err == nil && string(known) == string(rec) {
				continue
			}
			if !yield(rec, err) || err != nil {
				return
			}
		}
	}
}

// cross measures what is left of the pairs that the edges stage put into other terms.
func (r *resolver) cross(ctx context.Context) error {
	pairs := spill.NewSorter(r.spill(), crossBytes)
	defer func() { closeAll(pairs) }()
	for rec, err := range r.w.edgeRecords(ctx, crossPart, crossBytes) {
		if err == nil {
			err = pairs.Add(rec)
		}
		if err != nil {
			return err
		}
	}
	if pairs.Len() == 0 {
		return nil
	}
	stands, err := r.stands(ctx)
	if err != nil {
		return err
	}
	defer closeAll(stands)
	for range crossSteps {
		next := spill.NewSorter(r.spill(), crossBytes)
		err := replaced(pairs, stands, next)
		closeAll(pairs)
		if pairs = next; err != nil {
			return err
		}
	}
	return r.ask(ctx, pairs)
}

// stands returns for each document that is a copy of a lead, or of one before it, the first of
// those: document, that one. Others follow behind.
func (r *resolver) stands(ctx context.Context) (*spill.Sorter, error) {
	s := spill.NewSorter(r.spill(), crossBytes)
	for e, err := range r.edges(ctx) {
		if err == nil && r.w.mutual(&e) {
			err = s.Add(pair(e.a, e.b, e.mark&turned == 0))
		}
		if err != nil {
			closeAll(s)
			return nil, err
		}
	}
	return s, nil
}

// replaced replaces the first document of each pair by what stands for it, and turns the pair
// about. Pairs of which both become the same are left out.
func replaced(pairs, stands, to *spill.Sorter) error {
	f := follow(stands.Sorted())
	defer f.stop()
	for rec, err := range unique(pairs) {
		if err != nil {
			return err
		}
		first := rec[:8]
		s, err := f.find(binary.BigEndian.Uint64(first))
		if err != nil {
			return err
		}
		if s != nil {
			first = s[8:]
		}
		if string(first) == string(rec[8:]) {
			continue
		}
		if err := to.Add(append(append(make([]byte, 0, crossBytes), rec[8:]...), first...)); err != nil {
			return err
		}
	}
	return nil
}

// ask measures pairs, of which the edges are then among those of the resolver.
func (r *resolver) ask(ctx context.Context, pairs *spill.Sorter) error {
	asked := spill.NewSorter(r.spill(), askBytes)
	defer asked.Close()
	for rec, err := range unique(pairs) {
		if err != nil {
			return err
		}
		a, b := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if err := asked.Add(askFor(min(a, b), max(a, b), 0)); err != nil {
			return err
		}
	}
	var buf []byte
	r.further = spill.NewSorter(r.spill(), edgeBytes)
	for e, err := range r.w.verify(ctx, asked) {
		if err == nil {
			buf = e.append(buf[:0])
			err = r.further.Add(buf)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// edges yields the edges that the edges stage left, and further ones.
func (r *resolver) edges(ctx context.Context) iter.Seq2[edge, error] {
	return func(yield func(edge, error) bool) {
		all := []iter.Seq2[[]byte, error]{r.w.edgeRecords(ctx, edgePart, edgeBytes)}
		if r.further != nil {
			all = append(all, r.further.Sorted())
		}
		for _, recs := range all {
			for b, err := range recs {
				var e edge
				if err == nil {
					e = readEdge(b)
				}
				if !yield(e, err) || err != nil {
					return
				}
			}
		}
	}
}
