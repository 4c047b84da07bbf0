package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"sync"

	"reprint/dedup"
	"reprint/dedup/pool"
	"reprint/internal/spill"
)

// Parts of the exact file: for each document with the same bytes as one before it
// its number and that of the first such document (8 bytes each), by document; the
// numbers of the documents whose id another has too, ascending; and of each chunk of
// the input the number of its documents, 4 bytes.
const (
	copyPart = 0
	samePart = 1
	sizePart = 2
)

// exact gives the documents of all shards their numbers, finds those whose texts are
// the same bytes and those whose ids are the same. Texts count as the same if three
// hashes of 64 bits, of which one is made otherwise, are equal.
func (w *work) exact(ctx context.Context, tell *dedup.Teller) error {
	if w.done("exact", "exct") {
		return nil
	}
	n, err := w.sum()
	if err != nil {
		return err
	}
	tell.Stage("exact", "documents", 0)
	x := sameFinder{w: w, workers: make([]sameWorker, w.o.Threads)}
	x.copied, x.twice = spill.NewSorter(w.spill(8), 16), spill.NewSorter(w.spill(8), 8)
	for i := range x.workers {
		x.workers[i].texts = spill.NewSorter(w.share(4), textBytes+8)
		x.workers[i].ids = spill.NewSorter(w.share(8), idBytes+8)
	}
	defer x.close()
	work := func(worker int, part uint32) (struct{}, error) { return struct{}{}, x.find(ctx, worker, part) }
	one := func(uint32) int64 { return 1 }
	for _, err := range pool.Ordered(ctx, w.o.Threads, 2*int64(w.o.Threads), hashedParts, one, work) {
		if err != nil {
			return err
		}
	}
	// An id that three documents have is noted twice for the first of them.
	n.Copies, n.SameIDs = x.copied.Len(), 0
	out, err := w.create("exact", "exct")
	if err != nil {
		return err
	}
	if err := errors.Join(
		writeSorted(out, copyPart, 16, x.copied.Sorted()),
		writeSorted(out, samePart, 8, distinct(x.twice.Sorted(), &n.SameIDs)),
		writeSorted(out, sizePart, 4, w.chunkSizes()),
	); err != nil {
		return errors.Join(err, out.Abort())
	}
	tell.Done(n.Docs)
	return w.finish(out, n)
}

// hashedParts yields the parts of postings by which equal documents are found.
func hashedParts(yield func(uint32, error) bool) {
	for part := uint32(textPart); part < allParts; part++ {
		if !yield(part, nil) {
			return
		}
	}
}

// sameFinder finds equal texts and equal ids, several parts of their hashes side by side.
type sameFinder struct {
	w             *work
	workers       []sameWorker
	mu            sync.Mutex
	copied, twice *spill.Sorter
}

type sameWorker struct {
	texts, ids *spill.Sorter
	buf        []byte
}

func (x *sameFinder) close() {
	closeAll(x.copied, x.twice)
	for i := range x.workers {
		closeAll(x.workers[i].texts, x.workers[i].ids)
	}
}

// find notes the equal ones of a part.
func (x *sameFinder) find(ctx context.Context, worker int, part uint32) error {
	u := &x.workers[worker]
	sorter, size, note := u.texts, textBytes, x.copy
	if part >= idPart {
		sorter, size, note = u.ids, idBytes, x.same
	}
	if err := sorter.Reset(); err != nil {
		return err
	}
	var rec [textBytes + 8]byte
	for s, err := range x.w.shards() {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			u.buf, err = s.postings(part, size, u.buf, func(b []byte, doc uint64) error {
				copy(rec[:], b[:size])
				binary.BigEndian.PutUint64(rec[size:], doc)
				return sorter.Add(rec[:size+8])
			})
		}
		if err != nil {
			return err
		}
	}
	return groups(sorter, size, note)
}

func (x *sameFinder) copy(first, doc uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.copied.Add(pair(first, doc, true))
}

func (x *sameFinder) same(first, doc uint64) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return errors.Join(x.twice.Add(number(first)), x.twice.Add(number(doc)))
}

// sum adds up what the shards say of themselves.
func (w *work) sum() (n note, err error) {
	for s, err := range w.shards() {
		if err != nil {
			return n, err
		}
		n.Docs, n.Bytes, n.Words, n.Empty = n.Docs+s.Docs, n.Bytes+s.Bytes, n.Words+s.Words, n.Empty+s.Empty
	}
	return n, nil
}

// chunkSizes yields what the shards say of the chunks of the input.
func (w *work) chunkSizes() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for s, err := range w.shards() {
			if err != nil {
				yield(nil, err)
				return
			}
			for b, err := range records(s.BlockFile, chunkPart, 4) {
				if !yield(b, err) || err != nil {
					return
				}
			}
		}
	}
}

// none is no document.
const none = ^uint64(0)

// eachDoc goes through the records of all documents in input order.
func (w *work) eachDoc(ctx context.Context, do func(doc uint64, r *docRecord) error) error {
	var buf []byte
	var r docRecord // of one document after the other
	for s, err := range w.shards() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		doc := s.first
		for _, block := range s.Blocks(docsPart) {
			if buf, err = s.Read(block, buf); err != nil {
				return err
			}
			for b := buf; len(b) >= docBytes; b = b[docBytes:] {
				r = readDoc(b)
				if err := do(doc, &r); err != nil {
					return err
				}
				doc++
			}
		}
		if doc != s.first+uint64(s.Docs) {
			return fmt.Errorf("a shard has records of %d documents, not %d", doc-s.first, s.Docs)
		}
	}
	return nil
}

// groups calls do for every record but the first of those that agree in their
// first width bytes; the document's number stands behind them.
func groups(s *spill.Sorter, width int, do func(first, doc uint64) error) error {
	var key []byte
	var first uint64
	for rec, err := range s.Sorted() {
		if err != nil {
			return err
		}
		doc := binary.BigEndian.Uint64(rec[width:])
		if key != nil && string(key) == string(rec[:width]) {
			if err := do(first, doc); err != nil {
				return err
			}
			continue
		}
		key, first = append(key[:0], rec[:width]...), doc
	}
	return nil
}

// number is a record of one document.
func number(doc uint64) []byte { return binary.BigEndian.AppendUint64(nil, doc) }

// pair is a record of two documents; turned puts the second one first.
func pair(a, b uint64, turned bool) []byte {
	if turned {
		a, b = b, a
	}
	return binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(make([]byte, 0, 16), a), b)
}

// outBlock is about the size of a block of records that a stage writes.
const outBlock = 64 << 10

// writeSorted writes records of a size into blocks of a part.
func writeSorted(out *spill.BlockWriter, part uint32, size int, recs iter.Seq2[[]byte, error]) error {
	buf := make([]byte, 0, outBlock)
	for rec, err := range recs {
		if err != nil {
			return err
		}
		if len(buf)+size > cap(buf) {
			if err := out.Write(part, 0, buf); err != nil {
				return err
			}
			buf = buf[:0]
		}
		buf = append(buf, rec...)
	}
	if len(buf) == 0 {
		return nil
	}
	return out.Write(part, 0, buf)
}

// records yields the records of a size in the blocks of a part, each valid until
// the next step.
func records(f *spill.BlockFile, part uint32, size int) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var buf []byte
		var err error
		for _, block := range f.Blocks(part) {
			if buf, err = f.Read(block, buf); err != nil {
				yield(nil, err)
				return
			}
			for b := buf; len(b) >= size; b = b[size:] {
				if !yield(b[:size:size], nil) {
					return
				}
			}
		}
	}
}

// copied returns the documents that are exact copies of one before them, and how
// many documents there are.
func (w *work) copied() (bitmap, note, error) {
	f, n, err := w.open("exact", "exct")
	if err != nil {
		return nil, n, err
	}
	defer f.Close()
	set := newBitmap(n.Docs)
	for rec, err := range records(f, copyPart, 16) {
		if err != nil {
			return nil, n, err
		}
		if doc := binary.BigEndian.Uint64(rec); doc < uint64(n.Docs) {
			set.add(doc)
		}
	}
	return set, n, nil
}

func closeAll(sorters ...*spill.Sorter) {
	for _, s := range sorters {
		s.Close()
	}
}
