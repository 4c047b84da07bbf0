package dedup

import (
	"cmp"
	"encoding/binary"
	"slices"

	"reprint/internal/spill"
	"reprint/shingle"
)

// samePlace is the part that two spans of one document must share of their
// union to be one place of a repeated text.
const samePlace = .8

// node is a place of a passage in a document.
type node struct {
	doc        uint64
	start, end int32
	quoted     bool
	root       int32
}

// recur finds the texts that several documents hold: passages of reuse
// matches and quotations, grouped by the places they share, and furniture,
// grouped by its words. It keeps 24 bytes for each side of each passage.
func (r *Results) recur(k *keying) error {
	nodes, err := r.passageNodes()
	if err != nil {
		return err
	}
	r.recurring = spill.NewBlobs(r.o.spill(16))
	if err := r.groupNodes(nodes); err != nil {
		return err
	}
	if err := r.groupFurniture(k); err != nil {
		return err
	}
	slices.SortFunc(r.recurrences, func(p, q recurrenceKey) int {
		return cmp.Or(cmp.Compare(p.doc, q.doc), cmp.Compare(p.start, q.start), cmp.Compare(p.end, q.end), cmp.Compare(p.number, q.number))
	})
	return nil
}

// passageNodes lists both sides of every passage, 2i and 2i+1 of passage i.
func (r *Results) passageNodes() ([]node, error) {
	var nodes []node
	for m, err := range r.pairs() {
		if err != nil {
			return nil, err
		}
		for _, p := range m.Passages {
			nodes = append(nodes,
				node{doc: m.a, start: int32(p.A.Start), end: int32(p.A.End), quoted: p.Quoted},
				node{doc: m.b, start: int32(p.B.Start), end: int32(p.B.End), quoted: p.Quoted})
		}
	}
	for i := range nodes {
		nodes[i].root = int32(i &^ 1) // the two sides of a passage are one text
	}
	return nodes, nil
}

// compare is the order of places: by document and beginning, the longest first.
func (a *node) compare(b *node) int {
	switch {
	case a.doc != b.doc:
		return cmp.Compare(a.doc, b.doc)
	case a.start != b.start:
		return cmp.Compare(a.start, b.start)
	}
	return cmp.Compare(b.end, a.end)
}

func root(nodes []node, i int32) int32 {
	for nodes[i].root != i {
		nodes[i].root = nodes[nodes[i].root].root
		i = nodes[i].root
	}
	return i
}

// groupNodes joins places that are the same, and stores each group.
func (r *Results) groupNodes(nodes []node) error {
	order := make([]int32, len(nodes))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(p, q int32) int {
		if n := nodes[p].compare(&nodes[q]); n != 0 {
			return n
		}
		return cmp.Compare(p, q)
	})
	for n, p := range order {
		for _, q := range order[n+1:] {
			if nodes[q].doc != nodes[p].doc || nodes[q].start >= nodes[p].end {
				break
			}
			if overlap(&nodes[p], &nodes[q]) >= samePlace {
				a, b := root(nodes, p), root(nodes, q)
				nodes[max(a, b)].root = min(a, b)
				break // the next one of this place goes on from there
			}
		}
	}
	for _, p := range order {
		nodes[p].root = root(nodes, p)
	}
	slices.SortFunc(order, func(p, q int32) int {
		a, b := &nodes[p], &nodes[q]
		if a.root != b.root {
			return cmp.Compare(a.root, b.root)
		}
		return a.compare(b)
	})
	for from := 0; from < len(order); {
		to := from + 1
		for to < len(order) && nodes[order[to]].root == nodes[order[from]].root {
			to++
		}
		if err := r.storeNodes(nodes, order[from:to]); err != nil {
			return err
		}
		from = to
	}
	return nil
}

// overlap is the intersection of two spans as part of their union.
func overlap(a, b *node) float64 {
	inner := min(a.end, b.end) - max(a.start, b.start)
	return float64(inner) / float64(max(a.end, b.end)-min(a.start, b.start))
}

// storeNodes stores a group, ordered by document and start, the widest of
// the spans that stand for one place first.
func (r *Results) storeNodes(nodes []node, group []int32) error {
	rec := recurrence{kind: "passage"}
	quoted := 0
	for _, i := range group {
		n := &nodes[i]
		if n.quoted {
			quoted++
		}
		if last := len(rec.at) - 1; last >= 0 && rec.at[last].doc == n.doc && int(n.start) < rec.at[last].End {
			continue
		}
		rec.at = append(rec.at, spanOf{n.doc, shingle.Span{Start: int(n.start), End: int(n.end)}})
	}
	if 2*quoted >= len(group) {
		rec.kind = "quote"
	}
	return r.store(&rec)
}

// groupFurniture stores the stretches of furniture that stand in several
// documents with the same words.
func (r *Results) groupFurniture(k *keying) error {
	var last uint64
	rec := recurrence{kind: "boilerplate"}
	flush := func() error {
		defer func() { rec.at = rec.at[:0] }()
		if len(rec.at) < 2 {
			return nil
		}
		return r.store(&rec)
	}
	for b, err := range k.furniture.Sorted() {
		if err != nil {
			return err
		}
		if h := binary.BigEndian.Uint64(b); h != last {
			if err := flush(); err != nil {
				return err
			}
			last = h
		}
		rec.at = append(rec.at, spanOf{binary.BigEndian.Uint64(b[8:]), shingle.Span{
			Start: int(binary.BigEndian.Uint32(b[16:])), End: int(binary.BigEndian.Uint32(b[20:]))}})
	}
	return flush()
}

// recurrence is a repeated text as the engine keeps it.
type recurrence struct {
	kind string
	at   []spanOf
}

// spanOf is a span of a document.
type spanOf struct {
	doc uint64
	shingle.Span
}

// recurrenceKey orders the stored recurrences by their first place.
type recurrenceKey struct {
	doc        uint64
	start, end int32
	number     int32 // in the store
}

// store keeps a recurrence that has at least two places.
func (r *Results) store(rec *recurrence) error {
	if len(rec.at) < 2 {
		return nil
	}
	w := writer{}
	w.string(rec.kind)
	w.uint(uint64(len(rec.at)))
	for _, p := range rec.at {
		w.uint(p.doc)
		w.uint(uint64(p.Start))
		w.uint(uint64(p.End))
	}
	n, err := r.recurring.Append(w.b)
	first := rec.at[0]
	r.recurrences = append(r.recurrences, recurrenceKey{first.doc, int32(first.Start), int32(first.End), int32(n)})
	r.summary.Passages[rec.kind]++
	return err
}

// readRecurrence decodes a recurrence.
func readRecurrence(b []byte) (rec recurrence, err error) {
	r := reader{b: b}
	rec.kind = r.string()
	rec.at = make([]spanOf, r.length(3))
	for i := range rec.at {
		p := &rec.at[i]
		p.doc, p.Start, p.End = r.uint(), int(r.uint()), int(r.uint())
	}
	return rec, r.err
}
