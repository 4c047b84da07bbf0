package copies

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"reprint/dedup"
	"reprint/internal/spill"
)

// A pair to be verified is 24 bytes: its two documents, the sender first, and a mark that
// its edge bears.
const askBytes = 24

func edgesFile(p Part) string { return fmt.Sprintf("edges-%v", p) }

// edges verifies the candidates of one part: the pairs whose second document lies in
// its share of the collection.
func (w *work) edges(ctx context.Context, p Part, tell *dedup.Teller) error {
	if w.done(edgesFile(p), "edge") {
		return nil
	}
	total, err := w.total()
	if err != nil {
		return err
	}
	asked := spill.NewSorter(w.spill(4), askBytes)
	defer asked.Close()
	if w.o.From == nil {
		err = w.askPairs(ctx, p, total.Docs, asked)
	} else {
		err = w.askMatches(ctx, asked)
	}
	if err != nil {
		return err
	}
	out, err := w.create(edgesFile(p), "edge")
	if err != nil {
		return err
	}
	n := note{}
	buf := make([]byte, 0, outBlock)
	tell.Stage("edges", "pairs", 0)
	for e, err := range w.verify(ctx, asked) {
		if err == nil && len(buf)+edgeBytes > cap(buf) {
			err = out.Write(0, 0, buf)
			buf = buf[:0]
		}
		if err != nil {
			return errors.Join(err, out.Abort())
		}
		buf = e.append(buf)
		n.Pairs++
		tell.At(n.Pairs)
	}
	if err := out.Write(0, 0, buf); err != nil {
		return errors.Join(err, out.Abort())
	}
	tell.Done(n.Pairs)
	return w.finish(out, n)
}

// total reads what the exact stage counted.
func (w *work) total() (note, error) {
	f, n, err := w.open("exact", "exct")
	if err != nil {
		return n, err
	}
	return n, f.Close()
}

// askPairs asks for the pairs that the bands stage left, as far as their second
// document lies in the part.
func (w *work) askPairs(ctx context.Context, p Part, docs int64, asked *spill.Sorter) error {
	names, err := w.files("bands")
	if err != nil {
		return err
	}
	pairs := spill.NewSorter(w.spill(4), pairBytes)
	defer pairs.Close()
	from, to := p.span(int(docs))
	for _, name := range names {
		f, _, err := w.open(name, "band")
		if err != nil {
			return err
		}
		for b, err := range records(f, 0, pairBytes) {
			if err == nil {
				err = ctx.Err()
			}
			if err != nil {
				return errors.Join(err, f.Close())
			}
			if second := binary.BigEndian.Uint64(b); second < uint64(from) || second >= uint64(to) {
				continue
			}
			if err := pairs.Add(b); err != nil {
				return errors.Join(err, f.Close())
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	c := chooser{asked: asked}
	if w.m.lacks() && w.m.Bands.R <= Newswire.Bands.R {
		c.bands = w.m.Bands.B
	}
	for b, err := range pairs.Sorted() {
		if err == nil {
			err = c.add(b)
		}
		if err != nil {
			return err
		}
	}
	return c.end()
}

// maxHot is with how many documents one is compared with which it has only hot keys in
// common. A million documents that bear the same license are each the neighbour of others at
// some key, and where Method.lacks, of none of them a copy: one that has many other keys is
// then compared with none of them. A copy among them has a key of its own with it as well, as
// long as keys are of few lanes, unless there are very many copies; then most of its keys are
// hot.
const maxHot = 2

// chooser chooses the pairs of each second document that are worth a comparison.
type chooser struct {
	asked *spill.Sorter
	bands int // keys of a document, at least; 0: hot ones count however few they are
	doc   uint64
	first []firstDoc
}

// firstDoc is a document before the present one, and the keys that both have.
type firstDoc struct {
	doc       uint64
	rare, hot int
}

// add takes a pair of a part of the keys. They come by their documents.
func (c *chooser) add(b []byte) error {
	u := binary.BigEndian
	if doc := u.Uint64(b); doc != c.doc {
		if err := c.end(); err != nil {
			return err
		}
		c.doc = doc
	}
	f := firstDoc{u.Uint64(b[8:]), int(u.Uint16(b[16:])), int(u.Uint16(b[18:]))}
	if n := len(c.first); n > 0 && c.first[n-1].doc == f.doc {
		c.first[n-1].rare += f.rare
		c.first[n-1].hot += f.hot
	} else {
		c.first = append(c.first, f)
	}
	return nil
}

// end asks for the pairs of the present document: those with a rare key, and if most of its
// keys are hot, of the others those with the most keys, of which nearer ones are preferred.
func (c *chooser) end() error {
	hot, most := 0, 0
	for _, f := range c.first {
		hot += f.hot
	}
	if 2*hot > c.bands {
		most = maxHot
	}
	slices.SortFunc(c.first, func(a, b firstDoc) int {
		return cmp.Or(cmp.Compare(min(b.rare, 1), min(a.rare, 1)), cmp.Compare(b.hot, a.hot), cmp.Compare(b.doc, a.doc))
	})
	for _, f := range c.first {
		if f.rare == 0 {
			if most--; most < 0 {
				break
			}
		}
		if err := c.asked.Add(askFor(f.doc, c.doc, 0)); err != nil {
			return err
		}
	}
	c.first = c.first[:0]
	return nil
}
