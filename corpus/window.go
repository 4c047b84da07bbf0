package corpus

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

const (
	windowSize = 64 << 10 // first size of a window; it doubles as records need
	keepSize   = 4 << 20  // a window above this is given back after its record
	blankSize  = 64 << 10 // most white space between two records that is kept
	excerpt    = 4 << 10  // bytes shown of a record that is too long
)

var errTooLong = errors.New("record too long")

// A window is the part of a stream from the beginning of the present record as
// far as it has been read. Positions are relative to that beginning and stay
// valid while more is read, so a search that ran out of bytes goes on where it
// was: reading costs O(bytes) however long the records are and however small
// the pieces that the stream yields. It grows with what has arrived, never with
// what an input promises.
type window struct {
	r          io.Reader
	buf        []byte
	start, end int   // what is read and not yet skipped: buf[start:end]
	off        int64 // offset in the stream of buf[start]
	err        error // why nothing more can be read: io.EOF or worse
	limit      int64 // of a record, if there is one: the window grows beyond it by little
}

// reset begins a stream whose records may have limit bytes; 0: any number.
func (w *window) reset(r io.Reader, limit int64) {
	if len(w.buf) > keepSize {
		w.buf = nil
	}
	*w = window{r: r, buf: w.buf, limit: limit}
}

// rest returns what has been read of the present record and beyond, valid
// until more is read.
func (w *window) rest() []byte { return w.buf[w.start:w.end] }

// skip makes the record begin n bytes later.
func (w *window) skip(n int) {
	w.start += n
	w.off += int64(n)
}

// more reads at least one byte more and reports whether it did.
func (w *window) more() bool {
	if w.err != nil {
		return false
	}
	w.room()
	for idle := 0; w.err == nil; idle++ {
		n, err := w.r.Read(w.buf[w.end:])
		w.end += n
		w.err = err
		if n > 0 {
			return true
		}
		if idle == 100 && err == nil {
			w.err = io.ErrNoProgress
		}
	}
	return false
}

// room makes place for more bytes at the window's end.
func (w *window) room() {
	if w.end < len(w.buf) {
		return
	}
	live := w.rest()
	switch {
	case len(w.buf) == 0:
		w.buf = make([]byte, windowSize)
	case len(live) > len(w.buf)/2:
		bigger := make([]byte, w.larger())
		copy(bigger, live)
		w.buf = bigger
	case len(w.buf) > keepSize && len(live) <= windowSize/2:
		smaller := make([]byte, windowSize)
		copy(smaller, live)
		w.buf = smaller
	default:
		copy(w.buf, live)
	}
	w.start, w.end = 0, len(live)
}

// larger is the next size of a window that is full: twice as much, but not much more than
// the longest record.
func (w *window) larger() int {
	n := 2 * len(w.buf)
	if most := int(w.limit) + windowSize; w.limit > 0 && n > most/2 {
		n = max(most, len(w.buf)+len(w.buf)/4)
	}
	return n
}

// at returns the byte at position i, reading as needed; false at the end.
func (w *window) at(i int) (byte, bool) {
	for w.end-w.start <= i {
		if !w.more() {
			return 0, false
		}
	}
	return w.buf[w.start+i], true
}

// index returns the position of the first c at or after from. Without one it
// returns the stream's error, and errTooLong past position limit.
func (w *window) index(from int, c byte, limit int64) (int, error) {
	for {
		if i := bytes.IndexByte(w.rest()[from:], c); i >= 0 {
			if int64(from+i) > limit {
				return 0, errTooLong
			}
			return from + i, nil
		}
		from = w.end - w.start
		if int64(from) > limit {
			return 0, errTooLong
		}
		if !w.more() {
			return 0, w.err
		}
	}
}

// blanks returns the position of the first byte at or after from that is not
// white space, or the end; it stops early rather than let more than blankSize
// bytes pile up.
func (w *window) blanks(from int) int {
	for i := from; ; {
		_, ok := w.at(i)
		rest := w.rest()
		i += leadingBlanks(rest[i:min(len(rest), from+blankSize)])
		if !ok || i < len(rest) || i-from == blankSize {
			return i
		}
	}
}

// dropLine skips all bytes up to and with the next '\n', whatever their number,
// in constant memory.
func (w *window) dropLine() {
	for {
		if i := bytes.IndexByte(w.rest(), '\n'); i >= 0 {
			w.skip(i + 1)
			return
		}
		w.skip(w.end - w.start)
		if !w.more() {
			return
		}
	}
}

// excerpt returns the beginning of the present record.
func (w *window) excerpt() []byte {
	return bytes.Clone(w.rest()[:min(w.end-w.start, excerpt)])
}

// firstLine returns the first line of the present record, or its beginning.
func (w *window) firstLine() []byte {
	line, _, _ := bytes.Cut(w.excerpt(), []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r"))
}

// bom skips a UTF-8 byte order mark at the window's start and tells of a
// UTF-16 one, which line formats do not read.
func (w *window) bom() error {
	w.at(2)
	switch e := sniffEncoding(w.rest()); e {
	case utf8BOM:
		w.skip(e.bomLen())
	case utf16LE, utf16BE:
		return faultUTF16()
	}
	return nil
}

// blanks are the white space of JSON.
const (
	blanks   = " \t\r\n"
	blankSet = uint64(1<<' ' | 1<<'\t' | 1<<'\r' | 1<<'\n')
)

func isBlank(c byte) bool { return c <= ' ' && 1<<c&blankSet != 0 }

// eightLines are line ends, of which nothing but there may be gigabytes.
const eightLines = 0x0a0a0a0a0a0a0a0a

// leadingBlanks returns how many bytes of white space b begins with.
func leadingBlanks(b []byte) int {
	for i := 0; i < len(b); {
		switch {
		case len(b)-i >= 8 && binary.LittleEndian.Uint64(b[i:]) == eightLines:
			i += 8
		case isBlank(b[i]):
			i++
		default:
			return i
		}
	}
	return len(b)
}

// trailingBlanks returns how many bytes of white space b ends in.
func trailingBlanks(b []byte) int {
	for i := len(b); i > 0; {
		switch {
		case i >= 8 && binary.LittleEndian.Uint64(b[i-8:]) == eightLines:
			i -= 8
		case isBlank(b[i-1]):
			i--
		default:
			return len(b) - i
		}
	}
	return len(b)
}
