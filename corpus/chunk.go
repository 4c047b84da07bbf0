package corpus

import (
	"bytes"
	"io"
	"iter"
	"sync"
)

// A Chunk is a stretch of one file whose records can be read without the others, by
// any goroutine, with a ChunkReader. Of JSON lines it holds whole lines that nobody has
// looked into; of other formats, which cannot be cut without reading them, it holds
// documents.
type Chunk struct {
	c        *Collection
	file     int
	buf      []byte
	lines    []byte      // in buf
	line     int         // lines of the file before them
	off      int64       // where they begin in it
	end      error       // what is to be said behind them: io.EOF, why the file breaks off, or errTooLong
	docs     []*Document // of a format that cannot be cut
	records  []Document  // what Records or Documents made of lines
	bodies   []byte      // strings of these that had escapes
	rejected []rejected
}

type rejected struct {
	at Handle
	Rejection
}

// widestChunk is how long a chunk may get in search of a line behind which it is good to
// cut: before one that does not begin with white space, as blank lines belong to the
// record before them. A longer one is cut behind any line.
const widestChunk = 4 << 20

// pieceBytes are asked of the system at a time. A call that copies more takes so long that
// Go's scheduler gives the processor to another thread meanwhile, and back.
const pieceBytes = 32 << 10

// Chunks cuts the files [from, to) into stretches of about size bytes, in order. They
// are the same in every pass as long as the files stay the same. lean says that of the
// documents of formats that cannot be cut Raw, Title and Author are not needed. Each
// chunk is the caller's until Release.
//
// A file that cannot be read is told as by All: the pass ends with a *ReadError, or with
// Options.Skip goes on with the next file.
func (c *Collection) Chunks(from, to, size int, lean bool) iter.Seq2[*Chunk, error] {
	return func(yield func(*Chunk, error) bool) {
		c.read.Store(0)
		p := newPass(c)
		p.lean, p.keep = lean, true
		for i := from; i < to; i++ {
			more := false
			if in := c.inputs[i]; in.format.name == kindLines {
				k := cutter{c: c, p: p, file: i, size: size}
				more = k.run(yield)
			} else {
				more = p.batches(i, size, yield)
			}
			if !more {
				return
			}
		}
	}
}

// Size is the number of bytes that the chunk holds.
func (k *Chunk) Size() int64 {
	n := int64(len(k.lines))
	for _, d := range k.docs {
		n += int64(len(d.Raw) + len(d.Text) + documentSize)
	}
	return n
}

// documentSize is what a Document takes beside its text and record, more or less.
const documentSize = 512

// Report tells Options.Rejected of the records that were left out while the chunk was
// read. Chunks must be reported in order.
func (k *Chunk) Report() {
	for i := range k.rejected {
		r := &k.rejected[i]
		k.c.report(r.at, r.Rejection)
	}
	k.rejected = nil
}

// chunks are those that are free.
var chunks = sync.Pool{New: func() any { return new(Chunk) }}

func newChunk(c *Collection, file int) *Chunk {
	k := chunks.Get().(*Chunk)
	*k = Chunk{c: c, file: file, buf: k.buf, records: k.records[:0], bodies: k.bodies[:0], end: io.EOF}
	return k
}

// Release gives the chunk's memory back. Neither it nor what was read from it may be
// used afterwards.
func (k *Chunk) Release() {
	if cap(k.buf) > widestChunk {
		k.buf = nil
	}
	if cap(k.bodies) > widestChunk {
		k.bodies = nil
	}
	clear(k.records) // lets go of strings
	k.docs, k.rejected = nil, nil
	chunks.Put(k)
}

// A cutter cuts one file of JSON lines.
type cutter struct {
	c    *Collection
	p    *pass
	file int
	size int

	s    *stream
	next *Chunk // being filled
	n    int    // bytes in its buf
	line int
	off  int64
	err  error // of the stream
}

// run yields the file's chunks and reports whether to go on.
func (k *cutter) run(yield func(*Chunk, error) bool) bool {
	k.next = newChunk(k.c, k.file)
	defer func() { k.next.Release() }()
	s, err := k.p.stream(k.c.inputs[k.file])
	if err == nil {
		defer s.Close()
		k.s = s
		k.grow(max(k.size, magicSize))
		k.fill()
		err = k.mark()
	}
	if err != nil {
		return k.fail(err, yield)
	}
	for k.err == nil {
		end, dropped := cutAt(k.next.buf[:k.n]), int64(0)
		switch {
		case end > 0:
		case k.n < widestChunk && int64(k.n) <= k.p.opts.MaxRecord:
			k.grow(int(min(2*int64(len(k.next.buf)), k.p.opts.MaxRecord+1)))
			k.fill()
			continue
		default:
			end = bytes.LastIndexByte(k.next.buf[:k.n], '\n') + 1
			if end > 0 || int64(k.n) > k.p.opts.MaxRecord {
				break
			}
			if dropped = k.gather(); dropped == 0 {
				continue
			}
		}
		if end == 0 {
			if !k.tooLong(dropped, yield) {
				return false
			}
			continue
		}
		if !k.yield(end, yield) {
			return false
		}
		k.fill()
	}
	k.next.end = k.err
	return k.n == 0 && k.err == io.EOF || k.yield(k.n, yield)
}

// mark skips a byte order mark.
func (k *cutter) mark() error {
	switch e := sniffEncoding(k.next.buf[:k.n]); e {
	case utf8BOM:
		k.off = int64(e.bomLen())
		k.n = copy(k.next.buf, k.next.buf[e.bomLen():k.n])
		k.fill()
	case utf16LE, utf16BE:
		return faultUTF16()
	}
	return nil
}

// fill reads until the buffer is full or the stream ends.
func (k *cutter) fill() { k.n += k.read(k.next.buf[k.n:]) }

// grow makes the buffer of n bytes, more than it holds.
func (k *cutter) grow(n int) {
	if n <= cap(k.next.buf) {
		k.next.buf = k.next.buf[:n]
		return
	}
	buf := make([]byte, n)
	copy(buf, k.next.buf[:k.n])
	k.next.buf = buf
}

// cutAt returns the end of the last line in b behind which no blank line can stand, 0 if
// there is none, or nothing but blank lines before.
func cutAt(b []byte) int {
	for end := len(b); ; {
		i := bytes.LastIndexByte(b[:end], '\n')
		if i < 0 {
			return 0
		}
		if i+1 < len(b) && !isBlank(b[i+1]) {
			if leadingBlanks(b[:i]) == i {
				return 0
			}
			return i + 1
		}
		end = i - trailingBlanks(b[:i])
	}
}

// yield hands the first bytes of the buffer on, and begins the next chunk with the rest.
func (k *cutter) yield(end int, yield func(*Chunk, error) bool) bool {
	full, next := k.next, newChunk(k.c, k.file)
	k.next = next
	rest := full.buf[end:k.n]
	k.n = 0
	k.grow(max(k.size, 2*len(rest)))
	k.n = copy(next.buf, rest)
	full.lines, full.line, full.off = full.buf[:end], k.line, k.off
	k.line += bytes.Count(full.lines, newline)
	k.off += int64(end)
	return yield(full, nil)
}

var newline = []byte{'\n'}

// dropLine skips what is left of a line.
func (k *cutter) dropLine() {
	for k.err == nil || k.n > 0 {
		k.fill()
		if i := bytes.IndexByte(k.next.buf[:k.n], '\n'); i >= 0 {
			k.line++
			k.off += int64(i + 1)
			k.n = copy(k.next.buf, k.next.buf[i+1:k.n])
			break
		}
		k.off += int64(k.n)
		k.n = 0
	}
	k.fill()
}

// fail tells why the file cannot be read at all.
func (k *cutter) fail(err error, yield func(*Chunk, error) bool) bool {
	full := newChunk(k.c, k.file)
	k.p.refuse = &full.rejected
	fault := error(nil)
	if !k.p.fail(Handle{File: k.file}, err, func(_ *Document, err error) bool { fault = err; return false }) {
		full.Release()
		yield(nil, fault)
		return false
	}
	return yield(full, nil)
}

// batches yields the documents of file i in chunks and reports whether to go on.
func (p *pass) batches(i, size int, yield func(*Chunk, error) bool) bool {
	full := newChunk(p.c, i)
	p.refuse = &full.rejected
	n := int64(0)
	more := true
	ended := p.file(i, func(d *Document, err error) bool {
		if err != nil {
			more = yield(full, nil) && yield(nil, err)
			return false
		}
		full.docs = append(full.docs, d)
		if n += int64(len(d.Text)+d.Handle.Length) + documentSize; n < int64(size) { // lean or not
			return true
		}
		more = yield(full, nil)
		full, n = newChunk(p.c, i), 0
		p.refuse = &full.rejected
		return more
	})
	if !ended || !more {
		return false
	}
	if len(full.docs)+len(full.rejected) == 0 {
		full.Release()
		return true
	}
	return yield(full, nil)
}
