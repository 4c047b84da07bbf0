package corpus

import "io"

// An ahead unpacks much at a time. A decoder looks back as far as its window reaches,
// megabytes for Zstandard, which what is done with each piece drives out of the
// processor's caches: with pieces of 4 MiB that is paid for less often.
type ahead struct {
	r    io.Reader
	buf  []byte
	rest []byte // of buf, not yet read
	err  error  // what is to be said behind it
}

const (
	aheadFirst = 128 << 10 // small files need no more
	aheadMost  = 4 << 20
)

func newAhead(r io.Reader) *ahead { return &ahead{r: r, buf: make([]byte, aheadFirst)} }

func (a *ahead) Read(p []byte) (int, error) {
	if len(a.rest) == 0 && a.err == nil {
		a.fill()
	}
	if len(a.rest) == 0 {
		return 0, a.err
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// fill unpacks until buf is full, which is twice as large when it was before.
func (a *ahead) fill() {
	if a.rest != nil && len(a.buf) < aheadMost {
		a.buf = make([]byte, 2*len(a.buf))
	}
	n := 0
	for idle := 0; n < len(a.buf) && a.err == nil; idle++ {
		var more int
		more, a.err = a.r.Read(a.buf[n:])
		if n += more; more > 0 {
			idle = 0
		}
		if idle == 100 && a.err == nil {
			a.err = io.ErrNoProgress
		}
	}
	a.rest = a.buf[:n]
}
