package dedup

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"reprint/corpus"
	"reprint/internal/short"
)

// A run gives the same on any number of threads and in any memory.
func TestSameOnAnyMachine(t *testing.T) {
	texts := map[string]func() *corpus.Collection{
		"newsroom":  func() *corpus.Collection { return open(t, newsroom) },
		"generated": func() *corpus.Collection { return collect(t, newPress(1).Records(300, 120)...) },
		"articles":  func() *corpus.Collection { return open(t, "../testdata/articles") },
	}
	for name, open := range texts {
		t.Run(name, func(t *testing.T) {
			c := open()
			want := dump(t, scan(t, c, Options{Threads: 1}))
			for _, threads := range []int{2, 8} {
				got := dump(t, scan(t, c, Options{Threads: threads}))
				differ(t, fmt.Sprintf("%d threads", threads), want, got)
			}
		})
	}
}

// With the least memory a run goes through temporary files, with much it
// does not, and both find the same. Nothing stays after Close.
func TestSameWhenSpilled(t *testing.T) {
	c := collect(t, newPress(2).Records(short.Size(1200, 300), short.Size(600, 300))...)
	var want string
	for _, o := range []Options{
		{Threads: 2, Memory: 1 << 30},
		{Threads: 1, Memory: minMemory},
		{Threads: 8, Memory: minMemory},
	} {
		o.Temp = t.TempDir()
		most := 0
		o.Progress = func(Progress) { most = max(most, files(t, o.Temp)) }
		r := scan(t, c, o)
		if small := o.Memory == minMemory; small != (most > 0) {
			t.Errorf("%d bytes of memory: %d temporary files", o.Memory, most)
		}
		got := dump(t, r)
		if want == "" {
			want = got
		}
		differ(t, fmt.Sprintf("%d threads, %d MiB", o.Threads, o.Memory>>20), want, got)
		check(t, r.Close())
		empty(t, o.Temp)
	}
}

// What is read can be read again, and half.
func TestResultsAreRepeatable(t *testing.T) {
	r := scan(t, open(t, newsroom), Options{})
	want := dump(t, r)
	for range r.Matches() {
		break
	}
	for range r.Recurrences() {
		break
	}
	for range r.Removals() {
		break
	}
	differ(t, "second reading", want, dump(t, r))
}

// A fault of the input ends a run with the place of the fault, and leaves
// no temporary files.
func TestFaultyInput(t *testing.T) {
	docs := short.Size(800, 300)
	path := write(t, "docs.jsonl", newPress(4).Records(docs, 400)...)
	f, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	check(t, err)
	_, err = f.WriteString("{\"text\": 5}\n")
	check(t, errors.Join(err, f.Close()))
	c := open(t, path)
	ctx := context.Background()
	for name, run := range map[string]func(Options) error{
		"Scan":  func(o Options) error { _, err := Scan(ctx, c, o); return err },
		"Learn": func(o Options) error { _, _, err := Learn(ctx, c, o); return err },
		"Clean": func(o Options) error { return drain(Clean(ctx, c, o)) },
	} {
		dir := t.TempDir()
		err := run(Options{Temp: dir, Memory: minMemory})
		var at *corpus.ReadError
		if !errors.As(err, &at) || at.File != path || at.Record != docs+1 {
			t.Errorf("%s: %v, want a fault of record %d of %s", name, err, docs+1, path)
		}
		empty(t, dir)
	}
}

// drain reads a sequence to its end or first error.
func drain[T any](seq func(func(T, error) bool)) error {
	for _, err := range seq {
		if err != nil {
			return err
		}
	}
	return nil
}

// A temporary folder that does not exist is a fault of the options, and one that goes is an
// error, not a crash.
func TestNoTemp(t *testing.T) {
	c := collect(t, newPress(4).Records(short.Size(800, 300), 400)...)
	o := Options{Temp: filepath.Join(t.TempDir(), "none"), Memory: minMemory}
	if err := o.Validate(); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want that the folder does not exist", err)
	}
	check(t, os.Mkdir(o.Temp, 0o700))
	o.Progress = func(Progress) { os.Remove(o.Temp) }
	if _, err := Scan(context.Background(), c, o); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want that the folder does not exist", err)
	}
}
