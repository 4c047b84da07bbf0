package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// urfave/cli stops reading flags at the first path: in "scan a.jsonl
// --threads 2" it would take "--threads" and "2" for paths. So the arguments
// are put in order before it sees them:
//
//	scan a.jsonl -o out b.jsonl --force
//	scan --output=out --force -- a.jsonl b.jsonl
//
// Every flag becomes --name=value under its full name, paths follow after
// "--", and each group keeps its own order. Whether a flag takes a value is
// read from the command's definitions.

// arrange puts one command's arguments in order. Its error lists every
// unknown flag and every missing value.
func arrange(command string, defined []cli.Flag, args []string) ([]string, error) {
	table := flagTable(defined)
	var flags, paths []string
	var faults []error
	for i := 0; i < len(args); i++ {
		arg := args[i]
		if arg == "--" {
			paths = append(paths, args[i+1:]...)
			break
		}
		if arg == "-" || !strings.HasPrefix(arg, "-") {
			paths = append(paths, arg)
			continue
		}
		name, value, given := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
		f := table[name]
		switch {
		case f == nil:
			faults = append(faults, unknownFlag(command, table, arg))
			continue
		case name == "help" || name == "h": // wins over the rest of the line
			return []string{"--help"}, nil
		case given: // as it stands
		case !takesValue(f):
			value = "true"
		case i+1 == len(args) || isFlag(table, args[i+1]):
			faults = append(faults, missingValue(arg, f, args[i+1:]))
			continue
		default:
			i++
			value = args[i]
		}
		flags = append(flags, "--"+f.Names()[0]+"="+value)
	}
	return append(append(flags, "--"), paths...), joinFaults(faults)
}

// flagTable maps every name of every flag, the help flag's included, to the flag.
func flagTable(defined []cli.Flag) map[string]cli.Flag {
	table := make(map[string]cli.Flag)
	for _, f := range append(slices.Clone(defined), cli.HelpFlag) {
		for _, name := range f.Names() {
			table[name] = f
		}
	}
	return table
}

func takesValue(f cli.Flag) bool {
	d, ok := f.(cli.DocGenerationFlag)
	return ok && d.TakesValue()
}

// isFlag reports whether arg is one of the command's flags, so that in
// "-o --force" the second is not swallowed as a file's name.
func isFlag(table map[string]cli.Flag, arg string) bool {
	if len(arg) < 2 || arg[0] != '-' {
		return false
	}
	name, _, _ := strings.Cut(strings.TrimPrefix(arg[1:], "-"), "=")
	return table[name] != nil
}

func missingValue(arg string, f cli.Flag, rest []string) error {
	err := fmt.Errorf("flag needs a value: %s", arg)
	if len(rest) == 0 {
		return err
	}
	return withHint(err, fmt.Sprintf("if %s is meant as its value, write --%s=%s", rest[0], f.Names()[0], rest[0]))
}

func unknownFlag(command string, table map[string]cli.Flag, arg string) error {
	given, _, _ := strings.Cut(arg, "=")
	err := fmt.Errorf("unknown flag: %s", given)
	names := make([]string, 0, len(table))
	for name := range table {
		if len(name) > 1 {
			names = append(names, name)
		}
	}
	hint := "reprint " + command + " --help lists the flags"
	if near := nearest(strings.TrimLeft(given, "-"), names); near != "" {
		hint = "did you mean --" + near + "?"
	}
	return withHint(err, hint)
}

// nearest returns the name that word was probably meant to be: one that
// begins with it or takes at most two edits (one in short words), or "".
func nearest(word string, names []string) string {
	slices.Sort(names)
	best, least := "", min(2, len(word)/2)+1
	for _, name := range names {
		d := editDistance(word, name)
		if len(word) > 1 && strings.HasPrefix(name, word) {
			d = 0
		}
		if d < least {
			best, least = name, d
		}
	}
	return best
}

// editDistance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b (optimal string alignment).
func editDistance(a, b string) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(replaced, last[j+1]+1, row[j]+1)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}
