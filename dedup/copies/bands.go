package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"reprint/dedup"
	"reprint/dedup/pool"
	"reprint/internal/spill"
)

// partDocs is how many documents make a part of the keys more, so that the keys of a
// part can be sorted in some 200 MB; there are minBands parts at least.
const (
	partDocs = 400_000
	minBands = 16
)

// bandsParts is in how many parts the keys of a collection are joined in one process.
func bandsParts(docs int64) int { return int(min(max(docs/partDocs, minBands), keyParts)) }

// pairBytes is the size of a pair of documents in the bands and edges stages: the
// first one and the second one.
const pairBytes = 16

func bandsFile(p Part) string { return fmt.Sprintf("bands-%v", p) }

// bands joins the keys of one part: documents with equal keys become pairs. Each
// pair is written once, by its first document.
func (w *work) bands(ctx context.Context, p Part) error {
	if w.done(bandsFile(p), "band") {
		return nil
	}
	absent, _, err := w.copied()
	if err != nil {
		return err
	}
	pairs := spill.NewSorter(w.share(4), pairBytes)
	defer pairs.Close()
	if err := w.join(ctx, p, absent, pairs); err != nil {
		return err
	}
	out, err := w.create(bandsFile(p), "band")
	if err != nil {
		return err
	}
	n := note{}
	if err := writeSorted(out, 0, pairBytes, distinct(pairs.Sorted(), &n.Pairs)); err != nil {
		out.Abort()
		return err
	}
	return w.finish(out, n)
}

// share is spill for one of the workers that run side by side.
func (w *work) share(n int64) spill.Options { return w.spill(n * int64(w.o.Threads)) }

// join makes pairs of the keys of one part.
func (w *work) join(ctx context.Context, p Part, absent bitmap, pairs *spill.Sorter) error {
	keys := spill.NewSorter(w.share(2), 16)
	defer keys.Close()
	from, to := p.span(keyParts)
	for s, err := range w.shards() {
		for part := from; part < to && err == nil; part++ {
			err = s.keys(uint32(part), absent, keys)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
	}
	return chained(keys, pairs)
}

// keys adds (key, document) for the keys of one partition, save those of documents
// for which another with the same bytes stands.
func (s *openShard) keys(part uint32, absent bitmap, to *spill.Sorter) error {
	var buf []byte
	var err error
	var rec [16]byte
	for _, block := range s.Blocks(part) {
		if buf, err = s.Read(block, buf); err != nil {
			return err
		}
		for b := buf; len(b) >= keyBytes; b = b[keyBytes:] {
			doc := s.first + uint64(binary.BigEndian.Uint32(b[8:]))
			if absent.has(doc) {
				continue
			}
			copy(rec[:8], b)
			binary.BigEndian.PutUint64(rec[8:], doc)
			if err := to.Add(rec[:]); err != nil {
				return err
			}
		}
	}
	return nil
}

// chained pairs each document of a key with the one before it. That holds a group
// together however many have the key, and costs one pair a document.
func chained(keys, pairs *spill.Sorter) error {
	key, last := uint64(0), uint64(none)
	var rec [pairBytes]byte
	for b, err := range keys.Sorted() {
		if err != nil {
			return err
		}
		k, doc := binary.BigEndian.Uint64(b), binary.BigEndian.Uint64(b[8:])
		if last != none && k == key && doc != last {
			binary.BigEndian.PutUint64(rec[:], last)
			binary.BigEndian.PutUint64(rec[8:], doc)
			if err := pairs.Add(rec[:]); err != nil {
				return err
			}
		}
		key, last = k, doc
	}
	return nil
}

// unique yields the records of a sorter, each once.
func unique(s *spill.Sorter) iter.Seq2[[]byte, error] {
	var n int64
	return distinct(s.Sorted(), &n)
}

// distinct leaves out records that repeat the one before, and counts the others.
func distinct(recs iter.Seq2[[]byte, error], n *int64) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var last []byte
		*n = 0
		for rec, err := range recs {
			if err == nil && last != nil && string(last) == string(rec) {
				continue
			}
			if err == nil {
				*n++
				last = append(last[:0], rec...)
			}
			if !yield(rec, err) {
				return
			}
		}
	}
}

// allBands joins all keys, several parts side by side.
func (w *work) allBands(ctx context.Context, tell *dedup.Teller) error {
	total, err := w.total()
	if err != nil {
		return err
	}
	n := bandsParts(total.Docs)
	tell.Stage("bands", "parts", int64(n))
	one := func(Part) int64 { return 1 }
	work := func(_ int, p Part) (struct{}, error) { return struct{}{}, w.bands(ctx, p) }
	done := int64(0)
	for _, err := range pool.Ordered(ctx, w.o.Threads, int64(w.o.Threads), parts(n), one, work) {
		if err != nil {
			return err
		}
		done++
		tell.At(done)
	}
	tell.Done(done)
	return nil
}

// parts yields the parts 1 to n of n.
func parts(n int) func(func(Part, error) bool) {
	return func(yield func(Part, error) bool) {
		for i := range n {
			if !yield(Part{i + 1, n}, nil) {
				return
			}
		}
	}
}
