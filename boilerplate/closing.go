package boilerplate

import "reprint/shingle"

// Some calls close an article: behind them stand teasers up to the end of the text,
// most of which stand nowhere else. It is a habit of a source: what stands behind such
// a call is off the subject of the text in many of its articles, while behind
// another one the article goes on.

const (
	// closingWords is how many words stand behind a call that closes an article at
	// most, and fewer than before it; before it articleWords at least: a shorter text
	// says few words of its subject twice.
	closingWords = 250
	articleWords = 200

	// minCloses is of a hundred calls the number that close the article, from which
	// they are said to. In half a year of German press those of five calls do in 44 to
	// 86 of a hundred articles, those of the others in 29 at most.
	minCloses = 40
)

// subject gathers the words of a text that tell what it speaks of, from its beginning on.
type subject struct {
	stems hashSet
	to    int // the token up to which it has them; 0 before the first
}

// begin is for the next text.
func (s *subject) begin() { s.to = 0 }

// left reports whether a text leaves its subject at token call: if little stands
// behind, and of its words that tell of a subject one in part at most is of the text's.
// It is asked for the calls of a text in order.
func (s *subject) left(t *shingle.Text, call, part int) bool {
	behind := t.Len() - call
	if behind > closingWords || call < max(articleWords, behind+1) {
		return false
	}
	if s.to == 0 {
		s.stems.reset(t.Len())
	}
	for ; s.to < call; s.to++ {
		if tells(t, s.to) {
			s.stems.add(uint64(t.Stem[s.to]))
		}
	}
	words, own := 0, 0
	for i := call; i < t.Len(); i++ {
		if !tells(t, i) {
			continue
		}
		words++
		if s.stems.has(uint64(t.Stem[i])) {
			own++
		}
	}
	return words >= offWords && part*own <= words
}

// closes reports whether a find is a call that closes the article.
func (m *Marker) closes(t *shingle.Text, f Found, site uint64) bool {
	if !m.Rules.calls(f) || m.Learnt == nil || m.Learnt.known == nil || site == 0 || m.habit(t, f, site).closes < minCloses {
		return false
	}
	m.subject.begin()
	return m.subject.left(t, f.Call, offListed)
}
