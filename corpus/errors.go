package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// A ReadError tells what is wrong with the input, where, and where there is a
// next step, what to do. Hints name flags of the command: --text-field is
// Options.TextField, --max-text Options.MaxText, --on-error skip Options.Skip.
type ReadError struct {
	File   string // path as given; "-" is standard input
	Record int    // as in Handle; 0 if the fault is not in a record
	Offset int64  // where the record begins, in bytes of the decompressed file
	Err    error  // what is wrong
	Hint   string // what to do about it, or empty
}

// Error gives "what: file, record N, byte N" in one line.
func (e *ReadError) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%v: %s", e.Err, shown(e.File))
	if e.Record > 0 {
		fmt.Fprintf(&b, ", record %d, byte %d", e.Record, e.Offset)
	}
	return b.String()
}

// Unwrap returns what is wrong.
func (e *ReadError) Unwrap() error { return e.Err }

// A Rejection is a record that was left out, with Options.Skip.
type Rejection struct {
	File   string
	Record int
	Offset int64
	Err    error  // what is wrong
	Hint   string // what to do about it, or empty
	// Raw is the record as far as it was read: its beginning if it was too long
	// or the file broke off in it, nil if none was begun.
	Raw []byte
	// Ends says that nothing behind it in its file was read.
	Ends bool
}

// At is the error of the record that was left out.
func (r *Rejection) At() *ReadError {
	return &ReadError{File: r.File, Record: r.Record, Offset: r.Offset, Err: r.Err, Hint: r.Hint}
}

// A fault is about one record: reading goes on with the next one. Every other
// error from a reader ends its file.
type fault struct {
	err  error
	hint string
	raw  []byte // may point into the reader's buffer
}

func (f *fault) Error() string { return f.err.Error() }

func faultf(hint, format string, args ...any) *fault {
	return &fault{err: fmt.Errorf(format, args...), hint: hint}
}

// What to do about records that no other hint is for.
const (
	skipHint = "--on-error skip leaves such records out, lists them and goes on"
	longHint = "--max-text takes longer texts"
)

// shown is a path as an error names it.
func shown(path string) string {
	if path == stdinPath {
		return "standard input"
	}
	return path
}

// plain strips the operation and the path from an error of package os: the
// ReadError around it names the path.
func plain(err error) error {
	pe, ok := err.(*fs.PathError)
	if !ok {
		return err
	}
	if errors.Is(err, fs.ErrNotExist) {
		return missing{pe.Err}
	}
	return pe.Err
}

// missing is fs.ErrNotExist in words that fit folders as well.
type missing struct{ error }

func (missing) Error() string   { return "no such file or folder" }
func (m missing) Unwrap() error { return m.error }
