package dedup

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/internal/short"
)

// command is a run as the tests of progress and of cancelling call it.
type command struct {
	name   string
	stages []string
	run    func(context.Context, *corpus.Collection, Options) (*Summary, error)
}

// commands are all runs over a collection, with the stages they tell of.
var commands = []command{
	{"Scan", []string{"read", "learn", "keys", "compare", "resolve"}, scanned},
	{"Scan with furniture", []string{"read", "keys", "compare", "resolve"},
		func(ctx context.Context, c *corpus.Collection, o Options) (*Summary, error) {
			o.Furniture = &boilerplate.Furniture{}
			return scanned(ctx, c, o)
		}},
	{"Learn", []string{"read", "learn", "gather", "count"},
		func(ctx context.Context, c *corpus.Collection, o Options) (*Summary, error) {
			_, _, err := Learn(ctx, c, o)
			return nil, err
		}},
	{"Clean", []string{"read", "learn", "clean"},
		func(ctx context.Context, c *corpus.Collection, o Options) (*Summary, error) {
			return nil, drain(Clean(ctx, c, o))
		}},
}

func scanned(ctx context.Context, c *corpus.Collection, o Options) (*Summary, error) {
	r, err := Scan(ctx, c, o)
	if err != nil {
		return nil, err
	}
	return r.Summary(), r.Close()
}

// Progress tells the stages in order, each from its beginning to its end,
// never more than all, and never two calls at a time.
func TestProgress(t *testing.T) {
	c := collect(t, newPress(31).Records(short.Size(600, 300), 300)...)
	for _, cmd := range commands {
		t.Run(cmd.name, func(t *testing.T) {
			var calls []Progress
			var busy atomic.Bool
			o := Options{Threads: 4, Temp: t.TempDir(), Memory: minMemory}
			o.Progress = func(p Progress) {
				if !busy.CompareAndSwap(false, true) {
					t.Error("two calls at a time")
				}
				calls = append(calls, p)
				time.Sleep(time.Millisecond)
				busy.Store(false)
			}
			summary, err := cmd.run(context.Background(), c, o)
			check(t, err)
			if got := stages(t, calls); !slices.Equal(got, cmd.stages) {
				t.Errorf("stages %v, want %v", got, cmd.stages)
			}
			if summary == nil {
				return
			}
			var names []string
			for _, s := range summary.Stages {
				names = append(names, s.Name)
				if s.Seconds < 0 || s.Items < 0 {
					t.Errorf("%+v", s)
				}
			}
			if !slices.Equal(names, cmd.stages) {
				t.Errorf("the summary has the stages %v, want %v", names, cmd.stages)
			}
		})
	}
}

// stages checks the calls of a run and lists its stages.
func stages(t *testing.T, calls []Progress) []string {
	t.Helper()
	var names []string
	for i, p := range calls {
		first := i == 0 || calls[i-1].Stage != p.Stage
		if first {
			names = append(names, p.Stage)
		}
		if first && p.Done != 0 || !first && (p.Done < calls[i-1].Done || p.Total != calls[i-1].Total || p.Unit != calls[i-1].Unit) {
			t.Errorf("%+v follows %+v", p, calls[max(i-1, 0)])
		}
		last := i == len(calls)-1 || calls[i+1].Stage != p.Stage
		if p.Total < 0 || p.Total > 0 && (p.Done > p.Total || last && p.Done != p.Total) || p.Unit == "" {
			t.Errorf("%+v", p)
		}
	}
	return names
}

// The total of a pipe is not known, and told as 0.
func TestProgressOfAPipe(t *testing.T) {
	stdin := strings.NewReader(fmt.Sprintf("{\"text\": %q}\n", storm))
	c, err := corpus.Open(corpus.Options{Stdin: stdin, Temp: t.TempDir()}, "-")
	check(t, err)
	defer c.Close()
	var calls []Progress
	scan(t, c, Options{Progress: func(p Progress) { calls = append(calls, p) }})
	stages(t, calls)
}

// A run that is cancelled, whatever it is at, ends with the context's error,
// and leaves no goroutines and no temporary files.
func TestCancel(t *testing.T) {
	c := collect(t, newPress(32).Records(short.Size(700, 300), short.Size(400, 300))...)
	for _, cmd := range commands {
		for _, stage := range cmd.stages {
			t.Run(cmd.name+" "+stage, func(t *testing.T) {
				before := runtime.NumGoroutine()
				ctx, cancel := context.WithCancel(context.Background())
				defer cancel()
				o := Options{Threads: 3, Temp: t.TempDir(), Memory: minMemory}
				o.Progress = func(p Progress) {
					if p.Stage == stage {
						cancel()
					}
				}
				if _, err := cmd.run(ctx, c, o); !errors.Is(err, context.Canceled) {
					t.Errorf("%v", err)
				}
				settled(t, before)
				empty(t, o.Temp)
			})
		}
	}
}

// settled waits until no more goroutines run than before.
func settled(t tester, before int) {
	t.Helper()
	for range 200 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%d goroutines run, %d before", runtime.NumGoroutine(), before)
}

// Nothing is begun for a context that is over.
func TestCancelledBefore(t *testing.T) {
	c := collect(t, newPress(32).Records(50, 50)...)
	ctx, cancel := context.WithTimeout(context.Background(), 0)
	defer cancel()
	for _, cmd := range commands {
		o := Options{Temp: t.TempDir()}
		if _, err := cmd.run(ctx, c, o); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%s: %v", cmd.name, err)
		}
		empty(t, o.Temp)
	}
}

// Whoever stops looking at cleaned documents leaves nothing behind.
func TestCleanBreak(t *testing.T) {
	c := collect(t, newPress(33).Records(short.Size(700, 300), 400)...)
	before := runtime.NumGoroutine()
	dir := t.TempDir()
	n := 0
	for _, err := range Clean(context.Background(), c, Options{Temp: dir, Memory: minMemory}) {
		check(t, err)
		if n++; n == 3 {
			break
		}
	}
	settled(t, before)
	empty(t, dir)
}

// Options that are not valid are an error of every run.
func TestInvalidOptions(t *testing.T) {
	c := collect(t)
	for _, cmd := range commands {
		if _, err := cmd.run(context.Background(), c, Options{Keep: "newest"}); err == nil || !strings.Contains(err.Error(), "newest") {
			t.Errorf("%s: %v", cmd.name, err)
		}
	}
	if _, err := Compare(&corpus.Document{}, &corpus.Document{}, Options{Keep: "newest"}); err == nil {
		t.Error("Compare takes them")
	}
}
