package corpus

import (
	"io"
	"iter"
)

// A ChunkReader reads chunks, one at a time, in memory that it uses again. Several may
// read the chunks of one pass side by side.
type ChunkReader struct {
	p *pass
	d Document
}

// NewChunkReader returns a reader for chunks of c.
func (c *Collection) NewChunkReader() *ChunkReader {
	return &ChunkReader{p: newPass(c)}
}

// Texts yields the documents of a chunk for who needs no more than texts, ids, dates and
// sources: they have no Number, and no Raw, Title or Author as far as leaving them out
// saves time. Those of lines, and what they point to, are good until the next step.
func (r *ChunkReader) Texts(k *Chunk) iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		for _, d := range k.docs {
			if !yield(d, nil) {
				return
			}
		}
		r.p.lean, r.p.json.borrow, r.p.need = true, true, nil
		r.p.place = func() *Document { return &r.d }
		r.lines(k, yield)
	}
}

// Records is for who writes what another pass has read: it finds the documents of a
// chunk, of which that pass found docs, and numbers them from first. Of those for which
// need says no, only Number, Handle and what a Writer needs is known, if not looking into
// the record saves time. What it returns is good until Release.
func (r *ChunkReader) Records(k *Chunk, first, docs int, need func(number int) bool) (iter.Seq[*Document], error) {
	for i, d := range k.docs {
		d.Number = first + i
	}
	err := r.records(k, first, need)
	if err != nil || k.Count() != docs { // some lines are at fault
		k.rejected = nil
		err = r.records(k, first, nil)
	}
	return func(yield func(*Document) bool) {
		for _, d := range k.docs {
			if !yield(d) {
				return
			}
		}
		for i := range k.records {
			if !yield(&k.records[i]) {
				return
			}
		}
	}, err
}

// Count is how many documents Records found in the chunk.
func (k *Chunk) Count() int { return len(k.docs) + len(k.records) }

// records fills k.records, of which strings are in the memory of the chunk.
func (r *ChunkReader) records(k *Chunk, first int, need func(int) bool) error {
	r.p.lean, r.p.json.borrow, r.p.need, r.p.number = false, true, need, first
	r.p.json.gather, r.p.json.body = true, k.bodies[:0]
	err := r.all(k)
	k.bodies, r.p.json.gather, r.p.json.body = r.p.json.body, false, nil
	return err
}

// Documents returns the documents of a chunk as All yields them, numbered from first. What
// it returns, and what that points to, is good until Release. After an error there are none.
func (r *ChunkReader) Documents(k *Chunk, first int) (docs []*Document, err error) {
	for i, d := range k.docs {
		d.Number = first + i
	}
	if err := r.records(k, first+len(k.docs), nil); err != nil {
		return nil, err
	}
	docs = append(make([]*Document, 0, len(k.docs)+len(k.records)), k.docs...)
	for i := range k.records {
		docs = append(docs, &k.records[i])
	}
	return docs, nil
}

// all fills k.records with the documents of the lines of a chunk.
func (r *ChunkReader) all(k *Chunk) (err error) {
	n := 0 // that are good
	r.p.place = func() *Document {
		if n == len(k.records) {
			k.records = append(k.records, Document{})
			k.records = k.records[:cap(k.records)]
		}
		return &k.records[n]
	}
	k.records = k.records[:cap(k.records)]
	r.lines(k, func(_ *Document, e error) bool { n++; err = e; return err == nil })
	k.records = k.records[:n]
	return err
}

// lines reads the lines of a chunk.
func (r *ChunkReader) lines(k *Chunk, yield func(*Document, error) bool) {
	if len(k.lines) == 0 && k.end == io.EOF {
		return
	}
	p := r.p
	p.refuse = &k.rejected
	p.window = window{buf: k.lines, end: len(k.lines), off: k.off, err: k.end}
	p.documents(&lineReader{p: p, w: &p.window, line: k.line}, k.file, yield)
}
