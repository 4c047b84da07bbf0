package corpus

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// TestBlankStretches: however much white space stands between lines, before the first and
// behind the last one, records are found where they are, by all ways of reading.
func TestBlankStretches(t *testing.T) {
	var b strings.Builder
	var want []string
	blank := func(unit string, n int) { b.WriteString(strings.Repeat(unit, n)) }
	record := func() {
		lead := "\t "[:len(want)%3]
		b.WriteString(lead)
		at := b.Len()
		if lead != "" { // blanks before a record are the record's, as the line is
			at -= len(lead)
		}
		want = append(want, fmt.Sprintf("text %d, line %d, byte %d", len(want), strings.Count(b.String(), "\n")+1, at))
		fmt.Fprintf(&b, `{"text":"text %d"}`+"\n", len(want)-1)
	}
	for _, unit := range []string{"\n", "\r\n", " \n", "\t  \n", "\n \n\n"} {
		for _, n := range []int{0, 1, 7, 8, 9, 17, 1000, blankSize - 1, blankSize, blankSize + 1, 3 * blankSize} {
			blank(unit, n)
			record()
		}
	}
	blank("\n", widestChunk+blankSize)
	record()
	blank(" \r\n", 2*blankSize)
	c := open(t, Options{}, put(t, t.TempDir(), "in.jsonl", b.String()))
	check := func(way string, docs []*Document) {
		t.Helper()
		if len(docs) != len(want) {
			t.Fatalf("%s: %d records, want %d", way, len(docs), len(want))
		}
		for i, d := range docs {
			if got := fmt.Sprintf("%s, line %d, byte %d", d.Text, d.Handle.Record, d.Handle.Offset); got != want[i] {
				t.Fatalf("%s: %s, want %s", way, got, want[i])
			}
		}
	}
	var docs []*Document
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		docs = append(docs, d)
	}
	check("one by one", docs)
	for _, size := range []int{32, 1000, 1 << 18} {
		docs, _, err := inChunks(c, size)
		if err != nil {
			t.Fatal(err)
		}
		check(fmt.Sprint("in chunks of ", size), docs)
	}
}

func TestBlanksAtEnds(t *testing.T) {
	for n := range 40 {
		for at := range n + 1 {
			b := bytes.Repeat([]byte("\n"), n)
			if at < n {
				b[at] = " \tx\r\x00\x8a"[(n+at)%6]
			}
			if got, want := leadingBlanks(b), n-len(bytes.TrimLeft(b, blanks)); got != want {
				t.Errorf("%q begins with %d blanks, not %d", b, want, got)
			}
			if got, want := trailingBlanks(b), n-len(bytes.TrimRight(b, blanks)); got != want {
				t.Errorf("%q ends in %d blanks, not %d", b, want, got)
			}
		}
	}
}

// BenchmarkBlankLines reads line ends between which nothing stands.
func BenchmarkBlankLines(b *testing.B) {
	path := put(b, b.TempDir(), "in.jsonl", strings.Repeat("\n", 64<<20))
	c := open(b, Options{}, path)
	b.SetBytes(64 << 20)
	for b.Loop() {
		if docs, _, err := inChunks(c, 1<<18); len(docs) > 0 || err != nil {
			b.Fatal(len(docs), err)
		}
	}
}
