package main

import (
	"context"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"reprint/corpus"
	"reprint/dedup/copies"
	"reprint/report"
)

const dedupText = `Writes one survivor of each group of copies, in input order, every byte as it
was read. A document goes only if its own text is held by the survivor (its
share is at least the threshold): the longer of two never falls for the
shorter one. What went, what it is a copy of and why is listed beside OUT, as
OUT.removed.jsonl.

Examples:
  reprint dedup crawl.jsonl.gz -o unique.jsonl.gz
  reprint dedup week.jsonl -o unique.jsonl --kinds duplicate,republished --keep longest
  reprint dedup week.jsonl -o unique.jsonl --from reprint-results
  reprint dedup crawl.jsonl -o unique.jsonl --preset dolma3
  zstdcat a.zst | reprint dedup - -o - > unique.jsonl`

func (t *tool) dedupCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "dedup",
		Usage:       "keep one of each group of copies, and list what went and why",
		ArgsUsage:   "PATH... -o OUT [flags]",
		Description: dedupText,
		Flags: flags(
			outFlag("`OUT` where the survivors go: a file, a folder, or - for standard output"),
			removedFlag("`FILE` the list of what went (default: OUT with .removed.jsonl for its extension)"),
			saidFlags(),
			exitFlag("something went"),
			word(groupChoice, "kinds", "`KINDS` matches for which documents go: duplicate (default), or duplicate,republished"),
			presetFlags(),
			keepFlag(),
			file(groupChoice, "from", "`RESULTS` take the matches of this scan of the same paths"),
			backgroundFlags(), inputFlags(), engineFlags(),
		),
		Action: t.dedup,
	})
}

func (t *tool) dedup(c *cli.Context) error {
	s, err := t.settings(c)
	if err != nil {
		return err
	}
	if err := s.needOutput("OUT"); err != nil {
		return err
	}
	from, err := matchesOf(c.String("from"))
	if err != nil {
		return err
	}
	rejected := t.rejections(s)
	defer rejected.close()
	docs, err := s.open(s.checkOutputs())
	if err != nil {
		return err
	}
	defer docs.Close()
	w, err := t.newSurvivors(s, docs)
	if err != nil {
		return err
	}
	defer w.abort()
	o := s.copies()
	if from != "" {
		in, err := openPacked(from)
		if err != nil {
			return err
		}
		defer in.Close()
		o.From = report.ReadMatches(in, from)
	}
	result, err := copies.Run(c.Context, docs, o)
	if err != nil {
		return err
	}
	defer result.Close()
	if err := t.survive(c.Context, docs, result, w); err != nil {
		return err
	}
	if err := commitBoth(w.records, w.removed); err != nil {
		return err
	}
	if err := rejected.list(); err != nil {
		return err
	}
	if err := t.deduped(s, w, result.Summary()); err != nil {
		return err
	}
	return found(c, w.gone > 0)
}

// survivors writes what stays and lists what goes.
type survivors struct {
	records      *corpus.Writer
	removed      *output
	stayed, gone int
}

func (t *tool) newSurvivors(s *settings, docs *corpus.Collection) (*survivors, error) {
	records, removed, err := t.outputs(s, docs)
	if err != nil {
		return nil, err
	}
	return &survivors{records: records, removed: removed}, nil
}

func (w *survivors) abort() {
	w.records.Abort()
	w.removed.abort()
}

// survive reads the documents once more, writes those that stay and lists those
// that go.
func (t *tool) survive(ctx context.Context, docs *corpus.Collection, found *copies.Result, w *survivors) error {
	err := found.Apply(ctx, docs, func(d *corpus.Document, f copies.Fate) error {
		if f.Goes {
			w.gone++
			return nil
		}
		w.stayed++
		return w.records.Write(d)
	})
	if err != nil {
		return err
	}
	for d, err := range found.Drops() {
		if err == nil {
			err = report.WriteDrop(w.removed, &d)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// matchesOf names the file of matches in a results folder, or the file itself.
func matchesOf(results string) (string, error) {
	if results == "" {
		return "", nil
	}
	info, err := os.Stat(results)
	if err == nil && info.IsDir() {
		results = filepath.Join(results, "matches.jsonl")
		_, err = os.Stat(results)
	}
	return results, err
}
