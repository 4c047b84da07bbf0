//go:build purego || (!amd64 && !arm64)

package lanes

// foldVector leaves all lanes to foldPlain.
func foldVector(_, _, _ []uint64) (lanes int) { return 0 }

// latinVector leaves all blocks to the plain loop.
func latinVector(*Latin, string, int) bool { return false }

// wordsVector leaves all words to the plain loop.
func wordsVector(*Words) (done int) { return 0 }
