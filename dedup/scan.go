package dedup

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/lsh"
	"reprint/reuse"
)

// Scan reads a collection and finds its copies, its repeated passages and
// its furniture. The caller closes the results. On an error, or when ctx is
// cancelled, nothing is left behind.
// Cost: one reading of the input; time in proportion to its words and to the
// pairs that share rare runs of words, of which each document has a bounded
// number.
func Scan(ctx context.Context, c *corpus.Collection, o Options) (*Results, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	o = o.filled()
	r := newResults(o, c)
	if err := r.run(ctx, c); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

func newResults(o Options, c *corpus.Collection) *Results {
	s := newSummary(o)
	return &Results{o: o, summary: s, reading: newReading(o, s), keying: newKeying(o), files: c.Files()}
}

func newSummary(o Options) *Summary {
	return &Summary{
		Version: version(), Started: time.Now(), Settings: o.Settings,
		Matches: map[reuse.Kind]int{}, Passages: map[string]int{}, Removed: map[boilerplate.Kind]int{},
	}
}

// version is that of the module, as the build knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// run goes through all stages.
func (r *Results) run(ctx context.Context, c *corpus.Collection) (err error) {
	tell := NewTeller(r.o.Progress, &r.summary.Stages)
	if err = r.prepare(ctx, c, r.o.Furniture == nil, tell); err != nil {
		return err
	}
	if r.verified, err = r.keying.verify(ctx, r.reading, r.equals, tell); err != nil {
		return err
	}
	tell.Stage("resolve", "matches", r.verified.n)
	if err = errors.Join(r.resolve(), r.recur(r.keying)); err != nil {
		return err
	}
	tell.Done(r.verified.n)
	return ctx.Err()
}

// prepare runs the stages up to the keys.
func (r *Results) prepare(ctx context.Context, c *corpus.Collection, learn bool, tell *Teller) (err error) {
	r.reading.twice = lsh.NewTwice(twiceBytes(r.o.Memory, c.Size()))
	if err = r.reading.read(ctx, c, wants{compare: true, furniture: learn}, tell); err != nil {
		return err
	}
	r.summary.Rejected, r.summary.Rejections = c.Rejections()
	bg, err := r.reading.background(ctx, tell)
	if err != nil {
		return err
	}
	r.summary.Background = bg.version
	if r.same, err = r.reading.repeatedIDs(); err != nil {
		return err
	}
	r.summary.SameIDs = len(r.same)
	if r.equals, err = newEquals(r.reading); err != nil {
		return err
	}
	if err = r.reading.forget(); err != nil {
		return err
	}
	err = r.keying.keys(ctx, r.reading, bg, r.equals, tell)
	r.reading.twice = nil // its memory is for others now
	return err
}

// twiceBytes is the size of the table of keys seen twice, for an input of the
// given bytes, 0 if that is not known. A byte of text has some .06 keys; a table
// of a quarter of its size lets one in sixteen pass that stands in one document
// alone, and one in four if the input was compressed.
func twiceBytes(memory, size int64) int64 {
	if size > 0 {
		memory = min(memory, 8*max(size, 1<<16))
	}
	return memory / 32
}

// background returns what the collection, or an archive, knows.
func (r *reading) background(ctx context.Context, tell *Teller) (*background, error) {
	bg := &background{archive: r.o.Archive}
	if f := r.o.Furniture; f != nil {
		bg.learnt, bg.version = f.Learnt(), f.Version()
	} else {
		learnt, _, err := r.learn(ctx, r.hits, tell)
		if err != nil {
			return nil, err
		}
		bg.learnt, bg.version = learnt, fmt.Sprintf("%016x", learnt.Version())
	}
	if bg.archive != nil {
		bg.version += "+" + bg.archive.Version()
	}
	return bg, nil
}
