package blocks

import "reprint/shingle"

// Features of a block, in the order of a row. Names of others begin with where
// they stand: -1 the block before, +1 the one behind.
var featureNames = []string{
	"words", "chars", "words/sentence", "prose", "ends", "colon", "asks", "©", "cited",
	"stop", "caps", "caps inside", "numbers", "upper", "digits", "marks", "commas", "word length",
	"cues", "cue credit", "cue disclaimer", "cue navigation",
	"same", "topic", "topic3", "again", "score",
	"to end", "to end capped", "blocks", "prose share", "prose behind", "words behind", "page stop",
	"run", "run before", "run behind", "proses", "prose before", "prose after", "prose gap",
	"form", "form share", "form before", "form behind", "form before else", "body", "body share", "worded",
	"log 2", "log 4", "log 8", "prose 2", "prose 8", "score 1", "score 2", "score 4", "score 8", "cues 2", "cues 8",
	"-1 words", "-1 caps", "-1 upper", "-1 digits", "-1 word length", "-1 cues", "-1 stop", "-1 score", "-1 topic", "-1 again",
	"+1 words", "+1 ends", "+1 caps", "+1 upper", "+1 digits", "+1 word length", "+1 stop", "+1 score", "+1 topic", "+1 again",
	"-2 words", "-2 score", "-2 caps", "+2 words", "+2 score", "+2 caps", "+3 words", "+3 word length", "+3 score",
	"like before", "like behind",
	"pages", "on", "held", "-1 on", "+1 on", "on 2", "on 8", "page on",
	"since stamp", "stamps 8", "since comments", "comments before",
	"cues before", "cues behind", "since call", "called", "+1 credit",
}

// Features is the length of a row.
var Features = len(featureNames)

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
	p.row = p.row[:0]
	p.own(i)
	p.place(i)
	p.kin(i)
	p.windows(i)
	p.neighbours(i)
	p.source(i)
	p.phrases(i)
	return p.row
}

func (p *Page) put(x ...float32) { p.row = append(p.row, x...) }

// own puts what the block itself says.
func (p *Page) own(i int) {
	b := &p.blocks[i]
	perSentence := float32(-1)
	if b.ends {
		perSentence = share(b.words, b.sentences)
	}
	inside := b.caps - int(one(p.t.Flag[b.from]&shingle.Upper != 0))
	p.put(b.logWords, logOf(b.chars), perSentence, flag(b.prose), flag(b.ends), flag(b.colon), flag(b.asks), flag(b.right), share(b.cited, b.words))
	p.put(share(b.stop, b.words), share(b.caps, b.words), share(inside, b.words-1), share(b.numbers, b.words), share(b.upper, b.letters), share(b.digits, b.chars))
	p.put(share(b.marks, b.chars), share(b.commas, b.words), b.wordLength(), ones(b.cues), float32(b.cues>>cueCredit&1), float32(b.cues>>cueDisclaimer&1), float32(b.cues>>cueNavigation&1))
	p.put(float32(min(p.same[b.hash], 4)), b.topic, b.topic3, b.again, b.score)
}

// place puts where the block stands.
func (p *Page) place(i int) {
	n := len(p.blocks)
	end := n - 1 - i
	p.put(logOf(end), float32(min(end, 5)), logOf(n), share(int(p.sumProse[n]), n), logOf(int(p.sumProse[n]-p.sumProse[i+1])), logOf(int(p.sumWords[n]-p.sumWords[i+1])), p.pageStop)
	p.put(logOf(int(p.runTo[i]-p.runFrom[i])), logOf(i-int(p.runFrom[i])), logOf(int(p.runTo[i])-i), float32(min(p.proseTo[i]-p.proseFrom[i], farProse)))
	p.put(float32(p.proseBefore[i]), float32(p.proseAfter[i]), float32(p.proseBefore[i]+p.proseAfter[i]))
}

// kin puts what blocks of its form are, and where the article is.
func (p *Page) kin(i int) {
	n, f := len(p.blocks), p.blocks[i].form
	all := int(p.forms.all[f])
	p.put(logOf(all), share(all, n), share(int(p.forms.before[f]), all), share(int(p.forms.behind[f]), all), p.beforeProse(i))
	p.put(p.body.off(i), share(p.body.to-p.body.from, n), p.worded.off(i))
}

// window returns the blocks up to w from block i, and how many they are.
func (p *Page) window(i, w int) (from, to int, n float32) {
	from, to = max(0, i-w), min(len(p.blocks), i+w+1)
	return from, to, float32(to - from)
}

// windows puts means of the blocks around.
func (p *Page) windows(i int) {
	for _, w := range [...]int{2, 4, 8} {
		from, to, n := p.window(i, w)
		p.put((p.sumLog[to] - p.sumLog[from]) / n)
	}
	for _, w := range [...]int{2, 8} {
		from, to, n := p.window(i, w)
		p.put(float32(p.sumProse[to]-p.sumProse[from]) / n)
	}
	for _, w := range [...]int{1, 2, 4, 8} {
		from, to, n := p.window(i, w)
		p.put((p.sumScore[to] - p.sumScore[from]) / n)
	}
	for _, w := range [...]int{2, 8} {
		from, to, n := p.window(i, w)
		p.put(float32(p.sumCues[to]-p.sumCues[from]) / n)
	}
}

// neighbours puts what the three blocks on each side say.
func (p *Page) neighbours(i int) {
	a, b, c := p.at(i-1), p.at(i), p.at(i+1)
	p.put(a.logWords, share(a.caps, a.words), share(a.upper, a.letters), share(a.digits, a.chars), a.wordLength(), ones(a.cues), share(a.stop, a.words), a.score, a.topic, a.again)
	p.put(c.logWords, flag(c.ends), share(c.caps, c.words), share(c.upper, c.letters), share(c.digits, c.chars), c.wordLength(), share(c.stop, c.words), c.score, c.topic, c.again)
	a2, c2, c3 := p.at(i-2), p.at(i+2), p.at(i+3)
	p.put(a2.logWords, a2.score, share(a2.caps, a2.words), c2.logWords, c2.score, share(c2.caps, c2.words), c3.logWords, c3.wordLength(), c3.score)
	p.put(abs(a.logWords-b.logWords), abs(c.logWords-b.logWords))
}

// source puts what other pages of the source hold, and what of stamps and readers'
// comments is near.
func (p *Page) source(i int) {
	b, n := &p.blocks[i], len(p.blocks)
	p.put(float32(min(p.pages, manyPages)), b.on, held(b.on, p.pages), p.at(i-1).on, p.at(i+1).on)
	for _, w := range [...]int{2, 8} {
		from, to, n := p.window(i, w)
		p.put((p.sumOn[to] - p.sumOn[from]) / n)
	}
	p.put(p.sumOn[n] / float32(n))
	from, to, _ := p.window(i, 8)
	p.put(float32(min(i-int(p.stampAt[i]), farProse)), float32(p.sumStamp[to]-p.sumStamp[from]), float32(min(i-int(p.commentAt[i]), farComment)), float32(min(p.sumComment[i], 4)))
}

// phrases puts how many of the blocks on each side hold phrases of furniture, how far
// above a call to read something else stands, and whether the next block says whose
// picture this one describes.
func (p *Page) phrases(i int) {
	n := len(p.blocks)
	p.put(share(int(p.sumCues[i]), i), share(int(p.sumCues[n]-p.sumCues[i+1]), n-i-1))
	p.put(float32(min(i-int(p.callAt[i]), farProse)), flag(p.callAt[i] >= 0), flag(p.at(i+1).credits()))
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
