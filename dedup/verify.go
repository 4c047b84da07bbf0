package dedup

import (
	"context"

	"reprint/dedup/pool"
	"reprint/internal/spill"
	"reprint/reuse"
)

// verifyPairs candidates make a task. A task's left documents are mostly one
// and the same, which is decoded and indexed once.
const verifyPairs = 64

// verifier is the memory of one worker.
type verifier struct {
	shelf   *shelf
	decoder decoder
	aligner reuse.Aligner
}

// verify compares a pair of documents.
func (v *verifier) verify(c *candidate) (reuse.Match, error) {
	left, err := v.shelf.get(c.a, &v.decoder)
	if err != nil {
		return reuse.Match{}, err
	}
	defer v.shelf.putLeft(left)
	right, err := v.shelf.get(c.b, &v.decoder)
	if err != nil {
		return reuse.Match{}, err
	}
	defer v.shelf.put(right)
	v.aligner.Left(&left.Document)
	if c.equal {
		return v.aligner.Equal(&right.Document), nil
	}
	if c.seeds == nil {
		c.seeds = []reuse.Seed{} // none, in place of not known
	}
	return v.aligner.Compare(&right.Document, c.seeds), nil
}

// verified holds the matches, by a and b.
type verified struct {
	matches *spill.Blobs
	n       int64
}

// verify compares all candidates and stores the matches.
func (k *keying) verify(ctx context.Context, r *reading, eq *equals, tell *Teller) (*verified, error) {
	workers := make([]verifier, r.o.Threads)
	common := newShelf(r.o, r.texts, k.masks)
	for i := range workers {
		workers[i].shelf = common
	}
	work := func(w int, batch []candidate) (out []pairMatch, err error) {
		for i := range batch {
			c := &batch[i]
			m, err := workers[w].verify(c)
			if err != nil {
				return nil, err
			}
			if m.Kind != "" {
				out = append(out, pairMatch{c.a, c.b, c.copies, m})
			}
		}
		return out, nil
	}
	v := &verified{matches: spill.NewBlobs(r.o.spill(8))}
	tell.Stage("compare", "pairs", 0)
	counted := func(candidate) int64 { r.summary.Candidates++; return 1 } // each is asked for its size once
	var buf []byte
	for batch, err := range pool.Ordered(ctx, r.o.Threads, 1<<20, pool.Batches(k.candidates(eq, r.o.Threads), verifyPairs, counted), func(b []candidate) int64 { return int64(len(b)) }, work) {
		if err != nil {
			return v, err
		}
		for i := range batch {
			m := &batch[i]
			buf = m.append(buf[:0])
			if _, err := v.matches.Append(buf); err != nil {
				return v, err
			}
			r.summary.Matches[m.Kind]++
			v.n++
		}
		tell.At(v.n)
	}
	tell.Done(r.summary.Candidates)
	return v, eq.err
}

// pairMatch is a match with the numbers of its documents.
type pairMatch struct {
	a, b   uint64
	copies int
	reuse.Match
}

// terms are those of the direction that the texts give.
func (m *pairMatch) terms() [8]*float64 {
	d := &m.Direction
	return [...]*float64{&d.Depth, &d.Opening, &d.Ending, &d.Back, &d.Carried, &d.Days, &d.Abroad, &d.Variety}
}

// append encodes a match for its store.
func (m *pairMatch) append(dst []byte) []byte {
	w := writer{dst}
	w.uint(m.a)
	w.uint(m.b)
	w.uint(uint64(m.copies))
	w.string(string(m.Kind))
	w.float(m.ShareA)
	w.float(m.ShareB)
	w.float(m.Jaccard)
	w.string(m.Evidence.Rule)
	if m.Kind.Reuse() {
		for _, term := range m.terms() {
			w.float(*term)
		}
	}
	w.uint(uint64(len(m.Passages)))
	for _, p := range m.Passages {
		for _, n := range []int{p.A.Start, p.A.End, p.B.Start, p.B.End} {
			w.uint(uint64(n))
		}
		w.string(string(p.Type))
		w.float(p.Similarity)
		quoted := uint64(0)
		if p.Quoted {
			quoted = 1
		}
		w.uint(quoted)
	}
	return w.b
}

// readMatch decodes a match.
func readMatch(b []byte) (m pairMatch, err error) {
	r := reader{b: b}
	m.a, m.b, m.copies = r.uint(), r.uint(), int(r.uint())
	m.Kind = reuse.Kind(r.oneOf(string(reuse.Partial), string(reuse.Template), string(reuse.Quote), string(reuse.Republished), string(reuse.Duplicate), string(reuse.Boilerplate)))
	m.ShareA, m.ShareB, m.Jaccard = r.float(), r.float(), r.float()
	m.Evidence.Rule = r.string()
	if m.Kind.Reuse() {
		for _, term := range m.terms() {
			*term = r.float()
		}
	}
	m.Passages = make([]reuse.Passage, r.length(14))
	for i := range m.Passages {
		p := &m.Passages[i]
		for _, n := range []*int{&p.A.Start, &p.A.End, &p.B.Start, &p.B.End} {
			*n = int(r.uint())
		}
		p.Type = reuse.Type(r.oneOf(string(reuse.Verbatim), string(reuse.Reworded)))
		p.Similarity = r.float()
		p.Quoted = r.uint() == 1
	}
	return m, r.err
}
