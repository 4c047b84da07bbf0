package reuse

import (
	"bytes"
	"math"
	"sort"
	"unsafe"

	"reprint/shingle"
)

const (
	// MinEvidence is the weighted number of unquoted words in common from
	// which a pair is reuse. On a judged week of German press 6 to 9 gave
	// the same verdicts.
	MinEvidence = 8

	// runToll is taken off every run: any two articles on one subject share
	// some words in a row by chance. One that goes on in the sentences of the
	// run before, not more than goesOnGap words later, is no second chance: it
	// is the same sentence with a word put in.
	runToll   = 2
	goesOnGap = 4

	// commonDocs stands for "more documents than the join keeps partners
	// for", where a run of words brought no seed of its own.
	commonDocs = 1 << 10
)

// What readers call reuse is at least a sentence. A run of words in two
// sentences that say different things is a name, an office, a fixed phrase.
const (
	// apartHeld is the part held of two sentences, as their geometric mean,
	// from which a run in them counts more than apartWeight, up to all of it
	// at oneHeld.
	apartHeld, oneHeld = .2, .6
	apartWeight        = .3

	// wholeHeld is the part held from which two sentences are one, whose
	// runs count as if one in storyDocs of the documents held them: the
	// background of a story stands in all that an agency sends about it. Up
	// to commonHeld they count as they do, and wherever the documents share
	// less than storyShare of their other words that are rare: there it is a
	// stock phrase.
	commonHeld, wholeHeld = .4, .7
	storyDocs             = 8
	storyShare            = .15
	storyRarity           = 3
)

// rarity weights a run by the documents that hold its rarest gram: 1 for
// two, down to .2 for a run that some forty documents hold.
func rarity(docs float64) float64 {
	return min(1, max(.2, 1.3-.3*math.Log2(max(docs, 1))))
}

// heldRarity is rarity for a run in sentences that are held on both sides.
func heldRarity(docs, held float64) float64 {
	r := rarity(docs)
	return r + (rarity(docs/storyDocs)-r)*ramp(held, commonHeld, wholeHeld)
}

// learn spreads what the seeds know over the tokens of the left document.
func (x *Aligner) learn(seeds []Seed) {
	n := x.a.Text.Len()
	for _, i := range x.noted {
		x.docs[i], x.couples[i] = 0, 0
	}
	x.noted = x.noted[:0]
	x.docs = zeros(x.docs, n)
	x.couples = zeros(x.couples, n)
	x.lined = false
	for _, s := range seeds {
		switch {
		case s.Couple && s.Pos < n:
			x.couples[s.Pos], x.lined = int32(min(s.Docs, math.MaxInt32)), true
			x.noted = append(x.noted, int32(s.Pos))
			continue
		case s.Couple || s.Pos+gramWords > n:
			continue
		}
		x.docs[s.Pos] = int32(min(s.Docs, math.MaxInt32))
		x.noted = append(x.noted, int32(s.Pos))
	}
}

// leastQuotation is how many words in quotation marks are a quotation; fewer are
// a name or a word held at arm's length.
const leastQuotation = 3

// quotations marks the tokens of t that stand in quotations, and those beside
// them that only say whose words they are, or go on in indirect speech: all of a sentence
// of which a third is quoted. With three in ten the same verdicts come out in six judged
// German weeks and six English ones, with half or a fifth worse ones.
func quotations(dst []bool, t *shingle.Text) []bool {
	dst = resize(dst, t.Len())
	clear(dst)
	from, any := 0, false
	for i := 0; i <= t.Len(); i++ {
		if i < t.Len() && t.Flag[i]&shingle.Quoted != 0 {
			continue
		}
		if i-from >= leastQuotation {
			fill(dst[from:i])
			any = true
		}
		from = i + 1
	}
	if !any {
		return dst
	}
	for _, u := range t.Sentences {
		if 3*count(dst[u.From:u.To]) >= u.To-u.From {
			fill(dst[u.From:u.To])
		}
	}
	return dst
}

// runDocs returns how many documents hold the rarest known gram of r.
func (x *Aligner) runDocs(r run) float64 {
	best := int32(math.MaxInt32)
	for _, n := range x.docs[r.A : r.A+r.N-gramWords+1] {
		if n > 0 && n < best {
			best = n
		}
	}
	switch {
	case best < math.MaxInt32:
		return float64(best)
	case x.blind:
		return 2
	}
	return commonDocs
}

// weigh returns what kept run i adds to the evidence: its words that are quoted
// on neither side and stand in no title, by their rarity and by what the
// sentences around them have in common.
func (x *Aligner) weigh(b *Document, i int) float64 {
	r := x.kept[i]
	held := x.heldAround(b, r)
	rare := rarity(x.runDocs(r))
	if rare < 1 && held > commonHeld && x.oneStory() {
		rare = heldRarity(x.runDocs(r), held)
	}
	return x.words(b, i) * rare * max(apartWeight, ramp(held, apartHeld, oneHeld))
}

// oneStory reports whether both documents are about one thing, by the rarer
// words outside the runs.
func (x *Aligner) oneStory() bool {
	if x.story == 0 {
		x.story = -1
		if x.sharesMore() {
			x.story = 1
		}
	}
	return x.story > 0
}

// sharesMore reports whether of the rarer words in sentences that no run touches, both
// sides together, the other document holds storyShare as anchors. Cost: linear in the
// sentences, and in the words that both hold.
func (x *Aligner) sharesMore() bool {
	x.meetWords()
	all := 0
	x.ranInA, all = x.left.elsewhere(x.ranInA, all, x.takenA)
	x.ranInB, all = x.right.elsewhere(x.ranInB, all, x.takenB)
	a, b, held := &x.left.index, &x.right.index, 0
	for _, w := range x.bothHold {
		if len(b.anchorsOf(w.b)) > 0 {
			held += outside(a.rareOf(w.a), x.ranInA)
		}
		if len(a.anchorsOf(w.a)) > 0 {
			held += outside(b.rareOf(w.b), x.ranInB)
		}
		if held > 0 && float64(held) >= storyShare*float64(all) {
			return true
		}
	}
	return false
}

// elsewhere notes by sentence whether a run touches it, in the memory of ranIn, and
// adds to all the rarer words in the others. Cost: linear in the sentences that runs touch.
func (p *profile) elsewhere(ranIn []bool, all int, taken []bool) ([]bool, int) {
	ranIn = resize(ranIn, len(p.mass))
	clear(ranIn)
	all += len(p.index.rare)
	for at := 0; ; {
		next := first(taken[at:])
		if next < 0 {
			return ranIn, all
		}
		s := sentenceAt(&p.doc.Text, at+next)
		ranIn[s] = true
		all -= int(p.rare[s])
		at = p.doc.Text.Sentences[s].To
	}
}

// outside counts the entries in sentences that no run touches.
func outside(list []entry, ranIn []bool) (n int) {
	for _, e := range list {
		if !ranIn[e.sentence()] {
			n++
		}
	}
	return n
}

// words counts the words of kept run i that may be evidence.
func (x *Aligner) words(b *Document, i int) float64 {
	r, words := x.kept[i], 0.0
	for k := max(0, x.da.title-r.A, x.db.title-r.B); k < r.N; k++ {
		if !x.quoted[r.A+k] && !x.quotedB[r.B+k] {
			words += min(weight(x.a, r.A+k), weight(b, r.B+k))
		}
	}
	if i > 0 && x.goesOn(b, x.kept[i-1], r) {
		return words
	}
	return max(0, words-runToll)
}

// goesOn reports whether r follows p on both sides, few words later and in the same
// sentences.
func (x *Aligner) goesOn(b *Document, p, r run) bool {
	endA, endB := p.A+p.N, p.B+p.N
	return r.A-endA <= goesOnGap && r.B >= endB && r.B-endB <= goesOnGap &&
		sentenceAt(&x.a.Text, endA-1) == sentenceAt(&x.a.Text, r.A) &&
		sentenceAt(&b.Text, endB-1) == sentenceAt(&b.Text, r.B)
}

// ramp rises from 0 at from to 1 at to.
func ramp(x, from, to float64) float64 { return min(1, max(0, (x-from)/(to-from))) }

// minOverlap is how many words of a run make two sentences a pair.
const minOverlap = 3

// heldAround returns what the sentences around a run have in common, as the
// geometric mean of the parts of each side's mass; of a run over several
// sentences, the most that two of them have. Where they have no mass, as
// characters of a script without spaces do, the words of the run are counted
// instead.
func (x *Aligner) heldAround(b *Document, r run) float64 {
	s, t := sentenceAt(&x.a.Text, r.A), sentenceAt(&b.Text, r.B)
	fromA, fromB := x.a.Text.Sentences[s].From, b.Text.Sentences[t].From
	best := float32(0)
	for i := 0; ; {
		toA, toB := x.a.Text.Sentences[s].To, b.Text.Sentences[t].To
		end := min(toA-r.A, toB-r.B, r.N)
		if end-i >= minOverlap {
			best = max(best, x.likenessAround(s, t))
		}
		if i = end; i == r.N {
			if best == 0 {
				best = float32(r.N) / geometric(float32(toA-fromA), float32(toB-fromB))
			}
			return float64(best)
		}
		if r.A+i == toA {
			s++
		}
		if r.B+i == toB {
			t++
		}
	}
}

// likenessAround is likeness for one run after the other: those of a sentence lie side by
// side, and where there are no full stops the sentence is the whole text.
func (x *Aligner) likenessAround(s, t int) float32 {
	if l := &x.around; !l.known || l.a != s || l.b != t {
		*l = around{true, s, t, x.left.likeness(s, x.right, t)}
	}
	return x.around.g
}

// around is how alike the two sentences around a run are.
type around struct {
	known bool
	a, b  int
	g     float32
}

// likeness is the geometric mean of the parts of both sentences' mass that the
// other holds.
func (p *profile) likeness(s int, q *profile, t int) float32 {
	return p.common(s, q, t) / geometric(p.full(s), q.full(t))
}

// geometric is the geometric mean.
func geometric(x, y float32) float32 { return float32(math.Sqrt(float64(x * y))) }

// title returns how many tokens the headline has with which d begins.
// Headlines of different articles on one event are alike.
func (d *Document) title() int {
	if len(d.Text.Paragraphs) < 2 || !d.heading(0) {
		return 0
	}
	return d.Text.Sentences[0].To
}

// heading reports whether sentence s is a headline: a short paragraph of its own
// that no mark ends.
func (d *Document) heading(s int) bool {
	t := &d.Text
	u := t.Sentences[s]
	p := sort.Search(len(t.Paragraphs), func(i int) bool { return t.Paragraphs[i].To > u.From })
	return t.Paragraphs[p].From == u.From && t.Paragraphs[p].To == u.To && u.To-u.From <= maxTitle && u.End <= int(t.End[u.To-1])
}

// maxTitle is how many words a headline has at most.
const maxTitle = 25

// weight is how much of a word token i is: nothing in furniture, half a word
// for one character of a script without spaces.
func weight(d *Document, i int) float64 {
	switch {
	case d.masked(i):
		return 0
	case d.Text.Flag[i]&shingle.Char != 0:
		return .5
	}
	return 1
}

// telling drops runs that are mere phrases and sums up the others. Sentences
// are compared only if all words of the runs together could be evidence.
func (x *Aligner) telling(b *Document, runs []run, e *Evidence) []run {
	x.kept = runs[:0]
	for _, r := range runs {
		own := x.a.own(r.A, r.A+r.N)
		if own < phraseWords && rarity(x.runDocs(r)) < .5 {
			x.release(r)
			continue
		}
		x.kept = append(x.kept, r)
		e.Runs++
		e.Longest = max(e.Longest, own)
		e.Words += x.words(b, len(x.kept)-1)
	}
	if e.Words < MinEvidence {
		x.listShort(b)
	} else {
		x.weighAll(b, e)
	}
	if e.Words < MinEvidence {
		x.addNearly(b, e)
	}
	return x.kept
}

// weighAll sums up the kept runs.
func (x *Aligner) weighAll(b *Document, e *Evidence) {
	x.profile(b)
	e.Words = 0
	if x.listing {
		x.listed = x.listed[:0]
	}
	for i := range x.kept {
		weight := x.weigh(b, i)
		e.Words += weight
		x.list(b, i, weight)
	}
}

// release gives the words of r back.
func (x *Aligner) release(r run) {
	clear(x.takenA[r.A : r.A+r.N])
	clear(x.takenB[r.B : r.B+r.N])
}

// first returns the place of the first true one, -1 if there is none.
func first(list []bool) int {
	return bytes.IndexByte(unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)), 1)
}

// count counts the true ones.
func count(list []bool) int {
	n := 0
	for _, b := range list {
		if b {
			n++
		}
	}
	return n
}
