package blocks

import (
	"slices"
	"testing"
)

// judged returns which blocks go by these log odds.
func judged(p *Page, odds ...float32) []bool {
	gone, _ := p.judge(nil, odds, bareOdds)
	return gone
}

// TestTitleAgain checks that the head of an article stays, whatever the model takes
// it for, and that a title below the article and one that goes itself are no reason.
func TestTitleAgain(t *testing.T) {
	const title = "Rat kauft die alte Mühle"
	for name, c := range map[string]struct {
		block []string
		odds  []float32
		want  []bool
	}{
		"head":      {[]string{title, "Teilen", title, article[0]}, []float32{-1, 3, 3, -3}, []bool{false, true, false, false}},
		"cut short": {[]string{"Rat kauft die…", "Teilen", title, article[0]}, []float32{-1, 3, 3, -3}, []bool{false, true, false, false}},
		"other":     {[]string{"Rat kauft die", "Teilen", title, article[0]}, []float32{-1, 3, 3, -3}, []bool{false, true, true, false}},
		"below":     {[]string{title, article[0], "Teilen", title}, []float32{-1, -3, 3, 3}, []bool{false, false, true, true}},
		"menu":      {[]string{title, title, "Teilen", article[0]}, []float32{3, 3, 3, -3}, []bool{true, true, true, false}},
		"short":     {[]string{"Die Mühle", "Teilen", "Die Mühle", article[0]}, []float32{-1, 3, 3, -3}, []bool{false, true, true, false}},
	} {
		if got := judged(read(c.block...), c.odds...); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestThread checks that in a thread with some stamps what is undecided goes until a
// block speaks for the article.
func TestThread(t *testing.T) {
	said := "Dem kann ich nur zustimmen, denn so etwas haben wir hier noch nie gehabt und es wird auch nicht besser."
	block := []string{article[0], "Kommentare", "Ines schrieb:", "Ja!", "12. Mai 2022 um 7:30", "Nein!", "Bernd schrieb:", said, said, article[1], said}
	odds := []float32{-3, 3, 3, 3, 3, 3, 3, -.5, -.5, -3, -.5}
	gone := []bool{false, true, true, true, true, true, true, true, true, false, false}
	if got := judged(read(block...), odds...); !slices.Equal(got, gone) {
		t.Errorf("%v, want %v", got, gone)
	}
	for i, other := range map[int]string{1: "Mehr", 4: "Nie!"} { // no head, or a stamp less
		less := slices.Clone(block)
		less[i] = other
		if got := judged(read(less...), odds...); slices.Contains(got[7:], true) {
			t.Errorf("with %q: %v", other, got)
		}
	}
}

// TestBelow checks that the text of a teaser goes with its headline, if that is not the
// first block to go and no prose itself.
func TestBelow(t *testing.T) {
	text := "Der Rat hat am Montag beschlossen, die alte Mühle am Fluss zu kaufen und das Dach noch vor dem Winter zu erneuern."
	for name, c := range map[string]struct {
		block []string
		odds  []float32
		gone  bool
	}{
		"teaser":        {[]string{article[0], "Weitere Artikel", "Rat kauft Mühle", text}, []float32{-3, 2, 2, .3}, true},
		"not by itself": {[]string{article[0], "Weitere Artikel", "Rat kauft Mühle", text}, []float32{-3, 2, 2, -.3}, false},
		"one block":     {[]string{article[0], "Häuser", "Rat kauft Mühle", text}, []float32{-3, -1, 2, .3}, false},
		"stays":         {[]string{article[0], "Weitere Artikel", "Rat kauft Mühle", text}, []float32{-3, 2, -1, .3}, false},
		"prose":         {[]string{article[0], "Rat kauft Mühle", article[1], text}, []float32{-3, 2, 2, .3}, false},
	} {
		if got := judged(read(c.block...), c.odds...); got[3] != c.gone {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// TestTail checks that the end of a text goes although nothing else speaks for a page,
// but only behind a sentence, if it is long and sure enough, and nothing besides.
func TestTail(t *testing.T) {
	links := []string{"Mühle brannte ab", "Rat will sparen", "Neues Dach für die Schule"}
	block := append([]string{"Drei Häuser", article[0], article[1]}, links...)
	for name, c := range map[string]struct {
		block []string
		odds  []float32
		want  int // blocks at the end that go
	}{
		"links":      {block, []float32{3, -3, -3, 3.1, 3.1, 3.1}, 3},
		"not sure":   {block, []float32{3, -3, -3, 2.9, 2.9, 2.9}, 0},
		"two":        {block, []float32{3, -3, -3, -3, 5, 5}, 0},
		"not at end": {append(slices.Clone(block), article[2]), []float32{3, -3, -3, 4, 4, 4, -3}, 0},
		"a list":     {[]string{article[0], "Häuser", "Tor", "Dach", "Fenster"}, []float32{-3, -3, 4, 4, 4}, 0},
		"all":        {links, []float32{4, 4, 4}, 0},
		"sentences":  {[]string{article[0], article[1], "Er kam an.", "Sie kam an.", "Alle gingen."}, []float32{-3, -3, 4, 4, 4}, 0},
		"sure":       {[]string{article[0], article[1], "Er kam an.", "Sie kam an.", "Alle gingen."}, []float32{-3, -3, 5.1, 5.1, 5.1}, 3},
	} {
		p := read(c.block...)
		want := make([]bool, len(c.block))
		for i := len(want) - c.want; i < len(want); i++ {
			want[i] = true
		}
		if got := p.decide(nil, c.odds); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}
