package copies

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprint/dedup"
	"reprint/internal/press"
)

// The same records go, whatever file they stand in, if it is read in many pieces.
func TestFormats(t *testing.T) {
	p := press.New(23)
	dir := t.TempDir()
	var lines, table strings.Builder
	var array []string
	table.WriteString("id,text\n")
	for i := range 1500 {
		text := p.Sentence(60)
		if i%100 == 99 {
			text = strings.Split(array[i-60], "\"")[7]
		}
		one := fmt.Sprintf(`{"id":"%d","text":"%s"}`, i, text)
		array = append(array, one)
		lines.WriteString(one + "\n")
		fmt.Fprintf(&table, "%d,%s\n", i, strings.ReplaceAll(text, ",", ""))
	}
	for name, content := range map[string]string{"a.jsonl": lines.String(), "a.json": "[" + strings.Join(array, ",\n") + "]", "a.csv": table.String()} {
		path := filepath.Join(dir, name)
		check(t, os.WriteFile(path, []byte(content), 0o600))
		f := run(t, load(t, path), Options{})
		if len(f.drops) != 15 {
			t.Errorf("%s: %d go", name, len(f.drops))
		}
		for _, d := range f.drops {
			if d.Doc%100 != 99 || d.Kept != d.Doc-60 {
				t.Errorf("%s: %d goes for %d", name, d.Doc, d.Kept)
			}
		}
	}
}

// Long texts that stand together in the input are compared in turns where the memory does not
// hold them at a time, and are let go alike.
func TestLongTogether(t *testing.T) {
	p := press.New(29)
	var docs, long []record
	for i := range 12 {
		long = append(long, record{ID: fmt.Sprint("long", i), Text: p.Sentence(60_000)})
	}
	few := func(n int) {
		for range n {
			docs = append(docs, record{ID: fmt.Sprint("short", len(docs)), Text: p.Sentence(30)})
		}
	}
	docs = append(docs, long...)
	few(2 * nearDocs)
	want := ""
	for i, r := range long {
		docs = append(docs, record{ID: fmt.Sprint("copy", i), Text: r.Text + " und noch ein Wort"})
		want += fmt.Sprintf(" copy%d>long%[1]d", i)
	}
	for i := range 3 {
		docs = append(docs, record{ID: fmt.Sprint("again", i), Text: long[5].Text + strings.Repeat(" noch eins", i+1)})
		want += fmt.Sprintf(" again%d>long5", i)
	}
	few(1000)
	c := collect(t, docs...)
	for _, memory := range []int64{16 << 20, 1 << 30} {
		if got := run(t, c, Options{Options: dedup.Options{Memory: memory, Threads: 2}}).gone(t); got != want[1:] {
			t.Errorf("with %d bytes of memory %q goes", memory, got)
		}
	}
}

// Ids that differ in bytes which are no UTF-8 are the same in every output, and told apart.
func TestSameIDsAsWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "docs.csv")
	check(t, os.WriteFile(path, []byte("id,text\nM\xfcller,\""+bridge+"\"\nM\xf6ller,\""+bridge+"\"\n"), 0o600))
	f := run(t, load(t, path), Options{})
	if got, want := f.gone(t), fmt.Sprintf("M\ufffdller@%[1]s:2>M\ufffdller@%[1]s:1", path); got != want {
		t.Errorf("%q goes, want %q", got, want)
	}
}
