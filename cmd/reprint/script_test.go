package main

import (
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"reprint/corpus"
)

var update = flag.Bool("update", false, "rewrite what cmp expects in the scripts")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"reprint": main})
}

// TestScripts runs testdata/script, see the README there for the words that
// the scripts have besides those of testscript.
func TestScripts(t *testing.T) {
	news, err := filepath.Abs("testdata/news")
	if err != nil {
		t.Fatal(err)
	}
	data, err := filepath.Abs("../../testdata")
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		UpdateScripts:       *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("NEWS", news)
			e.Setenv("DATA", data)
			e.Setenv("GORACE", "atexit_sleep_ms=0") // with -race every program would wait a second
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"exits":  exits,
			"pack":   pack,
			"unpack": unpack,
			"cut":    cut,
			"only":   only,
			"lines":  countLines,
		},
	})
}

// exits CODE PROGRAM ARG... runs a program that has to end with that code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits code program [args...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var exit *exec.ExitError
	switch {
	case errors.As(err, &exit):
		got = exit.ExitCode()
	default:
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// pack FROM TO compresses a file as the extension of TO says.
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: pack from to")
	}
	content, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	o, err := (&tool{}).create(ts.MkAbs(args[1]), true)
	ts.Check(err)
	_, err = o.Write(content)
	ts.Check(err)
	ts.Check(o.commit())
}

// unpack FROM TO does the reverse.
func unpack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: unpack from to")
	}
	in, err := corpus.OpenFile(ts.MkAbs(args[0]))
	ts.Check(err)
	defer in.Close()
	content, err := io.ReadAll(in)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), content, 0o666))
}

// cut BYTES FILE takes that many bytes off the end of a file.
func cut(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: cut bytes file")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	ts.Check(os.Truncate(ts.MkAbs(args[1]), info.Size()-int64(n)))
}

// only FOLDER NAME... says what stands in a folder, hidden files included.
func only(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 {
		ts.Fatalf("usage: only folder [names...]")
	}
	list, err := os.ReadDir(ts.MkAbs(args[0]))
	ts.Check(err)
	var names []string
	for _, e := range list {
		names = append(names, e.Name())
	}
	if got, want := strings.Join(names, " "), strings.Join(args[1:], " "); got != want {
		ts.Fatalf("%s holds %q, want %q", args[0], got, want)
	}
}

// lines N FILE counts the lines of a file.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lines n file")
	}
	content, err := os.ReadFile(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := bytes.Count(content, []byte("\n")); strconv.Itoa(got) != args[0] {
		ts.Fatalf("%s has %d lines, want %s", args[1], got, args[0])
	}
}
