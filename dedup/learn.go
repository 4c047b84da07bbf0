package dedup

import (
	"context"
	"errors"
	"slices"
	"sync"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup/pool"
	"reprint/lsh"
	"reprint/reuse"
	"reprint/shingle"
)

// Learn reads an archive and returns what each of its sources repeats, as a
// furniture file that people can read, and what it says of words and runs of
// words. The collection is read twice, the second time for the texts that show what is
// repeated; hashes of its words are kept meanwhile, as much of them as Options.Memory
// does not hold in Options.Temp.
func Learn(ctx context.Context, c *corpus.Collection, o Options) (*boilerplate.Furniture, *reuse.Archive, error) {
	if err := o.Validate(); err != nil {
		return nil, nil, err
	}
	return learnAll(ctx, c, o.Filled())
}

// learnAll is Learn with all options filled in.
func learnAll(ctx context.Context, c *corpus.Collection, o Options) (f *boilerplate.Furniture, a *reuse.Archive, err error) {
	s := newSummary(o)
	r := newReading(o, s)
	defer func() { err = errors.Join(err, r.Close()) }()
	tell := NewTeller(o.Progress, &s.Stages)
	r.twice = lsh.NewTwice(twiceBytes(o.Memory, c.Size()))
	if err := r.read(ctx, c, wants{furniture: true, archive: true}, tell); err != nil {
		return nil, nil, err
	}
	learnt, show, err := r.learn(ctx, tell)
	if err != nil {
		return nil, nil, err
	}
	if f, err = r.gallery(ctx, c, learnt, show, tell); err != nil {
		return nil, nil, err
	}
	f.Articles, f.Days, f.Sources = r.n, len(r.days), len(r.sources)
	if err = r.texts.Close(); err != nil { // the memory is for the archive now
		return nil, nil, err
	}
	if a, err = r.archive(ctx, tell); err != nil {
		return nil, nil, err
	}
	return f, a, nil
}

// gallery finds the words of what was learnt, in the documents that learn says
// show it, and those of blocks that several pages of a source hold. The rules only name the patterns: what a rule takes beyond repeated
// words, as the headline in a teaser, is no furniture elsewhere, and its border
// would cut repeated runs in two.
func (r *reading) gallery(ctx context.Context, c *corpus.Collection, learnt *boilerplate.Learnt, show []uint64, tell *Teller) (*boilerplate.Furniture, error) {
	g := boilerplate.NewGallery(boilerplate.Marker{Rules: r.o.Rules, Learnt: learnt})
	blocks, err := boilerplate.NewBlockGallery(learnt, r.pages)
	if err != nil {
		return nil, err
	}
	show = slices.Compact(slices.Sorted(slices.Values(append(show, blocks.Documents()...))))
	tell.Stage("gather", "documents", int64(len(show)))
	var z shingle.Tokenizer
	var t shingle.Text
	done := int64(0)
	for d, err := range r.again(ctx, c, show) {
		if err != nil {
			return nil, err
		}
		z.Tokenize(&t, d.Text)
		g.Add(d.Site, d.Text, &t)
		blocks.Add(d.Site, d.Text, &t)
		tell.At(done)
		done++
	}
	tell.Done(int64(len(show)))
	f := blocks.Furniture(g.Furniture())
	f.Known = learnt.Known()
	r.name(f)
	return f, nil
}

// name gives every pattern in whose words a rule finds something that rule's
// kind.
func (r *reading) name(f *boilerplate.Furniture) {
	var w cleaner
	w.marker.Rules = r.o.Rules
	for i := range f.Patterns {
		d := corpus.Document{Text: f.Patterns[i].Text}
		w.tokenise(&d)
		if marks := w.mark(&d).Marks; len(marks) > 0 {
			f.Patterns[i].Kind = marks[0].Kind
		}
	}
}

// learn returns what the sources repeat, from what reading them left behind, and
// the documents in which some of it stands for the first time, ascending.
func (r *reading) learn(ctx context.Context, tell *Teller) (learnt *boilerplate.Learnt, show []uint64, err error) {
	tell.Stage("learn", "documents", 2*int64(r.n))
	learner := boilerplate.NewLearner(r.o.spill(4))
	defer func() { err = errors.Join(err, learner.Close()) }()
	r.sieve.Settle()
	err = r.lessons(ctx, nil, func(l *lesson) error { return learner.Add(l.site, l.day, l.kept) }, tell)
	r.sieve = nil // its memory is for others now, and so is that of the records
	if err == nil {
		learnt, err = learner.Learn()
	}
	if err = errors.Join(err, learner.Close()); err != nil {
		return nil, nil, err
	}
	stories := learner.Stories(learnt, r.o.spill(4))
	defer func() { err = errors.Join(err, stories.Close()) }()
	var aside sync.WaitGroup
	var errKnow error
	aside.Go(func() { errKnow = learnt.Know(r.heads, r.pages) })
	shown, n := boilerplate.NewShown(learnt), uint64(0)
	err = r.lessons(ctx, learnt, func(l *lesson) error {
		if shown.Add(l.hits) {
			show = append(show, n)
		}
		n++
		return stories.Add(l.site, l.day, l.about, l.hits)
	}, tell)
	aside.Wait()
	err = errors.Join(err, errKnow, stories.Tell())
	tell.Done(int64(r.n))
	return learnt, show, err
}

// lesson is what one document teaches: in a first pass the runs that may be
// furniture, in a second one those that are, and what the document speaks of.
type lesson struct {
	site  uint64
	day   int
	kept  []uint64
	hits  []boilerplate.Hit
	about boilerplate.Subject
}

// lessons makes a pass over the words of all documents, in their order; the
// first one has learnt nothing yet.
func (r *reading) lessons(ctx context.Context, learnt *boilerplate.Learnt, add func(*lesson) error, tell *Teller) error {
	workers := make([]pupil, r.o.Threads)
	work := func(w int, b *packet) (out []lesson, err error) {
		defer b.free()
		out = make([]lesson, 0, len(b.list))
		for _, record := range b.records() {
			l, err := workers[w].study(r, record, learnt)
			if err != nil {
				return nil, err
			}
			out = append(out, l)
			if len(record) > longText {
				workers[w] = pupil{}
			}
		}
		return out, nil
	}
	done := int64(0)
	if learnt != nil {
		done = int64(r.n)
	}
	for batch, err := range pool.Ordered(ctx, r.o.Threads, r.o.Memory/8, packets(r.texts), (*packet).size, work) {
		if err != nil {
			return err
		}
		for i := range batch {
			if err := add(&batch[i]); err != nil {
				return err
			}
		}
		done += int64(len(batch))
		tell.At(done)
	}
	return nil
}

// pupil is the scratch memory of one worker.
type pupil struct {
	d      stored
	grams  []uint64
	inside []uint64
	maybe  []uint64
	own    []uint32
	about  topics
}

// study reads a record of the token store.
func (p *pupil) study(r *reading, record []byte, learnt *boilerplate.Learnt) (l lesson, err error) {
	if err := p.d.readWords(record); err != nil {
		return l, err
	}
	p.grams = boilerplate.Grams(p.grams[:0], &p.d.Text)
	l.site, l.day = p.d.Site, p.d.Day
	if l.day == 0 {
		l.day = boilerplate.Undated(p.grams)
	}
	if learnt == nil {
		p.inside = boilerplate.Inside(slices.Grow(p.inside[:0], len(p.grams)), p.grams, &p.d.Text)
		l.kept = r.sieve.Keep(p.inside, &p.maybe)
		return l, nil
	}
	if l.hits = boilerplate.HitsInside(learnt.Hits(nil, p.grams, l.site), &p.d.Text); l.site != 0 {
		p.own = boilerplate.Outside(slices.Grow(p.own[:0], len(p.d.Text.Stem)), p.d.Text.Stem, l.hits)
		l.about = p.about.of(p.own, p.d.title, &r.freq)
	}
	return l, nil
}
