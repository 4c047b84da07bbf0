package corpus

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
)

// copyText writes the file of d as it is.
func (w *Writer) copyText(d *Document) error {
	in := w.c.inputs[d.Handle.File]
	if w.names != nil && in.codec != nil && in.codec.write != nil {
		f, err := in.src.open(w.c.opts.Temp)
		if err != nil {
			return err
		}
		defer f.Close()
		return w.putText(d, f, true)
	}
	var count atomic.Int64
	s, err := openStream(in, &w.c.opts, &count)
	if err != nil {
		return err
	}
	defer s.Close()
	return w.putText(d, s, false)
}

// putText writes the content of a one-document file; packed content is
// compressed already.
func (w *Writer) putText(d *Document, content io.Reader, packed bool) error {
	if w.names == nil {
		_, err := io.Copy(w.sink, content)
		return err
	}
	path := filepath.Join(w.out.temp, w.names[d.Handle.File])
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	codec := w.c.inputs[d.Handle.File].codec
	if packed || codec != nil && codec.write == nil {
		codec = nil
	}
	s, err := newSink(f, codec, false, nil)
	if err != nil {
		return errors.Join(err, f.Close())
	}
	_, err = io.Copy(s, content)
	return errors.Join(err, s.close(false))
}
