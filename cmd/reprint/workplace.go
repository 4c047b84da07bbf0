package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reprint/corpus"
	"reprint/dedup/copies"
	"reprint/internal/held"
)

// A workplace is the folder in which a run of dedup leaves what it has finished, so that
// a call of the same kind can go on from there. Its name follows from the input and the
// settings. One run at a time works in it.
type workplace struct {
	dir  string
	lock *os.File
	keep bool // after an error, too
}

// lockName is a file in the folder that is locked as long as a run is at work.
const lockName = "lock"

// openWorkplace opens the folder of a call. To resume is to go on from what is there, which
// otherwise is removed. It is nil if a passing folder must do: what comes through a pipe
// cannot be told from other input, and another run may be at work on the same.
func openWorkplace(docs *corpus.Collection, temp string, o copies.Options, resume bool) (*workplace, error) {
	for _, f := range docs.Files() {
		switch {
		case f.Size >= 0:
		case resume:
			return nil, usage("write it to a file first", "what comes through a pipe cannot be resumed: %s", shown(f.Path))
		default:
			return nil, nil
		}
	}
	p := &workplace{dir: filepath.Join(temp, "reprint-dedup-"+copies.Identity(docs, o)), keep: resume}
	free, err := p.acquire()
	switch {
	case err != nil:
		return nil, err
	case !free && resume:
		return nil, usage("wait for it, or name another folder by --temp", "another run is at work on the same: %s", p.dir)
	case !free:
		return nil, nil
	case !resume:
		err = p.empty()
	}
	if err != nil {
		return nil, errors.Join(err, p.lock.Close())
	}
	return p, nil
}

// acquire makes the folder and locks it; false: another process has it.
func (p *workplace) acquire() (bool, error) {
	name := filepath.Join(p.dir, lockName)
	for {
		if err := os.Mkdir(p.dir, 0o777); err != nil && !errors.Is(err, os.ErrExist) {
			return false, err
		}
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o666)
		if errors.Is(err, os.ErrNotExist) { // its run has just ended
			continue
		}
		if err != nil {
			os.Remove(p.dir) // if it is empty
			return false, err
		}
		if free, err := held.Lock(f); err != nil || !free {
			return false, errors.Join(err, f.Close())
		}
		mine, err := f.Stat()
		there, err2 := os.Stat(name)
		if err == nil && err2 == nil && os.SameFile(mine, there) {
			p.lock = f
			return true, nil
		}
		f.Close() // removed between opening and locking
	}
}

// empty removes what a run left that was broken off.
func (p *workplace) empty() error {
	list, err := os.ReadDir(p.dir)
	for _, e := range list {
		if e.Name() != lockName {
			err = errors.Join(err, os.RemoveAll(filepath.Join(p.dir, e.Name())))
		}
	}
	return err
}

// broken is an interrupt, err, with what becomes of the stages that are finished.
func (p *workplace) broken(err error) error {
	if p == nil || !errors.Is(err, context.Canceled) {
		return err
	}
	list, listErr := os.ReadDir(p.dir)
	finished := func(e os.DirEntry) bool {
		return e.Name() != lockName && !strings.HasPrefix(e.Name(), ".") && !strings.HasPrefix(e.Name(), "reprint-")
	}
	switch {
	case listErr != nil || !slices.ContainsFunc(list, finished):
		return err
	case p.keep:
		return resumable{err, "the same call goes on from what is finished, in " + p.dir}
	}
	return resumable{err, "with --resume another call of the same kind would go on from what was finished"}
}

// close gives the folder up, and removes it if nobody is to go on in it. It may be called
// again.
func (p *workplace) close() error {
	if p == nil || p.lock == nil {
		return nil
	}
	var err error
	if !p.keep {
		err = os.RemoveAll(p.dir)
	}
	err = errors.Join(err, p.lock.Close())
	p.lock = nil
	return err
}
