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
	surely    = 30 // without any
	islands   = 60 // between the article's own paragraphs only
	cueOdds   = 1
	manyCues  = 2
	manyHeld  = 2
)

// Of a text that is no page for lack of signs, the end may be furniture all the same:
// so many blocks at least behind the last sentence, whose log odds, without those that
// are sentences, have such a sum: links to other articles, most likely. Or all of them
// have a larger one: calls to write to the paper.
const (
	tailBlocks = 3
	tailOdds   = 9
	tailAll    = 15
)

// Prose in which no phrase of furniture stands, and of which no reader's discussion
// is near, has to be surer to be furniture: the last paragraph of an article looks
// much like what follows it. How sure depends on how much speaks for a page: with
// less than plenty, it may be an article with little around it. Where many pages of
// the source are known, more should speak for a page, since its furniture was seen.
// The same holds for a title, which stands before all prose and whose longer words,
// titleWords at least, return in it by titleTopic.
const (
	bareOdds   = .5
	plenty     = 25
	scarceOdds = 2 // with less than plenty
	manySeen   = 5 // pages of a source
	plentySeen = 100
	seenOdds   = 2.5 // with less than that
	titleWords = 4
	titleTopic = .5
)

// In a thread of readers' comments, one below a line that speaks of comments with so
// many stamps, what is undecided goes with what stands before it: a long comment reads
// like an article.
const (
	threadStamps = 3
	threadOdds   = -1.5
)

// signs is what speaks for a page: how many blocks are furniture, how many of them
// other pages hold, the sum of their log odds and their kinds of cues.
type signs struct {
	gone, held int
	sum        float32
	kinds      uint16
}

// decide sets which blocks are furniture, given their log odds, in the memory
// of dst: none if the text does not look like a page cut into blocks.
func (p *Page) decide(dst []bool, odds []float32) []bool {
	dst, s := p.judge(dst, odds, bareOdds)
	switch {
	case p.pages >= manySeen && s.sum < plentySeen:
		dst, s = p.judge(dst, odds, seenOdds)
	case s.sum < plenty:
		dst, s = p.judge(dst, odds, scarceOdds)
	}
	around := s.gone > 0 && (dst[0] || dst[len(dst)-1])
	if s.gone < leastGone || !isPage(s.sum, bits.OnesCount16(s.kinds), s.held, around) {
		clear(dst[:p.tail(dst, odds)])
	}
	return dst
}

// tail returns where the run of furniture at the end of the text begins, if it stands
// for itself, else the number of blocks.
func (p *Page) tail(gone []bool, odds []float32) int {
	n, sum, all := len(gone), float32(0), float32(0)
	from := n
	for ; from > 0 && gone[from-1]; from-- {
		all += odds[from-1]
		if !p.blocks[from-1].ends {
			sum += odds[from-1]
		}
	}
	if n-from < tailBlocks || sum < tailOdds && all < tailAll || from == 0 || !p.blocks[from-1].ends {
		return n
	}
	return from
}

// judge sets which blocks are furniture if it were a page, bare prose with log odds
// above bare, and returns what speaks for a page. What repeats the title, the first
// block of some words that stays, is the head of the article.
func (p *Page) judge(dst []bool, odds []float32, bare float32) ([]bool, signs) {
	dst = dst[:0]
	var s signs
	var in thread
	title := -1
	for i, x := range odds {
		b := &p.blocks[i]
		at := x
		if b.outside {
			at += outsideOdds
		}
		gone := at > 0 && (at > bare || !p.bare(i) || p.below(i, dst)) || at > threadOdds && in.stamps >= threadStamps
		gone = gone && !p.titleAgain(i, title)
		dst = append(dst, gone)
		if !gone {
			if in = (thread{}); title < 0 && b.words >= leastTitle {
				title = i
			}
			continue
		}
		in.add(b, p.sumProse[i] > 0)
		s.gone++
		s.sum += x
		if x > cueOdds {
			s.kinds |= b.cues
		}
		if b.on > 0 {
			s.held++
		}
	}
	return dst, s
}

// thread is what was seen of readers' comments, without a block of the article between.
type thread struct {
	open   bool
	stamps int
}

// add takes in a block of furniture; behind says that prose stands before it.
func (t *thread) add(b *block, behind bool) {
	t.open = t.open || behind && b.cues>>cueComments&1 != 0
	if t.open && b.stamp {
		t.stamps++
	}
}

// isPage reports whether so much speaks for a page; around says that it begins or
// ends with furniture.
func isPage(sum float32, kinds, held int, around bool) bool {
	switch {
	case !around && kinds <= manyCues && held < manyHeld:
		return sum >= islands
	case kinds >= manyCues || held >= manyHeld:
		return sum >= leastOdds
	case kinds > 0:
		return sum >= oneOdds
	}
	return sum >= surely
}

// bare reports whether block i is prose or a title without a phrase of furniture.
func (p *Page) bare(i int) bool {
	b := &p.blocks[i]
	title := p.sumProse[i] == 0 && b.words >= titleWords && b.topic >= titleTopic
	discussed := i-int(p.commentAt[i]) < farComment
	return b.cues == 0 && (b.prose && !discussed || title)
}

// below reports whether block i stands, with prose somewhere above, directly below two
// blocks that go, of which the nearer is no prose: the text of a teaser below its headline.
func (p *Page) below(i int, gone []bool) bool {
	return p.sumProse[i] > 0 && i > 1 && gone[i-1] && gone[i-2] && !p.blocks[i-1].prose
}

// Furniture returns for every block of a text its kind of furniture, or nothing
// for content, valid until the next call; t is the text tokenised, s what is
// known of its source.
func (p *Page) Furniture(m *Model, text string, t *shingle.Text, s Source) []string {
	p.Read(text, t)
	p.Repeated(s)
	p.outside()
	p.gone = p.decide(p.gone, p.Odds(m))
	p.kinds = append(p.kinds[:0], make([]string, len(p.blocks))...)
	for i, gone := range p.gone {
		if gone {
			p.kinds[i] = p.kind(i)
		}
	}
	return p.kinds
}
