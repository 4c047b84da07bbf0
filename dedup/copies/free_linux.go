package copies

import (
	"os"
	"path/filepath"
	"syscall"
)

// freeBytes tells how much room a folder's disk has, or, if the folder is yet to be
// made, that of the one it will stand in.
func freeBytes(folder string) (n int64, known bool) {
	if _, err := os.Stat(folder); err != nil {
		folder = filepath.Dir(folder)
	}
	var s syscall.Statfs_t
	if syscall.Statfs(folder, &s) != nil {
		return 0, false
	}
	return int64(s.Bavail) * int64(s.Bsize), true
}
