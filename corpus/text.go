package corpus

import (
	"errors"
	"io"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// An encoding is how a file's bytes stand for text, as its byte order mark
// tells it. UTF-16 is read in one-document files only: elsewhere records could
// not be copied byte for byte.
type encoding uint8

const (
	utf8Plain encoding = iota
	utf8BOM
	utf16LE
	utf16BE
)

const bomUTF8 = "\xef\xbb\xbf"

func faultUTF16() error {
	return faultf("convert it first: iconv -f UTF-16 -t UTF-8", "the file is in UTF-16, which is read for .txt and .md only")
}

func sniffEncoding(head []byte) encoding {
	switch {
	case strings.HasPrefix(string(head[:min(3, len(head))]), bomUTF8):
		return utf8BOM
	case len(head) >= 2 && head[0] == 0xff && head[1] == 0xfe:
		return utf16LE
	case len(head) >= 2 && head[0] == 0xfe && head[1] == 0xff:
		return utf16BE
	}
	return utf8Plain
}

func (e encoding) bomLen() int {
	switch e {
	case utf8BOM:
		return 3
	case utf16LE, utf16BE:
		return 2
	}
	return 0
}

// size is the most bytes that a text of n bytes of UTF-8 can have.
func (e encoding) size(n int64) int64 {
	if e >= utf16LE {
		n *= 2
	}
	return n + int64(e.bomLen())
}

// decode returns the text of a file's bytes.
func (e encoding) decode(b []byte) (string, error) {
	b = b[e.bomLen():]
	if e < utf16LE {
		return string(b), nil
	}
	if len(b)%2 == 1 {
		return "", errors.New("UTF-16 with an odd number of bytes: the file is cut off")
	}
	hi, lo := 0, 1
	if e == utf16LE {
		hi, lo = 1, 0
	}
	out := make([]byte, 0, len(b)/2)
	for i := 0; i < len(b); i += 2 {
		r := rune(b[i+hi])<<8 | rune(b[i+lo])
		if utf16.IsSurrogate(r) {
			var next rune
			if i+4 <= len(b) {
				next = rune(b[i+2+hi])<<8 | rune(b[i+2+lo])
			}
			if r = utf16.DecodeRune(r, next); r != utf8.RuneError {
				i += 2
			}
		}
		out = utf8.AppendRune(out, r)
	}
	return string(out), nil
}

// encode returns the bytes of a file that holds text, byte order mark included.
func (e encoding) encode(text string) []byte {
	switch e {
	case utf8Plain:
		return []byte(text)
	case utf8BOM:
		return append([]byte(bomUTF8), text...)
	}
	out := make([]byte, 0, 2+2*len(text))
	put := func(u rune) {
		if e == utf16LE {
			out = append(out, byte(u), byte(u>>8))
		} else {
			out = append(out, byte(u>>8), byte(u))
		}
	}
	put(0xfeff)
	for _, r := range text {
		if r > 0xffff {
			hi, lo := utf16.EncodeRune(r)
			put(hi)
			put(lo)
			continue
		}
		put(r)
	}
	return out
}

// A text file is one document: all of it is the text. A byte order mark tells
// UTF-8 or UTF-16 and does not belong to the text.
type textReader struct {
	p *pass
	s *stream
}

func openText(p *pass, _ *input, s *stream) (reader, error) { return &textReader{p, s}, nil }

func (r *textReader) next(d *Document) error {
	if r.s == nil {
		return io.EOF
	}
	s := r.s
	r.s = nil
	d.Handle.Record = 1
	w, limit := &r.p.window, r.p.opts.MaxText
	w.reset(s, 0)
	w.at(2)
	d.encoding = sniffEncoding(w.rest())
	raw, err := w.all(d.encoding.size(limit))
	if err != nil && err != errTooLong {
		return err
	}
	text := ""
	if err == nil {
		text, err = d.encoding.decode(raw)
	}
	if err == errTooLong || int64(len(text)) > limit {
		f := faultf(longHint, "text of more than %d bytes", limit)
		f.raw = w.excerpt()
		return f
	}
	if err != nil {
		return &fault{err: err, raw: w.excerpt()}
	}
	r.p.c.odd.checkText(d.Handle, text)
	d.Text = text
	d.Handle.Length = len(raw)
	return nil
}

// all reads the whole stream, valid until the next use; errTooLong above limit.
func (w *window) all(limit int64) ([]byte, error) {
	for int64(len(w.rest())) <= limit {
		if !w.more() {
			if w.err != io.EOF {
				return nil, w.err
			}
			return w.rest(), nil
		}
	}
	return w.rest(), errTooLong
}
