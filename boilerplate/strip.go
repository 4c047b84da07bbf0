package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Strip returns text without the marked stretches, which must be disjoint
// and in order. What remains is joined without a trace: of the white space
// on both sides of a stretch the stronger one stays, a paragraph break
// before a line break before a space; where there is none, words that a space
// parts in their script get one. The text's own first and last white space
// stays as it was. A text without marks comes back as it is.
func Strip(text string, marks []Mark) string {
	if len(marks) == 0 {
		return text
	}
	var out strings.Builder
	out.Grow(len(text))
	body := strings.TrimSpace(text)
	start := strings.Index(text, body)
	out.WriteString(text[:start])
	at, gap := start, ""
	for _, m := range marks {
		gap = join(&out, start, gap, text[min(at, m.Start):m.Start])
		at = m.End
	}
	end := start + len(body)
	join(&out, start, gap, text[min(at, end):end])
	if out.Len() == start {
		return ""
	}
	out.WriteString(text[end:])
	return out.String()
}

// join writes a piece behind what out holds after its first start bytes,
// with gap or the piece's own white space between, and returns the white
// space that follows it.
func join(out *strings.Builder, start int, gap, piece string) string {
	body := strings.TrimSpace(piece)
	if body == "" {
		return stronger(gap, piece)
	}
	head := strings.IndexFunc(piece, notSpace)
	if out.Len() > start {
		space := stronger(gap, piece[:head])
		if space == "" && meet(out.String(), body) {
			space = " "
		}
		out.WriteString(space)
	}
	out.WriteString(body)
	return piece[head+len(body):]
}

// meet reports whether the last word of a, or a mark behind it, and the first
// word of b would run into each other.
func meet(a, b string) bool {
	const spaceless = 0xe00 // Thai and most scripts behind it have no spaces
	r, _ := utf8.DecodeLastRuneInString(a)
	s, _ := utf8.DecodeRuneInString(b)
	return (isWord(r) && r < spaceless || strings.ContainsRune(`.,;:!?…)]}»”`, r)) && isWord(s) && s < spaceless
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }

func notSpace(r rune) bool { return !unicode.IsSpace(r) }

// stronger returns the white space that parts more.
func stronger(a, b string) string {
	na, nb := strings.Count(a, "\n"), strings.Count(b, "\n")
	if nb > na || na == nb && len(b) > len(a) {
		return b
	}
	return a
}
