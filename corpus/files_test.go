package corpus

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// A file is there whole or not at all, and reads back as it was written.
func TestCreateFile(t *testing.T) {
	if _, err := CreateFile("", WriterOptions{}); err == nil {
		t.Error("a file without a name")
	}
	content := strings.Repeat("zwei Zeilen\n", 20_000)
	for _, name := range []string{"x.jsonl", "x.jsonl.gz", "x.jsonl.ZST"} {
		dir := t.TempDir()
		path := filepath.Join(dir, name)
		for _, end := range []func(*OutputFile) error{(*OutputFile).Abort, (*OutputFile).Close} {
			f, err := CreateFile(path, WriterOptions{})
			if err != nil {
				t.Fatal(err)
			}
			_, err = f.WriteString(content)
			if slices.Contains(names(t, dir), name) {
				t.Error("it has its name before it is whole")
			}
			if err := errors.Join(err, f.Finish(), end(f), f.Abort(), f.Close()); err != nil {
				t.Error(err)
			}
		}
		if got := names(t, dir); !slices.Equal(got, []string{name}) {
			t.Errorf("the folder holds %q", got)
		}
		in, err := OpenFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got, err := io.ReadAll(in)
		if err := errors.Join(err, in.Close()); err != nil || string(got) != content {
			t.Errorf("%s: %d bytes of %d, %v", name, len(got), len(content), err)
		}
		if _, err := CreateFile(path, WriterOptions{}); err == nil || !strings.Contains(err.Error(), "exists") {
			t.Errorf("it is replaced: %v", err)
		}
	}
	if _, err := CreateFile("x.bz2", WriterOptions{}); err == nil || !strings.Contains(err.Error(), "only read") {
		t.Errorf("bz2: %v", err)
	}
	var stdout strings.Builder
	f, err := CreateFile("-", WriterOptions{Stdout: &stdout})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString("eins"); err != nil || f.Close() != nil || stdout.String() != "eins" {
		t.Errorf("standard output got %q, %v", stdout.String(), err)
	}
}

func TestOpenFileFaults(t *testing.T) {
	dir := t.TempDir()
	packed := pack(t, "gz", strings.Repeat("viel Text ", 1000))
	cut := put(t, dir, "cut.gz", packed[:len(packed)-9])
	f, err := OpenFile(cut)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.ReadAll(f); err == nil || !strings.Contains(err.Error(), "gz data is cut off") {
		t.Errorf("got %v", err)
	}
	f.Close()
	for _, path := range []string{filepath.Join(dir, "none"), put(t, dir, "text.gz", "text")} {
		var re *ReadError
		if _, err := OpenFile(path); !errors.As(err, &re) || re.File != path {
			t.Errorf("%s: got %v", path, err)
		}
	}
}

// A folder takes another one's place when it is whole, and only then.
func TestCreateFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "r/old", "")
	link := filepath.Join(dir, "link")
	if err := os.Symlink("r", link); err != nil {
		t.Skip(err)
	}
	for i, path := range []string{filepath.Join(dir, "r"), link, filepath.Join(dir, "new") + "/"} {
		for _, end := range []func(*OutputFolder) error{(*OutputFolder).Abort, (*OutputFolder).Close} {
			before := names(t, dir)
			f, err := CreateFolder(path)
			if err != nil {
				t.Fatal(err)
			}
			put(t, f.Dir, "file", strings.Repeat("x", i))
			if err := errors.Join(end(f), f.Abort()); err != nil {
				t.Error(err)
			}
			if got := names(t, dir); i < 2 && len(got) != len(before) {
				t.Errorf("%s: %q, before %q", path, got, before)
			}
		}
		if got := get(t, filepath.Join(path, "file")); len(got) != i {
			t.Errorf("%s holds %q", path, got)
		}
	}
	if got := names(t, dir); !slices.Equal(got, []string{"link", "new/file", "r/file"}) {
		t.Errorf("the folder holds %q", got)
	}
	if _, err := CreateFolder(put(t, dir, "a file", "")); err == nil || !strings.Contains(err.Error(), "a file has this name") {
		t.Errorf("in place of a file: %v", err)
	}
}
