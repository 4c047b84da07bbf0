package corpus

import (
	"bufio"
	"errors"
	"io"
	"os"
	"path/filepath"
	"sync/atomic"
)

// OpenFile opens a file that is not read as documents, unpacked if its extension says so.
// What it returns is the caller's to close. An error of opening is a *ReadError; one of
// reading says whether the packed data is cut off or damaged.
func OpenFile(path string) (io.ReadCloser, error) {
	o, err := Options{}.fill()
	if err != nil {
		return nil, err
	}
	in := &input{File: File{Path: path}, src: &source{path: path}}
	in.codec, _ = codecOf(filepath.Base(path))
	s, err := openStream(in, &o, new(atomic.Int64))
	if err != nil {
		return nil, &ReadError{File: path, Err: plain(err)}
	}
	return s, nil
}

// An OutputFile is a file beside the records, such as a list of what a Writer left out. Like
// the Writer's output nothing has its name before Close. It is used by one goroutine.
type OutputFile struct {
	*bufio.Writer // over file
	file          *sink
	out           *output
}

// CreateFile begins the file path, or "-" for WriterOptions.Stdout. Its extension decides
// its compression, .gz or .zst; devices and named pipes are written to as they are. Columns
// mean nothing here. It fails with an *OutputError if path may not be written, as do the
// methods.
func CreateFile(path string, o WriterOptions) (*OutputFile, error) {
	if err := CheckName(path); err != nil {
		return nil, err
	}
	codec, _ := codecOf(filepath.Base(path))
	out, err := newOutput(path, false, o.Force)
	if err != nil {
		return nil, err
	}
	if o.Stdout == nil {
		o.Stdout = os.Stdout
	}
	f, err := out.create(o.Stdout)
	if err != nil {
		return nil, err
	}
	s, err := newSink(f, codec, out.temp != "", o.Beside)
	if err != nil {
		return nil, errors.Join(out.failed(err), f.Close(), out.discard())
	}
	return &OutputFile{bufio.NewWriterSize(named{s, out}, 1<<16), s, out}, nil
}

// named is a sink whose errors name the output.
type named struct {
	*sink
	out *output
}

func (n named) Write(b []byte) (int, error) {
	k, err := n.sink.Write(b)
	return k, n.out.failed(err)
}

// Finish brings every byte to the disk; a full disk shows here at the latest. Nothing may be
// written then. The file has its name only after Close.
func (f *OutputFile) Finish() error {
	if f.file == nil {
		return nil
	}
	return errors.Join(f.Flush(), f.out.failed(f.file.sync(f.out.temp != "")))
}

// Close is Finish, if it was not called, and gives the file its name. After an error nothing
// of it is left.
func (f *OutputFile) Close() error {
	if f.file == nil {
		return nil
	}
	err := errors.Join(f.Flush(), f.out.failed(f.file.close(f.out.temp != "")))
	f.file = nil
	if err == nil {
		err = f.out.commit()
	}
	if err != nil {
		err = errors.Join(err, f.out.discard())
	}
	return err
}

// Abort takes the file away, unless Close was called, so that it can be deferred.
func (f *OutputFile) Abort() error {
	if f.file == nil {
		return nil
	}
	err := f.file.discard()
	f.file = nil
	return errors.Join(err, f.out.discard())
}

// An OutputFolder is a folder that is written under another name beside its own.
type OutputFolder struct {
	Dir string // where its files are to be put
	out *output
}

// CreateFolder begins the folder path. If it exists it is replaced whole in Close, whatever
// it holds. It fails with an *OutputError if it cannot be made.
func CreateFolder(path string) (*OutputFolder, error) {
	out, err := newOutput(path, true, true)
	if err != nil {
		return nil, err
	}
	err = out.mkdir()
	return &OutputFolder{out.temp, out}, err
}

// Close gives the folder its name. After an error what had it before still does, and nothing
// else is left.
func (f *OutputFolder) Close() error {
	if err := f.out.commit(); err != nil {
		return errors.Join(err, f.out.discard())
	}
	return nil
}

// Abort takes the folder away, unless Close was called, so that it can be deferred.
func (f *OutputFolder) Abort() error { return f.out.discard() }
