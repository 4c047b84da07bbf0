package dedup

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"

	"github.com/spaolacci/murmur3"

	"reprint/corpus"
)

// idHash is the hash of an id's bytes: ids that differ in case differ.
func idHash(id string, buf *[]byte) uint64 {
	*buf = append((*buf)[:0], id...)
	return murmur3.Sum64(*buf)
}

// keepID notes the id of a document.
func (r *reading) keepID(doc, id uint64) error {
	var rec [idBytes]byte
	binary.BigEndian.PutUint64(rec[0:], id)
	binary.BigEndian.PutUint64(rec[8:], doc)
	return r.ids.Add(rec[:])
}

// readIDs notes the ids of a collection that is not read otherwise.
func (r *reading) readIDs(ctx context.Context, c *corpus.Collection) error {
	bufs := make([][]byte, r.o.Threads)
	work := func(w int, d *corpus.Document) uint64 { return idHash(d.ID, &bufs[w]) }
	return eachText(ctx, r, c, work, func(list []uint64) error {
		r.sizes = append(r.sizes, uint32(len(list)))
		for _, id := range list {
			if err := r.keepID(uint64(r.n), id); err != nil {
				return err
			}
			r.n++
		}
		return nil
	})
}

// repeatedIDs returns the documents whose ids occur more than once,
// ascending.
func (r *reading) repeatedIDs() ([]uint64, error) {
	var same []uint64
	var last, before uint64
	n := 0
	for rec, err := range r.ids.Sorted() {
		if err != nil {
			return nil, err
		}
		id, doc := binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])
		if n++; n > 1 && id == last {
			same = append(same, before, doc)
		}
		last, before = id, doc
	}
	slices.Sort(same)
	return slices.Compact(same), nil
}

// toldApart returns the id under which a document stands in every output: its
// own, or with its place if it is one of several.
func toldApart(same []uint64, doc int, id, path string, record int) string {
	if _, twice := slices.BinarySearch(same, uint64(doc)); twice {
		return IDAt(id, path, record)
	}
	return id
}

// IDAt returns the id under which a document stands in every output if it is one of
// several with that id: id@path:record.
func IDAt(id, path string, record int) string { return fmt.Sprintf("%s@%s:%d", id, path, record) }
