package corpus

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
)

// Pieces that texts are drawn from: both kinds of news, and what breaks readers.
var pieces = []string{
	"Die Fähre fährt wieder. ", "The ferry runs again. ", "„Endlich“, sagt Müller. ", "fu\u0308r ", "渡し船。", "เรือ", "👩‍👧 ", "שלום ",
	"", "a", "\n", "\r\n", "\r", "\t", "\"", `""`, "'", ",", ";", "\\", "{", "}]", "[", "\u2028", "\x00", "\ufeff", "\xff", "\xc3", "<b>", "\\u00fc", "=1+1",
}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 6).Draw(t, "text"), "")
}

func drawSpace(t *rapid.T, line bool) string {
	from := []string{"", "", " ", "  ", "\t", " \t"}
	if !line {
		from = append(from, "\n", "\r\n", "\n\n  ")
	}
	return rapid.SampledFrom(from).Draw(t, "space")
}

// drawObject writes an object with odd spacing, escapes, repeated and nested
// fields; line keeps it on one line.
func drawObject(t *rapid.T, text string, line bool) string {
	sp := func() string { return drawSpace(t, line) }
	quoted := string(appendQuoted(nil, text, rapid.Bool().Draw(t, "ascii")))
	fields := []string{`"text"` + sp() + ":" + sp() + quoted}
	for range rapid.IntRange(0, 3).Draw(t, "others") {
		fields = append(fields, rapid.SampledFrom([]string{
			`"id": "7"`, `"id":1e5`, `"tags":["]","}",{}]`, `"n":null`, `"x":{"text":"inner"}`, `"text":"an earlier one"`, `"body":true`, `"\u0074itle":"\\"`,
		}).Draw(t, "field"))
	}
	slices.Reverse(fields) // the last "text" counts
	return "{" + sp() + strings.Join(fields, sp()+","+sp()) + sp() + "}"
}

func drawTexts(t *rapid.T) []string {
	return rapid.SliceOfN(rapid.Custom(drawText), 0, 8).Draw(t, "texts")
}

func drawMark(t *rapid.T) string { return rapid.SampledFrom([]string{"", bomUTF8}).Draw(t, "mark") }

func drawEnd(t *rapid.T) string {
	return rapid.SampledFrom([]string{"\n", "\r\n", "\n\n", "\r\n \t\n"}).Draw(t, "end")
}

func drawLines(t *rapid.T, all []string) string {
	b := drawMark(t)
	for i, text := range all {
		b += drawObject(t, text, true)
		if end := drawEnd(t); i < len(all)-1 || rapid.Bool().Draw(t, "ended") {
			b += end
		}
	}
	return b
}

func drawArray(t *rapid.T, all []string) string {
	sp := func() string { return drawSpace(t, false) }
	b := drawMark(t) + sp() + "[" + sp()
	for i, text := range all {
		if i > 0 {
			b += sp() + "," + sp()
		}
		b += drawObject(t, text, false)
	}
	return b + sp() + "]" + sp()
}

func drawValues(t *rapid.T, all []string) string {
	b := drawMark(t) + drawSpace(t, false)
	for _, text := range all {
		b += drawObject(t, text, false) + drawSpace(t, false)
	}
	return b
}

func drawTable(t *rapid.T, all []string, delim string) string {
	cell := func(s string) string {
		if strings.ContainsAny(s, "\r\n\""+delim) || s == "" && delim == "" || rapid.Bool().Draw(t, "quoted") {
			return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
		}
		return s
	}
	b := drawMark(t) + "id" + delim + cell("text") + delim + "more\n"
	for i, text := range all {
		b += fmt.Sprint(i+1) + delim + cell(text) + delim + cell(drawText(t))
		if i < len(all)-1 || rapid.Bool().Draw(t, "ended") {
			b += rapid.SampledFrom([]string{"\n", "\r\n", "\n\n"}).Draw(t, "end")
		}
	}
	return b
}

var drawn = []struct {
	name string
	draw func(*rapid.T, []string) string
}{
	{"a.jsonl", drawLines},
	{"a.json", drawArray},
	{"b.json", drawValues},
	{"a.csv", func(t *rapid.T, all []string) string { return drawTable(t, all, ",") }},
	{"b.csv", func(t *rapid.T, all []string) string { return drawTable(t, all, ";") }},
	{"a.tsv", func(t *rapid.T, all []string) string { return drawTable(t, all, "\t") }},
}

// Whatever the spacing, line ends and quoting: every text is read, and records
// that are not changed give the same bytes.
func TestRoundTrip(t *testing.T) {
	short.Alone(t)
	for _, f := range drawn {
		t.Run(f.name, func(t *testing.T) {
			dir := t.TempDir()
			rapid.Check(t, func(rt *rapid.T) {
				all := drawTexts(rt)
				content := f.draw(rt, all)
				docs, rejected := checkPass(t, dir, f.name, content)
				if got := texts(docs); !slices.Equal(got, all) || len(rejected) > 0 {
					rt.Fatalf("%q: got %q, want %q; %v", content, got, all, rejected)
				}
			})
		})
	}
}

// Any choice of records of two files is written in the input's format: they
// read the same again, and each has the bytes that it had.
func TestRoundTripOfSome(t *testing.T) {
	short.Alone(t)
	for _, f := range drawn {
		t.Run(f.name, func(t *testing.T) {
			dir := t.TempDir()
			rapid.Check(t, func(rt *rapid.T) {
				one := put(t, dir, "1"+f.name, f.draw(rt, drawTexts(rt)))
				two := put(t, dir, "2"+f.name, f.draw(rt, drawTexts(rt)))
				c := open(t, Options{}, one, two)
				var kept []*Document
				for d, err := range c.All() {
					if err != nil {
						rt.Fatal(err)
					}
					if rapid.Bool().Draw(rt, "keep") {
						kept = append(kept, d)
					}
				}
				out := rewrite(t, c, kept, (*Writer).Write)
				got, rejected := read(t, Options{}, put(t, dir, "out-"+f.name, out))
				same := func(a, b *Document) bool { return a.Text == b.Text && string(a.Raw) == string(b.Raw) }
				if !slices.EqualFunc(got, kept, same) || len(rejected) > 0 {
					rt.Fatalf("%q and %q become %q; %v", get(t, one), get(t, two), out, rejected)
				}
			})
		})
	}
}

// However small the pieces are in which a stream comes, the same is read.
func TestPieces(t *testing.T) {
	short.Alone(t)
	for _, f := range drawn {
		t.Run(f.name, func(t *testing.T) {
			rapid.Check(t, func(rt *rapid.T) {
				all := drawTexts(rt)
				content := f.draw(rt, all)
				size := rapid.IntRange(1, 9).Draw(rt, "size")
				o, err := Options{}.fill()
				if err != nil {
					rt.Fatal(err)
				}
				p := newPass(&Collection{opts: o})
				format := formatOf(f.name[1:])
				r, err := format.open(p, nil, &stream{r: &pieceReader{content, size}})
				if err != nil {
					rt.Fatal(err)
				}
				var got []string
				for {
					var d Document
					if err = r.next(&d); err != nil {
						break
					}
					got = append(got, d.Text)
				}
				if !slices.Equal(got, all) {
					rt.Fatalf("%q: got %q, then %v", content, got, err)
				}
			})
		})
	}
}

type pieceReader struct {
	s    string
	size int
}

func (r *pieceReader) Read(b []byte) (int, error) {
	n := copy(b[:min(r.size, len(b))], r.s)
	r.s = r.s[n:]
	if n == 0 {
		return 0, io.EOF
	}
	return n, nil
}
