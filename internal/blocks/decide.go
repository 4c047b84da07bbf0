package blocks

import (
	"math/bits"

	"reprint/shingle"
)

// LeastBlocks is how many blocks a page has.
const LeastBlocks = 4

// An article with headings, a table or a few links has blocks that look like
// furniture, too. A page has so many of them, by the sum of their log odds, that
// the fewer will do the more else speaks for it: phrases of furniture of so many
// kinds (share bars, newsletters, comments) in blocks that are told with more
// than cueOdds, or blocks that other pages of the source hold. A page begins or
// ends with furniture: what lies between an article's own paragraphs only is a list
// of facts, or the questions of an interview, unless more speaks for a page.
const (
	leastGone = 2
	leastOdds = 6  // with manyCues kinds of cues, or manyHeld blocks held by other pages
	oneOdds   = 15 // with cues of one kind
	surely    = 25 // without any
	cueOdds   = 1
	manyCues  = 2
	manyHeld  = 2
)

// bareOdds is how sure it must be that prose in which no phrase of furniture
// stands, and of which no reader's discussion is near, is furniture: the last
// paragraph of an article looks much like what follows it. The same holds for a
// title, which stands before all prose and whose longer words, titleWords at
// least, return in it by titleTopic.
const (
	bareOdds   = 1.5
	titleWords = 4
	titleTopic = .5
)

// decide sets which blocks are furniture, given their log odds, in the memory
// of dst: none if the text does not look like a page cut into blocks.
func (p *Page) decide(dst []bool, odds []float32) []bool {
	dst = dst[:0]
	n, held, sum, kinds := 0, 0, float32(0), uint16(0)
	for i, x := range odds {
		b := &p.blocks[i]
		gone := x > p.least(i)
		dst = append(dst, gone)
		if !gone {
			continue
		}
		n++
		sum += x
		if x > cueOdds {
			kinds |= b.cues
		}
		if b.on > 0 {
			held++
		}
	}
	around := n > 0 && (dst[0] || dst[len(dst)-1])
	if n < leastGone || !isPage(sum, bits.OnesCount16(kinds), held, around) {
		clear(dst)
	}
	return dst
}

// isPage reports whether so much speaks for a page; around says that it begins or
// ends with furniture.
func isPage(sum float32, kinds, held int, around bool) bool {
	switch {
	case !around && kinds <= manyCues && held < manyHeld:
		return sum >= surely
	case kinds >= manyCues || held >= manyHeld:
		return sum >= leastOdds
	case kinds > 0:
		return sum >= oneOdds
	}
	return sum >= surely
}

// least returns what the log odds of block i must be above.
func (p *Page) least(i int) float32 {
	b := &p.blocks[i]
	title := p.sumProse[i] == 0 && b.words >= titleWords && b.topic >= titleTopic
	discussed := i-int(p.commentAt[i]) < farComment
	if b.cues == 0 && (b.prose && !discussed || title) {
		return bareOdds
	}
	return 0
}

// Furniture returns for every block of a text its kind of furniture, or nothing
// for content, valid until the next call; t is the text tokenised, s what is
// known of its source.
func (p *Page) Furniture(m *Model, text string, t *shingle.Text, s Source) []string {
	p.Read(text, t)
	p.Repeated(s)
	p.gone = p.decide(p.gone, p.Odds(m))
	p.kinds = append(p.kinds[:0], make([]string, len(p.blocks))...)
	for i, gone := range p.gone {
		if gone {
			p.kinds[i] = p.kind(i)
		}
	}
	return p.kinds
}
