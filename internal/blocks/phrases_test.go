package blocks

import (
	"slices"
	"testing"
)

// feature returns one feature of block i.
func feature(t *testing.T, p *Page, i int, name string) float32 {
	t.Helper()
	k := slices.Index(featureNames, name)
	if k < 0 {
		t.Fatalf("no feature %q", name)
	}
	return p.Row(i)[k]
}

// TestPhrases looks at a page with a picture's caption and credit, and a list of other
// articles.
func TestPhrases(t *testing.T) {
	p := read(article[0], "Die Mühle am Fluss steht leer.", "© dpa", article[1], "Mehr zum Thema", "Streit um das Dach", "Streit um das Geld")
	for name, want := range map[string][]float32{
		"+1 credit":   {0, 1, 0, 0, 0, 0, 0},
		"called":      {0, 0, 0, 0, 1, 1, 1},
		"since call":  {farProse, farProse, farProse, farProse, 0, 1, 2},
		"cues before": {0, 0, 0, 1. / 3, 1. / 4, 2. / 5, 2. / 6},
		"cues behind": {2. / 6, 2. / 5, 1. / 4, 1. / 3, 0, 0, 0},
	} {
		for i, x := range want {
			if got := feature(t, p, i, name); got != x {
				t.Errorf("%s of block %d: %v, want %v", name, i, got, x)
			}
		}
	}
}

// TestCalls checks that a sentence that speaks of more is no call to read on.
func TestCalls(t *testing.T) {
	for text, want := range map[string]bool{
		"Mehr zum Thema": true,
		"Lesen Sie auch": true,
		"Mehr zum Thema hat die Stadt am Abend nicht gesagt.": false,
		"Streit um das Dach": false,
	} {
		if got := read(text).blocks[0].calls(); got != want {
			t.Errorf("%q calls: %v", text, got)
		}
	}
}
