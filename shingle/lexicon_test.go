package shingle

import (
	"strings"
	"testing"
)

// TestLanguages: all words stand in a section that is known, and each is one word to the
// tokenizer, but for a full stop inside.
func TestLanguages(t *testing.T) {
	files, err := languages.ReadDir("language")
	if err != nil || len(files) < 10 {
		t.Fatal(len(files), "languages: ", err)
	}
	var z Tokenizer
	var x Text
	for _, f := range files {
		data, err := languages.ReadFile("language/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		known := false
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "["):
				if known = sections[strings.Trim(line, "[]")] != 0; !known {
					t.Errorf("%s: section %s is not known", f.Name(), line)
				}
			default:
				for _, w := range strings.Fields(line) {
					if z.Tokenize(&x, w+". "); !known || x.Len() != 1 || lexica().of(x.Hash[0]) == 0 {
						t.Errorf("%s: %q is in no section, or no word", f.Name(), w)
					}
				}
			}
		}
	}
}
