package corpus

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

const (
	magicSize = 4         // bytes by which a compression is told
	headSize  = 64 << 10  // bytes in which a format is looked for
	pipeHead  = 1 << 20   // bytes of a pipe that unpack to so much in any format
	readSize  = 128 << 10 // bytes read from a compressed file at a time
	// zstdWindow is the largest window that is unpacked, the bound of the zstd
	// command itself without --long=31.
	zstdWindow = 128 << 20
)

// A codec is a compression. write is nil if it is only read.
type codec struct {
	name, extension, magic string
	read                   func(io.Reader) (io.Reader, func(), error)
	write                  func(io.Writer) (io.WriteCloser, error)
}

var codecs = []codec{
	{"gz", ".gz", "\x1f\x8b\x08", readGzip, writeGzip},
	{"zst", ".zst", "\x28\xb5\x2f\xfd", readZstd, writeZstd},
	{"bz2", ".bz2", "BZh", readBzip2, nil},
}

func readGzip(r io.Reader) (io.Reader, func(), error) {
	in := bufio.NewReaderSize(r, readSize) // r itself, if it is one
	z, err := gzip.NewReader(in)
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err != nil {
		return nil, nil, err
	}
	z.Multistream(false)
	return &members{z, in}, func() {}, nil
}

// members reads the members of a gzip file one after the other. Behind the last one may
// stand zeros, with which tapes and some uploads fill up a block; gzip itself takes them
// for nothing, too.
type members struct {
	z  *gzip.Reader
	in *bufio.Reader
}

func (m *members) Read(p []byte) (n int, err error) {
	for n == 0 && err == nil && len(p) > 0 {
		if n, err = m.z.Read(p); err == io.EOF {
			err = m.next()
		}
	}
	return n, err
}

// next goes on to the next member.
func (m *members) next() error {
	b, err := m.in.Peek(1)
	if err != nil {
		return err
	}
	if b[0] == 0 {
		return m.padding()
	}
	err = m.z.Reset(m.in)
	m.z.Multistream(false)
	return err
}

// padding reads zeros up to the end.
func (m *members) padding() error {
	for {
		b, err := m.in.ReadByte()
		if err != nil {
			return err
		}
		if b != 0 {
			return gzip.ErrHeader
		}
	}
}

func writeGzip(w io.Writer) (io.WriteCloser, error) { return gzip.NewWriter(w), nil }

func readZstd(r io.Reader) (io.Reader, func(), error) {
	z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(zstdWindow))
	if err != nil {
		return nil, nil, err
	}
	return newAhead(z), z.Close, nil
}

func writeZstd(w io.Writer) (io.WriteCloser, error) {
	return zstd.NewWriter(w, zstd.WithEncoderConcurrency(1))
}

func readBzip2(r io.Reader) (io.Reader, func(), error) {
	return bzip2.NewReader(r), func() {}, nil
}

// byMagic returns the codec whose files begin like head, or nil.
func byMagic(head []byte) *codec {
	for i := range codecs {
		if bytes.HasPrefix(head, []byte(codecs[i].magic)) {
			return &codecs[i]
		}
	}
	return nil
}

// codecOf returns the codec that the name's extension tells, or nil, and the
// name without it.
func codecOf(name string) (*codec, string) {
	for i := range codecs {
		ext := codecs[i].extension
		if len(name) > len(ext) && strings.EqualFold(name[len(name)-len(ext):], ext) {
			return &codecs[i], name[:len(name)-len(ext)]
		}
	}
	return nil, name
}

// explain says what an error in a compressed stream means.
func (c *codec) explain(err error) error {
	switch {
	case err == nil || err == io.EOF:
		return err
	case errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("the %s data is cut off: %w", c.name, err)
	case errors.Is(err, zstd.ErrWindowSizeExceeded), errors.Is(err, zstd.ErrDecoderSizeExceeded):
		return fmt.Errorf("the %s data needs more than %d MiB of memory: %w", c.name, zstdWindow>>20, err)
	}
	return fmt.Errorf("the %s data is damaged: %w", c.name, err)
}

// A stream is an open file, decompressed and bounded.
type stream struct {
	r     io.Reader
	codec *codec
	left  int64 // bytes that may still be unpacked
	max   int64
	keep  *keeping // copies what is unpacked; may be nil
	close []func()
}

// openStream opens a file for reading from its beginning; bytes taken from the
// disk are added to count.
func openStream(in *input, o *Options, count *atomic.Int64) (*stream, error) {
	f, err := in.src.open(o.Temp)
	if err != nil {
		return nil, err
	}
	s := &stream{codec: in.codec, left: o.MaxStream, max: o.MaxStream, close: []func(){func() { f.Close() }}}
	s.r = &countingReader{f, count}
	if s.codec == nil {
		return s, nil
	}
	r, done, err := s.codec.read(bufio.NewReaderSize(s.r, readSize))
	if err != nil {
		s.Close()
		return nil, s.codec.explain(err)
	}
	s.r, s.close = r, append(s.close, done)
	return s, nil
}

func (s *stream) Read(p []byte) (int, error) {
	if s.codec == nil {
		return s.r.Read(p)
	}
	if s.left < int64(len(p)) {
		p = p[:s.left+1] // one byte more tells the end from the excess
	}
	n, err := s.r.Read(p)
	if s.left -= int64(n); s.left < 0 {
		return 0, fmt.Errorf("unpacks to more than %d bytes", s.max)
	}
	if s.keep != nil {
		s.keep.take(p[:n], err)
	}
	return n, s.codec.explain(err)
}

func (s *stream) Close() error {
	for i := len(s.close) - 1; i >= 0; i-- {
		s.close[i]()
	}
	return nil
}

type countingReader struct {
	r io.Reader
	n *atomic.Int64
}

func (c *countingReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n.Add(int64(n))
	return n, err
}

// A source is where the bytes of an input come from: a regular file, or a pipe
// that is copied to a temporary file when it is first read.
type source struct {
	path    string
	size    int64
	changed time.Time     // when a regular file was last written to
	pipe    *bufio.Reader // nil: a regular file
	done    io.Closer     // closes the pipe, may be nil
	spool   *os.File      // copy of the pipe
	left    string        // its name, if it could not be removed at once
	err     error         // why there is no copy
}

// unchanged says whether a regular file is what it was when the collection was opened.
func (s *source) unchanged() error {
	if s.pipe != nil {
		return nil
	}
	info, err := os.Stat(s.path)
	if err == nil && (info.Size() != s.size || !info.ModTime().Equal(s.changed)) {
		err = errors.New("the file changed while it was read")
	}
	if err == nil {
		return nil
	}
	return &ReadError{File: s.path, Err: plain(err), Hint: "run it again when nothing writes to the file"}
}

func pipeSource(path string, r io.Reader, done io.Closer) *source {
	return &source{path: path, pipe: bufio.NewReaderSize(r, pipeHead), done: done}
}

// peek returns the first bytes, which a later reading gives again.
func (s *source) peek(temp string) (io.ReadCloser, error) {
	if s.pipe == nil || s.spool != nil || s.err != nil {
		return s.open(temp)
	}
	head, err := s.pipe.Peek(pipeHead)
	if err == io.EOF {
		err = nil
	}
	return io.NopCloser(bytes.NewReader(head)), err
}

// open returns the bytes from the beginning.
func (s *source) open(temp string) (io.ReadCloser, error) {
	if s.pipe == nil {
		return os.Open(s.path)
	}
	if s.spool == nil && s.err == nil {
		s.err = s.copyPipe(temp)
	}
	if s.err != nil {
		return nil, s.err
	}
	return io.NopCloser(io.NewSectionReader(s.spool, 0, s.size)), nil
}

const tempHint = "what comes through a pipe is copied to be read again: name a folder with room by --temp"

// copyPipe copies the pipe to a hidden file in temp.
func (s *source) copyPipe(temp string) error {
	f, left, err := hiddenFile(temp, "reprint-pipe-*")
	if err != nil {
		return faultf(tempHint, "no copy in %s: %w", temp, plain(err))
	}
	s.spool, s.left = f, left
	if s.size, err = io.Copy(f, s.pipe); err != nil {
		return faultf(tempHint, "no copy in %s: %w", temp, plain(err))
	}
	return nil
}

func (s *source) close() error {
	var errs []error
	if s.done != nil {
		errs = append(errs, s.done.Close())
		s.done = nil
	}
	if s.spool != nil {
		errs = append(errs, s.spool.Close())
		s.spool = nil
	}
	if s.left != "" {
		errs = append(errs, os.Remove(s.left))
		s.left = ""
	}
	if s.pipe != nil {
		s.err = os.ErrClosed
	}
	return errors.Join(errs...)
}
