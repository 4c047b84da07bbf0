package report

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"unicode"

	"reprint/boilerplate"
	"reprint/corpus"
)

const (
	maxPatterns = 1 << 14 // kept while the documents go by
	maxExamples = 2
	maxExample  = 300
)

// gallery sorts furniture into patterns. What a rule told, or where the words
// stand, is one pattern of the source, however its words go on; what a source
// repeats is one for each wording, numbers aside. Above maxPatterns those seen only once are let go,
// and a pattern that is no longer known begins anew: counts are then lower
// bounds.
type gallery struct {
	patterns map[patternKey]*pattern
	order    int  // patterns seen, so that equal counts keep the input's order
	lossy    bool // some were let go
}

type patternKey struct {
	source string
	kind   boilerplate.Kind
	words  string
}

// pattern is a kind of furniture with examples.
type pattern struct {
	patternKey
	reason   string
	count    int
	thirds   [3]int // of the documents, in which it stands
	order    int
	examples []example
}

// example is one stretch of furniture in a document.
type example struct {
	id, text string
}

func newGallery() gallery { return gallery{patterns: map[patternKey]*pattern{}} }

// add files one mark. Marks outside the text are none of this document.
func (g *gallery) add(source string, d *corpus.Document, m *boilerplate.Mark) {
	words := strings.TrimSpace(cutText(d.Text, m.Start, m.End, maxExample))
	key := patternKey{source, m.Kind, m.Reason}
	if strings.HasPrefix(m.Reason, "source repeats") || strings.HasPrefix(m.Reason, "a person") {
		key.words = wording(words)
	}
	p := g.patterns[key]
	if p == nil {
		g.prune()
		g.order++
		p = &pattern{patternKey: key, reason: m.Reason, order: g.order}
		g.patterns[key] = p
	}
	p.count++
	p.thirds[min(3*(m.Start+m.End)/max(2*len(d.Text), 1), 2)]++
	for i := range p.examples {
		if p.examples[i].text == words {
			return
		}
	}
	if len(p.examples) < maxExamples {
		p.examples = append(p.examples, example{d.ID, words})
	}
}

// where says in which third of their documents most stretches of a pattern stand.
func (p *pattern) where() string {
	for i, n := range p.thirds {
		place := [...]string{"at the head", "in the middle", "at the tail"}[i]
		switch {
		case n == p.count:
			return place
		case 3*n >= 2*p.count:
			return "mostly " + place
		}
	}
	return "anywhere"
}

// prune lets go of patterns that were seen once if there are too many, and
// of all if that does not help.
func (g *gallery) prune() {
	for least := 1; len(g.patterns) >= maxPatterns; least *= 2 {
		g.lossy = true
		for k, p := range g.patterns {
			if p.count <= least {
				delete(g.patterns, k)
			}
		}
	}
}

// wording is a text without case, digits and spacing.
func wording(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case unicode.IsDigit(r):
			r = '0'
		}
		if space && b.Len() > 0 {
			b.WriteByte(' ')
		}
		space = false
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

// sorted returns the patterns, the most frequent first.
func (g *gallery) sorted() []*pattern {
	return slices.SortedFunc(maps.Values(g.patterns), func(p, q *pattern) int {
		return cmp.Or(cmp.Compare(q.count, p.count), cmp.Compare(p.order, q.order))
	})
}
