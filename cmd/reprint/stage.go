package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/corpus"
	"reprint/dedup/copies"
)

const stageText = `Runs one stage of dedup on files, so that many machines share the work over a
shared folder. The stages, in their order:
  sign PATH...         reads its part of the files, hashes words, makes keys
  exact                finds texts that are the same bytes (in one part)
  bands                makes pairs of equal keys
  edges                measures the pairs on the texts
  components           groups copies, says what stays (in one part)
  apply PATH... -o OUT writes what stays, lists what goes
Parts of a stage run in any order, at the same time, and again after a crash; what
has been finished is not done again. The result is that of dedup, byte for byte.

Examples:
  reprint stage sign crawl/ --work /shared/run --part 2/8
  reprint stage exact --work /shared/run
  reprint stage bands --work /shared/run --part 1/16
  reprint stage edges --work /shared/run --part 1/4
  reprint stage components --work /shared/run
  reprint stage apply crawl/ --work /shared/run -o unique.jsonl.zst`

func (t *tool) stageCommand() *cli.Command {
	return newCommand(cli.Command{
		Name:        "stage",
		Usage:       "one stage of dedup on files, for many machines",
		ArgsUsage:   "NAME [PATH...] --work DIR [flags]",
		Description: stageText,
		Flags: flags(
			file(groupOutput, "work", "`DIR` the folder in which the stages leave their files"),
			word(groupOutput, "part", "`I/N` the share of the stage's work (default 1/1)"),
			outFlag("`OUT` of apply: where the survivors go: a file, a folder, or - for standard output"),
			removedFlag("`FILE` of apply: the list of what went (default: OUT with .removed.jsonl for its extension)"),
			saidFlags(),
			exitFlag("something went"),
			dropFlags(), inputFlags(), engineFlags(),
		),
		Action: t.stage,
	})
}

// stages are those that take no paths, with whether they can be shared, and which comes next.
var stages = map[string]struct {
	shared bool
	next   string
	run    func(*cli.Context, copies.Options, copies.Part) error
}{
	"exact":      {false, "bands", func(c *cli.Context, o copies.Options, _ copies.Part) error { return copies.Exact(c.Context, o) }},
	"bands":      {true, "edges", func(c *cli.Context, o copies.Options, p copies.Part) error { return copies.Bands(c.Context, o, p) }},
	"edges":      {true, "components", func(c *cli.Context, o copies.Options, p copies.Part) error { return copies.Edges(c.Context, o, p) }},
	"components": {false, "apply PATH... -o OUT", func(c *cli.Context, o copies.Options, _ copies.Part) error { return copies.Components(c.Context, o) }},
}

func (t *tool) stage(c *cli.Context) error {
	name := c.Args().First()
	s, err := t.settings(c)
	if err != nil {
		return err
	}
	if len(s.paths) > 0 {
		s.paths = s.paths[1:]
	}
	part, err := partOf(c.String("part"))
	if err != nil {
		return err
	}
	o := s.copies(c, "")
	if o.Work = c.String("work"); o.Work == "" {
		return usage("--work DIR names it", "no work folder was named")
	}
	if info, err := os.Stat(o.Work); err != nil || !info.IsDir() {
		return usage("make it first, or name another place", "no such work folder: %s", o.Work)
	}
	s.bound(0)
	known, ok := stages[name]
	if name == "sign" {
		return t.sign(c, s, o, part)
	}
	t.noteSigned(c)
	switch {
	case name == "apply":
		if err := s.needOutput("OUT"); err != nil {
			return err
		}
		open := func(docs *corpus.Collection) (*copies.Result, error) { return copies.Open(docs, o) }
		return t.drop(c, s, open, func() error { return nil })
	case !ok:
		return usage("sign, exact, bands, edges, components or apply", "unknown stage: %q", name)
	case len(s.paths) > 0:
		return usage("the work folder holds all it needs", "the stage %s reads no paths: %s", name, strings.Join(s.paths, " "))
	case !known.shared && part.N > 1:
		return usage("run it once", "the stage %s cannot be shared", name)
	}
	if err := known.run(c, o, part); err != nil {
		return err
	}
	return t.staged(o.Work, name, part, known.next)
}

// noteSigned tells of flags that say what counts, which only the first stage asks.
func (t *tool) noteSigned(c *cli.Context) {
	for _, name := range []string{"preset", "threshold", "keep", "kinds", "furniture", "rules"} {
		if c.IsSet(name) {
			t.remark("", "--%s counts where the stage sign is called, and not here", name)
		}
	}
}

// staged tells what was finished and what comes next.
func (t *tool) staged(work, stage string, p copies.Part, next string) error {
	done, when := "the stage "+stage, "next"
	if p.N > 1 {
		done, when = fmt.Sprintf("part %d of %d of %s", p.I, p.N, done), "when all parts are"
	}
	t.note("%s is finished; %s: reprint stage %s --work %s", done, when, next, work)
	return t.event(struct {
		event
		Stage string `json:"stage"`
		Part  int    `json:"part"`
		Parts int    `json:"parts"`
	}{summaryEvent, stage, p.I, p.N})
}

// sign runs the stage that reads the collection.
func (t *tool) sign(c *cli.Context, s *settings, o copies.Options, p copies.Part) error {
	rejected := t.rejections(s)
	defer rejected.close()
	docs, err := t.open(s, nil)
	if err != nil {
		return err
	}
	defer docs.Close()
	if err := copies.Sign(c.Context, docs, o, p); err != nil {
		return err
	}
	if err := rejected.list(); err != nil {
		return err
	}
	return t.staged(o.Work, "sign", p, "exact")
}

// partOf reads "2/8".
func partOf(s string) (copies.Part, error) {
	p := copies.Part{I: 1, N: 1}
	if s == "" {
		return p, nil
	}
	var rest string
	if n, _ := fmt.Sscanf(s, "%d/%d%s", &p.I, &p.N, &rest); n != 2 || p.Validate() != nil {
		return p, usage("2/8 is the second of eight", "--part: %q is no part", s)
	}
	return p, nil
}
