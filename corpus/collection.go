package corpus

import (
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"sync/atomic"
)

// Options says how input is read. The zero value finds the fields by their
// usual names and stops at the first fault.
type Options struct {
	// Names of the fields that hold the text and what is known of it. Empty:
	// found among the usual names, see the package comment. "none": the field
	// is not read (not for the text). A dotted name, meta.text, reaches into
	// nested JSON objects.
	TextField, IDField, TitleField, SourceField, DateField string

	// MaxText bounds one text in bytes. Default 64 MiB.
	MaxText int64
	// MaxRecord bounds the bytes of one record as it stands in the file.
	// Default 4*MaxText. Memory in use is at most about three times that.
	MaxRecord int64
	// MaxStream bounds what one compressed file may unpack to. Default 1 TiB.
	MaxStream int64

	// Except is a folder that is passed over where it lies in one that is read: what an
	// earlier run wrote there. Empty, or no folder: none.
	Except string

	// Skip leaves faulty records out in place of stopping at the first one. A
	// file that breaks off is left at that point.
	Skip bool
	// Rejected, if not nil, is called once for each record that Skip left out,
	// in input order, however often the collection is read. What Raw points to
	// belongs to the callee.
	Rejected func(Rejection)

	// Temp is the folder in which what comes through a pipe is kept to be read
	// again. Default os.TempDir.
	Temp string
	// Stdin is what the path "-" reads. Default os.Stdin.
	Stdin io.Reader
}

// MaxTextLimit is the most that MaxText may be: offsets in a text keep within 32 bits.
const MaxTextLimit = math.MaxUint32

// fill returns o with its defaults, and all that is wrong with it.
func (o Options) fill() (Options, error) {
	var errs []error
	bound := func(name string, v *int64, standard int64) {
		if *v < 0 {
			errs = append(errs, fmt.Errorf("corpus: %s is %d, must not be negative", name, *v))
		}
		if *v == 0 {
			*v = standard
		}
	}
	bound("MaxText", &o.MaxText, 64<<20)
	if o.MaxText > MaxTextLimit {
		errs = append(errs, fmt.Errorf("corpus: MaxText is %d, must be below 4 GiB", o.MaxText))
	}
	bound("MaxRecord", &o.MaxRecord, 4*o.MaxText)
	bound("MaxStream", &o.MaxStream, 1<<40)
	if o.TextField == none {
		errs = append(errs, errors.New("corpus: the text field cannot be switched off"))
	}
	if o.Temp == "" {
		o.Temp = os.TempDir()
	}
	if o.Stdin == nil {
		o.Stdin = os.Stdin
	}
	return o, errors.Join(errs...)
}

// A File is one file of a Collection.
type File struct {
	Path        string // as given, or as found in the folder given
	Format      string // "jsonl", "json", "csv", "tsv", "txt"
	Compression string // "gz", "zst", "bz2", or empty
	Size        int64  // bytes on disk, compressed; -1 while unknown (a pipe)
}

// A Collection is a list of files that can be read as documents, as often as
// needed. One goroutine at a time reads it; BytesRead may be called and a
// Writer used by others meanwhile.
type Collection struct {
	opts     Options
	inputs   []*input
	paths    map[string]bool // of the inputs
	except   os.FileInfo     // of Options.Except; nil: there is none
	skipped  skipped
	read     atomic.Int64
	unpacked unpacked
	odd      oddities
	taken    taken
	expected *expected // nil: nothing
	reported Handle    // the last record that Skip left out
	left     int       // how many there were
	first    []Rejection
}

// Open expands paths (files, folders, globs, "-") and checks that each exists,
// can be read, has a known format and is not named twice. No record is read yet. It returns all
// faults joined, each a *ReadError, or a fault of o.
//
// A folder stands for the files below it whose extension tells a format, in
// lexical order, hidden ones left out, links to folders not followed. A glob is
// expanded only if no file has that very name; in it ** stands for folders at any depth.
func Open(o Options, paths ...string) (*Collection, error) {
	o, err := o.fill()
	errs := []error{err}
	c := &Collection{opts: o, paths: make(map[string]bool), reported: Handle{File: -1}, unpacked: unpacked{full: true}}
	if len(paths) == 0 {
		errs = append(errs, errors.New("corpus: no input named"))
	}
	if info, err := os.Stat(o.Except); err == nil && info.IsDir() {
		c.except = info
	}
	for _, path := range paths {
		errs = append(errs, c.expand(path))
	}
	if err := errors.Join(errs...); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// Files lists what is read, in the order in which it is read.
func (c *Collection) Files() []File {
	files := make([]File, len(c.inputs))
	for i, in := range c.inputs {
		files[i] = in.File
		files[i].Size = in.size()
	}
	return files
}

// Skipped tells of the files in given folders whose extension tells no format:
// how many there are, and their extensions in lower case, or what they are in place
// of files, in the order in which they were met, the first eight of them. "" is a
// name without one. Files whose names begin with a dot do not count.
func (c *Collection) Skipped() (files int, extensions []string) {
	return c.skipped.files, slices.Clone(c.skipped.extensions)
}

// Size is the sum of the files' sizes on disk; -1 while one is unknown.
func (c *Collection) Size() int64 {
	var sum int64
	for _, in := range c.inputs {
		n := in.size()
		if n < 0 {
			return -1
		}
		sum += n
	}
	return sum
}

// Unchanged says of every file that was written to, or is gone, since Open: what two passes
// read of it may differ. Joined *ReadErrors, nil if all are as they were. Who reads a
// collection more than once asks before the result is given its name.
func (c *Collection) Unchanged() error {
	var errs []error
	for _, in := range c.inputs {
		errs = append(errs, in.src.unchanged())
	}
	return errors.Join(errs...)
}

// BytesRead tells how many bytes of the files on disk the present pass has
// read, for a progress bar against Size. It may be called from any goroutine
// while All runs; each pass begins at 0.
func (c *Collection) BytesRead() int64 { return c.read.Load() }

// KeepUnpacked lets the passes that follow keep up to most bytes of what compressed
// files unpack to in Options.Temp, so that later ones need not unpack them again. It
// saves time only: a file for which there is no room is unpacked in each pass. With 0, as
// at first, nothing more is kept.
func (c *Collection) KeepUnpacked(most int64) {
	c.unpacked.most, c.unpacked.full = most, most <= c.unpacked.end
}

// Close removes what was kept of pipes and compressed files. What is read after it is
// undefined.
func (c *Collection) Close() error {
	errs := []error{c.unpacked.close()}
	for _, in := range c.inputs {
		errs = append(errs, in.src.close())
	}
	return errors.Join(errs...)
}

// All reads the documents of all files in order. Each pass over it gives the
// same documents with the same numbers as long as the files stay the same. A
// pipe is copied to Options.Temp before its first record is yielded.
//
// A faulty record is yielded as a *ReadError without document, and the pass
// ends; with Options.Skip it is left out. Breaking off closes the file.
func (c *Collection) All() iter.Seq2[*Document, error] {
	return func(yield func(*Document, error) bool) {
		c.read.Store(0)
		p := newPass(c)
		p.keep = true
		for i := range c.inputs {
			if !p.file(i, yield) {
				return
			}
		}
	}
}

// maxRejections is how many records that were left out are remembered.
const maxRejections = 100

// Rejections tells how many records Options.Skip has left out so far, each counted once
// however often the collection is read, and lists the first hundred, without their bytes.
func (c *Collection) Rejections() (n int, first []Rejection) { return c.left, slices.Clone(c.first) }
