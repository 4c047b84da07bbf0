package boilerplate

import (
	"strings"

	"reprint/shingle"
)

// A newsroom puts into square brackets what is not of the text: "[Every morning ... Subscribe
// here]". Rules and repetition know some of it, and the rest goes with that.
const (
	// bracketWords is how many words a bracket has at most.
	bracketWords = 80

	// bracketKnown is how many of its words are furniture, at least.
	bracketKnown = 5
)

// brackets takes the rest of each bracket in one line of the text of which some is furniture.
func (m *Marker) brackets(text string, t *shingle.Text) {
	for start := strings.IndexByte(text, '['); start >= 0; {
		size := strings.IndexAny(text[start+1:], "[]\n")
		if size < 0 {
			break
		}
		end := start + 1 + size
		if text[end] == '[' {
			start = end
			continue
		}
		if text[end] == ']' {
			m.bracket(t.At(start), t.At(end))
		}
		if start = strings.IndexByte(text[end:], '['); start >= 0 {
			start += end
		}
	}
}

// bracket takes the rest of the tokens [from, to) of a bracket if enough of them are furniture.
func (m *Marker) bracket(from, to int) {
	known := 0
	for i := from; i < min(to, from+bracketWords); i++ {
		if m.taken(i) {
			known++
		}
	}
	if known < bracketKnown || known == to-from || to-from > bracketWords {
		return
	}
	for i := from; i < to; i++ {
		if !m.taken(i) {
			m.told[i].rule = causeBracket
		}
	}
}
