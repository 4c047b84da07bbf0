package reuse

import (
	"cmp"
	"math/bits"
	"slices"
)

const (
	// anchorFrom is the rarity of the words along which noisy text is
	// aligned, every second word, and anchorPlaces in how many places of the
	// left document such a word may stand.
	anchorFrom   = 1.5
	anchorPlaces = 4

	// anchorGap is how many words on the anchors of a chain follow each other
	// at most, and gapToll what each word between two of them takes off the
	// chain's score.
	anchorGap = 12
	gapToll   = .25

	// chainFrom is the least score of a chain, the rarities of four or five
	// telling words, and maxTries how many chains from one anchor are tried.
	chainFrom = 14
	maxTries  = 4

	// alignedFrom is the part of its longer side's words that have to agree
	// in order in a stretch of noisy text: some .7 do where every third word
	// was dropped, replaced or swapped, .8 in a bad scan. addedFrom is the
	// same for what a stretch adds to the runs in it.
	alignedFrom = .6
	addedFrom   = .3

	// smallPart is the part of a stretch's words that agree up to which a block that
	// lies in it on one side only is a phrase that stands elsewhere, too.
	smallPart = .16
)

// places finds the tokens of the left document that have a stem.
type places struct {
	stem  []uint32 // by slot
	first []int32  // by slot, -1: empty
	next  []int32  // by token
	n     []uint8  // by slot, up to anchorPlaces+1
	may   []uint64 // bits by a stem's lowest ones: it may be here; nearly all that are not are told by them
}

// build indexes the anchors of d.
func (p *places) build(d *Document, rarity []uint8) {
	size := 1 << bits.Len(uint(d.Text.Len()))
	p.stem, p.first, p.n = resize(p.stem, size), resize(p.first, size), resize(p.n, size)
	p.next = resize(p.next, d.Text.Len())
	p.may = resize(p.may, max(1, size/4)) // 16 to 32 bits a token
	clear(p.may)
	for i := range p.first {
		p.first[i] = -1
	}
	for i := d.Text.Len() - 1; i >= 0; i-- {
		if rarity[i] < anchorFrom*rarityUnit || d.masked(i) {
			continue
		}
		s := p.find(d.Text.Stem[i])
		if stem := d.Text.Stem[i]; p.first[s] < 0 {
			p.n[s], p.stem[s] = 0, stem
			p.may[stem>>6&uint32(len(p.may)-1)] |= 1 << (stem & 63)
		}
		p.next[i], p.first[s] = p.first[s], int32(i)
		p.n[s] = min(p.n[s]+1, anchorPlaces+1)
	}
}

func (p *places) find(stem uint32) int {
	mask := len(p.first) - 1
	s := int(stem) & mask
	for p.first[s] >= 0 && p.stem[s] != stem {
		s = (s + 1) & mask
	}
	return s
}

// of returns the first token with a stem, -1 if there is none or there are
// too many. next leads to the others.
func (p *places) of(stem uint32) int32 {
	s := p.find(stem)
	if p.first[s] >= 0 && p.n[s] > anchorPlaces {
		return -1
	}
	return p.first[s]
}

// meetings lists the tokens of another document whose stems may be here, in order,
// in the memory of dst. Few others are among them, and no branch is taken for any.
func (p *places) meetings(dst []int32, stems []uint32) []int32 {
	dst = resize(dst, len(stems))
	may, mask, n := p.may, uint32(len(p.may)-1), 0
	for j, stem := range stems {
		dst[n] = int32(j)
		n += int(may[stem>>6&mask] >> (stem & 63) & 1)
	}
	return dst[:n]
}

// anchor is a rare word at i in the left and j in the right document, at the
// end of the best chain of such words that leads there.
type anchor struct {
	i, j  int32
	prev  int32 // in the list, -1 at the beginning
	head  int32 // the first of the chain
	score float32
	tries uint8 // how often chains from here were followed
}

// anchors finds the chains of anchors, a local alignment of the two texts in
// which only rare words count (Smith and Waterman, 1981, made sparse).
func (x *Aligner) anchors(b *Document, rareA, rareB []uint8) []anchor {
	list, where := x.anchored[:0], x.placesOf(rareA)
	from := 0
	x.mayAnchor = where.meetings(x.mayAnchor, b.Text.Stem)
	for _, j := range x.mayAnchor {
		if rareB[j] < anchorFrom*rarityUnit || b.masked(int(j)) {
			continue
		}
		for from < len(list) && list[from].j < j-anchorGap {
			from++
		}
		end := len(list)
		for i := where.of(b.Text.Stem[j]); i >= 0; i = where.next[i] {
			n := anchor{i: i, j: j, prev: -1, head: int32(len(list))}
			for k := from; k < end; k++ {
				p := &list[k]
				di, dj := i-p.i, j-p.j
				if di <= 0 || di > anchorGap || dj <= 0 {
					continue
				}
				if s := p.score - gapToll*float32(di+dj-2); s > n.score {
					n.score, n.prev, n.head = s, int32(k), p.head
				}
			}
			n.score += float32(min(rareA[i], rareB[j])) / rarityUnit
			list = append(list, n)
		}
	}
	x.anchored = list
	return list
}

// stretches returns the stretches of both texts in which much the same words
// follow each other, the best first, disjoint on both sides.
func (x *Aligner) stretches(b *Document) []block {
	rareA, rareB := x.a.rarities(&x.rareA), b.rarities(&x.rareB)
	list := x.anchors(b, rareA, rareB)
	best := x.best[:0]
	for i := range list {
		if list[i].score >= chainFrom {
			best = append(best, int32(i))
		}
	}
	slices.SortFunc(best, func(p, q int32) int {
		return cmp.Or(cmp.Compare(list[q].score, list[p].score), cmp.Compare(p, q))
	})
	x.best = best
	out := x.stretched[:0]
	if len(best) > 0 {
		x.alignA, x.alignB = resize(x.alignA, x.a.Text.Len()), resize(x.alignB, b.Text.Len())
		clear(x.alignA)
		clear(x.alignB)
	}
	for _, k := range best {
		if s, ok := x.chain(b, list, k); ok {
			out = append(out, s)
		}
	}
	x.stretched = out
	return out
}

// chain follows the chain that ends at anchor k back to its beginning, or to
// where a better one has been.
func (x *Aligner) chain(b *Document, list []anchor, k int32) (block, bool) {
	end := list[k]
	head := &list[end.head]
	if x.alignA[end.i] || x.alignB[end.j] || head.tries == maxTries {
		return block{}, false
	}
	head.tries++
	s := block{A: int(end.i) + 1, AEnd: int(end.i) + 1, B: int(end.j) + 1, BEnd: int(end.j) + 1, Noisy: true}
	score := end.score
	for ; k >= 0; k = list[k].prev {
		n := list[k]
		if x.alignA[n.i] || x.alignB[n.j] {
			score = end.score - n.score
			break
		}
		s.Equal += 1 + x.between(b, int(n.i)+1, s.A, int(n.j)+1, s.B)
		s.A, s.B = int(n.i), int(n.j)
	}
	if score < chainFrom || s.alike() < alignedFrom {
		return s, false
	}
	fill(x.alignA[s.A:s.AEnd])
	fill(x.alignB[s.B:s.BEnd])
	return s, true
}

// knit makes blocks of the stretches of noisy text, joining the blocks that
// lie in one, unless it is known that no couples are in line. What a stretch
// says beyond its runs is added to the evidence.
func (x *Aligner) knit(b *Document, blocks []block, e *Evidence) []block {
	if !x.blind && !x.lined {
		return blocks
	}
	list := x.stretches(b)
	if len(list) == 0 {
		return blocks
	}
	x.ownA, x.ownB = resize(x.ownA, x.a.Text.Len()), resize(x.ownB, b.Text.Len())
	clear(x.ownA)
	clear(x.ownB)
	for i := range blocks {
		x.own(&blocks[i], i)
	}
	for _, s := range list {
		x.inside = inside(x.inside[:0], x.ownA[s.A:s.AEnd])
		x.insideB = inside(x.insideB[:0], x.ownB[s.B:s.BEnd])
		if !x.clearOf(s, blocks) {
			continue // in part it is other text that the blocks found better
		}
		if len(x.inside) == 0 && s.Equal < phraseWords {
			continue // names
		}
		k, ok := x.union(b, s, blocks)
		if !ok {
			continue
		}
		for _, i := range x.inside {
			blocks[i-1] = block{}
		}
		x.take(k.A, k.AEnd-k.A, k.B, k.BEnd-k.B)
		blocks = append(blocks, k)
		x.own(&k, len(blocks)-1)
		if e.Words < MinEvidence {
			x.addStretch(b, k, e)
		}
	}
	return slices.DeleteFunc(blocks, func(k block) bool { return k.A == k.AEnd })
}

// clearOf reports whether the blocks in stretch s, which x.inside and x.insideB list,
// lie in it on both sides. Those that do not are taken out if they are all small.
func (x *Aligner) clearOf(s block, blocks []block) bool {
	if slices.Equal(x.inside, x.insideB) {
		return true
	}
	x.astray = x.astray[:0]
	for _, lists := range [][2][]int32{{x.inside, x.insideB}, {x.insideB, x.inside}} {
		for _, i := range lists[0] {
			switch {
			case slices.Contains(lists[1], i):
			case float64(blocks[i-1].Equal) > smallPart*float64(s.Equal):
				return false
			default:
				x.astray = append(x.astray, i)
			}
		}
	}
	for _, i := range x.astray {
		x.disown(&blocks[i-1])
	}
	x.inside = slices.DeleteFunc(x.inside, func(i int32) bool { return slices.Contains(x.astray, i) })
	return true
}

// union is stretch s with the blocks in it. It is none if one of them holds
// all of s, or if little agrees in what s adds to them.
func (x *Aligner) union(b *Document, s block, blocks []block) (block, bool) {
	u := s
	inA, inB, equal := 0, 0, 0
	for _, i := range x.inside {
		p := &blocks[i-1]
		if p.A <= s.A && p.AEnd >= s.AEnd && p.B <= s.B && p.BEnd >= s.BEnd {
			return u, false
		}
		u.Equal += x.beyond(b, p, p.A, s.A, p.B, s.B) + x.beyond(b, p, s.AEnd, p.AEnd, s.BEnd, p.BEnd)
		u.A, u.AEnd, u.B, u.BEnd = min(u.A, p.A), max(u.AEnd, p.AEnd), min(u.B, p.B), max(u.BEnd, p.BEnd)
		inA, inB, equal = inA+p.AEnd-p.A, inB+p.BEnd-p.B, equal+p.Equal
	}
	added := max(u.AEnd-u.A-inA, u.BEnd-u.B-inB)
	return u, float64(u.Equal-equal) >= addedFrom*float64(added)
}

// beyond counts the words that agree in a part of block p, if it is too long
// to be compared by what agrees in all of p.
func (x *Aligner) beyond(b *Document, p *block, i, iEnd, j, jEnd int) int {
	longer := max(iEnd-i, jEnd-j)
	switch {
	case iEnd <= i || jEnd <= j:
		return 0
	case longer > maxBridge:
		return int(p.alike()*float64(min(iEnd-i, jEnd-j)) + .5)
	}
	return x.between(b, i, iEnd, j, jEnd)
}
