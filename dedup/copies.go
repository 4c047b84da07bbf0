package dedup

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"slices"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/internal/spill"
	"reprint/reuse"
)

// Drop says that a document goes, and for which one.
type Drop struct {
	Doc, Kept  int    // document numbers
	ID, KeptID string // as they stand in every output
	Kind       reuse.Kind
	Share      float64 // of the dropped one's own words that the kept one holds in the same order
	Jaccard    float64
	Reason     string // the policy that chose the kept one
	File       string // where the dropped one's record stands
	Record     int
}

// Dropped lists the documents that go. Every other document stays.
type Dropped struct {
	r     *Results
	drops []Drop // without strings
}

// Copies finds the documents of a collection of which another holds the own
// text: those for which a match of Options.Kinds was verified with a share
// of at least Options.Threshold. Of each group one stays, by Options.Keep;
// a document is dropped only for one that holds its text, so that a longer
// text never falls for a shorter one. Nothing is learnt of the collection:
// furniture is what the rules or Options.Furniture say.
func Copies(ctx context.Context, c *corpus.Collection, o Options) (*Dropped, error) {
	return drop(ctx, c, o, func(r *Results, tell *teller) (err error) {
		r.verified, err = r.keying.verify(ctx, r.reading, r.equals, tell)
		return err
	})
}

// CopiesFrom is Copies with matches that a scan of the same collection has
// found. Matches of ids that the collection does not hold are an error.
func CopiesFrom(ctx context.Context, matches iter.Seq2[*Match, error], c *corpus.Collection, o Options) (*Dropped, error) {
	return drop(ctx, c, o, func(r *Results, _ *teller) error { return r.take(matches) })
}

// drop reads a collection, gets its matches and decides what goes.
func drop(ctx context.Context, c *corpus.Collection, o Options, match func(*Results, *teller) error) (*Dropped, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	o = o.filled()
	if o.Furniture == nil {
		o.Furniture = &boilerplate.Furniture{} // nothing is learnt
	}
	r := newResults(o, c)
	r.keying.fast = true
	d := &Dropped{r: r}
	tell := &teller{to: o.Progress, summary: r.summary}
	err := r.prepare(ctx, c, false, tell)
	if err == nil {
		err = match(r, tell)
	}
	if err == nil {
		err = r.resolve()
	}
	if err == nil {
		err = d.decide(ctx, tell)
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return d, nil
}

// take stores the matches of a scan.
func (r *Results) take(matches iter.Seq2[*Match, error]) error {
	byID, err := r.numbers()
	if err != nil {
		return err
	}
	r.verified = &verified{matches: spill.NewBlobs(r.o.spill(8))}
	for m, err := range matches {
		if err != nil {
			return err
		}
		a, okA := byID[m.IDA]
		b, okB := byID[m.IDB]
		if !okA || !okB {
			return fmt.Errorf("the matches name %q and %q, which the collection does not hold both", m.IDA, m.IDB)
		}
		p := pairMatch{uint64(a), uint64(b), m.Copies, m.Match}
		if _, err := r.verified.matches.Append(p.append(nil)); err != nil {
			return err
		}
	}
	return nil
}

// numbers returns the documents by their ids.
func (r *Results) numbers() (map[string]int, error) {
	byID := make(map[string]int, r.reading.n)
	for doc := range r.reading.n {
		e, err := r.entry(doc)
		if err != nil {
			return nil, err
		}
		byID[e.ID] = doc
	}
	return byID, nil
}

// All yields what goes, in input order.
func (d *Dropped) All() iter.Seq2[Drop, error] {
	return func(yield func(Drop, error) bool) {
		for _, out := range d.drops {
			gone, err := d.r.entry(out.Doc)
			if err == nil {
				var kept entry
				kept, err = d.r.entry(out.Kept)
				out.ID, out.KeptID = gone.ID, kept.ID
				out.File, out.Record = d.r.files[gone.file].Path, gone.record
			}
			if !yield(out, err) || err != nil {
				return
			}
		}
	}
}

// Goes reports whether the document of that number is dropped.
func (d *Dropped) Goes(doc int) bool {
	_, found := slices.BinarySearchFunc(d.drops, doc, func(p Drop, doc int) int { return p.Doc - doc })
	return found
}

// Len returns how many documents go.
func (d *Dropped) Len() int { return len(d.drops) }

// Summary counts what the run did.
func (d *Dropped) Summary() *Summary { return d.r.summary }

// Close removes all temporary files.
func (d *Dropped) Close() error { return d.r.Close() }
