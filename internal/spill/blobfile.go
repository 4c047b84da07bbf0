package spill

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"sync"
	"sync/atomic"
)

// blobFile is the part of Blobs that lies on disk, in two files:
//
//	blob file: header ("blob", 0), then for each record
//		n bytes  the record
//		4 bytes  CRC-32C of the record's number (8 bytes) and of the record
//	offs file: header ("offs", 8), then for each record
//		8 bytes  where it begins in the blob file
//
// A record and its checksum end where the next record begins, the last one at the
// end of what was written, which is kept in memory. Numbers count all records of
// the Blobs: the first one on disk has the number of records in memory.
//
// Example: the one record "hello" makes files of 16 + 5 + 4 and 16 + 8 bytes.
type blobFile struct {
	first, n   int64 // number of the first record, number after the last
	blob, offs *appender
	pending    atomic.Bool // something waits to be written
	flushing   sync.Mutex
}

const sumBytes = 4

func newBlobFile(o Options, first int64) (*blobFile, error) {
	blob, err := newAppender(o, "blob", 0)
	if err != nil {
		return nil, err
	}
	offs, err := newAppender(o, "offs", placeBytes)
	if err != nil {
		return nil, errors.Join(err, blob.discard())
	}
	return &blobFile{first: first, n: first, blob: blob, offs: offs}, nil
}

func (d *blobFile) discard() error {
	return errors.Join(d.blob.discard(), d.offs.discard())
}

func (d *blobFile) append(b []byte) error {
	d.pending.Store(true)
	var start [placeBytes]byte
	binary.BigEndian.PutUint64(start[:], uint64(d.blob.end()))
	var sum [sumBytes]byte
	binary.BigEndian.PutUint32(sum[:], checksum(d.n, b))
	if err := errors.Join(d.blob.write(b), d.blob.write(sum[:]), d.offs.write(start[:])); err != nil {
		return err
	}
	d.n++
	return nil
}

// flush brings what waits to be written to the files.
func (d *blobFile) flush() error {
	if !d.pending.Load() {
		return nil
	}
	d.flushing.Lock()
	defer d.flushing.Unlock()
	if !d.pending.Load() {
		return nil
	}
	if err := errors.Join(d.blob.flush(), d.offs.flush()); err != nil {
		return err
	}
	d.pending.Store(false)
	return nil
}

// get reads record n into buf, or into new memory if that is too small.
func (d *blobFile) get(n int64, buf []byte) ([]byte, error) {
	if err := d.flush(); err != nil {
		return nil, err
	}
	var b [2 * placeBytes]byte
	places := b[:d.placesFrom(n)]
	if err := readAt(d.offs.f, places, d.placeOf(n)); err != nil {
		return nil, err
	}
	start, size, err := d.bounds(n, places)
	if err != nil {
		return nil, err
	}
	if int64(cap(buf)) < size {
		buf = make([]byte, size)
	}
	buf = buf[:size]
	if err := readAt(d.blob.f, buf, start); err != nil {
		return nil, err
	}
	return d.verify(n, start, buf)
}

// all gives the records in order until yield says no or something is wrong.
func (d *blobFile) all(yield func([]byte, error) bool) error {
	if err := d.flush(); err != nil {
		return err
	}
	offs, blob := &window{f: d.offs.f}, &window{f: d.blob.f}
	for n := d.first; n < d.n; n++ {
		places, err := offs.read(d.placeOf(n), d.placesFrom(n))
		if err != nil {
			return err
		}
		start, size, err := d.bounds(n, places)
		if err != nil {
			return err
		}
		b, err := blob.read(start, size)
		if err != nil {
			return err
		}
		if b, err = d.verify(n, start, b); err != nil {
			return err
		}
		if !yield(b, nil) {
			return nil
		}
	}
	return nil
}

// placeOf is where the place of record n stands in the offs file.
func (d *blobFile) placeOf(n int64) int64 { return headerSize + placeBytes*(n-d.first) }

// placesFrom is the size in bytes of the place of record n and of the one after
// it, if there is one.
func (d *blobFile) placesFrom(n int64) int64 { return placeBytes * min(2, d.n-n) }

// bounds decodes where record n begins and its size with its checksum.
func (d *blobFile) bounds(n int64, places []byte) (start, size int64, err error) {
	start = int64(binary.BigEndian.Uint64(places))
	end := d.blob.end()
	if len(places) > placeBytes {
		end = int64(binary.BigEndian.Uint64(places[placeBytes:]))
	}
	if start < headerSize || end > d.blob.end() || end-start < sumBytes || end-start > MaxRecord+sumBytes {
		return 0, 0, corrupt(d.offs.f, d.placeOf(n), fmt.Sprintf("impossible place of record %d", n))
	}
	return start, end - start, nil
}

// verify takes record n with its checksum and gives it without.
func (d *blobFile) verify(n, start int64, b []byte) ([]byte, error) {
	b, sum := b[:len(b)-sumBytes], b[len(b)-sumBytes:]
	if checksum(n, b) != binary.BigEndian.Uint32(sum) {
		return nil, corrupt(d.blob.f, start, fmt.Sprintf("checksum of record %d is wrong", n))
	}
	return b, nil
}

// appender writes to the end of a temporary file, in large pieces.
type appender struct {
	f     *os.File
	quota *Quota
	at    int64 // of buf in the file
	buf   []byte
}

const appendBytes = 64 << 10

func newAppender(o Options, kind string, size int) (*appender, error) {
	f, err := o.create(kind)
	if err != nil {
		return nil, err
	}
	return &appender{f: f, quota: o.Quota, buf: header(kind, size)}, nil
}

// end is the size of the file with what waits to be written.
func (a *appender) end() int64 { return a.at + int64(len(a.buf)) }

func (a *appender) write(b []byte) error {
	if len(b) >= appendBytes {
		if err := a.flush(); err != nil {
			return err
		}
		return a.put(b)
	}
	a.buf = append(a.buf, b...)
	if len(a.buf) < appendBytes {
		return nil
	}
	return a.flush()
}

func (a *appender) flush() error {
	err := a.put(a.buf)
	if err == nil {
		a.buf = a.buf[:0]
	}
	return err
}

func (a *appender) put(b []byte) error {
	if err := a.quota.Take(int64(len(b))); err != nil {
		return &Error{Op: "writing", File: a.f.Name(), Offset: a.at, Err: err}
	}
	for from := 0; from < len(b); from += pieceBytes {
		if err := writeAll(a.f, b[from:min(from+pieceBytes, len(b))], a.at+int64(from)); err != nil {
			return errors.Join(err, a.quota.Take(-int64(len(b))))
		}
	}
	a.at += int64(len(b))
	return nil
}

// pieceBytes are written at a time. A call that copies more takes so long that Go's
// scheduler gives the processor to another thread meanwhile, and back.
const pieceBytes = 32 << 10

// discard closes and removes the file.
func (a *appender) discard() error {
	return errors.Join(discard(a.f), a.quota.Take(-a.at))
}

// window reads a file forward, in large pieces.
type window struct {
	f   *os.File
	at  int64 // of buf in the file
	buf []byte
}

// read gives n bytes from offset, valid until the next read. The caller has
// checked that n is no more than a record can have.
func (w *window) read(offset, n int64) ([]byte, error) {
	if from := offset - w.at; from >= 0 && from+n <= int64(len(w.buf)) {
		return w.buf[from : from+n], nil
	}
	if size := max(n, appendBytes); int64(cap(w.buf)) < size {
		w.buf = make([]byte, size)
	}
	got, err := w.f.ReadAt(w.buf[:cap(w.buf)], offset)
	w.at, w.buf = offset, w.buf[:got]
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, &Error{Op: "reading", File: w.f.Name(), Offset: offset, Err: err}
	}
	if int64(got) < n {
		return nil, corrupt(w.f, offset, "file ends early")
	}
	return w.buf[:n], nil
}
