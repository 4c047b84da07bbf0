package main

import (
	"errors"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/boilerplate"
	"reprint/dedup"
)

const learnText = `Reads an archive and writes down what each source repeats: a furniture file of
JSON lines that can be read and edited. Beside it stands a file of what is no
use to read: among others in how many articles each word and run of words
stands, so that a scan knows what is rare. A line that is deleted is not known
any more, "keep" is never cut, a "block" is a paragraph of its own. What a
person decided ("by":"person", or "keep") outlives learning anew: name the old
file with --furniture.

If every PATH is a furniture file, they are merged; no article should stand
behind two of them.

Examples:
  reprint learn archive/ -o archive.furniture.jsonl
  reprint learn 2021-*.jsonl.zst --furniture old.furniture.jsonl -o new.furniture.jsonl
  reprint learn north.furniture.jsonl south.furniture.jsonl -o all.furniture.jsonl`

func (t *tool) learnCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "learn",
		Usage:       "write down what each source of an archive repeats",
		ArgsUsage:   "PATH... -o FILE [flags]",
		Description: learnText,
		Flags: flags(
			outFlag("`FILE` where it goes, or - for standard output"),
			saidFlags(),
			file(groupChoice, "furniture", "`FILE` an earlier furniture file, whose decisions by people stay"),
			rulesFlag(), inputFlags(), engineFlags(),
		),
		Action: t.learn,
	})
}

func (t *tool) learn(c *cli.Context) error {
	s, err := t.settings(c)
	if err != nil {
		return err
	}
	if err := s.needOutput("FILE"); err != nil {
		return err
	}
	learnt, err := t.learnt(c, s)
	if err != nil {
		return err
	}
	learnt.furniture.Settings = settingsOf(c, "rules", "text-field", "id-field", "title-field", "source-field", "date-field", "on-error", "max-text")
	if err := t.writeFurniture(s, learnt); err != nil {
		return err
	}
	return t.learned(s.out, learnt.furniture)
}

// writeFurniture writes a furniture file and the file beside it, which standard
// output, and furniture that was only written by hand, have not. Both are whole before either gets its name.
func (t *tool) writeFurniture(s *settings, l taught) error {
	f := l.furniture
	f.Beside = boilerplate.Beside{}
	beside := background(s.out)
	if f.Known == nil && l.archive == nil {
		beside = ""
	}
	second, err := t.create(beside, s.force)
	if err != nil {
		return err
	}
	defer second.abort()
	if second.path != "" {
		f.Beside.File = filepath.Base(second.path)
		if f.Beside.Version, err = dedup.WriteBeside(second, f, l.archive); err != nil {
			return err
		}
	}
	first, err := t.create(s.out, s.force)
	if err != nil {
		return err
	}
	defer first.abort()
	if err := firstOf(f.Write(first), second.finish(), first.finish()); err != nil {
		return err
	}
	return firstOf(second.commit(), first.commit())
}

// learnt merges furniture files or learns from documents. What is learnt anew
// stands for what the old file says of words: it may be of the same documents.
func (t *tool) learnt(c *cli.Context, s *settings) (l taught, err error) {
	if allFurniture(s.paths) {
		return mergeFurniture(s)
	}
	rejected := t.rejections(s)
	defer rejected.close()
	docs, err := t.openAgain(s, s.checkFurniture())
	if err != nil {
		return l, err
	}
	defer docs.Close()
	known := s.dedup.Furniture
	s.dedup.Furniture, s.dedup.Archive = nil, nil
	s.bound(learnMemory)
	debug.SetGCPercent(garbageShare)
	if l.furniture, l.archive, err = dedup.Learn(c.Context, docs, s.dedup); err != nil {
		return l, err
	}
	if err := docs.Unchanged(); err != nil {
		return l, err
	}
	t.noteInput(docs)
	t.noteSources(s, docs, l.furniture.Sources)
	if !haveFields(docs) {
		t.remark("JSON lines and tables can name sources", "text files name no source: what one repeats is not learnt, only how common words are")
	}
	if known != nil {
		l.furniture = boilerplate.Merge(l.furniture, known)
	}
	return l, rejected.list()
}

// checkFurniture says what stands in the way of both files.
func (s *settings) checkFurniture() error {
	return errors.Join(s.checkOutputs(), checkOutput(background(s.out), s.force))
}

func mergeFurniture(s *settings) (taught, error) {
	var files []*boilerplate.Furniture
	archive := s.dedup.Archive
	bad := []error{s.checkFurniture()}
	for _, path := range s.paths {
		l, err := readFurniture(path)
		if err != nil {
			bad = append(bad, err)
		}
		files = append(files, l.furniture)
		archive = archive.Join(l.archive)
	}
	if s.dedup.Furniture != nil {
		files = append(files, s.dedup.Furniture)
	}
	if err := joinFaults(bad); err != nil {
		return taught{}, err
	}
	return taught{boilerplate.Merge(files...), archive}, nil
}

// allFurniture reports whether every path is a furniture file, by its name or
// by its first line.
func allFurniture(paths []string) bool {
	for _, path := range paths {
		name := strings.TrimSuffix(strings.TrimSuffix(path, ".gz"), ".zst")
		if !strings.HasSuffix(name, ".furniture.jsonl") && !beginsAsFurniture(path) {
			return false
		}
	}
	return len(paths) > 0
}

// beginsAsFurniture looks at the first line of a regular file.
func beginsAsFurniture(path string) bool {
	head, err := firstLine(path)
	if err != nil {
		return false
	}
	_, err = boilerplate.ReadFurniture(strings.NewReader(head), path)
	return err == nil
}
