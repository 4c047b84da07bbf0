package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reprint/shingle"
)

// cutter turns tokens into bytes, with the marks that belong to them. It
// walks the units of the text once.
type cutter struct {
	text      string
	t         *shingle.Text
	sentence  int
	paragraph int
}

// span returns the bytes of tokens [from, to): with a whole sentence's or
// paragraph's opening and closing marks, else with the punctuation around
// the words.
func (c *cutter) span(from, to int) shingle.Span {
	span := c.t.Span(from, to)
	c.paragraph = seek(c.t.Paragraphs, c.paragraph, from)
	c.sentence = seek(c.t.Sentences, c.sentence, from)
	if p := c.t.Paragraphs[c.paragraph]; p.From == from {
		span.Start = p.Start
	} else if s := c.t.Sentences[c.sentence]; s.From == from {
		span.Start = s.Start
	} else {
		span.Start -= opened(c.gap(from))
	}
	p := c.t.Paragraphs[seek(c.t.Paragraphs, c.paragraph, to-1)]
	s := c.t.Sentences[seek(c.t.Sentences, c.sentence, to-1)]
	switch {
	case p.To == to:
		span.End = max(p.End, s.End)
	case s.To == to:
		span.End = s.End
	default:
		span.End += closed(c.gap(to))
	}
	return span
}

// gap returns what stands before token i, behind the last one if i is its number.
func (c *cutter) gap(i int) string {
	from, to := 0, len(c.text)
	if i > 0 {
		from = int(c.t.End[i-1])
	}
	if i < c.t.Len() {
		to = int(c.t.Start[i])
	}
	return c.text[from:to]
}

// seek returns the unit that holds token i, from unit u on, the last one if none does.
func seek(units []shingle.Unit, u, i int) int {
	if u+1 >= len(units) || units[u].To > i {
		return u
	}
	return seekAhead(units, u, i)
}

// seekAhead is seek behind unit u. It looks twice as far ahead each time, and then back: the
// cost is the logarithm of the distance, since some ask for each of many finds from unit 0 on.
func seekAhead(units []shingle.Unit, u, i int) int {
	last, step := len(units)-1, 1
	for u+step < last && units[u+step].To <= i {
		u += step
		step *= 2
	}
	to := min(u+step, last)
	for u+1 < to { // the unit stands behind u, and not behind to
		if mid := int(uint(u+to) / 2); units[mid].To <= i {
			u = mid
		} else {
			to = mid
		}
	}
	return to
}

// opened counts the bytes of opening brackets and bars right before a word, or of the sign of
// a copyright.
func opened(before string) int {
	if rest, ok := strings.CutSuffix(strings.TrimSuffix(before, " "), "©"); ok {
		return len(before) - len(rest)
	}
	return len(before) - len(strings.TrimRight(before, "([{|（［【"))
}

// closed counts the bytes of punctuation behind a word that belong to it:
// up to a line break or to a mark that opens what follows.
func closed(gap string) int {
	if gap == "" || gap == " " { // between most words
		return 0
	}
	end, spaced := 0, false
	for i, r := range gap {
		switch {
		case r == '\n':
			return end
		case unicode.IsSpace(r):
			spaced = true
		case strings.ContainsRune(`.,;:!?…)]}»”“"'’*+`, r) && !spaced, strings.ContainsRune("–—-|/)]}=）］】。，：；！？", r):
			end = i + utf8.RuneLen(r)
		default:
			return end
		}
	}
	return end
}
