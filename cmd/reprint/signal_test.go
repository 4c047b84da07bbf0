//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"reprint/corpus"
	"reprint/dedup/copies"
)

// started is a program that reads from a pipe which stays open.
type started struct {
	*exec.Cmd
	in     io.WriteCloser
	stderr strings.Builder
}

// start runs the program in dir and gives it a megabyte of records: more than
// a pipe holds, so that it is reading when start returns.
func start(t *testing.T, dir string, args ...string) *started {
	t.Helper()
	p := &started{Cmd: exec.Command(os.Args[0], args...)}
	p.Args[0] = "reprint" // see TestMain
	p.Dir, p.Stderr = dir, &p.stderr
	p.Env = append(os.Environ(), "TMPDIR="+filepath.Join(dir, "tmp"))
	in, err := p.StdinPipe()
	check(t, err)
	p.in = in
	check(t, p.Start())
	t.Cleanup(func() { p.Process.Kill() })
	records(t, p.in)
	return p
}

func records(t *testing.T, w io.Writer) {
	t.Helper()
	for i := range 1000 {
		_, err := fmt.Fprintf(w, `{"id":"%d","text":"%s"}`+"\n", i, strings.Repeat(fmt.Sprintf("Wort%d ", i), 150))
		check(t, err)
	}
}

func (p *started) end() int {
	err := p.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		return exit.ExitCode()
	}
	return 0
}

func entries(t *testing.T, dir string) []string {
	t.Helper()
	list, err := os.ReadDir(dir)
	check(t, err)
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// TestInterrupted: an interrupt, or a terminal that is closed, in the middle of a run leaves neither results
// nor passing files.
func TestInterrupted(t *testing.T) {
	for _, line := range []string{
		"scan - -o results",
		"learn - -o x.furniture.jsonl",
		"clean - -o x.jsonl",
		"dedup - -o x.jsonl.gz",
		"compare a b --in -",
	} {
		for _, sig := range []os.Signal{syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP} {
			t.Run(fmt.Sprint(strings.Fields(line)[0], " ", sig), func(t *testing.T) {
				if signal.Ignored(sig) && sig == syscall.SIGHUP {
					t.Skip("run under nohup")
				}
				dir := t.TempDir()
				check(t, os.Mkdir(filepath.Join(dir, "tmp"), 0o777))
				p := start(t, dir, strings.Fields(line)...)
				check(t, p.Process.Signal(sig))
				if code := p.end(); code != exitInterrupted {
					t.Errorf("exit code %d, want %d", code, exitInterrupted)
				}
				if got := p.stderr.String(); got != "reprint: interrupted: no result was written\n" {
					t.Errorf("says %q", got)
				}
				if names := entries(t, dir); len(names) != 1 {
					t.Errorf("left %v", names)
				}
				if names := entries(t, filepath.Join(dir, "tmp")); len(names) != 0 {
					t.Errorf("left passing files %v", names)
				}
			})
		}
	}
}

// TestKilled: after kill -9 nothing has a result's name, and the next call with that name
// removes what was left, in the end with its own passing files.
func TestKilled(t *testing.T) {
	for line, want := range map[string]string{
		"scan - -o results":             "results tmp",
		"clean - -o x.jsonl":            "tmp x.jsonl x.removed.jsonl",
		"dedup - -o x.jsonl":            "tmp x.jsonl x.removed.jsonl",
		"learn - -o x.jsonl --temp tmp": "tmp x.background x.jsonl",
	} {
		dir := t.TempDir()
		check(t, os.Mkdir(filepath.Join(dir, "tmp"), 0o777))
		p := start(t, dir, strings.Fields(line)...)
		check(t, p.Process.Kill())
		p.end()
		for _, name := range entries(t, dir) {
			if name != "tmp" && !strings.HasPrefix(name, ".") {
				t.Errorf("%s: left %s", line, name)
			}
		}
		if len(entries(t, filepath.Join(dir, "tmp"))) != 1 {
			t.Errorf("%s: passing files are %q", line, entries(t, filepath.Join(dir, "tmp")))
		}
		p = start(t, dir, strings.Fields(line)...)
		check(t, p.in.Close())
		if code := p.end(); code != 0 {
			t.Fatalf("%s: exit code %d: %s", line, code, p.stderr.String())
		}
		if got := strings.Join(entries(t, dir), " "); got != want {
			t.Errorf("%s: the next call left %s, want %s", line, got, want)
		}
		if names := entries(t, filepath.Join(dir, "tmp")); len(names) != 0 {
			t.Errorf("%s: the next call left passing files %q", line, names)
		}
	}
}

// TestSecondInterrupt: where the first interrupt is not heard, as in a read
// of a named pipe on which nothing comes, the second one ends the program.
func TestSecondInterrupt(t *testing.T) {
	dir := t.TempDir()
	check(t, os.Mkdir(filepath.Join(dir, "tmp"), 0o777))
	fifo := filepath.Join(dir, "in.jsonl")
	check(t, syscall.Mkfifo(fifo, 0o600))
	p := &started{Cmd: exec.Command(os.Args[0], "dedup", fifo, "-o", "x.jsonl")}
	p.Args[0] = "reprint"
	p.Dir = dir
	p.Env = append(os.Environ(), "TMPDIR="+filepath.Join(dir, "tmp"))
	check(t, p.Start())
	t.Cleanup(func() { p.Process.Kill() })
	w, err := os.OpenFile(fifo, os.O_WRONLY, 0)
	check(t, err)
	defer w.Close()
	records(t, w)
	ended := make(chan int, 1)
	go func() { ended <- p.end() }()
	for {
		p.Process.Signal(os.Interrupt) // again and again: two at once may be delivered as one
		select {
		case code := <-ended:
			if code != exitInterrupted {
				t.Errorf("exit code %d, want %d", code, exitInterrupted)
			}
			if _, err := os.Stat(filepath.Join(dir, "x.jsonl")); err == nil {
				t.Error("a result was left")
			}
			return
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// TestWorkplace: one run at a time has the folder of a call, whoever comes next without
// --resume finds it empty, and with --resume as it was left.
func TestWorkplace(t *testing.T) {
	dir := t.TempDir()
	in := filepath.Join(dir, "in.jsonl")
	check(t, os.WriteFile(in, []byte(`{"text":"ein Text"}`), 0o666))
	docs, err := corpus.Open(corpus.Options{}, in)
	check(t, err)
	defer docs.Close()
	o := copies.Options{}
	temp := filepath.Join(dir, "tmp")
	check(t, os.Mkdir(temp, 0o777))
	open := func(resume bool) *workplace {
		t.Helper()
		p, err := openWorkplace(docs, temp, o, resume)
		check(t, err)
		return p
	}
	hinted := func(p *workplace, want string) {
		t.Helper()
		var left resumable
		if errors.As(p.broken(context.Canceled), &left); left.hint != want {
			t.Errorf("hint %q, want %q", left.hint, want)
		}
	}
	p := open(false)
	hinted(p, "")
	hinted(nil, "")
	if other := open(false); other != nil {
		t.Error("two runs have one folder")
	}
	if _, err := openWorkplace(docs, temp, o, true); err == nil {
		t.Error("a run is resumed that is at work")
	}
	left := filepath.Join(p.dir, "exact")
	check(t, os.WriteFile(left, nil, 0o666))
	hinted(p, "with --resume another call of the same kind would go on from what was finished")
	check(t, p.lock.Close()) // as when the process is killed
	p = open(true)
	if _, err := os.Stat(left); err != nil {
		t.Error(err)
	}
	hinted(p, "the same call goes on from what is finished, in "+p.dir)
	if err := p.broken(errFound); err != errFound {
		t.Errorf("what is no interrupt became %v", err)
	}
	check(t, p.close())
	if _, err := os.Stat(left); err != nil {
		t.Error(err)
	}
	p = open(false)
	if names := entries(t, p.dir); len(names) != 1 {
		t.Errorf("a new run finds %v", names)
	}
	check(t, p.close())
	if names := entries(t, temp); len(names) != 0 {
		t.Errorf("left %v", names)
	}
}
