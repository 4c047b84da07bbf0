package corpus

import (
	"bufio"
	"errors"
	"io"
	"os"
	"sync/atomic"
)

// unpacked keeps what compressed files unpack to, one behind the other in a
// temporary file, so that a later pass does not unpack them again. It only saves
// time: what there is no room for is left out.
type unpacked struct {
	file *os.File
	left string // its name, if it could not be removed at once
	out  *bufio.Writer
	most int64 // bytes that may be kept
	end  int64 // of the files that are kept whole
	full bool  // nothing more is kept
}

// stretch is where a file is kept; the zero value: it is not.
type stretch struct{ start, end int64 }

// keeping copies the bytes of one file while they are read.
type keeping struct {
	to *unpacked
	in *input
	n  int64
}

// begin returns what copies a file, nil if there is no room.
func (u *unpacked) begin(in *input, temp string) *keeping {
	if u.file == nil && !u.full {
		f, left, err := hiddenFile(temp, "reprint-unpacked-*")
		u.file, u.left, u.full = f, left, err != nil
	}
	if u.full {
		return nil
	}
	u.out = bufio.NewWriterSize(io.NewOffsetWriter(u.file, u.end), readSize)
	return &keeping{to: u, in: in}
}

// take copies what was read; err ends the file.
func (k *keeping) take(p []byte, err error) {
	u := k.to
	if u.full || u.file == nil {
		return
	}
	k.n += int64(len(p))
	if u.end+k.n > u.most {
		u.giveUp()
		return
	}
	_, failed := u.out.Write(p)
	if err == io.EOF && failed == nil {
		failed = u.out.Flush()
		k.in.kept = stretch{u.end, u.end + k.n}
		u.end += k.n
	}
	if failed != nil {
		k.in.kept = stretch{}
		u.giveUp()
	}
}

// giveUp gives back the room of the file that does not fit, and keeps no other.
func (u *unpacked) giveUp() {
	u.full = true
	u.out = nil
	u.file.Truncate(u.end) // else it takes room until Close, no more
}

// stream returns a stream of a file that is kept; bytes of the file on disk are
// added to count as if they were read.
func (u *unpacked) stream(in *input, count *atomic.Int64) *stream {
	size := in.kept.end - in.kept.start
	return &stream{r: &keptReader{io.NewSectionReader(u.file, in.kept.start, size), count, in.src.size, size, 0, 0}}
}

// keptReader counts the bytes of a compressed file in proportion.
type keptReader struct {
	r              io.Reader
	n              *atomic.Int64
	packed, size   int64
	read, accounts int64
}

func (k *keptReader) Read(p []byte) (int, error) {
	n, err := k.r.Read(p)
	k.read += int64(n)
	if err == io.EOF {
		k.read = k.size
	}
	due := int64(float64(k.packed) * (float64(k.read) / float64(max(k.size, 1))))
	k.n.Add(due - k.accounts)
	k.accounts = due
	return n, err
}

func (u *unpacked) close() error {
	var errs []error
	if u.file != nil {
		errs = append(errs, u.file.Close())
	}
	if u.left != "" {
		errs = append(errs, os.Remove(u.left))
	}
	*u = unpacked{full: true}
	return errors.Join(errs...)
}

// hiddenFile makes a file in temp and removes its name at once where the system
// allows it, so that nothing is left behind even by a kill; else its name is left.
func hiddenFile(temp, pattern string) (f *os.File, left string, err error) {
	if f, err = os.CreateTemp(temp, pattern); err != nil {
		return nil, "", err
	}
	if os.Remove(f.Name()) != nil {
		left = f.Name()
	}
	return f, left, nil
}
