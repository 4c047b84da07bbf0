package shingle

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
)

var update = flag.Bool("update", false, "write the goldens in testdata anew")

// TestGolden prints the texts in testdata/*.txtar as testdata/README.md says.
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
	var z Tokenizer
	var x Text
	var files []txtar.File
	want := map[string]string{}
	for _, f := range archive.Files {
		name, isText := strings.CutSuffix(f.Name, ".text")
		if !isText {
			want[f.Name] = string(f.Data)
			continue
		}
		text := string(f.Data)
		if strings.HasPrefix(text, `"`) && strings.HasSuffix(name, "-quoted") {
			if text, err = strconv.Unquote(strings.TrimSpace(text)); err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
		}
		z.Tokenize(&x, text)
		files = append(files, f, txtar.File{Name: name, Data: []byte(dump(&x, text))})
	}
	for i := 1; i < len(files); i += 2 {
		name, got := files[i].Name, string(files[i].Data)
		if !*update && got != want[name] {
			t.Errorf("%s: got\n%s\nwant\n%s", name, got, want[name])
		}
	}
	if *update {
		archive.Files = files
		if err := os.WriteFile(path, txtar.Format(archive), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// dump prints the units and tokens of a text.
func dump(x *Text, text string) string {
	var b strings.Builder
	s := 0
	for _, p := range x.Paragraphs {
		fmt.Fprintf(&b, "paragraph %d-%d\n", p.Start, p.End)
		for ; s < len(x.Sentences) && x.Sentences[s].From < p.To; s++ {
			u := x.Sentences[s]
			fmt.Fprintf(&b, "  %d-%d %s\n   ", u.Start, u.End, strings.NewReplacer("\n", "⏎", "\r", "␍").Replace(text[u.Start:u.End]))
			for i := u.From; i < u.To; i++ {
				b.WriteString(" " + dumpToken(x, text, i))
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// dumpToken prints a token as start:word, in «» if it is quoted, and its flags.
func dumpToken(x *Text, text string, i int) string {
	word := text[x.Start[i]:x.End[i]]
	if x.Flag[i]&Quoted != 0 {
		word = "«" + word + "»"
	}
	flags := ""
	for _, f := range []struct {
		flag Flag
		sign string
	}{{Number, "#"}, {Upper, "^"}, {Char, "·"}, {Aside, "("}} {
		if x.Flag[i]&f.flag != 0 {
			flags += f.sign
		}
	}
	return fmt.Sprintf("%d:%s%s", x.Start[i], word, flags)
}
