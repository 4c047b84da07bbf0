package corpus

import (
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the goldens anew")

// Each testdata/read/*.txtar shows what is made of an input; see
// testdata/README.md.
func TestRead(t *testing.T) {
	cases, err := filepath.Glob("testdata/read/*.txtar")
	if err != nil || len(cases) == 0 {
		t.Fatal("no cases", err)
	}
	for _, path := range cases {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			last := &a.Files[len(a.Files)-1]
			if last.Name != "want" {
				t.Fatal("the last section is not want")
			}
			dir := t.TempDir()
			for _, f := range a.Files[:len(a.Files)-1] {
				name, quoted := strings.CutSuffix(f.Name, ".quoted")
				content := string(f.Data)
				if quoted {
					content = unquoteLines(t, content)
				}
				put(t, dir, name, content)
			}
			got := dump(t, dir, options(t, string(a.Comment)))
			if *update {
				last.Data = []byte(got)
				if err := os.WriteFile(path, txtar.Format(a), 0o666); err != nil {
					t.Fatal(err)
				}
				return
			}
			if got != string(last.Data) {
				t.Errorf("got:\n%swant:\n%s", got, last.Data)
			}
		})
	}
}

func unquoteLines(t *testing.T, lines string) string {
	var b strings.Builder
	for line := range strings.Lines(lines) {
		s, err := strconv.Unquote(strings.TrimSpace(line))
		if err != nil {
			t.Fatalf("%s: %v", line, err)
		}
		b.WriteString(s)
	}
	return b.String()
}

func options(t *testing.T, comment string) (o Options) {
	_, list, _ := strings.Cut(comment, "\noptions:")
	list, _, _ = strings.Cut(list, "\n")
	for _, set := range strings.Fields(list) {
		key, value, _ := strings.Cut(set, "=")
		n, _ := strconv.ParseInt(value, 10, 64)
		switch key {
		case "text":
			o.TextField = value
		case "id":
			o.IDField = value
		case "title":
			o.TitleField = value
		case "source":
			o.SourceField = value
		case "date":
			o.DateField = value
		case "maxtext":
			o.MaxText = n
		case "maxrecord":
			o.MaxRecord = n
		default:
			t.Fatalf("no such option: %s", set)
		}
	}
	return o
}

// dump shows what is read from a folder, in input order.
func dump(t *testing.T, dir string, o Options) string {
	var b strings.Builder
	o.Skip = true
	o.Rejected = func(r Rejection) {
		fmt.Fprintf(&b, "rejected: %v\n", &ReadError{File: r.File, Record: r.Record, Offset: r.Offset, Err: r.Err})
		if r.Hint != "" {
			fmt.Fprintf(&b, "\thint: %s\n", r.Hint)
		}
		if r.Raw != nil {
			fmt.Fprintf(&b, "\traw: %q\n", r.Raw)
		}
	}
	c := open(t, o, dir)
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		h := d.Handle
		fmt.Fprintf(&b, "%d: %s, record %d, bytes %d+%d: %q\n", d.Number, c.Files()[h.File].Path, h.Record, h.Offset, h.Length, d.Text)
		show := func(name, value string) {
			if !utf8.ValidString(value) {
				value = strconv.Quote(value)
			}
			if value != "" {
				fmt.Fprintf(&b, "\t%s: %s\n", name, value)
			}
		}
		if d.Named {
			show("id", d.ID)
		}
		show("title", d.Title)
		show("source", d.Source)
		show("url", d.URL)
		show("site", d.Site)
		show("author", d.Author)
		if d.Published.Precision > NoDate {
			show("published", showDate(d.Published))
		}
	}
	return strings.ReplaceAll(b.String(), dir+string(filepath.Separator), "")
}

func showDate(d Date) string {
	switch d.Precision {
	case NoDate:
		return ""
	case Year:
		return d.Time.Format("2006")
	case Month:
		return d.Time.Format("2006-01")
	case Day:
		return d.Time.Format(time.DateOnly)
	}
	return d.Time.Format(time.RFC3339Nano)
}

// A file that is written to between two passes, or gone, is told of.
func TestUnchanged(t *testing.T) {
	dir := t.TempDir()
	same := put(t, dir, "a.jsonl", line("1"))
	other := put(t, dir, "b.jsonl", line("2"))
	gone := put(t, dir, "c.jsonl", line("3"))
	c := open(t, Options{Stdin: strings.NewReader(line("4"))}, same, other, gone, "-")
	all(t, c)
	if err := c.Unchanged(); err != nil {
		t.Fatal(err)
	}
	put(t, dir, "b.jsonl", line("5")) // of the same size
	later := time.Now().Add(time.Second)
	if err := os.Chtimes(other, later, later); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(gone); err != nil {
		t.Fatal(err)
	}
	err := c.Unchanged()
	if err == nil || strings.Contains(err.Error(), same) || !errors.Is(err, fs.ErrNotExist) ||
		!strings.Contains(err.Error(), "the file changed while it was read: "+other) {
		t.Errorf("got %v", err)
	}
}
