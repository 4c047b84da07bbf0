package corpus

import (
	"slices"
	"strings"
	"testing"
)

const oddLines = `{"text":"a","when":"2021-02-03","id":""}
{"text":"b","when":" "}
{"text":"c","when":"03/14/2021","src":null}
{"text":"d","when":"03/15/2021"}
`

const oddTable = "text,when,src\na,2021-02-03,\nb,03/14/2021,\nc,03/15/2021,\n"

func TestOddities(t *testing.T) {
	o := Options{DateField: "when", SourceField: "src", IDField: "nr", TitleField: none}
	for _, c := range []struct {
		name, content string
		o             Options
		unseen        []string
		odd           string
	}{
		{"a.jsonl", oddLines, Options{}, nil, ""},
		{"a.jsonl", oddLines, o, []string{"nr", "src"}, `date not understood: "03/14/2021": FILE, record 3, byte 65`},
		{"a.json", oddLines, Options{DateField: "when", TitleField: "When"}, nil, `date not understood: "03/14/2021": FILE, record 3, byte 65`},
		{"a.csv", oddTable, o, []string{"nr", "src"}, `date not understood: "03/14/2021": FILE, record 2, byte 28`},
		{"a.txt", "a", o, []string{"nr", "src", "when"}, ""},
		{"a.jsonl", "", o, nil, ""},
		{"a.jsonl", `{"text":"a","when":""}`, o, []string{"nr", "src", "when"}, ""},
		{"a.csv", "text\nMünchen\n\"in M\xfcnchen und K\xf6ln\"\n", Options{}, nil, `the text is not UTF-8, letters beyond ASCII are lost to matching: "M\xfcnchen und K\xf6ln": FILE, record 2, byte 14`},
		{"a.txt", "Mitten in M\xfc", Options{}, nil, `the text is not UTF-8, letters beyond ASCII are lost to matching: "M\xfc": FILE, record 1, byte 0`},
		{"a.jsonl", "{\"text\":\"a\"}\n{\"text\":\"in M\xfcnchen\"}\n", Options{}, nil, `the text is not UTF-8, letters beyond ASCII are lost to matching: "M\xfcnchen": FILE, record 2, byte 13`},
		{"a.json", "[{\"text\":\"in M\xfcnchen\"}]", Options{}, nil, `the text is not UTF-8, letters beyond ASCII are lost to matching: "M\xfcnchen": FILE, record 1, byte 1`},
		{"a.jsonl", `{"text":"M\ud800 \u00fc \ufffd"}`, Options{}, nil, ""},
		{"a.md", "Die Größe \ufffd", Options{}, nil, ""},
		{"a.jsonl", `{"text":"a","when":17}`, o, []string{"nr", "src"}, `date not understood: "17": FILE, record 1, byte 0`},
	} {
		path := put(t, t.TempDir(), c.name, c.content)
		all, cut := open(t, c.o, path), open(t, c.o, path)
		for _, err := range all.All() {
			if err != nil {
				t.Fatal(err)
			}
		}
		readBackward(t, cut)
		for _, col := range []*Collection{all, cut} {
			odd := ""
			for _, e := range []*ReadError{col.OddDate(), col.OddText()} {
				if e != nil {
					odd += strings.Replace(e.Error(), path, "FILE", 1)
				}
			}
			if got := col.Unseen(); !slices.Equal(got, c.unseen) || odd != c.odd {
				t.Errorf("%s %q: unseen %q, %s; want %q, %s", c.name, c.content, got, odd, c.unseen, c.odd)
			}
		}
	}
}

// readBackward reads chunks of a line or two in the wrong order.
func readBackward(t *testing.T, c *Collection) {
	t.Helper()
	var chunks []*Chunk
	for k, err := range c.Chunks(0, len(c.Files()), 40, true) {
		if err != nil {
			t.Fatal(err)
		}
		chunks = append(chunks, k)
	}
	r := c.NewChunkReader()
	for _, k := range slices.Backward(chunks) {
		for _, err := range r.Texts(k) {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}
