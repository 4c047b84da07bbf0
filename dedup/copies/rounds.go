package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"slices"

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
// their edges tell, compares what is wanted and reports whether some are left. What
// is settled is not looked at again.
func (r *resolver) round(ctx context.Context, last bool) (more bool, err error) {
	nodes, edges := spill.NewSorter(r.w.spill(8), nodeBytes), spill.NewSorter(r.w.spill(8), linkedBytes)
	asked := spill.NewSorter(r.w.spill(8), askBytes)
	defer asked.Close()
	if err := r.eachComponent(ctx, func(label uint64, c *component) error {
		x := decider{m: &r.w.m, joins: r.w.joins}
		x.begin(c.nodes, c.edges)
		wanted := x.settle(last)
		if len(wanted) == 0 {
			return r.keep(&x)
		}
		for _, p := range wanted {
			if err := asked.Add(askFor(p, label)); err != nil {
				return err
			}
		}
		return c.put(label, nodes, edges)
	}); err != nil {
		closeAll(nodes, edges)
		return false, err
	}
	if asked.Len() > 0 {
		for e, err := range r.w.verify(ctx, asked) {
			if err == nil {
				label := e.mark
				e.mark = 0
				err = edges.Add(linked(label, &e))
			}
			if err != nil {
				closeAll(nodes, edges)
				return false, err
			}
		}
	}
	closeAll(r.nodes, r.linked)
	r.nodes, r.linked = nodes, edges
	return asked.Len() > 0, nil
}

func askFor(p [2]uint64, mark uint64) []byte {
	return binary.BigEndian.AppendUint64(pair(p[0], p[1], false), mark)
}

// component is what is known of one component.
type component struct {
	nodes []node
	edges []edge
}

// eachComponent calls do for each component by its label.
func (r *resolver) eachComponent(ctx context.Context, do func(label uint64, c *component) error) error {
	edges := follow(r.linked.Sorted())
	defer edges.stop()
	var c component
	label := uint64(none)
	flush := func() error {
		if label == none {
			return nil
		}
		for {
			rec, err := edges.find(label)
			if err != nil {
				return err
			}
			if rec == nil {
				break
			}
			c.edges = append(c.edges, readEdge(rec[8:]))
			if err := edges.advance(); err != nil {
				return err
			}
		}
		err := errors.Join(do(label, &c), ctx.Err())
		c = component{}
		return err
	}
	for rec, err := range r.nodes.Sorted() {
		if err != nil {
			return err
		}
		if l := binary.BigEndian.Uint64(rec); l != label {
			if err := flush(); err != nil {
				return err
			}
			label = l
		}
		c.nodes = append(c.nodes, node{
			rank: binary.BigEndian.Uint64(rec[8:]), face: binary.BigEndian.Uint64(rec[16:]), doc: binary.BigEndian.Uint64(rec[24:]),
		})
	}
	return flush()
}

// put hands a component on to the next round.
func (c *component) put(label uint64, nodes, edges *spill.Sorter) error {
	for i := range c.nodes {
		n := &c.nodes[i]
		rec := binary.BigEndian.AppendUint64(make([]byte, 0, nodeBytes), label)
		for _, v := range [...]uint64{n.rank, n.face, n.doc} {
			rec = binary.BigEndian.AppendUint64(rec, v)
		}
		if err := nodes.Add(rec); err != nil {
			return err
		}
	}
	for i := range c.edges {
		if err := edges.Add(linked(label, &c.edges[i])); err != nil {
			return err
		}
	}
	return nil
}

// keep notes which nodes of a settled component go.
func (r *resolver) keep(x *decider) error {
	for i := range x.nodes {
		n := &x.nodes[i]
		if n.state != goes {
			continue
		}
		kept, held, units := &x.nodes[n.kept], n.by.heldB, n.by.unitsB
		if n.by.a == n.doc {
			held, units = n.by.heldA, n.by.unitsA
		}
		rec := make([]byte, 0, settledBytes)
		for _, v := range [...]uint64{n.doc, kept.doc, kept.face} {
			rec = binary.BigEndian.AppendUint64(rec, v)
		}
		kind := slices.Index(kinds[:], r.w.kind(&n.by))
		for _, v := range [...]uint32{held, units, n.by.inter, n.by.union, uint32(kind)} {
			rec = binary.BigEndian.AppendUint32(rec, v)
		}
		if err := r.settled.Add(rec); err != nil {
			return err
		}
	}
	return nil
}
