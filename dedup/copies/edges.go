package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"reprint/dedup"
	"reprint/internal/spill"
)

// A pair to be verified is 24 bytes: its two documents and a mark that its edge
// bears.
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
	from, to := p.span(int(docs))
	var rec [askBytes]byte
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
			if second := binary.BigEndian.Uint64(b[8:]); second < uint64(from) || second >= uint64(to) {
				continue
			}
			copy(rec[:], b)
			if err := asked.Add(rec[:]); err != nil {
				return errors.Join(err, f.Close())
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	return nil
}
