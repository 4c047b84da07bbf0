package corpus

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// all returns the documents of c.
func all(t testing.TB, c *Collection) (docs []*Document) {
	t.Helper()
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs
}

// writeAll writes every document of c, changed by edit if it is not nil, to out.
func writeAll(t testing.TB, c *Collection, out string, o WriterOptions, edit func(string) string) error {
	t.Helper()
	w, err := NewWriter(c, out, o)
	if err != nil {
		return err
	}
	defer w.Abort()
	for _, d := range all(t, c) {
		if edit == nil {
			err = w.Write(d)
		} else {
			err = w.WriteText(d, edit(d.Text))
		}
		if err != nil {
			return err
		}
	}
	return w.Close()
}

// names lists all files below dir.
func names(t testing.TB, dir string) (all []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, e fs.DirEntry, err error) error {
		if err == nil && !e.IsDir() {
			rel, _ := filepath.Rel(dir, path)
			all = append(all, filepath.ToSlash(rel))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Only the text changes; it is escaped as the old one was, and quoted where it
// must be.
func TestWriteText(t *testing.T) {
	for _, c := range []struct{ name, in, text, want string }{
		{"a.jsonl", "{ \"n\" : 1.50, \"text\" : \"alt\" ,\"id\":\"\\u00e4\"}\r\n", "\"ü\"\n\\\x00😀", "{ \"n\" : 1.50, \"text\" : \"\\\"\\u00fc\\\"\\n\\\\\\u0000\\ud83d\\ude00\" ,\"id\":\"\\u00e4\"}\r\n"},
		{"a.jsonl", `{"text":"älter"}`, "ü😀\t", `{"text":"ü😀\t"}`},
		{"a.jsonl", `{"text":"a","text":"ä"}`, "", `{"text":"a","text":""}`},
		{"a.jsonl", "{\"text\":\"\xffä\"}", "\xff", "{\"text\":\"\xff\"}"},
		{"a.jsonl", bomUTF8 + `{"body":"ä"}`, "b", bomUTF8 + `{"body":"b"}`},
		{"a.json", "[\n  {\"text\": \"a\"}\n]\n", "b", "[\n  {\"text\": \"b\"}\n]\n"},
		{"a.csv", "id,text,x\r\n1,a,\"q\"\r\n", "b", "id,text,x\r\n1,b,\"q\"\r\n"},
		{"a.csv", "id,text,x\n\"1\",a, y\n", "b,\"c\"\r\n", "id,text,x\n\"1\",\"b,\"\"c\"\"\r\n\", y\n"},
		{"a.csv", "id,text,x\n1,\"a\",y", "b", "id,text,x\n1,\"b\",y"},
		{"a.csv", "text;x\na;1,5\n", "b,c", "text;x\nb,c;1,5\n"},
		{"a.csv", "text\na\n", "", "text\n\"\"\n"},
		{"a.csv", "text,a\nx,y,,\n", "z", "text,a\nz,y,,\n"},
		{"a.tsv", "text\tid\na\t1\n", "say \"b\"", "text\tid\nsay \"b\"\t1\n"},
		{"a.tsv", "text\tid\na\t1\n", "b\tc", "text\tid\n\"b\tc\"\t1\n"},
		{"a.txt", bomUTF8 + "a\r\n", "b\r\n", bomUTF8 + "b\r\n"},
		{"a.txt", "\xff\xfea\x00", "ü😀", "\xff\xfe\xfc\x00=\xd8\x00\xde"},
		{"a.md", "\xfe\xff\x00a", "b", "\xfe\xff\x00b"},
	} {
		col := open(t, Options{}, put(t, t.TempDir(), c.name, c.in))
		got := rewrite(t, col, all(t, col), func(w *Writer, d *Document) error { return w.WriteText(d, c.text) })
		if got != c.want {
			t.Errorf("%s %q with %q: got %q, want %q", c.name, c.in, c.text, got, c.want)
		}
	}
}

// Files are joined as if they had been one.
func TestWriteSeveral(t *testing.T) {
	for _, c := range []struct {
		ext, one, two string
		keep          string // texts that are written
		want          string
	}{
		{".jsonl", line("1") + `{"text":"2"}`, line("3"), "123", line("1") + line("2") + line("3")},
		{".jsonl", "{\"text\":\"1\"}\r\n{\"text\":\"2\"}", line("3"), "123", "{\"text\":\"1\"}\r\n{\"text\":\"2\"}\r\n" + line("3")},
		{".jsonl", bomUTF8 + line("1") + line("2"), bomUTF8 + line("3"), "23", bomUTF8 + line("2") + line("3")},
		{".jsonl", line("1"), line("2"), "", ""},
		{".json", "[\n {\"text\":\"1\"},\n {\"text\":\"2\"}\n]\n", "[{\"text\":\"3\"} ]", "123", "[\n {\"text\":\"1\"},\n {\"text\":\"2\"},{\"text\":\"3\"} ]"},
		{".json", "[\n {\"text\":\"1\"},\n {\"text\":\"2\"}\n]\n", "[]", "1", "[\n {\"text\":\"1\"}\n]\n"},
		{".json", "[{\"text\":\"1\"}, {\"text\":\"2\"}]", "[{\"text\":\"3\"}]", "1", "[{\"text\":\"1\"}]\n"},
		{".json", "[{\"text\":\"1\"}, {\"text\":\"2\"}]", "[{\"text\":\"3\"}]", "2", "[ {\"text\":\"2\"}]"},
		{".json", "[{\"text\":\"1\"}]", "[{\"text\":\"2\"}]", "", "[]\n"},
		{".json", `{"text":"1"}{"text":"2"}`, `{"text":"3"}`, "123", "{\"text\":\"1\"}{\"text\":\"2\"}\n{\"text\":\"3\"}"},
		{".csv", "id,text\n1,1\n2,2", "\"id\",text\r\n3,3\r\n", "123", "id,text\n1,1\n2,2\n3,3\r\n"},
		{".csv", "id,text", "id,text\n3,3\n", "3", "id,text\n3,3\n"},
		{".csv", "id,text\n1,1\n", "", "", "id,text\n"},
		{".csv", "\nsep=;\nid;text\n1;1\n", "id;text\n2;2\n", "12", "\nsep=;\nid;text\n1;1\n2;2\n"},
		{".csv", "", bomUTF8 + "id,text\n1,1\n", "1", bomUTF8 + "id,text\n1,1\n"},
	} {
		dir := t.TempDir()
		col := open(t, Options{}, put(t, dir, "1"+c.ext, c.one), put(t, dir, "2"+c.ext, c.two))
		docs := slices.DeleteFunc(all(t, col), func(d *Document) bool { return !strings.Contains(c.keep, d.Text) })
		if got := rewrite(t, col, docs, (*Writer).Write); got != c.want {
			t.Errorf("%s %q and %q: got %q, want %q", c.ext, c.one, c.two, got, c.want)
		}
	}
}

// The output's extension decides the compression.
func TestWriteCompressed(t *testing.T) {
	dir := t.TempDir()
	c := open(t, Options{}, put(t, dir, "in.jsonl.bz2", bzip2Line))
	for _, name := range []string{"out.jsonl", "out.jsonl.gz", "out.ndjson.zst", "out.other.gz", "out"} {
		out := filepath.Join(dir, name)
		if err := writeAll(t, c, out, WriterOptions{}, nil); err != nil {
			t.Fatal(err)
		}
		if codec, _ := codecOf(name); codec == nil && get(t, out) != line("x") || codec != nil && !strings.HasPrefix(get(t, out), codec.magic) {
			t.Errorf("%s is %q", name, get(t, out))
		}
		if docs, _ := read(t, Options{}, out); len(docs) != 1 || docs[0].Text != "x" {
			t.Errorf("%s: %d documents", name, len(docs))
		}
	}
}

// What exists stays unless force is given; nothing is left beside.
func TestWriteOverExisting(t *testing.T) {
	dir := t.TempDir()
	c := open(t, Options{}, put(t, dir, "in.jsonl", line("x")))
	out := put(t, dir, "out/o.jsonl", "old")
	err := writeAll(t, c, out, WriterOptions{}, nil)
	var oe *OutputError
	if !errors.Is(err, fs.ErrExist) || !errors.As(err, &oe) || oe.File != out || oe.Hint == "" || get(t, out) != "old" {
		t.Errorf("got %v, the file is %q", err, get(t, out))
	}
	if want := "the output exists: " + out; err.Error() != want {
		t.Errorf("got %q, want %q", err, want)
	}
	if err := writeAll(t, c, out, WriterOptions{Force: true}, nil); err != nil || get(t, out) != line("x") {
		t.Errorf("got %v, the file is %q", err, get(t, out))
	}
	if got := names(t, filepath.Dir(out)); !slices.Equal(got, []string{"o.jsonl"}) {
		t.Errorf("the folder holds %q", got)
	}
	// It may even be the input.
	in := put(t, dir, "self.jsonl", line("1")+line("2"))
	if err := writeAll(t, open(t, Options{}, in), in, WriterOptions{Force: true}, func(s string) string { return s + "!" }); err != nil || get(t, in) != line("1!")+line("2!") {
		t.Errorf("got %v, the file is %q", err, get(t, in))
	}
	// A file that came while the output was written stays.
	w, err := NewWriter(c, filepath.Join(dir, "race.jsonl"), WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	put(t, dir, "race.jsonl", "old")
	if err := w.Close(); !errors.Is(err, fs.ErrExist) || get(t, filepath.Join(dir, "race.jsonl")) != "old" {
		t.Errorf("got %v", err)
	}
}

// Until Close nothing has the output's name, and after Abort nothing is left.
func TestAbort(t *testing.T) {
	dir := t.TempDir()
	c := open(t, Options{}, put(t, dir, "in/a.jsonl", line("x")))
	texts := open(t, Options{}, filepath.Dir(put(t, dir, "texts/a.txt", "x")))
	for _, c := range []*Collection{c, texts} {
		out := filepath.Join(dir, "out", "o")
		if err := os.MkdirAll(filepath.Dir(out), 0o777); err != nil {
			t.Fatal(err)
		}
		w, err := NewWriter(c, out, WriterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Write(all(t, c)[0]); err != nil {
			t.Fatal(err)
		}
		if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("the output is there: %v", err)
		}
		if err := errors.Join(w.Abort(), w.Abort()); err != nil {
			t.Error(err)
		}
		if got := names(t, filepath.Dir(out)); len(got) > 0 {
			t.Errorf("%q are left", got)
		}
	}
}

// One-document files go into a folder under their names.
func TestWriteFolder(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "in/a.txt", "a")
	put(t, dir, "in/sub/b.md.gz", pack(t, "gz", "b"))
	put(t, dir, "in/sub/c.txt.zst", pack(t, "zst", "c"))
	put(t, dir, "in/d.txt.bz2", bzip2Line)
	c := open(t, Options{}, filepath.Join(dir, "in"))
	out := filepath.Join(dir, "out")
	if err := writeAll(t, c, out, WriterOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	want := []string{"a.txt", "d.txt", "sub/b.md.gz", "sub/c.txt.zst"}
	if got := names(t, out); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	for _, name := range []string{"a.txt", "sub/b.md.gz", "sub/c.txt.zst"} {
		if get(t, filepath.Join(out, name)) != get(t, filepath.Join(dir, "in", name)) {
			t.Errorf("%s is not the same file", name)
		}
	}
	if got := get(t, filepath.Join(out, "d.txt")); got != line("x") {
		t.Errorf("d.txt is %q", got)
	}

	put(t, out, "other.pdf", "x")
	if err := writeAll(t, c, out, WriterOptions{}, nil); !errors.Is(err, fs.ErrExist) {
		t.Errorf("got %v", err)
	}
	if err := writeAll(t, c, out, WriterOptions{Force: true}, strings.ToUpper); err != nil {
		t.Fatal(err)
	}
	if got := names(t, out); !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	docs, _ := read(t, Options{}, out)
	if got := texts(docs); !slices.Equal(got, []string{"A", strings.ToUpper(line("x")), "B", "C"}) {
		t.Errorf("got %q", got)
	}
	if got := names(t, dir); slices.ContainsFunc(got, func(n string) bool { return strings.Contains(n, ".part") }) {
		t.Errorf("left: %q", got)
	}
	empty := filepath.Join(dir, "empty")
	if err := errors.Join(os.Mkdir(empty, 0o777), writeAll(t, c, empty, WriterOptions{}, nil)); err != nil || len(names(t, empty)) != 4 {
		t.Errorf("into an empty folder: %v", err)
	}
	// One file that is named itself may go to a file.
	one := open(t, Options{}, filepath.Join(dir, "in", "sub", "b.md.gz"))
	if err := writeAll(t, one, filepath.Join(dir, "b.txt"), WriterOptions{}, nil); err != nil || get(t, filepath.Join(dir, "b.txt")) != "b" {
		t.Errorf("a file to a file: %v", err)
	}
	if err := writeAll(t, one, filepath.Join(dir, "folder"), WriterOptions{}, nil); err != nil || !slices.Equal(names(t, filepath.Join(dir, "folder")), []string{"b.md.gz"}) {
		t.Errorf("a file to a folder: %v", err)
	}
	slashed := filepath.Join(dir, "slashed") + string(filepath.Separator)
	if err := writeAll(t, one, slashed, WriterOptions{}, nil); err != nil || !slices.Equal(names(t, slashed), []string{"b.md.gz"}) {
		t.Errorf("a file to a folder with a separator at its end: %v", err)
	}
	if err := writeAll(t, one, slashed, WriterOptions{Force: true}, nil); err != nil {
		t.Errorf("once more: %v", err)
	}
	// Names below a wildcard keep the folders that it stood for.
	glob := open(t, Options{}, filepath.Join(dir, "i*", "*"))
	if err := writeAll(t, glob, filepath.Join(dir, "globbed"), WriterOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	if got := names(t, filepath.Join(dir, "globbed")); !slices.Equal(got, []string{"in/a.txt", "in/d.txt", "in/sub/b.md.gz", "in/sub/c.txt.zst"}) {
		t.Errorf("got %q", got)
	}
}

// What is brought to the disk early is what is written, to the byte.
func TestWriteEarly(t *testing.T) {
	var lines strings.Builder
	for i := range 3*hastyBytes/1000 + 7 {
		lines.WriteString(line(fmt.Sprint(i, strings.Repeat("x", 1000))))
	}
	dir := t.TempDir()
	c := open(t, Options{}, put(t, dir, "a.jsonl", lines.String()))
	out := filepath.Join(dir, "out.jsonl")
	if err := writeAll(t, c, out, WriterOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	if get(t, out) != lines.String() {
		t.Error("other bytes")
	}
}

// A device is written to, never replaced.
func TestWriteDevice(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("no /dev/null there")
	}
	c := open(t, Options{}, put(t, t.TempDir(), "a.jsonl", line("x")))
	if err := writeAll(t, c, os.DevNull, WriterOptions{}, nil); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(os.DevNull); err != nil || info.Mode().IsRegular() {
		t.Fatal("/dev/null is a file now")
	}
}

// An error of the output is told by Write or Close, with its name.
func TestWriteFails(t *testing.T) {
	c := open(t, Options{}, put(t, t.TempDir(), "a.jsonl", line(strings.Repeat("x", 2*readSize))))
	full := errors.New("no space left on device")
	err := writeAll(t, c, "-", WriterOptions{Stdout: failingWriter{full}}, nil)
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "standard output") {
		t.Errorf("got %v", err)
	}
	w, err := NewWriter(c, "-", WriterOptions{Stdout: failingWriter{full}})
	if err != nil {
		t.Fatal(err)
	}
	d := *all(t, c)[0]
	d.Raw = []byte("no longer JSON")
	var re *ReadError
	if err := w.WriteText(&d, "x"); !errors.As(err, &re) || re.Record != 1 {
		t.Errorf("got %v", err)
	}
	w.Abort()
}

type failingWriter struct{ err error }

func (w failingWriter) Write([]byte) (int, error) { return 0, w.err }

// With Skip, a table that All rejects does not stand in the way.
func TestWriteSkips(t *testing.T) {
	dir := t.TempDir()
	bad := put(t, dir, "a.csv", "id,words\n1,x\n")
	good := put(t, dir, "b.csv", "id,text\n1,x\n")
	if _, err := NewWriter(open(t, Options{}, bad, good), "-", WriterOptions{}); err == nil {
		t.Error("no error")
	}
	c := open(t, Options{Skip: true}, bad, good)
	if got := rewrite(t, c, all(t, c), (*Writer).Write); got != "id,text\n1,x\n" {
		t.Errorf("got %q", got)
	}
}

// TestWriterMisused: what a Writer cannot write is an error and nothing of it is written,
// whatever the format.
func TestWriterMisused(t *testing.T) {
	dir := t.TempDir()
	for name, content := range map[string]string{
		"in.jsonl": line("x"), "in.json": `[{"text":"x"}]`, "in.csv": "id,text\n1,x\n", "in.txt": "x",
	} {
		c := open(t, Options{}, put(t, dir, name, content))
		out := filepath.Join(dir, "out-"+name)
		w, err := NewWriter(c, out, WriterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		docs, _ := read(t, Options{}, filepath.Join(dir, name))
		stranger := &Document{ID: "mine", Text: "y"}
		failed := func(what string, err error) {
			t.Helper()
			var oe *OutputError
			if !errors.As(err, &oe) {
				t.Errorf("%s: %s: got %v", name, what, err)
			}
		}
		failed("a stranger", w.Write(stranger))
		failed("a stranger's text", w.WriteText(stranger, "z"))
		failed("a column that there is not", w.WriteMore(docs[0], 1))
		if err := errors.Join(w.Write(docs[0]), w.Close()); err != nil {
			t.Fatal(err)
		}
		failed("after Close", w.Write(docs[0]))
		failed("after Close", w.WriteText(docs[0], "z"))
		if got := get(t, out); strings.TrimSpace(got) != strings.TrimSpace(content) {
			t.Errorf("%s: written %q", name, got)
		}
		if w, err = NewWriter(c, filepath.Join(dir, "gone-"+name), WriterOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(w.Abort(), w.Close()); err != nil {
			t.Error(err)
		}
		failed("after Abort", w.Write(docs[0]))
		if name == "in.txt" { // has no columns
			continue
		}
		if w, err = NewWriter(c, filepath.Join(dir, "more-"+name), WriterOptions{Columns: []string{"group"}}); err != nil {
			t.Fatal(err)
		}
		failed("a record that lacks a column", w.Write(docs[0]))
		failed("a record that lacks a column", w.WriteText(docs[0], "z"))
		if err := w.Abort(); err != nil {
			t.Error(err)
		}
	}
	if got := names(t, dir); len(got) != 8 {
		t.Errorf("the folder holds %q", got)
	}
}

// TestRejections: a Collection counts each record that was left out once, and keeps the first.
func TestRejections(t *testing.T) {
	const faults = maxRejections + 5
	told := 0
	o := Options{Skip: true, Rejected: func(r Rejection) { told++ }}
	c := open(t, o, put(t, t.TempDir(), "in.jsonl", line("x")+strings.Repeat("no\n", faults)+line("y")))
	for range 2 {
		for _, err := range c.All() {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	n, first := c.Rejections()
	if n != faults || told != faults || len(first) != maxRejections {
		t.Fatalf("%d counted, %d told, %d kept, want %d", n, told, len(first), faults)
	}
	if r := first[1]; r.Record != 3 || r.Offset == 0 || r.Err == nil || r.Raw != nil {
		t.Errorf("%+v", r)
	}
}
