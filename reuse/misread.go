package reuse

import "reprint/shingle"

// A bad scan has other letters in many words, and some words joined and some split.
// Its names are not other names, and the common text is no form whose names change.
const (
	// misreadFrom is the part of a block's other words that are as long as what
	// stands in their places, and misreadWords how many of them, by which a scan is
	// told: some .95 in one, .3 where words were replaced.
	misreadFrom  = .7
	misreadWords = 5
)

// clearlyRead returns the blocks in memory of dst, or none if what they hold is misread.
func (x *Aligner) clearlyRead(dst []block, b *Document, blocks []block) []block {
	unequal := 0
	for i := range blocks {
		k := &blocks[i]
		unequal += max(k.AEnd-k.A, k.BEnd-k.B) - k.Equal
	}
	if unequal < misreadWords {
		return append(dst, blocks...)
	}
	alike, other := 0, 0
	for i := range blocks {
		if k := &blocks[i]; k.alike() < 1 {
			p, q := x.differing(b, k)
			alike, other = alike+p, other+q
		}
	}
	if alike >= misreadWords && float64(alike) >= misreadFrom*float64(alike+other) {
		return dst
	}
	return append(dst, blocks...)
}

// differing counts the words of k that are not the same on both sides: those that
// may be the same words with other letters, and others. Cost: linear in the words of k.
func (x *Aligner) differing(b *Document, k *block) (alike, other int) {
	for i, j := k.A, k.B; i < k.AEnd && j < k.BEnd; {
		if x.a.Text.Hash[i] == b.Text.Hash[j] {
			i, j = i+1, j+1
			continue
		}
		da, db := x.gap(b, k, i, j)
		if da == 0 || db == 0 { // left out
			i, j = i+da, j+db
			continue
		}
		n := da
		if da != db {
			n = 1
		}
		for w := range n { // word by word, or the words of one side as one
			iEnd, jEnd := i+w+da-n+1, j+w+db-n+1
			if x.sameLetters(b, i+w, iEnd, j+w, jEnd) {
				alike += max(iEnd-i-w, jEnd-j-w)
			} else {
				other += max(iEnd-i-w, jEnd-j-w)
			}
		}
		i, j = i+da, j+db
	}
	return alike, other
}

// addMisread adds what misread blocks say beyond the runs in them: of a scan little is
// left in runs.
func (x *Aligner) addMisread(b *Document, blocks []block, e *Evidence) {
	for _, k := range blocks {
		if e.Words < MinEvidence && k.Equal >= phraseWords {
			x.addStretch(b, k, e)
		}
	}
}

// gap returns how many words to skip on both sides to the next ones in k that agree,
// at most maxSkip each; a word on both sides if there are none.
func (x *Aligner) gap(b *Document, k *block, i, j int) (da, db int) {
	for cost := 1; cost <= 2*maxSkip; cost++ {
		for da = max(0, cost-maxSkip); da <= min(cost, maxSkip); da++ {
			db = cost - da
			if i+da < k.AEnd && j+db < k.BEnd && x.a.Text.Hash[i+da] == b.Text.Hash[j+db] {
				return da, db
			}
		}
	}
	return 1, 1
}

// sameLetters reports whether tokens [i, iEnd) and [j, jEnd) may be the same words
// with other letters: they are as long, spaces left aside, but for a letter a word.
// Other names are not, and other numbers say other things whatever their length.
func (x *Aligner) sameLetters(b *Document, i, iEnd, j, jEnd int) bool {
	if anyNumber(&x.a.Text, i, iEnd) && anyNumber(&b.Text, j, jEnd) {
		return false
	}
	n, words := lettersOf(&x.a.Text, i, iEnd)-lettersOf(&b.Text, j, jEnd), max(iEnd-i, jEnd-j)
	return -words-1 <= n && n <= words+1
}

func anyNumber(t *shingle.Text, from, to int) bool {
	for ; from < to; from++ {
		if t.Flag[from]&shingle.Number != 0 {
			return true
		}
	}
	return false
}

// lettersOf counts the bytes of tokens [from, to).
func lettersOf(t *shingle.Text, from, to int) (n int) {
	for ; from < to; from++ {
		n += int(t.End[from] - t.Start[from])
	}
	return n
}
