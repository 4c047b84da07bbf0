package reuse

import (
	"slices"
	"testing"
)

// A number is the same with or without marks of thousands, and counts once
// where its groups of digits are words of their own.
func TestNumbersOfSentence(t *testing.T) {
	numbers := func(text string) []uint64 {
		var p profile
		p.fill(tokenised(text), new(wordScratch))
		return slices.Clone(p.numbersOf(0))
	}
	want := numbers("Rund 10000 von 39600 Stellen fallen weg.")
	for _, text := range []string{
		"Rund 10.000 von 39.600 Stellen fallen weg.",
		"Rund 10 000 von 39 600 Stellen fallen weg.",
		"Some 39,600 posts, 10,000 of which will go.",
	} {
		if got := numbers(text); !slices.Equal(got, want) || len(got) != 2 {
			t.Errorf("%s: %x, want %x", text, got, want)
		}
	}
	if got := numbers("Es stand 2:2 nach 90 Minuten, 90 Fans jubelten."); len(got) != 3 {
		t.Errorf("a score and twice the same number: %x", got)
	}
}
