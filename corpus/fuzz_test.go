package corpus

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// checkPass reads content as a file of the given name and checks what must hold
// of any input: documents and rejections are in order and numbered, each
// document's record stands where its handle says, a second pass gives the same,
// and writing all documents back gives records that read the same again. Where
// nothing was rejected, it gives the file itself.
func checkPass(t testing.TB, dir, name, content string) (docs []*Document, rejected []Rejection) {
	t.Helper()
	path := put(t, dir, name, content)
	o := Options{Skip: true, MaxText: 1 << 16, Rejected: func(r Rejection) { rejected = append(rejected, r) }}
	c := open(t, o, path)
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		h := d.Handle
		if len(docs) > 0 && h.Record <= docs[len(docs)-1].Handle.Record || d.Number != len(docs) {
			t.Fatalf("document %d is record %d", d.Number, h.Record)
		}
		if string(d.Raw) != content[h.Offset:int(h.Offset)+h.Length] {
			t.Fatalf("%+v is %q", h, d.Raw)
		}
		docs = append(docs, d)
	}
	records := len(rejected)
	var again []string
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		again = append(again, d.Text)
	}
	if !slices.Equal(texts(docs), again) || len(rejected) != records {
		t.Fatal("the second pass differs")
	}
	for _, size := range []int{1, 100, 1 << 16} {
		checkChunks(t, c, size, docs)
	}
	if len(rejected) != records {
		t.Fatal("a pass in chunks reports what was reported")
	}
	out := rewrite(t, c, docs, func(w *Writer, d *Document) error { return w.Write(d) })
	if len(rejected) == 0 && len(docs) > 0 && out != content {
		t.Fatalf("%q is written back as %q", content, out)
	}
	if got, _ := read(t, Options{}, put(t, dir, "again-"+name, out)); !slices.Equal(texts(got), texts(docs)) {
		t.Fatalf("%q is written back as %q", content, out)
	}
	out = rewrite(t, c, docs, func(w *Writer, d *Document) error { return w.WriteText(d, marked(d)) })
	got, bad := read(t, Options{}, put(t, dir, "changed-"+name, out))
	if len(got) != len(docs) || len(bad) > 0 {
		t.Fatalf("%q is changed to %q", content, out)
	}
	for i, d := range got {
		if d.Text != marked(docs[i]) || d.Title != docs[i].Title || d.Named && d.ID != docs[i].ID {
			t.Fatalf("%q is changed to %q", docs[i].Raw, d.Raw)
		}
	}
	return docs, rejected
}

// checkChunks reads a collection in chunks and checks that it holds these documents.
func checkChunks(t testing.TB, c *Collection, size int, docs []*Document) {
	t.Helper()
	r := c.NewChunkReader()
	n := 0
	for k, err := range c.Chunks(0, len(c.inputs), size, false) {
		if err != nil {
			t.Fatal(err)
		}
		first := n
		for d, err := range r.Texts(k) {
			if err != nil || n == len(docs) {
				t.Fatalf("document %d of %d: %v", n, len(docs), err)
			}
			w := docs[n]
			if d.Text != w.Text || d.ID != w.ID || d.Source != w.Source || d.Site != w.Site || d.Published != w.Published || d.Handle != w.Handle {
				t.Fatalf("in chunks of %d: %+v, want %+v", size, d, w)
			}
			n++
		}
		k.rejected = nil
		found, err := r.Records(k, first, n-first, func(i int) bool { return i%2 == 0 })
		if err != nil {
			t.Fatal(err)
		}
		i := first
		for d := range found {
			w := docs[i]
			if d.Number != i || d.Handle != w.Handle || string(d.Raw) != string(w.Raw) || d.before != w.before || d.after != w.after {
				t.Fatalf("in chunks of %d: %+v, want %+v", size, d, w)
			}
			if i%2 == 0 && (d.ID != w.ID || d.Text != w.Text || d.Title != w.Title) {
				t.Fatalf("in chunks of %d: %+v, want %+v", size, d, w)
			}
			i++
		}
		k.rejected = nil
		whole, err := r.Documents(k, first)
		if err != nil {
			t.Fatal(err)
		}
		for at, d := range whole {
			w := *docs[first+at]
			w.literal, w.encoding = d.literal, d.encoding
			if !reflect.DeepEqual(*d, w) {
				t.Fatalf("in chunks of %d: %+v, want %+v", size, d, w)
			}
		}
		if len(whole) != n-first {
			t.Fatalf("%d records, then %d documents", n-first, len(whole))
		}
		if i != n {
			t.Fatalf("%d records, then %d", n-first, i-first)
		}
		k.Report()
		k.Release()
	}
	if n != len(docs) {
		t.Fatalf("in chunks of %d: %d documents, want %d", size, n, len(docs))
	}
}

func marked(d *Document) string { return "\"ü,;\t\r\n\\" + d.Text }

// rewrite returns what write makes of docs.
func rewrite(t testing.TB, c *Collection, docs []*Document, write func(*Writer, *Document) error) string {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(c, "-", WriterOptions{Stdout: &out})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range docs {
		if err := write(w, d); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// A line is a record if, and only if, encoding/json decodes it to an object
// with a string under "text", and that string is the text.
func FuzzLines(f *testing.F) {
	for _, s := range []string{
		"{\"text\":\"a\"}\r\n\r\n{\"id\":1,\"text\":\"b\\u00fc\"}\n", "\ufeff\n{\"text\":\"x\"} \n[]\n{\"text\":5}\n{}",
		`{"text":{"text":"x"},"text":"y","TEXT":"z"}`, "{\"text\":\"\xff\",\"a\":[[{}]]}", "  \n\n", `{"text":"\ud83d"}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if enc := sniffEncoding([]byte(content)); enc >= utf16LE {
			return
		}
		docs, rejected := checkPass(t, t.TempDir(), "a.jsonl", content)
		lines := strings.Split(strings.TrimPrefix(content, bomUTF8), "\n")
		records := 0
		for i, line := range lines {
			if strings.Trim(line, " \t\r") == "" {
				continue
			}
			records++
			want, ok := oracleText(line)
			at := slices.IndexFunc(docs, func(d *Document) bool { return d.Handle.Record == i+1 })
			switch {
			case !usualOnly(line):
			case ok != (at >= 0):
				t.Fatalf("line %d, %q: accepted %v, want %v", i+1, line, at >= 0, ok)
			case ok && toValid(docs[at].Text) != want:
				t.Fatalf("line %d, %q: got %q, want %q", i+1, line, docs[at].Text, want)
			}
		}
		if len(docs)+len(rejected) != records {
			t.Fatalf("%q: %d documents and %d rejections of %d lines", content, len(docs), len(rejected), records)
		}
	})
}

// usualOnly tells whether no other field than "text" could give the text.
func usualOnly(line string) bool {
	var all map[string]json.RawMessage
	if json.Unmarshal([]byte(line), &all) != nil {
		return true
	}
	for name := range all {
		low := strings.ToLower(name)
		if name != "text" && slices.Contains(usualNames[textRole], low) || !utf8.ValidString(name) || strings.Contains(name, "\ufffd") {
			return false
		}
	}
	return strings.Count(line, "text") < 2 && !strings.Contains(line, `\`)
}

func oracleText(line string) (string, bool) {
	var all map[string]any
	if json.Unmarshal([]byte(line), &all) != nil || all == nil {
		return "", false
	}
	s, ok := all["text"].(string)
	return s, ok
}

// The elements of an array that encoding/json decodes are all read.
func FuzzValues(f *testing.F) {
	for _, s := range []string{
		" [ {\"text\":\"a\"} ,\n{\"text\":\"]\\\"}\"}\n] \n", "[]", "[1,,{\"text\":\"x\"}]", "{\"text\":\"a\"}{\"text\":\"b\"} x", "[{\"text\":\"a\"}", "[", "}", "\ufeff{\"text\":\n\"a\"}",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		if enc := sniffEncoding([]byte(content)); enc >= utf16LE {
			return
		}
		docs, rejected := checkPass(t, t.TempDir(), "a.json", content)
		var all []json.RawMessage
		if json.Unmarshal([]byte(strings.TrimPrefix(content, bomUTF8)), &all) == nil && len(docs)+len(rejected) != len(all) {
			t.Fatalf("%q: %d documents and %d rejections of %d values", content, len(docs), len(rejected), len(all))
		}
	})
}

// What encoding/csv reads without complaint is read the same way, save that
// "\r\n" within quotes stays.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"id,text\n1,\"a,\"\"b\"\"\r\nc\"\r\n\r\n2,x", "text;id\na;1\n\"\";\n", "\ufefftext\n\"x\"\n", "text,a,b\n,,,\n\"x\"y,,\n", "text\n\"open\n\n", "id\ttext\n\"a\" b\tc\n",
		"\r\n \nsep=;\r\nid;text\n1;a\n",
	} {
		f.Add(s, false)
		f.Add(s, true)
	}
	f.Fuzz(func(t *testing.T, content string, tabs bool) {
		if enc := sniffEncoding([]byte(content)); enc >= utf16LE {
			return
		}
		name, delim := "a.csv", delimiterOf([]byte(strings.SplitN(content, "\n", 2)[0]))
		if tabs {
			name, delim = "a.tsv", '\t'
		}
		dir := t.TempDir()
		if _, _, err := openFirst(t, put(t, dir, name, content)); err != nil {
			return
		}
		docs, rejected := checkPass(t, dir, name, content)
		r := csv.NewReader(strings.NewReader(strings.TrimPrefix(content, bomUTF8)))
		r.Comma = rune(delim)
		rows, err := r.ReadAll()
		first, _, _ := strings.Cut(strings.TrimPrefix(content, bomUTF8), "\n")
		first = strings.Trim(first, blanks)
		prelude := first == "" || strings.HasPrefix(strings.ToLower(first), "sep=")
		if err != nil || len(rows) == 0 || prelude || strings.HasSuffix(content, "\r") {
			return
		}
		if len(docs) != len(rows)-1 || len(rejected) > 0 {
			t.Fatalf("%q: %d documents, %d rejections of %d rows", content, len(docs), len(rejected), len(rows)-1)
		}
		column := slices.IndexFunc(rows[0], func(name string) bool { return strings.EqualFold(strings.TrimSpace(name), "text") })
		for i, d := range docs {
			if got := strings.ReplaceAll(d.Text, "\r\n", "\n"); column >= 0 && got != rows[i+1][column] {
				t.Fatalf("%q: row %d is %q, want %q", content, i+1, got, rows[i+1][column])
			}
		}
	})
}

// openFirst opens the first file for reading, to see whether it has a header.
func openFirst(t *testing.T, path string) (reader, *stream, error) {
	c := open(t, Options{}, path)
	r, s, err := newPass(c).open(c.inputs[0])
	if err == nil {
		s.Close()
	}
	return r, s, err
}

// First bytes of any kind give a known format or none, never a panic, and a
// file of that name and content can be opened or is refused by name.
func FuzzSniff(f *testing.F) {
	for _, s := range []string{"{\"text\":\"a\"}\n", "[", " {", "id,text\n", "text\tid\n1", "\x1f\x8b\x08", "\x28\xb5\x2f\xfd", "BZh9", "\ufeff{\"a\":\n1}", pack(f, "gz", "{}"), pack(f, "zst", "[]")} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, content string) {
		path := put(t, t.TempDir(), "noname", content)
		c, err := Open(Options{Skip: true, MaxText: 1 << 10, MaxStream: 1 << 16}, path)
		if err != nil {
			if !strings.Contains(err.Error(), path) {
				t.Fatalf("%v does not name the path", err)
			}
			return
		}
		defer c.Close()
		for _, err := range c.All() {
			if err != nil {
				t.Fatal(err)
			}
		}
	})
}
