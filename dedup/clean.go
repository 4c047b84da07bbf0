package dedup

import (
	"context"
	"errors"
	"iter"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup/pool"
	"reprint/shingle"
)

// Cleaned is a document with its furniture found.
type Cleaned struct {
	Doc   *corpus.Document
	ID    string             // of the document, told apart if it occurs more than once
	Marks []boilerplate.Mark // by start, disjoint
	Text  string             // what remains; the document's own text if nothing is marked
}

// Clean yields every document with its furniture, in input order. The
// collection is read twice: first to learn what its sources repeat, or, with
// Options.Furniture, to find ids that occur more than once.
func Clean(ctx context.Context, c *corpus.Collection, o Options) iter.Seq2[*Cleaned, error] {
	return func(yield func(*Cleaned, error) bool) {
		if err := o.Validate(); err != nil {
			yield(nil, err)
			return
		}
		o := o.Filled()
		tell := NewTeller(o.Progress, nil)
		bg, same, err := learnFirst(ctx, c, o, tell)
		if err != nil {
			yield(nil, err)
			return
		}
		files := c.Files()
		tell.Stage("clean", "B", c.Size())
		workers := make([]cleaner, o.Threads)
		for i := range workers {
			workers[i].marker = boilerplate.PageMarker{Marker: boilerplate.Marker{Rules: o.Rules, Learnt: bg.learnt}, Spare: o.Spare}
		}
		size := func(d *corpus.Document) int64 { return int64(len(d.Text)+len(d.Raw)) + 512 }
		work := func(w int, batch []*corpus.Document) ([]*Cleaned, error) {
			out := make([]*Cleaned, len(batch))
			for i, d := range batch {
				out[i] = workers[w].clean(d)
			}
			return out, nil
		}
		for batch, err := range pool.Ordered(ctx, o.Threads, o.Memory/8, pool.Batches(c.All(), batchBytes, size), pool.Sum(size), work) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, d := range batch {
				h := d.Doc.Handle
				d.ID = toldApart(same, d.Doc.Number, d.Doc.ID, files[h.File].Path, h.Record)
				if !yield(d, nil) {
					return
				}
			}
			tell.At(c.BytesRead())
		}
		tell.Done(0)
	}
}

// learnFirst returns the background of a run that reads the input again, and
// the documents whose ids occur more than once.
func learnFirst(ctx context.Context, c *corpus.Collection, o Options, tell *Teller) (bg *background, same []uint64, err error) {
	r := newReading(o, newSummary(o))
	defer func() { err = errors.Join(err, r.Close()) }()
	if o.Furniture == nil {
		err = r.read(ctx, c, wants{furniture: true}, tell)
	} else {
		err = r.readIDs(ctx, c)
	}
	if err != nil {
		return nil, nil, err
	}
	if same, err = r.repeatedIDs(); err != nil {
		return nil, nil, err
	}
	bg, err = r.background(ctx, tell)
	return bg, same, err
}

// cleaner is the scratch memory of one worker.
type cleaner struct {
	marker boilerplate.PageMarker
	z      shingle.Tokenizer
	text   shingle.Text
	found  []boilerplate.Found
	sites  siteHashes
}

func (w *cleaner) clean(d *corpus.Document) *Cleaned {
	w.z.Tokenize(&w.text, d.Text)
	w.found = boilerplate.Breadcrumb(w.marker.Rules.Find(w.found[:0], d.Text, &w.text), d.Text, d.URL, &w.text)
	marks := w.marker.Mark(nil, d.Text, &w.text, w.found, w.sites.of(d.Site))
	return &Cleaned{Doc: d, Marks: marks, Text: boilerplate.Strip(d.Text, marks)}
}
