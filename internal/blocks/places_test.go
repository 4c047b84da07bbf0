package blocks

import (
	"slices"
	"strings"
	"testing"

	"reprint/shingle"
)

func TestPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		block []string
		want  []Place
	}{
		"around":    {[]string{"Politik", article[0], "Teilen", article[1], "Impressum"}, []Place{Head, Head, 0, 0, Tail}},
		"no text":   {[]string{"Politik", "Sport"}, []Place{Head | Tail, Head | Tail}},
		"short end": {[]string{article[1] + " " + article[3] + " " + article[4] + " " + article[5], "Anzeige", strings.Repeat("so ", proseWords)}, []Place{Head, Tail, Tail}},
		"nothing":   {nil, nil},
	} {
		var z shingle.Tokenizer
		var text shingle.Text
		z.Tokenize(&text, strings.Join(c.block, "\n"))
		if got := Places(nil, &text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for _, c := range []struct {
		pages, heads, tails int
		want                Place
	}{{2, 2, 0, Head}, {9, 8, 1, 0}, {10, 9, 0, Head}, {10, 1, 9, Tail}, {3, 3, 3, 0}, {2, 1, 1, 0}} {
		if got := PlaceOf(c.pages, c.heads, c.tails); got != c.want {
			t.Errorf("%d pages, %d heads, %d tails: %v, want %v", c.pages, c.heads, c.tails, got, c.want)
		}
	}
}

// TestOutside checks which blocks stand outside of what other pages have around their
// running text.
func TestOutside(t *testing.T) {
	places := map[string]Place{"Politik": Head, "Anzeige": Tail}
	for name, c := range map[string]struct{ block, want string }{
		"around":  {"Rat kauft die Mühle|Neu|Politik|Die Mühle|Anzeige|Neues", " ++ ++"},
		"crossed": {"Rat kauft die Mühle|Neu|Anzeige|Die Mühle|Politik|Neues", " +   +"},
		"twice":   {"Rat kauft die Mühle|Neu|Politik|Die Mühle|Politik|Anzeige|Neues", "     ++"},
		"prose":   {"Rat kauft die Mühle|" + article[0] + "|Politik|Die Mühle", "  + "},
		"nothing": {"Rat kauft die Mühle|Neu|Die Mühle|Neues", "    "},
	} {
		block := strings.Split(c.block, "|")
		var z shingle.Tokenizer
		var text shingle.Text
		z.Tokenize(&text, strings.Join(block, "\n"))
		h, _ := Hashes(nil, &text)
		var p Page
		p.Read(strings.Join(block, "\n"), &text)
		p.Repeated(Source{Pages: 9, Hold: func(uint64) int { return 3 }, Place: func(block uint64) Place {
			return places[strings.Split(c.block, "|")[slices.Index(h, block)]]
		}})
		p.outside()
		got := ""
		for _, b := range p.blocks {
			got += map[bool]string{true: "+", false: " "}[b.outside]
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}
