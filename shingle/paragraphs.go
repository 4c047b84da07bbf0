package shingle

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Paragraphs are made of lines. An empty line, and a line without any word,
// parts paragraphs. Other line ends part them too, as on web pages, unless the
// text is hard-wrapped, as agencies and mail send it.
//
// A line end looks like a wrap if the first word of the next line would not have
// fitted into the usual width, or if no sentence ends and the next line begins in
// lower case. A text is hard-wrapped if it has four lines or more, most of its
// line ends look like wraps, and its usual width, which nine in ten of the lines
// followed by another do not exceed, is from 30 to 120 characters. In such a
// text wraps join lines; so does the first line end of a text with indented
// paragraphs, as its first line often lost a dateline. Indented lines and items
// of lists begin paragraphs.

// line is a line that holds tokens.
type line struct {
	from, to      uint32 // tokens
	start, end    uint32 // bytes, without white space around
	indent, width uint8  // in characters, at most 255
	apart         bool   // an empty line goes before it
	full          bool   // the first word of the next line would not have fitted
}

const (
	minLines  = 4
	minWidth  = 30
	maxWidth  = 120
	maxIndent = 2 // spaces more than usual that do not yet begin a paragraph
)

// endLine ends the line being read at byte end; the next one begins at next.
func (z *Tokenizer) endLine(dst *Text, end, next int) {
	l := z.line
	l.to, l.end = uint32(len(dst.Start)), uint32(end)
	apart := l.from == l.to
	if !apart {
		z.lines = append(z.lines, l)
	}
	z.line = line{from: l.to, start: uint32(next), apart: apart}
}

// paragraphs joins lines to paragraphs.
func (z *Tokenizer) paragraphs(dst *Text) {
	for k := range z.lines {
		l := &z.lines[k]
		start, end, indent := trim(z.text, int(l.start), int(l.end))
		l.start, l.end, l.indent = uint32(start), uint32(end), uint8(min(indent, 255))
	}
	page := z.layout(dst)
	for k := range z.lines {
		l := &z.lines[k]
		if k > 0 && page.wrapped && z.wrap(k, page) {
			p := &dst.Paragraphs[len(dst.Paragraphs)-1]
			p.To, p.End = int(l.to), int(l.end)
			continue
		}
		dst.Paragraphs = append(dst.Paragraphs, Unit{int(l.from), int(l.to), int(l.start), int(l.end)})
	}
}

func (z *Tokenizer) lineText(l *line) string { return z.text[l.start:l.end] }

// page is how the lines of a text are set.
type page struct {
	wrapped  bool
	indent   uint8 // the usual indent
	indented bool  // some lines have more than that
}

// layout measures the lines.
func (z *Tokenizer) layout(dst *Text) (p page) {
	if len(z.lines) < minLines {
		return p
	}
	var indents, widths histogram
	for k := range z.lines {
		l := &z.lines[k]
		l.width = uint8(min(int(l.indent)+width(z.lineText(l)), 255))
		indents[l.indent]++
		if k+1 < len(z.lines) && !z.lines[k+1].apart {
			widths[l.width]++
		}
	}
	p.indent = indents.quantile(1, 2)
	p.indented = indents.quantile(1, 1) > p.indent+maxIndent
	usual := widths.quantile(9, 10)
	p.wrapped = minWidth <= usual && usual <= maxWidth && z.wraps(dst, int(usual), p)
	return p
}

// wraps finds the full lines and reports whether most lines are wrapped of those
// that are followed by another, one that neither an empty line, an indent nor a
// list sets apart.
func (z *Tokenizer) wraps(dst *Text, usual int, p page) bool {
	breaks, wrapped := 0, 0
	for k := range len(z.lines) - 1 {
		l, next := &z.lines[k], &z.lines[k+1]
		l.full = int(l.width)+1+z.first(dst, next) > usual
		if next.apart || next.indent > p.indent+maxIndent || item(z.lineText(next)) != no {
			continue
		}
		breaks++
		if l.full || lower(z.lineText(next)) && !ended(z.lineText(l)) {
			wrapped++
		}
	}
	return 2*wrapped > breaks
}

// histogram counts small numbers.
type histogram [256]int

// quantile returns the quantile num/den of what was counted, 0 for nothing.
func (h *histogram) quantile(num, den int) uint8 {
	total := 0
	for _, n := range h {
		total += n
	}
	rest := (total - 1) * num / den
	for value, n := range h {
		if rest -= n; rest < 0 && n > 0 {
			return uint8(value)
		}
	}
	return 0
}

// width returns the characters of s, and some number above maxWidth if they are
// more than that.
func width(s string) int {
	if len(s) > utf8.UTFMax*maxWidth {
		return maxWidth + 1
	}
	return utf8.RuneCountInString(s)
}

// first returns the width of what stands on line l before the first place where
// the line may be broken.
func (z *Tokenizer) first(dst *Text, l *line) int {
	s := z.lineText(l)
	if dst.Flag[l.from]&Char != 0 && l.start == dst.Start[l.from] {
		return width(s[:dst.End[l.from]-l.start])
	}
	if at := strings.IndexAny(s, " \t\u3000"); at >= 0 {
		s = s[:at]
	}
	return width(s)
}

// wrap reports whether line k goes on the paragraph of the line before it.
func (z *Tokenizer) wrap(k int, p page) bool {
	l, before := &z.lines[k], &z.lines[k-1]
	if l.apart || l.indent > p.indent+maxIndent {
		return false
	}
	own, previous := z.lineText(l), z.lineText(before)
	open := !ended(previous)
	switch item(own) {
	case surely:
		return false
	case perhaps:
		return before.full && open && item(previous) == no
	}
	return before.full || open && (lower(own) || k == 1 && p.indented)
}

// ended reports whether a line ends like a sentence or the heading of a list.
func ended(s string) bool {
	for {
		r, size := utf8.DecodeLastRuneInString(s)
		if !isCloser(r) {
			return isStop(r) || r == ':' || r == '：'
		}
		s = s[:len(s)-size]
	}
}

// lower reports whether s begins with a lower-case letter.
func lower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// certainty is how sure it is that a line is an item of a list.
type certainty uint8

const (
	no certainty = iota
	perhaps
	surely
)

// item reports whether a line of hard-wrapped text is an item of a list. A
// bullet makes it one; a dash, a number or a letter may also stand there
// because the line was cut before it.
func item(s string) certainty {
	r, size := utf8.DecodeRuneInString(s)
	spaced := strings.HasPrefix(s[size:], " ") || strings.HasPrefix(s[size:], "\t")
	switch {
	case strings.ContainsRune("•*·▪●◦‣►▶■□–—-", r) && !spaced:
		return no
	case strings.ContainsRune("•*·▪●◦‣►▶■□", r):
		return surely
	case strings.ContainsRune("–—-", r):
		return perhaps
	}
	rest := strings.TrimLeft(s, "0123456789")
	digits := len(s) - len(rest)
	if digits == 0 && size == 1 && unicode.IsLetter(r) {
		rest, digits = s[1:], 1
	}
	if 0 < digits && digits < 3 && (strings.HasPrefix(rest, ". ") || strings.HasPrefix(rest, ") ")) {
		return perhaps
	}
	return no
}

// trim returns the bytes of text[start:end] without white space around, nor byte
// order marks in front, and how wide the space in front was; a tab counts as
// eight.
func trim(text string, start, end int) (from, to, indent int) {
	for start < end {
		r, size := utf8.DecodeRuneInString(text[start:end])
		if !isSpace(r) && r != '\ufeff' {
			break
		}
		indent++
		if r == '\t' {
			indent += 7
		}
		start += size
	}
	for start < end {
		r, size := utf8.DecodeLastRuneInString(text[start:end])
		if !isSpace(r) {
			break
		}
		end -= size
	}
	return start, end, indent
}

// isSpace reports whether r is white space, be it without width.
func isSpace(r rune) bool { return unicode.IsSpace(r) || r == '\u200b' }
