//go:build !linux

package corpus

import "os"

// beginSync leaves all to Sync.
func beginSync(*os.File, int64, int64) {}
