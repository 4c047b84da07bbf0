package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"iter"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
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
// how many there are, and their extensions in lower case, or what they are in place of files, in the order in which
// they were met, the first eight of them. "" is a name without one. Files whose
// names begin with a dot do not count.
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

// Close removes what was kept of pipes and compressed files. The collection cannot be read after it.
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

// A reader yields the records of one file. next fills d, beginning with
// d.Handle.Record and Offset so that an error can be placed. It returns io.EOF
// at the end, a *fault for a record to be left out, and any other error if the
// file cannot be read further.
type reader interface {
	next(d *Document) error
}

// A pass is one reading of a collection and the memory its readers share.
type pass struct {
	c      *Collection
	opts   *Options
	fields *fields
	json   *objectScanner
	window window
	number int
	intern map[string]string
	keep   bool             // what is unpacked
	lean   bool             // no Raw, Title and Author
	need   func(int) bool   // nil: all documents are looked into
	bare   bool             // the present document was not
	place  func() *Document // where the next document goes; nil: new ones are made
	refuse *[]rejected      // takes what Skip leaves out; nil: it is reported at once
}

func newPass(c *Collection) *pass {
	f := newFields(&c.opts)
	return &pass{c: c, opts: &c.opts, fields: f, json: newObjectScanner(f), intern: map[string]string{}}
}

// file yields the documents of file i and reports whether to go on.
func (p *pass) file(i int, yield func(*Document, error) bool) bool {
	in := p.c.inputs[i]
	r, s, err := p.open(in)
	if err != nil {
		return p.fail(Handle{File: i}, err, yield)
	}
	defer s.Close()
	return p.documents(r, i, yield)
}

// documents yields what a reader finds in file i and reports whether to go on.
func (p *pass) documents(r reader, i int, yield func(*Document, error) bool) bool {
	in := p.c.inputs[i]
	for {
		d := p.document(i)
		err := r.next(d)
		if err == io.EOF {
			return true
		}
		if err != nil {
			if !p.fail(d.Handle, err, yield) {
				return false
			}
			if _, ok := err.(*fault); !ok {
				return true
			}
			continue
		}
		p.finish(d, in)
		if !yield(d, nil) {
			return false
		}
	}
}

// document returns an empty document of file i.
func (p *pass) document(i int) *Document {
	var d *Document
	if p.place != nil {
		d = p.place()
	} else {
		d = new(Document)
	}
	p.bare = false
	*d = Document{Handle: Handle{File: i}}
	return d
}

func (p *pass) open(in *input) (reader, *stream, error) {
	s, err := p.stream(in)
	if err != nil {
		return nil, nil, err
	}
	r, err := in.format.open(p, in, s)
	if err != nil {
		s.Close()
		return nil, nil, err
	}
	return r, s, nil
}

// stream opens a file; if it is compressed, what an earlier pass kept of it.
func (p *pass) stream(in *input) (*stream, error) {
	if p.keep && in.kept != (stretch{}) {
		return p.c.unpacked.stream(in, &p.c.read), nil
	}
	s, err := openStream(in, p.opts, &p.c.read)
	if err == nil && p.keep && in.codec != nil {
		s.keep = p.c.unpacked.begin(in, p.opts.Temp)
	}
	return s, err
}

// Fault is an error of a document that was read but cannot be taken, with what to do about
// it.
func (c *Collection) Fault(h Handle, err error, hint string) *ReadError {
	return &ReadError{File: c.inputs[h.File].Path, Record: h.Record, Offset: h.Offset, Err: err, Hint: hint}
}

// readError places err in the input; raw is what was read of the record, at least its beginning.
func (p *pass) readError(h Handle, err error) (e *ReadError, raw []byte) {
	e = &ReadError{File: p.c.inputs[h.File].Path, Record: h.Record, Offset: h.Offset, Err: plain(err)}
	if f, ok := err.(*fault); ok {
		e.Err, e.Hint, raw = f.err, f.hint, f.raw
	} else if e.Record > 0 && !p.c.inputs[h.File].format.single {
		raw = p.window.excerpt() // the file cannot be read further: as far as it went
	}
	if e.Hint == "" && e.Record > 0 && !p.opts.Skip {
		e.Hint = skipHint
	}
	return e, raw
}

// fail yields err or, with Skip, reports it once and lets the pass go on.
func (p *pass) fail(h Handle, err error, yield func(*Document, error) bool) bool {
	e, raw := p.readError(h, err)
	if !p.opts.Skip || p.c.inputs[h.File].src.err != nil {
		yield(nil, e)
		return false
	}
	rejection := Rejection{File: e.File, Record: e.Record, Offset: e.Offset, Err: e.Err, Hint: e.Hint, Raw: bytes.Clone(raw)}
	_, goesOn := err.(*fault)
	rejection.Ends = !goesOn || h.Record == 0
	if p.refuse != nil {
		*p.refuse = append(*p.refuse, rejected{h, rejection})
	} else {
		p.c.report(h, rejection)
	}
	return true
}

// report tells of the fault at h, unless a pass before did.
func (c *Collection) report(h Handle, r Rejection) {
	last := &c.reported
	if h.File < last.File || h.File == last.File && h.Record <= last.Record {
		return
	}
	*last = h
	if c.left++; c.left <= maxRejections {
		c.first = append(c.first, Rejection{File: r.File, Record: r.Record, Offset: r.Offset, Err: r.Err, Hint: r.Hint})
	}
	if c.opts.Rejected != nil {
		c.opts.Rejected(r)
	}
}

// maxRejections is how many records that were left out are remembered.
const maxRejections = 100

// Rejections tells how many records Options.Skip has left out so far, each counted once
// however often the collection is read, and lists the first hundred, without their bytes.
func (c *Collection) Rejections() (n int, first []Rejection) { return c.left, slices.Clone(c.first) }

// finish fills in what follows from the record's own fields.
func (p *pass) finish(d *Document, in *input) {
	d.Number = p.number
	p.number++
	if p.bare {
		return
	}
	p.c.odd.look(d, p.lean)
	d.Named = d.ID != ""
	switch {
	case d.Named:
	case in.format.single:
		d.ID = in.Path
	default:
		d.ID = in.Path + ":" + strconv.Itoa(d.Handle.Record)
	}
	host := p.once(hostOf(d.URL))
	if d.Source == "" && host != "" && p.opts.SourceField != none {
		d.Source = host
		p.c.taken.note(sourceRole, hostBit)
	}
	d.Source = p.once(d.Source)
	d.Site = host
	if host == "" {
		d.Site = p.once(siteOf(d.Source))
	}
	if p.c.expected != nil {
		p.c.expected.look(d)
	}
}

// once returns the same string for the same name, so that a collection with
// few sources keeps few strings. It stops learning at 64k names.
func (p *pass) once(name string) string {
	if s, ok := p.intern[name]; ok {
		return s
	}
	name = strings.Clone(name)
	if len(p.intern) < 1<<16 {
		p.intern[name] = name
	}
	return name
}
