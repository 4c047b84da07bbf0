package spill

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// openFiles counts the files of this package that the process has open.
func openFiles(t *testing.T) (n int) {
	fds, err := filepath.Glob("/proc/self/fd/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, fd := range fds {
		name, _ := os.Readlink(fd)
		if ok, _ := filepath.Match("reprint-*", filepath.Base(name)); ok {
			n++
		}
	}
	return n
}

func TestSorterFaults(t *testing.T) {
	for _, size := range []int{-1, 0, maxRecord + 1} {
		s := NewSorter(Options{}, size)
		if err := s.Add(nil); err == nil {
			t.Errorf("records of %d bytes: no error", size)
		}
		for _, err := range s.Sorted() {
			if err == nil {
				t.Errorf("records of %d bytes: a record came out", size)
			}
		}
	}
	s := NewSorter(Options{}, 8)
	if err := s.Add(make([]byte, 7)); err == nil {
		t.Error("record of another size: no error")
	}
	if got := drain(t, s); got != nil {
		t.Errorf("empty sorter gives %v", got)
	}
	s.Close()
	for _, err := range s.Sorted() {
		if err == nil {
			t.Error("closed sorter gives a record")
		}
	}
	if err := s.Close(); err != nil {
		t.Error("second Close:", err)
	}
}

func TestNoFolder(t *testing.T) {
	s := NewSorter(Options{Dir: filepath.Join(t.TempDir(), "absent"), Memory: 1}, 8)
	defer s.Close()
	var err error
	for i := 0; i < 2 && err == nil; i++ {
		err = s.Add(make([]byte, 8))
	}
	var fault *Error
	if !errors.As(err, &fault) || !errors.Is(err, os.ErrNotExist) || fault.Hint() == "" {
		t.Errorf("got %v", err)
	}
}

// TestSorterCorrupt changes a run file in every way a disk can. Nothing but the
// sorted records may come out before the error, and an error must come.
func TestSorterCorrupt(t *testing.T) {
	faults := map[string]func(b []byte) []byte{
		"magic":          func(b []byte) []byte { b[0] ^= 1; return b },
		"version":        func(b []byte) []byte { b[7] ^= 1; return b },
		"record size":    func(b []byte) []byte { b[15] ^= 1; return b },
		"block length":   func(b []byte) []byte { b[headerSize] = 0xFF; return b },
		"zero length":    func(b []byte) []byte { clear(b[headerSize : headerSize+4]); return b },
		"checksum":       func(b []byte) []byte { b[headerSize+5] ^= 0x10; return b },
		"first record":   func(b []byte) []byte { b[headerSize+blockHead] ^= 0x80; return b },
		"last bit":       func(b []byte) []byte { b[len(b)-1] ^= 1; return b },
		"cut short":      func(b []byte) []byte { return b[:len(b)-1] },
		"cut at a block": func(b []byte) []byte { return b[:headerSize+blockHead+blockOf(b)] },
		"empty":          func([]byte) []byte { return nil },
		"blocks swapped": func(b []byte) []byte {
			first := b[headerSize : headerSize+blockHead+blockOf(b)]
			second := b[headerSize+len(first) : headerSize+2*len(first)]
			return slices.Concat(b[:headerSize], second, first, b[headerSize+2*len(first):])
		},
	}
	for name, change := range faults {
		t.Run(name, func(t *testing.T) {
			s, want := filled(t, Options{Dir: t.TempDir(), Memory: 16 * 2000}, 3000)
			defer s.Close()
			b, err := os.ReadFile(s.runs[0].name)
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(s.runs[0].name, change(b), 0o600); err != nil {
				t.Fatal(err)
			}
			wantFault(t, s, want)
		})
	}
}

// blockOf is the number of bytes of records in the first block.
func blockOf(b []byte) int { return int(binary.BigEndian.Uint32(b[headerSize:])) }

func wantFault(t *testing.T, s *Sorter, want [][]byte) {
	t.Helper()
	i := 0
	for rec, err := range s.Sorted() {
		if err != nil {
			var fault *Error
			if !errors.Is(err, ErrCorrupt) || !errors.As(err, &fault) || fault.File != s.runs[0].name {
				t.Errorf("error of another kind: %v", err)
			}
			return
		}
		if !bytes.Equal(rec, want[i]) {
			t.Fatalf("record %d is wrong and there was no error", i)
		}
		i++
	}
	t.Errorf("%d of %d records came out and no error", i, len(want))
}

// TestFullDisk writes to a device that is always full.
func TestFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no /dev/full here")
	}
	defer full.Close()
	a := &appender{f: full}
	if err := errors.Join(a.write([]byte("lost")), a.flush()); err == nil || err.Error() != "no space left on device, on writing: /dev/full" {
		t.Errorf("appender: %v on a full disk", err)
	}
	w := &runWriter{f: full, size: 8, block: make([]byte, blockHead, blockHead+8)}
	for range 2 {
		if _, err = w.next(); err != nil {
			break
		}
	}
	if err == nil {
		t.Error("run: no error on a full disk")
	}
}

// Whatever is written counts, and beyond the limit is an error that tells what to do.
func TestQuota(t *testing.T) {
	dir := t.TempDir()
	q := NewQuota(10_000)
	o := Options{Dir: dir, Memory: 4 << 10, Quota: q}
	s := NewSorter(o, 8)
	var err error
	for i := 0; err == nil && i < 5000; i++ {
		err = s.Add(binary.BigEndian.AppendUint64(nil, uint64(i)))
	}
	var e *Error
	if !errors.As(err, &e) || !errors.Is(err, ErrQuota) || !strings.Contains(e.Hint(), "--temp-limit") {
		t.Errorf("%v", err)
	}
	s.Close()
	b := NewBlobs(o)
	for err = nil; err == nil && b.Len() < 5000; {
		_, err = b.Append(make([]byte, 50))
	}
	if !errors.Is(err, ErrQuota) {
		t.Errorf("%v", err)
	}
	b.Close()
	w, err := CreateBlocks(filepath.Join(dir, "blocks"), "test", q)
	if err != nil {
		t.Fatal(err)
	}
	for err = nil; err == nil; {
		err = w.Write(0, 0, make([]byte, 900))
	}
	if !errors.Is(err, ErrQuota) {
		t.Errorf("%v", err)
	}
	w.Abort()
	if used := q.used.Load(); used != 0 {
		t.Errorf("%d bytes are counted when all is removed", used)
	}
	if list, err := os.ReadDir(dir); err != nil || len(list) > 0 {
		t.Errorf("%d files are left: %v", len(list), err)
	}
}
