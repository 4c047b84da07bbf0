//go:build unix && !solaris && !aix

package corpus

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// in returns the names in a folder, sorted.
func in(t *testing.T, dir string) (names []string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range list {
		names = append(names, e.Name())
	}
	return names
}

// TestLeftBehind: what a killed process left of an output goes when the next one begins it,
// whatever kind it is of; what another one is writing stays, and so does what only looks alike.
func TestLeftBehind(t *testing.T) {
	dir := t.TempDir()
	alike := []string{
		".out.jsonl.gz.0123456789abc.part", // of out.jsonl.gz
		".out.jsonl.0123456789abc", ".out.jsonl.0123456789.part", ".out.jsonl.0123456789ab-.part",
		"out.jsonl.0123456789abc.part", ".out.jsonl.part", ".other.jsonl.0123456789abc.part",
	}
	for _, name := range alike {
		put(t, dir, name, "x")
	}
	path := filepath.Join(dir, "out.jsonl")
	other, err := CreateFile(path, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Abort()
	kept := in(t, dir)
	put(t, dir, ".out.jsonl.0123456789abc.part", "of a killed process")
	put(t, dir, ".out.jsonl.z123456789abc.part/in/it", "of a killed process")
	f, err := CreateFile(path, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	f.WriteString("mine")
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := in(t, dir), slices.Sorted(slices.Values(append(kept, "out.jsonl"))); !slices.Equal(got, want) {
		t.Errorf("left %q, want %q", got, want)
	}
	other.WriteString("other")
	if err := other.Close(); err == nil {
		t.Error("the other one replaced what came meanwhile")
	}
	if got := get(t, path); got != "mine" {
		t.Errorf("the output is %q", got)
	}
}

// TestFolderLeftBehind: the same of folders.
func TestFolderLeftBehind(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "results")
	other, err := CreateFolder(path)
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, ".results.0123456789abc.part/matches.jsonl", "of a killed process")
	for _, text := range []string{"first", "second"} {
		f, err := CreateFolder(path)
		if err != nil {
			t.Fatal(err)
		}
		put(t, f.Dir, "a", text)
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if got := get(t, filepath.Join(path, "a")); got != text {
			t.Errorf("the folder holds %q, want %q", got, text)
		}
	}
	if got := in(t, dir); len(got) != 2 {
		t.Errorf("left %q", got)
	}
	put(t, other.Dir, "a", "third")
	if err := other.Close(); err != nil {
		t.Error(err)
	}
	if got := in(t, dir); len(got) != 1 || get(t, filepath.Join(path, "a")) != "third" {
		t.Errorf("left %q", got)
	}
}

// TestRenamed: where names cannot be exchanged, what was there before has one of its own for
// a moment, which no sweep takes for a passing one.
func TestRenamed(t *testing.T) {
	dir := t.TempDir()
	path, temp := filepath.Join(dir, "results"), beside(filepath.Join(dir, "results"))
	put(t, path, "a", "old")
	put(t, temp, "a", "new")
	old, err := renamed(temp, path)
	if err != nil {
		t.Fatal(err)
	}
	if get(t, filepath.Join(path, "a")) != "new" || get(t, filepath.Join(old, "a")) != "old" || passes(filepath.Base(old), "results") {
		t.Errorf("%q, old: %s", in(t, dir), old)
	}
	if _, err := renamed(temp, path); err == nil || get(t, filepath.Join(path, "a")) != "new" {
		t.Errorf("with nothing to name: %v, %q", err, in(t, dir))
	}
}

// TestPipeInFolder: a named pipe in a folder is passed over, not waited for, whatever it is called.
func TestPipeInFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.jsonl", line("eins"))
	if err := syscall.Mkfifo(filepath.Join(dir, "b.jsonl"), 0o600); err != nil {
		t.Skip(err)
	}
	c := open(t, Options{}, dir)
	if n, what := c.Skipped(); n != 1 || !slices.Equal(what, []string{"a pipe or a device"}) || len(c.Files()) != 1 {
		t.Errorf("%d passed over: %q, %d read", n, what, len(c.Files()))
	}
}

// TestLongName: what may be the name of a file may be that of an output.
func TestLongName(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, strings.Repeat("n", 255-len(".jsonl"))+".jsonl")
	put(t, dir, filepath.Base(beside(path)), "of a killed process")
	f, err := CreateFile(path, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Error(err)
	}
	if got := in(t, dir); len(got) != 1 || got[0] != filepath.Base(path) {
		t.Errorf("left %q", got)
	}
}
