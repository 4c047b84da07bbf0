package corpus

import "io"

// pacer gathers what is written into pieces of a size that is good to write, and writes these, if
// it may, beside the calls: one is filled while the one before is on its way. Its first error
// stays.
type pacer struct {
	w      io.Writer
	beside func(do func() error) (wait func() error) // nil: what is full is written at once
	buf    []byte
	away   []byte // that is being written, or was
	wait   func() error
	err    error
}

// besideBytes make a piece that is written beside, so that handing it over costs nothing.
const besideBytes = 256 << 10

func newPacer(w io.Writer, beside func(func() error) func() error) *pacer {
	p := &pacer{w: w, beside: beside, wait: func() error { return nil }}
	size := pieceBytes
	if beside != nil {
		size = besideBytes
		p.away = make([]byte, 0, size)
	}
	p.buf = make([]byte, 0, size)
	return p
}

// Write takes b. An error may be that of an earlier call.
func (p *pacer) Write(b []byte) (int, error) { return take(p, b) }

// WriteString is Write.
func (p *pacer) WriteString(s string) (int, error) { return take(p, s) }

func take[T []byte | string](p *pacer, b T) (int, error) {
	taken := len(b)
	for len(b) > cap(p.buf)-len(p.buf) && p.err == nil {
		n := cap(p.buf) - len(p.buf)
		p.buf = append(p.buf, b[:n]...)
		b = b[n:]
		p.turn()
	}
	if p.err != nil {
		return 0, p.err
	}
	p.buf = append(p.buf, b...)
	return taken, nil
}

// turn writes what was gathered, or has it written.
func (p *pacer) turn() {
	if p.err = p.wait(); p.err != nil {
		return
	}
	if p.beside == nil {
		_, p.err = p.w.Write(p.buf)
		p.buf = p.buf[:0]
		return
	}
	full := p.buf
	p.buf, p.away = p.away[:0], full
	p.wait = p.beside(func() error {
		for ; len(full) > 0; full = full[min(pieceBytes, len(full)):] {
			if _, err := p.w.Write(full[:min(pieceBytes, len(full))]); err != nil {
				return err
			}
		}
		return nil
	})
}

// Flush writes what was gathered and waits for it.
func (p *pacer) Flush() error {
	if p.err == nil && len(p.buf) > 0 {
		p.turn()
	}
	if p.err == nil {
		p.err = p.wait()
	}
	return p.err
}
