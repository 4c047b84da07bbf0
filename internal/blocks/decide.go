package blocks

import (
	"math/bits"
	"slices"

	"reprint/shingle"
)

// LeastBlocks and leastOdds are how many blocks have to look like furniture,
// and by which sum of log odds, for a text to be a page. An article with
// headings, a table or a few links has less; pages that were saved with what
// stood around the article have more, and speak of several things (share bars,
// newsletters, comments): at least leastCues kinds, unless their sum is surely
// beyond an article's.
const (
	LeastBlocks = 4
	leastOdds   = 6
	leastCues   = 2
	surely      = 15
)

// proseOdds is how sure it must be of prose that it is furniture, bareOdds of
// prose in which no phrase of furniture stands (the last paragraph of an article
// looks much like what follows it) and of a title.
const (
	proseOdds = .5
	bareOdds  = 3
)

// titleWords is the least of a title, which stands before all prose and whose
// longer words return in it, half of them or more.
const (
	titleWords = 4
	titleTopic = .5
)

// decide sets which blocks are furniture, given their log odds, in the memory
// of dst: none if the text does not look like a page cut into blocks.
func (p *Page) decide(dst []bool, odds []float32) []bool {
	dst = dst[:0]
	n, sum, kinds := 0, float32(0), uint16(0)
	for i, x := range odds {
		b := &p.blocks[i]
		gone := x > p.least(i)
		dst = append(dst, gone)
		if gone {
			n++
			sum += x
			kinds |= b.cues
		}
	}
	if n < LeastBlocks || sum < leastOdds || sum < surely && bits.OnesCount16(kinds) < leastCues {
		clear(dst)
	}
	return dst
}

// least returns what the log odds of block i must be above.
func (p *Page) least(i int) float32 {
	b := &p.blocks[i]
	title := p.sumProse[i] == 0 && b.words >= titleWords && b.topic >= titleTopic
	switch {
	case b.cues == 0 && (b.prose || title):
		return bareOdds
	case b.prose:
		return proseOdds
	}
	return 0
}

// Furniture returns for every block of a text its kind of furniture, or nothing
// for content, valid until the next call; t is the text tokenised. What remains
// is looked at again, as if the furniture had been cut out, until nothing more is
// found: a text from which it was cut has none.
func (p *Page) Furniture(m *Model, text string, t *shingle.Text) []string {
	p.Read(text, t)
	p.kinds = append(p.kinds[:0], make([]string, len(p.blocks))...)
	for len(p.blocks) >= LeastBlocks {
		p.gone = p.decide(p.gone, p.Odds(m))
		if !slices.Contains(p.gone, true) {
			break
		}
		for i, gone := range p.gone {
			if gone {
				p.kinds[p.blocks[i].own] = p.kind(i)
			}
		}
		p.without(p.gone)
	}
	return p.kinds
}
