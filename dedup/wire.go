package dedup

import (
	"encoding/binary"
	"errors"
	"math"
	"unsafe"
)

// Records of the stores are written and read with writer and reader: numbers
// as varints, strings and lists behind their length, floats in eight bytes,
// little endian. The stores check what they read, so that a fault here is a
// fault of the program or of the machine.

var errShort = errors.New("record of a temporary store ends early")

type writer struct{ b []byte }

func (w *writer) uint(n uint64)   { w.b = binary.AppendUvarint(w.b, n) }
func (w *writer) int(n int)       { w.b = binary.AppendVarint(w.b, int64(n)) }
func (w *writer) fixed(n uint64)  { w.b = binary.LittleEndian.AppendUint64(w.b, n) }
func (w *writer) float(f float64) { w.fixed(math.Float64bits(f)) }
func (w *writer) string(s string) { w.uint(uint64(len(s))); w.b = append(w.b, s...) }
func (w *writer) strings(l []string) {
	w.uint(uint64(len(l)))
	for _, s := range l {
		w.string(s)
	}
}

// reader reads what writer wrote. After the first fault it gives zeros; err
// tells.
type reader struct {
	b   []byte
	err error
}

func (r *reader) uint() uint64 {
	if len(r.b) > 0 && r.b[0] < 0x80 {
		n := r.b[0]
		r.b = r.b[1:]
		return uint64(n)
	}
	return r.long()
}

// long is uint for numbers of several bytes.
func (r *reader) long() uint64 {
	n, size := binary.Uvarint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return n
}

func (r *reader) int() int {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *reader) fixed() uint64 {
	if len(r.b) < 8 {
		r.fail()
		return 0
	}
	n := binary.LittleEndian.Uint64(r.b)
	r.b = r.b[8:]
	return n
}

func (r *reader) float() float64 { return math.Float64frombits(r.fixed()) }

// length reads the length of a list whose elements take at least size bytes.
func (r *reader) length(size int) int {
	n := r.uint()
	if n > uint64(len(r.b)/size) {
		r.fail()
		return 0
	}
	return int(n)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.b) {
		r.fail()
		return nil
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

func (r *reader) string() string { return string(r.bytes(r.length(1))) }

// text is string without a copy: it is good as long as the record.
func (r *reader) text() string {
	b := r.bytes(r.length(1))
	return unsafe.String(unsafe.SliceData(b), len(b))
}

// oneOf is string for what is one of a few strings, of which no copy is made.
func (r *reader) oneOf(list ...string) string {
	b := r.bytes(r.length(1))
	for _, s := range list {
		if string(b) == s {
			return s
		}
	}
	return string(b)
}

func (r *reader) strings() []string {
	n := r.length(1)
	if n == 0 {
		return nil
	}
	l := make([]string, n)
	for i := range l {
		l[i] = r.string()
	}
	return l
}

func (r *reader) fail() {
	r.b = nil
	if r.err == nil {
		r.err = errShort
	}
}

// number is what lists of one width are made of.
type number interface{ ~uint8 | ~uint32 | ~uint64 }

// littleEndian is true where numbers lie in memory as they do in records: there lists
// are copied whole.
var littleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// memory is the memory of a list.
func memory[T number](list []T) []byte {
	var one T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(one)))
}

// appendNumbers appends a list, each number in as many bytes as it has.
func appendNumbers[T number](dst []byte, list []T) []byte {
	if littleEndian {
		return append(dst, memory(list)...)
	}
	return appendEach(dst, list)
}

// appendEach is appendNumbers for any order of bytes in memory.
func appendEach[T number](dst []byte, list []T) []byte {
	var one T
	for _, n := range list {
		for i := range unsafe.Sizeof(one) {
			dst = append(dst, byte(n>>(8*i)))
		}
	}
	return dst
}

// readNumbers fills a list with what appendNumbers made of one; of fewer bytes, which
// the reader has found missing, it reads none.
func readNumbers[T number](list []T, b []byte) {
	switch m := memory(list); {
	case len(b) < len(m):
		clear(list)
	case littleEndian:
		copy(m, b)
	default:
		readEach(list, b)
	}
}

// readEach is readNumbers for any order of bytes in memory.
func readEach[T number](list []T, b []byte) {
	var one T
	size := int(unsafe.Sizeof(one))
	for i := range list {
		list[i] = 0
		for k, c := range b[i*size : (i+1)*size] {
			list[i] |= T(c) << (8 * k)
		}
	}
}
