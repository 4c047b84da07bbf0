package reuse

import (
	"slices"

	"reprint/shingle"
)

const (
	// anewWords is how many words a reworded passage of documents of different
	// days has at most that is not shown if its sentences hold other figures or
	// weekdays: it was said anew. Of a longer one most is the same.
	anewWords = 60

	// pieceWords is how many words a reworded passage has at least that ends
	// within a sentence on both sides: two sentences begin with the same names and
	// go on to say other things.
	pieceWords = 13
)

// dropUnsaid takes the reworded blocks of clearly read text that are no statement in
// common out of those of a reuse, and off the others what was said anew. What counts
// other things stays if there is nothing else. If all was said anew the match is a
// template: reuse promises a sentence in common.
func (x *Aligner) dropUnsaid(b *Document, blocks []block, m *Match) []block {
	if e := &m.Evidence; e.Later {
		x.said = x.said[:0]
		for _, k := range blocks {
			if rest := x.withoutAnew(b, k); rest != (block{}) {
				x.said = append(x.said, rest)
			}
		}
		if len(x.said) == 0 {
			m.Kind, e.Rule = Template, "the same form: all that is in common says other figures, on different days"
			return blocks
		}
		blocks = append(blocks[:0], x.said...)
	}
	x.said = x.said[:0]
	for _, k := range blocks {
		if k.alike() >= verbatimFrom || !x.countsOther(b, k) {
			x.said = append(x.said, k)
		}
	}
	if len(x.said) == 0 {
		return blocks
	}
	return append(blocks[:0], x.said...)
}

// ends reports whether a sentence ends before token i.
func (d *Document) ends(i int) bool { return sentence(&d.Text, i-1).To == i }

// cutShort reports whether a reworded block is too little of its sentences: short and
// without their ends on both sides.
func (x *Aligner) cutShort(b *Document, k *block) bool {
	return max(k.AEnd-k.A, k.BEnd-k.B) < pieceWords && k.alike() < verbatimFrom && !x.a.ends(k.AEnd) && !b.ends(k.BEnd)
}

// anew is the figures and the weekdays of both sides of a block, a bit for a day.
// What is not among those of the other side was said anew.
type anew struct {
	numA, numB   []uint64
	figures      bool // each side holds one that the other lacks
	daysA, daysB int
}

// anew looks for them, in the sentences that the block touches.
func (x *Aligner) anew(b *Document, k block) (w anew) {
	x.numA, w.daysA = x.a.times(x.numA[:0], k.A, k.AEnd)
	x.numB, w.daysB = b.times(x.numB[:0], k.B, k.BEnd)
	w.numA, w.numB = x.numA, x.numB
	w.figures = min(len(w.numA), len(w.numB)) > shingle.Shared(w.numA, w.numB)
	return w
}

// times appends the figures of the statements that tokens [from, to) touch, ascending, and
// returns the weekdays that these tokens name.
func (d *Document) times(dst []uint64, from, to int) (list []uint64, days int) {
	first, last := d.statement(from, from, to), d.statement(to-1, from, to)
	return figures(dst, &d.Text, first.From, last.To), d.weekdays(from, to)
}

// mostSentence is how many words a sentence has at most; what is longer has no marks, as a
// transcript has none.
const mostSentence = 300

// statement returns the tokens of the sentence that holds token i, and where there is none
// those of [from, to).
func (d *Document) statement(i, from, to int) shingle.Unit {
	s := sentence(&d.Text, i)
	if s.To-s.From > mostSentence {
		return shingle.Unit{From: max(s.From, from), To: min(s.To, to)}
	}
	return s
}

// any reports whether each side holds a figure that the other lacks, or weekdays of
// which none is the same.
func (w *anew) any() bool {
	return w.figures || w.daysA != 0 && w.daysB != 0 && w.daysA&w.daysB == 0
}

// withoutAnew is a reworded block without the sentences at its ends that both sides
// say anew, and an empty one if little is left.
func (x *Aligner) withoutAnew(b *Document, k block) block {
	if k.alike() >= verbatimFrom {
		return k
	}
	w := x.anew(b, k)
	if !w.any() {
		return k
	}
	long := max(k.AEnd-k.A, k.BEnd-k.B) > anewWords
	rest := x.trim(b, k, &w)
	switch {
	case rest == k && (long || min(x.a.timeless(k.A, k.AEnd, w.numB, w.daysB), b.timeless(k.B, k.BEnd, w.numA, w.daysA)) >= pieceWords):
		return k
	case rest != k && min(rest.AEnd-rest.A, rest.BEnd-rest.B) >= pieceWords && x.remains(&rest):
		return rest
	case long:
		return k
	}
	return block{}
}

// trim takes the sentences off both ends of a block that were said anew on both sides.
func (x *Aligner) trim(b *Document, k block, w *anew) block {
	rest := k
	for rest.A < rest.AEnd && rest.B < rest.BEnd {
		s, t := x.a.statement(rest.A, k.A, k.AEnd), b.statement(rest.B, k.B, k.BEnd)
		if !x.a.other(s, w.numB, w.daysB) || !b.other(t, w.numA, w.daysA) {
			break
		}
		rest.A, rest.B = min(s.To, k.AEnd), min(t.To, k.BEnd)
	}
	for rest.A < rest.AEnd && rest.B < rest.BEnd {
		s, t := x.a.statement(rest.AEnd-1, k.A, k.AEnd), b.statement(rest.BEnd-1, k.B, k.BEnd)
		if !x.a.other(s, w.numB, w.daysB) || !b.other(t, w.numA, w.daysA) {
			break
		}
		rest.AEnd, rest.BEnd = max(s.From, rest.A), max(t.From, rest.B)
	}
	if rest != k {
		rest.Equal = x.equalIn(b, rest, k)
	}
	return rest
}

// equalIn is how many words of a part of block k agree in order, of a long part at
// least so many.
func (x *Aligner) equalIn(b *Document, part, k block) int {
	if part.BEnd-part.B <= maxBridge {
		return x.between(b, part.A, part.AEnd, part.B, part.BEnd)
	}
	return max(0, k.Equal-(k.AEnd-k.A)+(part.AEnd-part.A))
}

// timeless counts the tokens of [from, to) in sentences that hold no figure but those
// given, ascending, and no weekday but those.
func (d *Document) timeless(from, to int, figures []uint64, days int) (words int) {
	for i := from; i < to; {
		s := d.statement(i, from, to)
		if !d.other(s, figures, days) {
			words += min(s.To, to) - i
		}
		i = s.To
	}
	return words
}

// other reports whether a sentence holds a figure that is not among those given,
// ascending, or a weekday that is none of those.
func (d *Document) other(s shingle.Unit, figures []uint64, days int) bool {
	for i := s.From; i < s.To; i++ {
		if d.Text.Flag[i]&shingle.Number != 0 {
			if _, found := slices.BinarySearch(figures, uint64(d.Text.Stem[i])); !found {
				return true
			}
		}
	}
	return d.weekdays(s.From, s.To)&^days != 0
}

// weekdays returns the days that tokens [from, to) name, a bit for each.
func (d *Document) weekdays(from, to int) (days int) {
	named := wordsOfTime()
	for _, h := range d.Text.Hash[from:to] {
		if day := named.day(h); day != 0 {
			days |= 1 << day
		}
	}
	return days
}
