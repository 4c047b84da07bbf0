package report

import (
	"cmp"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"

	"reprint/boilerplate"
	"reprint/internal/figures"
	"reprint/reuse"
)

// TerminalOptions says how reports are drawn. The zero value is plain text,
// 80 columns wide.
type TerminalOptions struct {
	Color bool
	Width int // columns; 0: 80, less than 40: 40
}

const (
	defaultWidth = 80
	minWidth     = 40
	maxWidth     = 120 // of lists: beyond that the eye loses the line
)

func (o TerminalOptions) filled() TerminalOptions {
	if o.Width == 0 {
		o.Width = defaultWidth
	}
	o.Width = max(o.Width, minWidth)
	return o
}

// Colours of what is shown. go-pretty has a switch of its own for the whole
// program; ours is TerminalOptions.Color, so that the sequences are written
// here.
const (
	bold   = "1"
	faint  = "2"
	red    = "31"
	green  = "32"
	yellow = "33"
	cyan   = "36"
)

// paint writes s in a colour, if there are colours.
func (o TerminalOptions) paint(code, s string) string {
	if !o.Color || code == "" || s == "" {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

// kindColor tells the kinds of a match apart.
func kindColor(k reuse.Kind) string {
	switch k {
	case reuse.Duplicate:
		return red
	case reuse.Republished:
		return yellow
	case reuse.Partial:
		return cyan
	}
	return faint
}

// Terminal shows the results folder dir to a person: what was read, what is
// copied from what, which passages recur, what is furniture, and where the
// rest stands. Of each it shows the ten most telling finds. It reads
// summary.json alone. Words of the texts cannot steer the terminal. A folder
// that holds no results is an error.
func Terminal(w io.Writer, dir string, o TerminalOptions) error {
	s, err := readSummary(dir)
	if err != nil {
		return err
	}
	t := &screen{o: o.filled(), dir: dir, s: s}
	t.o.Width = min(t.o.Width, maxWidth)
	t.columns()
	t.read()
	t.pairs()
	t.clusters()
	t.passages()
	t.furniture()
	t.where()
	_, err = io.WriteString(w, t.out.String())
	return err
}

// screen is a summary while it is drawn.
type screen struct {
	o   TerminalOptions
	dir string
	s   *summaryFile
	out strings.Builder

	sources, days int // columns that sources and days take
}

func (t *screen) line(s string) { t.out.WriteString(s + "\n") }

// heading writes a blank line and a heading with what follows it in grey.
func (t *screen) heading(s, more string) {
	t.line("")
	if more != "" {
		more = "  " + t.o.paint(faint, more)
	}
	t.line(t.o.paint(bold, s) + more)
}

// more says how much is left to read in a file.
func (t *screen) more(n int, file string) {
	if n > 0 {
		t.line(t.o.paint(faint, fmt.Sprintf("  … and %s more in %s", figures.Grouped(int64(n)), file)))
	}
}

func (t *screen) read() {
	s := t.s
	t.line(t.o.paint(bold, figures.Count(s.Documents, "document")) + t.o.paint(faint, fmt.Sprintf(
		" read in %s: %s, %s", seconds(s.Seconds), figures.Count(int(s.Words), "word"), figures.Size(s.Bytes))))
	var parts []string
	if s.Sources > 0 {
		parts = append(parts, figures.Count(s.Sources, "source"))
	}
	if s.From != "" {
		parts = append(parts, s.From+" to "+s.To)
		if s.Undated > 0 {
			parts = append(parts, figures.Grouped(int64(s.Undated))+" without a day")
		}
	}
	if s.Words > 0 && s.OwnWords < s.Words {
		parts = append(parts, percent(1-float64(s.OwnWords)/float64(s.Words))+" of all words are furniture")
	}
	if s.Rejected > 0 {
		parts = append(parts, figures.Count(s.Rejected, "record")+" could not be read (rejected.jsonl)")
	}
	if len(parts) > 0 {
		t.line(wrap(strings.Join(parts, ", "), t.o.Width))
	}
}

// pairs shows how many pairs of each kind there are and the first of them.
func (t *screen) pairs() {
	var parts []string
	total := 0
	for _, k := range kinds {
		if n := t.s.Matches[k]; n > 0 {
			total += n
			parts = append(parts, fmt.Sprintf("%s %s", figures.Grouped(int64(n)), k))
		}
	}
	if total == 0 {
		t.heading("What is copied from what", "no two documents have text in common")
		return
	}
	t.heading("What is copied from what", strings.Join(parts, ", "))
	tab := t.table()
	titles := t.o.Width - 2 - 11 - 2 - 5 - 2
	for i := range t.s.Highlights.Matches {
		m := &t.s.Highlights.Matches[i]
		tab.AppendRow(table.Row{
			t.o.paint(kindColor(m.Kind), string(m.Kind)),
			percent(m.ShareA) + "\n" + percent(m.ShareB),
			t.document(&m.A, titles) + "\n" + t.document(&m.B, titles) + t.first(m.First, titles),
		})
	}
	t.render(tab, text.AlignLeft, text.AlignRight, text.AlignLeft)
	t.more(total-len(t.s.Highlights.Matches), "matches.jsonl")
}

// first is who had the text first, on lines of its own.
func (t *screen) first(s string, width int) string {
	if s == "" {
		return ""
	}
	var lines strings.Builder
	for line := range strings.SplitSeq(text.WrapSoft(s, width), "\n") {
		lines.WriteString("\n" + t.o.paint(green, line))
	}
	return lines.String()
}

// title is what a document is called. Without a title its first words tell
// more than an id, but the name of a file tells most.
func (d *documentLight) title(width int) string {
	if d.Title == "" && d.Begins != "" && d.Source != "" {
		return snippet(d.Begins, width, 1)
	}
	return fit(oneLine(cmp.Or(d.Title, d.ID)), width)
}

// document is a line on a document: its title, its source and day, in
// columns.
func (t *screen) document(d *documentLight, width int) string {
	about := 0
	if t.sources > 0 {
		about += 2 + t.sources
	}
	if t.days > 0 {
		about += 2 + t.days
	}
	title := d.title(width - about)
	if about == 0 {
		return title
	}
	day := d.Published[:min(len(d.Published), t.days)]
	return pad(title, width-about+2) + t.o.paint(faint, join("  ", pad(fit(oneLine(d.Source), t.sources), t.sources), day))
}

// columns finds how wide the sources and days of all documents shown are.
func (t *screen) columns() {
	see := func(d *documentLight) {
		t.sources = max(t.sources, min(text.StringWidth(oneLine(d.Source)), t.o.Width/5))
		t.days = max(t.days, min(len(d.Published), len("2006-01-02")))
	}
	for i := range t.s.Highlights.Matches {
		m := &t.s.Highlights.Matches[i]
		see(&m.A)
		see(&m.B)
	}
	for i := range t.s.Highlights.Clusters {
		for j := range t.s.Highlights.Clusters[i].Shown {
			see(&t.s.Highlights.Clusters[i].Shown[j])
		}
	}
}

// pad fills s with spaces up to so many columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max0(width-text.StringWidth(s)))
}

func (t *screen) clusters() {
	if t.s.Clusters == 0 {
		return
	}
	t.heading("Groups of copies", fmt.Sprintf("%s, %s beside those kept", figures.Count(t.s.Clusters, "group"), figures.Count(t.s.Copies, "document")))
	tab := t.table()
	width := t.o.Width - 2 - 5 - 2 - 6
	for i := range t.s.Highlights.Clusters {
		c := &t.s.Highlights.Clusters[i]
		var lines []string
		for j := range c.Shown {
			head := "      "
			if j == 0 {
				head = t.o.paint(green, "keep  ")
			}
			if j == 4 && c.Members > 5 {
				lines = append(lines, head+t.o.paint(faint, fmt.Sprintf("… and %s more in clusters.jsonl", figures.Grouped(int64(c.Members-j)))))
				break
			}
			lines = append(lines, head+t.document(&c.Shown[j], width))
		}
		tab.AppendRow(table.Row{fmt.Sprintf("%d×", c.Members), strings.Join(lines, "\n")})
	}
	t.render(tab, text.AlignRight, text.AlignLeft)
	t.more(t.s.Clusters-len(t.s.Highlights.Clusters), "clusters.jsonl")
}

func (t *screen) passages() {
	total := 0
	var parts []string
	for _, k := range []string{"passage", "quote"} {
		if n := t.s.Passages[k]; n > 0 {
			total += n
			parts = append(parts, figures.Count(n, k))
		}
	}
	if total == 0 {
		return
	}
	t.heading("Passages that recur", strings.Join(parts, ", "))
	tab := t.table()
	width := t.o.Width - 2 - 6 - 2 - 11 - 2
	for _, p := range t.s.Highlights.Passages {
		tab.AppendRow(table.Row{
			fmt.Sprintf("%s×", figures.Grouped(int64(p.Count))), t.o.paint(faint, p.Kind), snippet(p.Text, width, 2),
		})
	}
	t.render(tab, text.AlignRight, text.AlignLeft, text.AlignLeft)
	t.more(total-len(t.s.Highlights.Passages), "passages.jsonl")
}

func (t *screen) furniture() {
	if t.s.WithFurniture == 0 {
		return
	}
	t.heading("Furniture", fmt.Sprintf("in %s of %s", figures.Grouped(int64(t.s.WithFurniture)), figures.Count(t.s.Documents, "document")))
	tab := t.table()
	width := t.o.Width - 2 - 7 - 2 - 10 - 2
	told := map[boilerplate.Kind]bool{}
	for _, f := range t.s.Highlights.Furniture {
		count := ""
		if !told[f.Kind] {
			count = figures.Grouped(int64(t.s.Furniture[f.Kind])) + "×"
		}
		told[f.Kind] = true
		about := fit(oneLine(join(", ", f.Source, fmt.Sprintf("%s×", figures.Grouped(int64(f.Count))), f.Reason)), width)
		tab.AppendRow(table.Row{count, string(f.Kind), snippet(f.Text, width, 1) + "\n" + t.o.paint(faint, about)})
	}
	t.render(tab, text.AlignRight, text.AlignLeft, text.AlignLeft)
}

func (t *screen) where() {
	t.heading("Results", "")
	file := func(name, about string) {
		t.line("  " + fit(filepath.Join(t.dir, name), t.o.Width-2))
		t.line(t.o.paint(faint, "      "+fit(about, t.o.Width-6)))
	}
	file("report.html", "all of this to look through: open it in a browser")
	t.line("  " + fit(t.dir+string(filepath.Separator), t.o.Width-2))
	t.line(t.o.paint(faint, "      "+fit("matches, clusters, passages, removed, rejected .jsonl and summary.json", t.o.Width-6)))
}

// table is one without lines, two columns in.
func (t *screen) table() table.Writer {
	tab := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.OptionsNoBordersAndSeparators
	style.Box.PaddingLeft, style.Box.PaddingRight = "  ", ""
	tab.SetStyle(style)
	return tab
}

func (t *screen) render(tab table.Writer, aligns ...text.Align) {
	var columns []table.ColumnConfig
	for i, a := range aligns {
		columns = append(columns, table.ColumnConfig{Number: i + 1, Align: a})
	}
	tab.SetColumnConfigs(columns)
	for _, line := range strings.Split(tab.Render(), "\n") {
		t.line(strings.TrimRight(line, " "))
	}
}

// snippet is the beginning of a text on at most so many lines.
func snippet(s string, width, lines int) string {
	all := strings.Split(wrap(oneLine(s), width), "\n")
	if len(all) <= lines {
		return strings.Join(all, "\n")
	}
	all = all[:lines]
	last := all[lines-1]
	for text.StringWidth(last)+2 > width {
		_, n := utf8.DecodeLastRuneInString(last)
		last = last[:len(last)-n]
		if i := strings.LastIndexByte(last, ' '); i > len(last)/2 {
			last = last[:i]
		}
	}
	all[lines-1] = strings.TrimRight(last, " …") + " …"
	return strings.Join(all, "\n")
}

// fit leaves out the middle of what is wider than so many columns.
func fit(s string, width int) string {
	out := s
	for n := width; text.StringWidth(out) > width && n >= 0; n-- {
		out = shorten(s, n)
	}
	return out
}
