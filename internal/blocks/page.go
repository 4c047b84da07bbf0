package blocks

import (
	"strings"

	"reprint/internal/language"
	"reprint/shingle"
)

// Page counts what the blocks of a text look like. Its zero value is ready for
// use; it keeps its memory from text to text and serves one goroutine at a time.
type Page struct {
	text     string
	t        *shingle.Text
	language *language.Language
	blocks   []block
	same     map[uint64]int // blocks by the hash of their words
	topic    topics
	grams    topics // in how many blocks a run of words stands
	forms    forms
	body     stretch // where the article is by its sentences
	worded   stretch // and by its words
	pageStop float32 // share of function words
	pages    int     // of the text's source, 0 if not known

	// sums over the blocks before each one
	sumLog, sumScore, sumOn     []float32
	sumProse, sumWords, sumCues []int32
	sumStamp, sumComment        []int32
	stampAt, commentAt, callAt  []int32 // the last block up to each one that is a stamp, speaks of comments below prose, or calls to read something else
	runFrom, runTo              []int32 // the run of short blocks around each one
	proseFrom, proseTo          []int32 // and that of prose
	proseBefore, proseAfter     []int32 // blocks to the nearest prose, capped

	row   []float32
	bins  [together]bins
	odds  []float32
	slots []uint32
	gone  []bool
	kinds []string
}

// Len returns the number of blocks.
func (p *Page) Len() int { return len(p.blocks) }

// Read counts the blocks of a text, which are its paragraphs; t is the text
// tokenised.
func (p *Page) Read(text string, t *shingle.Text) {
	p.text, p.t, p.pages = text, t, 0
	p.language = language.Of(t)
	p.blocks = append(p.blocks[:0], make([]block, len(t.Paragraphs))...)
	cue, s := allCues(), 0
	for i, u := range t.Paragraphs {
		b := &p.blocks[i]
		b.from, b.to, b.on = u.From, u.To, -1
		p.tokens(b)
		for ; s < len(t.Sentences) && t.Sentences[s].From < u.To; s++ {
			b.sentences++
		}
		line := p.line(i)
		b.count(line)
		b.edges(line)
		b.stamp = b.stamps()
		to := u.To
		if b.words > cueWords {
			to = u.From + cueHead
		}
		b.cues = cue.find(t, u.From, to)
	}
	p.even()
	for i := range p.blocks {
		b := &p.blocks[i]
		b.prose = b.long() && share(b.stop, b.words) > proseStop
	}
	p.whole()
}

// even counts the function words of a language as many as German and English have, of which
// the model was made: a word in two of prose. Korean joins them to others, and of some
// languages hardly any are known; where none is, a long block has as many as prose.
func (p *Page) even() {
	if p.language.Number == german || p.language.Number == english {
		return
	}
	stop, words := 0, 0
	for i := range p.blocks {
		if b := &p.blocks[i]; b.long() {
			stop, words = stop+b.stop, words+b.words
		}
	}
	if 2*stop >= words && words > 0 {
		return
	}
	for i := range p.blocks {
		switch b := &p.blocks[i]; {
		case stop > 0:
			b.stop = min(b.words, b.stop*words/(2*stop))
		case b.long():
			b.stop = b.words / 2
		}
	}
}

// german and english are the numbers of these languages.
const german, english = 0, 1

// whole finds what the blocks are to each other.
func (p *Page) whole() {
	stop, words := 0, 0
	if p.same == nil {
		p.same = map[uint64]int{}
	}
	clear(p.same)
	for i := range p.blocks {
		b := &p.blocks[i]
		stop, words = stop+b.stop, words+b.words
		p.same[b.hash]++
	}
	p.pageStop = share(stop, words)
	p.topics()
	p.again()
	p.countForms()
}

// line returns the text of block i from the line end before it to the one
// behind it.
func (p *Page) line(i int) string {
	u := p.t.Paragraphs[i]
	from, to := 0, len(p.text)
	if i > 0 {
		from = p.t.Paragraphs[i-1].End
	}
	if i+1 < len(p.t.Paragraphs) {
		to = p.t.Paragraphs[i+1].Start
	}
	if at := strings.LastIndexByte(p.text[from:u.Start], '\n'); at >= 0 {
		from += at + 1
	}
	if at := strings.IndexByte(p.text[u.End:to], '\n'); at >= 0 {
		to = u.End + at
	}
	return strings.TrimSpace(p.text[from:to])
}

// around fills the sums, when the word scores are known.
func (p *Page) around() {
	n := len(p.blocks)
	p.sumLog, p.sumScore = append(p.sumLog[:0], make([]float32, n+1)...), append(p.sumScore[:0], make([]float32, n+1)...)
	p.sumProse, p.sumWords = append(p.sumProse[:0], make([]int32, n+1)...), append(p.sumWords[:0], make([]int32, n+1)...)
	p.sumCues, p.sumOn = append(p.sumCues[:0], make([]int32, n+1)...), append(p.sumOn[:0], make([]float32, n+1)...)
	p.runFrom, p.runTo = append(p.runFrom[:0], make([]int32, n)...), append(p.runTo[:0], make([]int32, n)...)
	p.proseFrom, p.proseTo = append(p.proseFrom[:0], make([]int32, n)...), append(p.proseTo[:0], make([]int32, n)...)
	p.proseBefore, p.proseAfter = append(p.proseBefore[:0], make([]int32, n)...), append(p.proseAfter[:0], make([]int32, n)...)
	p.sumStamp, p.sumComment = append(p.sumStamp[:0], make([]int32, n+1)...), append(p.sumComment[:0], make([]int32, n+1)...)
	p.stampAt, p.commentAt = append(p.stampAt[:0], make([]int32, n)...), append(p.commentAt[:0], make([]int32, n)...)
	p.callAt = append(p.callAt[:0], make([]int32, n)...)
	stamp, comment, call := int32(-farComment), int32(-farComment), int32(-farComment)
	for i := range p.blocks {
		b := &p.blocks[i]
		if b.stamp {
			stamp = int32(i)
		}
		says := b.cues>>cueComments&1 != 0 && p.sumProse[i] > 0
		if says {
			comment = int32(i)
		}
		if b.calls() {
			call = int32(i)
		}
		p.stampAt[i], p.commentAt[i], p.callAt[i] = stamp, comment, call
		p.sumStamp[i+1] = p.sumStamp[i] + one(b.stamp)
		p.sumComment[i+1] = p.sumComment[i] + one(says)
		p.sumLog[i+1] = p.sumLog[i] + b.logWords
		p.sumScore[i+1] = p.sumScore[i] + b.score
		p.sumOn[i+1] = p.sumOn[i] + b.on
		p.sumWords[i+1] = p.sumWords[i] + int32(b.words)
		p.sumProse[i+1] = p.sumProse[i] + one(b.prose)
		p.sumCues[i+1] = p.sumCues[i] + one(b.cues != 0)
	}
	p.runs()
	p.prose()
	p.bodies()
}

func one(b bool) int32 {
	if b {
		return 1
	}
	return 0
}

// stampWords is the most words of a stamp.
const stampWords = 12

// stamps reports whether a block may be a stamp: a name and a colon, or a date
// or time.
func (b *block) stamps() bool {
	return b.words <= stampWords && !b.ends && (b.colon || b.numbers > 0 && 3*b.numbers >= b.words)
}

// calls reports whether a block is the heading of a list of other articles.
func (b *block) calls() bool {
	return b.words <= shortWords && !b.ends && b.cues>>cueTeaser&1 != 0
}

// credits reports whether a block says whose a picture is.
func (b *block) credits() bool {
	return b.words > 0 && b.words <= stampWords && (b.right || b.cues>>cueCredit&1 != 0)
}

// short reports whether a block belongs to a run of short ones.
func (b *block) short() bool { return b.words < proseWords && !b.ends }

func (p *Page) runs() {
	runsOf(p.blocks, p.runFrom, p.runTo, (*block).short)
	runsOf(p.blocks, p.proseFrom, p.proseTo, func(b *block) bool { return b.prose })
}

// runsOf sets for every block the run of blocks around it that are of a sort, an
// empty one if it is not.
func runsOf(blocks []block, from, to []int32, sort func(*block) bool) {
	n := len(blocks)
	for i := 0; i < n; {
		j := i
		for j < n && sort(&blocks[j]) {
			j++
		}
		if j == i {
			from[i], to[i] = int32(i), int32(i)
			i++
			continue
		}
		for k := i; k < j; k++ {
			from[k], to[k] = int32(i), int32(j)
		}
		i = j
	}
}

const (
	farProse   = 20
	farComment = 40
)

func (p *Page) prose() {
	last := int32(farProse)
	for i := range p.blocks {
		p.proseBefore[i] = last
		if last = min(last+1, farProse); p.blocks[i].prose {
			last = 1
		}
	}
	last = farProse
	for i := len(p.blocks) - 1; i >= 0; i-- {
		p.proseAfter[i] = last
		if last = min(last+1, farProse); p.blocks[i].prose {
			last = 1
		}
	}
}
