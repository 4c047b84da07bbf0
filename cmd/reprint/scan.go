package main

import (
	"runtime/debug"

	"github.com/urfave/cli/v2"

	"reprint/dedup"
	"reprint/report"
)

const scanText = `Reads a collection and tells which documents are copies, which passages occur
more than once, and what is furniture. The results are a folder (default
reprint-results): matches, clusters, passages and removed as JSON lines,
summary.json, and report.html for people. A results folder of an earlier scan
is replaced whole, unless other files were put into it.

Examples:
  reprint scan articles/
  reprint scan 'week/*.jsonl.zst' -o week-results --memory 4GiB
  reprint scan export.csv --text-field body --source-field paper
  reprint scan new.jsonl --furniture archive.furniture.jsonl --exit-code`

const defaultResults = "reprint-results"

// garbageShare is how much garbage, in percent of what is in use, waits to be
// collected where a collection is read. What is kept of it is large and has few pointers:
// to look through it again costs less than to ask the system for as much memory once more.
const garbageShare = 20

func (t *tool) scanCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "scan",
		Usage:       "find copies, shared passages and furniture, in one run",
		ArgsUsage:   "PATH... [-o DIR] [flags]",
		Description: scanText,
		Flags: flags(
			outFlag("`DIR` where the results go (default "+defaultResults+")"),
			saidFlags(),
			exitFlag("reuse was found"),
			keepFlag(), backgroundFlags(learnsItself), inputFlags(), engineFlags(),
		),
		Action: t.scan,
	})
}

func (t *tool) scan(c *cli.Context) error {
	s, err := t.settings(c)
	if err != nil {
		return err
	}
	if s.out == "" {
		s.out = defaultResults
	}
	rejected := t.rejections(s)
	defer rejected.close()
	if _, ours := report.SettingsOf(s.out); ours {
		s.corpus.Except = s.out
	}
	docs, err := t.openAgain(s, checkResults(s))
	if err != nil {
		return err
	}
	defer docs.Close()
	if err := docs.Outside(s.out); err != nil {
		return err
	}
	s.bound(tableMemory)
	debug.SetGCPercent(garbageShare)
	results, err := dedup.Scan(c.Context, docs, s.dedup)
	if err != nil {
		return err
	}
	defer results.Close()
	sum := results.Summary()
	lines, err := rejected.reader()
	if err != nil {
		return err
	}
	fields, _ := docs.FieldsRead()
	o := report.Options{Force: s.force, Fields: fields, Rejected: lines}
	if err := report.Folder(s.out, results, t.reread(c.Context, docs, "report"), o); err != nil {
		return err
	}
	t.noteInput(docs)
	t.noteSources(s, docs, sum.Sources)
	t.noteKeep(docs, sum.Documents)
	rejected.noteEnds()
	if err := t.scanned(s.out, sum); err != nil {
		return err
	}
	return found(c, reused(sum) > 0)
}

// checkResults says, before any work begins, whether the results folder may
// be written.
func checkResults(s *settings) error {
	if s.out == "-" {
		return usage("-o DIR names a folder", "the results of scan are a folder, not a stream")
	}
	return report.CheckFolder(s.out, report.Options{Force: s.force})
}
