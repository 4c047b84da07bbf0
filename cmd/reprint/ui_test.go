package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"pgregory.net/rapid"

	"reprint/corpus"
	"reprint/dedup"
)

// testTool is a tool without a terminal.
func testTool(t *testing.T) *tool {
	var out, err bytes.Buffer
	return &tool{
		in: strings.NewReader(""), out: &out, err: &err, width: defaultWidth, errWidth: defaultWidth,
		progress: newProgress(&err, noProgress, defaultWidth, time.Now),
	}
}

func TestParseSize(t *testing.T) {
	for s, want := range map[string]int64{
		"1": 1, "1000000": 1e6, "512MiB": 512 << 20, "4GiB": 4 << 30, "1.5GB": 15e8, "64k": 64 << 10,
		"2 MiB": 2 << 20, "1tb": 1e12, "10B": 10, "0.5KiB": 512, "3G": 3 << 30,
	} {
		if got, err := parseSize(s); err != nil || got != want {
			t.Errorf("parseSize(%q) = %d, %v; want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "0", "-1", "x", "1XB", "1e9", "GiB", "1.2.3", "NaN", "inf", "0x10", "99999999TiB", "0.1"} {
		if got, err := parseSize(s); err == nil {
			t.Errorf("parseSize(%q) = %d, want an error", s, got)
		}
	}
}

func FuzzParseSize(f *testing.F) {
	f.Add("1.5GB")
	f.Add("4 GiB")
	f.Fuzz(func(t *testing.T, s string) {
		if n, err := parseSize(s); err == nil && (n < 1 || n == math.MaxInt64) {
			t.Errorf("parseSize(%q) = %d", s, n)
		}
	})
}

// TestProgressLine: nothing in the first second, then one line, and none of
// it left at the end.
func TestProgressLine(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := newProgress(&out, lineProgress, 80, func() time.Time { return now })
	step := func(d time.Duration, done int64) {
		now = now.Add(d)
		p.update(dedup.Progress{Stage: "read", Done: done, Total: 100e6, Unit: "B"})
	}
	step(0, 1e6)
	step(900*time.Millisecond, 9e6)
	if out.Len() > 0 {
		t.Fatalf("said in the first second: %q", &out)
	}
	step(1100*time.Millisecond, 20e6)
	if got, want := out.String(), "\r\x1b[Kread   20 %  20.0 MB of 100 MB  10.0 MB/s  0:08 left"; got != want {
		t.Fatalf("drew %q, want %q", got, want)
	}
	if got, want := progressLine(dedup.Progress{Stage: "keys", Done: 1200, Total: 13500, Unit: "documents"}, 0),
		"keys    9 %  1,200 of 13,500 documents"; got != want {
		t.Errorf("drew %q, want %q", got, want)
	}
	out.Reset()
	step(time.Millisecond, 21e6)
	if out.Len() > 0 {
		t.Fatalf("drawn again after a millisecond: %q", &out)
	}
	p.clear()
	p.clear()
	if got := out.String(); got != "\r\x1b[K" {
		t.Fatalf("cleared with %q", got)
	}
}

// TestProgressWidth: the line never wraps.
func TestProgressWidth(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var out bytes.Buffer
		now := time.Unix(0, 0)
		width := rapid.IntRange(20, 100).Draw(t, "width")
		p := newProgress(&out, lineProgress, width, func() time.Time { return now })
		now = now.Add(2 * time.Second)
		p.update(dedup.Progress{
			Stage: rapid.SampledFrom([]string{"read", "prüfen", strings.Repeat("x", 90)}).Draw(t, "stage"),
			Done:  rapid.Int64Range(0, 1<<50).Draw(t, "done"), Total: rapid.Int64Range(0, 1<<50).Draw(t, "total"), Unit: "documents",
		})
		line := strings.TrimPrefix(out.String(), "\r\x1b[K")
		if n := len([]rune(line)); n == 0 || n >= width {
			t.Fatalf("%d columns on a terminal of %d: %q", n, width, line)
		}
	})
}

func TestProgressJSON(t *testing.T) {
	var out bytes.Buffer
	now := time.Unix(0, 0)
	p := newProgress(&out, jsonProgress, 80, func() time.Time { return now })
	for range 35 {
		now = now.Add(100 * time.Millisecond)
		p.update(dedup.Progress{Stage: "verify", Done: 7, Unit: "pairs"})
	}
	p.clear()
	want := `{"v":1,"event":"progress","stage":"verify","done":7,"unit":"pairs","seconds":1}
{"v":1,"event":"progress","stage":"verify","done":7,"unit":"pairs","seconds":2}
{"v":1,"event":"progress","stage":"verify","done":7,"unit":"pairs","seconds":3}
`
	if out.String() != want {
		t.Errorf("wrote %s", &out)
	}
}

func TestClock(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0:00", 7 * time.Second: "0:07", 754 * time.Second: "12:34", 3723 * time.Second: "1:02:03",
	} {
		if got := clock(d); got != want {
			t.Errorf("clock(%v) = %q, want %q", d, got, want)
		}
	}
}

func TestPrintError(t *testing.T) {
	for _, test := range []struct {
		err  error
		code int
		want string
	}{
		{nil, exitDone, ""},
		{errFound, exitFound, ""},
		{fmt.Errorf("write: %w", errNoReader), exitDone, ""},
		{fmt.Errorf("read: %w", context.Canceled), exitInterrupted, "reprint: interrupted: no result was written\n"},
		{withHint(context.Canceled, "make room"), exitInterrupted, "reprint: interrupted: no result was written\n"},
		{resumable{context.Canceled, "go on"}, exitInterrupted, "reprint: interrupted: no result was written\nhint: go on\n"},
		{usage("do this", "it is wrong: %s", "x"), exitBad, "reprint: it is wrong: x\nhint: do this\n"},
		{errors.Join(usage("h", "one"), usage("h", "two")), exitBad, "reprint: one\nhint: h\nreprint: two\n"},
		{&fs.PathError{Op: "open", Path: "a.txt", Err: syscall.EACCES}, exitBad, "reprint: permission denied: a.txt\n"},
		{usage("write it", "unknown format: a\x1b[31m\tß"), exitBad, "reprint: unknown format: a\ufffd[31m\ufffdß\nhint: write it\n"},
		{&corpus.ReadError{File: "a.jsonl", Record: 3, Offset: 99, Err: errors.New("no JSON"), Hint: "skip it"}, exitBad,
			"reprint: no JSON: a.jsonl, record 3, byte 99\nhint: skip it\n"},
	} {
		var out bytes.Buffer
		printError(&out, test.err)
		if out.String() != test.want || exitCode(test.err) != test.code {
			t.Errorf("%v: says %q, exit %d", test.err, &out, exitCode(test.err))
		}
	}
}

// TestPatient: the bytes that were read are those that came, and a pipe on
// which nothing comes does not hold up an interrupt.
func TestPatient(t *testing.T) {
	text := strings.Repeat("Nachrichten aus aller Welt. ", 10000)
	got, err := io.ReadAll(&patient{ctx: context.Background(), r: strings.NewReader(text)})
	if err != nil || string(got) != text {
		t.Fatalf("read %d bytes of %d: %v", len(got), len(text), err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	silent, end := io.Pipe()
	defer end.Close()
	time.AfterFunc(10*time.Millisecond, cancel)
	if _, err := io.ReadAll(&patient{ctx: ctx, r: silent}); !errors.Is(err, context.Canceled) {
		t.Fatalf("silent pipe gives %v", err)
	}
}

func TestQuietPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	r.Close()
	defer w.Close()
	if _, err := (quietPipe{w}).Write([]byte("x")); !errors.Is(err, errNoReader) {
		t.Errorf("closed pipe gives %v", err)
	}
}

func TestBeside(t *testing.T) {
	for out, want := range map[string]string{
		"week.jsonl": "week.removed.jsonl", "a/week.jsonl.zst": "a/week.removed.jsonl", "x.CSV.gz": "x.removed.jsonl",
		"folder/": "folder.removed.jsonl", "v1.0": "v1.0.removed.jsonl", "plain": "plain.removed.jsonl", "-": "", "": "", os.DevNull: "",
	} {
		if got := beside(out, "removed"); got != want {
			t.Errorf("beside %q stands %q, want %q", out, got, want)
		}
	}
}

// TestOutput: a file is there whole or not at all.
func TestOutput(t *testing.T) {
	tool, dir := testTool(t), t.TempDir()
	path := filepath.Join(dir, "x.jsonl")
	names := func() string {
		list, err := os.ReadDir(dir)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, e := range list {
			all = append(all, e.Name())
		}
		return strings.Join(all, " ")
	}
	for _, commit := range []bool{false, true} {
		o, err := tool.create(path, false)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(o, "eins")
		if got := names(); strings.Contains(" "+got, " x.jsonl") {
			t.Fatalf("has its name before it is whole: %s", got)
		}
		if commit {
			if err := o.commit(); err != nil {
				t.Fatal(err)
			}
		}
		o.abort()
		if got, want := names(), map[bool]string{true: "x.jsonl"}[commit]; got != want {
			t.Fatalf("left %q, want %q", got, want)
		}
	}
	if _, err := tool.create(path, false); err == nil || hintOf(err) != "--force replaces it" {
		t.Errorf("replaced without --force: %v", err)
	}
	if _, err := tool.create(filepath.Join(dir, "none", "x"), false); err == nil || !strings.Contains(err.Error(), "no such folder") {
		t.Errorf("missing folder gives %v", err)
	}
}

func TestOutputPacked(t *testing.T) {
	tool, dir := testTool(t), t.TempDir()
	for _, name := range []string{"plain.jsonl", "x.jsonl.gz", "x.jsonl.zst"} {
		path := filepath.Join(dir, name)
		o, err := tool.create(path, false)
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(o, "{\"what\":\"furniture\"}\nzwei\n")
		if err := o.commit(); err != nil {
			t.Fatal(err)
		}
		in, err := corpus.OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(in)
		in.Close()
		if err != nil || string(got) != "{\"what\":\"furniture\"}\nzwei\n" {
			t.Errorf("%s reads back %q, %v", name, got, err)
		}
		if line, err := firstLine(path); err != nil || line != "{\"what\":\"furniture\"}\n" {
			t.Errorf("%s begins with %q, %v", name, line, err)
		}
	}
}

// TestOutputFull: what a full disk says is told of the file's own name, once.
func TestOutputFull(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("no /dev/full on this system")
	}
	o, err := testTool(t).create("/dev/full", false)
	check(t, err)
	_, err = o.Write(make([]byte, 1<<20))
	var said strings.Builder
	printError(&said, errors.Join(err, o.finish(), o.commit(), err))
	if want := "reprint: no space left on device: /dev/full\n"; said.String() != want {
		t.Errorf("says %q, want %q", said.String(), want)
	}
}

func TestPrintable(t *testing.T) {
	for in, want := range map[string]string{
		"  Weiter\n\tlesen ":     "Weiter lesen",
		"rot\x1b[31m!":           "rot\ufffd[31m!",
		"\xff":                   "\ufffd",
		"日本語 新聞":                 "日本語 新聞",
		"Mini\u00adster\u200b":   "Minister",
		"\u202egedreht\u202c ja": "\ufffdgedreht\ufffd ja",
	} {
		if got := printable(in); got != want {
			t.Errorf("printable(%q) = %q, want %q", in, got, want)
		}
	}
	long := shorten(strings.Repeat("wort ", 100)+"ende", 40)
	if n := len([]rune(long)); n > 40 || !strings.HasSuffix(long, "ende") || !strings.Contains(long, " … ") {
		t.Errorf("shortened to %q", long)
	}
}
