package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"reprint/dedup"
	"reprint/internal/spill"
)

// A pair to be verified is 24 bytes: its two documents, the sender first, and a mark that
// its edge bears.
const askBytes = 24

// Parts of the edges file: edges, and pairs that look like copies in which one document is
// known as the copy of another one already, put into that one's terms (8 bytes for each
// document, see crowds.go).
const (
	edgePart  = 0
	crossPart = 1
)

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
	c := w.newChooser()
	defer c.close()
	if w.o.From == nil {
		err = w.askPairs(ctx, p, total.Docs, c)
	} else {
		err = w.askMatches(ctx, c.asked)
	}
	if err != nil {
		return err
	}
	out, err := w.create(edgesFile(p), "edge")
	if err != nil {
		return err
	}
	x := edgeWriter{out: out, buf: make([]byte, 0, outBlock), tell: tell}
	tell.Stage("edges", "pairs", 0)
	if err := c.measure(ctx, &x); err != nil {
		return errors.Join(err, out.Abort())
	}
	tell.Done(x.n)
	return w.finish(out, note{Pairs: x.n})
}

// edgeWriter writes edges.
type edgeWriter struct {
	out  *spill.BlockWriter
	buf  []byte
	n    int64
	tell *dedup.Teller
}

func (x *edgeWriter) write(e *edge) error {
	if len(x.buf)+edgeBytes > cap(x.buf) {
		if err := x.flush(); err != nil {
			return err
		}
	}
	x.buf = e.append(x.buf)
	x.n++
	x.tell.At(x.n)
	return nil
}

func (x *edgeWriter) flush() error {
	err := x.out.Write(edgePart, 0, x.buf)
	x.buf = x.buf[:0]
	return err
}

// total reads what the exact stage counted.
func (w *work) total() (note, error) {
	f, n, err := w.open("exact", "exct")
	if err != nil {
		return n, err
	}
	return n, f.Close()
}

// askPairs chooses among the pairs that the bands stage left. Asked for are those whose second
// document lies in the part.
func (w *work) askPairs(ctx context.Context, p Part, docs int64, c *chooser) error {
	names, err := w.files("bands")
	if err != nil {
		return err
	}
	pairs := spill.NewSorter(w.spill(4), pairBytes)
	defer pairs.Close()
	from, to := p.span(int(docs))
	c.from, c.to = uint64(from), uint64(to)
	for _, name := range names {
		if err := errors.Join(w.readPairs(name, pairs), ctx.Err()); err != nil {
			return err
		}
	}
	if c.gone, err = w.letGo(ctx, pairs, c.bands, docs); err != nil {
		return err
	}
	if err := w.candidates(ctx, pairs, c.bands, c.take); err != nil {
		return err
	}
	return c.ask(ctx)
}

// readPairs reads a file that the bands stage left.
func (w *work) readPairs(name string, to *spill.Sorter) error {
	f, _, err := w.open(name, "band")
	if err != nil {
		return err
	}
	defer f.Close()
	var buf []byte
	var list []uint64
	for _, block := range f.Blocks(0) {
		if buf, err = f.Read(block, buf); err != nil {
			return err
		}
		list = list[:0]
		for b := buf[:len(buf)/pairBytes*pairBytes]; len(b) > 0; b = b[8:] {
			list = append(list, binary.BigEndian.Uint64(b))
		}
		if err := to.AddNumbers(list); err != nil {
			return err
		}
	}
	return nil
}
