package reuse

import (
	"math"

	"reprint/shingle"
)

const (
	// MinEvidence is the weighted number of unquoted words in common from
	// which a pair is reuse. On a judged week of German press 6 to 9 gave
	// the same verdicts.
	MinEvidence = 8

	// runToll is taken off every run: any two articles on one subject share
	// some words in a row by chance.
	runToll = 2

	// commonDocs stands for "more documents than the join keeps partners
	// for", where a run of words brought no seed of its own.
	commonDocs = 1 << 10
)

// rarity weights a run by the documents that hold its rarest gram: 1 for
// two, down to .2 for a run that some forty documents hold.
func rarity(docs int) float64 {
	return min(1, max(.2, 1.3-.3*math.Log2(float64(max(docs, 1)))))
}

// learn spreads what the seeds know over the tokens of the left document.
func (x *Aligner) learn(seeds []Seed) {
	n := x.a.Text.Len()
	x.docs = resize(x.docs, n)
	x.quoted = resize(x.quoted, n)
	clear(x.docs)
	for i, f := range x.a.Text.Flag {
		x.quoted[i] = f&shingle.Quoted != 0
	}
	for _, s := range seeds {
		if s.Pos+gramWords > n {
			continue
		}
		x.docs[s.Pos] = int32(min(s.Docs, math.MaxInt32))
		if s.Quoted {
			fill(x.quoted[s.Pos : s.Pos+gramWords])
		}
	}
}

// runDocs returns how many documents hold the rarest known gram of r.
func (x *Aligner) runDocs(r run) int {
	best := int32(math.MaxInt32)
	for _, n := range x.docs[r.A : r.A+r.N-gramWords+1] {
		if n > 0 && n < best {
			best = n
		}
	}
	switch {
	case best < math.MaxInt32:
		return int(best)
	case x.blind:
		return 2
	}
	return commonDocs
}

// weigh returns what run r adds to the evidence: its words that are quoted
// on neither side.
func (x *Aligner) weigh(b *Document, r run) float64 {
	words := 0.0
	for i := range r.N {
		if !x.quoted[r.A+i] && b.Text.Flag[r.B+i]&shingle.Quoted == 0 {
			words += min(weight(x.a, r.A+i), weight(b, r.B+i))
		}
	}
	return max(0, words-runToll) * rarity(x.runDocs(r))
}

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

// telling drops runs that are mere phrases and sums up the others.
func (x *Aligner) telling(b *Document, runs []run, e *Evidence) []run {
	kept := runs[:0]
	for _, r := range runs {
		own := x.a.own(r.A, r.A+r.N)
		if own < phraseWords && rarity(x.runDocs(r)) < .5 {
			x.release(r)
			continue
		}
		kept = append(kept, r)
		e.Runs++
		e.Longest = max(e.Longest, own)
		e.Words += x.weigh(b, r)
	}
	return kept
}

// release gives the words of r back.
func (x *Aligner) release(r run) {
	clear(x.takenA[r.A : r.A+r.N])
	clear(x.takenB[r.B : r.B+r.N])
}
