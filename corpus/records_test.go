package corpus

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const recordLines = `{"id":"a","title":"A","author":"X","text":"eins"}

  {"text":"zwei", "id":"b"}
{"id":"c","url":"https://www.example.org/c","text":"drei"}
`

// Texts leaves out what a writer needs and nothing else.
func TestTexts(t *testing.T) {
	a, b := put(t, t.TempDir(), "a.jsonl", recordLines), put(t, t.TempDir(), "b.jsonl", recordLines)
	c := open(t, Options{}, a, b)
	var whole []*Document
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		whole = append(whole, d)
	}
	for from := range 3 {
		n := 0
		for d, err := range c.Texts(from, 2) {
			if err != nil {
				t.Fatal(err)
			}
			want := whole[3*from+n]
			if d.Number != n || d.Raw != nil || d.Title != "" || d.Author != "" {
				t.Errorf("from file %d: %+v", from, d)
			}
			if d.ID != want.ID || d.Text != want.Text || d.Site != want.Site || d.Handle != want.Handle {
				t.Errorf("from file %d: %+v, want %+v", from, d, want)
			}
			n++
		}
		if n != 3*(2-from) {
			t.Errorf("from file %d: %d documents", from, n)
		}
	}
}

// Records that are not looked into are written as they were read, and those that are
// needed are whole.
func TestRecords(t *testing.T) {
	in := put(t, t.TempDir(), "in.jsonl", recordLines)
	c := open(t, Options{}, in)
	out := filepath.Join(t.TempDir(), "out.jsonl")
	w, err := NewWriter(c, out, WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Abort()
	asked := 0
	for d, err := range c.Records(func(n int) bool { asked++; return n == 1 }) {
		if err != nil {
			t.Fatal(err)
		}
		if needed := d.Number == 1; (d.Text != "") != needed || needed && d.ID != "b" || d.Raw == nil {
			t.Errorf("%+v", d)
		}
		if err := w.Write(d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(out)
	if err != nil || string(got) != recordLines || asked != 3 {
		t.Errorf("asked %d times: %q %v", asked, got, err)
	}
}

// A faulty record that one pass left out is left out of the next one too.
func TestRecordsFaulty(t *testing.T) {
	in := put(t, t.TempDir(), "in.jsonl", strings.Replace(recordLines, `"zwei"`, "2", 1))
	c := open(t, Options{Skip: true}, in)
	for range 2 {
		var ids []string
		for d, err := range c.Records(func(n int) bool { return true }) {
			if err != nil {
				t.Fatal(err)
			}
			ids = append(ids, fmt.Sprint(d.Number, d.ID))
		}
		if fmt.Sprint(ids) != "[0a 1c]" {
			t.Errorf("%v", ids)
		}
		for range c.All() {
		}
	}
	n := 0
	for range c.Records(func(int) bool { return false }) {
		n++
	}
	if n != 2 {
		t.Errorf("%d records, want 2", n)
	}
}

// Fields of our own stand behind those of the record, in every format that has a place
// for them.
func TestWriteMore(t *testing.T) {
	for _, test := range []struct{ name, in, want string }{
		{"x.jsonl", "{\"text\":\"a\"}\n{ \"text\": \"b\" }\r\n", "{\"text\":\"a\",\"n\":1,\"of\":7}\n{ \"text\": \"b\",\"n\":null,\"of\":8}\r\n"},
		{"x.json", "[{\"text\":\"a\"},\n {\"text\":\"b\"}]\n", "[{\"text\":\"a\",\"n\":1,\"of\":7},\n {\"text\":\"b\",\"n\":null,\"of\":8}]\n"},
		{"x.csv", "id,text\r\n1,a\r\n2,\"b\nc\"\r\n", "id,text,n,of\r\n1,a,1,7\r\n2,\"b\nc\",,8\r\n"},
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
