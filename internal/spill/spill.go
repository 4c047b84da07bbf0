package spill

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"strings"
)

// DefaultMemory is the buffer of a Sorter or Blobs whose Options name none.
// A sort of this size stays within what a small machine has to spare, and a
// terabyte sorted with it makes 16,384 runs, merged in three passes.
const DefaultMemory = 64 << 20

// Options say where temporary files go and how much stays in memory.
// The zero value works.
type Options struct {
	// Dir is the folder of the temporary files; empty: os.TempDir().
	Dir string
	// Memory is the size of the buffer in bytes; 0 or less: DefaultMemory.
	// A merge needs at least 4 KiB for each of up to 64 runs, even if this is less.
	Memory int64
	// Quota, if not nil, bounds what temporary files may take together.
	Quota *Quota
	// Together, if not nil, runs tasks side by side and returns when all are done: a
	// large buffer is then sorted by several goroutines.
	Together func(tasks ...func())
}

func (o Options) memory() int64 {
	if o.Memory <= 0 {
		return DefaultMemory
	}
	return o.Memory
}

// create makes an empty temporary file.
func (o Options) create(kind string) (*os.File, error) {
	f, err := os.CreateTemp(o.Dir, "reprint-"+kind+"-*")
	if err != nil {
		return nil, &Error{Op: "creating a temporary file", File: o.Dir, Err: err}
	}
	return f, nil
}

// Leftover reports whether name is that of a file which this package has on the way, and a
// killed process leaves.
func Leftover(name string) bool {
	for _, kind := range []string{"run", "blob", "offs"} {
		if strings.HasPrefix(name, "reprint-"+kind+"-") {
			return true
		}
	}
	const mark = len(".0123456789abcdef.part")
	return len(name) > mark && passes(name, name[1:len(name)-mark])
}

// ErrCorrupt marks a temporary file that does not hold what was written to it.
var ErrCorrupt = errors.New("temporary file is corrupt")

// Error is a fault of a temporary file.
type Error struct {
	Op     string // what was being done, as writing
	File   string
	Offset int64 // in bytes, where known
	Err    error
}

// Error gives "why, on writing: file, byte N" in one line.
func (e *Error) Error() string {
	why := e.Err
	if path, ok := why.(*fs.PathError); ok {
		why = path.Err // the file is named below
	}
	where := e.File
	if e.Offset > 0 {
		where = fmt.Sprintf("%s, byte %d", e.File, e.Offset)
	}
	return fmt.Sprintf("%v, on %s: %s", why, e.Op, where)
}

// Unwrap gives the cause: ErrCorrupt, or what the system said.
func (e *Error) Unwrap() error { return e.Err }

// Hint says what the user can do.
func (e *Error) Hint() string {
	switch {
	case errors.Is(e.Err, ErrQuota):
		return "allow more by --temp-limit, give more --memory so that less is put on disk, or share the stages between machines: reprint stage"
	case errors.Is(e.Err, ErrCorrupt):
		return "remove it, if it is still there, and run again; if that does not help, its disk may be failing: choose another folder with --temp"
	}
	return "temporary files need room and permission; choose a folder with --temp, or give more --memory"
}

func corrupt(f *os.File, offset int64, what string) error {
	return &Error{Op: "reading", File: f.Name(), Offset: offset, Err: fmt.Errorf("%w: %s", ErrCorrupt, what)}
}

// Every temporary file begins with a header of 16 bytes:
//
//	6 bytes  "rpspil"
//	2 bytes  version of the format, 1
//	4 bytes  kind of the file: "runs", "blob" or "offs"
//	4 bytes  size of a record in bytes, 0 where it varies
//
// Numbers in all files of this package are unsigned and big-endian.
const (
	headerSize = 16
	magic      = "rpspil"
	version    = 1
)

func header(kind string, size int) []byte {
	h := append(make([]byte, 0, headerSize), magic...)
	h = binary.BigEndian.AppendUint16(h, version)
	h = append(h, kind...)
	return binary.BigEndian.AppendUint32(h, uint32(size))
}

func checkHeader(f *os.File, kind string, size int) error {
	var h [headerSize]byte
	if err := readAt(f, h[:], 0); err != nil {
		return err
	}
	if string(h[:]) != string(header(kind, size)) {
		return corrupt(f, 0, "not a header of this kind and version")
	}
	return nil
}

// readAt fills b or fails; a file that ends before b is full is corrupt.
func readAt(f *os.File, b []byte, offset int64) error {
	_, err := f.ReadAt(b, offset)
	if errors.Is(err, io.EOF) {
		return corrupt(f, offset, "file ends early")
	}
	if err != nil {
		return &Error{Op: "reading", File: f.Name(), Offset: offset, Err: err}
	}
	return nil
}

func writeAll(f *os.File, b []byte, offset int64) error {
	if _, err := f.WriteAt(b, offset); err != nil {
		return &Error{Op: "writing", File: f.Name(), Offset: offset, Err: err}
	}
	return nil
}

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// checksum is the CRC-32C of a number and a payload. The number is the place
// of the payload in its file, so that two payloads that changed places are found.
func checksum(number int64, payload []byte) uint32 {
	var n [8]byte
	binary.BigEndian.PutUint64(n[:], uint64(number))
	return crc32.Update(crc32.Update(0, castagnoli, n[:]), castagnoli, payload)
}

// discard closes and removes a temporary file.
func discard(f *os.File) error {
	return errors.Join(f.Close(), os.Remove(f.Name()))
}
