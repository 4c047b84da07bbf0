package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/report"
)

const compareText = `Shows two texts side by side: shared passages, shares, and the kind of the
match. A and B are files of one document each, or ids of documents of a
collection that --in names, or of what was scanned into the results that --in
names; there, furniture is learnt from the collection.

Examples:
  reprint compare a.txt b.txt
  reprint compare d17 d42 --in week.jsonl.zst
  reprint compare d17 d42 --in reprint-results
  reprint compare a.txt b.txt --json | jq .kind`

func (t *tool) compareCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "compare",
		Usage:       "two texts side by side: shared passages, shares, kind",
		ArgsUsage:   "A B [--in PATH] [flags]",
		Description: compareText,
		Flags:       pairFlags(),
		Action:      t.compare,
	})
}

// pairFlags are those of compare and explain.
func pairFlags() []cli.Flag {
	return flags(
		file(groupInput, "in", "`PATH` the collection, or the results of its scan, in which A and B are ids"),
		inputFlags(),
		toggle(groupOutput, "json", "the result as one line of JSON"),
		toggle(groupOutput, "quiet", "no progress", "q"),
		exitFlag("one reuses the other"),
		backgroundFlags(learnsIn), engineFlags(),
	)
}

func (t *tool) compare(c *cli.Context) error {
	p, err := t.pair(c)
	if err != nil {
		return err
	}
	if t.json {
		err = report.PairJSON(t.out, p)
	} else {
		err = report.Pair(t.out, p, t.terminalOptions())
	}
	if err != nil {
		return err
	}
	return found(c, p.Match.Kind.Reuse())
}

// pair reads and compares the two documents that a call names.
func (t *tool) pair(c *cli.Context) (*dedup.Pair, error) {
	s, err := t.settings(c)
	if err != nil {
		return nil, err
	}
	if len(s.paths) != 2 {
		return nil, usage("reprint "+c.Command.Name+" A B", "two texts are compared, %d named", len(s.paths))
	}
	a, b, err := t.documents(c, s)
	if err != nil {
		return nil, err
	}
	p, err := dedup.Compare(a, b, s.dedup)
	t.progress.clear()
	return p, err
}

// documents finds A and B, as files or as ids of a collection.
func (t *tool) documents(c *cli.Context, s *settings) (a, b *corpus.Document, err error) {
	if in := c.String("in"); in != "" {
		return t.documentsIn(c, s, in)
	}
	a, errA := onlyDocument(s.corpus, s.paths[0])
	b, errB := onlyDocument(s.corpus, s.paths[1])
	if err := errors.Join(errA, errB); err != nil {
		return nil, nil, err
	}
	if a.ID == b.ID && s.paths[0] != s.paths[1] {
		a.ID = dedup.IDAt(a.ID, s.paths[0], a.Handle.Record)
		b.ID = dedup.IDAt(b.ID, s.paths[1], b.Handle.Record)
	}
	return a, b, nil
}

// onlyDocument reads the one document that a path holds.
func onlyDocument(o corpus.Options, path string) (*corpus.Document, error) {
	docs, err := corpus.Open(o, path)
	if err != nil {
		return nil, err
	}
	defer docs.Close()
	var only *corpus.Document
	for d, err := range docs.All() {
		if err != nil {
			return nil, err
		}
		if only != nil {
			return nil, usage("reprint compare ID ID --in "+path, "more than one document: %s", path)
		}
		only = d
	}
	if only == nil {
		return nil, fmt.Errorf("no document: %s", path)
	}
	return only, nil
}

// documentsIn finds two ids in a collection and, unless a furniture file was
// named, learns its furniture, so that the verdict is that of a scan.
func (t *tool) documentsIn(c *cli.Context, s *settings, in string) (a, b *corpus.Document, err error) {
	paths, err := s.fromResults(c, in)
	if err != nil {
		return nil, nil, err
	}
	if len(paths) == 0 {
		paths = []string{in}
	}
	docs, err := corpus.Open(s.corpus, paths...)
	if err != nil && paths[0] != in {
		err = withHint(err, "the scan's paths are looked for from here: call it where the scan was called, or name the collection with --in")
	}
	if err != nil {
		return nil, nil, err
	}
	defer docs.Close()
	a, b, err = t.documentsNamed(c.Context, docs, s.paths[0], s.paths[1])
	if err != nil || s.dedup.Furniture != nil {
		return a, b, err
	}
	s.dedup.Furniture, s.dedup.Archive, err = dedup.Learn(c.Context, docs, s.dedup)
	return a, b, err
}

// search collects the documents that answer to an id; a few are enough to
// tell that there are several.
type search struct {
	id    string
	docs  []*corpus.Document
	names []string       // id@path:record
	same  map[string]int // documents of each id that id may be or begin with
}

// look takes d, of the file path, if it answers to the id.
func (f *search) look(d *corpus.Document, path string) {
	if len(f.docs) == 3 || !strings.HasPrefix(f.id, d.ID) { // as id@path:record does
		return
	}
	f.same[d.ID]++
	if name := dedup.IDAt(d.ID, path, d.Handle.Record); d.ID == f.id || name == f.id {
		f.docs = append(f.docs, d)
		f.names = append(f.names, name)
	}
}

// only returns the one document that was found, under the id by which outputs tell it from
// others.
func (f *search) only() (*corpus.Document, error) {
	switch len(f.docs) {
	case 0:
		return nil, usage("ids stand in the records' id field, or are path:record", "no document has the id %s", f.id)
	case 1:
		d := f.docs[0]
		if f.same[d.ID] > 1 {
			d.ID = f.names[0]
		}
		return d, nil
	}
	return nil, usage("name one of them: "+strings.Join(f.names, ", "), "several documents have the id %s", f.id)
}

// documentsNamed finds the documents that answer to two ids.
func (t *tool) documentsNamed(ctx context.Context, docs *corpus.Collection, idA, idB string) (a, b *corpus.Document, err error) {
	withA, withB := search{id: idA, same: map[string]int{}}, search{id: idB, same: map[string]int{}}
	files := docs.Files()
	for d, err := range t.reread(ctx, docs, "find") {
		if err != nil {
			return nil, nil, err
		}
		withA.look(d, files[d.Handle.File].Path)
		withB.look(d, files[d.Handle.File].Path)
	}
	a, errA := withA.only()
	b, errB := withB.only()
	return a, b, errors.Join(errA, errB)
}
