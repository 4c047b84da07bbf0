package corpus

import (
	"fmt"
	"io"
	"strings"
	"testing"
)

// benchTexts are texts of about 4 KB with umlauts, quotation marks and line
// ends, as news has them.
func benchTexts(n int) []string {
	all := make([]string, n)
	for i := range all {
		var b strings.Builder
		for j := 0; b.Len() < 4000; j++ {
			fmt.Fprintf(&b, "Meldung %d.%d: Die Fähre über die Havel fährt wieder, sagte „Kapitän“ Müller am Dienstag. \"Endlich\".\n", i, j)
		}
		all[i] = b.String()
	}
	return all
}

func benchFile(b *testing.B, name string) string {
	const n = 4000
	var s strings.Builder
	texts := benchTexts(n)
	switch {
	case strings.Contains(name, "jsonl"):
		for i, text := range texts {
			fmt.Fprintf(&s, `{"id": "a%d", "source": "Havelbote", "published": "2025-04-25T06:30:00+02:00", "url": "https://www.havelbote.example/%d", "tags": ["a", "b"], "text": %s}`+"\n", i, i, appendQuoted(nil, text, strings.Contains(name, "ascii")))
		}
	case strings.Contains(name, "json"):
		s.WriteByte('[')
		for i, text := range texts {
			if i > 0 {
				s.WriteString(",\n")
			}
			fmt.Fprintf(&s, `{"id": "a%d", "text": %s}`, i, appendQuoted(nil, text, false))
		}
		s.WriteByte(']')
	default:
		s.WriteString("id,text,published\n")
		for i, text := range texts {
			fmt.Fprintf(&s, "%d,\"%s\",2025-04-25\n", i, strings.ReplaceAll(text, `"`, `""`))
		}
	}
	content := s.String()
	if codec, _ := codecOf(name); codec != nil {
		content = pack(b, codec.name, content)
	}
	b.SetBytes(int64(s.Len()))
	return put(b, b.TempDir(), name, content)
}

// MB/s are of decompressed bytes.
func BenchmarkRead(b *testing.B) {
	for _, name := range []string{"a.jsonl", "ascii.jsonl", "a.jsonl.gz", "a.jsonl.zst", "a.json", "a.csv"} {
		b.Run(name, func(b *testing.B) {
			c := open(b, Options{}, benchFile(b, name))
			b.ReportAllocs()
			for b.Loop() {
				for _, err := range c.All() {
					if err != nil {
						b.Fatal(err)
					}
				}
			}
		})
	}
}

// Reading included.
func BenchmarkWriteText(b *testing.B) {
	for _, name := range []string{"a.jsonl", "a.csv"} {
		b.Run(name, func(b *testing.B) {
			c := open(b, Options{}, benchFile(b, name))
			for b.Loop() {
				w, err := NewWriter(c, "-", WriterOptions{Stdout: io.Discard})
				if err != nil {
					b.Fatal(err)
				}
				for d, err := range c.All() {
					if err == nil {
						err = w.WriteText(d, d.Text[:len(d.Text)/2])
					}
					if err != nil {
						b.Fatal(err)
					}
				}
				if err := w.Close(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParseDate(b *testing.B) {
	for _, s := range []string{"2025-04-25", "2025-04-25T06:30:00+02:00", "25. April 2025", "Fri, 25 Apr 2025 06:30:00 GMT", "no date at all"} {
		b.Run(s, func(b *testing.B) {
			for b.Loop() {
				ParseDate(s)
			}
		})
	}
}
