package corpus

import sys "golang.org/x/sys/unix"

// exchange gives the folder temp the name path, and what had it another, old. The system
// does both at once where it can, so that path is there at any moment.
func exchange(temp, path string) (old string, err error) {
	if sys.Renameat2(sys.AT_FDCWD, temp, sys.AT_FDCWD, path, sys.RENAME_EXCHANGE) == nil {
		return temp, nil
	}
	return renamed(temp, path)
}
