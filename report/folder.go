package report

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/pool"
)

// Options says how a results folder is written. The zero value works.
type Options struct {
	// Force replaces a folder that holds other files than results.
	Force bool

	// Fields are those that the documents were read from; they stand in the summary.
	Fields corpus.Fields

	// Rejected are the lines that WriteRejection wrote while the input was
	// read; they become rejected.jsonl. nil: those that the summary keeps,
	// without their bytes.
	Rejected io.Reader
}

// A FolderError says that a folder cannot take results, and what to do.
type FolderError struct {
	Dir  string
	Err  error
	hint string
}

// Error gives "what: folder" in one line.
func (e *FolderError) Error() string { return fmt.Sprintf("%v: %s", e.Err, e.Dir) }

// Unwrap returns what is wrong with the folder.
func (e *FolderError) Unwrap() error { return e.Err }

// Hint says what to do.
func (e *FolderError) Hint() string { return e.hint }

// resultFiles are the names in a results folder.
var resultFiles = []string{"clusters.jsonl", "matches.jsonl", "passages.jsonl", "rejected.jsonl", "removed.jsonl", "report.html", "summary.json"}

// CheckFolder reports why Folder would refuse to write dir: it is a file, or
// it holds something else than results, also beside them, and there is no Force. It
// changes nothing, so that a run can ask before its work.
func CheckFolder(dir string, o Options) error {
	entries, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
			return &FolderError{dir, errors.New("a file is where the results folder should go"), "name another folder with -o"}
		}
		return err
	case len(entries) == 0 || o.Force:
		return nil
	}
	const hint = "name another folder with -o, or replace it with --force"
	if _, err := readSummary(dir); err != nil {
		return &FolderError{dir, errors.New("the folder holds other files than results"), hint}
	}
	for _, e := range entries {
		// Hidden files are what file managers leave in every folder.
		if name := e.Name(); !slices.Contains(resultFiles, name) && !strings.HasPrefix(name, ".") {
			return &FolderError{dir, fmt.Errorf("the folder holds %q beside results, which would go with them", name), hint}
		}
	}
	return nil
}

// Folder writes the results r into dir, which is made or replaced whole. docs
// are the documents of the collection once more, in the same order. On an
// error, or when docs ends early, dir is as it was before.
// Cost: one reading of the documents; memory is bounded (see gather.go).
func Folder(dir string, r *dedup.Results, docs iter.Seq2[*corpus.Document, error], o Options) error {
	return folder(dir, found{
		matches: r.Matches(), clusters: r.Clusters(), recurrences: r.Recurrences(), removals: r.Removals(),
		info: r.Info, summary: r.Summary(),
	}, docs, o)
}

// found is what Folder takes from the results.
type found struct {
	matches     iter.Seq2[*dedup.Match, error]
	clusters    iter.Seq2[*dedup.Cluster, error]
	recurrences iter.Seq2[*dedup.Recurrence, error]
	removals    iter.Seq2[*dedup.Removal, error]
	info        func(doc int) (dedup.Info, error) // asked by several goroutines
	summary     *dedup.Summary
}

func folder(dir string, f found, docs iter.Seq2[*corpus.Document, error], o Options) error {
	dir = filepath.Clean(dir)
	if err := CheckFolder(dir, o); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return err
	}
	made, err := corpus.CreateFolder(dir)
	if err != nil {
		return err
	}
	w := &writing{found: f, dir: made.Dir, name: dir, gathered: newGathered()}
	if err := w.all(docs, o); err != nil {
		return errors.Join(err, made.Abort())
	}
	return made.Close()
}

// writing is a results folder while it is made.
type writing struct {
	found
	*gathered
	dir  string // where it is made
	name string // what it will be called
}

// all writes every file. The summary comes last but one: it marks the folder
// as ours.
func (w *writing) all(docs iter.Seq2[*corpus.Document, error], o Options) error {
	if err := w.file("matches.jsonl", w.writeMatches); err != nil {
		return err
	}
	if err := w.file("clusters.jsonl", w.writeClusters); err != nil {
		return err
	}
	w.choose()
	w.wantLeads()
	err := w.file("passages.jsonl", func(passages *bufio.Writer) error {
		return w.file("removed.jsonl", func(removed *bufio.Writer) error {
			return w.writeDocuments(docs, passages, removed)
		})
	})
	if err != nil {
		return err
	}
	if err := w.places(); err != nil {
		return err
	}
	if err := w.file("rejected.jsonl", func(out *bufio.Writer) error { return w.writeRejected(out, o) }); err != nil {
		return err
	}
	s := newSummaryFile(w.summary, w.gathered)
	s.Fields = o.Fields
	if err := w.file("report.html", func(out *bufio.Writer) error { return writePage(out, s, w.gathered) }); err != nil {
		return err
	}
	return w.file("summary.json", func(out *bufio.Writer) error { return s.write(out) })
}

// file makes one file of the folder and brings it to its disk. Its errors name the file
// that it was to become.
func (w *writing) file(name string, write func(*bufio.Writer) error) error {
	f, err := os.Create(filepath.Join(w.dir, name))
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 64<<10)
	if err = write(out); err == nil {
		err = out.Flush()
	}
	if err == nil {
		err = f.Sync() // a full disk may be told of only here
	}
	if failed, ok := err.(*fs.PathError); ok && failed.Path == f.Name() {
		err = &corpus.OutputError{File: filepath.Join(w.name, name), Err: failed.Err}
	}
	return errors.Join(err, f.Close())
}

// written is a few matches: their lines, and what is known of their documents.
type written struct {
	lines bytes.Buffer
	pairs []pair
}

// matchBatch matches are written by one task.
const matchBatch = 64

// writeMatches has lines made side by side, and counts the matches in their order.
func (w *writing) writeMatches(out *bufio.Writer) error {
	one := func(*dedup.Match) int64 { return 1 }
	threads := runtime.GOMAXPROCS(0)
	work := func(_ int, batch []*dedup.Match) (*written, error) { return w.lines(batch) }
	for part, err := range pool.Ordered(context.Background(), threads, int64(4*threads*matchBatch), pool.Batches(w.matches, matchBatch, one), pool.Sum(one), work) {
		if err != nil {
			return err
		}
		if _, err := part.lines.WriteTo(out); err != nil {
			return err
		}
		for _, p := range part.pairs {
			w.match(p)
		}
	}
	return nil
}

// lines makes the lines of a few matches.
func (w *writing) lines(matches []*dedup.Match) (*written, error) {
	part := &written{pairs: make([]pair, 0, len(matches))}
	a := dedup.Info{Number: -1}
	for _, m := range matches {
		var err error
		if a.Number != m.A {
			a, err = w.info(m.A)
		}
		b, errB := w.info(m.B)
		if err = errors.Join(err, errB, WriteMatch(&part.lines, m)); err != nil {
			return nil, err
		}
		part.pairs = append(part.pairs, pair{m, a, b})
	}
	return part, nil
}

func (w *writing) writeClusters(out *bufio.Writer) error {
	for c, err := range w.found.clusters {
		if err != nil {
			return err
		}
		if err := WriteCluster(out, c); err != nil {
			return err
		}
		w.gathered.clusters.add(cluster{Cluster: c})
	}
	list := w.gathered.clusters.sorted()
	for i := range list {
		if err := w.members(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

// members looks up the members of a cluster that people are shown.
func (w *writing) members(c *cluster) error {
	kept, err := w.info(c.Keep)
	if err != nil {
		return err
	}
	c.shown = append(c.shown, kept)
	for _, doc := range c.Members {
		if doc == c.Keep || len(c.shown) == maxMembers {
			continue
		}
		i, err := w.info(doc)
		if err != nil {
			return err
		}
		c.shown = append(c.shown, i)
	}
	return nil
}

// errChanged tells that the second reading did not give what the first gave.
var errChanged = errors.New("the input changed while it was read")

// writeDocuments goes through the documents in step with the recurrences and
// the furniture.
func (w *writing) writeDocuments(docs iter.Seq2[*corpus.Document, error], passages, removed *bufio.Writer) error {
	nextRec, stopRec := iter.Pull2(w.recurrences)
	defer stopRec()
	nextGone, stopGone := iter.Pull2(w.removals)
	defer stopGone()
	rec, err, moreRec := nextRec()
	gone, errGone, moreGone := nextGone()
	n := 0
	for d, errDoc := range docs {
		if err := errors.Join(errDoc, err, errGone); err != nil {
			return err
		}
		var marks []boilerplate.Mark
		if moreGone && gone.Doc == d.Number {
			if marks = gone.Marks; !inside(d, marks) {
				return fmt.Errorf("%w: %s", errChanged, d.ID)
			}
			if err := WriteRemoval(removed, gone); err != nil {
				return err
			}
			gone, errGone, moreGone = nextGone()
		}
		for err == nil && moreRec && rec.At[0].Doc == d.Number {
			if err := w.writeRecurrence(passages, rec, d); err != nil {
				return err
			}
			rec, err, moreRec = nextRec()
		}
		w.see(d, marks)
		n++
	}
	if err := errors.Join(err, errGone); err != nil {
		return err
	}
	if moreRec || moreGone || n != w.summary.Documents {
		return fmt.Errorf("%w: %d documents, then %d", errChanged, w.summary.Documents, n)
	}
	return nil
}

// inside tells whether all marks are stretches of the document's text.
func inside(d *corpus.Document, marks []boilerplate.Mark) bool {
	for i := range marks {
		if m := &marks[i]; m.Start < 0 || m.End < m.Start || m.End > len(d.Text) {
			return false
		}
	}
	return true
}

func (w *writing) writeRecurrence(out io.Writer, r *dedup.Recurrence, d *corpus.Document) error {
	at := r.At[0]
	if at.Start < 0 || at.End < at.Start || at.End > len(d.Text) {
		return fmt.Errorf("%w: %s", errChanged, d.ID)
	}
	if r.Kind != "boilerplate" { // people find that in the gallery
		w.gathered.passages.add(passage{
			kind: r.Kind, count: r.Count, sources: r.Sources, bytes: at.End - at.Start,
			text: cutText(d.Text, at.Start, at.End, maxSnippet),
			at:   slices.Clone(r.At[:min(len(r.At), maxMembers)]), number: w.gathered.passages.seen + 1,
		})
	}
	return WriteRecurrence(out, r, d.Text[at.Start:at.End])
}

// places looks up the documents of the passages that people are shown.
func (w *writing) places() error {
	list := w.gathered.passages.sorted()
	for i := range list {
		for _, at := range list[i].at {
			d, err := w.info(at.Doc)
			if err != nil {
				return err
			}
			list[i].shown = append(list[i].shown, d)
		}
	}
	return nil
}

// see counts a document and keeps its words if the page shows them.
func (w *writing) see(d *corpus.Document, marks []boilerplate.Mark) {
	w.document(d, marks)
	if _, wanted := w.leads[d.Number]; wanted {
		w.leads[d.Number] = lead(d.Text, marks)
	}
	t := w.texts[d.Number]
	if t == nil {
		return
	}
	t.text = cutText(d.Text, 0, len(d.Text), maxTextShown)
	t.cut = len(d.Text) > maxTextShown
	t.marks = marks
}

func (w *writing) writeRejected(out io.Writer, o Options) error {
	if o.Rejected != nil {
		_, err := io.Copy(out, o.Rejected)
		return err
	}
	for i := range w.summary.Rejections {
		if err := WriteRejection(out, &w.summary.Rejections[i]); err != nil {
			return err
		}
	}
	return nil
}
