package reuse

import (
	"slices"

	"reprint/shingle"
)

// What two sentences say has to be in common, not only whom they name: a name with
// all its offices, a party with its place, two countries are half of many a
// sentence.
const (
	// leastNames is how many names in a row are such a one.
	leastNames = 3

	// tellMass is the mass of words that are no names which two sentences of a
	// retelling share, at least, to be a passage. By reading 34 that are less like
	// than .4, 12 of the 16 that do say the same, and 2 of the others.
	tellMass = 1

	// fewDays is how many days later an article may be that tells the same news
	// still. Later it tells the background, which others tell, too: a sentence that
	// was gone over has to be likeLater there to be evidence.
	fewDays   = 2
	likeLater = .65
)

// nameRun is the mass of the names in the run of equal stems of two sentences that
// holds most of it, of long ones of their beginnings. Fewer than leastNames are the
// thing that is spoken of.
func (x *Aligner) nameRun(a, b *profile, l likeness) (most float32) {
	u, v := a.doc.Text.Sentences[l.a], b.doc.Text.Sentences[l.b]
	u.To, v.To = min(u.To, u.From+longSentence), min(v.To, v.From+longSentence)
	x.third = thirdInRow(x.third[:0], a.doc.Text.Stem[u.From:u.To], b.doc.Text.Stem[v.From:v.To])
	same := func(i, j int) bool {
		return i >= u.From && j >= v.From && i < u.To && j < v.To &&
			a.doc.Text.Stem[i] == b.doc.Text.Stem[j] && !a.doc.masked(i) && !b.doc.masked(j)
	}
	for _, at := range x.third {
		end, shift := u.From+int(at.a), v.From+int(at.b)-(u.From+int(at.a))
		if !same(end, end+shift) || same(end+1, end+1+shift) {
			continue // no run, or it goes on
		}
		from := end
		for same(from-1, from-1+shift) {
			from--
		}
		mass, names := float32(0), 0
		for i := from; i <= end; i++ {
			if m := min(a.name(i), b.name(i+shift)); m > 0 {
				mass, names = mass+m, names+1
			}
		}
		if names >= leastNames {
			most = max(most, mass)
		}
	}
	return most
}

// name is what token i adds to the mass of its sentence if it may be a name.
func (p *profile) name(i int) float32 {
	if f := p.doc.Text.Flag[i]; f&shingle.Number != 0 || f&shingle.Upper == 0 || p.of(i) < leastRarity {
		return 0
	}
	return p.of(i)
}

// tells reports whether two sentences of a retelling share more than names. What
// only stands in the same place is held by the retelling, and no passage.
func (x *Aligner) tells(l likeness) bool {
	u, v := x.a.Text.Sentences[l.a], x.right.doc.Text.Sentences[l.b]
	x.leftA, x.leftB = x.left.plain(x.leftA[:0], u.From, u.To), x.right.plain(x.leftB[:0], v.From, v.To)
	return commonMass(x.leftA, x.leftB) >= tellMass
}

// plain appends the stems of tokens [from, to) that do not begin with a capital, each once,
// ascending, numbers left out.
func (p *profile) plain(dst []entry, from, to int) []entry {
	t := &p.doc.Text
	for i := from; i < to; i++ {
		if t.Flag[i]&(shingle.Upper|shingle.Number) == 0 && p.of(i) >= leastRarity && !p.doc.masked(i) {
			dst = append(dst, newEntry(t.Stem[i], 0, p.rarity[i]))
		}
	}
	slices.Sort(dst)
	return slices.Compact(dst)
}

// fewDaysApart reports whether both documents may be about the same news.
func (x *Aligner) fewDaysApart(b *Document) bool {
	return x.a.Day == 0 || b.Day == 0 || near(x.a.Day, b.Day, fewDays)
}
