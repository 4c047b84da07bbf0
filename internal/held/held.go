// Package held tells the passing files of a process at work from those that a killed one
// left.
//
// A file or folder that is to be renamed or removed in the end is locked as long as it
// passes. The system gives the lock up however the process ends, so that what has no
// lock is nobody's:
//
//	held.Sweep(dir, func(name string) bool { return strings.HasPrefix(name, "mine-") })
//	path, hold, err := held.New(func() string { return filepath.Join(dir, "mine-"+random()) },
//		func(path string) error { return os.Mkdir(path, 0o700) })
//	if err != nil {
//		return err
//	}
//	defer hold.Release()
//	defer os.RemoveAll(path)
//
// Names must be new each time: what is swept is removed, never used again, so that it does
// not matter who looks at a name first. The locks are those of flock; who cleans temporary
// folders by age, as systemd-tmpfiles does, leaves alone what has one. Where a system or a
// file system has no such locks nothing is ever swept.
package held

import (
	"os"
	"path/filepath"
)

// A Hold is the lock of a passing file or folder. A nil Hold is that of a file system which
// has no locks.
type Hold struct{ f *os.File }

// Release gives the lock up. What it is of should have been renamed or removed before. It may
// be called more than once.
func (h *Hold) Release() {
	if h != nil {
		h.f.Close()
	}
}

// New makes a passing file or folder under a name that nothing has, and holds it. name must
// give another name each time; create makes it, empty, and must fail if the name is taken.
func New(name func() string, create func(path string) error) (path string, hold *Hold, err error) {
	for {
		path = name()
		if err := create(path); err != nil {
			return "", nil, err
		}
		f, state := take(path)
		switch state {
		case taken:
			return path, &Hold{f}, nil
		case unknown:
			return path, nil, nil
		}
		// A sweep came between, and removes it.
	}
}

// Sweep removes the files and folders of dir that were left by processes which are no more:
// ours says of a name whether it is one that New was given, and nobody holds it. It does
// what it can, and fails in silence.
func Sweep(dir string, ours func(name string) bool) {
	d, err := os.Open(dir)
	if err != nil {
		return
	}
	defer d.Close()
	for {
		names, err := d.Readdirnames(1 << 10)
		for _, name := range names {
			if ours(name) {
				sweep(filepath.Join(dir, name))
			}
		}
		if err != nil {
			return
		}
	}
}

func sweep(path string) {
	if f, state := take(path); state == taken {
		os.RemoveAll(path)
		f.Close()
	}
}

// What is known of the lock of a file.
type state int

const (
	taken   state = iota // by us
	busy                 // by another, or the file is gone
	unknown              // there are no locks here
)

// take locks the file or folder that has the name path. What it returns is open if it was
// taken.
func take(path string) (*os.File, state) {
	f, err := open(path)
	if os.IsNotExist(err) {
		return nil, busy
	}
	if err != nil {
		return nil, unknown
	}
	free, err := Lock(f)
	switch {
	case err != nil:
		f.Close()
		return nil, unknown
	case !free || !named(f, path):
		f.Close()
		return nil, busy
	}
	return f, taken
}

// named tells whether path is still the name of f.
func named(f *os.File, path string) bool {
	mine, err := f.Stat()
	there, err2 := os.Lstat(path)
	return err == nil && err2 == nil && os.SameFile(mine, there)
}
