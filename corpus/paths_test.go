package corpus

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

func line(text string) string { return `{"text":"` + text + `"}` + "\n" }

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "b/2.jsonl", line("3"))
	put(t, dir, "b/1.jsonl.gz", pack(t, "gz", line("2")))
	put(t, dir, "a.NDJSON.ZST", pack(t, "zst", line("1")))
	put(t, dir, "c.json", line("4"))
	put(t, dir, ".hidden/x.jsonl", line("no"))
	put(t, dir, ".x.jsonl", line("no"))
	put(t, dir, "notes.pdf", "no")
	put(t, dir, "noname", line("no"))
	put(t, dir, "x.gz", pack(t, "gz", line("no")))
	c := open(t, Options{}, dir)
	var got []string
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, d.Text)
	}
	if !slices.Equal(got, []string{"1", "2", "3", "4"}) {
		t.Errorf("got %q", got)
	}
	if n, ext := c.Skipped(); n != 3 || !slices.Equal(ext, []string{"", ".pdf", ".gz"}) {
		t.Errorf("%d files skipped, extensions %q", n, ext)
	}
	if n := c.BytesRead(); n != c.Size() {
		t.Errorf("read %d bytes of %d", n, c.Size())
	}
	want := File{filepath.Join(dir, "b", "1.jsonl.gz"), "jsonl", "gz", c.Files()[1].Size}
	if got := c.Files()[1]; got != want || got.Size == 0 {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestExcept(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "a.jsonl", line("1"))
	put(t, dir, "sub/out/b.jsonl", line("2"))
	put(t, dir, "sub/outer/c.jsonl", line("3"))
	out := filepath.Join(dir, "sub", "out")
	for _, c := range []struct {
		except string
		paths  []string
		want   []string
	}{
		{"", []string{dir}, []string{"1", "2", "3"}},
		{filepath.Join(dir, "missing"), []string{dir}, []string{"1", "2", "3"}},
		{filepath.Join(dir, "a.jsonl"), []string{dir}, []string{"1", "2", "3"}},
		{filepath.Join(out, "..", "out"), []string{dir}, []string{"1", "3"}},
		{out, []string{filepath.Join(dir, "su*")}, []string{"3"}},
		{out, []string{out}, []string{"2"}},
	} {
		docs, _ := read(t, Options{Except: c.except}, c.paths...)
		if got := texts(docs); !slices.Equal(got, c.want) {
			t.Errorf("%v without %q: got %q, want %q", c.paths, c.except, got, c.want)
		}
	}
}

func TestFolderLinks(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("links need rights there")
	}
	dir := t.TempDir()
	put(t, dir, "real/a.jsonl", line("1"))
	if err := errors.Join(
		os.Symlink(filepath.Join(dir, "real"), filepath.Join(dir, "loop")),
		os.Symlink(dir, filepath.Join(dir, "real", "up")),
		os.Symlink(filepath.Join(dir, "real", "a.jsonl"), filepath.Join(dir, "link.jsonl")),
	); err != nil {
		t.Fatal(err)
	}
	if docs, _ := read(t, Options{}, dir); len(docs) != 2 { // the file and the link to it
		t.Errorf("got %d documents", len(docs))
	}
	c := open(t, Options{}, dir)
	if n, what := c.Skipped(); n != 2 || !slices.Equal(what, []string{"a link to a folder"}) {
		t.Errorf("%d skipped: %q", n, what)
	}
	c = open(t, Options{}, filepath.Join(dir, "loop"))
	if list := c.Files(); len(list) != 1 || list[0].Path != filepath.Join(dir, "loop", "a.jsonl") {
		t.Errorf("of a link to a folder: %+v", list)
	}
}

func TestGlob(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "x2.jsonl", line("2"))
	put(t, dir, "x1.jsonl", line("1"))
	put(t, dir, "x3/in.jsonl", line("3"))
	put(t, dir, "[x]*.jsonl", line("the very name"))
	docs, _ := read(t, Options{}, filepath.Join(dir, "x*"))
	if got := texts(docs); !slices.Equal(got, []string{"1", "2", "3"}) {
		t.Errorf("got %q", got)
	}
	docs, _ = read(t, Options{}, filepath.Join(dir, "[x]*.jsonl"))
	if got := texts(docs); !slices.Equal(got, []string{"the very name"}) {
		t.Errorf("got %q", got)
	}
}

func TestNamedTwice(t *testing.T) {
	dir := t.TempDir()
	a := put(t, dir, "a.jsonl", line("1"))
	put(t, dir, "b.jsonl", line("2"))
	for _, paths := range [][]string{{a, a}, {dir, a}, {filepath.Join(dir, "*.jsonl"), a}, {dir, dir}} {
		if _, err := Open(Options{}, paths...); err == nil || !strings.Contains(err.Error(), "named twice: "+a) {
			t.Errorf("%v: got %v", paths, err)
		}
	}
	if _, err := Open(Options{}, a, dir+"/./a.jsonl"); err != nil {
		t.Errorf("under two names: %v", err)
	}
}

// Every fault is told at once, each with its path and, where there is one, the
// next step.
func TestOpenFaults(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "none/a.pdf", "%PDF")
	pdf := put(t, dir, "a.pdf", "%PDF-1.4")
	damaged := put(t, dir, "damaged", "\x1f\x8b\x08garbage")
	empty := put(t, dir, "empty", "")
	paths := []string{empty, filepath.Join(dir, "missing.jsonl"), filepath.Join(dir, "*.nothing"), filepath.Join(dir, "none"), pdf, damaged, filepath.Join(dir, "[")}
	_, err := Open(Options{MaxText: -1, MaxRecord: -2, TextField: "none"}, paths...)
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range append(paths,
		"no such file or folder: ", "no file or folder matches: ", "no file in the folder has a known format: ", "unknown format: ", "empty, and no name", "gz data", "syntax error",
		"MaxText is -1", "MaxRecord is -2", "text field cannot be switched off") {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("the error does not say %q:\n%v", want, err)
		}
	}
	if !errors.Is(err, fs.ErrNotExist) {
		t.Error("errors.Is does not tell of the missing file")
	}
	_, err = Open(Options{}, pdf)
	var re *ReadError
	if !errors.As(err, &re) || re.File != pdf || !strings.Contains(re.Hint, ".jsonl") || !strings.Contains(re.Hint, ".zst") {
		t.Errorf("got %#v", err)
	}
	if _, err := Open(Options{}); err == nil {
		t.Error("no error without a path")
	}
	if _, err := Open(Options{MaxText: 1 << 32}, dir); err == nil {
		t.Error("no error for texts of 4 GiB")
	}
}

func TestUnreadable(t *testing.T) {
	if runtime.GOOS == "windows" || os.Geteuid() == 0 {
		t.Skip("nothing is unreadable to this user")
	}
	path := put(t, t.TempDir(), "a.jsonl", line("x"))
	if err := os.Chmod(path, 0); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Options{}, path); !errors.Is(err, fs.ErrPermission) {
		t.Errorf("got %v", err)
	}
}

// A file that goes away after Open is an error of the pass, not a panic.
func TestGone(t *testing.T) {
	dir := t.TempDir()
	path := put(t, dir, "a.jsonl", line("x"))
	c := open(t, Options{}, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	for d, err := range c.All() {
		if d != nil || err == nil || !strings.Contains(err.Error(), path) {
			t.Errorf("got %v, %v", d, err)
		}
	}
}

// The format of a file whose name does not tell it is told by its first bytes.
func TestFirstBytes(t *testing.T) {
	for _, c := range []struct{ content, format, compression string }{
		{line("x"), "jsonl", ""},
		{bomUTF8 + "\n " + line("x"), "jsonl", ""},
		{`{"text":"x"}`, "jsonl", ""},
		{"{\n\"text\":\"x\"}", "json", ""},
		{" [{\"text\":\"x\"}]", "json", ""},
		{"id,text\n1,x\n", "csv", ""},
		{"id;\"Body\"\r\n1;x\n", "csv", ""},
		{"id\ttext\n1\tx\n", "tsv", ""},
		{pack(t, "gz", line("x")), "jsonl", "gz"},
		{pack(t, "zst", "[{\"text\":\"x\"}]"), "json", "zst"},
		{line(strings.Repeat("x", 100_000)), "jsonl", ""},
		{pack(t, "zst", line(strings.Repeat("x", 100_000))), "jsonl", "zst"},
		{bzip2Line, "jsonl", "bz2"},
		{"text\nx\n", "", ""},
		{"Ein Text, kein Kopf.\n", "", ""},
		{"", "", ""},
		{"\x00\x01", "", ""},
	} {
		path := put(t, t.TempDir(), "noname", c.content)
		col, err := Open(Options{}, path)
		if c.format == "" {
			if err == nil {
				t.Errorf("%.20q: no error", c.content)
			}
			continue
		}
		if err != nil {
			t.Errorf("%.20q: %v", c.content, err)
			continue
		}
		if f := col.Files()[0]; f.Format != c.format || f.Compression != c.compression {
			t.Errorf("%.20q: got %+v", c.content, f)
		}
		if docs, _ := read(t, Options{}, path); len(docs) != 1 {
			t.Errorf("%.20q: %d documents", c.content, len(docs))
		}
	}
}

func TestStdin(t *testing.T) {
	temp := t.TempDir()
	for _, content := range []string{
		line("1") + line("2"),
		pack(t, "zst", line("1")+line(strings.Repeat("long ", 50_000))),
		"text,id\n1,2\n3,4\n",
	} {
		c := open(t, Options{Stdin: strings.NewReader(content), Temp: temp}, "-")
		if c.Size() != -1 || c.Files()[0].Size != -1 {
			t.Error("the size is known before reading")
		}
		for pass := range 2 {
			n := 0
			for d, err := range c.All() {
				if err != nil {
					t.Fatal(err)
				}
				n++
				if !d.Named && d.ID != "-:1" && d.ID != "-:2" {
					t.Errorf("id %q", d.ID)
				}
			}
			if n != 2 {
				t.Errorf("pass %d: %d documents", pass, n)
			}
		}
		if c.Size() != int64(len(content)) || c.BytesRead() != c.Size() {
			t.Errorf("size %d, read %d, want %d", c.Size(), c.BytesRead(), len(content))
		}
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		for _, err := range c.All() {
			if err == nil {
				t.Error("read after Close")
			}
		}
	}
	if left, _ := os.ReadDir(temp); len(left) > 0 {
		t.Errorf("%d files left in the temporary folder", len(left))
	}
}

func TestStdinFaults(t *testing.T) {
	if _, err := Open(Options{Stdin: strings.NewReader("Nur Text.")}, "-"); err == nil || !strings.Contains(err.Error(), "standard input") {
		t.Errorf("got %v", err)
	}
	if docs, _ := read(t, Options{Stdin: strings.NewReader("")}, "-"); len(docs) != 0 {
		t.Errorf("%d documents of nothing", len(docs))
	}
	if _, err := Open(Options{Stdin: strings.NewReader(line("x"))}, "-", "-"); err == nil {
		t.Error("no error for standard input named twice")
	}
	// Without room for the copy the run stops, skip or not: nothing of it is wrong.
	c := open(t, Options{Stdin: strings.NewReader(line("x")), Temp: filepath.Join(t.TempDir(), "missing"), Skip: true}, "-")
	n := 0
	for _, err := range c.All() {
		var re *ReadError
		if n++; !errors.As(err, &re) || re.Hint == "" {
			t.Errorf("got %v", err)
		}
	}
	if n != 1 {
		t.Errorf("%d errors", n)
	}
}

func TestNamedPipe(t *testing.T) {
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if _, err := os.Stat("/dev/fd/0"); err != nil {
		t.Skip("no /dev/fd here")
	}
	w.WriteString(line("1") + line("2"))
	w.Close()
	path := filepath.Join("/dev/fd", strconv.Itoa(int(r.Fd())))
	c := open(t, Options{Temp: t.TempDir()}, path)
	for range 2 {
		n := 0
		for _, err := range c.All() {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != 2 {
			t.Errorf("%d documents", n)
		}
	}
}
