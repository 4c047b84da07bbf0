package corpus

import (
	"bytes"
	"errors"
	"io"
)

// JSON lines: one JSON object on each line. Lines end in "\n" or "\r\n", the
// last one may end with the file; a byte order mark may begin it. Blank lines
// are not records, but count as lines and are written back where they stood.
// A line that is no object is rejected and reading goes on with the next one.
type lineReader struct {
	p    *pass
	w    *window
	line int    // lines read so far
	tail string // the last line end, kept to share its memory
}

func openLines(p *pass, _ *input, s *stream) (reader, error) {
	p.window.reset(s, p.opts.MaxRecord)
	r := &lineReader{p: p, w: &p.window}
	return r, r.w.bom()
}

func (r *lineReader) next(d *Document) error {
	w := r.w
	for lead := w.blankLines(0, &r.line); lead > 0; lead = w.blankLines(0, &r.line) {
		if len(d.before)+lead <= blankSize {
			d.before += string(w.rest()[:lead])
		}
		w.skip(lead)
	}
	r.line++
	d.Handle.Record, d.Handle.Offset = r.line, w.off
	end, err := w.index(0, '\n', r.p.opts.MaxRecord)
	switch {
	case err == errTooLong:
		f := faultf(longHint, "line of more than %d bytes", r.p.opts.MaxRecord)
		f.raw = w.firstLine()
		w.dropLine()
		if w.err == errTooLong { // of a chunk, whose lines end there
			w.err = io.EOF
		}
		return f
	case err == io.EOF && len(w.rest()) > 0:
		end = len(w.rest())
	case err != nil:
		return err
	default:
		end++
	}
	after := w.blankLines(end, &r.line)
	return r.record(d, end, after)
}

// record fills d from a line that ends, with its line end, at end; blank lines
// follow up to after.
func (r *lineReader) record(d *Document, end, after int) error {
	all := r.w.rest()[:after]
	body := bytes.TrimSuffix(all[:end], []byte("\n"))
	body = bytes.TrimSuffix(body, []byte("\r"))
	defer r.w.skip(after)
	if err := r.p.object(d, body); err != nil {
		return spansLines(body, err)
	}
	if tail := all[len(body):]; string(tail) != r.tail {
		r.tail = string(tail)
	}
	d.after = r.tail
	return nil
}

// spansLines gives the error of a line with which an object only begins its hint.
func spansLines(line []byte, err error) error {
	f, ok := err.(*fault)
	line = bytes.TrimRight(line, " \t")
	if ok && errors.Is(f.err, io.ErrUnexpectedEOF) && bytes.LastIndexAny(line, "{[,:") == len(line)-1 {
		f.hint = "JSON that spans lines is read from a .json file"
	}
	return err
}

// object fills d from raw, which is one JSON object, and copies it, unless the pass
// can do without.
func (p *pass) object(d *Document, raw []byte) error {
	d.Handle.Length = len(raw)
	if p.need != nil && !p.need(p.number) {
		d.Raw, p.bare = raw, true
		return nil
	}
	err := p.json.scan(raw)
	if err == nil {
		err = p.json.fill(d, raw, p.opts, p.lean)
	}
	if f, ok := err.(*fault); ok {
		f.raw = raw
	}
	if err != nil {
		return err
	}
	for r, v := range p.json.found {
		if v.end > 0 {
			p.c.taken.note(role(r), v.rank)
		}
	}
	if v := p.json.found[dateRole]; v.end > 0 && d.Published.Precision == NoDate {
		p.c.odd.badDate(d.Handle, dateLiteral(raw[v.start:v.end]))
	}
	if d.Handle.Offset < textsChecked {
		p.c.odd.checkText(d.Handle, d.Text)
	}
	switch {
	case p.lean:
	case p.place != nil: // raw stays as long as d
		d.Raw = raw
	default:
		d.Raw = bytes.Clone(raw)
	}
	return nil
}

// blankLines returns where the blank lines that begin at from end, and counts
// them; more than blankSize bytes of them are left for the next call.
func (w *window) blankLines(from int, lines *int) int {
	end := from
	for i := from; i-from < blankSize; {
		rest := w.rest()
		if i == len(rest) {
			if w.more() {
				continue
			}
			if w.err == io.EOF {
				end = i
			}
			return end
		}
		blank := rest[i : i+leadingBlanks(rest[i:min(len(rest), from+blankSize)])]
		if last := bytes.LastIndexByte(blank, '\n'); last >= 0 {
			*lines += bytes.Count(blank, newline)
			end = i + last + 1
		}
		if i += len(blank); i < len(rest) {
			return end
		}
	}
	return end
}
