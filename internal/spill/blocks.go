package spill

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reprint/internal/held"
)

// A block file holds blocks of any bytes, each with a part it belongs to and a
// tag, both the caller's. Blocks are written in any order; the reader finds those
// of a part without passing over the others, in the order in which they were
// written. The file has its name only when it is whole.
//
//	header: the kind, as in every file here, size 0
//	blocks: n bytes each, one behind the other
//	index:  for each block, by part, then in the order of writing:
//		4 bytes  part
//		8 bytes  tag
//		8 bytes  where the block begins in the file
//		4 bytes  n
//		4 bytes  CRC-32C of the place (8 bytes) and of the block
//	note:   what the caller says of the file as a whole
//	foot:
//		8 bytes  where the index begins
//		4 bytes  blocks in the index
//		4 bytes  bytes of the note
//		4 bytes  CRC-32C of the index's place (8 bytes), the index and the note
//		6 bytes  "rpfoot"
//
// Example: one block "hello" of part 0, no note, makes a file of
// 16 + 5 + 28 + 0 + 26 bytes.
const (
	placeSize = 28
	footSize  = 26
	footMagic = "rpfoot"
)

// Block says where a block stands in its file.
type Block struct {
	Part   uint32
	Tag    uint64
	Size   int // in bytes
	offset int64
	sum    uint32
}

// BlockWriter writes a block file. It is for one goroutine. After an error of the
// disk every further call gives the same error.
type BlockWriter struct {
	path  string
	out   *appender
	index []Block
	hold  *held.Hold
	err   error
}

// CreateBlocks begins a block file, under a passing name beside path, and removes what a
// process left that was killed when it had begun the same. kind has
// four letters. What it takes counts in quota, which may be nil, as long as nobody says
// that the file was removed.
func CreateBlocks(path, kind string, quota *Quota) (*BlockWriter, error) {
	dir, base := filepath.Dir(path), filepath.Base(path)
	held.Sweep(dir, func(name string) bool { return passes(name, base) })
	var f *os.File
	passing := func() string { return filepath.Join(dir, fmt.Sprintf(".%s.%016x.part", base, rand.Uint64())) }
	_, hold, err := held.New(passing, func(name string) (err error) {
		f, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o666) // others may go on from it
		return err
	})
	if err != nil {
		return nil, &Error{Op: "creating a temporary file", File: path, Err: err}
	}
	return &BlockWriter{path: path, out: &appender{f: f, quota: quota, buf: header(kind, 0)}, hold: hold}, nil
}

// passes tells whether name is a passing one of the block file base.
func passes(name, base string) bool {
	number, ok := strings.CutPrefix(name, "."+base+".")
	number, part := strings.CutSuffix(number, ".part")
	return ok && part && len(number) == 16 && strings.Trim(number, "0123456789abcdef") == ""
}

// Write adds a block; b may be reused by the caller.
func (w *BlockWriter) Write(part uint32, tag uint64, b []byte) error {
	if w.err != nil {
		return w.err
	}
	if len(b) > MaxRecord {
		return fmt.Errorf("spill: block of %d bytes; %d are possible", len(b), MaxRecord)
	}
	at := w.out.end()
	w.index = append(w.index, Block{Part: part, Tag: tag, Size: len(b), offset: at, sum: checksum(at, b)})
	w.err = w.out.write(b)
	return w.err
}

// Close writes the index and the note, and gives the file its name. After an error
// nothing is left.
func (w *BlockWriter) Close(note []byte) error {
	if w.err == nil {
		w.err = w.finish(note)
	}
	if err := w.err; err != nil {
		return errors.Join(err, w.Abort())
	}
	defer w.hold.Release()
	name := w.out.f.Name()
	err := w.out.f.Close()
	if err == nil {
		err = os.Rename(name, w.path)
	}
	if err != nil {
		os.Remove(name)
		return &Error{Op: "finishing", File: w.path, Err: err}
	}
	w.err = os.ErrClosed
	return nil
}

func (w *BlockWriter) finish(note []byte) error {
	slices.SortStableFunc(w.index, func(a, b Block) int { return cmp.Compare(a.Part, b.Part) })
	at := w.out.end()
	var b []byte
	for _, p := range w.index {
		b = binary.BigEndian.AppendUint32(b, p.Part)
		b = binary.BigEndian.AppendUint64(b, p.Tag)
		b = binary.BigEndian.AppendUint64(b, uint64(p.offset))
		b = binary.BigEndian.AppendUint32(b, uint32(p.Size))
		b = binary.BigEndian.AppendUint32(b, p.sum)
	}
	b = append(b, note...)
	sum := checksum(at, b)
	b = binary.BigEndian.AppendUint64(b, uint64(at))
	b = binary.BigEndian.AppendUint32(b, uint32(len(w.index)))
	b = binary.BigEndian.AppendUint32(b, uint32(len(note)))
	b = binary.BigEndian.AppendUint32(b, sum)
	if err := w.out.write(append(b, footMagic...)); err != nil {
		return err
	}
	return w.out.flush()
}

// Abort removes what was written. After Close it does nothing.
func (w *BlockWriter) Abort() error {
	if w.out.f == nil || errors.Is(w.err, os.ErrClosed) {
		return nil
	}
	err := w.out.discard()
	w.hold.Release()
	w.out.f, w.err = nil, os.ErrClosed
	return err
}

// BlockFile is a block file open for reading. After OpenBlocks any number of
// goroutines may read from it.
type BlockFile struct {
	f     *os.File
	index []Block // by part
	note  []byte
}

// OpenBlocks opens a file that a BlockWriter closed. One of another kind, one that
// was cut and one whose index is damaged are an *Error. Memory: the index, some
// 40 bytes a block.
func OpenBlocks(path, kind string) (*BlockFile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, &Error{Op: "opening", File: path, Err: err}
	}
	b := &BlockFile{f: f}
	if err := checkHeader(f, kind, 0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := b.readIndex(); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return b, nil
}

func (b *BlockFile) readIndex() error {
	info, err := b.f.Stat()
	if err != nil {
		return &Error{Op: "opening", File: b.f.Name(), Err: err}
	}
	end := info.Size() - footSize
	var foot [footSize]byte
	if end < headerSize {
		return corrupt(b.f, 0, "file ends early")
	}
	if err := readAt(b.f, foot[:], end); err != nil {
		return err
	}
	at, n := int64(binary.BigEndian.Uint64(foot[:])), int64(binary.BigEndian.Uint32(foot[8:]))
	note := int64(binary.BigEndian.Uint32(foot[12:]))
	if string(foot[20:]) != footMagic || at < headerSize || at > end || end-at != n*placeSize+note {
		return corrupt(b.f, end, "not the foot of a whole file")
	}
	raw := make([]byte, end-at)
	if err := readAt(b.f, raw, at); err != nil {
		return err
	}
	if checksum(at, raw) != binary.BigEndian.Uint32(foot[16:]) {
		return corrupt(b.f, at, "checksum of the index is wrong")
	}
	b.note = raw[n*placeSize:]
	b.index = make([]Block, n)
	for i := range b.index {
		p := raw[i*placeSize:]
		b.index[i] = Block{
			Part: binary.BigEndian.Uint32(p), Tag: binary.BigEndian.Uint64(p[4:]),
			offset: int64(binary.BigEndian.Uint64(p[12:])), Size: int(binary.BigEndian.Uint32(p[20:])),
			sum: binary.BigEndian.Uint32(p[24:]),
		}
		if q := b.index[i]; q.offset < headerSize || int64(q.Size) > at-q.offset {
			return corrupt(b.f, at, "impossible place of a block")
		}
	}
	return nil
}

// Note is what was said of the file as a whole. It belongs to the BlockFile.
func (b *BlockFile) Note() []byte { return b.note }

// Blocks lists the blocks of a part in the order in which they were written. The
// slice belongs to the BlockFile.
func (b *BlockFile) Blocks(part uint32) []Block {
	from, _ := slices.BinarySearchFunc(b.index, part, func(p Block, part uint32) int { return cmp.Compare(p.Part, part) })
	to := from
	for to < len(b.index) && b.index[to].Part == part {
		to++
	}
	return b.index[from:to]
}

// Read gives the bytes of a block in buf's memory, if that is large enough; they
// belong to the caller.
func (b *BlockFile) Read(p Block, buf []byte) ([]byte, error) {
	if cap(buf) < p.Size {
		buf = make([]byte, p.Size)
	}
	buf = buf[:p.Size]
	if err := readAt(b.f, buf, p.offset); err != nil {
		return nil, err
	}
	if checksum(p.offset, buf) != p.sum {
		return nil, corrupt(b.f, p.offset, "checksum of a block is wrong")
	}
	return buf, nil
}

// ReadPart gives the bytes [from, to) of a block in buf's memory, if that is large enough;
// they belong to the caller. Unlike Read it cannot tell whether they are what was written.
func (b *BlockFile) ReadPart(p Block, from, to int, buf []byte) ([]byte, error) {
	if from < 0 || from > to || to > p.Size {
		return nil, fmt.Errorf("spill: bytes %d to %d of a block of %d", from, to, p.Size)
	}
	if cap(buf) < to-from {
		buf = make([]byte, to-from)
	}
	return buf[:to-from], readAt(b.f, buf[:to-from], p.offset+int64(from))
}

// Check reads all blocks and tells of the first that does not hold what was written.
func (b *BlockFile) Check() error {
	var buf []byte
	for _, p := range b.index {
		var err error
		if buf, err = b.Read(p, buf); err != nil {
			return err
		}
	}
	return nil
}

// Close closes the file, which stays.
func (b *BlockFile) Close() error { return b.f.Close() }
