package main

import (
	"errors"
	"path/filepath"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/boilerplate"
	"reprint/dedup"
)

const learnText = `Reads an archive and writes down what each source repeats: a furniture file of
JSON lines that can be read and edited. What a person decided in it
("by":"person") outlives learning anew: name the old file with --furniture.
If every PATH is a furniture file, they are merged.

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
			saidFlags(), backgroundFlags(), inputFlags(), engineFlags(),
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
	if err := t.writeFurniture(s, learnt); err != nil {
		return err
	}
	return t.learned(s.out, learnt)
}

// writeFurniture writes a furniture file and the file beside it, which standard
// output, and furniture that was only written by hand, have not. Both are whole before either gets its name.
func (t *tool) writeFurniture(s *settings, f *boilerplate.Furniture) error {
	f.Beside = boilerplate.Beside{}
	beside := background(s.out)
	if f.Known == nil {
		beside = ""
	}
	second, err := t.create(beside, s.force)
	if err != nil {
		return err
	}
	defer second.abort()
	if second.path != "" {
		f.Beside.File = filepath.Base(second.path)
		if f.Beside.Version, err = dedup.WriteBeside(second, f); err != nil {
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

// learnt merges furniture files or learns from documents.
func (t *tool) learnt(c *cli.Context, s *settings) (*boilerplate.Furniture, error) {
	if allFurniture(s.paths) {
		return mergeFurniture(s)
	}
	rejected := t.rejections(s)
	defer rejected.close()
	docs, err := s.open(s.checkFurniture())
	if err != nil {
		return nil, err
	}
	defer docs.Close()
	known := s.dedup.Furniture
	s.dedup.Furniture = nil
	learnt, _, err := dedup.Learn(c.Context, docs, s.dedup)
	if err != nil {
		return nil, err
	}
	if known != nil {
		learnt = boilerplate.Merge(learnt, known)
	}
	return learnt, rejected.list()
}

// checkFurniture says what stands in the way of both files.
func (s *settings) checkFurniture() error {
	return errors.Join(s.checkOutputs(), checkOutput(background(s.out), s.force))
}

func mergeFurniture(s *settings) (*boilerplate.Furniture, error) {
	var files []*boilerplate.Furniture
	bad := []error{s.checkFurniture()}
	for _, path := range s.paths {
		f, err := readFurniture(path)
		if err != nil {
			bad = append(bad, err)
		}
		files = append(files, f)
	}
	if s.dedup.Furniture != nil {
		files = append(files, s.dedup.Furniture)
	}
	if err := joinFaults(bad); err != nil {
		return nil, err
	}
	return boilerplate.Merge(files...), nil
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
