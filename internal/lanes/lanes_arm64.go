//go:build !purego

package lanes

// hasNEON is true: every arm64 has it. Tests switch it off.
var hasNEON = true

// chunkNEON bounds the shingles of a call, which does not give way to the scheduler or
// the collector of garbage until it is done.
const chunkNEON = 1024

// foldVector folds the shingles, one at least, into the first lanes of dst and returns
// how many lanes are done: as many as fill vectors, or none.
func foldVector(dst, h1s, h2s []uint64) (lanes int) {
	lanes = len(dst) &^ 7
	if lanes == 0 || !hasNEON {
		return 0
	}
	for from := 0; from < len(h1s); from += chunkNEON {
		foldNEON(&dst[0], &h1s[from], &h2s[from], lanes, min(chunkNEON, len(h1s)-from))
	}
	return lanes
}

// foldNEON folds n shingles into a multiple of 8 lanes.
//
//go:noescape
func foldNEON(dst, h1s, h2s *uint64, lanes, n int)

// latinVector leaves all blocks to the plain loop.
func latinVector(*Latin, string, int) bool { return false }

// wordsVector leaves all words to the plain loop.
func wordsVector(*Words) (done int) { return 0 }
