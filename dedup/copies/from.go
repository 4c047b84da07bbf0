package copies

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spaolacci/murmur3"

	"reprint/internal/spill"
)

// Matches of a scan name documents by ids. They are found by the ids' hashes, in two
// sorts: hash with place of the match, beside hash with document; then document with
// place of the match, beside the documents that have equal texts before them.
//
//	named   hash, match, side (0: a, 1: b)
//	known   hash, document
//	found   document, match, side
//	sides   match, side, document that stands for the text
const (
	namedBytes = 8 + 8 + 1
	foundBytes = 8 + 8 + 1
	sidesBytes = 8 + 1 + 8
)

// matching brings the matches of a scan together with the documents.
type matching struct {
	w     *work
	ids   *spill.Blobs // kind and ids of each match
	named *spill.Sorter
}

// askMatches asks for the pairs that a scan found, as far as their kinds are those
// for which documents go.
func (w *work) askMatches(ctx context.Context, asked *spill.Sorter) error {
	m := &matching{w: w, ids: spill.NewBlobs(w.spill(8)), named: spill.NewSorter(w.spill(8), namedBytes)}
	found, sides := spill.NewSorter(w.spill(8), foundBytes), spill.NewSorter(w.spill(8), sidesBytes)
	defer m.ids.Close()
	defer closeAll(m.named, found, sides)
	if err := m.take(ctx); err != nil {
		return err
	}
	if err := m.find(ctx, found); err != nil {
		return err
	}
	if err := m.stand(found, sides); err != nil {
		return err
	}
	return m.ask(sides, asked)
}

// take reads the matches.
func (m *matching) take(ctx context.Context) error {
	for match, err := range m.w.o.From {
		if err = errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		kind := slices.Index(kinds[:], match.Kind)
		if !slices.Contains(m.w.o.Kinds, match.Kind) || kind < 0 {
			kind = 0
		}
		n, err := m.ids.Append([]byte(string([]byte{byte(kind)}) + match.IDA + "\x00" + match.IDB))
		if err != nil {
			return err
		}
		for side, id := range [...]string{match.IDA, match.IDB} {
			rec := binary.BigEndian.AppendUint64(make([]byte, 0, namedBytes), murmur3.Sum64([]byte(id)))
			rec = binary.BigEndian.AppendUint64(rec, uint64(n))
			if err := m.named.Add(append(rec, byte(side))); err != nil {
				return err
			}
		}
	}
	return nil
}

// find puts the documents to the ids.
func (m *matching) find(ctx context.Context, found *spill.Sorter) error {
	known := spill.NewSorter(m.w.spill(4), 16)
	defer known.Close()
	f, _, err := m.w.open("exact", "exct")
	if err != nil {
		return err
	}
	defer f.Close()
	same := follow(records(f, samePart, 8))
	defer same.stop()
	if err := m.w.eachDoc(ctx, func(doc uint64, r *docRecord) error {
		twice, err := same.find(doc)
		if err != nil {
			return err
		}
		if twice != nil {
			return known.Add(pair(r.place, doc, false))
		}
		return known.Add(pair(r.id, doc, false))
	}); err != nil {
		return err
	}
	docs := follow(known.Sorted())
	defer docs.stop()
	for rec, err := range m.named.Sorted() {
		if err != nil {
			return err
		}
		d, err := docs.find(binary.BigEndian.Uint64(rec))
		if err == nil && d == nil {
			err = m.unknown(rec)
		}
		if err != nil {
			return err
		}
		if err := found.Add(append(slices.Clone(d[8:16]), rec[8:]...)); err != nil {
			return err
		}
	}
	return nil
}

// unknown is the error of a match that names what the collection does not hold.
func (m *matching) unknown(rec []byte) error {
	b, err := m.ids.Get(int64(binary.BigEndian.Uint64(rec[8:])), nil)
	if err != nil {
		return err
	}
	a, c, _ := strings.Cut(string(b[1:]), "\x00")
	return fmt.Errorf("the matches name %q and %q, which the collection does not hold both", a, c)
}

// stand puts in a document's place the first one with the same text.
func (m *matching) stand(found, sides *spill.Sorter) error {
	f, _, err := m.w.open("exact", "exct")
	if err != nil {
		return err
	}
	defer f.Close()
	copied := follow(records(f, copyPart, 16))
	defer copied.stop()
	for rec, err := range found.Sorted() {
		if err != nil {
			return err
		}
		doc := rec[:8]
		first, err := copied.find(binary.BigEndian.Uint64(doc))
		if err != nil {
			return err
		}
		if first != nil {
			doc = first[8:16]
		}
		if err := sides.Add(append(slices.Clone(rec[8:]), doc...)); err != nil {
			return err
		}
	}
	return nil
}

// ask asks for the pairs of the matches; equal texts need no question.
func (m *matching) ask(sides, asked *spill.Sorter) error {
	n, first := int64(0), uint64(0)
	for rec, err := range sides.Sorted() {
		if err != nil {
			return err
		}
		doc := binary.BigEndian.Uint64(rec[9:])
		if rec[8] == 0 {
			first = doc
			continue
		}
		b, err := m.ids.Get(n, nil)
		if err != nil {
			return err
		}
		n++
		if kind := uint64(b[0]); kind > 0 && first != doc {
			if err := asked.Add(askFor(min(first, doc), max(first, doc), kind)); err != nil {
				return err
			}
		}
	}
	return nil
}
