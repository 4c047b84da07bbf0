package main

import (
	"fmt"
	"maps"
	"os"
	"slices"

	"github.com/urfave/cli/v2"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/copies"
	"reprint/reuse"
)

// Every flag is defined here once and means the same in every command that
// has it. Flags are read as words and translated here once, so that a call
// with three faults is told of all three.

// Groups under which help lists the flags.
const (
	groupOutput = "Output"
	groupChoice = "What counts"
	groupInput  = "Input"
	groupEngine = "Machine"
)

func word(group, name, usage string, aliases ...string) *cli.StringFlag {
	return &cli.StringFlag{Name: name, Aliases: aliases, Usage: usage, Category: group}
}

func file(group, name, usage string, aliases ...string) *cli.StringFlag {
	f := word(group, name, usage, aliases...)
	f.TakesFile = true
	return f
}

func toggle(group, name, usage string, aliases ...string) *cli.BoolFlag {
	return &cli.BoolFlag{Name: name, Aliases: aliases, Usage: usage, Category: group}
}

// inputFlags say how documents are read.
func inputFlags() []cli.Flag {
	return []cli.Flag{
		word(groupInput, "text-field", "`NAME` the field with the text (default: found among text, content, body, raw_content ...)"),
		word(groupInput, "id-field", "`NAME` the field with the id, or none: path and record number stand for it"),
		word(groupInput, "title-field", "`NAME` the field with the title, or none"),
		word(groupInput, "source-field", "`NAME` the field with the source, or none (default: source, outlet, publisher, site, domain, or the host of url)"),
		word(groupInput, "date-field", "`NAME` the field with the time of publication, or none"),
		word(groupInput, "on-error", "`WHAT` when a record cannot be read: stop (default), or skip it and list it"),
		word(groupInput, "max-text", "`SIZE` the longest text that is taken (default 64MiB, below 4GiB)"),
	}
}

// engineFlags say what the run may take from the machine.
func engineFlags() []cli.Flag {
	return []cli.Flag{
		word(groupEngine, "threads", "`N` how many work at once (default: one for each processor)"),
		word(groupEngine, "memory", "`SIZE` for what grows with the collection, as 512MiB or 4GiB (default: a quarter of the machine's memory)"),
		file(groupEngine, "temp", "`DIR` place of passing files (default: the system's)"),
	}
}

// stagedFlags are those of a run in stages that leave their files in --temp.
func stagedFlags() []cli.Flag {
	return []cli.Flag{
		word(groupEngine, "temp-limit", "`SIZE` most bytes of passing files (default: what the disk has)"),
		toggle(groupEngine, "resume", "go on from what a call of the same kind left in --temp when it was killed, and leave it there if this one fails"),
	}
}

// What a command goes by without --furniture.
const (
	learnsItself = "learnt from the collection itself"
	learnsIn     = "learnt from what --in names"
	learnsNone   = "all of a text counts"
)

// backgroundFlags say what is known before the run; otherwise is what holds without
// --furniture.
func backgroundFlags(otherwise string) []cli.Flag {
	return []cli.Flag{
		file(groupChoice, "furniture", "`FILE` what learn wrote down of an archive (default: "+otherwise+")"),
		rulesFlag(),
	}
}

func rulesFlag() cli.Flag {
	return file(groupChoice, "rules", "`FILE` more rules for furniture, besides the shipped ones")
}

func keepFlag() cli.Flag {
	return word(groupChoice, "keep", "`WHICH` copy that survives: earliest (default), longest, first, or source:A,B,C")
}

func outFlag(usage string) cli.Flag { return file(groupOutput, "output", usage, "o") }

func removedFlag(usage string) cli.Flag { return file(groupOutput, "removed", usage) }

// saidFlags say how much is said, and what may be replaced.
func saidFlags() []cli.Flag {
	return []cli.Flag{
		toggle(groupOutput, "force", "replace an output that exists", "f"),
		toggle(groupOutput, "quiet", "say nothing but errors", "q"),
		toggle(groupOutput, "json", "progress, warnings and summary as JSON lines on standard error"),
	}
}

func exitFlag(when string) cli.Flag { return toggle(groupOutput, "exit-code", "exit with 1 if "+when) }

// found is what a command returns in the end: with --exit-code, whether
// there was something.
func found(c *cli.Context, something bool) error {
	if something && c.Bool("exit-code") {
		return errFound
	}
	return nil
}

// flags joins flags and groups of flags into one list.
func flags(parts ...any) []cli.Flag {
	var all []cli.Flag
	for _, p := range parts {
		switch p := p.(type) {
		case cli.Flag:
			all = append(all, p)
		case []cli.Flag:
			all = append(all, p...)
		}
	}
	return all
}

// settings is a command line, read and checked.
type settings struct {
	paths        []string
	out, removed string
	force        bool
	temp         string // where passing files go; each call has a folder of its own there
	corpus       corpus.Options
	dedup        dedup.Options
	threshold    float64
	tempLimit    int64
	kinds        []reuse.Kind
	preset       copies.Preset
}

// settings translates the flags of a command, those that it has. Its error
// lists every fault.
func (t *tool) settings(c *cli.Context) (*settings, error) {
	t.begin(c.Bool("quiet"), c.Bool("json"))
	r := reader{c: c}
	known := r.furniture("furniture")
	s := &settings{
		paths: c.Args().Slice(),
		out:   outputName(c.String("output")),
		force: c.Bool("force"),
		corpus: corpus.Options{
			TextField:   r.textField("text-field"),
			IDField:     c.String("id-field"),
			TitleField:  c.String("title-field"),
			SourceField: c.String("source-field"),
			DateField:   c.String("date-field"),
			MaxText:     r.textSize("max-text"),
			Skip:        r.choice("on-error", "stop", "skip") == "skip",
			Stdin:       &patient{ctx: c.Context, r: t.in},
		},
		dedup: dedup.Options{
			Furniture: known.furniture,
			Archive:   known.archive,
			Rules:     r.rules("rules"),
			Keep:      c.String("keep"),
			Threads:   r.count("threads", dedup.MaxThreads),
			Memory:    r.size("memory"),
			Progress:  t.progress.update,
			Settings:  callSettings(c),
		},
	}
	s.threshold, s.kinds, s.tempLimit = r.share("threshold"), r.kinds("kinds"), r.size("temp-limit")
	s.preset = r.preset("preset", s.threshold)
	if s.removed = outputName(c.String("removed")); s.removed == "" && s.out != "" && has(c, "removed") {
		s.removed = beside(s.out, "removed")
	}
	r.check(s.dedup.Validate())
	if s.temp = r.folder("temp"); s.temp == "" {
		s.temp = os.TempDir()
	}
	if len(r.faults) == 0 {
		s.corpus.Temp = t.passingFolder(s.temp)
		s.dedup.Temp = s.corpus.Temp
	}
	return s, joinFaults(r.faults)
}

// copies are the options of the engine that drops copies; from are the matches that it is
// given, or "".
func (s *settings) copies(c *cli.Context, from string) copies.Options {
	o := copies.Options{Options: s.dedup, Threshold: s.threshold, Kinds: s.kinds, Method: s.preset.Method, TempLimit: s.tempLimit}
	for _, name := range []string{"text-field", "id-field", "source-field", "date-field", "on-error", "max-text"} {
		o.Identity += c.String(name) + "\n"
	}
	if info, err := os.Stat(from); err == nil {
		o.Identity += from + "\n" + info.ModTime().String() + "\n"
	}
	return o
}

// has reports whether the command knows a flag.
func has(c *cli.Context, name string) bool {
	return slices.ContainsFunc(c.Command.Flags, func(f cli.Flag) bool { return f.Names()[0] == name })
}

// callSettings lists what was said on the command line, for the summary.
func callSettings(c *cli.Context) map[string]string {
	m := map[string]string{"command": c.Command.Name, "paths": joinPaths(c.Args().Slice())}
	var names []string
	for _, f := range c.Command.Flags {
		names = append(names, f.Names()[0])
	}
	maps.Copy(m, settingsOf(c, names...))
	return m
}

// settingsOf lists what was said on the command line of some flags.
func settingsOf(c *cli.Context, names ...string) map[string]string {
	m := map[string]string{}
	for _, name := range names {
		if c.IsSet(name) {
			m[name] = fmt.Sprint(c.Value(name))
		}
	}
	return m
}
