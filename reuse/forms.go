package reuse

import (
	"fmt"
	"slices"

	"reprint/shingle"
)

// What tells a template, a recurring form with other content, from a copy. Articles of
// one story have its names in common, and a correction changes few of its figures; the
// sentences of a form hold few names, or others on each side.
const (
	// formNumbers and formAgree tell it on different days: so many numbers in
	// the sentences in common, of which less than formAgree are equal.
	formNumbers = 10
	formAgree   = .85

	// formNames is how many names and numbers the sentences in common hold,
	// on both sides together, for a form to be told by them: of a form the
	// other document holds at most formHeld of them. Of such sentences at
	// least formFrame is common text. A name is a word of at least
	// nameRarity.
	formNames  = 9
	formHeld   = .5
	formFrame  = .3
	nameRarity = 5.5

	// Names tell it by themselves, where there are less than namedFigures figures,
	// where the evidence is less than namedWords: where much text agrees, the names
	// that do not stand in the rest of its sentences. And of agreedFigures or more
	// the other document holds less than agreedHeld.
	namedFigures  = 10
	namedWords    = 18
	agreedFigures = 3
	agreedHeld    = .7

	// otherFigures is how many figures the sentences in common hold, on both
	// sides together, of which the other document holds at most otherHeld, for
	// a form whatever the day and the names: a correction changes few.
	otherFigures = 16
	otherHeld    = .25

	// manyOthers is how many of these figures the other document lacks, manyHeld the part
	// that it holds at most, of a form in which there are at least figuresPerName
	// times as many of them as names, whatever the day.
	manyOthers     = 9
	manyHeld       = .72
	figuresPerName = 4

	// A run that frameDocs documents hold is the frame of a form, if it is no story that
	// all have. Where it is frameShare of the words in runs, framedOthers other figures do,
	// if the other document holds less than framedHeld of all; on different days one
	// does where it is allFrame.
	frameDocs    = 32
	frameShare   = .35
	framedOthers = 3
	framedHeld   = .8
	allFrame     = .5

	// shortWords is how many words two articles of one source have at most that are a form
	// because each begins with names that the other lacks: a bond is issued in the words of
	// the last one. Of twelve judged sets five pairs are told so that were reuse without it, all
	// of them forms by their readers; of longer ones, or with two to four names in the
	// sentences in common, some are none. Of 30 such pairs of an agency's seven weeks 26
	// read so.
	shortWords = 250
	leadNames  = 1
)

// form reports whether the numbers of the common sentences, or their names and
// numbers, tell a template.
func (e *Evidence) form() bool {
	return e.figures() || e.names() || e.others() || e.Opening || e.Leads
}

// formRule tells which of them do.
func (e *Evidence) formRule() string {
	switch {
	case e.figures():
		return fmt.Sprintf("the same form: %d of %d numbers agree, on different days", e.Agreeing, e.Numbers)
	case e.names():
		return fmt.Sprintf("the same form: the other article holds %d of %d names and numbers in it", e.Named+e.Figured, e.Names+e.Figures)
	case e.Opening:
		return "the same form: an opening that names nothing is all that both articles of one source hold"
	case e.Leads:
		return "the same form: of two short articles of one source each begins with names that the other lacks"
	case e.Frame >= frameShare:
		return fmt.Sprintf("the same form, words that at least %d articles hold: the other one holds %d of %d figures in it", frameDocs, e.Figured, e.Figures)
	}
	return fmt.Sprintf("the same form, with few names: the other article holds %d of %d figures in it", e.Figured, e.Figures)
}

// figures reports whether their numbers alone do.
func (e *Evidence) figures() bool {
	return e.Numbers >= formNumbers && float64(e.Agreeing) < formAgree*float64(e.Numbers)
}

// names reports whether names and numbers together do.
func (e *Evidence) names() bool {
	return e.Names+e.Figures >= formNames && few(e.Named+e.Figured, e.Names+e.Figures) &&
		(e.Figures >= namedFigures || e.Words < namedWords) &&
		(e.Figures < agreedFigures || float64(e.Figured) < agreedHeld*float64(e.Figures)) &&
		(e.Later || e.Names > 1 && few(e.Named, e.Names) || e.allOther())
}

// allOther reports whether nearly all figures of the common sentences are others.
func (e *Evidence) allOther() bool {
	return e.Figures >= otherFigures && float64(e.Figured) <= otherHeld*float64(e.Figures)
}

// few reports whether a form may hold so many.
func few(held, all int) bool { return float64(held) <= formHeld*float64(all) }

// others reports whether so many figures are others that these are no correction, while
// the names are few.
func (e *Evidence) others() bool {
	n := e.Figures - e.Figured
	return n >= figuresPerName*e.Names &&
		(n >= manyOthers && float64(e.Figured) <= manyHeld*float64(e.Figures) ||
			n >= framedOthers && e.Frame >= frameShare && float64(e.Figured) < framedHeld*float64(e.Figures) ||
			n > 0 && e.Frame >= allFrame && e.Later)
}

// countNames counts the names and numbers in the sentences of which the blocks
// hold a good part, and those that stand anywhere in the other document.
func (x *Aligner) countNames(b *Document, blocks []block, e *Evidence) {
	x.sideA = bySentence(x.sideA, x.a, blocks, func(k block) (int, int) { return k.A, k.AEnd })
	x.sideB = bySentence(x.sideB, b, blocks, func(k block) (int, int) { return k.B, k.BEnd })
	x.left.names(x.sideA, x.right, e)
	x.right.names(x.sideB, x.left, e)
	if e.Figured < e.Figures {
		e.Frame = x.framed()
	}
	e.Opening = e.Words < namedWords && e.Names+e.Figures == 0 && !x.apart && x.opening(b, blocks)
	e.Leads = len(blocks) > 0 && e.Names <= leadNames && !x.apart && max(x.da.own, x.db.own) <= shortWords &&
		x.left.leadsApart(x.right) && x.right.leadsApart(x.left)
}

// leadsApart reports whether the first sentence of running text holds names, as rarer words
// with a capital are, and the other document none of them.
func (p *profile) leadsApart(q *profile) (apart bool) {
	for s, words := range p.words {
		if words < leastWords || p.doc.heading(s) {
			continue
		}
		for i := p.doc.Text.Sentences[s].From; i < p.doc.Text.Sentences[s].To; i++ {
			if p.name(i) < storyRarity {
				continue
			}
			if apart = true; q.index.holds(p.doc.Text.Stem[i]) {
				return false
			}
		}
		return apart
	}
	return false
}

// opening reports whether whole sentences with which both documents begin are all that
// the blocks hold.
func (x *Aligner) opening(b *Document, blocks []block) bool {
	return len(blocks) == 1 && blocks[0].A == 0 && blocks[0].B == 0 && x.a.ends(blocks[0].AEnd) && b.ends(blocks[0].BEnd)
}

// framed is the part of the words in runs that frameDocs documents hold.
func (x *Aligner) framed() float64 {
	held, all := 0, 0
	for _, r := range x.kept {
		if all += r.N; x.runDocs(r) >= frameDocs {
			held += r.N
		}
	}
	return share(held, all)
}

// names adds the names and numbers of p in sentences of which covered words are
// common text.
func (p *profile) names(covered []int, q *profile, e *Evidence) {
	for s, words := range covered {
		if words == 0 || float64(words) < formFrame*float64(p.words[s]) {
			continue
		}
		for _, f := range p.stemsOf(s) {
			if f.rarity() >= nameRarity {
				e.Names++
				if q.index.holds(f.stem()) {
					e.Named++
				}
			}
		}
		for _, n := range p.numbersOf(s) {
			e.Figures++
			if _, found := slices.BinarySearch(q.byValue, n); found {
				e.Figured++
			}
		}
	}
}

// formWords is how many words a passage of a form has at most: longer ones that
// hold other figures are new versions of one text.
const formWords = 30

// dropForms takes out the short blocks whose numbers differ, on different days:
// "1,204 new cases were reported" is said anew each day.
func (x *Aligner) dropForms(b *Document, blocks []block) []block {
	return slices.DeleteFunc(blocks, func(k block) bool {
		return max(k.AEnd-k.A, k.BEnd-k.B) <= formWords && x.otherFigures(b, k.A, k.AEnd, k.B, k.BEnd)
	})
}

// otherFigures reports whether two stretches hold other numbers.
func (x *Aligner) otherFigures(b *Document, i, iEnd, j, jEnd int) bool {
	x.numA = figures(x.numA[:0], &x.a.Text, i, iEnd)
	x.numB = figures(x.numB[:0], &b.Text, j, jEnd)
	return otherNumbers(x.numA, x.numB)
}

// figures appends the numbers among tokens [from, to), ascending.
func figures(dst []uint64, t *shingle.Text, from, to int) []uint64 {
	dst = appendNumbers(dst, t, from, to)
	slices.Sort(dst)
	return dst
}

// countNumbers compares the numbers of the sentences that the blocks touch.
// Documents of one day, or of unknown days, are no template of each other for
// some other figures: there these are a correction.
func (x *Aligner) countNumbers(b *Document, blocks []block, e *Evidence) {
	if !e.Later {
		return
	}
	x.numA, x.numB = x.numA[:0], x.numB[:0]
	lastA, lastB := 0, 0
	for _, k := range blocks {
		x.numA, lastA = numbers(x.numA, &x.a.Text, k.A, k.AEnd, lastA)
	}
	slices.SortFunc(blocks, func(p, q block) int { return p.B - q.B })
	for _, k := range blocks {
		x.numB, lastB = numbers(x.numB, &b.Text, k.B, k.BEnd, lastB)
	}
	slices.SortFunc(blocks, func(p, q block) int { return p.A - q.A })
	slices.Sort(x.numA)
	slices.Sort(x.numB)
	e.Numbers = min(len(x.numA), len(x.numB))
	e.Agreeing = shingle.Shared(x.numA, x.numB)
}

// numbers appends the numbers of the sentences that tokens [from, to) touch,
// from token seen on, and returns where the last of them ends.
func numbers(dst []uint64, t *shingle.Text, from, to, seen int) ([]uint64, int) {
	first, last := sentence(t, from), sentence(t, to-1)
	return appendNumbers(dst, t, max(first.From, seen), last.To), max(seen, last.To)
}

// appendNumbers appends the numbers among tokens [from, to), one in groups of
// digits once.
func appendNumbers(dst []uint64, t *shingle.Text, from, to int) []uint64 {
	for i := from; i < to; i++ {
		if t.Flag[i]&shingle.Number != 0 && (i == from || t.Stem[i] != t.Stem[i-1]) {
			dst = append(dst, uint64(t.Stem[i]))
		}
	}
	return dst
}
