//go:build unix

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/copies"
)

// whole runs dedup with its default settings on one thread, output written, and prints
// what each of its stages took by the clock, and all of it by the processor.
func whole(docs *corpus.Collection) error {
	dir, err := os.MkdirTemp("", "stages")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	start, clock := used(), time.Now()
	ctx := context.Background()
	found, err := copies.Run(ctx, docs, copies.Options{Options: dedup.Options{Threads: 1, Temp: dir}})
	if err != nil {
		return err
	}
	defer found.Close()
	searched := time.Since(clock)
	w, err := corpus.NewWriter(docs, filepath.Join(dir, "out.jsonl"), corpus.WriterOptions{})
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
	for _, stage := range s.Stages {
		fmt.Printf("%-14s %6.1f s by the clock\n", stage.Name, stage.Seconds)
	}
	fmt.Printf("%-14s %6.1f s by the clock\n", "write", (time.Since(clock) - searched).Seconds())
	fmt.Printf("%.1f s of the processor, %.1f MB of text a second of it\n", cost.Seconds(), float64(s.Bytes)/1e6/cost.Seconds())
	return nil
}
