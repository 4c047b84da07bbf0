package corpus

import (
	"bytes"
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// put writes a file below a test's own folder and returns its path.
func put(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func get(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

func open(t testing.TB, o Options, paths ...string) *Collection {
	t.Helper()
	c, err := Open(o, paths...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	return c
}

// read returns all documents and what was rejected.
func read(t testing.TB, o Options, paths ...string) (docs []*Document, rejected []Rejection) {
	t.Helper()
	o.Skip = true
	o.Rejected = func(r Rejection) { rejected = append(rejected, r) }
	for d, err := range open(t, o, paths...).All() {
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	return docs, rejected
}

func texts(docs []*Document) (all []string) {
	for _, d := range docs {
		all = append(all, d.Text)
	}
	return all
}

func pack(t testing.TB, name, content string) string {
	t.Helper()
	var b bytes.Buffer
	switch name {
	case "gz":
		w := gzip.NewWriter(&b)
		w.Write([]byte(content))
		w.Close()
	case "zst":
		w, err := zstd.NewWriter(&b)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(content))
		w.Close()
	}
	return b.String()
}
