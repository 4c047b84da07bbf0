package copies

import (
	"context"
	"encoding/binary"
	"errors"

	"reprint/internal/spill"
)

// gatherFaces collects, for every document that stands for others or has a label, all
// documents with its text, by the policy's order.
func (r *resolver) gatherFaces(ctx context.Context, labels *spill.Sorter) error {
	f, _, err := r.w.open("exact", "exct")
	if err != nil {
		return err
	}
	defer f.Close()
	first, err := r.firsts(f)
	if err != nil {
		return err
	}
	copies, named := follow(records(f, copyPart, 16)), follow(unique(labels))
	defer copies.stop()
	defer named.stop()
	return r.w.eachDoc(ctx, func(doc uint64, d *docRecord) error {
		of := doc
		c, err := copies.find(doc)
		if c != nil {
			of = binary.BigEndian.Uint64(c[8:])
		} else if err == nil && !first.has(doc) {
			var l []byte
			if l, err = named.find(doc); l == nil {
				return err
			}
		}
		if err != nil {
			return err
		}
		var rec [faceBytes]byte
		binary.BigEndian.PutUint64(rec[:], of)
		binary.BigEndian.PutUint64(rec[8:], d.rank)
		binary.BigEndian.PutUint64(rec[16:], doc)
		return r.faces.Add(rec[:])
	})
}

// firsts returns the documents that have exact copies.
func (r *resolver) firsts(exact *spill.BlockFile) (bitmap, error) {
	total, err := r.w.total()
	if err != nil {
		return nil, err
	}
	set := newBitmap(total.Docs)
	for rec, err := range records(exact, copyPart, 16) {
		if err != nil {
			return nil, err
		}
		set.add(binary.BigEndian.Uint64(rec[8:]))
	}
	return set, nil
}

// gatherNodes puts the face of every text to the label of its document.
func (r *resolver) gatherNodes(labels *spill.Sorter) error {
	faces := follow(r.faces.Sorted())
	defer faces.stop()
	var rec [nodeBytes]byte
	for l, err := range unique(labels) {
		if err != nil {
			return err
		}
		face, err := faces.find(binary.BigEndian.Uint64(l))
		if err != nil {
			return err
		}
		if face == nil {
			return errTokens
		}
		copy(rec[:8], l[8:])
		copy(rec[8:24], face[8:])
		copy(rec[24:], l[:8])
		if err := r.nodes.Add(rec[:]); err != nil {
			return err
		}
	}
	return nil
}

// round goes through the components that are not settled, settles them as far as
// their links tell, compares what is wanted and reports whether some are left. What
// is settled is not looked at again.
func (r *resolver) round(ctx context.Context, last bool) (more bool, err error) {
	asked := spill.NewSorter(r.spill(), askBytes)
	defer asked.Close()
	open := spill.NewSorter(r.spill(), spanBytes)
	s := &settler{r: r, last: last, asked: asked, open: open}
	if err := s.all(ctx); err != nil {
		return false, errors.Join(err, open.Close())
	}
	if r.open != nil {
		r.open.Close()
	}
	r.open = open
	if asked.Len() == 0 {
		return false, nil
	}
	return true, r.more(ctx, asked)
}

// more measures what was asked for, and drops the links of components that are settled.
func (r *resolver) more(ctx context.Context, asked *spill.Sorter) error {
	links, onward := r.links, r.onward
	defer closeAll(links, onward)
	r.links, r.onward = spill.NewSorter(r.spill(), linkBytes), spill.NewSorter(r.spill(), onwardBytes)
	for _, s := range [...]struct{ from, to *spill.Sorter }{{links, r.links}, {onward, r.onward}} {
		open := r.spans()
		defer open.stop()
		for rec, err := range s.from.Sorted() {
			var is bool
			if err == nil {
				is, err = open.holds(binary.BigEndian.Uint64(rec))
			}
			if err == nil && is {
				err = s.to.Add(rec)
			}
			if err != nil {
				return err
			}
		}
	}
	return r.connect(r.w.verify(ctx, asked))
}

// spans walks along the components that are not settled: the first and the last place of
// each. In the first round that is all of them.
type spans struct {
	*follower
	all bool
}

const spanBytes = 16

func (r *resolver) spans() *spans {
	if r.open == nil {
		return &spans{all: true}
	}
	return &spans{follower: follow(r.open.Sorted())}
}

// holds reports whether a place is in one of them. Places must be asked for in ascending
// order.
func (s *spans) holds(place uint64) (bool, error) {
	for !s.all {
		if !s.begun || s.more && binary.BigEndian.Uint64(s.rec[8:]) < place {
			s.begun = true
			if err := s.advance(); err != nil {
				return false, err
			}
			continue
		}
		return s.more && binary.BigEndian.Uint64(s.rec) <= place, nil
	}
	return true, nil
}

func (s *spans) stop() {
	if !s.all {
		s.follower.stop()
	}
}

// askFor is a record that asks for a comparison, for which the units of from are handed to
// the other one.
func askFor(from, to, mark uint64) []byte {
	return binary.BigEndian.AppendUint64(pair(from, to, false), mark)
}
