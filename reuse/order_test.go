package reuse

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
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

// Three words of one list in a row stand so in another one, as trying all places says.
func TestThirdInRow(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.Uint32Range(0, uint32(rapid.SampledFrom([]int{2, 9, 400}).Draw(t, "alphabet"))), 0, longSentence)
		p, q := words.Draw(t, "p"), words.Draw(t, "q")
		if len(p) > 3 && rapid.Bool().Draw(t, "taken") {
			from := rapid.IntRange(0, len(p)-3).Draw(t, "from")
			q = slices.Insert(q, rapid.IntRange(0, len(q)).Draw(t, "to"), p[from:from+3]...)
			q = q[:min(len(q), longSentence)]
		}
		var want []wordPair
		for i := 2; i < len(p); i++ {
			for j := 2; j < len(q); j++ {
				if slices.Equal(p[i-2:i+1], q[j-2:j+1]) {
					want = append(want, wordPair{int32(i), int32(j)})
				}
			}
		}
		if got := thirdInRow(nil, p, q); !slices.Equal(got, want) {
			t.Fatalf("%d in %d: %v, want %v", p, q, got, want)
		}
	})
}
