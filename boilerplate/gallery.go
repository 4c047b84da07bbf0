package boilerplate

import (
	"reprint/shingle"
)

// Gallery turns what sources repeat back into words: it gathers, from
// articles in a fixed order, every repeated stretch that shows a run of
// words not yet shown.
type Gallery struct {
	Marker   Marker
	shown    map[uint64]bool // keys of Learnt
	patterns []Pattern
}

// NewGallery returns an empty gallery of what m knows.
func NewGallery(m Marker) *Gallery {
	return &Gallery{Marker: m, shown: map[uint64]bool{}}
}

// Add looks at one article.
func (g *Gallery) Add(source, text string, t *shingle.Text) {
	site, edges := SiteHash(source), Edges(nil, text, t)
	for _, s := range g.Marker.Stretches(nil, t, nil, site) {
		if s.Days == 0 || !g.fresh(t, s, site) {
			continue
		}
		mark := g.Marker.Marks(nil, t, edges, []Stretch{s})[0]
		g.patterns = append(g.patterns, Pattern{
			Source: source, Text: text[mark.Start:mark.End], Kind: mark.Kind,
			Articles: s.Times, Days: s.Days, Position: position(s, t.Len()),
			Decision: "strip", By: "learnt",
		})
	}
}

// fresh reports whether a stretch holds a known run that was not shown yet,
// and remembers its runs.
func (g *Gallery) fresh(t *shingle.Text, s Stretch, site uint64) bool {
	fresh := false
	words := t.Hash[s.From:s.To]
	if len(words) < gramWords {
		return false
	}
	for _, gram := range shingle.Append(nil, words, gramWords) {
		k := key(gram, site)
		if g.Marker.Learnt.get(gram, site).Days > 0 && !g.shown[k] {
			g.shown[k], fresh = true, true
		}
	}
	return fresh
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

// Learnt returns f in the form in which texts are searched.
func (f *Furniture) Learnt() *Learnt {
	t := newLearnt()
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
	return t
}

// teach puts the runs of a pattern, tokenised as text, into t.
func (p Pattern) teach(t *Learnt, text *shingle.Text) {
	length := min(text.Len(), gramWords)
	if length == 0 {
		return
	}
	do, site := t.put, SiteHash(p.Source)
	if p.Decision == "keep" {
		do = t.keep
	}
	if p.Source == "*" {
		site, t.all = anySite, true
	}
	for _, gram := range shingle.Append(nil, text.Hash, length) {
		do(key(gram, site), length, Count{max(p.Days, 1), max(p.Articles, 1), p.Kind})
	}
}
