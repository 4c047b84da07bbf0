package copies

import (
	"context"
	"errors"
	"os"

	"reprint/corpus"
	"reprint/dedup"
)

// Run finds the copies of a collection and says of each group which document stays.
// Every other document stays as well. Of a group the survivor holds what the others
// have of their own, as far as Options.Method asks; a document never goes for one
// that holds less of it. The caller closes the result.
//
// Cost: one reading of the input, in proportion to its words; memory within
// Options.Memory whatever its size, beside an eighth of a byte for every document;
// on disk some 500 bytes a document and 3.5 bytes a word.
func Run(ctx context.Context, c *corpus.Collection, o Options) (*Result, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	r, err := begin(c, o)
	if err != nil {
		return nil, err
	}
	w, tell := r.w, dedup.NewTeller(r.w.o.Progress, &r.summary.Stages)
	for _, stage := range []func() error{
		func() error { return w.sign(ctx, c, all, tell) },
		func() error { return w.exact(ctx, tell) },
		func() error {
			if o.From != nil {
				return nil // the matches stand in for what the keys have in common
			}
			return w.allBands(ctx, tell)
		},
		func() error { return w.edges(ctx, all, tell) },
		func() error { return w.components(ctx, tell) },
		r.open,
	} {
		if err := stage(); err != nil {
			return nil, errors.Join(err, r.Close())
		}
	}
	return r, nil
}

// begin makes the work folder ready.
func begin(c *corpus.Collection, o Options) (*Result, error) {
	o = o.filled()
	w := &work{dir: o.Work, o: o, m: o.Method, run: identity(c, &o, o.Method)}
	r := &Result{w: w, files: c.Files()}
	if o.Work != "" {
		return r, errors.Join(os.MkdirAll(o.Work, 0o777), w.clear())
	}
	var err error
	w.dir, err = os.MkdirTemp(o.Temp, "reprint-dedup-*")
	r.own = true
	return r, err
}
