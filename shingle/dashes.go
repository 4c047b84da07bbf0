package shingle

import (
	"sort"
	"strings"
	"unicode/utf8"
)

// Newspapers of Polish, Swedish, Portuguese, Russian and many other languages quote with
// dashes: one goes before what is said, at the beginning of a paragraph or behind a
// sentence, the next one before who said it, and another one where it goes on. In Swedish
// and Norwegian only the first one is printed, and who said it stands behind a comma: then
// the whole paragraph is taken for what was said. German and English do not quote so, and
// make lists with dashes.

// leastSaid is how many words between dashes are a quotation; fewer are put in.
const leastSaid = 3

// plainShare is the share of their most frequent words, one in so many, from which a text
// is German or English. These have one in four.
const plainShare = 7

// spoken marks the tokens of t that stand in quotations of dashes.
func (z *Tokenizer) spoken(t *Text) {
	var isPlain, known bool
	for _, p := range t.Paragraphs {
		mark := dashAt(z.text[p.Start:p.End])
		if mark == "" && !(z.dashed && (strings.Contains(z.text[p.Start:p.End], ". – ") || strings.Contains(z.text[p.Start:p.End], ". — "))) {
			continue
		}
		if !known {
			known, isPlain = true, z.plain(t)
		}
		if isPlain {
			return
		}
		d := dashes{q: quoter{t: t, text: z.text}, paragraph: p}
		d.read(mark)
	}
}

// plain reports whether t is German or English.
func (z *Tokenizer) plain(t *Text) bool {
	n := 0
	for _, h := range t.Hash {
		if z.words.of(h)&(german|english) != 0 {
			n++
		}
	}
	return plainShare*n >= t.Len()
}

// dashAt returns the dash with which a paragraph begins, if a word that is not in lower case
// follows, or nothing.
func dashAt(text string) string {
	r, size := utf8.DecodeRuneInString(text)
	if r != '–' && r != '—' && r != '-' {
		return ""
	}
	rest := strings.TrimLeftFunc(text[size:], isSpace)
	if len(rest) == len(text)-size && r != '—' || lower(rest) {
		return ""
	}
	return text[:size]
}

// dashes reads a paragraph from dash to dash.
type dashes struct {
	q         quoter
	paragraph Unit
	open      int // byte where what is being said begins, 0 for nothing
	said      int // where the last of it ended, 0 for nothing
}

// read marks what is said in the paragraph, which begins with mark or with none.
func (d *dashes) read(mark string) {
	p := d.paragraph
	at := p.Start + len(mark)
	if mark != "" {
		d.open = at
	}
	begin := " \xe2\x80" // of – and —
	if mark == "-" {
		begin = " -"
	}
	for at < p.End {
		next := d.next(at, begin)
		if next < 0 {
			break
		}
		at = d.dash(next)
	}
	if d.open > 0 && (d.said > 0 || mark == "–" || mark == "—") && d.closes(p.End) {
		d.mark(p.End)
	}
}

// next returns where behind at the next dash between spaces stands that begins so, or -1.
func (d *dashes) next(at int, begin string) int {
	text := d.q.text[:d.paragraph.End]
	for {
		k := strings.Index(text[at:], begin)
		if k < 0 {
			return -1
		}
		at += k + 1
		switch r, size := utf8.DecodeRuneInString(text[at:]); r {
		case '-', '–', '—':
			if strings.HasPrefix(text[at+size:], " ") {
				return at
			}
		}
	}
}

// dash does what the dash at byte at does, and returns where it ends.
func (d *dashes) dash(at int) int {
	_, size := utf8.DecodeRuneInString(d.q.text[at:])
	end := at + size
	follows := lower(strings.TrimLeftFunc(d.q.text[end:d.paragraph.End], isSpace))
	switch {
	case d.open > 0 && follows:
		d.mark(at)
	case d.open > 0:
	case d.closes(at) && !follows, d.said > 0 && !strings.ContainsAny(d.q.text[d.said:at], ".!?…"):
		d.open = end
	}
	return end
}

// closes reports whether a sentence ends before byte at.
func (d *dashes) closes(at int) bool {
	before := strings.TrimRightFunc(d.q.text[d.paragraph.Start:at], func(r rune) bool { return isSpace(r) || isCloser(r) })
	last, _ := utf8.DecodeLastRuneInString(before)
	return isStop(last)
}

// mark marks what was said up to byte at.
func (d *dashes) mark(at int) {
	t, p := d.q.t, d.paragraph
	token := func(b int) int {
		return p.From + sort.Search(p.To-p.From, func(i int) bool { return int(t.Start[p.From+i]) >= b })
	}
	if from, to := token(d.open), token(at); to-from >= leastSaid {
		d.q.flag(from, to)
	}
	d.open, d.said = 0, at
}
