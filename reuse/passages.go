package reuse

import (
	"slices"

	"reprint/shingle"
)

const (
	// verbatimFrom is the similarity from which a passage counts as verbatim.
	verbatimFrom = .9

	// edgeWords is how many words may be missing at the edge of a sentence
	// for a passage to take the whole sentence, on both sides at once.
	edgeWords = 2

	// crumbWords is how many words of a sentence a passage leaves off at its
	// ends that goes on into the sentence beside it, on both sides at once, and
	// scrapWords how many if they are no clause on either side.
	crumbWords = 2
	scrapWords = 6

	// phraseWords is the length under which a run of words that is not rare
	// in the collection is a figure of speech and not a passage.
	phraseWords = 8
)

// toShow makes of the blocks of a reuse what is shown of it: statements that both make, cut
// where clauses and sentences end.
func (x *Aligner) toShow(b *Document, blocks []block, m *Match) []block {
	if len(x.legible) > 0 || len(blocks) == 0 {
		blocks = x.dropUnsaid(b, blocks, m)
	}
	for i := range blocks {
		x.offCrumbs(b, &blocks[i])
	}
	x.toClauses(b, blocks)
	if said := x.dropDoubtful(b, blocks); len(said) < len(blocks) {
		blocks = said
		x.toClauses(b, blocks) // what went has left its words
	}
	for i := range blocks {
		x.offHeadlines(b, &blocks[i])
	}
	return blocks
}

// passages turns blocks into passages with byte spans.
func (x *Aligner) passages(b *Document, blocks []block) []Passage {
	out := make([]Passage, 0, len(blocks))
	for i := range blocks {
		k := &blocks[i]
		if slices.Equal(x.a.Text.Hash[k.A:k.AEnd], b.Text.Hash[k.B:k.BEnd]) {
			k.Equal = k.AEnd - k.A // a rewording that was cut to what is the same
		}
		p := Passage{
			A:          cut(&x.a.Text, k.A, k.AEnd),
			B:          cut(&b.Text, k.B, k.BEnd),
			Type:       Verbatim,
			Similarity: k.similarity(),
			Quoted:     2*x.quotedWords(*k) >= k.AEnd-k.A,
		}
		if k.alike() < verbatimFrom {
			p.Type = Reworded
		}
		out = append(out, p)
	}
	return out
}

// toSentence takes what parts k from the edges of its sentences on both
// sides, if that is little or much the same, and then the sentences beside
// it that are much the same.
func (x *Aligner) toSentence(b *Document, k *block) {
	for {
		sa, sb := sentence(&x.a.Text, k.A), sentence(&b.Text, k.B)
		beside := k.A == sa.From && k.B == sb.From && k.A > 0 && k.B > 0
		if beside {
			sa, sb = sentence(&x.a.Text, k.A-1), sentence(&b.Text, k.B-1)
		}
		n, ok := x.edge(b, sa.From, k.A, sb.From, k.B, beside)
		if !ok {
			break
		}
		x.take(sa.From, k.A-sa.From, sb.From, k.B-sb.From)
		k.A, k.B, k.Equal = sa.From, sb.From, k.Equal+n
	}
	for {
		sa, sb := sentence(&x.a.Text, k.AEnd-1), sentence(&b.Text, k.BEnd-1)
		beside := k.AEnd == sa.To && k.BEnd == sb.To && k.AEnd < x.a.Text.Len() && k.BEnd < b.Text.Len()
		if beside {
			sa, sb = sentence(&x.a.Text, k.AEnd), sentence(&b.Text, k.BEnd)
		}
		n, ok := x.edge(b, k.AEnd, sa.To, k.BEnd, sb.To, beside)
		if !ok {
			break
		}
		x.take(k.AEnd, sa.To-k.AEnd, k.BEnd, sb.To-k.BEnd)
		k.AEnd, k.BEnd, k.Equal = sa.To, sb.To, k.Equal+n
	}
}

// offCrumbs takes off a block what it holds of a sentence at its beginning or end, if
// that is a word or two on both sides and the greater part of both sentences is not in it:
// the last word of one statement, before another one that is shared, tells its reader nothing.
// gramWords stay. What was misread of it agreed, and is not among what does letter by letter:
// no more words agree than are left.
func (x *Aligner) offCrumbs(b *Document, k *block) {
	sa, sb := sentence(&x.a.Text, k.A), sentence(&b.Text, k.B)
	if x.a.crumb(sa, k.A, sa.To) && b.crumb(sb, k.B, sb.To) && k.AEnd-sa.To >= gramWords && k.BEnd-sb.To >= gramWords {
		k.Equal = min(k.Equal-x.between(b, k.A, sa.To, k.B, sb.To), k.AEnd-sa.To, k.BEnd-sb.To)
		k.A, k.B = sa.To, sb.To
	}
	sa, sb = sentence(&x.a.Text, k.AEnd-1), sentence(&b.Text, k.BEnd-1)
	if x.a.crumb(sa, sa.From, k.AEnd) && b.crumb(sb, sb.From, k.BEnd) && sa.From-k.A >= gramWords && sb.From-k.B >= gramWords {
		k.Equal = min(k.Equal-x.between(b, sa.From, k.AEnd, sb.From, k.BEnd), sa.From-k.A, sb.From-k.B)
		k.AEnd, k.BEnd = sa.From, sb.From
	}
}

// crumb reports whether tokens [from, to), which begin or end a sentence, are a word or two
// of it, or some words that are no clause, and the lesser part.
func (d *Document) crumb(s shingle.Unit, from, to int) bool {
	n := to - from
	whole := from > s.From && d.marked(from) || to < s.To && d.marked(to)
	return (n <= crumbWords || n <= scrapWords && !whole) && 3*n < s.To-s.From
}

// edge reports whether the words between a block and the edges of its
// sentence, or the sentence beside it, belong to it, and how many agree.
func (x *Aligner) edge(b *Document, i, iEnd, j, jEnd int, beside bool) (int, bool) {
	longer := max(iEnd-i, jEnd-j)
	if longer == 0 || longer > maxBridge || !x.unused(i, iEnd, j, jEnd) ||
		!x.apart && x.a.furniture(i, iEnd)+b.furniture(j, jEnd) > 0 {
		return 0, false
	}
	n := x.alike(b, i, iEnd, j, jEnd)
	return n, n > 0 || longer <= edgeWords && !beside
}

// sentence returns the sentence that holds token i.
func sentence(t *shingle.Text, i int) shingle.Unit { return t.Sentences[sentenceAt(t, i)] }

// sentenceAt returns its number.
func sentenceAt(t *shingle.Text, i int) int {
	from, to := 0, len(t.Sentences)
	for from < to {
		if s := int(uint(from+to) >> 1); t.Sentences[s].To > i {
			to = s
		} else {
			from = s + 1
		}
	}
	return from
}

// cut returns the bytes of tokens [from, to), with the marks that open or
// close a sentence where they begin or end one.
func cut(t *shingle.Text, from, to int) shingle.Span {
	span := t.Span(from, to)
	if s := sentence(t, from); s.From == from {
		span.Start = s.Start
	}
	if s := sentence(t, to-1); s.To == to {
		span.End = s.End
	}
	return span
}

// quotedWords counts the words of k that are quoted on either side.
func (x *Aligner) quotedWords(k block) int {
	n, m := 0, 0
	for i := k.A; i < k.AEnd; i++ {
		if x.quoted[i] {
			n++
		}
	}
	for j := k.B; j < k.BEnd; j++ {
		if x.quotedB[j] {
			m++
		}
	}
	return max(n, m)
}
