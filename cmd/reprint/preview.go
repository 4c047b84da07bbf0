package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"reprint/dedup"
	"reprint/report"
)

// previewer shows what clean would take out and writes nothing else:
//
//	articles/17.txt
//	  disclaimer  rule: haftungsausschluss:
//	    Haftungsausschluss: Das Urheberrecht dieses Artikels … zur Löschung ergreifen. Danke
//
// With --json it prints the lines that would stand in the list of removals.
type previewer struct{ t *tool }

func (p *previewer) add(d *dedup.Cleaned) error {
	if len(d.Marks) == 0 {
		return nil
	}
	if p.t.json {
		return report.WriteRemoval(p.t.out, &dedup.Removal{Doc: d.Doc.Number, ID: d.ID, Marks: d.Marks})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", printable(d.ID))
	for _, m := range d.Marks {
		fmt.Fprintf(&b, "  %s  %s\n", p.paint(string(m.Kind)), printable(m.Reason))
		fmt.Fprintf(&b, "    %s\n", shorten(printable(d.Doc.Text[m.Start:m.End]), p.t.width-4))
	}
	p.t.progress.clear()
	_, err := fmt.Fprint(p.t.out, b.String())
	return err
}

func (p *previewer) commit() error { return nil }
func (p *previewer) abort()        {}

func (p *previewer) paint(s string) string {
	if !p.t.color {
		return s
	}
	return "\x1b[33m" + s + "\x1b[0m"
}

// printable is s on one line, without what would steer a terminal.
func printable(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case !unicode.IsPrint(r):
			r = utf8.RuneError
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(r)
	}
	return b.String()
}

// shorten keeps head and tail of s, so that it takes at most n runes.
func shorten(s string, n int) string {
	r := []rune(s)
	if len(r) <= max(n, 8) {
		return s
	}
	n = max(n, 8) - 3
	return strings.TrimRight(string(r[:n-n/3]), " ") + " … " + strings.TrimLeft(string(r[len(r)-n/3:]), " ")
}
