package reuse

import (
	"cmp"
	"slices"

	"reprint/shingle"
)

const (
	// leastRarity leaves out stems that nearly every text holds.
	leastRarity = .5

	// numberMass is what a number that agrees adds to two sentences' common
	// mass, for at most maxNumbers of them.
	numberMass = 6
	maxNumbers = 3

	// anchorRarity is that of the stems by which sentences find each other,
	// and meetMass what they have to share of such stems: the words of
	// every article only cost time. With less than anchorMass they have to be
	// surer (oddsFew).
	anchorRarity = 2
	meetMass     = 2
	anchorMass   = 4

	// maxSentences bounds in how many sentences of a text a stem may stand
	// and still tell which of them another text rewords.
	maxSentences = 64
)

// profile is what sentences are compared by: the stems of each, once, with
// their rarities, and its numbers.
type profile struct {
	doc     *Document
	rarity  []uint8   // of doc's tokens
	own     []uint8   // memory for it where doc has none
	mass    []float32 // by sentence
	low     []float32 // by sentence: of the stems of less than anchorRarity
	whole   []float32 // by sentence: mass with its numbers, at least 1
	small   []float32 // by sentence: of the stems that stand in it with a small letter
	rare    []int32   // by sentence: its stems of storyRarity or more
	words   []int     // own words by sentence
	stems   []entry   // by sentence, then stem, each once
	spread  []int32   // by stem of a sentence: how many sentences hold it
	from    []int     // first entry of each sentence, and the end
	numbers []uint64  // by sentence, then number
	byValue []uint64  // the same ascending
	numFrom []int
	index   wordIndex // the same by stem
	slab    []entry   // memory of stems and of the index
}

// entry says that a sentence holds a stem: 32 bits of the stem, 23 of the
// sentence's number, one that says whether the stem stands there with a small letter,
// 8 of the stem's rarity, so that entries are sorted as numbers.
type entry uint64

// smallLetter is the bit of an entry of a stem with a small letter, and sentenceAtBit where the
// number of the sentence begins.
const (
	smallLetter   = 1 << 8
	sentenceAtBit = 9

	// mostSentences of a text are compared, all but those of the longest that can be.
	mostSentences = 1 << (32 - sentenceAtBit)
)

func newEntry(stem uint32, sentence int32, rarity uint8) entry {
	return entry(stem)<<32 | entry(sentence)<<sentenceAtBit&0xffffffff | entry(rarity)
}

func (e entry) stem() uint32    { return uint32(e >> 32) }
func (e entry) sentence() int   { return int(uint32(e) >> sentenceAtBit) }
func (e entry) rarity() float32 { return float32(e&0xff) / rarityUnit }

// fill makes p the profile of d. All stems are sorted once, and come to their
// sentences in that order. What p keeps is as large as it has to be.
func (p *profile) fill(d *Document, z *wordScratch) {
	p.doc, p.rarity = d, d.rarities(&p.own)
	n := len(d.Text.Sentences)
	p.words, p.numFrom, p.numbers = resize(p.words, n), resize(p.numFrom, n+1), p.numbers[:0]
	z.list = slices.Grow(z.list[:0], d.Text.Len())
	for s, unit := range d.Text.Sentences {
		p.numFrom[s] = len(p.numbers)
		p.words[s] = d.own(unit.From, unit.To)
		if s < mostSentences {
			z.list = p.sentence(z.list, int32(s), unit)
		}
	}
	p.numFrom[n] = len(p.numbers)
	p.byValue = append(p.byValue[:0], p.numbers...)
	slices.Sort(p.byValue)
	z.figures = z.figures[:0]
	for s := range n {
		z.figures = p.figures(z.figures, s)
	}
	slices.Sort(z.figures)
	words, anchors, rare := z.sort()
	stems, all := len(z.list), len(z.list)+len(z.figures)
	p.slab = resize(p.slab, stems+all+2*anchors+rare)
	p.stems, p.spread = p.slab[:stems:stems], resize(p.spread, stems)
	p.index.lay(p.slab[stems:], all, words, anchors, rare)
	p.index.build(z.list, z.figures, n)
	p.deal(z.list)
}

// deal gives each sentence its stems, in the order in which they come.
func (p *profile) deal(list []entry) {
	n, word := len(p.words), 0
	p.mass, p.low, p.whole, p.from = resize(p.mass, n), resize(p.low, n), resize(p.whole, n), resize(p.from, n+1)
	clear(p.mass)
	clear(p.low)
	p.rare, p.small = resize(p.rare, n), resize(p.small, n)
	clear(p.rare)
	clear(p.small)
	clear(p.from)
	for _, e := range list {
		p.from[e.sentence()+1]++
	}
	for s := range n {
		p.from[s+1] += p.from[s]
	}
	for _, e := range list {
		for p.index.stem[word] != e.stem() {
			word++
		}
		s := e.sentence()
		p.stems[p.from[s]], p.spread[p.from[s]] = e, int32(len(p.index.allOf(int32(word))))
		p.from[s]++
		r := e.rarity()
		p.mass[s] += r
		if r < anchorRarity {
			p.low[s] += r
		}
		if r >= storyRarity {
			p.rare[s]++
		}
		if e&smallLetter != 0 {
			p.small[s] += r
		}
	}
	copy(p.from[1:], p.from)
	p.from[0] = 0
	for s := range n {
		p.whole[s] = max(1, p.mass[s]+ofNumbers(len(p.numbersOf(s))))
	}
}

// sentence notes the numbers of one sentence, and appends its stems, for which
// there is room.
func (p *profile) sentence(stems []entry, s int32, unit shingle.Unit) []entry {
	numbers, n := len(p.numbers), len(stems)
	t := &p.doc.Text
	stem, flag, rarity := t.Stem[:unit.To], t.Flag[:unit.To], p.rarity[:unit.To]
	stems = stems[:n+unit.To-unit.From]
	for i := unit.From; i < unit.To; i++ {
		switch {
		case p.doc.masked(i):
		case flag[i]&shingle.Number != 0:
			if i == unit.From || stem[i] != stem[i-1] { // else it is the same, in groups of digits
				p.numbers = append(p.numbers, uint64(stem[i])<<32)
			}
		default: // no branch is taken for a stem
			stems[n] = newEntry(stem[i], s, rarity[i]) | smallOf(flag[i])
			if rarity[i] >= leastRarity*rarityUnit {
				n++
			}
		}
	}
	slices.Sort(p.numbers[numbers:])
	return stems[:n]
}

// smallOf is smallLetter for a token without a capital.
func smallOf(f shingle.Flag) entry {
	return entry(^f&shingle.Upper) * (smallLetter / entry(shingle.Upper))
}

// stemsOf returns the stems of sentence s, ascending.
func (p *profile) stemsOf(s int) []entry { return p.stems[p.from[s]:p.from[s+1]] }

// commonMass adds up the rarities of the stems that two sentences share.
func commonMass(a, b []entry) float32 {
	mass, _ := commonStems(a, b)
	return mass
}

// commonStems counts the stems that two sentences share, and adds up their rarities.
func commonStems(a, b []entry) (mass float32, n int) {
	switch {
	case len(a) > uneven*len(b):
		return stemsWithin(b, a)
	case len(b) > uneven*len(a):
		return stemsWithin(a, b)
	}
	for i, j := 0, 0; i < len(a) && j < len(b); { // without branches that cannot be foreseen
		e, f := a[i], b[j]
		p, q := e.stem(), f.stem()
		if p == q {
			mass += min(e&0xff, f&0xff).rarity()
			n++
		}
		if p <= q {
			i++
		}
		if q <= p {
			j++
		}
	}
	return mass, n
}

// uneven is how many times as long as the other a sentence is in which stems are searched
// for: a transcript without a full stop meets each sentence of a text that has them.
const uneven = 32

// stemsWithin is commonStems for few stems and many.
func stemsWithin(few, many []entry) (mass float32, n int) {
	for _, e := range few {
		at, _ := slices.BinarySearch(many, entry(e.stem())<<32)
		if many = many[at:]; len(many) == 0 {
			break
		}
		if f := many[0]; f.stem() == e.stem() {
			mass += min(e&0xff, f&0xff).rarity()
			n++
			many = many[1:]
		}
	}
	return mass, n
}

// entries appends the stems and numbers of some tokens, ascending, each once.
func (p *profile) entries(dst []entry, from, to int) []entry {
	for i := from; i < to; i++ {
		switch f := p.doc.Text.Flag[i]; {
		case p.doc.masked(i):
		case f&shingle.Number != 0:
			dst = append(dst, newEntry(p.doc.Text.Stem[i], 0, numberMass*rarityUnit))
		case p.of(i) >= leastRarity:
			dst = append(dst, newEntry(p.doc.Text.Stem[i], 0, p.rarity[i]))
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// fullMass adds up the rarities of some stems.
func fullMass(list []entry) (mass float32) {
	for _, e := range list {
		mass += e.rarity()
	}
	return mass
}

// numbersOf returns the numbers of sentence s, ascending.
func (p *profile) numbersOf(s int) []uint64 { return p.numbers[p.numFrom[s]:p.numFrom[s+1]] }

// full is the mass of sentence s with its numbers, at least 1.
func (p *profile) full(s int) float32 { return p.whole[s] }

// common is the mass that sentence s and sentence t of q share, numbers that
// agree included.
func (p *profile) common(s int, q *profile, t int) float32 {
	return commonMass(p.stemsOf(s), q.stemsOf(t)) + ofNumbers(shingle.Shared(p.numbersOf(s), q.numbersOf(t)))
}

// ofNumbers is the mass of so many numbers.
func ofNumbers(n int) float32 { return numberMass * float32(min(n, maxNumbers)) }

// figures appends the numbers of sentence s as if they were stems.
func (p *profile) figures(dst []entry, s int) []entry {
	for _, n := range p.numbersOf(s) {
		dst = append(dst, newEntry(uint32(n>>32), int32(s), numberMass*rarityUnit))
	}
	return dst
}

// of returns the rarity of token i.
func (p *profile) of(i int) float32 { return float32(p.rarity[i]) / rarityUnit }

const (
	// closeFrom is the likeness of sentences that are nearly the same, as headlines
	// that say the same are.
	closeFrom = .75

	// heldFrom is the part of a sentence that one holds of which it is a half.
	heldFrom = .75

	// besideSentences is how far the two halves of a split sentence stand apart at
	// most, and how far a sentence from a passage that stands beside it.
	besideSentences = 2
)

// mostPicked is in how many rewordings a sentence takes part at most.
const mostPicked = 2

// pickNone has no sentence of the two profiles take part in a rewording.
func (x *Aligner) pickNone() {
	n, m := len(x.left.mass), len(x.right.mass)
	x.firstA, x.firstB = resize(x.firstA, n), resize(x.firstB, m)
	x.countA, x.countB = resize(x.countA, n), resize(x.countB, m)
	clear(x.countA)
	clear(x.countB)
}

// pick has the sentences of l take part in a rewording, and reports whether they may: each
// does in mostPicked at most, the second time beside the first one, as merged or split
// sentences do.
func (x *Aligner) pick(l likeness) bool {
	ca, cb := x.countA[l.a], x.countB[l.b]
	switch {
	case ca == 0 && cb == 0:
	case ca == 1 && cb == 0 && l.inB >= heldFrom && near(x.firstA[l.a], l.b, besideSentences):
	case cb == 1 && ca == 0 && l.inA >= heldFrom && near(x.firstB[l.b], l.a, besideSentences):
	default:
		return false
	}
	if ca == 0 {
		x.firstA[l.a] = l.b
	}
	if cb == 0 {
		x.firstB[l.b] = l.a
	}
	x.countA[l.a]++
	x.countB[l.b]++
	return true
}

// unpick takes the last pick back.
func (x *Aligner) unpick(l likeness) {
	x.countA[l.a]--
	x.countB[l.b]--
}

// headingsLast moves the likenesses of headlines behind the others, which keep their
// order: a headline says again what stands in the text.
func headingsLast(list []likeness, a, b *Document) []likeness {
	slices.SortStableFunc(list, func(p, q likeness) int {
		return cmp.Compare(headings(a, b, p), headings(a, b, q))
	})
	return list
}

// headings counts the headlines in a likeness.
func headings(a, b *Document, l likeness) (n int) {
	if a.heading(l.a) {
		n++
	}
	if b.heading(l.b) {
		n++
	}
	return n
}

// near reports whether two sentences are at most so far apart.
func near(p, q, most int) bool { return p-q <= most && q-p <= most }
