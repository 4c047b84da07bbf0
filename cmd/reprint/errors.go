package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"
	"syscall"
	"unicode"
	"unicode/utf8"

	"reprint/corpus"
)

// Exit codes. They are promised to scripts.
const (
	exitDone        = 0
	exitFound       = 1 // with --exit-code only
	exitBad         = 2 // wrong call or bad input
	exitInterrupted = 130
)

// errFound asks for exit code 1; nothing is printed for it.
var errFound = errors.New("something was found")

// errNoReader is a write to a standard output that nobody reads any more,
// as in "reprint clean a.jsonl -o - | head".
var errNoReader = errors.New("standard output was closed")

// hinted is an error with the user's next step.
type hinted struct {
	error
	hint string
}

func (e hinted) Unwrap() error { return e.error }
func (e hinted) Hint() string  { return e.hint }

// resumable is an interrupt of a run that had finished something, with the next step.
type resumable struct {
	error
	hint string
}

func (r resumable) Unwrap() error { return r.error }

func withHint(err error, hint string) error { return hinted{err, hint} }

// usage is a fault of the call itself.
func usage(hint, format string, args ...any) error {
	return withHint(fmt.Errorf(format, args...), hint)
}

// joinFaults is errors.Join for a list that may be empty.
func joinFaults(faults []error) error { return errors.Join(faults...) }

// exitCode says how the program ends after err.
func exitCode(err error) int {
	switch {
	case err == nil, errors.Is(err, errNoReader):
		return exitDone
	case errors.Is(err, errFound):
		return exitFound
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	}
	return exitBad
}

// printError writes err to w, every joined fault on a line of its own and
// every hint after the fault it belongs to, each of them once.
func printError(w io.Writer, err error) {
	switch {
	case err == nil, errors.Is(err, errFound), errors.Is(err, errNoReader):
		return
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w, "reprint: interrupted: no result was written")
		var left resumable
		if errors.As(err, &left) {
			fmt.Fprintf(w, "hint: %s\n", left.hint)
		}
		return
	}
	said := make(map[string]bool)
	for _, fault := range faults(err) {
		text := strings.Map(harmless, message(fault))
		if said[text] {
			continue
		}
		said[text] = true
		fmt.Fprintf(w, "reprint: %s\n", strings.ReplaceAll(text, "\n", "\n  "))
		if hint := hintOf(fault); hint != "" && !said[hint] {
			said[hint] = true
			fmt.Fprintf(w, "hint: %s\n", hint)
		}
	}
}

// harmless leaves out what would steer a terminal, as a file's name may.
func harmless(r rune) rune {
	if r != '\n' && !unicode.IsPrint(r) {
		return utf8.RuneError
	}
	return r
}

// message is the error's text; where the operating system said "open x:
// permission denied" it becomes "permission denied: x".
func message(err error) string {
	var path *fs.PathError
	if !errors.As(err, &path) {
		return err.Error()
	}
	plain := fmt.Sprintf("%v: %s", path.Err, path.Path)
	var read *corpus.ReadError
	var write *corpus.OutputError
	if errors.As(err, &read) || errors.As(err, &write) {
		plain = path.Err.Error() // these name the file themselves
	}
	return strings.Replace(err.Error(), path.Error(), plain, 1)
}

// hintOf returns the next step that err or what it wraps knows, or "".
func hintOf(err error) string {
	var read *corpus.ReadError
	if errors.As(err, &read) && read.Hint != "" {
		return read.Hint
	}
	var write *corpus.OutputError
	if errors.As(err, &write) && write.Hint != "" {
		return write.Hint
	}
	var h interface{ Hint() string }
	if errors.As(err, &h) {
		return h.Hint()
	}
	return ""
}

// faults takes joined errors apart. An error that wraps joined ones with
// words of its own stays whole.
func faults(err error) []error {
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		return []error{err}
	}
	parts := joined.Unwrap()
	lines := make([]string, len(parts))
	for i, e := range parts {
		lines[i] = e.Error()
	}
	if err.Error() != strings.Join(lines, "\n") {
		return []error{err}
	}
	var all []error
	for _, e := range parts {
		all = append(all, faults(e)...)
	}
	return all
}

// quietPipe turns a broken pipe into errNoReader, in the manner of ripgrep:
// a reader that has seen enough is no failure.
type quietPipe struct{ w io.Writer }

func (q quietPipe) Write(p []byte) (int, error) {
	n, err := q.w.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		err = errNoReader
	}
	return n, err
}
