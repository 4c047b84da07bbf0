package reuse

import "slices"

// clauseWords is how many words a passage takes in at most, at either end of a side, to
// begin and end with a clause.
const clauseWords = 6

// toClauses has each reworded block that begins or ends within a clause, soon after its
// first or before its last word, take in the words between, unless another block has them:
// half a clause tells its reader nothing.
func (x *Aligner) toClauses(b *Document, blocks []block) {
	x.ownA, x.ownB = resize(x.ownA, x.a.Text.Len()), resize(x.ownB, b.Text.Len())
	clear(x.ownA)
	clear(x.ownB)
	for i := range blocks {
		x.own(&blocks[i], i)
	}
	for i := range blocks {
		if k := &blocks[i]; k.alike() < verbatimFrom {
			k.A, k.AEnd = x.a.clauses(k.A, k.AEnd, x.ownA)
			k.B, k.BEnd = b.clauses(k.B, k.BEnd, x.ownB)
			x.own(k, i)
		}
	}
}

// asideWords is how many words between two marks are an aside, an age or a party in brackets:
// with it a sentence begins, no clause ends.
const asideWords = 2

// clauses widens tokens [from, to) to the marks before and behind them, or to the ends of
// their sentences.
func (d *Document) clauses(from, to int, owners []int32) (int, int) {
	first, last := sentence(&d.Text, from).From, sentence(&d.Text, to-1).To
	p, q := from, to
	for p > first && !d.marked(p) && owners[p-1] == 0 && !d.masked(p-1) {
		p--
	}
	for q < last && !d.marked(q) && owners[q] == 0 && !d.masked(q) {
		q++
	}
	if d.aside(first, p) && !slices.ContainsFunc(owners[first:from], func(o int32) bool { return o != 0 }) && d.furniture(first, from) == 0 {
		p = first
	}
	if from-p <= clauseWords && (p == first || d.marked(p)) {
		from = p
	}
	if q-to <= clauseWords && (q == last || d.marked(q)) {
		to = q
	}
	return from, to
}

// aside reports whether an aside stands before token i of a sentence.
func (d *Document) aside(first, i int) bool {
	for k := i - 1; k > first && i-k <= asideWords; k-- {
		if d.marked(k) {
			return d.marked(i)
		}
	}
	return false
}
