package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"iter"
	"slices"

	"reprint/dedup"
	"reprint/internal/spill"
	"reprint/reuse"
)

// verdict is what the components stage says of a document in a group of copies: 60
// bytes, big-endian, in the order of the fields. The survivor is its own kept.
type verdict struct {
	doc, kept uint64
	cluster   uint64 // from 1, by survivor
	size      uint32 // of the group
	rank      uint32 // of the document in it by the policy, the survivor 1
	held      uint32 // of its units in the survivor, see edge
	units     uint32
	inter     uint32
	union     uint32
	exact     uint32 // 1: the same bytes
	kind      uint32 // index in kinds
	tied      uint32 // 1: the policy prefers neither of the two, but one is the first
}

const verdictBytes = 60

func (v *verdict) append(b []byte) []byte {
	for _, x := range [...]uint64{v.doc, v.kept, v.cluster} {
		b = binary.BigEndian.AppendUint64(b, x)
	}
	for _, x := range [...]uint32{v.size, v.rank, v.held, v.units, v.inter, v.union, v.exact, v.kind, v.tied} {
		b = binary.BigEndian.AppendUint32(b, x)
	}
	return b
}

func readVerdict(b []byte) (v verdict) {
	for i, p := range [...]*uint64{&v.doc, &v.kept, &v.cluster} {
		*p = binary.BigEndian.Uint64(b[8*i:])
	}
	for i, p := range [...]*uint32{&v.size, &v.rank, &v.held, &v.units, &v.inter, &v.union, &v.exact, &v.kind, &v.tied} {
		*p = binary.BigEndian.Uint32(b[24+4*i:])
	}
	return v
}

// resolver holds the sorted records by which the components stage brings together
// what it knows:
//
//	faces   document that stands for a text, rank, document: of every document of
//	        a component or a group of equal texts, the preferred one first
//	nodes   label, rank, face, document; the number of a node in this order is its place
//	places  document, first place of its component, place
//	further edges that the edges stage did not leave, see crowds.go; nil: none
//	links   what nodes have in common, see places.go
//	onward  the same by the earlier node
//	open    components that are not settled: first place, last place; nil: all of them
//	settled document that stands for a text and goes, the one that stands for its
//	        survivor, the survivor, units held, units, shingles in common, of both, kind
type resolver struct {
	w             *work
	faces         *spill.Sorter
	nodes         *spill.Sorter
	places        *spill.Sorter
	further       *spill.Sorter
	links, onward *spill.Sorter
	open          *spill.Sorter
	settled       *spill.Sorter
	beside        int64 // matches of a scan for which nothing goes
}

const (
	faceBytes  = 24
	nodeBytes  = 32
	placeBytes = 24

	linkedBytes  = 8 + edgeBytes
	settledBytes = 8 + 8 + 8 + 5*4
)

// spill returns options for one of the resolver's stores, of which a dozen are in use at a
// time, beside those of verify.
func (r *resolver) spill() spill.Options { return r.w.spill(24) }

func (w *work) newResolver() *resolver {
	r := &resolver{w: w}
	r.faces = spill.NewSorter(r.spill(), faceBytes)
	r.nodes = spill.NewSorter(r.spill(), nodeBytes)
	r.places = spill.NewSorter(r.spill(), placeBytes)
	r.links = spill.NewSorter(r.spill(), linkBytes)
	r.onward = spill.NewSorter(r.spill(), onwardBytes)
	r.settled = spill.NewSorter(r.spill(), settledBytes)
	return r
}

func (r *resolver) close() {
	closeAll(r.faces, r.nodes, r.places, r.links, r.onward, r.settled)
	for _, s := range [...]*spill.Sorter{r.open, r.further} {
		if s != nil {
			s.Close()
		}
	}
}

// components groups the verified pairs, and says of every group which document
// stays, which go, and why.
func (w *work) components(ctx context.Context, tell *dedup.Teller) error {
	if w.done("components", "comp") {
		return nil
	}
	tell.Stage("components", "clusters", 0)
	r := w.newResolver()
	defer r.close()
	if err := r.cross(ctx); err != nil {
		return err
	}
	labels, err := r.label(ctx)
	if err != nil {
		return err
	}
	err = errors.Join(r.gatherFaces(ctx, labels), r.gatherNodes(labels))
	closeAll(labels)
	if err != nil {
		return err
	}
	if err := errors.Join(r.number(), r.connect(r.edges(ctx))); err != nil {
		return err
	}
	more := true
	for n := 1; more && err == nil; n++ {
		more, err = r.round(ctx, n == maxRounds)
	}
	if err != nil {
		return err
	}
	n, err := r.write()
	tell.Done(n)
	return err
}

// edgeRecords yields the records of a part of the files that the edges stage left.
func (w *work) edgeRecords(ctx context.Context, part uint32, size int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		names, err := w.files("edges")
		for _, name := range names {
			var f *spill.BlockFile
			if f, _, err = w.open(name, "edge"); err != nil {
				break
			}
			for b, err := range records(f, part, size) {
				if err == nil {
					err = ctx.Err()
				}
				if !yield(b, err) || err != nil {
					f.Close()
					return
				}
			}
			if err = f.Close(); err != nil {
				break
			}
		}
		if err != nil {
			yield(nil, err)
		}
	}
}

// label finds the components of the pairs that are copies. What it returns is sorted by
// document.
func (r *resolver) label(ctx context.Context) (labels *spill.Sorter, err error) {
	c := newComponents(r.w.spill(8))
	defer func() { c.close() }()
	for e, err := range r.edges(ctx) {
		if err == nil && r.w.o.From != nil && slices.Contains(r.w.o.Kinds, r.w.kind(&e)) && !r.w.joins(&e) {
			r.beside++
		}
		if err == nil && r.w.joins(&e) {
			err = c.add(e.a, e.b)
		}
		if err != nil {
			return nil, err
		}
	}
	return c.labels()
}

// linked is an edge behind a number to sort it by.
func linked(key uint64, e *edge) []byte {
	return e.append(binary.BigEndian.AppendUint64(make([]byte, 0, linkedBytes), key))
}

// follower walks along sorted records of which the first 8 bytes are a number.
type follower struct {
	next  func() ([]byte, error, bool)
	stop  func()
	rec   []byte
	more  bool
	begun bool
}

func follow(recs iter.Seq2[[]byte, error]) *follower {
	f := &follower{}
	f.next, f.stop = iter.Pull2(recs)
	return f
}

// find returns the first record from here on that begins with a number, nil if there
// is none. Numbers must be asked for in ascending order.
func (f *follower) find(n uint64) ([]byte, error) {
	for !f.begun || f.more && binary.BigEndian.Uint64(f.rec) < n {
		var err error
		f.begun = true
		if f.rec, err, f.more = f.next(); err != nil {
			return nil, err
		}
	}
	if !f.more || binary.BigEndian.Uint64(f.rec) != n {
		return nil, nil
	}
	return f.rec, nil
}

// each calls do for the records from here on that begin with a number, and leaves them behind.
func (f *follower) each(n uint64, do func(rec []byte) error) error {
	for {
		rec, err := f.find(n)
		if rec == nil || err != nil {
			return err
		}
		if err := errors.Join(do(rec), f.advance()); err != nil {
			return err
		}
	}
}

// beside calls do for each record of a list, with the first one of another list that begins
// with the same number, or nil.
func beside(list, other *spill.Sorter, do func(rec, of []byte) error) error {
	f := follow(other.Sorted())
	defer f.stop()
	for rec, err := range list.Sorted() {
		var of []byte
		if err == nil {
			of, err = f.find(binary.BigEndian.Uint64(rec))
		}
		if err == nil {
			err = do(rec, of)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// revise puts in the place of each record of *list what to makes of it beside another list, of
// the same size, or nothing. After an error the list is as it was.
func (w *work) revise(list **spill.Sorter, size int, other *spill.Sorter, to func(rec, of []byte) ([]byte, error)) error {
	next := spill.NewSorter(w.spill(32), size)
	err := beside(*list, other, func(rec, of []byte) error {
		rec, err := to(rec, of)
		if rec == nil || err != nil {
			return err
		}
		return next.Add(rec)
	})
	if err != nil {
		closeAll(next)
		return err
	}
	closeAll(*list)
	*list = next
	return nil
}

// advance leaves the present record behind.
func (f *follower) advance() (err error) {
	f.rec, err, f.more = f.next()
	return err
}

// joins reports whether a pair belongs into one group: if it is of a kind for which
// documents go, and one of the two may go for the other.
func (w *work) joins(e *edge) bool {
	return slices.Contains(w.o.Kinds, w.kind(e)) && (w.m.holds(e, true) || w.m.holds(e, false))
}

// kind is what a scan said of a pair, or else what its measures say.
func (w *work) kind(e *edge) reuse.Kind {
	if e.mark > 0 && e.mark < uint64(len(kinds)) {
		return kinds[e.mark]
	}
	return w.m.kind(e)
}

// kinds are those of a pair, by the numbers that stand for them in files.
var kinds = [...]reuse.Kind{"", reuse.Duplicate, reuse.Republished, reuse.Partial, reuse.Template}
