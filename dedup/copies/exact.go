package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"

	"reprint/dedup"
	"reprint/internal/spill"
)

// Parts of the exact file: for each document with the same bytes as one before it
// its number and that of the first such document (8 bytes each), by document; and
// the numbers of the documents whose id another has too, ascending.
const (
	copyPart = 0
	samePart = 1
)

// sameRecord is what equal texts are found by: two hashes of the bytes, one of the
// shingles, the length, and behind them the document's number.
const sameRecord = 8 + 8 + 8 + 4 + 8

// exact gives the documents of all shards their numbers, finds those whose texts are
// the same bytes and those whose ids are the same. Texts count as the same if three
// hashes of 64 bits, of which one is made otherwise, and their lengths are equal.
func (w *work) exact(ctx context.Context, tell *dedup.Teller) error {
	if w.done("exact", "exct") {
		return nil
	}
	tell.Stage("exact", "documents", 0)
	same, ids := spill.NewSorter(w.spill(2), sameRecord), spill.NewSorter(w.spill(8), 16)
	copied := spill.NewSorter(w.spill(8), 16)
	twice := spill.NewSorter(w.spill(8), 8)
	defer closeAll(same, ids, copied, twice)
	var n note
	if err := w.eachDoc(ctx, &n, func(doc uint64, r *docRecord) error {
		var rec [sameRecord]byte
		b := binary.BigEndian.AppendUint64(rec[:0], r.hash[0])
		b = binary.BigEndian.AppendUint64(b, r.hash[1])
		b = binary.BigEndian.AppendUint64(b, r.sum)
		b = binary.BigEndian.AppendUint32(b, r.bytes)
		b = binary.BigEndian.AppendUint64(b, doc)
		var id [16]byte
		binary.BigEndian.PutUint64(id[:], r.id)
		binary.BigEndian.PutUint64(id[8:], doc)
		return errors.Join(same.Add(b), ids.Add(id[:]))
	}); err != nil {
		return err
	}
	if err := groups(same, sameRecord-8, func(first, doc uint64) error { return copied.Add(pair(first, doc, true)) }); err != nil {
		return err
	}
	last := uint64(none)
	if err := groups(ids, 8, func(first, doc uint64) error {
		if first != last {
			last = first
			if err := twice.Add(number(first)); err != nil {
				return err
			}
		}
		return twice.Add(number(doc))
	}); err != nil {
		return err
	}
	n.Copies, n.SameIDs = copied.Len(), twice.Len()
	out, err := w.create("exact", "exct")
	if err != nil {
		return err
	}
	if err := errors.Join(writeSorted(out, copyPart, 16, copied.Sorted()), writeSorted(out, samePart, 8, twice.Sorted())); err != nil {
		return errors.Join(err, out.Abort())
	}
	tell.Done(n.Docs)
	return w.finish(out, n)
}

// none is no document.
const none = ^uint64(0)

// eachDoc goes through the records of all documents in input order and sums up
// their shards in n.
func (w *work) eachDoc(ctx context.Context, n *note, do func(doc uint64, r *docRecord) error) error {
	var buf []byte
	for s, err := range w.shards() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
		n.Docs, n.Bytes, n.Words, n.Empty = n.Docs+s.Docs, n.Bytes+s.Bytes, n.Words+s.Words, n.Empty+s.Empty
		doc := s.first
		for _, block := range s.Blocks(docsPart) {
			if buf, err = s.Read(block, buf); err != nil {
				return err
			}
			for b := buf; len(b) >= docBytes; b = b[docBytes:] {
				r := readDoc(b)
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

// bitmap is a set of documents. It takes an eighth of a byte for each.
type bitmap []uint64

func newBitmap(docs int64) bitmap { return make(bitmap, docs/64+1) }

func (b bitmap) add(doc uint64)      { b[doc/64] |= 1 << (doc % 64) }
func (b bitmap) has(doc uint64) bool { return b[doc/64]>>(doc%64)&1 == 1 }

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

// spill returns options for a store that may use one part in n of the memory.
func (w *work) spill(n int64) spill.Options {
	return spill.Options{Dir: w.temp, Memory: w.o.Memory / n}
}

func closeAll(sorters ...*spill.Sorter) {
	for _, s := range sorters {
		s.Close()
	}
}
