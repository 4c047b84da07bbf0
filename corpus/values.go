package corpus

import (
	"errors"
	"fmt"
	"io"
)

// A .json file is one array of objects, or objects one after another with or
// without white space between them; one object alone is the shortest such file.
//
// Values are told apart by their brackets and strings alone, so that one with
// an error inside is rejected and the next one read. What stands between them
// (commas, white space, the array's own brackets) goes with them for writing:
// in an array what stands before a value, and behind the last one the array's
// end; without an array the white space behind each value.
type valueReader struct {
	p      *pass
	w      *window
	count  int
	array  bool
	closed bool      // the array's end has been read
	shared [2]string // the last before and after, kept to share their memory
}

func openValues(p *pass, _ *input, s *stream) (reader, error) {
	p.window.reset(s, p.opts.MaxRecord)
	r := &valueReader{p: p, w: &p.window}
	return r, r.w.bom()
}

func (r *valueReader) next(d *Document) error {
	w := r.w
	d.Handle.Record, d.Handle.Offset = r.count+1, w.off
	lead, err := r.lead()
	if err != nil {
		return err
	}
	d.before = r.share(0, w.rest()[:lead])
	w.skip(lead)
	r.count++
	d.Handle.Offset = w.off
	end, err := r.value()
	if err != nil {
		return err
	}
	if end == 0 {
		return faultf("", "no value before the next comma or the array's end")
	}
	after := r.trail(end)
	d.after = r.share(1, w.rest()[end:after])
	defer w.skip(after)
	return r.p.object(d, w.rest()[:end])
}

// lead returns how many bytes stand before the next value; io.EOF at the end.
func (r *valueReader) lead() (int, error) {
	if r.closed {
		return 0, io.EOF
	}
	i, c, err := r.space(0)
	switch {
	case err == io.EOF && !r.array:
		return 0, io.EOF
	case err != nil:
		return 0, cutOff(err)
	case !r.array && (r.count > 0 || c != '['):
		return i, nil
	case r.array && c == ']' || r.array && c != ',':
		return 0, r.end(i, c)
	}
	opening := !r.array
	r.array = true
	i, c, err = r.space(i + 1)
	if err != nil {
		return 0, cutOff(err)
	}
	if opening && c == ']' {
		return 0, r.end(i, c)
	}
	return i, nil
}

// end reads the array's end at i, where c stands.
func (r *valueReader) end(i int, c byte) error {
	if c != ']' {
		return fmt.Errorf("no comma between two values of the array, at byte %d", r.w.off+int64(i))
	}
	i, _, err := r.space(i + 1)
	if err == nil {
		return fmt.Errorf("more behind the array, at byte %d", r.w.off+int64(i))
	}
	return err
}

// trail returns where what belongs to the value that ends at end ends.
func (r *valueReader) trail(end int) int {
	i, c, err := r.space(end)
	switch {
	case !r.array:
		return i
	case err != nil || c != ']':
		return end
	}
	if i, _, err = r.space(i + 1); err != io.EOF {
		return end // next tells what is wrong
	}
	r.closed = true
	return i
}

// space returns the position and value of the first byte at or after from that
// is not white space.
func (r *valueReader) space(from int) (int, byte, error) {
	i := r.w.blanks(from)
	c, ok := r.w.at(i)
	switch {
	case !ok:
		return i, 0, r.w.err
	case isBlank(c):
		return i, c, fmt.Errorf("more than %d bytes of white space", blankSize)
	}
	return i, c, nil
}

// cutOff is the error of a file that ends where it must not.
func cutOff(err error) error {
	if err == io.EOF {
		return errors.New("the file ends within the array")
	}
	return err
}

// share returns b as a string, the last one again if it is equal.
func (r *valueReader) share(i int, b []byte) string {
	if string(b) != r.shared[i] {
		r.shared[i] = string(b)
	}
	return r.shared[i]
}

// value returns where the value that begins the window ends. One that is too
// long is skipped.
func (r *valueReader) value() (int, error) {
	v := valueScan{array: r.array}
	for !v.run(r.w.rest()) && int64(v.at) <= r.p.opts.MaxRecord {
		if r.w.more() {
			continue
		}
		if r.w.err == io.EOF && v.bare {
			break
		}
		if r.w.err == io.EOF {
			return 0, errors.New("the file ends within a value")
		}
		return 0, r.w.err
	}
	if int64(v.at) > r.p.opts.MaxRecord {
		f := faultf(longHint, "value of more than %d bytes", r.p.opts.MaxRecord)
		f.raw = r.w.excerpt()
		r.drop(&v)
		return 0, f
	}
	return v.at, nil
}

// drop skips the rest of a value in constant memory.
func (r *valueReader) drop(v *valueScan) {
	for !v.run(r.w.rest()) {
		r.w.skip(v.at)
		v.at = 0
		if !r.w.more() {
			break
		}
	}
	r.w.skip(v.at)
}

// A valueScan finds the end of one JSON value in the pieces in which it comes.
type valueScan struct {
	at       int // bytes seen
	depth    int
	inString bool
	escaped  bool
	bare     bool // neither string nor brackets: a number, a word, or an error
	ended    bool
	array    bool // a comma or the array's end may stand in a value's place
}

// run goes on at v.at in b and reports whether the value ends there.
func (v *valueScan) run(b []byte) bool {
	for v.at < len(b) && !v.ended {
		switch c := b[v.at]; {
		case v.inString:
			v.string(b)
			v.ended = !v.inString && v.depth == 0
			continue
		case v.bare:
			if isBlank(c) || c == ',' || c == ']' || c == '}' || c == '{' || c == '[' {
				v.ended = true
				continue
			}
		case v.array && v.depth == 0 && (c == ',' || c == ']'):
			v.ended = true
			continue
		case c == '"':
			v.inString = true
		case c == '{' || c == '[':
			v.depth++
		case c == '}' || c == ']':
			v.depth--
			v.ended = v.depth <= 0
		case v.depth == 0:
			v.bare = true
		}
		v.at++
	}
	return v.ended
}

// string goes on to the end of a string or of b.
func (v *valueScan) string(b []byte) {
	for ; v.at < len(b); v.at++ {
		switch c := b[v.at]; {
		case v.escaped:
			v.escaped = false
		case c == '\\':
			v.escaped = true
		case c == '"':
			v.inString = false
			v.at++
			return
		}
	}
}
