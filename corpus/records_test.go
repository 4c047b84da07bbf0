package corpus

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Fields of our own stand behind those of the record, in every format that has a place
// for them.
func TestWriteMore(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"x.jsonl", "{\"text\":\"a\"}\n{ \"text\": \"b\" }\r\n", "{\"text\":\"a\",\"n\":1,\"of\":7}\n{ \"text\": \"b\",\"n\":null,\"of\":8}\r\n"},
		{"x.json", "[{\"text\":\"a\"},\n {\"text\":\"b\"}]\n", "[{\"text\":\"a\",\"n\":1,\"of\":7},\n {\"text\":\"b\",\"n\":null,\"of\":8}]\n"},
		{"x.csv", "id,text\r\n1,a\r\n2,\"b\nc\"\r\n", "id,text,n,of\r\n1,a,1,7\r\n2,\"b\nc\",,8\r\n"},
		{"y.jsonl", "{\"text\":\"a n of\",\"in\":{\"n\":1}}\n{\"text\":\"n\",\"list\":[\"of\"]}\n",
			"{\"text\":\"a n of\",\"in\":{\"n\":1},\"n\":1,\"of\":7}\n{\"text\":\"n\",\"list\":[\"of\"],\"n\":null,\"of\":8}\n"},
		{"y.csv", "id,text\n1,a,,\n2,\"b\",\"\"\n", "id,text,n,of\n1,a,1,7\n2,\"b\",,8\n"}, // spare empty cells
		{"x.tsv", "id\ttext\n1\ta\n2\tb", "id\ttext\tn\tof\n1\ta\t1\t7\n2\tb\t\t8"},
	} {
		c := open(t, Options{}, put(t, t.TempDir(), test.name, test.in))
		out := filepath.Join(t.TempDir(), test.name)
		w, err := NewWriter(c, out, WriterOptions{Columns: []string{"n", "of"}})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		for d, err := range c.All() {
			if err != nil {
				t.Fatal(err)
			}
			if w.WriteMore(d, 1) == nil {
				t.Error("one value for two columns is taken")
			}
			if err := w.WriteMore(d, 1-d.Number, 7+d.Number); err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(out); err != nil || string(got) != test.want {
			t.Errorf("%s: %q, want %q (%v)", test.name, got, test.want, err)
		}
	}
}

// What has such a field already is refused: two of a name would be neither.
func TestWriteMoreTwice(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"x.jsonl", "{\"id\":1,\"of\":2,\"text\":\"a\"}\n", `there is a field "of" already: PATH, record 1, byte 0`},
		{"x.json", "[{\"text\":\"a\",\"n\":{\"n\":1}}]\n", `there is a field "n" already: PATH, record 1, byte 1`},
		{"x.csv", "of,text\r\n1,a\r\n", `there is a field "of" already: PATH`},
	} {
		path := put(t, t.TempDir(), test.name, test.in)
		c := open(t, Options{}, path)
		w, err := NewWriter(c, filepath.Join(t.TempDir(), test.name), WriterOptions{Columns: []string{"n", "of"}})
		if err == nil {
			defer w.Abort()
			for d := range c.All() {
				err = w.WriteMore(d, 1, 2)
			}
		}
		var re *ReadError
		if want := strings.Replace(test.want, "PATH", path, 1); !errors.As(err, &re) || err.Error() != want || re.Hint == "" {
			t.Errorf("got %v, want %s", err, want)
		}
	}
}

// TestEmptyAmongArrays: a file of JSON with nothing in it is of either kind.
func TestEmptyAmongArrays(t *testing.T) {
	dir := t.TempDir()
	paths := []string{put(t, dir, "0.json", ""), put(t, dir, "a.json", `[{"text":"a"}]`), put(t, dir, "b.json", "\n"), put(t, dir, "c.json", `[{"text":"c"}]`)}
	c := open(t, Options{}, paths...)
	got := rewritten(t, c, "x.json")
	var list []map[string]string
	if err := json.Unmarshal([]byte(got), &list); err != nil || len(list) != 2 {
		t.Errorf("%q: %v", got, err)
	}
}

// TestJoinedTables: tables without a last line end are joined with that of their header.
func TestJoinedTables(t *testing.T) {
	dir := t.TempDir()
	c := open(t, Options{}, put(t, dir, "1.csv", "id,text\r\n1,eins"), put(t, dir, "2.csv", "id,text\r\n2,zwei"))
	if got := rewritten(t, c, "x.csv"); got != "id,text\r\n1,eins\r\n2,zwei" {
		t.Errorf("%q", got)
	}
}

// rewritten is what a Writer makes of all documents.
func rewritten(t *testing.T, c *Collection, name string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), name)
	w, err := NewWriter(c, out, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	for d, err := range c.All() {
		if err == nil {
			err = w.Write(d)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
