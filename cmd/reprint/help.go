package main

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/urfave/cli/v2"
)

// appHelp is what "reprint --help" prints.
const appHelp = `{{.Name}}: {{.Usage}}

usage: {{.Name}} COMMAND PATH... [flags]

Commands:{{range .VisibleCommands}}
  {{printf "%-11s" .Name}} {{.Usage}}{{end}}
  {{printf "%-11s" "help"}} tell more of a command

{{.Description}}

{{.Name}} COMMAND --help lists the command's flags; {{.Name}} --version tells the version.
`

// commandHelp is what "reprint COMMAND --help" prints; the flags follow as
// they are.
const commandHelp = `{{.HelpName}}: {{.Usage}}

usage: {{.HelpName}} {{.ArgsUsage}}

{{.Description}}
`

// helpWidth is where the lines of help end.
const helpWidth = 96

// flagHelp lists flags in the order of their definition, those of a group
// together:
//
//	Output:
//	  -o, --output DIR  for the results (default reprint-results)
func flagHelp(defined []cli.Flag) string {
	var groups []string
	lines := make(map[string][][2]string)
	for _, f := range defined {
		group := "Flags"
		if g, ok := f.(cli.CategorizableFlag); ok && g.GetCategory() != "" {
			group = g.GetCategory()
		}
		if !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
		lines[group] = append(lines[group], flagLine(f))
	}
	var b strings.Builder
	for _, g := range groups {
		fmt.Fprintf(&b, "\n%s:\n", g)
		writeColumns(&b, lines[g])
	}
	return b.String()
}

// flagLine returns how a flag is written and what it does. The value's name
// stands between backquotes in its help.
func flagLine(f cli.Flag) [2]string {
	words := flagWords([]cli.Flag{f})
	slices.Reverse(words) // the short form first
	head := strings.Join(words, ", ")
	if len(words) == 1 {
		head = "    " + head
	}
	usage := ""
	if d, ok := f.(cli.DocGenerationFlag); ok {
		usage = d.GetUsage()
	}
	if before, rest, ok := strings.Cut(usage, "`"); ok {
		value, after, _ := strings.Cut(rest, "`")
		head += " " + value
		usage = before + strings.TrimLeft(after, " ")
	}
	return [2]string{head, usage}
}

// writeColumns writes pairs as two columns, the second one wrapped.
func writeColumns(b *strings.Builder, lines [][2]string) {
	left := 0
	for _, l := range lines {
		left = max(left, utf8.RuneCountInString(l[0]))
	}
	for _, l := range lines {
		head := l[0]
		for _, part := range wrapped(l[1], helpWidth-left-4) {
			fmt.Fprintf(b, "  %-*s  %s\n", left, head, part)
			head = ""
		}
	}
}

// wrapped breaks s between words into lines of at most n runes, longer words
// apart.
func wrapped(s string, n int) []string {
	var lines []string
	line := ""
	for word := range strings.FieldsSeq(s) {
		if line != "" && utf8.RuneCountInString(line+" "+word) > n {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+word, " ")
	}
	return append(lines, line)
}
