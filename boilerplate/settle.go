package boilerplate

import (
	"slices"
	"strings"

	"reprint/shingle"
)

// What is furniture depends on where it stands: among the first sentences, in
// the last part, beside other blocks. Where some of a text is gone the rest
// stands elsewhere. So that stripping a text twice is stripping it once, what is
// left of some texts is looked at once more.

// Unsettled reports whether there may be furniture in what the last call of Mark,
// for this text, left of it: a rule finds its phrase outside the part in which it
// holds, the article's head stands again before the last part, or a line of a
// hard-wrapped paragraph is gone.
// Cost: a look at the first words of sentences where nothing is found.
func (m *Marker) Unsettled(text string, t *shingle.Text) bool {
	return len(m.found) > 0 && (m.headNear(t) || m.lineNear(text, t) || m.Rules != nil && m.phraseNear(text, t))
}

// lineNear reports whether a stretch begins or ends a line inside a paragraph, that
// is, in a hard-wrapped text: what is left of it may not look wrapped any more, and
// each of its lines is a paragraph then.
func (m *Marker) lineNear(text string, t *shingle.Text) bool {
	inside := func(i int) bool { // a line ends between the tokens i-1 and i of a paragraph
		if i == 0 || i == t.Len() || !strings.Contains(text[t.End[i-1]:t.Start[i]], "\n") {
			return false
		}
		_, begins := slices.BinarySearchFunc(t.Paragraphs, i, func(u shingle.Unit, i int) int { return u.From - i })
		return !begins
	}
	return slices.ContainsFunc(m.found, func(s Stretch) bool { return inside(s.From) || inside(s.To) })
}

// headNear reports whether words of the article's head stand again before the last
// part, which begins earlier when some are gone.
func (m *Marker) headNear(t *shingle.Text) bool {
	late, head := t.Len()*6/10, len(m.own)+titleGram-1
	if len(m.own) == 0 || late <= head {
		return false
	}
	m.grams = shingle.Append(m.grams[:0], t.Hash[head:late], titleGram)
	hits := 0
	for _, g := range m.grams {
		if _, own := slices.BinarySearch(m.own, g); own {
			hits++
		}
	}
	return hits >= headAgain/2
}

// phraseNear reports whether a rule for the first sentences of a text, or its last
// part, finds its phrase at the beginning of another one.
func (m *Marker) phraseNear(text string, t *shingle.Text) bool {
	f := finder{Rules: m.Rules, text: text, Text: t}
	for _, unit := range t.Sentences {
		at := unit.From
		for at < unit.To && m.taken(at) {
			at++
		}
		if at == unit.To {
			continue
		}
		holds := func(i int32) bool { r := &f.list[i]; return r.placed && f.match(r, at) >= 0 }
		h := t.Hash[at]
		if slices.ContainsFunc(f.open, holds) || f.start.may(h) && slices.ContainsFunc(f.first[h], holds) {
			return true
		}
	}
	return false
}

// Again puts marks on what Strip left of a text with marks into place: it returns
// all of them as marks on that text.
func Again(text string, marks []Mark, left string, more []Mark) []Mark {
	all := slices.Clone(marks)
	at, pos := 0, 0 // in text and in left
	place := func(end int) {
		start, stop := trimmed(text, at, end)
		if start == stop {
			return
		}
		pos += len(left[pos:]) - len(strings.TrimLeftFunc(left[pos:], isSpace))
		for _, m := range more {
			from, to := max(m.Start, pos), min(m.End, pos+stop-start)
			if from < to {
				m.Start, m.End = start+from-pos, start+to-pos
				all = append(all, m)
			}
		}
		pos += stop - start
	}
	for _, m := range marks {
		place(m.Start)
		at = m.End
	}
	place(len(text))
	slices.SortFunc(all, func(a, b Mark) int { return a.Start - b.Start })
	return all
}

// trimmed returns the bytes [from, to) of text without the white space at both ends.
func trimmed(text string, from, to int) (int, int) {
	if from >= to {
		return from, from
	}
	piece := strings.TrimRightFunc(text[from:to], isSpace)
	body := strings.TrimLeftFunc(piece, isSpace)
	return from + len(piece) - len(body), from + len(piece)
}

func isSpace(r rune) bool { return !notSpace(r) }
