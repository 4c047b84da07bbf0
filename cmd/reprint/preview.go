package main

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"reprint/dedup"
	"reprint/report"
)

// previewer shows what clean would take out, where it stands, and writes
// nothing else:
//
//	articles/17.txt  example.org  Wie der Rat über die Brücke stritt
//	  disclaimer  rule: haftungsausschluss:
//	    … tagt morgen wieder. [-Haftungsausschluss: Das Urheberrecht … Danke-]
//
// With --json it prints the lines that would stand in the list of removals.
type previewer struct{ t *tool }

// aroundCut is how many bytes of the text are shown on each side of a cut.
const aroundCut = 60

func (p *previewer) add(d *dedup.Cleaned) error {
	if len(d.Marks) == 0 {
		return nil
	}
	if p.t.json {
		return report.WriteRemoval(p.t.out, &dedup.Removal{Doc: d.Doc.Number, ID: d.ID, Marks: d.Marks})
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", p.headline(d))
	for i, m := range d.Marks {
		from, to := 0, len(d.Doc.Text)
		if i > 0 {
			from = d.Marks[i-1].End
		}
		if i+1 < len(d.Marks) {
			to = d.Marks[i+1].Start
		}
		fmt.Fprintf(&b, "  %s  %s\n", p.paint("33", string(m.Kind)), printable(m.Reason))
		fmt.Fprintf(&b, "    %s\n", p.cut(d.Doc.Text, from, m.Start, m.End, to))
	}
	p.t.progress.clear()
	_, err := fmt.Fprint(p.t.out, b.String())
	return err
}

// headline names a document: its id, source and title.
func (p *previewer) headline(d *dedup.Cleaned) string {
	s := printable(d.ID)
	for _, more := range []string{d.Doc.Site, d.Doc.Title} {
		if more = printable(more); more != "" && more != s {
			s += "  " + shorten(more, 72)
		}
	}
	return s
}

// cut shows the bytes [start, end) as taken out of [from, to).
func (p *previewer) cut(text string, from, start, end, to int) string {
	before, behind := printable(text[from:start]), printable(text[end:to])
	if n := lastRunes(before, aroundCut); n > 0 {
		before = "…" + before[n:]
	}
	if r := []rune(behind); len(r) > aroundCut {
		behind = string(r[:aroundCut]) + "…"
	}
	room := max(p.t.width-4, 40)*3 - utf8.RuneCountInString(before+behind)
	gone := p.paint("31", "[-"+shorten(printable(text[start:end]), room)+"-]")
	return strings.TrimSpace(before + " " + gone + " " + behind)
}

// lastRunes returns where the last n runes of s begin; 0 if it has no more.
func lastRunes(s string, n int) int {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRuneInString(s[:at])
		at -= size
	}
	return at
}

func (p *previewer) commit() error { return nil }
func (p *previewer) abort()        {}

func (p *previewer) paint(color, s string) string {
	if !p.t.color {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
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
		case r == '\u00ad' || r == '\u200b' || r == '\ufeff': // nobody sees them
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
