package reuse

import (
	"cmp"
	"slices"

	"reprint/shingle"
)

// A sentence of one document may say what two of the other say that stand far apart.
// The surer one of the two takes it whole, and gives the other one the half that is its.

// halfMass is what each half of such a sentence shares with its own sentence, at least, of
// words that the other one does not hold. With less both say the same, and one of them says
// it twice.
const halfMass = 4

// markMass is how much less the halves may share for the cut to be behind a mark: there a
// clause ends.
const markMass = 4

// halve makes a block of l and adds it, if one of its sentences is free and the other one
// belongs to a reworded block that can do without a half of it.
func (x *Aligner) halve(b *Document, blocks []block, l likeness) []block {
	u, v := x.a.Text.Sentences[l.a], b.Text.Sentences[l.b]
	x.inside, x.insideB = inside(x.inside[:0], x.ownA[u.From:u.To]), inside(x.insideB[:0], x.ownB[v.From:v.To])
	owners := x.inside
	if len(owners) == 0 {
		owners = x.insideB
	}
	if len(x.inside)+len(x.insideB) != 1 {
		return blocks
	}
	i := int(owners[0] - 1)
	old, k := blocks[i], block{A: u.From, AEnd: u.To, B: v.From, BEnd: v.To, Similarity: float64(l.g)}
	if old.alike() >= verbatimFrom {
		return blocks
	}
	left, ok := old, false
	switch {
	case len(x.inside) == 0 && (old.B < v.From || old.BEnd > v.To), len(x.inside) > 0 && (old.A < u.From || old.AEnd > u.To):
		return blocks // it goes on beyond the sentence
	case len(x.inside) == 0:
		x.leftA, x.leftB = x.left.entries(x.leftA[:0], old.A, old.AEnd), x.left.entries(x.leftB[:0], u.From, u.To)
		left.B, left.BEnd, k.B, k.BEnd, ok = x.right.halves(v, old.B, old.BEnd, x.leftA, x.leftB)
	default:
		x.leftA, x.leftB = x.right.entries(x.leftA[:0], old.B, old.BEnd), x.right.entries(x.leftB[:0], v.From, v.To)
		left.A, left.AEnd, k.A, k.AEnd, ok = x.left.halves(u, old.A, old.AEnd, x.leftA, x.leftB)
	}
	if !ok || !x.remains(&left) || !x.remains(&k) {
		return blocks
	}
	left.Equal = x.equalIn(b, left, old)
	x.disown(&blocks[i])
	blocks[i] = left
	x.own(&left, i)
	x.own(&k, len(blocks))
	return append(blocks, k)
}

// halves cuts sentence u of p, in which a block owns [from, to), in two: what stays of the
// block, which says what one list holds, and what says what another one holds.
func (p *profile) halves(u shingle.Unit, from, to int, one, other []entry) (oneFrom, oneTo, otherFrom, otherTo int, ok bool) {
	at, first := p.cut(u, one, other)
	oneFrom, oneTo, otherFrom, otherTo = from, min(to, at), at, u.To
	if !first {
		oneFrom, oneTo, otherFrom, otherTo = max(from, at), to, u.From, at
	}
	ok = min(oneTo-oneFrom, otherTo-otherFrom) >= leastWords &&
		p.only(oneFrom, oneTo, one, other) >= halfMass && p.only(otherFrom, otherTo, other, one) >= halfMass
	return oneFrom, oneTo, otherFrom, otherTo, ok
}

// cut finds where to cut a sentence for its halves to share the most with two lists, and
// whether the first half is that of the first list. A place behind a mark counts for markMass
// more.
func (p *profile) cut(u shingle.Unit, one, other []entry) (at int, first bool) {
	ahead := float32(0) // what one holds before a place and other does not, less the opposite
	all := float32(0)
	for i := u.From; i < u.To; i++ {
		all += p.tilt(i, one, other)
	}
	most := float32(-1)
	for i := u.From + 1; i < u.To; i++ {
		ahead += p.tilt(i-1, one, other)
		gain := 2*ahead - all // before the place for one and behind it for other
		d := max(gain, -gain)
		if p.doc.marked(i) {
			d += markMass
		}
		if d > most {
			at, first, most = i, gain > 0, d
		}
	}
	return at, first
}

// tilt is the rarity of token i if one list holds it and another does not, less than 0 if
// it is the other one that does, and 0 else.
func (p *profile) tilt(i int, one, other []entry) float32 {
	r := p.of(i)
	number := p.doc.Text.Flag[i]&shingle.Number != 0
	if number {
		r = numberMass
	}
	if p.doc.masked(i) || r < leastRarity {
		return 0
	}
	switch in, inOther := holds(one, p.doc.Text.Stem[i]), holds(other, p.doc.Text.Stem[i]); {
	case in && !inOther:
		return r
	case inOther && !in:
		return -r
	}
	return 0
}

// only is the mass of the stems of [from, to) that one list holds and another does not.
func (p *profile) only(from, to int, one, other []entry) (mass float32) {
	for i := from; i < to; i++ {
		mass += max(0, p.tilt(i, one, other))
	}
	return mass
}

// holds reports whether an ascending list has an entry of a stem.
func holds(list []entry, stem uint32) bool {
	_, found := slices.BinarySearchFunc(list, stem, func(e entry, s uint32) int { return cmp.Compare(e.stem(), s) })
	return found
}

// marked reports whether a mark stands before token i.
func (d *Document) marked(i int) bool { return d.Text.Start[i] > d.Text.End[i-1]+1 }
