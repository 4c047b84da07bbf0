package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
	"pgregory.net/rapid"
)

var someFlags = []cli.Flag{
	&cli.StringFlag{Name: "output", Aliases: []string{"o"}},
	&cli.StringFlag{Name: "threads"},
	&cli.StringFlag{Name: "keep"},
	&cli.BoolFlag{Name: "force", Aliases: []string{"f"}},
	&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}},
}

func TestArrange(t *testing.T) {
	for _, test := range []struct{ in, out string }{
		{"a.jsonl", "-- a.jsonl"},
		{"a -o out b --force", "--output=out --force=true -- a b"},
		{"-o - a", "--output=- -- a"},
		{"- -o -", "--output=- -- -"},
		{"--output=x=y a", "--output=x=y -- a"},
		{"-output x a", "--output=x -- a"},
		{"-o= a", "--output= -- a"},
		{"a --force=false", "--force=false -- a"},
		{"-f -- -o --force", "--force=true -- -o --force"},
		{"a -- b", "-- a b"},
		{"-o -- a", "--output=-- -- a"},
		{"--threads -2 a", "--threads=-2 -- a"},
		{"-h", "--help"},
		{"a --output b --help --threads", "--help"},
		{"", "--"},
	} {
		got, err := arrange("scan", someFlags, strings.Fields(test.in))
		if err != nil || strings.Join(got, " ") != test.out {
			t.Errorf("arrange(%q) = %q, %v; want %q", test.in, got, err, test.out)
		}
	}
}

func TestArrangeFaults(t *testing.T) {
	for _, test := range []struct{ in, message, hint string }{
		{"a --thread 2", "unknown flag: --thread", "did you mean --threads?"},
		{"a --forec", "unknown flag: --forec", "did you mean --force?"},
		{"a --out=x", "unknown flag: --out", "did you mean --output?"},
		{"a --wibble", "unknown flag: --wibble", "reprint scan --help lists the flags"},
		{"a -x", "unknown flag: -x", "reprint scan --help lists the flags"},
		{"a --output", "flag needs a value: --output", ""},
		{"a -o --force", "flag needs a value: -o", "if --force is meant as its value, write --output=--force"},
		{"a ---force", "unknown flag: ---force", "did you mean --force?"},
	} {
		_, err := arrange("scan", someFlags, strings.Fields(test.in))
		if err == nil || err.Error() != test.message || hintOf(faults(err)[0]) != test.hint {
			t.Errorf("arrange(%q) says %v, hint %q", test.in, err, hintOf(err))
		}
	}
	_, err := arrange("scan", someFlags, []string{"--one", "--two", "-o"})
	if n := len(faults(err)); n != 3 {
		t.Errorf("%d faults reported of 3: %v", n, err)
	}
}

// argument is a flag with its value, or a path: what must stay together when
// a line is shuffled.
type argument []string

func arguments() *rapid.Generator[[]argument] {
	return rapid.Custom(func(t *rapid.T) []argument {
		value := rapid.SampledFrom([]string{"x", "-", "a=b", "", "-5", "Straße.jsonl", "--", "with space"})
		path := rapid.SampledFrom([]string{"a.jsonl", "-", "b c", "x=y", "ä"})
		var args []argument
		for _, f := range someFlags {
			name := rapid.SampledFrom(f.Names()).Draw(t, "name")
			dashed := map[bool]string{true: "-", false: "--"}[len(name) == 1] + name
			switch form := rapid.IntRange(0, 2).Draw(t, "form"); {
			case form == 0: // left out
			case !takesValue(f):
				args = append(args, argument{dashed})
			case form == 1:
				args = append(args, argument{dashed, value.Draw(t, "value")})
			default:
				args = append(args, argument{dashed + "=" + value.Draw(t, "value")})
			}
		}
		for range rapid.IntRange(0, 3).Draw(t, "paths") {
			args = append(args, argument{path.Draw(t, "path")})
		}
		return args
	})
}

// parse runs a line through urfave/cli as the program does.
func parse(t *rapid.T, args []argument) (values map[string]string, paths []string) {
	line, err := arrange("scan", someFlags, slices.Concat(args...))
	if err != nil {
		t.Fatalf("%q: %v", args, err)
	}
	values = make(map[string]string)
	app := &cli.App{Name: "reprint", Writer: io.Discard, Commands: []*cli.Command{newCommand(cli.Command{
		Name:  "scan",
		Flags: someFlags,
		Action: func(c *cli.Context) error {
			paths = c.Args().Slice()
			for _, f := range someFlags {
				if name := f.Names()[0]; c.IsSet(name) {
					values[name] = fmt.Sprint(c.Value(name))
				}
			}
			return nil
		},
	})}}
	if err := app.RunContext(context.Background(), append([]string{"reprint", "scan"}, line...)); err != nil {
		t.Fatalf("%q: %v", line, err)
	}
	return values, paths
}

// TestAnyOrder: wherever the flags stand, before, between or after the paths,
// the same is understood. Only the order of the paths among themselves means
// something.
func TestAnyOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		args := arguments().Draw(t, "args")
		values, paths := parse(t, args)
		isPath := func(a argument) bool { return len(a) == 1 && (a[0] == "-" || !strings.HasPrefix(a[0], "-")) }
		for _, a := range args {
			if isPath(a) {
				continue
			}
			name := flagTable(someFlags)[strings.TrimLeft(strings.SplitN(a[0], "=", 2)[0], "-")].Names()[0]
			if _, ok := values[name]; !ok {
				t.Fatalf("%q: %s was lost", args, name)
			}
		}
		shuffled := rapid.Permutation(args).Draw(t, "shuffled")
		values2, paths2 := parse(t, shuffled)
		if fmt.Sprint(values) != fmt.Sprint(values2) {
			t.Fatalf("%q gives %v, %q gives %v", args, values, shuffled, values2)
		}
		slices.Sort(paths)
		slices.Sort(paths2)
		if !slices.Equal(paths, paths2) {
			t.Fatalf("%q gives %q, %q gives %q", args, paths, shuffled, paths2)
		}
	})
}

// TestFlagDefinitions: every command names its flags apart, tells what they
// do, and means the same by the same name. What it tells fits into a terminal.
func TestFlagDefinitions(t *testing.T) {
	about := make(map[string]string)
	for _, c := range newApp(testTool(t)).Commands {
		for _, line := range strings.Split(c.Description, "\n") {
			if utf8.RuneCountInString(line) > 90 {
				t.Errorf("%s: a line of %d characters: %s", c.Name, utf8.RuneCountInString(line), line)
			}
		}
		seen := make(map[string]bool)
		for _, f := range c.Flags {
			for _, name := range f.Names() {
				if seen[name] {
					t.Errorf("%s has two flags %s", c.Name, name)
				}
				seen[name] = true
			}
			d := f.(cli.DocGenerationFlag)
			key := fmt.Sprint(f.Names(), d.TakesValue())
			if name := f.Names()[0]; about[name] != "" && about[name] != key {
				t.Errorf("%s: flag %s is another one elsewhere", c.Name, name)
			} else {
				about[name] = key
			}
			if d.GetUsage() == "" {
				t.Errorf("%s: flag %s has no help", c.Name, f.Names()[0])
			}
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"scan", "scan", 0}, {"scna", "scan", 1}, {"clan", "clean", 1},
		{"dedupe", "dedup", 1}, {"lern", "learn", 1}, {"", "abc", 3}, {"kitten", "sitting", 3},
	} {
		if got := editDistance(test.a, test.b); got != test.want {
			t.Errorf("%q to %q takes %d edits, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestFaultsApart(t *testing.T) {
	one, two, three := errors.New("one"), usage("do this", "two"), errors.New("three")
	all := faults(errors.Join(one, errors.Join(two, three)))
	if len(all) != 3 || hintOf(all[1]) != "do this" {
		t.Errorf("taken apart: %q", all)
	}
	whole := faults(fmt.Errorf("file: %w", errors.Join(one, two)))
	if len(whole) != 1 {
		t.Errorf("words around joined errors are lost: %q", whole)
	}
}
