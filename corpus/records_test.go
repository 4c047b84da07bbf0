package corpus

import (
	"os"
	"path/filepath"
	"testing"
)

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
