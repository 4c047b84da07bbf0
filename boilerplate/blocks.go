package boilerplate

import (
	"slices"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// IsPage reports whether a text has enough blocks (paragraphs, headings, entries
// of a menu) to be a page saved with all that stood around the article.
func IsPage(t *shingle.Text) bool { return len(t.Paragraphs) >= blocks.LeastBlocks }

// PageMarker is a Marker that also finds furniture in texts that are cut into
// blocks, by a small model of what a block and its neighbours look like and on
// how many pages of its source it stands. It holds scratch memory and serves
// one goroutine at a time.
type PageMarker struct {
	Marker
	Spare map[Kind]bool // furniture of these kinds stays in the text

	page  blocks.Page
	rest  shingle.Text
	told  []Found   // by rules and the model of blocks
	kept  []int     // words that remain
	more  []Stretch // of what remained
	ruled []Found   // by rules, in what remains
}

// Furniture appends the furniture of a text: disjoint, by first token. found is
// what the rules found in it, site the hash of its source. What remains is looked at
// again until nothing is found in it, as if the furniture had been cut out: so that
// what is stripped once has nothing left to strip.
// Cost: as Stretches; of a page twice that, and some microseconds for a block.
func (m *PageMarker) Furniture(dst []Stretch, text string, t *shingle.Text, found []Found, site uint64) []Stretch {
	first := len(dst)
	dst = m.look(dst, text, t, found, site)
	m.more = append(m.more[:0], dst[first:]...)
	left, last := text, t // what was looked at last
	for range mostLooks {
		if len(m.more) == 0 || !IsPage(last) && !m.unsettled(left, last, found, m.more, site) {
			break
		}
		left, last = Strip(text, m.Marks(nil, text, t, dst[first:])), &m.rest
		m.z.Tokenize(last, left)
		m.keep(t.Len(), dst[first:])
		if len(m.kept) == 0 || len(m.kept) != last.Len() {
			break
		}
		m.ruled = Breadcrumb(m.Rules.Find(m.ruled[:0], left, last), left, "", last)
		found = m.ruled
		m.more = m.look(m.more[:0], left, last, found, site)
		dst = m.placed(dst)
		slices.SortFunc(dst[first:], func(a, b Stretch) int { return a.From - b.From })
	}
	return dst
}

// mostLooks is how often what is left of a text is looked at again. Each look takes
// something; two take all of nearly all texts.
const mostLooks = 16

// look is Furniture without looking again.
func (m *PageMarker) look(dst []Stretch, text string, t *shingle.Text, found []Found, site uint64) []Stretch {
	if IsPage(t) {
		m.told = m.blocks(append(m.told[:0], found...), text, t, site)
		found = m.told
	}
	first := len(dst)
	dst = m.Stretches(dst, text, t, found, site)
	if len(m.Spare) == 0 {
		return dst
	}
	m.spare(m.Spare)
	return m.stretches(dst[:first], t)
}

// keep sets which of n words are in no stretch.
func (m *PageMarker) keep(n int, stretches []Stretch) {
	gone := make([]bool, n)
	for _, s := range stretches {
		for i := s.From; i < s.To; i++ {
			gone[i] = true
		}
	}
	m.kept = m.kept[:0]
	for i, g := range gone {
		if !g {
			m.kept = append(m.kept, i)
		}
	}
}

// placed appends what was found in the rest, in the places of its words: in
// several stretches if something had been cut out between them.
func (m *PageMarker) placed(dst []Stretch) []Stretch {
	for _, s := range m.more {
		for at, end := s.From, s.To; at < end; {
			one := s
			one.From, one.To = m.kept[at], m.kept[at]+1
			for at++; at < end && m.kept[at] == one.To; at++ {
				one.To++
			}
			dst = append(dst, one)
		}
	}
	return dst
}

// mostBlocks is how many blocks a page has at most; what has more is a log or a table, and
// the model takes some 40 microseconds for each.
const mostBlocks = 1 << 13

// blocks appends to found, what rules found in a text, the blocks that the
// model takes for furniture, ordered among themselves. Blocks that one find of
// the rules covers whole are left to it; others take their kind from the first
// rule that found something in them. A text that does not look like a page has
// none, and neither has one of more than mostBlocks.
func (m *PageMarker) blocks(found []Found, text string, t *shingle.Text, site uint64) []Found {
	if !IsPage(t) || len(t.Paragraphs) > mostBlocks {
		return found
	}
	told := found
	for i, name := range m.page.Furniture(blocks.Shipped(), text, t, m.Learnt.source(site)) {
		u := t.Paragraphs[i]
		for len(told) > 0 && (told[0].To <= u.From || m.Rules.foreign(told[0])) {
			told = told[1:]
		}
		if name == "" {
			continue
		}
		kind := Kind(name)
		if len(told) > 0 && told[0].From < u.To {
			if told[0].From <= u.From && told[0].To >= u.To {
				continue
			}
			kind, _ = m.Rules.says(told[0].Rule)
		}
		found = append(found, Found{From: u.From, To: u.To, Call: u.From, Rule: modelRule(kind)})
	}
	return found
}

// Mark finds the furniture of one text: Furniture and Marks in one call.
func (m *PageMarker) Mark(dst []Mark, text string, t *shingle.Text, found []Found, site uint64) []Mark {
	m.found = m.Furniture(m.found[:0], text, t, found, site)
	return m.Marks(dst, text, t, m.found)
}
