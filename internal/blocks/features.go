package blocks

// Features of a block, in the order of a row. Names of others begin with where
// they stand: -1 the block before, +1 the one behind.
var FeatureNames = []string{
	"words", "chars", "words/sentence", "prose", "ends", "colon", "dots", "small", "sign", "quoted", "©",
	"stop", "caps", "numbers", "upper", "digits", "marks", "commas", "word length",
	"cues", "cue newsletter", "cue share", "cue teaser", "cue paywall", "cue credit", "cue dateline", "cue disclaimer", "cue comments", "cue advert", "cue navigation",
	"same", "topic", "topic3", "score",
	"to end", "to end capped", "blocks", "prose share", "prose behind", "words behind", "page stop",
	"run", "run before", "run behind", "prose before", "prose after",
	"log 2", "log 4", "log 8", "prose 2", "prose 8", "score 1", "score 2", "score 4", "score 8", "cues 2", "cues 8",
	"-1 words", "-1 ends", "-1 caps", "-1 upper", "-1 digits", "-1 word length", "-1 cues", "-1 stop", "-1 score", "-1 colon", "-1 topic",
	"+1 words", "+1 ends", "+1 caps", "+1 upper", "+1 digits", "+1 word length", "+1 cues", "+1 stop", "+1 score", "+1 small", "+1 topic",
	"-2 words", "-2 ends", "-2 score", "-2 caps", "+2 words", "+2 ends", "+2 score", "+2 caps", "+3 words", "+3 word length", "+3 score",
	"like before", "like behind", "same first",
	"pages", "on", "held", "-1 on", "+1 on", "on 2", "on 8", "page on",
	"stamp", "since stamp", "stamps 8", "since comments", "comments before",
}

// Features is the length of a row.
var Features = len(FeatureNames)

// Score sets the word score of every block; around and the rows follow it.
func (p *Page) Score(score func(p *Page, i int) float32) {
	for i := range p.blocks {
		p.blocks[i].score = score(p, i)
	}
	p.around()
}

func flag(b bool) float32 {
	if b {
		return 1
	}
	return 0
}

var noBlock = block{logWords: -1, on: -1}

// manyPages is how many pages of a source are told apart.
const manyPages = 6

// held returns on how many other pages a block stands, below 0 if not known.
func held(on float32, pages int) float32 {
	if on < 0 {
		return on
	}
	return min(manyPages, float32(on*float32(pages-1)))
}

func (p *Page) at(i int) *block {
	if i < 0 || i >= len(p.blocks) {
		return &noBlock
	}
	return &p.blocks[i]
}

func (b *block) wordLength() float32 { return share(b.letters+b.digits, b.words) }

func ones(set uint16) (n float32) {
	for ; set != 0; set &= set - 1 {
		n++
	}
	return n
}

// Row returns the features of block i, valid until the next call.
func (p *Page) Row(i int) []float32 {
	b := &p.blocks[i]
	n := len(p.blocks)
	r := p.row[:0]
	perSentence := float32(-1)
	if b.ends {
		perSentence = share(b.words, b.sentences)
	}
	stop := share(b.stop, b.words)
	r = append(r, b.logWords, logOf(b.chars), perSentence, flag(b.prose), flag(b.ends), flag(b.colon), flag(b.dots), flag(b.small), flag(b.sign), flag(b.quoted), flag(b.right))
	r = append(r, stop, share(b.caps, b.words), share(b.numbers, b.words), share(b.upper, b.letters), share(b.digits, b.chars), share(b.marks, b.chars), share(b.commas, b.words), b.wordLength())
	r = append(r, ones(b.cues))
	for k := range numCues {
		r = append(r, float32(b.cues>>k&1))
	}
	r = append(r, float32(min(p.same[b.hash], 4)), b.topic, b.topic3, b.score)
	end := n - 1 - i
	r = append(r, logOf(end), float32(min(end, 5)), logOf(n), share(int(p.sumProse[n]), n), logOf(int(p.sumProse[n]-p.sumProse[i+1])), logOf(int(p.sumWords[n]-p.sumWords[i+1])), float32(p.sumWords[n]))
	r[len(r)-1] = p.pageStop
	r = append(r, logOf(int(p.runTo[i]-p.runFrom[i])), logOf(i-int(p.runFrom[i])), logOf(int(p.runTo[i])-i), float32(p.proseBefore[i]), float32(p.proseAfter[i]))
	for _, w := range []int{2, 4, 8} {
		from, to := max(0, i-w), min(n, i+w+1)
		r = append(r, (p.sumLog[to]-p.sumLog[from])/float32(to-from))
	}
	for _, w := range []int{2, 8} {
		from, to := max(0, i-w), min(n, i+w+1)
		r = append(r, share(int(p.sumProse[to]-p.sumProse[from]), to-from))
	}
	for _, w := range []int{1, 2, 4, 8} {
		from, to := max(0, i-w), min(n, i+w+1)
		r = append(r, (p.sumScore[to]-p.sumScore[from])/float32(to-from))
	}
	for _, w := range []int{2, 8} {
		from, to := max(0, i-w), min(n, i+w+1)
		r = append(r, share(int(p.sumCues[to]-p.sumCues[from]), to-from))
	}
	a, c := p.at(i-1), p.at(i+1)
	r = append(r, a.logWords, flag(a.ends), share(a.caps, a.words), share(a.upper, a.letters), share(a.digits, a.chars), a.wordLength(), ones(a.cues), share(a.stop, a.words), a.score, flag(a.colon), a.topic)
	r = append(r, c.logWords, flag(c.ends), share(c.caps, c.words), share(c.upper, c.letters), share(c.digits, c.chars), c.wordLength(), ones(c.cues), share(c.stop, c.words), c.score, flag(c.small), c.topic)
	a2, c2, c3 := p.at(i-2), p.at(i+2), p.at(i+3)
	r = append(r, a2.logWords, flag(a2.ends), a2.score, share(a2.caps, a2.words), c2.logWords, flag(c2.ends), c2.score, share(c2.caps, c2.words), c3.logWords, c3.wordLength(), c3.score)
	r = append(r, abs(a.logWords-b.logWords), abs(c.logWords-b.logWords), flag(a.first == b.first && a.words > 0 || c.first == b.first && c.words > 0))
	r = append(r, float32(min(p.pages, manyPages)), b.on, held(b.on, p.pages), a.on, c.on)
	for _, w := range []int{2, 8} {
		from, to := max(0, i-w), min(n, i+w+1)
		r = append(r, (p.sumOn[to]-p.sumOn[from])/float32(to-from))
	}
	r = append(r, p.sumOn[n]/float32(n))
	from, to := max(0, i-8), min(n, i+9)
	r = append(r, flag(b.stamp), float32(min(i-int(p.stampAt[i]), farProse)), float32(p.sumStamp[to]-p.sumStamp[from]), float32(min(i-int(p.commentAt[i]), farComment)), float32(min(p.sumComment[i], 4)))
	p.row = r
	return r
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
