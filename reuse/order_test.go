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

// Words that every text holds do not part neighbours; other words do.
func TestFollow(t *testing.T) {
	for _, test := range []struct {
		name, a, b string
		want       bool
	}{
		{"side by side", "Die Werft Mühlberg baut im Sommer drei neue Fähren.", "Drei neue Fähren baut im Sommer die Werft Mühlberg.", true},
		{"with an article between", "Der Chef der Werft, Jan Petersen, sieht eine verspätete Lieferung als Grund für Kurzarbeit.",
			"Laut Petersen ist eine verspätete Lieferung der Grund für die Kurzarbeit.", true},
		{"in another order", "Kurzarbeit Grund Lieferung Petersen Werft Chef.", "Chef Werft Petersen Lieferung Grund Kurzarbeit.", false},
	} {
		a, b := tokenised(test.a), tokenised(test.b)
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		x.profile(b)
		if got := x.follow(a, b, likeness{g: clearLike}); got != test.want {
			t.Errorf("%s: %v", test.name, got)
		}
	}
}
