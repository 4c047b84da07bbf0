package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"time"

	"golang.org/x/term"

	"reprint/report"
)

// The rules of the terminal, all of them:
//
//   - Results go to standard output or into files, everything else to
//     standard error.
//   - Words of the program on standard error begin with "reprint:", next
//     steps with "hint:"; lower case, no full stop.
//   - Colours: only if standard output is a terminal, NO_COLOR is unset or
//     empty and TERM is not "dumb".
//   - Width: that of the terminal, else 80.
//   - Progress: only if standard error is a terminal, from the second second
//     on, and gone at the end. With --json it is one JSON line a second,
//     terminal or not. With --quiet there is none.
//   - With --json every line on standard error is JSON, but for the error that
//     ends the program.
//   - Errors are said in any case.

// tool is what a command works with: the streams and what is known of them.
type tool struct {
	in       io.Reader
	out, err io.Writer
	color    bool // standard output understands colours
	width    int  // of standard output
	live     bool // standard error is a terminal
	errWidth int

	quiet, json bool // set from the flags
	progress    *progress

	leave func() // removes what passes with the call; may be nil
}

const defaultWidth = 80

func newTool(in, out, err *os.File) *tool {
	t := &tool{in: in, out: quietPipe{out}, err: err}
	t.width, t.color = terminal(out)
	t.errWidth, t.live = terminal(err)
	if os.Getenv("NO_COLOR") != "" || os.Getenv("TERM") == "dumb" {
		t.color = false
	}
	t.progress = newProgress(err, noProgress, t.errWidth, time.Now)
	return t
}

// terminal returns the width of f and whether it is a terminal at all.
func terminal(f *os.File) (width int, ok bool) {
	if !term.IsTerminal(int(f.Fd())) {
		return defaultWidth, false
	}
	width, _, err := term.GetSize(int(f.Fd()))
	if err != nil || width < 20 {
		width = defaultWidth
	}
	return width, true
}

// begin sets how much is said, once the flags are known.
func (t *tool) begin(quiet, json bool) {
	t.quiet, t.json = quiet, json
	switch {
	case json:
		t.progress.style = jsonProgress
	case t.live && !quiet:
		t.progress.style = lineProgress
	}
}

// terminalOptions is how reports are drawn on standard output.
func (t *tool) terminalOptions() report.TerminalOptions {
	return report.TerminalOptions{Color: t.color, Width: t.width}
}

// note says to people what was done, unless --quiet or --json: programs are told by an
// event of its own.
func (t *tool) note(format string, args ...any) {
	if !t.quiet && !t.json {
		t.say(fmt.Sprintf(format, args...), "")
	}
}

// remark says what is odd about the input and, where there is something, what to do about
// it, unless --quiet.
func (t *tool) remark(hint, format string, args ...any) {
	if !t.quiet {
		t.warn(hint, format, args...)
	}
}

// warn says what nobody may miss, in any case; with --json as a line of its own.
func (t *tool) warn(hint, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if !t.json {
		t.say(message, hint)
		return
	}
	// A line that cannot be written fails the next event as well, which says so.
	_ = t.event(struct {
		event
		Message string `json:"message"`
		Hint    string `json:"hint,omitempty"`
	}{warningEvent, message, hint})
}

// say writes words of the program.
func (t *tool) say(message, hint string) {
	t.progress.clear()
	fmt.Fprintf(t.err, "reprint: %s\n", message)
	if hint != "" {
		fmt.Fprintf(t.err, "hint: %s\n", hint)
	}
}

// event writes one JSON line to standard error, with --json only.
func (t *tool) event(v any) error {
	if !t.json {
		return nil
	}
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(t.err, "%s\n", line)
	return err
}

// patient reads from r until ctx is done, so that an interrupt is heard
// while nothing arrives on a pipe. One read may go on in the background
// after that; the process is about to end.
type patient struct {
	ctx     context.Context
	r       io.Reader
	buf     []byte
	pending []byte
	err     error
}

func (p *patient) Read(dst []byte) (int, error) {
	for len(p.pending) == 0 {
		if p.err != nil {
			return 0, p.err
		}
		if err := p.fill(); err != nil {
			return 0, err
		}
	}
	n := copy(dst, p.pending)
	p.pending = p.pending[n:]
	return n, nil
}

func (p *patient) fill() error {
	if p.buf == nil {
		p.buf = make([]byte, 1<<16)
	}
	type result struct {
		n   int
		err error
	}
	done := make(chan result, 1)
	go func() {
		n, err := p.r.Read(p.buf)
		done <- result{n, err}
	}()
	select {
	case <-p.ctx.Done():
		p.err = p.ctx.Err()
		return p.err
	case r := <-done:
		p.pending, p.err = p.buf[:r.n], r.err
	}
	return nil
}
