package dedup

import (
	"errors"
	"iter"

	"reprint/dedup/pool"
	"reprint/lsh"
	"reprint/reuse"
)

// candidate is a pair that may be alike.
type candidate struct {
	a, b   uint64
	seeds  []reuse.Seed // what the collection knows of the keys in common
	lined  bool         // they share couples of rare words in the same order
	banded bool         // the signatures share a band
	equal  bool         // the texts are the same bytes
	copies int          // the size of a large group of equal texts, else 0
}

// worth reports whether the pair is to be compared.
func (c *candidate) worth() bool {
	return c.equal || c.banded || c.lined || reuse.Promising(c.seeds)
}

// candidates merges what the joins found into pairs, each once, by a and b. The joins
// are sorted on so many threads.
func (k *keying) candidates(eq *equals, threads int) iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		m := merge{}
		defer m.stop()
		for _, j := range k.seeds {
			m.add(seeded(j))
		}
		m.longest = len(m.pull)
		m.add(k.lined())
		m.add(k.banded())
		m.add(eq.all())
		m.begin(threads)
		for m.err == nil {
			c, ok := m.next()
			if !ok {
				break
			}
			if !c.worth() {
				continue
			}
			c.seeds = m.lasting.keep(c.seeds)
			if !yield(c, nil) {
				return
			}
		}
		if m.err != nil {
			yield(candidate{}, m.err)
		}
	}
}

// slab is memory for the seeds of candidates that are compared: of one piece for many.
type slab []reuse.Seed

// slabSeeds is how many seeds a piece holds.
const slabSeeds = 1 << 10

// keep returns a copy of some seeds that lasts; nil if there are none.
func (s *slab) keep(seeds []reuse.Seed) []reuse.Seed {
	if len(seeds) == 0 {
		return nil
	}
	if len(seeds) > len(*s) {
		*s = make(slab, max(slabSeeds, len(seeds)))
	}
	n := copy(*s, seeds)
	kept := (*s)[:n:n]
	*s = (*s)[n:]
	return kept
}

// seeded yields the pairs that share word runs of one join, with all they
// share.
func seeded(j *lsh.Join) iter.Seq2[candidate, error] {
	return gather(j.Drain(), func(c *candidate, p lsh.Pair) {
		c.seeds = append(c.seeds, reuse.Seed{Pos: int(p.Pos), Docs: max(int(p.DF), reuse.Level(p.Mark).Docs())})
	})
}

// lined yields the pairs that share couples of rare words in the same order; in
// a collection of few documents, all that share any. The seeds of a pair are good until
// the next one.
func (k *keying) lined() iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		c := candidate{a: none, lined: true}
		var shared []reuse.Couple
		flush := func() bool {
			if !reuse.Lined(shared) && !(k.few && len(shared) > 0) {
				return true
			}
			c.seeds = c.seeds[:0]
			for _, s := range shared {
				c.seeds = append(c.seeds, reuse.Seed{Pos: s.A, Docs: s.Docs, Couple: true})
			}
			return yield(c, nil)
		}
		for p, err := range k.couples.Drain() {
			if err != nil {
				yield(candidate{}, err)
				return
			}
			if p.A != c.a || p.B != c.b {
				if !flush() {
					return
				}
				c.a, c.b, shared = p.A, p.B, shared[:0]
			}
			shared = append(shared, reuse.Couple{A: int(p.Pos), B: int(p.PosB), Docs: int(p.DF)})
		}
		flush()
	}
}

// banded yields the pairs whose signatures share a band.
func (k *keying) banded() iter.Seq2[candidate, error] {
	return gather(k.bands.Drain(), func(c *candidate, _ lsh.Pair) { c.banded = true })
}

// gather joins the rows of one pair. Its seeds are good until the next one.
func gather(pairs iter.Seq2[lsh.Pair, error], add func(*candidate, lsh.Pair)) iter.Seq2[candidate, error] {
	return func(yield func(candidate, error) bool) {
		c := candidate{a: none}
		for p, err := range pairs {
			if err != nil {
				yield(candidate{}, err)
				return
			}
			if p.A != c.a || p.B != c.b {
				if c.a != none && !yield(c, nil) {
					return
				}
				c = candidate{a: p.A, b: p.B, seeds: c.seeds[:0]}
			}
			add(&c, p)
		}
		if c.a != none {
			yield(c, nil)
		}
	}
}

// merge reads sorted streams of candidates side by side.
type merge struct {
	heads   []candidate
	longest int // the stream that has most to sort
	pull    []func() (candidate, error, bool)
	stops   []func()
	errs    []error
	err     error
	seeds   []reuse.Seed // scratch
	lasting slab
}

func (m *merge) add(seq iter.Seq2[candidate, error]) {
	next, stop := iter.Pull2(seq)
	m.pull, m.stops = append(m.pull, next), append(m.stops, stop)
	m.heads, m.errs = append(m.heads, candidate{}), append(m.errs, nil)
}

// begin fetches the first heads, on as many threads side by side: a join sorts all it
// has before its first pair. What takes longest begins first.
func (m *merge) begin(threads int) {
	tasks := []func(){func() { m.advance(m.longest) }}
	for i := range m.pull {
		if i != m.longest {
			tasks = append(tasks, func() { m.advance(i) })
		}
	}
	pool.Each(threads, tasks...)
	m.err = errors.Join(m.errs...)
}

func (m *merge) stop() {
	for _, stop := range m.stops {
		stop()
	}
}

// advance fetches the next head of stream i; at its end the head is none.
func (m *merge) advance(i int) {
	c, err, ok := m.pull[i]()
	if !ok || err != nil {
		c = candidate{a: none}
		m.errs[i] = errors.Join(m.errs[i], err)
	}
	m.heads[i] = c
}

// next returns the least pair, joined from all streams that hold it. Its seeds are good
// until the next call.
func (m *merge) next() (candidate, bool) {
	c := candidate{a: none, seeds: m.seeds[:0]}
	for i := range m.heads {
		h := &m.heads[i]
		if h.a < c.a || h.a == c.a && h.a != none && h.b < c.b {
			c.a, c.b = h.a, h.b
		}
	}
	if c.a == none {
		return c, false
	}
	for i := range m.heads {
		h := &m.heads[i]
		if h.a == c.a && h.b == c.b {
			c.seeds = append(c.seeds, h.seeds...)
			c.lined, c.banded, c.equal, c.copies = c.lined || h.lined, c.banded || h.banded, c.equal || h.equal, max(c.copies, h.copies)
			m.advance(i)
			m.err = errors.Join(m.err, m.errs[i])
		}
	}
	m.seeds = c.seeds
	return c, true
}
