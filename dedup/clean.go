package dedup

import (
	"context"
	"errors"
	"iter"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/internal/spill"
	"reprint/shingle"
)

// Cleaned is a document with its furniture found.
type Cleaned struct {
	Doc   *corpus.Document
	ID    string             // of the document, told apart if it occurs more than once
	Marks []boilerplate.Mark // by start, disjoint
	Text  string             // what remains; the document's own text if nothing is marked
}

// Clean yields every document with its furniture, in input order. A document, and what
// points to it, is good until the next step. The collection is read twice: first to learn
// what its sources repeat, or, with Options.Furniture, to find ids that occur more than
// once.
func Clean(ctx context.Context, c *corpus.Collection, o Options) iter.Seq2[*Cleaned, error] {
	return func(yield func(*Cleaned, error) bool) {
		if err := o.Validate(); err != nil {
			yield(nil, err)
			return
		}
		o := o.filled()
		tell := NewTeller(o.Progress, nil)
		r := newReading(o, newSummary(o))
		stop := errors.New("enough") // no error: the caller has seen enough
		err := r.clean(ctx, c, tell, func(d *Cleaned) error {
			if !yield(d, nil) {
				return stop
			}
			return nil
		})
		if err = errors.Join(err, r.Close()); err != nil && !errors.Is(err, stop) {
			yield(nil, err)
		}
	}
}

// clean hands all documents to add, with their furniture.
func (r *reading) clean(ctx context.Context, c *corpus.Collection, tell *Teller, add func(*Cleaned) error) error {
	learnt, same, err := r.learnFirst(ctx, c, tell)
	if err != nil {
		return err
	}
	files := c.Files()
	tell.Stage("clean", "B", c.Size())
	workers := make([]cleaner, r.o.Threads)
	for i := range workers {
		workers[i].marker = boilerplate.PageMarker{Marker: boilerplate.Marker{Rules: r.o.Rules, Learnt: learnt}, Spare: r.o.Spare}
		if r.o.Furniture == nil {
			workers[i].known, workers[i].hits = r.texts, finds{blobs: r.hits, learnt: learnt}
		}
	}
	n := 0
	err = eachChunk(ctx, r, c, func(w int, d *corpus.Document) (*Cleaned, error) { return workers[w].clean(d) }, func(list []*Cleaned) error {
		for _, d := range list {
			h := d.Doc.Handle
			d.Doc.Number = n
			d.ID = toldApart(same, n, d.Doc.ID, files[h.File].Path, h.Record)
			if err := add(d); err != nil {
				return err
			}
			n++
		}
		tell.At(c.BytesRead())
		return nil
	})
	if err == nil {
		tell.Done(0)
	}
	return err
}

// learnFirst returns what is furniture in a collection that will be read again, and
// the documents whose ids occur more than once.
func (r *reading) learnFirst(ctx context.Context, c *corpus.Collection, tell *Teller) (learnt *boilerplate.Learnt, same []uint64, err error) {
	if r.o.Furniture == nil {
		err = r.read(ctx, c, wants{furniture: true, clean: true}, tell)
	} else {
		err = r.readIDs(ctx, c)
	}
	if err != nil {
		return nil, nil, err
	}
	if same, err = r.repeatedIDs(); err != nil {
		return nil, nil, err
	}
	if r.o.Furniture != nil {
		learnt = r.o.Furniture.Learnt()
	} else {
		learnt, _, err = r.learn(ctx, r.hits, tell)
	}
	return learnt, same, errors.Join(err, r.leaveTexts())
}

// cleaner is the scratch memory of one worker.
type cleaner struct {
	marker boilerplate.PageMarker
	z      shingle.Tokenizer
	doc    stored
	sites  siteHashes
	known  *spill.Blobs // token store of the documents; nil: nothing is known of them
	hits   finds
	buf    []byte
}

// finds are the hits of documents of which learning left them.
type finds struct {
	blobs  *spill.Blobs
	learnt *boilerplate.Learnt
	hits   []boilerplate.Hit
	buf    []byte
}

// of returns the hits of a document of so many words, not nil unless they are not known.
func (f *finds) of(doc uint64, words int) ([]boilerplate.Hit, error) {
	if f.blobs == nil || int64(doc) >= f.blobs.Len() {
		return nil, nil
	}
	b, err := f.blobs.View(int64(doc), &f.buf)
	if err != nil {
		return nil, err
	}
	f.hits, err = f.learnt.ReadHits(sized(f.hits, 1)[:0], b, words)
	return f.hits, err
}

// clean finds the furniture of a document.
func (w *cleaner) clean(d *corpus.Document) (*Cleaned, error) {
	known, err := w.recall(d)
	if err != nil {
		return nil, err
	}
	if !known {
		w.tokenise(d)
	}
	return w.mark(d), nil
}

// tokenise reads the words of a document.
func (w *cleaner) tokenise(d *corpus.Document) {
	text := &w.doc.Text
	w.z.Tokenize(text, d.Text)
	w.doc.found = boilerplate.Breadcrumb(w.marker.Rules.Find(w.doc.found[:0], d.Text, text), d.Text, d.URL, text)
}

// mark finds the furniture of a document whose words were read.
func (w *cleaner) mark(d *corpus.Document) *Cleaned {
	marks := w.marker.Mark(nil, d.Text, &w.doc.Text, w.doc.found, w.sites.of(d.Site))
	return &Cleaned{Doc: d, Marks: marks, Text: boilerplate.Strip(d.Text, marks)}
}

// recall reads what an earlier reading of a document left, unless its text is another
// one by now.
func (w *cleaner) recall(d *corpus.Document) (known bool, err error) {
	if w.known == nil || int64(d.Number) >= w.known.Len() {
		return false, nil
	}
	record, err := w.known.View(int64(d.Number), &w.buf)
	if err != nil {
		return false, err
	}
	sum, err := w.doc.readFound(record)
	if known = err == nil && sum == textSum(d.Text); known {
		w.marker.Hits, err = w.hits.of(uint64(d.Number), w.doc.Text.Len())
	}
	return known, err
}
