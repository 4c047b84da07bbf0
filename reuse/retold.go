package reuse

import (
	"math"
	"slices"
)

// Who rewrites an article freely leaves no run of words as it was, and hardly a
// sentence that holds half of what another one says. What stays is the order:
// sentence by sentence, the text tells again what the other one tells. Two
// reports of one event share its names, which stand in many sentences of each;
// so a stem says the more of which sentence belongs to which, the fewer
// sentences of the two documents hold it. And one source tells its own story
// again from day to day; only documents of different sources, or of none, are
// looked at.
//
// Measured on all pairs that share some rare words and were no reuse before,
// sources left aside: of a week of German press it finds one, which a reader would
// call a retelling, of 2,026 articles without reuse and of 38 answers to one
// question that were written without sight of a text none, and of six that were
// rewritten from it four.
const (
	// rowLeast is how many sentences that follow each other on both sides are
	// a retelling: each shares rowHeld with the next one there, all together
	// rowMass, each on one of the sides finds none that shares more, and they
	// hold rowLike of each other and rowPairs of the shorter one's words stand
	// beside the same neighbour. In long documents more meets by chance: there
	// they share placeMass for each time that the places where they could
	// stand are e times as many. What all rows hold is rowShare of the words of
	// either document; less is the background that every account has.
	rowLeast  = 3
	rowHeld   = 2
	rowMass   = 12
	rowLike   = .3
	rowPairs  = .12
	rowShare  = .1
	placeMass = 2

	// chainLeast is how many sentences in the same order are one where they
	// are chainShare of the words of either document: what they share beyond
	// chainToll each and skipToll for each sentence left out, at most maxSkips
	// in a row, comes to chainMass, and of the shorter ones' words chainOrder
	// stand in the other in the same order and chainPairs beside the same
	// neighbour.
	chainLeast = 4
	chainShare = .4
	chainMass  = 12
	chainToll  = 4
	skipToll   = 1.5
	maxSkips   = 2
	chainOrder = .36
	chainPairs = .15

	// toldGrade is how much of a sentence is held by the one that tells it
	// again, at least.
	toldGrade = .5

	// maxMeetings bounds in how many pairs of sentences a stem stands that
	// still tells something of each.
	maxMeetings = 256

	// maxGrid bounds the pairs of sentences that are looked at; in longer
	// documents no retelling is looked for.
	maxGrid = 1 << 20
)

// grid holds what each sentence of one document shares with each of another,
// for the few pairs of sentences that share anything.
type grid struct {
	share        []float32 // by word that both hold: what it adds wherever it meets, 0 if it tells nothing
	mass         []float32 // by sentence of the left, then of the right one; 0 between calls
	n, m         int
	touched      []int32   // the cells that are not 0
	strong       []int32   // those of rowHeld, ascending
	bestA, bestB []float32 // the most that a sentence shares with any
	least        float32   // that a row shares
	chain        []link    // by cell, of the strong ones
}

// link is the best chain that ends at a cell of the grid.
type link struct {
	score float32
	prev  int32 // -1: it begins here
	n     int32
}

// at is what sentence s of the left document shares with t of the right one.
func (g *grid) at(s, t int) float32 { return g.mass[s*g.m+t] }

// enough compares two profiles by the words that both hold and reports whether they share enough
// for a retelling. A stem counts by its rarity over the mean number of sentences that hold it.
func (g *grid) enough(a, b *profile, both []wordPair) bool {
	g.n, g.m = len(a.mass), len(b.mass)
	g.least = max(rowMass, placeMass*float32(math.Log(float64(g.n*g.m))))
	g.share = resize(g.share, len(both))
	all := float32(0)
	for i, w := range both {
		p, q := a.index.allOf(w.a), b.index.allOf(w.b)
		g.share[i] = 0
		if len(p)*len(q) <= maxMeetings {
			g.share[i] = min(p[0].rarity(), q[0].rarity()) / float32(math.Sqrt(float64(len(p)*len(q))))
			all += g.share[i]
		}
	}
	return all >= g.least
}

// fill puts what enough found where it is shared.
func (g *grid) fill(a, b *profile, both []wordPair) {
	g.mass = resize(g.mass, g.n*g.m)
	g.touched = g.touched[:0]
	g.bestA, g.bestB = resize(g.bestA, g.n), resize(g.bestB, g.m)
	clear(g.bestA)
	clear(g.bestB)
	for i, w := range both {
		if share := g.share[i]; share > 0 {
			g.put(a.index.allOf(w.a), b.index.allOf(w.b), share)
		}
	}
}

// put adds share wherever sentences with a stem meet, and notes the most that each shares. What
// two of them share only grows.
func (g *grid) put(p, q []entry, share float32) {
	for _, e := range p {
		s := e.sentence()
		row, best := g.mass[s*g.m:(s+1)*g.m], g.bestA[s]
		for _, f := range q {
			t := f.sentence()
			if row[t] == 0 {
				g.touched = append(g.touched, int32(s*g.m+t))
			}
			v := row[t] + share
			row[t] = v
			if v > best {
				best = v
			}
			if v > g.bestB[t] {
				g.bestB[t] = v
			}
		}
		g.bestA[s] = best
	}
}

// wipe makes all cells 0 again.
func (g *grid) wipe() {
	for _, cell := range g.touched {
		g.mass[cell] = 0
	}
}

// find lists the strong cells.
func (g *grid) find() {
	g.strong = g.strong[:0]
	for _, cell := range g.touched {
		if g.mass[cell] >= rowHeld {
			g.strong = append(g.strong, cell)
		}
	}
	slices.Sort(g.strong)
}

// retold lists the sentences of a retelling, in the order of the left document,
// none if there is none.
func (x *Aligner) retold(b *Document) []likeness {
	x.told = x.told[:0]
	if !x.apart || !x.blind && !x.lined {
		return nil
	}
	x.profile(b)
	if cells := len(x.left.mass) * len(x.right.mass); cells == 0 || cells > maxGrid {
		return nil
	}
	x.meetWords()
	if !x.grid.enough(x.left, x.right, x.bothHold) {
		return nil
	}
	x.grid.fill(x.left, x.right, x.bothHold)
	defer x.grid.wipe()
	x.grid.find()
	if x.rows(b); !x.toldEnough() {
		x.told = x.told[:0]
		x.chains(b)
	}
	if !slices.ContainsFunc(x.told, x.tells) {
		x.told = x.told[:0]
	}
	return x.told
}

// toldEnough reports whether the sentences of rows are rowShare of the words of
// either document.
func (x *Aligner) toldEnough() bool {
	wordsA, wordsB := 0, 0
	for _, l := range x.told {
		wordsA, wordsB = wordsA+x.left.words[l.a], wordsB+x.right.words[l.b]
	}
	return max(share(wordsA, x.da.own), share(wordsB, x.db.own)) >= rowShare
}

// rows adds the sentences that retell each other in a row.
func (x *Aligner) rows(b *Document) {
	g := &x.grid
	for _, cell := range g.strong {
		s, t := int(cell)/g.m, int(cell)%g.m
		if s+rowLeast <= g.n && t+rowLeast <= g.m && x.isRow(b, s, t) {
			for k := range rowLeast {
				x.tell(s+k, t+k)
			}
		}
	}
}

// isRow reports whether rowLeast sentences from s and t on are a retelling.
func (x *Aligner) isRow(b *Document, s, t int) bool {
	g := &x.grid
	sum, rows, columns := float32(0), true, true
	for k := range rowLeast {
		v := g.at(s+k, t+k)
		if v < rowHeld {
			return false
		}
		sum += v
		rows, columns = rows && v >= g.bestA[s+k], columns && v >= g.bestB[t+k]
	}
	if sum < g.least || !rows && !columns {
		return false
	}
	var q likePart
	for k := range rowLeast {
		if !x.tellable(b, s+k, t+k) {
			return false
		}
		x.add(b, &q, s+k, t+k)
	}
	return q.like() >= rowLike && float64(q.pairs) >= rowPairs*float64(q.words)
}

// tellable reports whether two sentences may be a part of a retelling: running
// text, unquoted, and without contradicting numbers, and not longer than any sentence.
func (x *Aligner) tellable(b *Document, s, t int) bool {
	u, v := x.a.Text.Sentences[s], b.Text.Sentences[t]
	return max(u.To-u.From, v.To-v.From) <= mostSentence && x.left.running(s) && x.right.running(t) &&
		2*count(x.quoted[u.From:u.To]) < u.To-u.From && 2*count(x.quotedB[v.From:v.To]) < v.To-v.From &&
		!otherNumbers(x.left.numbersOf(s), x.right.numbersOf(t))
}

// running reports whether sentence s is running text: it is no heading or cell of
// a table, and not more than half of it are names.
func (p *profile) running(s int) bool {
	names := 0
	for _, e := range p.stemsOf(s) {
		if e.rarity() >= nameRarity {
			names++
		}
	}
	return p.words[s] >= leastWords && 2*names <= p.words[s]
}

// likePart is what some pairs of sentences have in common.
type likePart struct {
	common, a, b        float32 // mass
	words, order, pairs int     // of the shorter sentences
	wordsA, wordsB      int
}

func (q *likePart) like() float32 { return q.common / geometric(q.a, q.b) }

// add adds sentences s and t to q.
func (x *Aligner) add(b *Document, q *likePart, s, t int) {
	u, v := x.a.Text.Sentences[s], b.Text.Sentences[t]
	m, n := x.a.Text.Stem[u.From:min(u.To, u.From+longSentence)], b.Text.Stem[v.From:min(v.To, v.From+longSentence)]
	q.common += x.left.common(s, x.right, t)
	q.a, q.b = q.a+x.left.full(s), q.b+x.right.full(t)
	q.words += min(len(m), len(n))
	q.order += x.inOrder(m, n)
	q.pairs += pairs(m, n)
	q.wordsA, q.wordsB = q.wordsA+x.left.words[s], q.wordsB+x.right.words[t]
}

// tell adds a pair of sentences to the retelling, once.
func (x *Aligner) tell(s, t int) {
	for _, l := range x.told {
		if l.a == s || l.b == t {
			return
		}
	}
	mass := x.left.common(s, x.right, t)
	l := likeness{a: s, b: t, mass: mass, inA: mass / x.left.full(s), inB: mass / x.right.full(t)}
	l.g = geometric(l.inA, l.inB)
	x.told = append(x.told, l)
}

// chains adds the best chain of sentences in the same order, if it is a
// retelling of one of the documents.
func (x *Aligner) chains(b *Document) {
	g := &x.grid
	end := x.link(b)
	if end < 0 {
		return
	}
	var q likePart
	for i := end; i >= 0; i = int(g.chain[i].prev) {
		cell := int(g.strong[i])
		x.add(b, &q, cell/g.m, cell%g.m)
	}
	part := max(share(q.wordsA, x.da.own), share(q.wordsB, x.db.own))
	if part < chainShare || float64(q.order) < chainOrder*float64(q.words) || float64(q.pairs) < chainPairs*float64(q.words) {
		return
	}
	for i := end; i >= 0; i = int(g.chain[i].prev) {
		cell := int(g.strong[i])
		x.tell(cell/g.m, cell%g.m)
	}
	slices.Reverse(x.told)
}

// link finds the chains and returns the end of the best one, or -1.
func (x *Aligner) link(b *Document) int {
	g := &x.grid
	g.chain = resize(g.chain, len(g.strong))
	end, most, from := -1, float32(chainMass), 0
	for k, cell := range g.strong {
		s, t := int(cell)/g.m, int(cell)%g.m
		for int(g.strong[from])/g.m < s-maxSkips-1 {
			from++
		}
		g.chain[k] = link{}
		own := g.at(s, t) - chainToll
		if own <= 0 || !x.tellable(b, s, t) {
			continue
		}
		c := g.longest(from, k)
		c.score += own
		g.chain[k] = c
		if c.n >= chainLeast && c.score >= most {
			end, most = k, c.score
		}
	}
	return end
}

// longest returns the best chain that strong cell k may go on, with it. Those
// before it whose sentences are near enough begin at from.
func (g *grid) longest(from, k int) link {
	best := link{prev: -1, n: 1}
	s, t := int(g.strong[k])/g.m, int(g.strong[k])%g.m
	for i := from; int(g.strong[i])/g.m < s; i++ { // up to the first of its own row
		c := g.chain[i]
		if c.n == 0 {
			continue
		}
		skipA, skipB := s-int(g.strong[i])/g.m-1, t-int(g.strong[i])%g.m-1
		if skipB < 0 || skipB > maxSkips {
			continue
		}
		if score := c.score - skipToll*float32(skipA+skipB); score > best.score {
			best = link{score: score, prev: int32(i), n: c.n + 1}
		}
	}
	return best
}

// toldBlock is a sentence of a retelling.
func (x *Aligner) toldBlock(b *Document, l likeness) block {
	u, v := x.a.Text.Sentences[l.a], b.Text.Sentences[l.b]
	return block{A: u.From, AEnd: u.To, B: v.From, BEnd: v.To, Similarity: float64(l.g)}
}

// uniteTold adds the sentences of a retelling to the blocks, in place of other
// rewordings of the same sentences.
func (x *Aligner) uniteTold(b *Document, blocks []block) []block {
	for _, l := range x.told {
		x.countA[l.a], x.countB[l.b] = mostPicked, mostPicked
		if x.tells(l) {
			blocks, _ = x.unite(b, blocks, x.toldBlock(b, l))
		}
	}
	return blocks
}

// countTold counts toldGrade of each sentence of a retelling as held.
func (x *Aligner) countTold() {
	for _, l := range x.told {
		x.sideA[l.a] = max(x.sideA[l.a], int(toldGrade*float64(x.left.words[l.a])))
		x.sideB[l.b] = max(x.sideB[l.b], int(toldGrade*float64(x.right.words[l.b])))
	}
}
