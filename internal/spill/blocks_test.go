package spill

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// written makes a block file of the parts given for each block.
func written(t fataler, path string, parts []uint32, bytes func(i int) []byte) {
	w, err := CreateBlocks(path, "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	for i, part := range parts {
		if err := w.Write(part, uint64(i), bytes(i)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := os.Stat(path); err == nil {
		t.Fatal("the file has its name before it is whole")
	}
	if err := w.Close([]byte("note")); err != nil {
		t.Fatal(err)
	}
}

// fataler is what a test and a property have in common.
type fataler interface{ Fatal(...any) }

func payload(i int) []byte { return []byte(fmt.Sprint("block ", i*i*i)) }

// Blocks come back by part in the order in which they were written.
func TestBlocks(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.Uint32Range(0, 6), 0, 60).Draw(t, "parts")
		path := filepath.Join(dir, "blocks")
		defer os.Remove(path)
		written(t, path, parts, payload)
		f, err := OpenBlocks(path, "test")
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		if string(f.Note()) != "note" {
			t.Fatalf("note %q", f.Note())
		}
		for part := range uint32(8) {
			var want, got []int
			for i, p := range parts {
				if p == part {
					want = append(want, i)
				}
			}
			for _, b := range f.Blocks(part) {
				raw, err := f.Read(b, nil)
				if err != nil || !bytes.Equal(raw, payload(int(b.Tag))) {
					t.Fatalf("block %d: %q, %v", b.Tag, raw, err)
				}
				from := rapid.IntRange(0, len(raw)).Draw(t, "from")
				to := rapid.IntRange(from, len(raw)).Draw(t, "to")
				part, err := f.ReadPart(b, from, to, nil)
				if err != nil || !bytes.Equal(part, raw[from:to]) {
					t.Fatalf("bytes %d to %d of block %d: %q, %v", from, to, b.Tag, part, err)
				}
				if _, err := f.ReadPart(b, from, len(raw)+1, nil); err == nil {
					t.Fatal("bytes behind the block were read")
				}
				got = append(got, int(b.Tag))
			}
			if !slices.Equal(got, want) {
				t.Fatalf("part %d: blocks %v, want %v", part, got, want)
			}
		}
	})
	left, err := os.ReadDir(dir)
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// A changed bit, and a file that was cut at any place, are found when the file is
// opened or the block read.
func TestBlocksDamaged(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "blocks")
	written(t, path, []uint32{1, 0, 1}, payload)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	readAll := func(b []byte) error {
		if err := os.WriteFile(path, b, 0o666); err != nil {
			t.Fatal(err)
		}
		f, err := OpenBlocks(path, "test")
		if err != nil {
			return err
		}
		defer f.Close()
		for part := range uint32(2) {
			for _, b := range f.Blocks(part) {
				if _, err := f.Read(b, nil); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := readAll(whole); err != nil {
		t.Fatal(err)
	}
	for i := range whole {
		bad := slices.Clone(whole)
		bad[i] ^= 0x10
		if err := readAll(bad); !errors.Is(err, ErrCorrupt) {
			t.Errorf("byte %d changed: %v", i, err)
		}
		if err := readAll(whole[:i]); !errors.Is(err, ErrCorrupt) {
			t.Errorf("cut at byte %d: %v", i, err)
		}
	}
	if _, err := OpenBlocks(path, "else"); !errors.Is(err, ErrCorrupt) {
		t.Errorf("another kind: %v", err)
	}
}

// What is given up leaves nothing, and nothing can be written behind the end.
func TestBlocksAbort(t *testing.T) {
	dir := t.TempDir()
	w, err := CreateBlocks(filepath.Join(dir, "blocks"), "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(w.Write(0, 0, make([]byte, 1<<20)), w.Abort(), w.Abort()); err != nil {
		t.Fatal(err)
	}
	if w.Write(0, 0, nil) == nil || w.Close(nil) == nil {
		t.Error("goes on after Abort")
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
}

// TestBlocksLeftBehind: what a killed process left of a block file goes when it is begun once
// more; what is being written stays.
func TestBlocksLeftBehind(t *testing.T) {
	dir := t.TempDir()
	left, alike := filepath.Join(dir, ".sign.0123456789abcdef.part"), filepath.Join(dir, ".sign.2.0123456789abcdef.part")
	for _, path := range []string{left, alike} {
		if err := os.WriteFile(path, nil, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "sign")
	other, err := CreateBlocks(path, "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	w, err := CreateBlocks(path, "test", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(left); err == nil && runtime.GOOS != "windows" {
		t.Error("what was left is still there")
	}
	if _, err := os.Stat(alike); err != nil {
		t.Error(err)
	}
	for _, w := range []*BlockWriter{w, other} {
		if err := w.Close(nil); err != nil {
			t.Error(err)
		}
	}
	if list, err := os.ReadDir(dir); len(list) != 2 || err != nil {
		t.Errorf("%v, %v", list, err)
	}
}
