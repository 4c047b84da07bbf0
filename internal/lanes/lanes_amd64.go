//go:build !purego

package lanes

import "golang.org/x/sys/cpu"

// What this processor and its system have. Tests switch it off.
var (
	hasAVX2   = cpu.X86.HasAVX2
	hasAVX512 = cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ
)

// A call of a loop does not give way to the scheduler or the collector of garbage
// until it is done, so that it takes few shingles; AVX2's has place for no more.
const (
	chunkAVX2   = 64
	chunkAVX512 = 1024
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
