package copies

import (
	"errors"
	"fmt"
	"iter"

	"reprint/dedup"
	"reprint/reuse"
	"reprint/shingle"
)

// Options says how to run. The zero value works.
type Options struct {
	// Furniture and Rules, if there is either, tell what is left out of a text before it
	// is compared; without them all of it counts. Archive and Spare mean nothing here.
	dedup.Options

	// Kinds are the kinds of pairs for which documents go; default: duplicate.
	Kinds []reuse.Kind

	// Threshold, if it is not 0, stands in for the method's own.
	Threshold float64

	// Method is what makes a copy; the zero Method: Newswire. Options.Keep, if
	// it is named, stands in for the method's own.
	Method Method

	// From are the matches of a scan of the same collection, which stand in
	// for the candidates; nil: they are found by their signatures.
	From iter.Seq2[*dedup.Match, error]

	// Work is the folder in which the stages leave their files, and from which
	// they go on if there are some of a run that was broken off. It is made if there is
	// none, and ought to hold nothing else; Result.Remove removes it whole. Empty: one
	// of the run's own in Options.Temp, removed in the end.
	Work string

	// Identity is all on which the result depends beside these options and the files: the
	// fields that are read, where From is from. What another call left in Work serves if it had the same.
	Identity string

	// TempLimit is the most bytes that the run may need in Options.Temp, before its
	// error is ErrTempLimit; 0: what the disk has.
	TempLimit int64

	shardText int64 // bytes of text in a file of the sign stage, for tests
}

// shard returns how many bytes of text go into a file of the sign stage.
func (o *Options) shard() int64 {
	if o.shardText > 0 {
		return o.shardText
	}
	return shardBytes
}

// Validate reports every fault of o.
func (o Options) Validate() error {
	o.Method = o.method()
	if o.Keep != "" {
		o.Method.Keep = "" // Options.Keep stands there, and is looked at for itself
	}
	err := errors.Join(o.Options.Validate(), o.Method.Validate())
	if o.TempLimit < 0 {
		err = errors.Join(err, fmt.Errorf("a limit of %d bytes for temporary files", o.TempLimit))
	}
	if o.Method.Unit != shingle.Words && (o.Furniture != nil || o.Rules != nil) {
		err = errors.Join(err, fmt.Errorf("furniture is left out of words only, not of %s", o.Method.Unit))
	}
	for _, k := range o.Kinds {
		if !k.Reuse() {
			err = errors.Join(err, fmt.Errorf("documents of kind %q cannot be dropped: only duplicate, republished and partial", k))
		}
	}
	return err
}

// filled returns o with its defaults. No rules and no furniture mean that all of a text is
// its own.
func (o Options) filled() Options {
	o.Method = o.method()
	o.Options = o.Options.Sized()
	if len(o.Kinds) == 0 {
		o.Kinds = []reuse.Kind{reuse.Duplicate}
	}
	return o
}

// method returns the method with what the options say in its place.
func (o Options) method() Method {
	m := o.Method
	if m == (Method{}) {
		m = Newswire
	}
	if o.Threshold != 0 {
		m.Threshold = o.Threshold
	}
	if o.Keep != "" {
		m.Keep = o.Keep
	}
	if m.Keep == "" {
		m.Keep = "first"
	}
	return m
}
