package main

import (
	"context"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/report"
)

const cleanText = `Writes the same records with furniture stripped from the text field; every
other field and byte stays as it was read. OUT has the input's own format, its
extension decides its compression; many one-document files go into a folder
OUT under their names. What was taken out is listed beside OUT, as
OUT.removed.jsonl. What a source repeats is learnt from the collection itself,
or read from a file of learn with --furniture.

Before it does anything, --dry-run shows what would go, in its place, and
--review FILE writes it down as a furniture file: a line for each wording, by
source, the most frequent first. Write "keep" where it has to stay, and give
the file to --furniture: the rest goes where it went, by what found it there,
and with "by":"person" wherever it stands. A text that is furniture from end to
end is left as it is, unless --allow-empty lets it go. What was cleaned once is
not changed by cleaning it again with the same --furniture.

--rules FILE adds rules of your own, for another language or a house's phrases:
a line for each, of kind, language, where the phrase stands (start, head, tail,
line, block, any), what goes with it (phrase, sentence, line, paragraph, rest,
over, call, caption) and the phrase, word by word, as in
  teaser      fi  start  line      lue myös|lisää :
  newsletter  fi  any    sentence  tilaa uutiskirjeemme
README.md tells the rest.

Examples:
  reprint clean week.jsonl.zst -o clean.jsonl.zst
  reprint clean articles/ -o cleaned/ --furniture archive.furniture.jsonl
  reprint clean week.jsonl --dry-run --keep-kinds dateline,credit
  reprint clean week.jsonl --review week.furniture.jsonl
  curl -s https://example.org/feed.jsonl | reprint clean - -o - | jq .text`

func (t *tool) cleanCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "clean",
		Usage:       "strip furniture from the text field, all else untouched",
		ArgsUsage:   "PATH... -o OUT [flags]",
		Description: cleanText,
		Flags: flags(
			outFlag("`OUT` where the records go: a file, a folder, or - for standard output"),
			removedFlag("`FILE` the list of what was taken out (default: OUT with .removed.jsonl for its extension)"),
			toggle(groupOutput, "all", "list every record, those without furniture as well"),
			toggle(groupOutput, "dry-run", "only show what would go, in its place", "n"),
			file(groupOutput, "review", "`FILE` only write down what would go, as a furniture file to decide in"),
			toggle(groupChoice, "allow-empty", "take out all of a text that is nothing but furniture"),
			saidFlags(),
			exitFlag("there was furniture"),
			word(groupChoice, "keep-kinds", "`KINDS` furniture that stays in the text, as dateline,credit"),
			backgroundFlags(learnsItself), inputFlags(), engineFlags(),
		),
		Action: t.clean,
	})
}

func (t *tool) clean(c *cli.Context) error {
	s, err := t.settings(c)
	r := reader{c: c}
	kinds := r.marks("keep-kinds")
	dry, review := c.Bool("dry-run"), c.String("review")
	switch {
	case err != nil:
	case review != "" && (dry || s.out != ""):
		err = usage("one of them at a time", "--review writes no records and shows nothing: leave out -o and --dry-run")
	case !dry && review == "":
		err = s.needOutput("OUT")
	}
	if err := joinFaults(append(r.faults, err)); err != nil {
		return err
	}
	rejected := t.rejections(s)
	defer rejected.close()
	if dry || review != "" {
		s.out, s.removed = review, ""
	}
	docs, err := t.openAgain(s, s.checkClean(review != ""))
	if err != nil {
		return err
	}
	defer docs.Close()
	s.bound(tableMemory)
	debug.SetGCPercent(garbageShare)
	s.dedup.Spare = kinds
	sink, err := t.cleanSink(c, s, docs)
	if err != nil {
		return err
	}
	defer sink.abort()
	if review != "" && s.dedup.Furniture == nil {
		if s.dedup.Furniture, _, err = dedup.Learn(c.Context, docs, s.dedup); err != nil {
			return err
		}
	}
	sum, err := cleanAll(c.Context, docs, s.dedup, c.Bool("allow-empty"), sink)
	if err != nil {
		return err
	}
	if err := sink.commit(); err != nil {
		return err
	}
	if err := rejected.list(); err != nil {
		return err
	}
	t.noteInput(docs)
	if err := t.cleaned(s, dry || review != "", sum, rejected.n); err != nil {
		return err
	}
	return found(c, sum.marked > 0)
}

// checkClean says what stands in the way of the outputs.
func (s *settings) checkClean(review bool) error {
	if review {
		return s.checkFurniture()
	}
	return s.checkOutputs()
}

// cleanSink opens what takes the cleaned documents.
func (t *tool) cleanSink(c *cli.Context, s *settings, docs *corpus.Collection) (cleanSink, error) {
	switch {
	case c.Bool("dry-run"):
		return &previewer{t: t}, nil
	case c.String("review") != "":
		return t.newReviewer(s), nil
	}
	return t.newCleaner(s, docs, c.Bool("all"))
}

// cleanSink takes cleaned documents in input order.
type cleanSink interface {
	add(*dedup.Cleaned) error
	commit() error
	abort()
}

// cleanSum counts what clean did.
type cleanSum struct {
	documents, marked int
	sameIDs           int // documents whose id others have, too
	marks             map[boilerplate.Kind]int
	before, after     int64 // bytes of text
	whole             int   // texts that are nothing but furniture and were left
}

// cleanAll cleans all documents; empty says that a text may become empty.
func cleanAll(ctx context.Context, docs *corpus.Collection, o dedup.Options, empty bool, sink cleanSink) (*cleanSum, error) {
	sum := &cleanSum{marks: make(map[boilerplate.Kind]int)}
	for d, err := range dedup.Clean(ctx, docs, o) {
		if err != nil {
			return nil, err
		}
		if len(d.Marks) > 0 && !empty && strings.TrimSpace(d.Text) == "" {
			d.Marks, d.Text = nil, d.Doc.Text
			sum.whole++
		}
		sum.add(d)
		if err := sink.add(d); err != nil {
			return nil, err
		}
	}
	return sum, docs.Unchanged()
}

func (s *cleanSum) add(d *dedup.Cleaned) {
	s.documents++
	if d.ID != d.Doc.ID {
		s.sameIDs++
	}
	s.before += int64(len(d.Doc.Text))
	s.after += int64(len(d.Text))
	if len(d.Marks) > 0 {
		s.marked++
	}
	for _, m := range d.Marks {
		s.marks[m.Kind]++
	}
}

// cleaner writes the records and the list of what was taken out.
type cleaner struct {
	records *corpus.Writer
	removed *output
	all     bool
}

func (t *tool) newCleaner(s *settings, docs *corpus.Collection, all bool) (*cleaner, error) {
	records, removed, err := t.outputs(s, docs)
	if err != nil {
		return nil, err
	}
	return &cleaner{records, removed, all}, nil
}

func (c *cleaner) add(d *dedup.Cleaned) error {
	if len(d.Marks) > 0 || c.all {
		if err := report.WriteRemoval(c.removed, &dedup.Removal{Doc: d.Doc.Number, ID: d.ID, Marks: d.Marks}); err != nil {
			return err
		}
	}
	if len(d.Marks) == 0 {
		return c.records.Write(d.Doc)
	}
	return c.records.WriteText(d.Doc, d.Text)
}

// commit brings both outputs to their disk before either gets its name.
func (c *cleaner) commit() error {
	return commitBoth(c.records, c.removed)
}

func (c *cleaner) abort() {
	c.records.Abort()
	c.removed.abort()
}
