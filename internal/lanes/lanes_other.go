//go:build purego || (!amd64 && !arm64)

package lanes

// foldVector leaves all lanes to foldPlain.
func foldVector(_, _, _ []uint64) (lanes int) { return 0 }
