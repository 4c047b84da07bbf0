package corpus

import (
	"bytes"
	"slices"
	"strings"
)

// spliceObject appends d's record, one JSON object, with text in place of its text;
// every other byte stays. If the old text is written in ASCII, the new one is
// too.
func (s *objectScanner) spliceObject(dst []byte, d *Document, text string, o *Options) ([]byte, error) {
	raw, at := d.Raw, d.literal
	if at.end == 0 || at.end > len(raw) {
		if err := s.scan(raw); err != nil {
			return nil, err
		}
		if at = s.found[textRole]; at.end == 0 {
			return nil, s.noText(raw, o)
		}
	}
	dst = slices.Grow(dst, len(raw)-(at.end-at.start)+len(text)+len(text)/16+2)
	dst = append(dst, raw[:at.start]...)
	dst = appendQuoted(dst, text, isASCII(raw[at.start:at.end]))
	return append(dst, raw[at.end:]...), nil
}

// spliceRow returns raw, one row of a table, with text in place of its text;
// every other byte stays. A field that had quotes keeps them.
func (h *header) spliceRow(s *rowScanner, w *window, raw []byte, text string) ([]byte, error) {
	w.reset(bytes.NewReader(raw), 0)
	if _, _, err := s.row(w); err != nil {
		return nil, err
	}
	column := h.columns[textRole][0].column
	if column >= len(s.cells) {
		return nil, faultf("", "row of %d columns, the header has %d", len(s.cells), len(h.names))
	}
	c := s.cells[column]
	out := append(make([]byte, 0, len(raw)+len(text)+2), raw[:c.start]...)
	if c.quoted || s.mustQuote(text) || text == "" && len(s.cells) == 1 {
		text = `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	out = append(out, text...)
	return append(out, raw[c.end:]...), nil
}

// mustQuote tells whether a field with this text needs quotes. In TSV, which
// others read without quoting, a quote inside the text needs none.
func (s *rowScanner) mustQuote(text string) bool {
	if strings.IndexByte(text, s.delim) >= 0 || strings.ContainsAny(text, "\r\n") {
		return true
	}
	if s.lax {
		return strings.HasPrefix(text, `"`)
	}
	return strings.Contains(text, `"`)
}

func isASCII(b []byte) bool { return asciiEnd(b) == len(b) }
