package reuse

import (
	"cmp"
	"slices"

	"reprint/shingle"
)

// What one source prints in articles on other things is its furniture, also where it stands on too few
// days to be learnt: an advert, a call to subscribe, a list of teasers, the author's life. Such
// text is off the subject of both articles, behind the beginnings of both, and these have
// nothing else in common. Of two sources it would be an agency's.
const (
	// offLike is the cosine, by the squares of rarities, from which the words of two stretches are of one
	// subject (bench/off). In six judged German weeks that know no furniture but their own 76 of 88
	// pairs that readers call furniture and that were reuse have less in all three comparisons,
	// and none that they call reuse.
	offLike = .07

	// offPart is one in how many of the rarer words outside of what is in common stands in it
	// at most: of a few words, as are left of a page behind a paywall, a cosine says little.
	offPart = 8

	// offWords is how many other words either document has at least, unless offHeld of both is in
	// common: a shorter text says few words of its subject twice, and a paragraph of background is
	// half of it.
	offWords = 200
	offHeld  = .8
)

// off reports whether all that the blocks hold is off the subject of both documents.
// Cost: that of sorting the words of both, for those of one source.
func (x *Aligner) off(b *Document, blocks []block, e *Evidence) bool {
	if x.apart || len(blocks) == 0 || min(e.HeldA, e.HeldB) < offHeld && min((1-e.HeldA)*float64(e.OwnA), (1-e.HeldB)*float64(e.OwnB)) < offWords {
		return false
	}
	if slices.ContainsFunc(blocks, func(k block) bool { return k.A < x.a.lead() || k.B < b.lead() }) {
		return false
	}
	x.profile(b)
	x.inside, x.insideB = x.inside[:0], x.insideB[:0]
	for _, k := range blocks {
		x.inside = append(x.inside, int32(k.A), int32(k.AEnd))
		x.insideB = append(x.insideB, int32(k.B), int32(k.BEnd))
	}
	slices.Sort(x.insideB)
	x.leftA, x.restA = x.left.split(x.leftA[:0], x.restA[:0], x.inside, &x.scratch)
	if !otherSubject(x.leftA, x.restA) { // as of most pairs
		return false
	}
	x.leftB, x.restB = x.right.split(x.leftB[:0], x.restB[:0], x.insideB, &x.scratch)
	return otherSubject(x.leftB, x.restB) && likeSquares(x.restA, x.restB) < offLike
}

// lead is where the first sentence ends that is no name or heading of a few words.
func (d *Document) lead() int {
	for _, u := range d.Text.Sentences {
		if d.own(u.From, u.To) >= leastWords {
			return u.To
		}
	}
	return d.Text.Len()
}

// split appends the stems of tokens between borders, which come in twos, to in and those
// of the others to out, each ascending, once; numbers and furniture are left out. z is
// scratch memory.
func (p *profile) split(in, out []entry, borders []int32, z *wordScratch) (_, _ []entry) {
	t := &p.doc.Text
	for i := range t.Stem {
		for len(borders) > 1 && i >= int(borders[1]) {
			borders = borders[2:]
		}
		switch {
		case p.doc.masked(i) || t.Flag[i]&shingle.Number != 0 || p.of(i) < leastRarity:
		case len(borders) > 1 && i >= int(borders[0]):
			in = append(in, newEntry(t.Stem[i], 0, p.rarity[i]))
		default:
			out = append(out, newEntry(t.Stem[i], 0, p.rarity[i]))
		}
	}
	in, z.other, z.count = sortEntries(in, z.other, z.count)
	out, z.other, z.count = sortEntries(out, z.other, z.count)
	return slices.Compact(in), slices.Compact(out)
}

// otherSubject reports whether some words are on another thing than the rest, in which there
// is one at least that tells what it is about.
func otherSubject(some, rest []entry) bool {
	held, all := 0, 0
	for _, e := range rest {
		if e.rarity() < storyRarity {
			continue
		}
		all++
		if _, found := slices.BinarySearchFunc(some, e.stem(), entry.compare); found {
			held++
		}
	}
	return all > 0 && held*offPart <= all && likeSquares(some, rest) < offLike
}

// compare is for a search by the stem.
func (e entry) compare(stem uint32) int { return cmp.Compare(e.stem(), stem) }

// likeSquares is the cosine of two lists of stems, ascending, by the squares of their rarities.
func likeSquares(a, b []entry) float32 {
	both := float32(0)
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch p, q := a[i].stem(), b[j].stem(); {
		case p < q:
			i++
		case q < p:
			j++
		default:
			both += min(a[i].rarity()*a[i].rarity(), b[j].rarity()*b[j].rarity())
			i, j = i+1, j+1
		}
	}
	return both / geometric(max(1, squares(a)), max(1, squares(b)))
}

// squares adds up the squares of the rarities of some stems.
func squares(list []entry) (sum float32) {
	for _, e := range list {
		sum += e.rarity() * e.rarity()
	}
	return sum
}
