package corpus

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"

	"reprint/internal/short"
)

// pages is much text in short records.
func pages(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, "{\"id\":%d,\"text\":\"Meldung %d: Die Fähre fährt %x.\"}\n", i, i, uint32(i)*2654435761)
	}
	return b.String()
}

// A compressed file that is cut off or damaged gives the records before the
// fault, then one error with file, record and offset; with Skip the next file
// is read.
func TestBrokenStreams(t *testing.T) {
	content := pages(20_000)
	lines := strings.Split(content, "\n")
	for _, kind := range []string{"gz", "zst"} {
		packed := pack(t, kind, content)
		flipped := []byte(packed)
		flipped[len(flipped)/2] ^= 0x55
		for name, bad := range map[string]string{
			"cut off":   packed[:len(packed)*2/3],
			"damaged":   string(flipped),
			"more":      packed + "garbage behind it",
			"one byte":  packed[:1],
			"not at it": content,
			"empty":     "",
		} {
			t.Run(kind+" "+name, func(t *testing.T) {
				dir := t.TempDir()
				path := put(t, dir, "a.jsonl."+kind, bad)
				next := put(t, dir, "b.jsonl", line("next"))
				docs, rejected := read(t, Options{}, path, next)
				if kind == "zst" && name == "empty" {
					if len(docs) != 1 || len(rejected) != 0 {
						t.Fatal("an empty zst file holds nothing")
					}
					return
				}
				if len(rejected) < 1 || docs[len(docs)-1].Text != "next" {
					t.Fatalf("%d documents, %d rejected", len(docs), len(rejected))
				}
				last := rejected[len(rejected)-1]
				if last.File != path || !strings.Contains(last.Err.Error(), kind+" data is") {
					t.Errorf("got %v", last.Err)
				}
				before := docs[:len(docs)-1]
				for i, d := range before {
					if string(d.Raw) != lines[i] && name != "damaged" {
						t.Fatalf("document %d is %q", i, d.Raw)
					}
				}
				if name == "cut off" && (len(before) < 1000 || last.Record != len(before)+1 || last.Offset == 0) {
					t.Errorf("%d documents before record %d, byte %d", len(before), last.Record, last.Offset)
				}
				if name == "cut off" && (len(last.Raw) == 0 || !strings.HasPrefix(lines[len(before)], string(last.Raw))) {
					t.Errorf("of the record that is cut off %q is kept", last.Raw)
				}
				if name == "more" && len(before) != 20_000 {
					t.Errorf("%d documents", len(before))
				}
			})
		}
	}
}

// The standard library cannot write bz2: these are the bytes that the bzip2
// command makes of line("x").
const bzip2Line = "BZh91AY&SY`\xcab\xe4\x00\x00\x05\xd9\x80\x00\x10\x10\x00\x00\x10\x02\x00\x04J \x00\"\r2z\x840 \x849\xa5@\xbc]\xc9\x14\xe1BA\x83)\x8b\x90"

func TestBzip2(t *testing.T) {
	dir := t.TempDir()
	docs, rejected := read(t, Options{}, put(t, dir, "a.jsonl.bz2", bzip2Line), put(t, dir, "noname", bzip2Line), put(t, dir, "b.jsonl.bz2", bzip2Line[:30]))
	if got := texts(docs); !slices.Equal(got, []string{"x", "x"}) {
		t.Errorf("got %q", got)
	}
	if len(rejected) != 1 || !strings.Contains(rejected[0].Err.Error(), "the bz2 data is cut off") {
		t.Errorf("got %v", rejected)
	}
}

// Without Skip the first fault ends the pass; it says where and what to do.
func TestStop(t *testing.T) {
	path := put(t, t.TempDir(), "a.jsonl", line("1")+`{"body2":"x"}`+"\n"+line("3"))
	var got []string
	for d, err := range open(t, Options{}, path).All() {
		if err == nil {
			got = append(got, d.Text)
			continue
		}
		var re *ReadError
		if !errors.As(err, &re) || re.File != path || re.Record != 2 || re.Offset != int64(len(line("1"))) || !strings.Contains(re.Hint, `"body2"`) {
			t.Errorf("got %#v", err)
		}
		if d != nil {
			t.Error("a document beside the error")
		}
		got = append(got, "error")
	}
	if !slices.Equal(got, []string{"1", "error"}) {
		t.Errorf("got %q", got)
	}
}

// Rejected is called once for each record, though a pass is broken off and
// others follow.
func TestRejectedOnce(t *testing.T) {
	dir := t.TempDir()
	var got []string
	o := Options{Skip: true, Rejected: func(r Rejection) { got = append(got, fmt.Sprint(r.Record, " ", string(r.Raw))) }}
	c := open(t, o, put(t, dir, "a.jsonl", "no 1\n"+line("2")+"no 3\n"), put(t, dir, "b.jsonl", "no 1\n"+line("2")))
	for range c.All() {
		break
	}
	if !slices.Equal(got, []string{"1 no 1"}) {
		t.Errorf("after the first document: %q", got)
	}
	for range 2 {
		for range c.All() {
		}
	}
	if !slices.Equal(got, []string{"1 no 1", "3 no 3", "1 no 1"}) {
		t.Errorf("got %q", got)
	}
}

// A few bytes that unpack to very many are stopped at the bound.
func TestBomb(t *testing.T) {
	var b strings.Builder
	for range 3000 {
		b.WriteString(line(strings.Repeat("ha", 500)))
	}
	for _, kind := range []string{"gz", "zst"} {
		path := put(t, t.TempDir(), "a.jsonl."+kind, pack(t, kind, b.String()))
		docs, rejected := read(t, Options{MaxStream: 1 << 20}, path)
		if len(docs) > 1<<20/1000 || len(docs) < 900 || len(rejected) != 1 || !strings.Contains(rejected[0].Err.Error(), "more than 1048576 bytes") {
			t.Errorf("%s: %d documents, %v", kind, len(docs), rejected)
		}
		if docs, rejected = read(t, Options{MaxStream: int64(b.Len())}, path); len(docs) != 3000 || len(rejected) > 0 {
			t.Errorf("%s at the bound: %d documents, %v", kind, len(docs), rejected)
		}
	}
}

// endless yields head, then the same bytes again and again up to size, then tail.
type endless struct {
	head, body, tail string
	left             int64
}

func (e *endless) Read(p []byte) (int, error) {
	if e.head != "" {
		n := copy(p, e.head)
		e.head = e.head[n:]
		return n, nil
	}
	if e.left > 0 {
		p = p[:min(int64(len(p)), e.left)]
		n := copy(p, e.body)
		for n < len(p) {
			n += copy(p[n:], p[:n])
		}
		e.left -= int64(n)
		return n, nil
	}
	n := copy(p, e.tail)
	e.tail = e.tail[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

// Records far above MaxRecord cost time, not memory, in every format, and what
// follows them is read where the format allows.
func TestLongRecordsInBoundedMemory(t *testing.T) {
	short.Alone(t)
	const size = 1 << 25
	for _, c := range []struct {
		name       string
		in         endless
		docs, bads int
	}{
		{"a.jsonl", endless{head: `{"text":"`, body: "lang ", tail: "\"}\n" + line("next")}, 1, 1},
		{"b.jsonl", endless{body: "\n", tail: line("next")}, 1, 0},
		{"c.jsonl", endless{body: " ", tail: line("next")}, 0, 1},
		{"a.json", endless{head: `[{"text":"`, body: "lang ", tail: "\"}," + line("next") + "]"}, 1, 1},
		{"b.json", endless{head: `[`, body: "[", tail: ""}, 0, 2}, // too long, and the file ends in it
		{"c.json", endless{body: " ", tail: line("next")}, 0, 1},
		{"d.json", endless{body: "1", tail: line("next")}, 1, 1},
		{"a.csv", endless{head: "text,a\nx,", body: "lang ", tail: "\ny,z"}, 1, 1},
		{"b.csv", endless{head: "text,a\n", body: "\n", tail: "y,z"}, 1, 0},
		{"c.csv", endless{body: "x", tail: "\n"}, 0, 1},
		{"a.txt", endless{body: "lang ", tail: "\n"}, 0, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			c.in.left = size
			o, err := Options{MaxText: 1 << 20, MaxRecord: 1 << 20, Skip: true}.fill()
			if err != nil {
				t.Fatal(err)
			}
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			p := newPass(&Collection{opts: o})
			docs, bads := drain(p, c.name, &c.in)
			runtime.ReadMemStats(&after)
			if docs != c.docs || bads != c.bads {
				t.Errorf("%d documents, %d rejected, want %d, %d", docs, bads, c.docs, c.bads)
			}
			if used := after.TotalAlloc - before.TotalAlloc; used > 16<<20 {
				t.Errorf("%d MiB allocated", used>>20)
			}
		})
	}
}

// Very deep nesting is a fault of its record, not of the program.
func TestDeepNesting(t *testing.T) {
	short.Alone(t)
	deep := `{"text":"x","a":` + strings.Repeat("[", 1e6) + strings.Repeat("]", 1e6) + "}"
	for name, content := range map[string]string{"a.jsonl": deep + "\n" + line("next"), "a.json": "[" + deep + "," + line("next") + "]"} {
		docs, rejected := read(t, Options{}, put(t, t.TempDir(), name, content))
		if got := texts(docs); !slices.Equal(got, []string{"next"}) || len(rejected) != 1 {
			t.Errorf("%s: got %q, %d rejected", name, got, len(rejected))
		}
	}
}

// What one very long record needed is given back.
func TestWindowShrinks(t *testing.T) {
	short.Alone(t)
	o, err := Options{}.fill()
	if err != nil {
		t.Fatal(err)
	}
	p := newPass(&Collection{opts: o})
	in := line(strings.Repeat("lang ", 4<<20)) + strings.Repeat(line(strings.Repeat("kurz ", 200)), 50_000)
	docs, bads := drain(p, "a.jsonl", strings.NewReader(in))
	if docs != 50_001 || bads > 0 || len(p.window.buf) > keepSize {
		t.Errorf("%d documents, %d rejected, a window of %d bytes", docs, bads, len(p.window.buf))
	}
	if docs, bads = drain(p, "a.txt", strings.NewReader(in)); docs != 0 || bads != 1 {
		t.Errorf("%d documents, %d rejected", docs, bads)
	}
}

// drain reads a stream as a file of this name.
func drain(p *pass, name string, in io.Reader) (docs, bads int) {
	_, format := byExtension(name)
	r, err := format.open(p, nil, &stream{r: in})
	if err != nil {
		return 0, 1
	}
	for {
		var d Document
		err := r.next(&d)
		switch err.(type) {
		case nil:
			docs++
		case *fault:
			bads++
		default:
			if err != io.EOF {
				bads++
			}
			return docs, bads
		}
	}
}

// A stream that errs in the middle, or never yields anything, ends the file.
func TestReadErrors(t *testing.T) {
	broken := errors.New("input/output error")
	for _, c := range drawn {
		for _, head := range []string{"", "{", "[{\"text\":\"x\"},", "text,id\nx,1\n", "text,id\n\"x"} {
			p := newPass(&Collection{opts: Options{MaxText: 1 << 10, MaxRecord: 1 << 12}})
			_, format := byExtension(c.name)
			r, err := format.open(p, nil, &stream{r: io.MultiReader(strings.NewReader(head), errorReader{broken})})
			for err == nil || isFault(err) {
				if isFault(err) && r == nil {
					break // a header without a text
				}
				var d Document
				err = r.next(&d)
			}
			if !errors.Is(err, broken) && !isFault(err) {
				t.Errorf("%s, %q: got %v", c.name, head, err)
			}
		}
	}
	w := window{r: idleReader{}}
	if _, ok := w.at(0); ok || w.err != io.ErrNoProgress {
		t.Errorf("got %v", w.err)
	}
}

func isFault(err error) bool {
	_, ok := err.(*fault)
	return ok
}

type errorReader struct{ err error }

func (r errorReader) Read([]byte) (int, error) { return 0, r.err }

type idleReader struct{}

func (idleReader) Read([]byte) (int, error) { return 0, nil }

// Names that are new in every record do not pile up.
func TestManyNames(t *testing.T) {
	short.Alone(t)
	var b bytes.Buffer
	for i := range 3 * knownMost {
		fmt.Fprintf(&b, "{\"k%d\":1,\"Text\":\"x\"}\n", i)
	}
	p := newPass(&Collection{opts: Options{MaxText: 1 << 10, MaxRecord: 1 << 12}})
	docs, bads := drain(p, "a.jsonl", &b)
	if docs != 3*knownMost || bads > 0 || len(p.json.top.known) > knownMost {
		t.Errorf("%d documents, %d rejected, %d names", docs, bads, len(p.json.top.known))
	}
}

// Zeros may fill up a gzip file behind its last member, as gzip(1) has it; what else stands
// there is damage, and so is what stands behind the zeros.
func TestGzipPadding(t *testing.T) {
	short.Alone(t)
	const one, two = "{\"text\":\"a\"}\n", "{\"text\":\"b\"}\n"
	packed := pack(t, "gz", one) + pack(t, "gz", "") + pack(t, "gz", two)
	zeros := strings.Repeat("\x00", 700_000)
	for _, c := range []struct{ behind, fault string }{
		{"", ""},
		{"\x00", ""},
		{zeros, ""},
		{"\n", "the gz data is cut off"},
		{strings.Repeat("x", 20), "the gz data is damaged"},
		{zeros + "x", "the gz data is damaged"},
		{zeros + pack(t, "gz", one), "the gz data is damaged"},
		{pack(t, "gz", one)[:5], "the gz data is cut off"},
	} {
		path := put(t, t.TempDir(), "a.jsonl.gz", packed+c.behind)
		docs, fault := 0, ""
		for _, err := range open(t, Options{}, path).All() {
			if err != nil {
				fault = err.Error()
				break
			}
			docs++
		}
		if docs != 2 || (fault == "") != (c.fault == "") || !strings.Contains(fault, c.fault) {
			t.Errorf("%d bytes behind: %d documents, %q; want 2, %q", len(c.behind), docs, fault, c.fault)
		}
	}
}
