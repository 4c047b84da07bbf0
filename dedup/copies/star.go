package copies

import (
	"encoding/binary"
	"iter"

	"reprint/internal/spill"
)

// components finds which documents hang together, by sorting alone: edges are
// replaced by others until each document has one edge, to the first document of its
// component (Kiveris and others, Connected components in MapReduce and beyond, 2014).
// A step in which each document hands its least neighbour to the greater ones is
// followed by one in which it hands it to the lesser ones. The number of rounds grows
// with the logarithm of the number of documents, memory not at all.
type components struct {
	o     spill.Options
	edges *spill.Sorter // (greater, lesser)
	sum   uint64        // of the hashes of the edges, each once
}

func newComponents(o spill.Options) *components {
	return &components{o: o, edges: spill.NewSorter(o, 16)}
}

// add takes an edge.
func (c *components) add(a, b uint64) error { return c.edges.Add(pair(max(a, b), min(a, b), false)) }

func (c *components) close() error { return c.edges.Close() }

// labels returns (document, first document of its component), for every document that
// has an edge. Records may stand there more than once: read them by unique.
func (c *components) labels() (*spill.Sorter, error) {
	for before := uint64(1); before != c.sum; {
		before = c.sum
		if err := c.step(c.large); err != nil {
			return nil, err
		}
		if err := c.step(c.small); err != nil {
			return nil, err
		}
	}
	out := spill.NewSorter(c.o, 16)
	for e, err := range c.all() {
		if err == nil {
			err = out.Add(pair(e[0], e[1], false))
		}
		if err == nil {
			err = out.Add(pair(e[1], e[1], false))
		}
		if err != nil {
			out.Close()
			return nil, err
		}
	}
	return out, nil
}

// all yields the edges, each once.
func (c *components) all() iter.Seq2[[2]uint64, error] {
	return func(yield func([2]uint64, error) bool) {
		for rec, err := range unique(c.edges) {
			var e [2]uint64
			if err == nil {
				e = [2]uint64{binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])}
			}
			if !yield(e, err) {
				return
			}
		}
	}
}

// step replaces the edges by those that a function makes of them.
func (c *components) step(replace func(add func(a, b uint64) error) error) error {
	next := spill.NewSorter(c.o, 16)
	err := replace(func(a, b uint64) error { return next.Add(pair(max(a, b), min(a, b), false)) })
	if err != nil {
		next.Close()
		return err
	}
	c.edges.Close()
	c.edges = next
	c.sum = 0
	for e, err := range c.all() {
		if err != nil {
			return err
		}
		c.sum += mix(mix(e[0]) ^ e[1])
	}
	return nil
}

// mix is the last step of splitmix64.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// large links the greater neighbours of each document with its least neighbour, or
// with itself.
func (c *components) large(add func(a, b uint64) error) error {
	both := spill.NewSorter(c.o, 16)
	defer both.Close()
	for e, err := range c.all() {
		if err != nil {
			return err
		}
		if err := both.Add(pair(e[0], e[1], false)); err != nil {
			return err
		}
		if err := both.Add(pair(e[0], e[1], true)); err != nil {
			return err
		}
	}
	doc, least := uint64(none), uint64(0)
	for rec, err := range both.Sorted() {
		if err != nil {
			return err
		}
		u, v := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if u != doc {
			doc, least = u, min(u, v)
		}
		if v > u {
			if err := add(v, least); err != nil {
				return err
			}
		}
	}
	return nil
}

// small links each document and its lesser neighbours with the least of these.
func (c *components) small(add func(a, b uint64) error) error {
	doc, least := uint64(none), uint64(0)
	for e, err := range c.all() {
		if err != nil {
			return err
		}
		if e[0] != doc {
			doc, least = e[0], e[1]
			err = add(doc, least)
		} else {
			err = add(e[1], least)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
