package blocks

import (
	"slices"
	"testing"

	"reprint/shingle"
)

func hashes(text string) ([]uint64, uint64) {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	return Hashes(nil, &t)
}

func TestHashes(t *testing.T) {
	a, long := hashes("Kommentare (12)\n\nDer Rat hat am 3. Mai getagt.\nImpressum")
	b, other := hashes("Kommentare (7)\nDer Rat hat am 14. Mai getagt.\n\nKontakt")
	if !slices.Equal(a[:2], b[:2]) || a[2] == b[2] || len(a) != 3 {
		t.Errorf("%x, %x", a, b)
	}
	if long != a[1] || other != long {
		t.Errorf("longest %x and %x, want %x", long, other, a[1])
	}
	if a, long := hashes(""); len(a) != 0 || long != 0 {
		t.Errorf("nothing: %x, %x", a, long)
	}
}

// TestRepeated checks that a block is known by its source, and that a source of
// one page tells nothing.
func TestRepeated(t *testing.T) {
	text := "Kommentare (12)\nUnser Dorf\nImpressum"
	var z shingle.Tokenizer
	var words shingle.Text
	z.Tokenize(&words, text)
	h, _ := Hashes(nil, &words)
	hold := func(block uint64) int { return 5 * slices.Index(h, block) }
	var p Page
	p.Read(text, &words)
	p.Repeated(Source{Pages: 11, Hold: hold})
	for i, want := range []float32{0, .4, .9} {
		if got := p.blocks[i].on; got != want {
			t.Errorf("block %d: on %v of the other pages, want %v", i, got, want)
		}
	}
	p.Repeated(Source{Pages: 1, Hold: hold})
	if p.blocks[2].on != -1 {
		t.Errorf("one page tells %v", p.blocks[2].on)
	}
}

func TestStamps(t *testing.T) {
	for text, want := range map[string]bool{
		"GKamburoff wrote :":                 true,
		"3:25 pm July 3, 2013":               true,
		"12. Mai 2022 um 7:30":               true,
		"Der Rat hat getagt.":                false,
		"Unser Dorf":                         false,
		"Es waren 12 Menschen im Saal dabei": false,
	} {
		var z shingle.Tokenizer
		var words shingle.Text
		var p Page
		z.Tokenize(&words, text)
		if p.Read(text, &words); p.blocks[0].stamp != want {
			t.Errorf("%q: %v", text, !want)
		}
	}
}
