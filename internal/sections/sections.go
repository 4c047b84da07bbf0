// Package sections is a file of named parts, each with a checksum: what an
// archive teaches that is no use to read, such as tables of hashes.
//
//	w := sections.NewWriter(out, "reprintB", 1)
//	err := w.Add("titles", func(w io.Writer) error { return titles.Write(w) })
//	version, err := w.Close()
//
//	f, err := sections.Read(in, size, "reprintB", 1)
//	b, err := f.Bytes("titles")
//
// Who adds a part gives it a name; who does not know a name passes it over.
// A part that changes its form gets a new name.
package sections

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// The file, numbers little endian:
//
//	magic     8 bytes
//	version   4 bytes
//	parts     the bytes of each part, one behind the other
//	table     for each part: length of its name (1 byte), name, where it
//	          begins (8), its length (8), CRC-32C of its bytes (4)
//	foot      length of the table (4), number of parts (4), CRC-32C of magic,
//	          version, table, its length and the number (4), magic once more
//
// Example: magic "reprintB", version 1, the part "a" of the bytes "xyz": 12
// bytes, 3 of the part, 22 of the table, 20 of the foot.

const (
	magicBytes = 8
	headBytes  = magicBytes + 4
	footBytes  = 12 + magicBytes
	maxParts   = 1 << 10
	maxTable   = maxParts * (1 + 255 + 20)
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// ErrCorrupt is the cause of every error about a file that is not what a
// Writer left.
var ErrCorrupt = errors.New("damaged, or not a file of this kind")

// Writer writes a file in one pass, without going back.
type Writer struct {
	w     io.Writer
	head  []byte
	table []byte
	names map[string]bool
	at    int64
	sum   uint32 // of the part that is being written
	err   error
}

// NewWriter returns a Writer to w. magic has eight bytes.
func NewWriter(w io.Writer, magic string, version uint32) *Writer {
	if len(magic) != magicBytes {
		panic("sections: a magic has eight bytes")
	}
	s := &Writer{w: w, names: map[string]bool{}}
	s.head = binary.LittleEndian.AppendUint32([]byte(magic), version)
	s.Write(s.head)
	return s
}

// Write takes bytes of the part that is being added; it is for the function
// given to Add.
func (s *Writer) Write(b []byte) (int, error) {
	if s.err != nil {
		return 0, s.err
	}
	n, err := s.w.Write(b)
	s.at += int64(n)
	s.sum = crc32.Update(s.sum, castagnoli, b[:n])
	s.err = err
	return n, err
}

// Add writes a part: all that write writes. A name stands once in a file and
// has 1 to 255 bytes.
func (s *Writer) Add(name string, write func(io.Writer) error) error {
	if name == "" || len(name) > 255 || s.names[name] || len(s.names) == maxParts {
		return fmt.Errorf("no name for a part: %q", name)
	}
	s.names[name] = true
	start := s.at
	s.sum = 0
	if err := errors.Join(write(s), s.err); err != nil {
		s.err = err
		return err
	}
	s.table = append(append(s.table, byte(len(name))), name...)
	s.table = binary.LittleEndian.AppendUint64(s.table, uint64(start))
	s.table = binary.LittleEndian.AppendUint64(s.table, uint64(s.at-start))
	s.table = binary.LittleEndian.AppendUint32(s.table, s.sum)
	return nil
}

// Close ends the file and returns the version of its content: eight
// hexadecimal digits that follow from all parts. It does not close w.
func (s *Writer) Close() (string, error) {
	foot := binary.LittleEndian.AppendUint32(nil, uint32(len(s.table)))
	foot = binary.LittleEndian.AppendUint32(foot, uint32(len(s.names)))
	sum := footSum(s.head, s.table, foot)
	foot = binary.LittleEndian.AppendUint32(foot, sum)
	s.Write(s.table)
	s.Write(append(foot, s.head[:magicBytes]...))
	return fmt.Sprintf("%08x", sum), s.err
}

// footSum is the checksum of all that says what stands where.
func footSum(head, table, foot []byte) uint32 {
	sum := crc32.Update(0, castagnoli, head)
	sum = crc32.Update(sum, castagnoli, table)
	return crc32.Update(sum, castagnoli, foot)
}

// File is a file that was opened for reading.
type File struct {
	Version string // of its content, as Close returned it

	r     io.ReaderAt
	parts map[string]part
}

type part struct {
	start, size int64
	sum         uint32
}

// Read reads the table of a file of size bytes. magic and version must be
// those that it was written with; a higher version is told apart from damage.
func Read(r io.ReaderAt, size int64, magic string, version uint32) (*File, error) {
	if size < headBytes+footBytes {
		return nil, ErrCorrupt
	}
	head, foot := make([]byte, headBytes), make([]byte, footBytes)
	if err := errors.Join(readAt(r, head, 0), readAt(r, foot, size-footBytes)); err != nil {
		return nil, err
	}
	if string(head[:magicBytes]) != magic || string(foot[12:]) != magic {
		return nil, ErrCorrupt
	}
	if v := binary.LittleEndian.Uint32(head[magicBytes:]); v != version {
		return nil, fmt.Errorf("written in version %d, %d can be read", v, version)
	}
	n := int64(binary.LittleEndian.Uint32(foot))
	if n > maxTable || headBytes+n+footBytes > size {
		return nil, ErrCorrupt
	}
	table := make([]byte, n)
	if err := readAt(r, table, size-footBytes-n); err != nil {
		return nil, err
	}
	sum := binary.LittleEndian.Uint32(foot[8:])
	if footSum(head, table, foot[:8]) != sum {
		return nil, ErrCorrupt
	}
	f := &File{Version: fmt.Sprintf("%08x", sum), r: r, parts: map[string]part{}}
	return f, f.read(table, int(binary.LittleEndian.Uint32(foot[4:])), size-footBytes-n)
}

// read fills in the parts; they end before byte end.
func (f *File) read(table []byte, n int, end int64) error {
	for range n {
		if len(table) == 0 || len(table) < 1+int(table[0])+20 {
			return ErrCorrupt
		}
		name, rest := string(table[1:1+table[0]]), table[1+table[0]:]
		p := part{int64(binary.LittleEndian.Uint64(rest)), int64(binary.LittleEndian.Uint64(rest[8:])), binary.LittleEndian.Uint32(rest[16:])}
		if p.start < headBytes || p.size < 0 || p.start > end || p.size > end-p.start {
			return ErrCorrupt
		}
		f.parts[name] = p
		table = rest[20:]
	}
	if len(table) != 0 || len(f.parts) != n {
		return ErrCorrupt
	}
	return nil
}

// Bytes returns a part, nil if the file has none of that name. It is checked
// whole. Cost: its size, which is never more than that of the file.
func (f *File) Bytes(name string) ([]byte, error) {
	p, ok := f.parts[name]
	if !ok {
		return nil, nil
	}
	b := make([]byte, p.size)
	if err := readAt(f.r, b, p.start); err != nil {
		return nil, err
	}
	if crc32.Checksum(b, castagnoli) != p.sum {
		return nil, fmt.Errorf("part %q: %w", name, ErrCorrupt)
	}
	return b, nil
}

// readAt fills b; a file that ends before is damaged.
func readAt(r io.ReaderAt, b []byte, at int64) error {
	n, err := r.ReadAt(b, at)
	switch {
	case n == len(b):
		return nil
	case err == io.EOF:
		return ErrCorrupt
	}
	return err
}
