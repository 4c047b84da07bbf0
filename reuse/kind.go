package reuse

import (
	"fmt"
	"math"
	"slices"
	"strconv"

	"reprint/shingle"
)

const (
	// duplicateFrom is the share that both sides must have of a duplicate.
	duplicateFrom = .8

	// republishedFrom is the printed share of the shorter one from which a
	// partial match is a republished article.
	republishedFrom = .5

	// formNumbers and formAgree tell a template, a recurring form with other
	// figures, from a copy: so many numbers in the sentences in common, of
	// which less than formAgree are equal, on different days.
	formNumbers = 10
	formAgree   = .85

	// formNames is how many names and numbers the sentences in common hold,
	// on both sides together, for a form to be told by them: of a form the
	// other document holds at most formHeld of them. Of such sentences at
	// least formFrame is common text. A name is a word of at least
	// nameRarity.
	formNames  = 10
	formHeld   = .5
	formFrame  = .3
	nameRarity = 5.5

	// otherFigures is how many figures the sentences in common hold, on both
	// sides together, of which the other document holds at most otherHeld, for
	// a form whatever the day and the names: a correction changes few.
	otherFigures = 16
	otherHeld    = .25

	// plainEvidence is the evidence that is reuse however long the articles.
	// Less of it, the odd clause that every account of a story has, must
	// stand in passages that are slightShare of one of them, rewordings left
	// out, or be among rewordings for twice that, or be a whole sentence on both
	// sides: wholeWords that agree, which fill the sentences that they touch
	// to wholeFilled, as the product of the parts.
	plainEvidence = 12
	slightShare   = .08
	wholeWords    = 15
	wholeFilled   = .45

	// alikeFrom is the whole-text Jaccard from which a pair looks alike, so
	// that people want to be told why it is none.
	alikeFrom = .3

	// quoteWords is how much quoted text makes a pair worth telling.
	quoteWords = 8
)

// readers maps the share as counted to what careful readers said of a week of
// German press and of English dispatches, who think in quarters: points of a
// line that rises all the way, little near what they said often and fast in
// between. Each story left out in turn, the mean error is .041 and .028.
var readers = [...][2]float64{
	{0, 0}, {.16, .12}, {.22, .245}, {.34, .26}, {.375, republishedFrom},
	{.48, .51}, {.62, .74}, {.78, .77}, {.88, .98}, {1, 1},
}

// calibrate turns a share as counted into what readers would say, rounded as
// it is printed, so that figure and kind never disagree.
func calibrate(raw float64) float64 {
	for i := 1; i < len(readers); i++ {
		p, q := readers[i-1], readers[i]
		if raw <= q[0] {
			return math.Round((p[1]+(raw-p[0])*(q[1]-p[1])/(q[0]-p[0]))*1e4) / 1e4
		}
	}
	return 1
}

// decide fills in the kind of m and the rule that gave it.
func decide(m *Match) {
	e := &m.Evidence
	high, low := max(m.ShareA, m.ShareB), min(m.ShareA, m.ShareB)
	switch {
	case e.enough() && e.figures():
		m.Kind, e.Rule = Template, fmt.Sprintf("the same form: %d of %d numbers agree, on different days", e.Agreeing, e.Numbers)
	case e.enough() && e.form():
		m.Kind, e.Rule = Template, fmt.Sprintf("the same form: the other article holds %d of %d names and numbers in it", e.Named+e.Figured, e.Names+e.Figures)
	case e.enough() && low >= duplicateFrom:
		m.Kind, e.Rule = Duplicate, fmt.Sprintf("both shares reach %.2g", duplicateFrom)
	case e.enough() && high >= republishedFrom:
		m.Kind, e.Rule = Republished, fmt.Sprintf("the share of the shorter one reaches %.2g", republishedFrom)
	case e.Retold > 0:
		m.Kind, e.Rule = Partial, fmt.Sprintf("%d sentences tell the same in the same order, in other words", e.Retold)
	case e.Beside > 0:
		m.Kind, e.Rule = Partial, fmt.Sprintf("sentences beside a quotation in common say the same in other words: %d", e.Beside)
	case e.Words >= MinEvidence && !e.slight():
		m.Kind, e.Rule = Partial, e.amount()+" reaches "+leastEvidence
	case e.Quoted >= quoteWords:
		m.Kind, e.Rule = Quote, strconv.Itoa(e.Quoted)+" of "+strconv.Itoa(e.Shared)+" words in common are quoted, evidence stays under "+leastEvidence
	case e.Shared == 0 && m.Jaccard >= alikeFrom:
		m.Kind, e.Rule = Boilerplate, "alike, but nothing outside furniture is shared"
	case e.Words >= MinEvidence:
		e.Rule = e.amount() + " is little of either article"
	default:
		e.Rule = e.amount() + " stays under " + leastEvidence
	}
}

// leastEvidence is MinEvidence in words.
var leastEvidence = strconv.Itoa(MinEvidence)

// amount tells how much evidence there is.
func (e *Evidence) amount() string {
	var number [24]byte
	return "evidence of " + string(strconv.AppendFloat(number[:0], e.Words, 'f', 1, 64)) + " unquoted words"
}

// slight reports whether the evidence is little of either document.
func (e *Evidence) slight() bool {
	return e.Words < plainEvidence && e.Whole < wholeWords &&
		max(e.HeldA, e.HeldB) < slightShare && max(e.RawA, e.RawB) < 2*slightShare
}

// enough reports whether there is enough of it for reuse.
func (e *Evidence) enough() bool { return e.Words >= MinEvidence || e.Retold > 0 || e.Beside > 0 }

// telling reports whether the pair may be worth telling.
func (e *Evidence) telling() bool {
	return e.Words >= MinEvidence || e.Quoted >= quoteWords || e.Shared == 0
}

// form reports whether the numbers of the common sentences, or their names and
// numbers, tell a template.
func (e *Evidence) form() bool {
	return e.figures() || e.Names+e.Figures >= formNames && few(e.Named+e.Figured, e.Names+e.Figures) &&
		(e.Later || e.Names > 1 && few(e.Named, e.Names) || e.allOther())
}

// allOther reports whether nearly all figures of the common sentences are others.
func (e *Evidence) allOther() bool {
	return e.Figures >= otherFigures && float64(e.Figured) <= otherHeld*float64(e.Figures)
}

// few reports whether a form may hold so many.
func few(held, all int) bool { return float64(held) <= formHeld*float64(all) }

// figures reports whether their numbers alone do.
func (e *Evidence) figures() bool {
	return e.Numbers >= formNumbers && float64(e.Agreeing) < formAgree*float64(e.Numbers)
}

// countNames counts the names and numbers in the sentences of which the blocks
// hold a good part, and those that stand anywhere in the other document.
func (x *Aligner) countNames(b *Document, blocks []block, e *Evidence) {
	x.sideA = bySentence(x.sideA, x.a, blocks, func(k block) (int, int) { return k.A, k.AEnd })
	x.sideB = bySentence(x.sideB, b, blocks, func(k block) (int, int) { return k.B, k.BEnd })
	x.left.names(x.sideA, x.right, e)
	x.right.names(x.sideB, x.left, e)
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
