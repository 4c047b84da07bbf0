package reuse

import (
	"slices"

	"reprint/shingle"
)

// clauseWords is how many words a passage takes in at most, at either end of a side, to
// begin and end with a clause.
const clauseWords = 6

// toClauses has each reworded block that begins or ends within a clause, soon after its
// first or before its last word, take in the words between, unless another block has them, or
// else leave off the word or two of the clause that it has: half a clause tells its reader nothing.
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

// clauses moves the ends of tokens [from, to) to the marks before and behind them, or to the
// ends of their sentences, or back to marks right behind the first of them or before the last.
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
	long := to-from >= 2*clauseWords
	switch {
	case from-p <= clauseWords && (p == first || d.marked(p)):
		from = p
	case long:
		from += d.toMark(from, 1)
	}
	switch {
	case q-to <= clauseWords && (q == last || d.marked(q)):
		to = q
	case long:
		to -= d.toMark(to, -1)
	}
	return from, to
}

// joining are words before which a mark may be the hyphen of a word that shares its end with
// another: "Ein- und Ausgang".
var joining = [...]uint64{shingle.Hash("und"), shingle.Hash("oder"), shingle.Hash("and"), shingle.Hash("or"), shingle.Hash("en")}

// toMark returns how many words stand between token i and the next mark ahead or, with -1,
// behind, if they are a word or two, else 0.
func (d *Document) toMark(i, way int) int {
	for n := 1; n <= crumbWords; n++ {
		if at := i + n*way; d.marked(at) && !slices.Contains(joining[:], d.Text.Hash[at]) {
			return n
		}
	}
	return 0
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
