package dedup

import (
	"context"
	"encoding/json"
	flags "flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprint/corpus"
	"reprint/internal/press"
	"reprint/internal/short"
)

// newsroom is the invented press that the packages test with.
const newsroom = "../testdata/newsroom/docs.jsonl"

// record is one line of a collection made by a test.
type record = press.Record

// newPress makes up collections.
var newPress = press.New

const harbour = "Im Hafen von Lindhafen hat am Dienstag der Bau der neuen Kaimauer begonnen. " +
	"Sie soll auf einer Länge von dreihundert Metern die alte Spundwand ersetzen, durch die seit Jahren Wasser dringt. " +
	"Der Hafenmeister rechnet mit einer Bauzeit von zwei Jahren und bittet die Segler um Geduld."

func TestMain(m *testing.M) {
	flags.Parse()
	minMemory = int64(short.Size(int(minMemory), 1<<20))
	os.Exit(m.Run())
}

// tester is what a test and a property have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// check ends a test on an error.
func check(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// open opens files until the end of the test.
func open(t testing.TB, paths ...string) *corpus.Collection {
	t.Helper()
	c, err := corpus.Open(corpus.Options{}, paths...)
	check(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

// collect writes records into a file and opens it.
func collect(t testing.TB, records ...record) *corpus.Collection {
	t.Helper()
	return open(t, write(t, "docs.jsonl", records...))
}

// write writes records as JSON lines into a new folder.
func write(t testing.TB, name string, records ...record) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for _, r := range records {
		check(t, enc.Encode(r))
	}
	path := filepath.Join(t.TempDir(), name)
	check(t, os.WriteFile(path, []byte(b.String()), 0o666))
	return path
}

// scan scans until the end of the test.
func scan(t testing.TB, c *corpus.Collection, o Options) *Results {
	t.Helper()
	if o.Temp == "" {
		o.Temp = t.TempDir()
	}
	r, err := Scan(context.Background(), c, o)
	check(t, err)
	t.Cleanup(func() { r.Close() })
	return r
}

// all gathers a sequence.
func all[T any](t tester, seq func(func(T, error) bool)) []T {
	t.Helper()
	var out []T
	for v, err := range seq {
		check(t, err)
		out = append(out, v)
	}
	return out
}

// documents reads a collection.
func documents(t tester, c *corpus.Collection) []*corpus.Document {
	t.Helper()
	return all(t, c.All())
}

// dump writes down everything that a run found, save for times.
func dump(t tester, r *Results) string {
	t.Helper()
	var b strings.Builder
	for _, m := range all(t, r.Matches()) {
		fmt.Fprintf(&b, "match %+v\n", *m)
	}
	for _, c := range all(t, r.Clusters()) {
		fmt.Fprintf(&b, "cluster %+v\n", *c)
	}
	for _, x := range all(t, r.Recurrences()) {
		fmt.Fprintf(&b, "recurrence %+v\n", *x)
	}
	for _, x := range all(t, r.Removals()) {
		fmt.Fprintf(&b, "removal %+v\n", *x)
	}
	for doc := range r.Summary().Documents {
		info, err := r.Info(doc)
		check(t, err)
		fmt.Fprintf(&b, "info %+v\n", info)
	}
	fmt.Fprintf(&b, "summary %+v\n", timeless(*r.Summary()))
	return b.String()
}

// timeless returns a summary without the times.
func timeless(s Summary) Summary {
	stages := s.Stages
	s.Started, s.Stages = s.Started.Truncate(1<<62), nil
	for _, stage := range stages {
		s.Stages = append(s.Stages, Stage{Name: stage.Name, Items: stage.Items})
	}
	return s
}

// differ reports the first line in which two dumps differ.
func differ(t tester, what, want, got string) {
	t.Helper()
	if want == got {
		return
	}
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			t.Fatalf("%s: line %d of %d and %d:\nwant %s\ngot  %s", what, i+1, len(w), len(g), w[i], g[i])
		}
	}
	t.Fatalf("%s: %d lines, want %d", what, len(g), len(w))
}

// files counts what lies in a folder.
func files(t tester, dir string) int {
	t.Helper()
	list, err := os.ReadDir(dir)
	check(t, err)
	return len(list)
}

// empty fails if something was left in a temporary folder.
func empty(t tester, dir string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	check(t, err)
	for _, f := range list {
		t.Errorf("%s was left behind", f.Name())
	}
}
