package reuse

import (
	"slices"

	"reprint/shingle"
)

// A headline that lost its line runs on into the sentence below it, and a speaker stands before
// what is quoted. Where the other side of a passage begins with that sentence, the passage
// begins with it on both sides.
const (
	// headlineWords is how many words a headline has, at least, and belowWords how many the
	// sentence below it has in common with the beginning of the other side.
	headlineWords = 3
	belowWords    = 3

	// headlinesWords is how many words the headlines of a box have at most, and nearWords how
	// far from it a document is asked how it writes a word.
	headlinesWords = 80
	nearWords      = 20000

	// headlineMass is what a headline shares with the other side, at least, of words that
	// are not said below it, for it to be a part of the passage.
	headlineMass = 4
)

// offHeadlines takes the headline off the side of a reworded block that begins with one.
func (x *Aligner) offHeadlines(b *Document, k *block) {
	if k.alike() >= verbatimFrom {
		return
	}
	x.profile(b)
	if at := x.a.below(k.A, k.AEnd, b, k.B, k.BEnd); at > k.A && !x.saysMore(x.left, k.A, at, k.AEnd, x.right, k.B, k.BEnd) {
		k.A = at
	}
	if at := b.below(k.B, k.BEnd, x.a, k.A, k.AEnd); at > k.B && !x.saysMore(x.right, k.B, at, k.BEnd, x.left, k.A, k.AEnd) {
		k.B = at
	}
	k.Equal = min(k.Equal, k.AEnd-k.A, k.BEnd-k.B)
}

// below returns the token of [from, to) behind a headline at from where a sentence begins like
// the tokens [first, last) of another document, which begin one: behind a mark, or with a word
// that has no capital elsewhere. Without a headline it is from. What is left is at least half
// as long as what the other document has.
func (d *Document) below(from, to int, other *Document, first, last int) int {
	at := sentenceAt(&d.Text, from)
	u, least := d.Text.Sentences[at], max(belowWords, (last-first)/2)
	if u.From != from || sentence(&other.Text, first).From != first || last-first < belowWords {
		return from
	}
	end := min(u.To-belowWords, from+headlinesWords)
	if d.heading(at) {
		end = u.To
	}
	for i := from + headlineWords; i <= min(end, to-least); i++ {
		if d.Text.Flag[i]&shingle.Upper != 0 && d.begins(i, other, first) {
			if d.marked(i) || d.Text.Lowers(i, nearWords) || other.Text.Lowers(first, nearWords) {
				return i
			}
			break
		}
	}
	return from
}

// begins reports whether the words at token i are those with which another document goes on at
// token first.
func (d *Document) begins(i int, other *Document, first int) bool {
	return slices.Equal(d.Text.Hash[i:i+belowWords], other.Text.Hash[first:first+belowWords])
}

// saysMore reports whether the tokens [from, at) of p share with the tokens [first, last) of q what
// the tokens [at, to) do not.
func (x *Aligner) saysMore(p *profile, from, at, to int, q *profile, first, last int) bool {
	x.leftA, x.leftB = q.entries(x.leftA[:0], first, last), p.entries(x.leftB[:0], at, to)
	return p.only(from, at, x.leftA, x.leftB) >= headlineMass
}
