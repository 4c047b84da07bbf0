package reuse

import (
	"slices"

	"reprint/shingle"
)

// Who goes over a sentence puts a word in here and takes one out there, so that little
// of it is left in runs. What agrees in order through all of a sentence is no accident.
// On half a year of German press 41 pairs more are reuse by that, nine of ten rightly by
// reading.
const (
	// nearlyWords is how many unquoted words two sentences have in common in the same
	// order, at least, to be nearly the same. What does not agree of the shorter one is
	// taken off.
	nearlyWords = 12

	// nearlyDocs is how many documents hold the rarest run in them, at most: what more
	// hold is the background of a story.
	nearlyDocs = 2
)

// addNearly adds what agrees in the sentences around the kept runs beyond these. The runs
// come in the order of the left document, so that those of a sentence lie side by side.
func (x *Aligner) addNearly(b *Document, e *Evidence) {
	first := 0 // run of the sentence
	for i, r := range x.kept {
		s, t := sentenceAt(&x.a.Text, r.A), sentenceAt(&b.Text, r.B)
		u, v := x.a.Text.Sentences[s], b.Text.Sentences[t]
		for x.kept[first].A < u.From {
			first++
		}
		if max(u.To-u.From, v.To-v.From) > mostSentence {
			continue // a transcript, of which nothing stands around a run
		}
		inside := func(k run) bool { return v.From <= k.B && k.B < v.To }
		if x.runDocs(r) > nearlyDocs || slices.ContainsFunc(x.kept[first:i], inside) {
			continue
		}
		words := x.agreeing(b, u, v)
		beyond := words
		for j := i; j < len(x.kept) && x.kept[j].A < u.To; j++ {
			if inside(x.kept[j]) {
				beyond -= x.words(b, j)
			}
		}
		if beyond <= 0 {
			continue
		}
		x.profile(b)
		held := float64(x.left.likeness(s, x.right, t))
		if otherNumbers(x.left.numbersOf(s), x.right.numbersOf(t)) || held < likeLater && !x.fewDaysApart(b) {
			continue
		}
		weight := beyond * max(apartWeight, ramp(held, apartHeld, oneHeld))
		e.Words += weight
		if x.listing {
			x.listed = append(x.listed, Counted{
				A: x.a.Text.Span(u.From, u.To), B: b.Text.Span(v.From, v.To),
				Words: u.To - u.From, Own: words, Docs: int(x.runDocs(r)), Held: held, Weight: weight,
			})
		}
	}
}

// agreeing is how many words of two sentences are evidence: those that agree in order,
// less what does not of the shorter one; 0 if too few agree.
func (x *Aligner) agreeing(b *Document, u, v shingle.Unit) float64 {
	x.freeA = free(x.freeA[:0], x.a, x.quoted, max(u.From, x.da.title), u.To)
	x.freeB = free(x.freeB[:0], b, x.quotedB, max(v.From, x.db.title), v.To)
	n := x.inOrder(x.freeA, x.freeB)
	if n < nearlyWords {
		return 0
	}
	return float64(2*n - min(len(x.freeA), len(x.freeB)) - runToll)
}

// free appends the stems of tokens [from, to) that may be evidence, of longSentence
// tokens at most.
func free(dst []uint32, d *Document, quoted []bool, from, to int) []uint32 {
	for i := from; i < min(to, from+longSentence); i++ {
		if !quoted[i] && !d.masked(i) && d.Text.Flag[i]&shingle.Char == 0 {
			dst = append(dst, d.Text.Stem[i])
		}
	}
	return dst
}
