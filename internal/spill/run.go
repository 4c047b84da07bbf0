package spill

import (
	"encoding/binary"
	"errors"
	"os"
)

// A run file holds sorted records of one size. After the header ("runs", size of
// a record) come blocks:
//
//	4 bytes  n, bytes of records in this block: a multiple of the record's size, not 0
//	4 bytes  CRC-32C of the block's number (8 bytes, from 0) and of its records
//	n bytes  records
//
// The last block ends the file. How many records and bytes a file has is kept in
// memory, so a file that lost its last blocks is found as well.
//
// Example: the one record "hello" (size 5) makes a file of 16 + 8 + 5 bytes.
type run struct {
	name    string
	records int64
	bytes   int64 // of the file
	quota   *Quota
}

// remove removes the file.
func (r *run) remove() error {
	if err := os.Remove(r.name); err != nil {
		return &Error{Op: "removing", File: r.name, Err: err}
	}
	return r.quota.Take(-r.bytes)
}

const blockHead = 8

// runWriter writes one run.
type runWriter struct {
	f       *os.File
	quota   *Quota
	size    int
	block   []byte // head and records
	offset  int64
	number  int64
	records int64
}

func newRunWriter(o Options, size, blockBytes int) (*runWriter, error) {
	f, err := o.create("run")
	if err != nil {
		return nil, err
	}
	w := &runWriter{f: f, quota: o.Quota, size: size, block: make([]byte, blockHead, blockHead+blockBytes), offset: headerSize}
	if err := writeAll(f, header("runs", size), 0); err != nil {
		return nil, errors.Join(err, discard(f))
	}
	return w, nil
}

// next gives the place of the next record in the block, to be filled by the caller.
func (w *runWriter) next() ([]byte, error) {
	if len(w.block)+w.size > cap(w.block) {
		if err := w.flush(); err != nil {
			return nil, err
		}
	}
	n := len(w.block)
	w.block = w.block[:n+w.size]
	w.records++
	return w.block[n:], nil
}

func (w *runWriter) flush() error {
	payload := w.block[blockHead:]
	if len(payload) == 0 {
		return nil
	}
	binary.BigEndian.PutUint32(w.block, uint32(len(payload)))
	binary.BigEndian.PutUint32(w.block[4:], checksum(w.number, payload))
	if err := w.quota.Take(int64(len(w.block))); err != nil {
		return &Error{Op: "writing", File: w.f.Name(), Offset: w.offset, Err: err}
	}
	if err := writeAll(w.f, w.block, w.offset); err != nil {
		return err
	}
	w.offset += int64(len(w.block))
	w.number++
	w.block = w.block[:blockHead]
	return nil
}

// close ends the run; after an error the file is gone.
func (w *runWriter) close() (run, error) {
	err := w.flush()
	if err == nil {
		if err = w.f.Close(); err == nil {
			return run{w.f.Name(), w.records, w.offset - headerSize, w.quota}, nil
		}
		err = &Error{Op: "closing", File: w.f.Name(), Offset: w.offset, Err: err}
	}
	w.abort()
	return run{}, err
}

func (w *runWriter) abort() {
	w.f.Close()
	os.Remove(w.f.Name())
	w.quota.Take(headerSize - w.offset)
}

// runReader reads one run, a block at a time.
type runReader struct {
	f      *os.File
	size   int
	block  []byte // its records
	at     int    // of the current record in block
	left   int64  // records after the current one
	offset int64
	number int64
	prefix uint64 // the first 8 bytes of the current record, padded with zeros
	done   bool
}

func openRun(r run, size, blockBytes int) (*runReader, error) {
	f, err := os.Open(r.name)
	if err != nil {
		return nil, &Error{Op: "opening", File: r.name, Err: err}
	}
	rr := &runReader{f: f, size: size, block: make([]byte, 0, blockBytes), left: r.records, offset: headerSize}
	if err := checkHeader(f, "runs", size); err != nil {
		f.Close()
		return nil, err
	}
	return rr, nil
}

// next goes to the next record; at the end it sets done.
func (r *runReader) next() error {
	if r.left == 0 {
		r.done = true
		return nil
	}
	r.left--
	r.at += r.size
	if r.at >= len(r.block) {
		if err := r.fill(); err != nil {
			return err
		}
	}
	rec := r.rec()
	if len(rec) >= 8 {
		r.prefix = binary.BigEndian.Uint64(rec)
		return nil
	}
	var p [8]byte
	copy(p[:], rec)
	r.prefix = binary.BigEndian.Uint64(p[:])
	return nil
}

func (r *runReader) fill() error {
	var head [blockHead]byte
	if err := readAt(r.f, head[:], r.offset); err != nil {
		return err
	}
	n := int64(binary.BigEndian.Uint32(head[:]))
	if n == 0 || n > int64(cap(r.block)) || n%int64(r.size) != 0 || n > (r.left+1)*int64(r.size) {
		return corrupt(r.f, r.offset, "impossible length of a block")
	}
	r.block = r.block[:n]
	if err := readAt(r.f, r.block, r.offset+blockHead); err != nil {
		return err
	}
	if checksum(r.number, r.block) != binary.BigEndian.Uint32(head[4:]) {
		return corrupt(r.f, r.offset, "checksum of a block is wrong")
	}
	r.offset += blockHead + n
	r.number++
	r.at = 0
	return nil
}

func (r *runReader) rec() []byte  { return r.block[r.at : r.at+r.size] }
func (r *runReader) close() error { return r.f.Close() }
