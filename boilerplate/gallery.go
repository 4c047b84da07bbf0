package boilerplate

import (
	"strings"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// Gallery turns what sources repeat back into words: it gathers, from
// articles in a fixed order, every repeated stretch that shows a run of
// words not yet shown.
type Gallery struct {
	marker   Marker
	shown    *Shown
	patterns []Pattern
}

// Shown is a set of known runs, a bit for each that there can be.
type Shown struct{ bits []uint64 }

// NewShown returns an empty set of runs that t knows.
func NewShown(t *Learnt) *Shown {
	if t == nil {
		return &Shown{}
	}
	return &Shown{make([]uint64, (len(t.keys)+63)/64)}
}

func (s *Shown) add(h Hit) (added bool) {
	word, bit := &s.bits[h.slot/64], uint64(1)<<(h.slot%64)
	added = *word&bit == 0
	*word |= bit
	return added
}

// Add puts hits into the set and reports whether one of them is new to it, so
// that a [Gallery] has something to show of the article that holds them.
func (s *Shown) Add(hits []Hit) bool {
	fresh := false
	for _, h := range hits {
		fresh = s.add(h) || fresh
	}
	return fresh
}

// NewGallery returns an empty gallery of what m knows.
func NewGallery(m Marker) *Gallery {
	return &Gallery{marker: m, shown: NewShown(m.Learnt)}
}

// Add looks at one article. A stretch is cut where its runs differ in what
// Learnt says of them, so that a pattern says it of all its words.
func (g *Gallery) Add(source, text string, t *shingle.Text) {
	m, site := &g.marker, SiteHash(source)
	if t.Len() < gramWords {
		return
	}
	m.grams = shingle.Append(m.grams[:0], t.Hash, gramWords)
	var s Stretch
	fresh := false
	finish := func() {
		if fresh {
			g.show(source, text, t, s)
		}
		fresh = false
	}
	m.hits = m.Learnt.hitsIn(m.hits[:0], m.grams, site)
	within := inBlocks(t)
	for _, h := range m.hits {
		i, c := h.at, m.Learnt.counts(h.slot)
		if c.Days == 0 || !within(i, gramWords) {
			continue
		}
		if s.Days == 0 || i > s.To+closeGap || c.band() != s.band() {
			finish()
			s = Stretch{From: i, Rule: causeLearnt, Count: c}
		}
		s.To = i + gramWords
		if c.Days < s.Days {
			s.Count = c
		}
		fresh = g.shown.add(h) || fresh
	}
	finish()
}

// show adds a stretch of an article to the patterns.
func (g *Gallery) show(source, text string, t *shingle.Text, s Stretch) {
	mark := g.marker.Marks(nil, text, t, []Stretch{s})[0]
	g.patterns = append(g.patterns, Pattern{
		Source: source, Text: strings.Clone(text[mark.Start:mark.End]), Kind: mark.Kind,
		Articles: s.Times, Days: s.Days, Position: position(s, t.Len()), Story: s.story,
		Decision: "strip", By: "learnt",
	})
}

// position names the third of a text in which a stretch stands.
func position(s Stretch, words int) string {
	switch middle := (s.From + s.To) / 2; {
	case 3*middle < words:
		return "head"
	case 3*middle < 2*words:
		return "middle"
	}
	return "tail"
}

// Furniture returns what was gathered.
func (g *Gallery) Furniture() *Furniture {
	f := &Furniture{Patterns: g.patterns}
	f.sort()
	return f
}

// Learnt returns f in the form in which texts are searched. Cost: a pass over the
// words of its patterns.
func (f *Furniture) Learnt() *Learnt {
	t := newLearnt()
	t.known, t.undated = f.Known, f.Days == 0 && f.Articles > 0
	var z shingle.Tokenizer
	var text shingle.Text
	for _, decision := range []string{"strip", "keep"} { // keep wins
		for _, p := range f.Patterns {
			if p.Decision == decision {
				z.Tokenize(&text, p.Text)
				p.teach(t, &text)
			}
		}
	}
	t.pages = pagesOf(f.Patterns, func(p *Pattern) uint64 {
		z.Tokenize(&text, p.Text)
		return blocks.Hash(&text, 0, text.Len())
	})
	return t
}

// teach puts the runs of a pattern, tokenised as text, into t.
func (p Pattern) teach(t *Learnt, text *shingle.Text) {
	length := min(text.Len(), gramWords)
	if length == 0 || p.Block && p.By == "learnt" && p.counted() || p.By == "found" && p.Decision == "strip" {
		return
	}
	count := Count{Days: max(p.Days, 1), Times: max(p.Articles, 1), Kind: p.Kind, Firm: p.By == "person", story: p.Story, block: p.Block}
	do, site := t.put, SiteHash(p.Source)
	if p.Decision == "keep" {
		do = t.keep
	}
	if p.Source == "*" {
		site, t.all = anySite, true
	}
	if p.Block {
		do(runKey(blocks.Hash(text, 0, text.Len()), site), 0, count)
		return
	}
	for _, gram := range shingle.Append(nil, text.Hash, length) {
		do(runKey(gram, site), length, count)
	}
}
