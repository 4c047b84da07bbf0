package corpus

import (
	"os"
	"syscall"
)

// beginSync begins to bring a part of a file to its disk, and waits no longer than until
// the disk has taken the order. What cannot be begun is left to Sync, which tells of errors.
func beginSync(f *os.File, from, n int64) {
	const write = 2 // SYNC_FILE_RANGE_WRITE
	c, err := f.SyscallConn()
	if err == nil {
		_ = c.Control(func(fd uintptr) { _ = syscall.SyncFileRange(int(fd), from, n, write) })
	}
}
