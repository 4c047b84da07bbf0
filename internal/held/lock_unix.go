//go:build unix && !solaris && !aix

package held

import (
	"errors"
	"os"
	"syscall"
)

// Lock locks a file until it is closed or the process ends, however that may be;
// false: another process, or another opening of the file, has locked it.
func Lock(f *os.File) (bool, error) {
	err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// open opens a file or folder for its lock, and waits for nothing, as a named pipe would
// make it.
func open(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_RDONLY|syscall.O_NOFOLLOW|syscall.O_NONBLOCK, 0)
}
