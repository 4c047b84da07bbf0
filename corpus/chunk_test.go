package corpus

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/klauspost/compress/gzip"

	"reprint/internal/short"
)

const recordLines = `{"id":"a","title":"A","author":"X","text":"eins"}

  {"text":"zwei", "id":"b"}
{"id":"c","url":"https://www.example.org/c","text":"drei"}
`

// inChunks reads all files in chunks, as workers do it.
func inChunks(c *Collection, size int) (docs []*Document, chunks int, err error) {
	r := c.NewChunkReader()
	for k, err := range c.Chunks(0, len(c.inputs), size, true) {
		if err != nil {
			return docs, chunks, err
		}
		chunks++
		for d, err := range r.Texts(k) {
			if err != nil {
				return docs, chunks, err
			}
			own := *d
			own.Text, own.ID, own.Source = strings.Clone(d.Text), strings.Clone(d.ID), strings.Clone(d.Source)
			docs = append(docs, &own)
		}
		k.Report()
		k.Release()
	}
	return docs, chunks, nil
}

// Records that are not looked into are written as they were read, and those that are
// needed are whole; faulty ones are left out in every pass.
func TestRecords(t *testing.T) {
	for _, faulty := range []bool{false, true} {
		lines, left := recordLines, recordLines
		if faulty {
			lines = strings.Replace(recordLines, "  {", "{\"text\":2}\n  {", 1)
			left = strings.Replace(lines, "{\"text\":2}\n", "", 1)
		}
		c := open(t, Options{Skip: true}, put(t, t.TempDir(), "in.jsonl", lines))
		out := filepath.Join(t.TempDir(), "out.jsonl")
		w, err := NewWriter(c, out, WriterOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Abort()
		r := c.NewChunkReader()
		for k, err := range c.Chunks(0, 1, 1<<20, false) {
			if err != nil {
				t.Fatal(err)
			}
			docs, err := r.Records(k, 0, 3, func(n int) bool { return n == 1 })
			if err != nil {
				t.Fatal(err)
			}
			for d := range docs {
				needed := d.Number == 1
				if !faulty && (d.Text != "") != needed || needed && d.ID != "b" || d.Raw == nil {
					t.Errorf("%+v", d)
				}
				if err := w.Write(d); err != nil {
					t.Fatal(err)
				}
			}
			k.Report()
			k.Release()
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(out); err != nil || string(got) != left {
			t.Errorf("faulty %v: %q %v", faulty, got, err)
		}
	}
}

// Chunks of several files and formats hold what All yields, and their faults are those
// of All, in order and told once.
func TestChunks(t *testing.T) {
	dir := t.TempDir()
	long := `{"id":"long","text":"` + strings.Repeat("x", 3000) + `"}` + "\n"
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	fmt.Fprint(z, strings.Repeat(recordLines, 500))
	z.Close()
	broken := packed.Bytes()[:packed.Len()-40]
	paths := []string{
		put(t, dir, "a.jsonl", recordLines+"not json\n"+long+recordLines),
		put(t, dir, "b.csv", "id,text\n1,eins\n2,zwei\n"),
		put(t, dir, "c.jsonl", "\n\n"+long+"  \n\n"+long+"{\"id\":\"z\",\"text\":\"ohne Ende\"}"),
		put(t, dir, "d.jsonl.gz", string(broken)),
		put(t, dir, "e.jsonl", "\xff\xfe{\x00}\x00"),
		put(t, dir, "f.txt", "Ein Text."),
		put(t, dir, "g.jsonl", ""),
	}
	told := func(rejected []Rejection) string {
		s := ""
		for _, r := range rejected {
			s += fmt.Sprintf("%s %d %d %v %.30q\n", filepath.Base(r.File), r.Record, r.Offset, r.Err, r.Raw)
		}
		return s
	}
	for _, size := range []int{1, 300, 5000, 1 << 20} {
		var want, got []Rejection
		o := Options{Skip: true, MaxRecord: 2000, Rejected: func(r Rejection) { want = append(want, r) }}
		all, _ := read(t, o, paths...)
		want = nil
		c := open(t, o, paths...)
		for range c.All() {
		}
		o.Rejected = func(r Rejection) { got = append(got, r) }
		c = open(t, o, paths...)
		for range 2 {
			docs, _, err := inChunks(c, size)
			if err != nil || len(docs) != len(all) {
				t.Fatalf("in chunks of %d: %d documents, want %d: %v", size, len(docs), len(all), err)
			}
			for i, d := range docs {
				if w := all[i]; d.ID != w.ID || d.Text != w.Text || d.Handle != w.Handle {
					t.Errorf("in chunks of %d: %+v, want %+v", size, d, w)
				}
			}
		}
		if told(got) != told(want) || len(want) < 5 {
			t.Errorf("in chunks of %d: rejected\n%swant\n%s", size, told(got), told(want))
		}
	}
}

// Without Skip the first fault ends a pass, whatever follows.
func TestChunksFault(t *testing.T) {
	for name, content := range map[string]string{"a.jsonl": recordLines + "[]\n" + recordLines, "a.csv": "id,text\n1,eins\n2\n", "b.jsonl": "\xff\xfe{\x00"} {
		path := put(t, t.TempDir(), name, content)
		want := error(nil)
		for _, want = range open(t, Options{}, path).All() {
		}
		if _, _, err := inChunks(open(t, Options{}, path), 50); err == nil || want == nil || err.Error() != want.Error() {
			t.Errorf("%s: %v, want %v", name, err, want)
		}
	}
}

// Chunks are cut alike in every pass, whatever memory they are given.
func TestChunksSame(t *testing.T) {
	path := put(t, t.TempDir(), "a.jsonl", strings.Repeat(recordLines, 300)+`{"id":"`+strings.Repeat("y", 9000)+`","text":""}`+"\n"+strings.Repeat(recordLines, 300))
	c := open(t, Options{}, path)
	want := 0
	for i := range 4 {
		_, n, err := inChunks(c, 1000)
		if i == 0 {
			want = n
		}
		if err != nil || n != want || n < 50 {
			t.Errorf("%d chunks, want %d: %v", n, want, err)
		}
		inChunks(c, 20_000) // leaves larger buffers behind
	}
}

// Chunks of documents that cannot be cut hold the same ones for a pass that needs all of
// them and for one that does not.
func TestChunksLean(t *testing.T) {
	var array, table strings.Builder
	for i := range 500 {
		fmt.Fprintf(&array, ",{\"id\":%d,\"title\":\"Nachricht\",\"author\":\"jemand\",\"text\":\"%s\"}\n", i, strings.Repeat("ein Wort ", i%37))
		fmt.Fprintf(&table, "%d,Nachricht,jemand,\"%s\"\n", i, strings.Repeat("ein Wort ", i%37))
	}
	dir := t.TempDir()
	for _, path := range []string{
		put(t, dir, "a.json", "["+array.String()[1:]+"]"),
		put(t, dir, "a.csv", "id,title,author,text\n"+table.String()),
	} {
		c := open(t, Options{}, path)
		counts := func(lean bool) (list []int) {
			for k, err := range c.Chunks(0, 1, 9000, lean) {
				if err != nil {
					t.Fatal(err)
				}
				list = append(list, k.Count())
				k.Release()
			}
			return list
		}
		if whole, lean := counts(false), counts(true); len(whole) < 10 || !slices.Equal(whole, lean) {
			t.Errorf("%s: documents of chunks: %v, lean %v", filepath.Base(path), whole, lean)
		}
	}
}

// TestLongLines: lines of megabytes are read in chunks as they are one by one, those that are
// too long are rejected, and what the next one takes of memory is what this one took.
func TestLongLines(t *testing.T) {
	short.Alone(t)
	const most = 10 << 20
	of := func(size int) string { return line(strings.Repeat("x", size-len(line("")))) }
	var b strings.Builder
	var want []string
	for i, size := range []int{100, widestChunk - 1, widestChunk, widestChunk + 1, 2 * widestChunk, 100, most, most + 1, most + 2, 9 << 20, 100, 7*widestChunk + 5, 100, 100} {
		verdict := "read"
		if size > most+1 { // with its line end
			verdict = "rejected"
		}
		want = append(want, fmt.Sprintf("%d %d %s", i+1, b.Len(), verdict))
		b.WriteString(of(size))
	}
	path := put(t, t.TempDir(), "in.jsonl", b.String())
	for _, end := range []string{"", "\n\n", strings.Repeat("y", 2*most)} {
		if err := os.WriteFile(path, []byte(b.String()+end), 0o666); err != nil {
			t.Fatal(err)
		}
		want := want
		if len(end) > 2 {
			want = append(want[:len(want):len(want)], fmt.Sprintf("%d %d rejected", len(want)+1, b.Len()))
		}
		for _, size := range []int{1000, 1 << 18, 6 << 20} {
			var got []string
			o := Options{MaxText: most, MaxRecord: most, Skip: true}
			note := func(h Handle, verdict string) {
				got = append(got, fmt.Sprintf("%d %d %s", h.Record, h.Offset, verdict))
			}
			o.Rejected = func(r Rejection) { note(Handle{Record: r.Record, Offset: r.Offset}, "rejected") }
			docs, _, err := inChunks(open(t, o, path), size)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range docs {
				note(d.Handle, "read")
			}
			slices.SortFunc(got, func(a, b string) int { return slices.Index(want, a) - slices.Index(want, b) })
			if !slices.Equal(got, want) {
				t.Errorf("in chunks of %d: %q, want %q", size, got, want)
			}
		}
	}
}

// TestLongLinesMemory: one line after the other that is too long takes no more than one.
func TestLongLinesMemory(t *testing.T) {
	short.Alone(t)
	const most = 32 << 20
	path := put(t, t.TempDir(), "in.jsonl", strings.Repeat(strings.Repeat("x", 2*most)+"\n", 4)+line("last"))
	c := open(t, Options{MaxText: most, MaxRecord: most, Skip: true}, path)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	docs, _, err := inChunks(c, 1<<18)
	runtime.ReadMemStats(&after)
	if len(docs) != 1 || err != nil {
		t.Errorf("%d documents, %v", len(docs), err)
	}
	if used := after.TotalAlloc - before.TotalAlloc; used > 2*most+(16<<20) {
		t.Errorf("%d MiB allocated", used>>20)
	}
}
