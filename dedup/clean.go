package dedup

import (
	"context"
	"errors"
	"iter"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/shingle"
)

// Cleaned is a document with its furniture found.
type Cleaned struct {
	Doc   *corpus.Document
	Marks []boilerplate.Mark // by start, disjoint
	Text  string             // what remains; the document's own text if nothing is marked
}

// Clean yields every document with its furniture, in input order. Without
// Options.Furniture the collection is read twice: once to learn what its
// sources repeat.
func Clean(ctx context.Context, c *corpus.Collection, o Options) iter.Seq2[*Cleaned, error] {
	return func(yield func(*Cleaned, error) bool) {
		if err := o.Validate(); err != nil {
			yield(nil, err)
			return
		}
		o := o.filled()
		tell := &teller{to: o.Progress, summary: newSummary(o)}
		bg, err := learnFirst(ctx, c, o, tell)
		if err != nil {
			yield(nil, err)
			return
		}
		tell.stage("clean", "B", c.Size())
		workers := make([]cleaner, o.Threads)
		for i := range workers {
			workers[i].marker = boilerplate.Marker{Rules: o.Rules, Learnt: bg.learnt}
		}
		size := func(d *corpus.Document) int64 { return int64(len(d.Text)+len(d.Raw)) + 512 }
		work := func(w int, batch []*corpus.Document) ([]*Cleaned, error) {
			out := make([]*Cleaned, len(batch))
			for i, d := range batch {
				out[i] = workers[w].clean(d)
			}
			return out, nil
		}
		for batch, err := range ordered(ctx, o.Threads, o.Memory/8, batches(c.All(), batchBytes, size), sum(size), work) {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, d := range batch {
				if !yield(d, nil) {
					return
				}
			}
			tell.at(c.BytesRead())
		}
		tell.done(0)
	}
}

// learnFirst returns the background of a run that reads the input again.
func learnFirst(ctx context.Context, c *corpus.Collection, o Options, tell *teller) (bg *background, err error) {
	r := newReading(o, tell.summary)
	defer func() { err = errors.Join(err, r.Close()) }()
	if o.Furniture == nil {
		if err := r.read(ctx, c, true, tell); err != nil {
			return nil, err
		}
	}
	return r.background(ctx, tell)
}

// cleaner is the scratch memory of one worker.
type cleaner struct {
	marker boilerplate.Marker
	z      shingle.Tokenizer
	text   shingle.Text
	found  []boilerplate.Found
}

func (w *cleaner) clean(d *corpus.Document) *Cleaned {
	w.z.Tokenize(&w.text, d.Text)
	w.found = w.marker.Rules.Find(w.found[:0], d.Text, &w.text)
	marks := w.marker.Mark(nil, d.Text, &w.text, w.found, boilerplate.SiteHash(d.Site))
	return &Cleaned{Doc: d, Marks: marks, Text: boilerplate.Strip(d.Text, marks)}
}
