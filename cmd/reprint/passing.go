package main

import (
	"hash/fnv"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"reprint/internal/held"
)

// A call has a folder of its own in --temp for its passing files, which goes with it. What
// a call left that was killed, the next one on the same machine removes, whatever its
// input: it may be more than the disk has left. Who works on is told by a lock (see
// internal/held); that of another machine on a shared disk need not be seen here, so that
// the machine's name is part of the folder's.

// passingFolder makes the folder in temp, to be removed when the call ends. Where it cannot
// be made temp itself must do, as for input so small that nothing passes.
func (t *tool) passingFolder(temp string) string {
	host := hostMark()
	held.Sweep(temp, func(name string) bool { return strings.HasPrefix(name, host) })
	name := func() string { return filepath.Join(temp, host+strconv.FormatUint(rand.Uint64(), 36)) }
	dir, hold, err := held.New(name, func(path string) error { return os.Mkdir(path, 0o700) })
	if err != nil {
		return temp
	}
	t.leave = func() {
		os.RemoveAll(dir)
		hold.Release()
	}
	return dir
}

// hostMark begins the names of this machine's folders.
func hostMark() string {
	host, _ := os.Hostname()
	h := fnv.New32a()
	h.Write([]byte(host))
	return "reprint-passing-" + strconv.FormatUint(uint64(h.Sum32()), 36) + "-"
}
