package shingle

import (
	"html"
	"strings"
)

// HTML entities that a scraper left in a text stand for their characters: "f&uuml;r"
// is the word "für", "&nbsp;" a space, "&quot;" a quotation mark. A text that
// holds any is read with its entities decoded, and the places that were found
// are brought back to the original text, where an entity is as one character.
// Only those that end in ";" are entities, as "&copy=1" may stand in an address;
// of those escaped more than once, "&amp;uuml;", all of it is one.

// longestEntity is the length of the longest one that has a name, "&" to ";".
const longestEntity = 33

// entity is one of the text: size bytes at start, which stand for width bytes at
// at of the decoded text.
type entity struct{ start, size, at, width int }

// decode returns text with its entities decoded, and notes these in z.entities.
// Time is linear; a text without any is returned as it is.
func (z *Tokenizer) decode(text string) string {
	z.entities = z.entities[:0]
	var out strings.Builder
	from := 0
	for i := 0; ; {
		k := strings.IndexByte(text[i:], '&')
		if k < 0 {
			break
		}
		i += k
		stands, size := entityAt(text[i:])
		if size == 0 {
			i++
			continue
		}
		if from == 0 {
			out.Grow(len(text)) // few stand for more bytes than they have
		}
		out.WriteString(text[from:i])
		z.entities = append(z.entities, entity{i, size, out.Len(), len(stands)})
		out.WriteString(stands)
		i += size
		from = i
	}
	if len(z.entities) == 0 {
		return text
	}
	out.WriteString(text[from:])
	return out.String()
}

// entityAt returns what the entity stands for with which s, whose first byte is
// "&", begins, and its length, 0 if it is none.
func entityAt(s string) (stands string, size int) {
	size = 1
	for {
		n := entityEnd(s[size:])
		if n == 0 {
			break
		}
		name := "&" + s[size:size+n]
		decoded := html.UnescapeString(name)
		if decoded == name {
			break
		}
		if stands, size = decoded, size+n; decoded != "&" {
			break
		}
	}
	if stands == "" {
		return "", 0
	}
	return stands, size
}

// entityEnd returns the end of the name, or the number, and ";" at the beginning
// of s, 0 if there is none.
func entityEnd(s string) int {
	for i := range min(len(s), longestEntity-1) {
		switch c := s[i]; {
		case c == ';':
			return i + 1
		case c == '#' && i == 0, '0' <= c && c <= '9', 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z':
		default:
			return 0
		}
	}
	return 0
}

// restore brings the places in dst from the decoded text back to the original
// one.
func (z *Tokenizer) restore(dst *Text) {
	if len(z.entities) == 0 {
		return
	}
	starts, ends := places{left: z.entities}, places{left: z.entities}
	for i := range dst.Start {
		dst.Start[i], dst.End[i] = uint32(starts.start(int(dst.Start[i]))), uint32(ends.end(int(dst.End[i])))
	}
	for _, units := range [][]Unit{dst.Sentences, dst.Paragraphs} {
		starts, ends = places{left: z.entities}, places{left: z.entities}
		for i := range units {
			units[i].Start, units[i].End = starts.start(units[i].Start), ends.end(units[i].End)
		}
	}
}

// places brings places back that are asked for in order.
type places struct {
	left  []entity // those that do not end before the last place
	shift int      // by how much those before shortened the text
}

// pass goes on to the first entity that ends behind place p.
func (s *places) pass(p int) {
	for len(s.left) > 0 && s.left[0].at+s.left[0].width <= p {
		s.shift += s.left[0].size - s.left[0].width
		s.left = s.left[1:]
	}
}

// start is the place of what begins at p: that of the entity it is in.
func (s *places) start(p int) int {
	if s.pass(p); len(s.left) > 0 && s.left[0].at < p {
		return s.left[0].start
	}
	return p + s.shift
}

// end is the place of what ends at p: the end of the entity it is in.
func (s *places) end(p int) int {
	if s.pass(p); len(s.left) > 0 && s.left[0].at < p {
		return s.left[0].start + s.left[0].size
	}
	return p + s.shift
}
