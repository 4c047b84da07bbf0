package main

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"time"

	"github.com/urfave/cli/v2"

	"reprint/corpus"
	"reprint/dedup/copies"
	"reprint/internal/figures"
	"reprint/report"
)

const dedupText = `Writes one survivor of each group of copies, in input order, every byte as it
was read. A document goes only if its own text is held by the survivor: its
share is at least the threshold, and by default two sentences that the survivor
has not are enough to stay. What went, what it is a copy of and why is listed beside OUT,
as OUT.removed.jsonl.

Examples:
  reprint dedup crawl.jsonl.gz -o unique.jsonl.gz
  reprint dedup week.jsonl -o unique.jsonl --kinds duplicate,republished --keep longest
  reprint dedup week.jsonl -o unique.jsonl --from reprint-results
  reprint dedup crawl.jsonl -o unique.jsonl --preset dolma3
  reprint dedup crawl/ -o groups.jsonl.zst --annotate
  reprint dedup crawl/ -o unique.jsonl.zst --temp /big --resume
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
			file(groupChoice, "from", "`RESULTS` take the matches of this scan of the same paths"),
			dropFlags(), inputFlags(), engineFlags(), stagedFlags(),
		),
		Action: t.dedup,
	})
}

// dropFlags say what goes, and what is written.
func dropFlags() []cli.Flag {
	return flags(
		word(groupChoice, "kinds", "`KINDS` matches for which documents go: duplicate (default), or duplicate,republished"),
		presetFlags(),
		keepFlag(),
		toggle(groupOutput, "annotate", "write every record, with the fields dedup_cluster, dedup_size and dedup_rank, in place of leaving copies out"),
		word(groupOutput, "only", "`WHAT` duplicates: write the records that would go, in place of those that stay"),
		backgroundFlags(learnsNone),
	)
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
	if from != "" && c.IsSet("preset") {
		return usage("leave one of them out", "--from takes the matches of a scan, which --preset does not make")
	}
	o := s.copies(c, from)
	if from != "" {
		in, err := corpus.OpenFile(from)
		if err != nil {
			return err
		}
		defer in.Close()
		o.From = report.ReadMatches(in, from)
	}
	s.bound(0)
	var place *workplace
	defer func() { place.close() }()
	finished := func() error {
		if c.Bool("resume") {
			return nil // until the output has its name
		}
		return place.close()
	}
	err = t.drop(c, s, func(docs *corpus.Collection) (*copies.Result, error) {
		if place, err = openWorkplace(docs, s.temp, o, c.Bool("resume")); err != nil {
			return nil, err
		}
		if place != nil {
			o.Work = place.dir
		}
		spare, err := t.foresee(docs, o)
		if err != nil {
			return nil, err
		}
		if !c.Bool("resume") { // a run that is taken up again may read but once
			docs.KeepUnpacked(min(spare, o.Sized().Memory))
		}
		return copies.Run(c.Context, docs, o)
	}, finished)
	return place.broken(err)
}

// drop writes what stays of a collection and lists what goes, as find tells; finished is
// called when what was found is not needed any more. All of that goes on while the output is
// on its way to the disk.
func (t *tool) drop(c *cli.Context, s *settings, find func(*corpus.Collection) (*copies.Result, error), finished func() error) error {
	rejected := t.rejections(s)
	defer rejected.close()
	docs, err := t.open(s, s.checkOutputs())
	if err != nil {
		return err
	}
	defer docs.Close()
	w, err := t.newSurvivors(c, s, docs)
	if err != nil {
		return err
	}
	defer w.abort()
	result, err := find(docs)
	if err != nil {
		return err
	}
	defer result.Close()
	if err := result.Apply(c.Context, docs, w.write); err != nil {
		return err
	}
	if err := docs.Unchanged(); err != nil {
		return err
	}
	synced := s.beside(w.records.Sync)
	defer synced()
	if err := w.list(result); err != nil {
		return err
	}
	if err := errors.Join(result.Close(), finished(), w.removed.finish(), synced()); err != nil {
		return err
	}
	if err := commitBoth(w.records, w.removed); err != nil {
		return err
	}
	if c.Bool("resume") {
		err = result.Remove()
	}
	if err != nil {
		return err
	}
	if err := rejected.list(); err != nil {
		return err
	}
	t.noteInput(docs)
	t.noteKeep(docs, w.stayed+w.gone)
	if c.Command.Name == "dedup" && !c.IsSet("preset") { // of stages sign knows what counted
		t.noteWhole(s, docs, w.gone)
	}
	if err := t.deduped(s, w, result.Summary(), rejected.n); err != nil {
		return err
	}
	return found(c, w.gone > 0)
}

// bound keeps the process within the threads and the memory that were asked for. What
// the collector of garbage counts is not all: the program itself lies beside it. Where
// little memory was asked for, tables of a fixed size come on top, those bytes of them
// beside what grows with the collection; 0: of all together the least that is enough.
func (s *settings) bound(tables int64) {
	if s.dedup.Threads > 0 {
		runtime.GOMAXPROCS(s.dedup.Threads)
	}
	memory, least := s.dedup.Sized().Memory, int64(leastMemory)
	if tables > 0 {
		least = tables + memory/4*3
	}
	debug.SetMemoryLimit(max(memory-programMemory, least))
}

const (
	programMemory = 24 << 20
	tableMemory   = 192 << 20 // to find furniture and compare
	learnMemory   = 36 << 20  // to learn: with the program, 40 MB more than was asked for at most
	leastMemory   = 96 << 20  // below, collecting garbage would take most of the time
)

// foresee tells what a run will need, if that is much, and refuses it where the disk
// has too little. It returns the bytes of passing files for which there is room beside.
func (t *tool) foresee(docs *corpus.Collection, o copies.Options) (spare int64, err error) {
	e, err := copies.Foresee(docs, o)
	if err != nil || e.Seconds < noticeable {
		return e.Spare, err
	}
	t.note("about %s, %s of text: %s of memory and %s in %s will be needed, and %s",
		figures.Count(int(e.Documents), "document"), figures.Size(e.Bytes), figures.Size(e.Memory),
		figures.Size(e.Temp), e.Folder, clock(time.Duration(e.Seconds*float64(time.Second))))
	return e.Spare, nil
}

// noticeable is how many seconds a run must take to be announced.
const noticeable = 5

// survivors writes what stays and lists what goes.
type survivors struct {
	records      *corpus.Writer
	removed      *output
	annotate     bool // all are written
	turned       bool // what goes is written
	stayed, gone int
}

func (t *tool) newSurvivors(c *cli.Context, s *settings, docs *corpus.Collection) (*survivors, error) {
	w := &survivors{annotate: c.Bool("annotate"), turned: c.String("only") == "duplicates"}
	switch {
	case c.IsSet("only") && !w.turned:
		return nil, usage("--only duplicates writes what would go", "--only: %q is not duplicates", c.String("only"))
	case w.annotate && w.turned:
		return nil, usage("", "--annotate writes every record, --only some: only one of them is possible")
	}
	var columns []string
	if w.annotate {
		columns = []string{"dedup_cluster", "dedup_size", "dedup_rank"}
	}
	var err error
	w.records, w.removed, err = t.outputs(s, docs, columns...)
	return w, err
}

// write writes a document, or leaves it out.
func (w *survivors) write(d *corpus.Document, f copies.Fate) error {
	if f.Goes {
		w.gone++
	} else {
		w.stayed++
	}
	if w.annotate {
		return w.records.WriteMore(d, max(f.Cluster, 0), max(f.Size, 1), max(f.Rank, 1))
	}
	if f.Goes != w.turned {
		return nil
	}
	return w.records.Write(d)
}

func (w *survivors) abort() {
	w.records.Abort()
	w.removed.abort()
}

// list lists those that go.
func (w *survivors) list(found *copies.Result) error {
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
