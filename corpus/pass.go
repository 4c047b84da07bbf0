package corpus

import (
	"bytes"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"
)

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
	d.ID = wellFormed(d.ID)
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

// wellFormed returns s with U+FFFD for each byte that is not UTF-8, as every output has it.
func wellFormed(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	return string([]rune(s))
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
