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
// with the logarithm of the number of documents, memory not at all. Where each document
// has one neighbour already, or only neighbours of which each has no other, there is none.
type components struct {
	o     spill.Options
	edges *spill.Sorter // (greater, lesser)
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
	for {
		stars := false
		if err := c.step(func(add adder) (err error) {
			stars, err = c.large(add)
			return err
		}); err != nil {
			return nil, err
		}
		if stars {
			break
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

// adder takes an edge of those that replace others.
type adder func(a, b uint64) error

// step replaces the edges by those that a function makes of them.
func (c *components) step(replace func(adder) error) error {
	next := spill.NewSorter(c.o, 16)
	if err := replace(func(a, b uint64) error { return next.Add(pair(max(a, b), min(a, b), false)) }); err != nil {
		next.Close()
		return err
	}
	c.edges.Close()
	c.edges = next
	return nil
}

// mix is the last step of splitmix64.
func mix(h uint64) uint64 {
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h = (h ^ h>>27) * 0x94d049bb133111eb
	return h ^ h>>31
}

// large links the greater neighbours of each document with its least neighbour, or
// with itself. It reports whether the edges were stars, and so are what they were before.
func (c *components) large(add adder) (stars bool, err error) {
	both := spill.NewSorter(c.o, 16)
	defer both.Close()
	for e, err := range c.all() {
		if err != nil {
			return false, err
		}
		if err := both.Add(pair(e[0], e[1], false)); err != nil {
			return false, err
		}
		if err := both.Add(pair(e[0], e[1], true)); err != nil {
			return false, err
		}
	}
	doc, least := uint64(none), uint64(0)
	stars = true
	for rec, err := range both.Sorted() {
		if err != nil {
			return false, err
		}
		u, v := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if u != doc {
			doc, least = u, min(u, v)
		} else if least < u {
			stars = false
		}
		if v > u {
			if err := add(v, least); err != nil {
				return false, err
			}
		}
	}
	return stars, nil
}

// small links each document and its lesser neighbours with the least of these.
func (c *components) small(add adder) error {
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
