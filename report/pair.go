package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/text"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/internal/figures"
	"reprint/reuse"
	"reprint/shingle"
)

// twoColumns is the width from which two texts stand side by side: less than
// fifty columns each are tiring to read.
const twoColumns = 104

// Pair shows two texts with what they share: what sort of match it is and
// why, then both texts, side by side if there is room. A shared passage has
// the same number on both sides and stands in [1 … 1] if it is verbatim, in
// [1~ … ~1] if it is reworded. Words of the texts cannot steer the terminal.
func Pair(w io.Writer, p *dedup.Pair, o TerminalOptions) error {
	t := &pairScreen{o: o.filled(), p: p}
	t.verdict()
	a := side{o: t.o, doc: p.A, marks: p.MarksA, words: p.WordsA, share: p.Match.ShareA, name: "A"}
	b := side{o: t.o, doc: p.B, marks: p.MarksB, words: p.WordsB, share: p.Match.ShareB, name: "B"}
	for i, q := range p.Match.Passages {
		a.passages = append(a.passages, shown{q.A, i + 1, q.Type})
		b.passages = append(b.passages, shown{q.B, i + 1, q.Type})
	}
	if t.o.Width < twoColumns {
		t.line("")
		t.out.WriteString(a.render(t.o.Width))
		t.line("")
		t.out.WriteString(b.render(t.o.Width))
	} else {
		t.line("")
		column := (t.o.Width - 3) / 2
		t.beside(a.render(column), b.render(column), column)
	}
	_, err := io.WriteString(w, t.out.String())
	return err
}

// pairScreen is a pair while it is drawn.
type pairScreen struct {
	o   TerminalOptions
	p   *dedup.Pair
	out strings.Builder
}

func (t *pairScreen) line(s string) { t.out.WriteString(s + "\n") }

// verdict says what the two have in common, which figures tell so, and who
// was first.
func (t *pairScreen) verdict() {
	m := &t.p.Match
	kind, meaning := "no match", "the two have too little in common"
	if m.Kind != "" {
		kind, meaning = string(m.Kind), about[slices.Index(kinds[:], m.Kind)]
	}
	t.line(t.o.paint(bold+";"+kindColor(m.Kind), kind) + ": " + meaning)
	t.line(fmt.Sprintf("A holds %s of B's own text, B holds %s of A's; %s",
		percent(m.ShareB), percent(m.ShareA), figures.Count(len(m.Passages), "shared passage")))
	if m.Evidence.Rule != "" {
		t.line(t.o.paint(faint, wrap("why: "+oneLine(m.Evidence.Rule), t.o.Width)))
	}
	if len(m.Credit) > 0 {
		t.line(t.o.paint(faint, wrap("credit: "+oneLine(strings.Join(m.Credit, ", ")), t.o.Width)))
	}
	first := pair{Match: m, a: info(t.p.A), b: info(t.p.B)}
	if words := firstWords(&first); words != "" {
		t.line(t.o.paint(green, words))
	}
}

// info is what a document says of itself.
func info(d *corpus.Document) dedup.Info {
	return dedup.Info{ID: d.ID, Title: d.Title, Source: d.Source, Site: d.Site, Published: d.Published}
}

// beside writes two columns.
func (t *pairScreen) beside(a, b string, width int) {
	left, right := strings.Split(strings.TrimSuffix(a, "\n"), "\n"), strings.Split(strings.TrimSuffix(b, "\n"), "\n")
	for i := range max(len(left), len(right)) {
		var l, r string
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		l += strings.Repeat(" ", max0(width-text.StringWidthWithoutEscSequences(l)))
		t.line(strings.TrimRight(l+t.o.paint(faint, " │ ")+r, " "))
	}
}

// shown is a passage on one side.
type shown struct {
	shingle.Span
	number int
	kind   reuse.Type
}

// side is one of the two texts.
type side struct {
	o        TerminalOptions
	doc      *corpus.Document
	marks    []boilerplate.Mark
	passages []shown
	words    int
	share    float64
	name     string
}

// render returns the text under its heading, wrapped to so many columns.
func (s *side) render(width int) string {
	d := s.doc
	about := join(", ", oneLine(d.Source), date(d.Published), figures.Count(s.words, "word"), percent(s.share)+" shared")
	title := d.Title
	if title == "" {
		title = d.ID
	}
	var b strings.Builder
	b.WriteString(s.o.paint(bold, fit(s.name+"  "+oneLine(title), width)) + "\n")
	b.WriteString(s.o.paint(faint, fit(about, width)) + "\n\n")
	for _, l := range s.lines(width) {
		b.WriteString(strings.TrimRight(l, " ") + "\n")
	}
	return b.String()
}

// stretch is a run of text in one colour.
type stretch struct {
	shingle.Span
	color         string
	opens, closes string // what stands before and after it
}

// lines wraps the text, each line with colours of its own.
func (s *side) lines(width int) []string {
	var out []string
	w := wrapper{width: width, o: s.o}
	for _, r := range s.stretches() {
		w.word(r.opens, r.color)
		w.add(plain(s.doc.Text[r.Start:r.End]), r.color)
		w.word(r.closes, r.color)
	}
	out = append(out, w.done()...)
	return slices.CompactFunc(out, func(a, b string) bool { return a == "" && b == "" })
}

// stretches cuts the text where a passage or a mark begins or ends.
func (s *side) stretches() []stretch {
	end := len(s.doc.Text)
	cuts := []int{0, end}
	add := func(p shingle.Span) {
		cuts = append(cuts, min(max0(p.Start), end), min(max0(p.End), end))
	}
	passages := slices.Clone(s.passages)
	slices.SortStableFunc(passages, func(p, q shown) int { return cmp.Compare(p.Start, q.Start) })
	for _, p := range passages {
		add(p.Span)
	}
	for i := range s.marks {
		add(s.marks[i].Span)
	}
	slices.Sort(cuts)
	cuts = slices.Compact(cuts)
	var out []stretch
	p, m := 0, 0
	for i := 0; i+1 < len(cuts); i++ {
		r := stretch{Span: shingle.Span{Start: cuts[i], End: cuts[i+1]}}
		for p < len(passages) && passages[p].End <= r.Start {
			p++
		}
		for m < len(s.marks) && s.marks[m].End <= r.Start {
			m++
		}
		if m < len(s.marks) && s.marks[m].Start <= r.Start {
			r.color = faint
		}
		if p < len(passages) && passages[p].Start <= r.Start {
			r.mark(&passages[p])
		}
		out = append(out, r)
	}
	return out
}

// mark makes the stretch a part of a passage.
func (r *stretch) mark(p *shown) {
	n, tilde := strconv.Itoa(p.number), ""
	r.color = yellow
	if p.kind == reuse.Reworded {
		r.color, tilde = cyan, "~"
	}
	if r.Start == p.Start {
		r.opens = "[" + n + tilde + " "
	}
	if r.End == p.End {
		r.closes = " " + tilde + n + "]"
	}
}

// wrapper breaks runs of coloured text into lines. It breaks at spaces, and
// within what is wider than a line; scripts written without spaces break
// anywhere.
type wrapper struct {
	o     TerminalOptions
	width int
	out   []string
	line  strings.Builder // finished words, with colours
	used  int             // columns of line
	run   strings.Builder // the word being read
	wide  int             // columns of run
	space bool            // a space is due before run
}

// add reads a text. Line ends in it stay.
func (w *wrapper) add(s, color string) {
	for _, r := range s {
		switch {
		case r == '\n':
			w.flush(color)
			w.end()
		case r == ' ' || r == '\t' || r == '\u00a0':
			w.flush(color)
			w.space = w.used > 0
		default:
			w.put(r, color)
		}
	}
	w.flush(color)
}

// put reads one character. What is two columns wide is written without
// spaces, so that a line may break before it.
func (w *wrapper) put(r rune, color string) {
	n := text.RuneWidth(r)
	if n == 2 || w.wide+n > w.width {
		w.flush(color)
	}
	w.run.WriteRune(r)
	w.wide += n
}

// word reads a sign of ours: it does not stand apart from the text.
func (w *wrapper) word(s, color string) {
	if s == "" {
		return
	}
	lead, rest := strings.HasPrefix(s, " "), strings.TrimSpace(s)
	if lead {
		w.space = w.used > 0
	}
	for _, r := range rest {
		w.run.WriteRune(r)
		w.wide++
	}
	w.flush(color)
	w.space = !lead
}

// flush ends a word and puts it on this line or the next.
func (w *wrapper) flush(color string) {
	if w.wide == 0 && w.run.Len() == 0 {
		return
	}
	gap := 0
	if w.space && w.used > 0 {
		gap = 1
	}
	if w.used+gap+w.wide > w.width && w.used > 0 {
		w.end()
		gap = 0
	}
	if gap == 1 {
		w.line.WriteByte(' ')
	}
	w.line.WriteString(w.o.paint(color, w.run.String()))
	w.used += gap + w.wide
	w.run.Reset()
	w.wide, w.space = 0, false
}

// end ends a line.
func (w *wrapper) end() {
	w.out = append(w.out, w.line.String())
	w.line.Reset()
	w.used, w.space = 0, false
}

func (w *wrapper) done() []string {
	if w.used > 0 {
		w.end()
	}
	return w.out
}

// wrap breaks a text of one colour into lines.
func wrap(s string, width int) string {
	if utf8.RuneCountInString(s) <= width && text.StringWidth(s) <= width {
		return s
	}
	w := wrapper{width: width}
	w.add(s, "")
	return strings.Join(w.done(), "\n")
}
