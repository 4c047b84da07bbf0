package corpus

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// What cannot be written is refused before anything is.
func TestWriteRefused(t *testing.T) {
	dir := t.TempDir()
	lines := put(t, dir, "in/a.jsonl", line("x"))
	table := put(t, dir, "in/a.csv", "id,text\n1,x\n")
	table2 := put(t, dir, "in/b.csv", "text,id\n1,x\n")
	table3 := put(t, dir, "in/c.csv", "id;text\n1;x\n")
	array := put(t, dir, "in/a.json", "[{\"text\":\"x\"}]")
	values := put(t, dir, "in/b.json", "{\"text\":\"x\"}")
	text := put(t, dir, "in/a.txt", "x")
	text2 := put(t, dir, "in/two/a.txt", "x")
	put(t, dir, "taken/x", "x")
	here := filepath.Join(dir, "here", "sub")
	if err := os.MkdirAll(here, 0o777); err != nil {
		t.Fatal(err)
	}
	t.Chdir(here)
	for _, c := range []struct {
		in   []string
		out  string
		want string
	}{
		{[]string{lines, table}, "o", "a.jsonl is jsonl, " + table + " is csv"},
		{[]string{array, values}, "o", "is json array"},
		{[]string{lines, text}, "o", "is txt"},
		{[]string{table, table2}, "o", "different columns"},
		{[]string{table, table3}, "o", "different columns"},
		{[]string{lines}, "o.csv", "written as jsonl, as the input is, but its name says csv"},
		{[]string{array}, "o.jsonl", "its name says jsonl"},
		{[]string{table}, "o.tsv.gz", "its name says tsv"},
		{[]string{lines}, "o.jsonl.bz2", "bz2 is only read"},
		{[]string{lines}, "o.jsonl.XZ", "xz is not written"},
		{[]string{lines}, "o.parquet", "parquet is not written"},
		{[]string{lines}, "o.html.gz", "html is not written"},
		{[]string{text, text2}, "o", "same name"},
		{[]string{text, text2}, "o.txt", "need a folder"},
		{[]string{text, text2}, "-", "need a folder"},
		{[]string{text}, "in", "holds the input"},
		{[]string{text}, ".", "holds the input"},
		{[]string{text}, "here", "holds the working folder"},
		{[]string{lines}, "taken", "a folder has this name"},
		{[]string{text}, "in/a.jsonl", "need a folder"},
		{[]string{lines}, "missing/o.jsonl", "no such folder"},
	} {
		out := c.out
		if out != "-" {
			out = filepath.Join(dir, out)
		}
		var stdout bytes.Buffer
		before := names(t, dir)
		_, err := NewWriter(open(t, Options{}, c.in...), out, WriterOptions{Force: true, Stdout: &stdout})
		var oe *OutputError
		if !errors.As(err, &oe) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v to %s: got %v, want %q", c.in, c.out, err, c.want)
		}
		if strings.Contains(c.want, "same name") && !strings.Contains(oe.Hint, "folder that holds both") {
			t.Errorf("files of one name: hint %q", oe.Hint)
		}
		if !slices.Equal(names(t, dir), before) || stdout.Len() > 0 {
			t.Errorf("%v to %s: something was written", c.in, c.out)
		}
	}
}
