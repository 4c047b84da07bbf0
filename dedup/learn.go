package dedup

import (
	"context"
	"errors"
	"iter"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/reuse"
)

// Learn reads an archive and returns what each of its sources repeats, as a
// furniture file that people can read, and what it says of words and runs of
// words. The collection is read twice: once to count, once to find the words
// again.
func Learn(ctx context.Context, c *corpus.Collection, o Options) (f *boilerplate.Furniture, a *reuse.Archive, err error) {
	if err := o.Validate(); err != nil {
		return nil, nil, err
	}
	o = o.Filled()
	s := newSummary(o)
	r := newReading(o, s)
	defer func() { err = errors.Join(err, r.Close()) }()
	tell := NewTeller(o.Progress, &s.Stages)
	if err := r.read(ctx, c, true, tell); err != nil {
		return nil, nil, err
	}
	if a, err = r.archive(ctx, tell); err != nil {
		return nil, nil, err
	}
	learnt, err := r.learn(ctx, tell)
	if err != nil {
		return nil, nil, err
	}
	f, err = r.gallery(ctx, c, learnt, tell)
	if err != nil {
		return nil, nil, err
	}
	f.Articles, f.Sources = r.n, len(r.sources)
	return f, a, nil
}

// gallery finds the words of what was learnt. The rules only name the
// patterns: what a rule takes beyond repeated words, as the headline in a
// teaser, is no furniture elsewhere, and its border would cut repeated runs in
// two.
func (r *reading) gallery(ctx context.Context, c *corpus.Collection, learnt *boilerplate.Learnt, tell *Teller) (*boilerplate.Furniture, error) {
	g := boilerplate.NewGallery(boilerplate.Marker{Rules: r.o.Rules, Learnt: learnt})
	days := map[int]bool{}
	next, stop := iter.Pull2(r.texts.All())
	defer stop()
	tell.Stage("gather", "B", c.Size())
	var d stored
	for doc, err := range c.All() {
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return nil, err
		}
		b, err, ok := next()
		if !ok {
			return nil, errors.New("the collection changed while it was read")
		}
		if err == nil {
			err = d.read(b)
		}
		if err != nil {
			return nil, err
		}
		if d.Day != 0 {
			days[d.Day] = true
		}
		g.Add(doc.Site, doc.Text, &d.Text)
		tell.At(c.BytesRead())
	}
	tell.Done(int64(r.n))
	f := g.Furniture()
	f.Days = len(days)
	f.Known = learnt.Known()
	r.name(f)
	return f, nil
}

// name gives every pattern in whose words a rule finds something that rule's
// kind.
func (r *reading) name(f *boilerplate.Furniture) {
	w := cleaner{marker: boilerplate.Marker{Rules: r.o.Rules}}
	for i := range f.Patterns {
		if marks := w.clean(&corpus.Document{Text: f.Patterns[i].Text}).Marks; len(marks) > 0 {
			f.Patterns[i].Kind = marks[0].Kind
		}
	}
}

// learn counts what the sources repeat, in a second pass over the words.
func (r *reading) learn(ctx context.Context, tell *Teller) (learnt *boilerplate.Learnt, err error) {
	tell.Stage("learn", "documents", int64(r.n))
	learner := boilerplate.NewLearner(r.o.spill(4))
	defer func() { err = errors.Join(err, learner.Close()) }()
	var d stored
	var about topics
	var own []uint32
	var kept []uint64
	var grams []uint64
	done := int64(0)
	for b, err := range r.texts.All() {
		if err == nil {
			err = d.readWords(b)
		}
		if err = errors.Join(err, ctx.Err()); err != nil {
			return nil, err
		}
		grams = boilerplate.Grams(grams[:0], &d.Text)
		day := d.Day
		if day == 0 {
			day = boilerplate.Undated(grams)
		}
		kept, own = r.repeating(grams, d.Text.Stem, own)
		if err := learner.Add(d.Site, day, about.of(own, d.title, &r.freq), kept); err != nil {
			return nil, err
		}
		done++
		tell.At(done)
	}
	if learnt, err = learner.Learn(); err == nil {
		err = learnt.Know(r.heads)
	}
	tell.Done(done)
	return learnt, err
}

// repeating returns, in the memory of grams, the runs that a source may
// repeat, and, in that of own, the stems of the words outside them: what the
// source prints elsewhere says nothing of this article.
func (r *reading) repeating(grams []uint64, stems, own []uint32) ([]uint64, []uint32) {
	kept, own, end := grams[:0], own[:0], 0
	words := len(stems) - len(grams) + 1 // of a run
	for i, stem := range stems {
		if i < len(grams) && r.sieve.Has(grams[i]) {
			kept, end = append(kept, grams[i]), i+words
		}
		if i >= end {
			own = append(own, stem)
		}
	}
	return kept, own
}
