//go:build !purego

package lanes

import (
	"unsafe"

	"golang.org/x/sys/cpu"
)

// What this processor and its system have. Tests switch it off.
var (
	hasAVX2   = cpu.X86.HasAVX2
	hasAVX512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ
)

// A call of a loop does not give way to the scheduler or the collector of garbage
// until it is done, so that it takes few shingles or blocks; foldAVX2 has place for no
// more.
const (
	chunkAVX2   = 64
	chunkAVX512 = 1024
	chunkLatin  = 4096 // blocks
	chunkWords  = 4096
)

// foldVector folds the shingles, one at least, into the first lanes of dst and returns
// how many lanes are done: as many as fill vectors, or none.
func foldVector(dst, h1s, h2s []uint64) (lanes int) {
	lanes = len(dst) &^ 7
	switch {
	case lanes == 0:
	case hasAVX512:
		for from := 0; from < len(h1s); from += chunkAVX512 {
			foldAVX512(&dst[0], &h1s[from], &h2s[from], lanes, min(chunkAVX512, len(h1s)-from))
		}
	case hasAVX2:
		for from := 0; from < len(h1s); from += chunkAVX2 {
			foldAVX2(&dst[0], &h1s[from], &h2s[from], lanes, min(chunkAVX2, len(h1s)-from))
		}
	default:
		return 0
	}
	return lanes
}

// latinVector reads text into l, if there is a loop for it here. Of the blocks, of which
// there is one at least, the first and the last are read from a copy with room around.
func latinVector(l *Latin, text string, blocks int) bool {
	if !hasAVX2 {
		return false
	}
	last := blocks - 1
	l.edgeAVX2(text, 0)
	bytes := unsafe.Slice(unsafe.StringData(text), len(text))
	for b := 1; b < last; b += chunkLatin {
		latinAVX2(&l.Folded[b*latinBlock], &l.Words[8*b], &l.Stops[8*b], &bytes[b*latinBlock], min(chunkLatin, last-b))
	}
	if last > 0 {
		l.edgeAVX2(text, last)
	}
	return true
}

func (l *Latin) edgeAVX2(text string, block int) {
	p := padded(text, block)
	latinAVX2(&l.Folded[block*latinBlock], &l.Words[8*block], &l.Stops[8*block], &p[1], 1)
}

// wordsVector hashes the first of some words and returns how many are done: as many as fill
// vectors, or none.
func wordsVector(w *Words) (done int) {
	n := len(w.Starts) &^ 3
	if !hasAVX2 {
		return 0
	}
	for ; done < n; done += chunkWords {
		wordsAVX2(&w.Hashes[done], &w.Stems[done], &w.Marks[done], &w.Folded[0], &w.Starts[done], &w.Ends[done], w.Seed, min(chunkWords, n-done))
	}
	return n
}
