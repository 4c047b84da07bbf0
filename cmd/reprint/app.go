package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/urfave/cli/v2"
)

const appDescription = `A collection is any mix of files, folders, globs and - for standard input:
.jsonl .ndjson .json .csv .tsv .txt .md, each also as .gz .zst .bz2.
Flags may stand before or after the paths.

Examples:
  reprint scan articles/                        what is copied, shared and furniture
  reprint scan week.jsonl.zst -o week           the same, results into the folder week
  reprint clean week.jsonl -o clean.jsonl       furniture stripped, all else untouched
  reprint dedup crawl.jsonl.gz -o unique.jsonl  one survivor of each group of copies
  zstdcat a.zst | reprint dedup - -o - > u.jsonl
  reprint compare a.txt b.txt                   two texts side by side
  reprint explain d17 d42 --in week.jsonl       why they did or did not match

Exit codes: 0 done, 1 something was found (with --exit-code only),
2 wrong call or bad input, 130 interrupted.`

// newApp builds the command line of t.
func newApp(t *tool) *cli.App {
	return &cli.App{
		Name:                  "reprint",
		HelpName:              "reprint",
		Usage:                 "finds copies, shared passages and furniture in a collection of texts",
		Description:           appDescription,
		Version:               version(),
		Reader:                t.in,
		Writer:                t.out,
		ErrWriter:             t.err,
		HideHelpCommand:       true,
		CustomAppHelpTemplate: appHelp,
		// Errors come back from Run; only main ends the process.
		ExitErrHandler: func(*cli.Context, error) {},
		Commands: []*cli.Command{
			t.scanCommand(),
			t.learnCommand(),
			t.cleanCommand(),
			t.dedupCommand(),
			t.stageCommand(),
			t.compareCommand(),
			t.explainCommand(),
			t.completionCommand(),
		},
	}
}

// newCommand fills in what all commands have in common.
func newCommand(c cli.Command) *cli.Command {
	c.HideHelpCommand = true
	c.CustomHelpTemplate = commandHelp + flagHelp(c.Flags)
	c.OnUsageError = func(_ *cli.Context, err error, _ bool) error {
		return usage("reprint "+c.Name+" --help lists the flags", "%v", err)
	}
	return &c
}

// dispatch runs one command line.
func dispatch(ctx context.Context, t *tool, args []string) error {
	app := newApp(t)
	if len(args) == 0 {
		app.Writer = t.err
		if err := app.RunContext(ctx, []string{app.Name, "--help"}); err != nil {
			return err
		}
		return usage("reprint scan PATH... is the main job", "no command was named")
	}
	line, err := commandLine(app, args)
	if err != nil {
		return err
	}
	return app.RunContext(ctx, append([]string{app.Name}, line...))
}

// commandLine puts the arguments in the order that urfave/cli understands
// and turns "help scan" into "scan --help".
func commandLine(app *cli.App, args []string) ([]string, error) {
	name := args[0]
	switch {
	case name == "help" && len(args) == 1, name == "-h", name == "--help":
		return []string{"--help"}, nil
	case name == "-v", name == "--version":
		return []string{"--version"}, nil
	case name == "help":
		return commandLine(app, []string{args[1], "--help"})
	}
	c := app.Command(name)
	if c == nil {
		return nil, unknownCommand(app, name)
	}
	line, err := arrange(name, c.Flags, args[1:])
	return append([]string{name}, line...), err
}

func unknownCommand(app *cli.App, name string) error {
	if strings.HasPrefix(name, "-") {
		return usage("write reprint COMMAND PATH... "+name, "a flag stands before the command: %s", name)
	}
	var names []string
	for _, c := range app.Commands {
		names = append(names, c.Name)
	}
	hint := "reprint --help lists the commands"
	if near := nearest(name, names); near != "" {
		hint = "did you mean reprint " + near + "?"
	} else if _, err := os.Stat(name); err == nil {
		hint = "reprint scan " + name + " reads it"
	}
	return usage(hint, "unknown command: %s", name)
}

// version says which build this is, from what the Go tool put into it.
func version() string {
	v := "(devel)"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		v = info.Main.Version
	}
	return fmt.Sprintf("%s (%s, %s/%s)", v, runtime.Version(), runtime.GOOS, runtime.GOARCH)
}
