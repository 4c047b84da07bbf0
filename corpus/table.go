package corpus

import (
	"bytes"
	"io"
	"slices"
	"strings"
)

// Tables (CSV, TSV): rows of fields as in RFC 4180. The first row names the
// columns. Rows end in "\n" or "\r\n" outside quotes; empty rows are left out.
// A field that begins with '"' runs to the next '"' that is not doubled, over
// delimiters and line ends, which stay as they are; a '"' elsewhere stands for
// itself. Columns are parted by tabs in TSV; in CSV by comma, semicolon or tab,
// whichever the header has most of. TSV is also written without any quoting:
// there a field whose quote does not end where the field does is taken as it
// stands.
//
// Rows are cut by the code below and not by encoding/csv because a row's bytes
// must be bounded before they are read, a faulty row must end at its line, and
// rewriting one field needs the place of each.

// A cell is a field's place in its row, quotes included.
type cell struct {
	start, end int
	quoted     bool
}

// A rowScanner cuts rows off a window.
type rowScanner struct {
	delim byte
	lax   bool // quotes that do not end with their field stand for themselves
	limit int64
	cells []cell
}

// row finds the cells of the row that begins the window and returns where they
// end and where the line end behind them does. A fault's row ends at the first
// line end behind the fault.
func (s *rowScanner) row(w *window) (end, next int, err error) {
	s.cells = s.cells[:0]
	if _, ok := w.at(0); !ok {
		return 0, 0, w.err
	}
	for i := 0; ; i++ {
		c, err := s.cell(w, i)
		if err != nil {
			return 0, 0, err
		}
		s.cells = append(s.cells, c)
		i = c.end
		switch b, ok := w.at(i); {
		case !ok && w.err != io.EOF:
			return 0, 0, w.err
		case !ok:
			return i, i, nil
		case b == '\r':
			return i, i + 2, nil
		case b == '\n':
			return i, i + 1, nil
		}
	}
}

// cell finds the end of the field that begins at i.
func (s *rowScanner) cell(w *window, i int) (cell, error) {
	if b, ok := w.at(i); !ok || b != '"' {
		return s.bare(w, i)
	}
	for j := i + 1; ; j += 2 {
		var err error
		if j, err = w.index(j, '"', s.limit); err != nil {
			if err == io.EOF || err == errTooLong && s.lax {
				return s.stray(w, i, "quote without end")
			}
			return cell{}, err
		}
		b, ok := w.at(j + 1)
		switch {
		case !ok && w.err != io.EOF:
			return cell{}, w.err
		case !ok || b == s.delim || b == '\n' || b == '\r' && s.lineEnd(w, j+1):
			return cell{i, j + 1, true}, nil
		case b != '"':
			return s.stray(w, i, "quote within a quoted field")
		}
	}
}

// stray deals with the field at i, whose quotes are not those of a field.
func (s *rowScanner) stray(w *window, i int, what string) (cell, error) {
	if s.lax {
		return s.bare(w, i)
	}
	return cell{}, faultf("a quote inside a quoted field is written twice", "%s, in a field at byte %d of the row", what, i)
}

// bare finds the end of a field without quotes.
func (s *rowScanner) bare(w *window, i int) (cell, error) {
	for j := i; ; {
		b := w.rest()
		for j < len(b) && b[j] != s.delim && b[j] != '\n' && b[j] != '\r' {
			j++
		}
		c, ok := w.at(j)
		switch {
		case int64(j) > s.limit:
			return cell{}, errTooLong
		case !ok && w.err != io.EOF:
			return cell{}, w.err
		case !ok || c == s.delim || c == '\n' || c == '\r' && s.lineEnd(w, j):
			return cell{start: i, end: j}, nil
		case c == '\r':
			j++
		}
	}
}

// lineEnd tells whether the '\r' at i begins a line end.
func (s *rowScanner) lineEnd(w *window, i int) bool {
	b, ok := w.at(i + 1)
	return ok && b == '\n'
}

// text returns what the cell stands for.
func (c cell) text(row []byte) string {
	if !c.quoted {
		return string(row[c.start:c.end])
	}
	inner := row[c.start+1 : c.end-1]
	if bytes.IndexByte(inner, '"') < 0 {
		return string(inner)
	}
	return strings.ReplaceAll(string(inner), `""`, `"`)
}

// length is that of the text, found without building it.
func (c cell) length(row []byte) int64 {
	n := c.end - c.start
	if c.quoted {
		n -= 2 + bytes.Count(row[c.start+1:c.end-1], []byte(`""`))
	}
	return int64(n)
}

// A header is what the first row says of a table.
type header struct {
	delim   byte
	raw     []byte // the row with its line end
	names   []string
	columns [roles][]bid // columns that may fill a role, the preferred first
}

// A bid is a column that may fill a role.
type bid struct{ rank, column int }

// prelude skips what may stand before a header, blank lines and a line "sep=;" that tells
// spreadsheets the delimiter, and returns it with that delimiter, 0 if it says none.
func (w *window) prelude() (lines []byte, delim byte) {
	for {
		end, err := w.index(0, '\n', headSize)
		if err != nil || len(lines) > blankSize {
			return lines, delim
		}
		line := bytes.TrimRight(w.rest()[:end], "\r")
		switch {
		case len(bytes.Trim(line, blanks)) == 0:
		case len(line) == len("sep=;") && bytes.EqualFold(line[:4], []byte("sep=")):
			delim = line[4]
		default:
			return lines, delim
		}
		lines = append(lines, w.rest()[:end+1]...)
		w.skip(end + 1)
	}
}

// readHeader reads the header row that begins the window; an empty file gives
// nil.
func readHeader(w *window, s *rowScanner, f *fields) (*header, error) {
	end, next, err := s.row(w)
	if err == io.EOF {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	row := w.rest()[:end]
	h := &header{delim: s.delim, raw: bytes.Clone(w.rest()[:next])}
	for _, c := range s.cells {
		h.names = append(h.names, strings.TrimSpace(c.text(row)))
	}
	h.assign(f)
	w.skip(next)
	return h, nil
}

// assign finds the columns for each role.
func (h *header) assign(f *fields) {
	for i, name := range h.names {
		claims, _ := f.lookup(name)
		for _, c := range claims {
			h.columns[c.role] = append(h.columns[c.role], bid{c.rank, i})
		}
	}
	for r := range roles {
		slices.SortStableFunc(h.columns[r], func(a, b bid) int { return a.rank - b.rank })
	}
}

// delimiterOf returns the delimiter that a header line has most of.
func delimiterOf(line []byte) byte {
	best, most := byte(','), 0
	for _, d := range []byte(",;\t") {
		quoted, n := false, 0
		for _, c := range line {
			switch {
			case c == '"':
				quoted = !quoted
			case c == d && !quoted:
				n++
			}
		}
		if n > most {
			best, most = d, n
		}
	}
	return best
}

// sniffTable tells whether a line is the header of a table: one of its columns
// has a usual name for the text, and there is another one.
func sniffTable(line []byte) *format {
	delim := delimiterOf(line)
	names := strings.Split(strings.TrimSpace(string(line)), string(delim))
	if len(names) < 2 {
		return nil
	}
	for _, name := range names {
		name = strings.ToLower(strings.Trim(name, `" `))
		if !slices.Contains(usualNames[textRole], name) {
			continue
		}
		if delim == '\t' {
			return formatOf(".tsv")
		}
		return formatOf(".csv")
	}
	return nil
}

// A tableReader reads the rows of a table.
type tableReader struct {
	p    *pass
	w    *window
	scan rowScanner
	head *header
	row  int
}

func openCSV(p *pass, _ *input, s *stream) (reader, error) { return openTable(p, s, 0) }
func openTSV(p *pass, _ *input, s *stream) (reader, error) { return openTable(p, s, '\t') }

// openTable reads the header; delim 0 finds the delimiter in it.
func openTable(p *pass, s *stream, delim byte) (reader, error) {
	w := &p.window
	w.reset(s, p.opts.MaxRecord)
	if err := w.bom(); err != nil {
		return nil, err
	}
	r := &tableReader{p: p, w: w}
	r.scan = rowScanner{delim: delim, lax: delim == '\t', limit: p.opts.MaxRecord}
	before, said := w.prelude()
	if delim == 0 {
		r.scan.delim = said
	}
	if r.scan.delim == 0 {
		if _, err := w.index(0, '\n', headSize); err != nil && err != io.EOF && err != errTooLong {
			return nil, err
		}
		line, _, _ := bytes.Cut(w.rest(), []byte("\n"))
		r.scan.delim = delimiterOf(line)
	}
	var err error
	if r.head, err = readHeader(w, &r.scan, p.fields); err != nil {
		return nil, err
	}
	if r.head != nil {
		r.head.raw = append(before, r.head.raw...)
	}
	if r.head != nil && len(r.head.columns[textRole]) == 0 {
		return nil, missingText(p.opts.TextField, r.head.names)
	}
	return r, nil
}

func (r *tableReader) next(d *Document) error {
	w := r.w
	if r.head == nil {
		return io.EOF
	}
	for n := r.empty(0); n > 0; n = r.empty(0) {
		if len(d.before)+n <= blankSize {
			d.before += string(w.rest()[:n])
		}
		w.skip(n)
	}
	r.row++
	d.Handle.Record, d.Handle.Offset = r.row, w.off
	end, next, err := r.scan.row(w)
	if f, ok := err.(*fault); ok || err == errTooLong {
		if !ok {
			f = faultf(longHint, "row of more than %d bytes", r.p.opts.MaxRecord)
		}
		f.raw = w.firstLine()
		w.dropLine()
		return f
	}
	if err != nil {
		return err
	}
	next = r.empty(next)
	defer w.skip(next)
	raw := w.rest()[:end]
	if err := r.fill(d, raw); err != nil {
		err.raw = raw
		return err
	}
	d.Raw = bytes.Clone(raw)
	d.Handle.Length = end
	d.after = string(w.rest()[end:next])
	return nil
}

// empty returns where the empty rows that begin at from end; more than
// blankSize bytes of them are left for the next call.
func (r *tableReader) empty(from int) int {
	for i := from; ; {
		b, ok := r.w.at(i)
		switch {
		case i-from >= blankSize:
			return i
		case ok && b == '\n':
			i++
		case ok && b == '\r' && r.scan.lineEnd(r.w, i):
			i += 2
		default:
			return i
		}
	}
}

// fill takes the fields of a row; more cells than columns are a fault unless
// they are empty.
func (r *tableReader) fill(d *Document, raw []byte) *fault {
	cells, columns := r.scan.cells, len(r.head.names)
	for len(cells) > columns && cells[len(cells)-1].text(raw) == "" {
		cells = cells[:len(cells)-1]
	}
	if len(cells) != columns {
		return faultf("", "row of %d columns, the header has %d", len(cells), columns)
	}
	d.width = cells[columns-1].end
	place := r.head.columns[textRole][0]
	text := cells[place.column]
	if text.length(raw) > r.p.opts.MaxText {
		return faultf(longHint, "text of more than %d bytes", r.p.opts.MaxText)
	}
	d.Text = text.text(raw)
	r.p.c.taken.note(textRole, place.rank)
	r.p.c.odd.checkText(d.Handle, d.Text)
	d.ID = r.first(idRole, raw)
	d.Title = r.first(titleRole, raw)
	d.Source = r.first(sourceRole, raw)
	d.URL = r.first(urlRole, raw)
	d.Author = r.first(authorRole, raw)
	date := r.first(dateRole, raw)
	if d.Published = ParseDate(date); d.Published.Precision == NoDate {
		r.p.c.odd.badDate(d.Handle, date)
	}
	return nil
}

// first returns the first cell that is not empty among those of a role.
func (r *tableReader) first(role role, raw []byte) string {
	for _, b := range r.head.columns[role] {
		if s := r.scan.cells[b.column].text(raw); s != "" {
			r.p.c.taken.note(role, b.rank)
			return s
		}
	}
	return ""
}
