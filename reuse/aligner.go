package reuse

import (
	"math"

	"reprint/shingle"
)

// Aligner compares one document with others: Left sets the one, before the first
// Compare. The zero value is ready for that; it holds only scratch memory, in proportion
// to the longest documents seen, and serves one goroutine at a time.
type Aligner struct {
	a      *Document
	da, db *Derived   // what is known of both documents
	lookup lookup     // into the left one
	scrap  [2]Derived // memory for those that do not keep it

	apart           bool // the documents are of different sources
	blind           bool // the caller knows nothing of the collection
	story           int  // 1: both are about one thing, -1: they are not, 0: not known yet
	docs            []int32
	noted           []int32 // tokens with docs or couples
	quoted, quotedB []bool
	offset          int // number of the diagonal on which both begin
	done            []int32
	turn            map[int32]int32
	met             []metGram // the grams that both documents hold
	seen            []uint32  // by place of a gram: the round in which it was counted
	round           uint32
	found, kept     []run
	blocked, said   []block
	takenA, takenB  []bool
	numA, numB      []uint64
	around          around // of the run before
	spans           []shingle.Span
	listing         bool // of what counts
	listed          []Counted
	set             gramSet
	counting        []uint64

	scratch         wordScratch
	left, right     *profile // nil: not made yet
	like            []likeness
	told            []likeness // of a retelling
	grid            grid
	common          []int32    // by sentence of the left document, in units of a rarity
	bothHold        []wordPair // that both documents hold
	mate            []int32    // by word of the right document: the left one's and 1, or 0; 0 between pairs but for words
	wordsMet        bool
	row             []uint64
	third           []wordPair // ends of words in a row
	leftA, leftB    []entry    // of what is left of a block
	restA, restB    []entry    // of what stands in none
	countedA        []tally
	countedB        []tally
	freeA, freeB    []uint32 // stems of two sentences that may be evidence
	touched         []int32
	ownA, ownB      []int32
	inside, insideB []int32
	astray          []int32 // blocks in a stretch on one side only
	firstA, firstB  []int
	ranInA, ranInB  []bool // by sentence: a run touches it
	countA, countB  []uint8
	likest          []likest // by sentence of the left, then of the right document
	lent            []uint8
	sideA, sideB    []int

	rareA, rareB   []uint8
	mayAnchor      []int32 // tokens of the right document
	anchored       []anchor
	best           []int32
	alignA, alignB []bool
	stretched      []block
	legible        []block
	couples        []int32 // docs of the couples, as docs
	lined          bool    // there are such
}

// Left sets the document that the following ones are compared with. d is
// not copied and must stay as it is.
func (x *Aligner) Left(d *Document) {
	x.a, x.left = d, nil
	x.da = d.derived(&x.scrap[0])
	x.lookup.turnTo(x.da)
}

// Compare tells what the left document, which Left has set before, and b have in
// common. seeds, in any
// order, say what the collection knows of the left document's grams; with
// nil seeds nothing is known, and every run counts as rare. The match has an
// empty Kind if what they have in common is too little to tell of: then its shares and
// passages say how little. Its passages belong to the caller. Two documents without words
// have nothing in common. Where runs overlap, as in texts that repeat sentences, it may tell
// which of the two is the left one.
// Cost: linear in the words of both, and in the square of the number of
// small changes around a run at worst.
func (x *Aligner) Compare(b *Document, seeds []Seed) Match {
	var m Match
	e := &m.Evidence
	x.blind = seeds == nil
	x.turnTo(b)
	x.apart = x.a.Site != b.Site || b.Site == 0
	e.Later = x.a.Day != 0 && b.Day != 0 && x.a.Day != b.Day
	x.learn(seeds)
	x.quoted, x.quotedB = x.da.quoted, x.db.quoted
	runs := x.telling(b, x.runs(b), e)
	blocks := x.blocks(b, runs, e)
	for i := range blocks {
		x.toSentence(b, &blocks[i])
	}
	if e.Later {
		blocks = x.dropForms(b, blocks)
	}
	pieces := len(blocks)
	x.legible = x.clearlyRead(x.legible[:0], b, blocks)
	if len(x.legible) == 0 {
		x.addMisread(b, blocks, e)
	}
	e.OwnA, e.OwnB = x.da.own, x.db.own
	coveredA, coveredB := 0.0, 0.0
	for _, k := range blocks {
		if e.Words >= MinEvidence && k.Equal > e.Whole && x.a.filled(k.A, k.AEnd)*b.filled(k.B, k.BEnd) >= wholeFilled {
			e.Whole = k.Equal
		}
		held := k.held()
		coveredA += held * float64(x.a.own(k.A, k.AEnd))
		coveredB += held * float64(b.own(k.B, k.BEnd))
		e.Quoted += x.quotedWords(k)
	}
	e.Shared = int(min(coveredA, coveredB))
	e.Quoted = min(e.Quoted, e.Shared)
	e.HeldA, e.HeldB = share(int(coveredA), e.OwnA), share(int(coveredB), e.OwnB)
	e.RawA, e.RawB = e.HeldA, e.HeldB
	telling := e.telling()
	if telling {
		m.Jaccard = x.jaccard(b)
		x.countNumbers(b, x.legible, e)
	}
	if e.Words < MinEvidence {
		if e.Retold = len(x.retold(b)); e.Retold == 0 && e.Quoted >= quoteWords {
			e.Beside = x.beside(b, e)
		}
		if e.Retold == 0 && e.Beside == 0 && e.Quoted < quoteWords {
			x.little(b, e)
		}
	} else {
		x.countNames(b, x.legible, e)
		e.Off = !e.form() && x.off(b, blocks, e)
	}
	if e.enough() && !e.form() && !e.Off {
		blocks = x.addRewordings(b, blocks, e)
		if e.Words >= MinEvidence && e.slight() && e.Quoted < quoteWords {
			x.little(b, e)
		}
	}
	x.calibrate(b, &m, pieces)
	decide(&m)
	if m.Kind != "" && !telling {
		m.Jaccard = x.jaccard(b)
	}
	if m.Kind.Reuse() {
		blocks = x.toShow(b, blocks, &m)
	}
	m.Passages = x.passages(b, blocks)
	if m.Kind.Reuse() {
		x.direction(b, &m)
	}
	return m
}

// turnTo has all that follows be about the left document and b.
func (x *Aligner) turnTo(b *Document) {
	x.db, x.right, x.wordsMet, x.story, x.told = b.derived(&x.scrap[1]), nil, false, 0, x.told[:0]
	x.around.known = false
}

// jaccard compares the whole texts' grams, furniture included.
func (x *Aligner) jaccard(b *Document) float64 {
	both, left, right := x.countGrams(b)
	return math.Round(share(both, left+right-both)*1e4) / 1e4
}

// countGrams counts the different grams that both hold, and those of either, after runs
// did look for those in both.
func (x *Aligner) countGrams(b *Document) (both, left, right int) {
	n := b.Grams
	if n == 0 {
		n = x.set.fill(x.db.gram)
	}
	return x.shared(), x.leftIndex().n, n
}

// shared counts the different grams that were found in both documents.
func (x *Aligner) shared() (n int) {
	most := max(len(x.da.gram), len(x.db.gram))
	if x.round++; x.round == 0 || len(x.seen) < most {
		x.seen, x.round = make([]uint32, max(len(x.seen), 2*most)), 1
	}
	for _, m := range x.met {
		if x.seen[m.first] != x.round {
			x.seen[m.first] = x.round
			n++
		}
	}
	return n
}

// CountGrams counts the different ones of grams, the runs of five words of a document as
// Document.Keys leaves them in its scratch, for the field Grams.
func (x *Aligner) CountGrams(grams []uint64) int { return x.set.fill(grams) }

// share is part of whole, 0 of nothing.
func share(part, whole int) float64 {
	if whole == 0 {
		return 0
	}
	return min(1, float64(part)/float64(whole))
}

// Equal is Compare for a b whose text has the same bytes as the left one:
// always a duplicate, and its passages are all that is furniture on neither
// side, or all there is if nothing else is left.
func (x *Aligner) Equal(b *Document) Match {
	m := Match{Kind: Duplicate, ShareA: 1, ShareB: 1, Jaccard: 1}
	e := &m.Evidence
	e.OwnA, e.OwnB, e.RawA, e.RawB, e.HeldA, e.HeldB, e.Rule = x.a.Own(), b.Own(), 1, 1, 1, 1, "the texts are the same bytes"
	n := x.a.Text.Len()
	for i := 0; i < n; i++ {
		from := i
		for i < n && !x.a.masked(i) && !b.masked(i) {
			i++
		}
		x.equal(&m, from, i)
	}
	if e.Shared == 0 {
		x.equal(&m, 0, n)
	}
	return m
}

// equal adds tokens [from, to), if any, to the passages of equal texts.
func (x *Aligner) equal(m *Match, from, to int) {
	if from == to {
		return
	}
	span := cut(&x.a.Text, from, to)
	m.Passages = append(m.Passages, Passage{A: span, B: span, Type: Verbatim, Similarity: 1})
	e := &m.Evidence
	e.Runs++
	e.Longest = max(e.Longest, to-from)
	e.Shared += to - from
}
