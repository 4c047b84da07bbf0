package corpus

import (
	"bytes"
	"io"
	"sync"
)

// A line of megabytes is gathered in parts and put together when its end is there. Most that
// are so long are too long: those are known without more memory than a record may have, which
// the next one of them uses again.

// parts are those that are free.
var parts = sync.Pool{New: func() any { return new([widestChunk]byte) }}

// gather reads on in a line of which the buffer holds the beginning, until its end or that of
// the stream is in the buffer, too. Of a line that is too long it leaves the beginning in the
// buffer and returns how many bytes behind it were read.
func (k *cutter) gather() (dropped int64) {
	var gathered [][]byte
	defer func() {
		for _, b := range gathered {
			parts.Put((*[widestChunk]byte)(b[:widestChunk]))
		}
	}()
	total := k.n
	for ended := false; !ended && k.err == nil; {
		if int64(total) > k.p.opts.MaxRecord {
			return int64(total - k.n)
		}
		b := parts.Get().(*[widestChunk]byte)[:]
		b = b[:k.read(b)]
		gathered = append(gathered, b)
		total += len(b)
		ended = bytes.IndexByte(b, '\n') >= 0
	}
	k.grow(total)
	for _, b := range gathered {
		k.n += copy(k.next.buf[k.n:], b)
	}
	return 0
}

// tooLong yields the beginning of a line that is too long, which stands for it, and skips
// the rest, of which so many bytes are not in the buffer any more.
func (k *cutter) tooLong(dropped int64, yield func(*Chunk, error) bool) bool {
	n := min(k.n, excerpt)
	dropped += int64(k.n - n)
	k.n, k.next.end = n, errTooLong
	if !k.yield(n, yield) {
		return false
	}
	k.off += dropped
	k.dropLine()
	return true
}

// read reads until b is full or the stream ends.
func (k *cutter) read(b []byte) (n int) {
	for idle := 0; k.err == nil && n < len(b); idle++ {
		more, err := k.s.Read(b[n:min(n+pieceBytes, len(b))])
		if n += more; more > 0 {
			idle = 0
		}
		if k.err = err; err == nil && idle == 100 {
			k.err = io.ErrNoProgress
		}
	}
	return n
}
