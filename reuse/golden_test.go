package reuse

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"reprint/shingle"
)

var update = flag.Bool("update", false, "write the goldens in testdata anew")

// TestGolden compares the texts in testdata/*.txtar as testdata/README.md says.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob("testdata/*.txtar")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no goldens: %v", err)
	}
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) { golden(t, path) })
	}
}

func golden(t *testing.T, path string) {
	archive, err := txtar.ParseFile(path)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, f := range archive.Files {
		files[f.Name] = f.Data
	}
	var out []txtar.File
	for _, f := range archive.Files {
		name, ok := strings.CutSuffix(f.Name, ".a")
		if !ok {
			continue
		}
		right, ok := files[name+".b"]
		if !ok {
			t.Fatalf("%s has no %s.b", f.Name, name)
		}
		a, b := parseSide(t, string(f.Data)), parseSide(t, string(right))
		got := verdict(a, b)
		if !*update && got != string(files[name]) {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, files[name])
		}
		out = append(out, f, txtar.File{Name: name + ".b", Data: right}, txtar.File{Name: name, Data: []byte(got)})
	}
	if *update {
		archive.Files = out
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// side is a text of an archive with what its settings say of it.
type side struct {
	Document
	text   string
	seeds  []Seed
	escape bool // the text is written as a Go string
}

// parseSide reads the settings of a text and the furniture marked in it.
func parseSide(t *testing.T, data string) *side {
	s := new(side)
	var settings [][]string
	for strings.HasPrefix(data, "@") {
		line, rest, _ := strings.Cut(data, "\n")
		settings, data = append(settings, strings.Fields(line)), rest
	}
	if s.escape = len(settings) > 0 && settings[0][0] == "@quoted"; s.escape {
		text, err := strconv.Unquote(strings.TrimSpace(data))
		if err != nil {
			t.Fatal(err)
		}
		data = text
	}
	var furniture []shingle.Span
	s.text, furniture = unmark(data)
	var z shingle.Tokenizer
	z.Tokenize(&s.Text, s.text)
	for _, f := range furniture {
		s.mask(f)
	}
	for _, f := range settings {
		s.set(t, f)
	}
	return s
}

// unmark takes the braces from a text and says what stood in them.
func unmark(data string) (text string, furniture []shingle.Span) {
	var b strings.Builder
	start := 0
	for i := range len(data) {
		switch data[i] {
		case '{':
			start = b.Len()
		case '}':
			furniture = append(furniture, shingle.Span{Start: start, End: b.Len()})
		default:
			b.WriteByte(data[i])
		}
	}
	return b.String(), furniture
}

// mask makes the words of a span furniture.
func (s *side) mask(f shingle.Span) {
	if s.Mask == nil {
		s.Mask = make([]bool, s.Text.Len())
	}
	for i := range s.Mask {
		if start := int(s.Text.Start[i]); start >= f.Start && start < f.End {
			s.Mask[i] = true
		}
	}
}

func (s *side) set(t *testing.T, setting []string) {
	number := 0
	if len(setting) > 1 {
		number, _ = strconv.Atoi(setting[1])
	}
	switch setting[0] {
	case "@quoted":
	case "@site":
		s.Site = uint64(number)
	case "@day":
		s.Day = number
	case "@docs":
		s.seeds = []Seed{}
		var scratch []uint64
		for _, k := range s.Keys(nil, &scratch) {
			s.seeds = append(s.seeds, Seed{Pos: k.Pos, Docs: number})
		}
	default:
		t.Fatalf("unknown setting %s", setting[0])
	}
}

// verdict prints what Compare says of a and b and, where the texts are the
// same bytes, Equal.
func verdict(a, b *side) string {
	var x Aligner
	x.Left(&a.Document)
	m := x.Compare(&b.Document, a.seeds)
	var out strings.Builder
	dump(&out, a, b, &m)
	if a.text == b.text {
		out.WriteString("the same bytes:\n")
		m = x.Equal(&b.Document)
		dump(&out, a, b, &m)
	}
	return out.String()
}

func dump(out *strings.Builder, a, b *side, m *Match) {
	kind := string(m.Kind)
	if kind == "" {
		kind = "no match"
	}
	e := &m.Evidence
	fmt.Fprintf(out, "%s: shares %v and %v, Jaccard %v\n", kind, m.ShareA, m.ShareB, m.Jaccard)
	fmt.Fprintf(out, "because %s\n", e.Rule)
	fmt.Fprintf(out, "%.1f words of evidence in %d runs, the longest of %d\n", e.Words, e.Runs, e.Longest)
	fmt.Fprintf(out, "%d words shared of %d and %d, %d quoted; %d of %d numbers agree\n", e.Shared, e.OwnA, e.OwnB, e.Quoted, e.Agreeing, e.Numbers)
	for i, p := range m.Passages {
		quoted := ""
		if p.Quoted {
			quoted = ", quoted"
		}
		fmt.Fprintf(out, "%d %s %.2f%s\n", i+1, p.Type, p.Similarity, quoted)
	}
	spans := func(side func(*Passage) shingle.Span) (s []shingle.Span) {
		for i := range m.Passages {
			s = append(s, side(&m.Passages[i]))
		}
		return s
	}
	if len(m.Passages) == 0 {
		return
	}
	out.WriteString("a: " + a.bracket(spans(func(p *Passage) shingle.Span { return p.A })))
	out.WriteString("b: " + b.bracket(spans(func(p *Passage) shingle.Span { return p.B })))
}

// bracket puts passages into brackets, each with its number.
func (s *side) bracket(spans []shingle.Span) string {
	var b strings.Builder
	for at := range len(s.text) + 1 {
		for i, p := range spans {
			if p.End == at {
				fmt.Fprintf(&b, "|%d]", i+1)
			}
		}
		for i, p := range spans {
			if p.Start == at {
				fmt.Fprintf(&b, "[%d|", i+1)
			}
		}
		if at < len(s.text) {
			b.WriteByte(s.text[at])
		}
	}
	if s.escape {
		return strconv.QuoteToASCII(b.String()) + "\n"
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}
