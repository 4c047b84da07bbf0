package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// WriterOptions says how output is written. The zero value refuses to replace
// anything.
type WriterOptions struct {
	Force  bool      // replace what has the output's name
	Stdout io.Writer // where "-" goes; default os.Stdout

	// Beside, if it is not nil, is given what is worth doing beside the calls of the Writer:
	// compressing what has gathered. It begins it and returns a function that waits for its
	// end and gives its error, and may be called more than once. The Writer waits for one
	// thing before it gives the next.
	Beside func(do func() error) (wait func() error)

	// Columns are the names of fields that every record gets by WriteMore, by which then
	// all have to be written.
	Columns []string
}

// A Writer writes documents of a Collection in the input's own format, in the
// order of the calls. A record that is not changed is written byte for byte as
// it was read; of one whose text is changed, every byte outside the text is.
//
// Only documents that the Collection has read can be written, with their Raw, before
// Close; anything else is an error.
//
// Nothing has the output's name before Close: it is written beside, under a
// name that begins with "." and ends in ".part".
type Writer struct {
	c     *Collection
	out   *output
	kind  string
	codec *codec
	scan  *objectScanner // for JSON
	head  *header        // for tables
	rows  rowScanner
	win   window
	more  []string // columns for WriteMore

	sink  *sink    // the one file; nil for a folder
	names []string // file names in a folder, by input

	begun    bool   // a record has been written
	finished bool   // so has the end
	closed   bool   // by Close or Abort
	file     int    // the last record's input
	after    string // and what stands after it there
	lineEnd  string
	spread   bool // an array's values stand on lines of their own
	scratch  []byte
}

// NewWriter begins the output out: a file, "-" for standard output, or, for
// one-document files, a folder in which they keep their names (as they were
// below the folder or the wildcard that was named). The extension of a file
// decides its compression, .gz or .zst. A single one-document file may also go
// to a file of such an extension, or to "-".
//
// It fails with an *OutputError if the inputs cannot stand in one output or out
// may not be written; if an input cannot be read, with a *ReadError.
func NewWriter(c *Collection, out string, opts WriterOptions) (*Writer, error) {
	if opts.Stdout == nil {
		opts.Stdout = os.Stdout
	}
	w := &Writer{c: c, lineEnd: "\n", more: opts.Columns}
	start, err := w.prepare(out)
	if err != nil {
		return nil, err
	}
	if w.head != nil && bytes.HasSuffix(w.head.raw, []byte("\r\n")) {
		w.lineEnd = "\r\n"
	}
	folder := w.names != nil
	if folder {
		if err := c.Outside(out); err != nil {
			return nil, err
		}
	}
	if w.out, err = newOutput(out, folder, opts.Force); err != nil {
		return nil, err
	}
	if folder {
		return w, w.out.mkdir()
	}
	file, err := w.out.create(opts.Stdout)
	if err != nil {
		return nil, err
	}
	if w.sink, err = newSink(file, w.codec, w.out.temp != "", opts.Beside); err != nil {
		return nil, errors.Join(w.out.failed(err), file.Close(), w.out.discard())
	}
	w.sink.Write(start)
	return w, nil
}

// fits says why d cannot be written with so many values behind its own fields.
func (w *Writer) fits(d *Document, values int) error {
	switch {
	case w.closed || w.finished:
		return w.out.failed(errors.New("a record is written behind the end"))
	case values != len(w.more):
		return w.out.failed(fmt.Errorf("%d values for %d columns", values, len(w.more)))
	case d.Handle.Record < 1 || d.Handle.File >= len(w.c.inputs) || d.Raw == nil && w.kind != kindText:
		return w.out.failed(fmt.Errorf("document %q is not as the input's records were read", d.ID))
	}
	return nil
}

// Write writes d as it was read.
func (w *Writer) Write(d *Document) error {
	if err := w.fits(d, 0); err != nil {
		return err
	}
	if w.kind == kindText {
		return w.out.failed(w.copyText(d))
	}
	return w.out.failed(w.record(d, d.Raw))
}

// WriteText writes d with text in place of its text and every other byte as it
// was read.
func (w *Writer) WriteText(d *Document, text string) error {
	if text == d.Text {
		return w.Write(d)
	}
	if err := w.fits(d, 0); err != nil {
		return err
	}
	var raw []byte
	var err error
	switch {
	case w.kind == kindText:
		return w.out.failed(w.putText(d, bytes.NewReader(d.encoding.encode(text)), false))
	case w.head != nil:
		raw, err = w.head.spliceRow(&w.rows, &w.win, d.Raw, text)
	default:
		raw, err = w.scan.spliceObject(w.scratch[:0], d, text, &w.c.opts)
		w.scratch = raw
	}
	if err != nil {
		return w.misread(d, err)
	}
	return w.out.failed(w.record(d, raw))
}

// misread places what is wrong with the record of d.
func (w *Writer) misread(d *Document, err error) error {
	e := &ReadError{File: w.c.inputs[d.Handle.File].Path, Record: d.Handle.Record, Offset: d.Handle.Offset, Err: err}
	if f, ok := err.(*fault); ok {
		e.Err, e.Hint = f.err, f.hint
	}
	return e
}

// WriteMore writes d as it was read with the fields of WriterOptions.Columns behind its
// own. A value of 0 or less is null, in a table an empty cell. A record that has such a
// field already is a *ReadError, as is a table that has such a column for NewWriter.
func (w *Writer) WriteMore(d *Document, values ...int) error {
	if err := w.fits(d, len(values)); err != nil {
		return err
	}
	if name := w.takenField(d.Raw); name != "" {
		return w.misread(d, hasAlready(name))
	}
	raw := append(w.scratch[:0], d.Raw...)
	if w.head != nil {
		raw = raw[:d.width]
	} else {
		raw = bytes.TrimRight(bytes.TrimSuffix(bytes.TrimRight(raw, blanks), []byte("}")), blanks)
	}
	for i, v := range values {
		switch {
		case w.head != nil && v > 0:
			raw = strconv.AppendInt(append(raw, w.head.delim), int64(v), 10)
		case w.head != nil:
			raw = append(raw, w.head.delim)
		case v > 0:
			raw = strconv.AppendInt(append(appendQuoted(append(raw, ','), w.more[i], false), ':'), int64(v), 10)
		default:
			raw = append(appendQuoted(append(raw, ','), w.more[i], false), ":null"...)
		}
	}
	if w.head == nil {
		raw = append(raw, '}')
	}
	w.scratch = raw
	return w.out.failed(w.record(d, raw))
}

// record writes one record with what stands around it.
func (w *Writer) record(d *Document, raw []byte) error {
	if w.kind == kindArray {
		w.sink.WriteString(w.separator(d))
	} else {
		w.sink.WriteString(w.missingEnd(d))
		w.sink.WriteString(d.before)
	}
	_, err := w.sink.Write(raw)
	if w.kind != kindArray {
		_, err = w.sink.WriteString(d.after)
	}
	if strings.HasPrefix(d.after, "\r\n") {
		w.lineEnd = "\r\n"
	}
	w.begun, w.file, w.after = true, d.Handle.File, d.after
	return err
}

// missingEnd returns the line end that the last line lacks if its file did not
// end in one.
func (w *Writer) missingEnd(d *Document) string {
	switch {
	case !w.begun && (w.head == nil || bytes.HasSuffix(w.head.raw, []byte("\n"))):
	case w.begun && w.after != "":
	case w.begun && w.kind == kindValues && w.file == d.Handle.File:
	default:
		return w.lineEnd
	}
	return ""
}

// separator returns what stands before a value of the array that is written:
// what stood before it in its own, but "[" before the first one and "," before
// the others.
func (w *Writer) separator(d *Document) string {
	w.spread = w.spread || strings.Contains(d.before, "\n")
	i := strings.IndexAny(d.before, "[,")
	switch {
	case !w.begun && d.before[i] == ',':
		return "[" + d.before[i+1:]
	case w.begun && d.before[i] == '[':
		return "," + d.before[i+1:]
	}
	return d.before
}

// closing returns the end of the array: that of its own file if the last value
// was the last one there.
func (w *Writer) closing() string {
	switch {
	case !w.begun:
		return "[]\n"
	case w.after != "":
		return w.after
	case w.spread:
		return "\n]\n"
	}
	return "]\n"
}

// Sync writes the end of the output and waits until all is on the disk, for which Close would
// wait otherwise. Nothing may be written afterwards.
func (w *Writer) Sync() error {
	if w.sink == nil {
		return nil
	}
	w.finish()
	return w.out.failed(w.sink.sync(w.out.temp != ""))
}

// finish writes the end of the output, once.
func (w *Writer) finish() {
	if w.kind == kindArray && !w.finished {
		w.sink.WriteString(w.closing())
	}
	w.finished = true
}

// Close finishes the output and gives it its name. After an error nothing has
// the name, or what had it before still does.
func (w *Writer) Close() error {
	w.closed = true
	if w.sink != nil {
		w.finish()
		err := w.sink.close(w.out.temp != "")
		w.sink = nil
		if err != nil {
			return errors.Join(w.out.failed(err), w.out.discard())
		}
	}
	if err := w.out.commit(); err != nil {
		return errors.Join(err, w.out.discard())
	}
	return nil
}

// Abort removes what was written. After Close it does nothing, so that it can
// be deferred.
func (w *Writer) Abort() error {
	w.closed = true
	var err error
	if w.sink != nil {
		err = w.sink.discard()
		w.sink = nil
	}
	return errors.Join(err, w.out.discard())
}
