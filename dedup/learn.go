package dedup

import (
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup/pool"
	"reprint/internal/spill"
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
	return learnAll(ctx, c, o.filled())
}

// learnAll is Learn with all options filled in.
func learnAll(ctx context.Context, c *corpus.Collection, o Options) (f *boilerplate.Furniture, a *reuse.Archive, err error) {
	s := newSummary(o)
	r := newReading(o, s)
	defer func() { err = errors.Join(err, r.Close()) }()
	tell := NewTeller(o.Progress, &s.Stages)
	if err := r.read(ctx, c, wants{furniture: true, archive: true}, tell); err != nil {
		return nil, nil, err
	}
	learnt, show, err := r.learn(ctx, nil, tell)
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
// show it, and those of blocks that several pages of a source hold. The rules only
// name the patterns: what a rule takes beyond repeated words, as the headline in a
// teaser, is no furniture elsewhere, and its border would cut repeated runs in two.
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
// the documents in which some of it stands for the first time, ascending. What each document
// holds of it is added to held, unless that is nil.
func (r *reading) learn(ctx context.Context, held *spill.Blobs, tell *Teller) (learnt *boilerplate.Learnt, show []uint64, err error) {
	tell.Stage("learn", "documents", int64(r.n))
	half := func(passed, done int) { tell.At(int64(passed+done) / 2) } // of two passes
	learner, sieved := boilerplate.NewLearner(r.o.learner(4)), spill.NewBlobs(r.o.spill(16))
	defer func() { err = errors.Join(err, learner.Close(), sieved.Close()) }()
	r.sieve.Settle()
	runtime.GC() // most of the sieve is free now; memory that was used before costs less
	first := func(p *pupil, c *class, _ uint64, record []byte) (lesson, error) { return p.sieve(r, c, record) }
	err = r.lessons(ctx, r.texts, first, func(l *lesson) error {
		_, err := sieved.Append(l.record)
		return errors.Join(err, learner.Add(l.site, l.day, l.grams))
	}, func(done int) { half(0, done) })
	r.sieve = nil // its memory is for others now, and so is that of the records
	if err == nil {
		learnt, err = learner.Learn()
	}
	if err = errors.Join(err, learner.Close()); err != nil {
		return nil, nil, err
	}
	stories := learner.Stories(learnt)
	defer func() { err = errors.Join(err, stories.Close()) }()
	know := pool.Beside(r.o.Threads, func() error { return learnt.Know(r.heads, r.pages) })
	shown, n := boilerplate.NewShown(learnt), uint64(0)
	second := func(p *pupil, c *class, doc uint64, record []byte) (lesson, error) {
		return p.study(r, c, doc, record, learnt)
	}
	err = r.lessons(ctx, sieved, second, func(l *lesson) error {
		if shown.Add(l.hits) {
			show = append(show, n)
		}
		n++
		return errors.Join(keepHits(held, l.found), stories.Add(l.site, l.day, l.about, l.hits))
	}, func(done int) { half(r.n, done) })
	err = errors.Join(err, know(), stories.Tell())
	tell.Done(int64(r.n))
	return learnt, show, err
}

// keepHits keeps what was found of one document for who will mark it.
func keepHits(held *spill.Blobs, found []byte) error {
	if held == nil {
		return nil
	}
	_, err := held.Append(found)
	return err
}

// lesson is what one document teaches: in a first pass the runs that may be
// furniture, in a second one those that are, and what the document speaks of.
type lesson struct {
	site   uint64
	day    int
	grams  []uint64
	record []byte // for the second pass
	hits   []boilerplate.Hit
	found  []byte // the hits, for who marks the document
	about  boilerplate.Subject
}

// class is the lessons of a few documents, with the memory in which they lie.
type class struct {
	list    []lesson
	grams   []uint64
	records []byte
	hits    []boilerplate.Hit
}

// classMemory holds what was learnt, for the next documents.
var classMemory = sync.Pool{New: func() any { return new(class) }}

// lessons makes a pass over the records of all documents, in their order.
func (r *reading) lessons(ctx context.Context, store *spill.Blobs, study func(p *pupil, c *class, doc uint64, record []byte) (lesson, error), add func(*lesson) error, tell func(done int)) error {
	workers := make([]pupil, r.o.Threads)
	work := func(w int, b *packet) (*class, error) {
		defer b.free()
		c := classMemory.Get().(*class)
		c.list, c.grams, c.records, c.hits = c.list[:0], c.grams[:0], c.records[:0], c.hits[:0]
		for doc, record := range b.records() {
			l, err := study(&workers[w], c, doc, record)
			if err != nil {
				return nil, err
			}
			c.list = append(c.list, l)
			if len(record) > longText {
				workers[w] = pupil{}
			}
		}
		return c, nil
	}
	done := 0
	for c, err := range pool.Ordered(ctx, r.o.Threads, r.o.Memory/8, packets(store), (*packet).size, work) {
		if err != nil {
			return err
		}
		for i := range c.list {
			if err := add(&c.list[i]); err != nil {
				return err
			}
		}
		done += len(c.list)
		classMemory.Put(c)
		tell(done)
	}
	return nil
}

// pupil is the scratch memory of one worker.
type pupil struct {
	d      stored
	buf    []byte
	grams  []uint64
	places []uint32
	held   []uint32
	about  topics
}

// sieve reads a record of the token store and keeps the runs that may be furniture. For
// the second pass it leaves
//
//	site  8 bytes, then day, never 0, as a varint
//	the stems that the document repeats, as in the token store
//	the runs: their number, and for each how many words behind the one before it
//	      begins, as varints, then the hashes of 8 bytes
func (p *pupil) sieve(r *reading, c *class, record []byte) (l lesson, err error) {
	if err := p.d.readWords(record); err != nil {
		return l, err
	}
	l.site, l.day = p.d.Site, p.d.Day
	p.places = p.places[:0]
	var runs []uint64
	if l.site != 0 || l.day == 0 {
		runs = p.runs(r)
	}
	if l.day == 0 {
		l.day = boilerplate.Undated(runs)
	}
	if l.site != 0 {
		p.places = boilerplate.Inside(r.sieve.Keep(p.places, runs), &p.d.Text)
	}
	at, w := len(c.grams), writer{c.records}
	w.fixed(l.site)
	w.int(l.day)
	w.repeated(p.d.again)
	w.uint(uint64(len(p.places)))
	last := uint32(0)
	for _, place := range p.places {
		w.uint(uint64(place - last))
		c.grams, last = append(c.grams, runs[place]), place
	}
	l.grams = c.grams[at:]
	w.b = appendNumbers(w.b, l.grams)
	l.record, c.records = w.b[len(c.records):], w.b
	return l, nil
}

// runs returns the runs of words of the record that was read.
func (p *pupil) runs(r *reading) []uint64 {
	if r.runs {
		return p.d.Text.Hash[:boilerplate.Runs(p.d.Text.Len())]
	}
	p.grams = boilerplate.Grams(p.grams[:0], &p.d.Text)
	return p.grams
}

// study reads a record that sieve left, and what the words were if some of them are
// furniture.
func (p *pupil) study(r *reading, c *class, doc uint64, record []byte, learnt *boilerplate.Learnt) (l lesson, err error) {
	from := reader{b: record}
	l.site, l.day = from.fixed(), from.int()
	p.d.again = from.repeated(p.d.again)
	p.places = sized(p.places, from.length(9))
	last := uint32(0)
	for i := range p.places {
		last += uint32(from.uint())
		p.places[i] = last
	}
	p.grams = sized(p.grams, len(p.places))
	readNumbers(p.grams, from.bytes(8*len(p.grams)))
	if from.err != nil || l.site == 0 {
		return l, from.err
	}
	at := len(c.hits)
	c.hits = learnt.HitsAmong(c.hits, p.grams, p.places, l.site)
	if l.hits = c.hits[at:]; len(l.hits) > 0 {
		from := len(c.records)
		c.records = boilerplate.AppendHits(c.records, l.hits)
		l.found = c.records[from:]
		if err := p.holds(r, doc, l.hits); err != nil {
			return l, err
		}
		p.about.without(p.d.again, p.held)
	}
	l.about = p.about.of(p.d.again, &r.freq)
	return l, nil
}

// holds reads the stems of the words that hits in a document hold.
func (p *pupil) holds(r *reading, doc uint64, hits []boilerplate.Hit) error {
	record, err := r.texts.View(int64(doc), &p.buf)
	if err != nil {
		return err
	}
	stems, err := stemsOf(record)
	p.held = p.held[:0]
	for from, to := range boilerplate.Held(hits) {
		if 4*to > len(stems) {
			return errors.Join(err, errShort)
		}
		at := len(p.held)
		p.held = slices.Grow(p.held, to-from)[:at+to-from]
		readNumbers(p.held[at:], stems[4*from:4*to])
	}
	return err
}
