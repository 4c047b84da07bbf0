package main

import (
	"bufio"
	"io"
	"os"
	"strings"

	"reprint/corpus"
	"reprint/internal/figures"
	"reprint/report"
)

// rejections keeps every record that --on-error skip left out, as JSON lines
// in a passing file: there may be many, and they may be long.
type rejections struct {
	t    *tool
	s    *settings
	file *os.File // nil as long as there are none
	w    *bufio.Writer
	n    int
	ends int               // files that could not be read further
	end  *corpus.ReadError // the first of them
	err  error
}

// rejections takes the rejected records of a call from now on.
func (t *tool) rejections(s *settings) *rejections {
	r := &rejections{t: t, s: s}
	s.corpus.Rejected = r.add
	return r
}

func (r *rejections) add(x corpus.Rejection) {
	r.n++
	if x.Ends {
		if r.ends++; r.end == nil {
			r.end = x.At()
		}
	}
	if r.file == nil && r.err == nil {
		r.file, r.err = os.CreateTemp(r.s.corpus.Temp, "reprint-rejected-*")
		r.w = bufio.NewWriter(r.file)
	}
	if r.err == nil {
		r.err = report.WriteRejection(r.w, &x)
	}
}

// noteEnds tells of files of which more may be missing than the one record that is listed.
func (r *rejections) noteEnds() {
	if r.ends > 0 {
		r.t.warn("", "%s could not be read to the end, what follows is missing: %v", figures.Count(r.ends, "file"), r.end)
	}
}

// list writes the list beside the output, even if it is empty, and tells of
// it. Without --on-error skip there is nothing to list.
func (r *rejections) list() error {
	if !r.s.corpus.Skip || r.err != nil {
		return r.err
	}
	r.noteEnds()
	path := beside(r.s.out, "rejected")
	if path == "" {
		if r.n > 0 {
			r.t.warn("", "%s could not be read: left out", figures.Count(r.n, "record"))
		}
		return nil
	}
	out, err := r.t.create(path, r.s.force)
	if err != nil {
		return err
	}
	defer out.abort()
	lines, err := r.reader()
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, lines); err != nil {
		return err
	}
	if r.n > 0 {
		r.t.warn("", "%s could not be read: left out and listed in %s", figures.Count(r.n, "record"), path)
	}
	return out.commit()
}

// reader returns the lines from their beginning.
func (r *rejections) reader() (io.Reader, error) {
	if r.file == nil || r.err != nil {
		return strings.NewReader(""), r.err
	}
	if err := r.w.Flush(); err != nil {
		return nil, err
	}
	_, err := r.file.Seek(0, io.SeekStart)
	return r.file, err
}

func (r *rejections) close() {
	if r.file != nil {
		r.file.Close()
		os.Remove(r.file.Name())
	}
}
