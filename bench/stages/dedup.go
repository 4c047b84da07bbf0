//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/copies"
	"reprint/dedup/pool"
)

// whole runs dedup with its default settings, output written, and prints what each of its
// stages took by the clock and by the processor.
func whole(docs *corpus.Collection, threads int) error {
	runtime.GOMAXPROCS(threads)
	dir, err := os.MkdirTemp("", "stages")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	start, clock := used(), time.Now()
	ctx := context.Background()
	stages := &clocks{}
	o := dedup.Options{Threads: threads, Temp: dir, Progress: stages.at}
	found, err := copies.Run(ctx, docs, copies.Options{Options: o})
	if err != nil {
		return err
	}
	defer found.Close()
	options := corpus.WriterOptions{}
	if threads > 1 {
		options.Beside = func(do func() error) func() error { return pool.Beside(threads, do) }
	}
	w, err := corpus.NewWriter(docs, filepath.Join(dir, "out.jsonl"), options)
	if err != nil {
		return err
	}
	err = found.Apply(ctx, docs, func(d *corpus.Document, f copies.Fate) error {
		if f.Goes {
			return nil
		}
		return w.Write(d)
	})
	if err := errors.Join(err, w.Close()); err != nil {
		return err
	}
	s := found.Summary()
	cost := used() - start
	fmt.Printf("%d documents, %d bytes of text, %d go\n", s.Documents, s.Bytes, s.Drops)
	stages.next("")
	fmt.Printf("%-10s %6.2f s by the clock %6.2f s of the processor\n", "all", time.Since(clock).Seconds(), cost.Seconds())
	fmt.Printf("%.1f s of the processor, %.1f MB of text a second of it\n", cost.Seconds(), float64(s.Bytes)/1e6/cost.Seconds())
	return nil
}

// clocks print what a stage took when the next one begins.
type clocks struct {
	stage string
	clock time.Time
	cost  time.Duration
}

func (c *clocks) at(p dedup.Progress) {
	if p.Stage != c.stage {
		c.next(p.Stage)
	}
}

func (c *clocks) next(stage string) {
	if c.stage != "" {
		fmt.Printf("%-10s %6.2f s by the clock %6.2f s of the processor\n", c.stage, time.Since(c.clock).Seconds(), (used() - c.cost).Seconds())
	}
	c.stage, c.clock, c.cost = stage, time.Now(), used()
}
