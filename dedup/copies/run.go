package copies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/internal/spill"
)

// Run finds the copies of a collection and says of each group which document stays.
// Every other document stays as well. Of a group the survivor holds what the others
// have of their own, as far as Options.Method asks; a document never goes for one
// that holds less of it. The caller closes the result.
//
// Cost: one reading of the input, in proportion to its words; memory within
// Options.Memory whatever its size, beside a quarter of a byte for every document;
// on disk some 360 bytes a document and 4 bytes a word, nearly all of which is removed
// before Apply. On an error nothing is left behind, except in Options.Work, where another
// Run goes on.
func Run(ctx context.Context, c *corpus.Collection, o Options) (*Result, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	r, err := begin(c, o)
	if err != nil {
		return nil, err
	}
	if err = r.stages(ctx, c); err == nil {
		err = r.open()
	}
	if err == nil {
		err = r.shed()
	}
	if err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// stages runs those that are not done. If the last one is, the others are not looked for:
// what they left may be gone.
func (r *Result) stages(ctx context.Context, c *corpus.Collection) error {
	w, tell := r.w, dedup.NewTeller(r.w.o.Progress, &r.summary.Stages)
	if w.done("components", "comp") && w.done("exact", "exct") {
		return nil
	}
	for _, stage := range []func() error{
		func() error { return w.sign(ctx, c, all, tell) },
		func() error { return w.exact(ctx, tell) },
		func() error { return w.allBands(ctx, tell) },
		func() error { return w.edges(ctx, all, tell) },
		func() error { return w.components(ctx, tell) },
	} {
		if err := stage(); err != nil {
			return err
		}
	}
	return nil
}

// begin makes the work folder of a run in one process ready.
func begin(c *corpus.Collection, o Options) (*Result, error) {
	o = o.filled()
	w := &work{dir: o.Work, o: o, m: o.Method, run: identity(c, &o), quota: spill.NewQuota(o.TempLimit)}
	r := &Result{w: w, files: c.Files()}
	var err error
	if o.Work != "" {
		err = os.MkdirAll(o.Work, 0o777)
	} else {
		w.dir, err = os.MkdirTemp(o.Temp, "reprint-dedup-*")
		r.own = true
	}
	if w.temp = w.dir; err != nil {
		return nil, err
	}
	return r, w.clear()
}

// Sign runs the sign stage over a part of the collection's files. All parts must be
// given the same collection and the same options; a folder in which another collection
// was signed, or with other options, is refused.
func Sign(ctx context.Context, c *corpus.Collection, o Options, p Part) error {
	if err := errors.Join(o.Validate(), p.Validate()); err != nil {
		return err
	}
	if o.From != nil {
		return errors.New("the matches of a scan are no part of the stages")
	}
	o = o.filled()
	w := &work{dir: o.Work, temp: o.Temp, o: o, m: o.Method, run: identity(c, &o), quota: spill.NewQuota(0)}
	if err := w.alone(); err != nil {
		return err
	}
	return w.sign(ctx, c, p, dedup.NewTeller(o.Progress, nil))
}

// Exact runs the exact stage, which cannot be shared: it is a matter of seconds.
func Exact(ctx context.Context, o Options) error {
	w, err := resume(o)
	if err != nil {
		return err
	}
	return w.exact(ctx, dedup.NewTeller(w.o.Progress, nil))
}

// Bands runs a part of the bands stage: a share of the keys.
func Bands(ctx context.Context, o Options, p Part) error {
	w, err := resume(o)
	if err = errors.Join(err, p.Validate()); err != nil {
		return err
	}
	one := func(yield func(Part, error) bool) { yield(p, nil) }
	return w.bands(ctx, one, func(int64) {})
}

// Edges runs a part of the edges stage: the pairs of a share of the documents.
func Edges(ctx context.Context, o Options, p Part) error {
	w, err := resume(o)
	if err = errors.Join(err, p.Validate()); err != nil {
		return err
	}
	return w.edges(ctx, p, dedup.NewTeller(w.o.Progress, nil))
}

// Components runs the components stage.
func Components(ctx context.Context, o Options) error {
	w, err := resume(o)
	if err != nil {
		return err
	}
	return w.components(ctx, dedup.NewTeller(w.o.Progress, nil))
}

// Open returns what the stages found, for Apply. The collection must be the one that
// was signed.
func Open(c *corpus.Collection, o Options) (*Result, error) {
	w, err := resume(o)
	if err != nil {
		return nil, err
	}
	if !strings.HasPrefix(w.run, inputIdentity(c)) {
		return nil, fmt.Errorf("%s: %w", o.Work, errOther)
	}
	r := &Result{w: w, files: c.Files()}
	if err := r.open(); err != nil {
		return nil, errors.Join(err, r.Close())
	}
	return r, nil
}

// resume reads from a work folder what the sign stage noted.
func resume(o Options) (*work, error) {
	if err := o.Options.Validate(); err != nil {
		return nil, err
	}
	o.Options = o.Options.Sized()
	w := &work{dir: o.Work, temp: o.Temp, o: o, quota: spill.NewQuota(0)}
	names, err := w.files("sign")
	if err != nil {
		return nil, err
	}
	f, err := spill.OpenBlocks(filepath.Join(w.dir, names[0]), "sign")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var n note
	if err := json.Unmarshal(f.Note(), &n); err != nil || n.Settings == nil {
		return nil, errors.Join(fmt.Errorf("%s: no note of the settings", w.path(names[0])), err)
	}
	w.run, w.m, w.o.Kinds = n.Run, n.Settings.Method, n.Settings.Kinds
	w.o.Threshold = 0
	return w, nil
}
