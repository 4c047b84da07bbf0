package shingle

import (
	"math/rand/v2"
	"strings"
	"testing"
)

// TestCut: the usual gaps are cut as any gap is.
func TestCut(t *testing.T) {
	words := []string{"Der", "die", "Danach", "am", "25", "3", "April", "Nr", "Dr", "u", "J", "U.S", "XIV", "Haus", "Vgl", "The", "the", "Mr", "Berlin", "Ö"}
	gaps := []string{" ", ". ", ", ", ": ", "; ", "! ", ".", " (", ") ", "... "}
	random := rand.New(rand.NewPCG(5, 6))
	var z Tokenizer
	var x Text
	for range 5000 {
		var b strings.Builder
		for range 2 + random.IntN(30) {
			b.WriteString(words[random.IntN(len(words))] + gaps[random.IntN(len(gaps))])
		}
		text := b.String()
		z.Tokenize(&x, text)
		for i := 1; i < x.Len(); i++ {
			one := splitter{z: &z, t: &x, text: text, block: -1, from: random.IntN(i), depth: random.IntN(2)}
			one.bracket = one.from + random.IntN(2)
			other := one
			got, want := one.cut(i), other.cutAt(i, int(x.End[i-1]), int(x.Start[i]))
			if got != want || one.depth != other.depth || one.bracket != other.bracket {
				t.Fatalf("%q: before token %d a sentence ends at %d, want %d", text, i, got, want)
			}
		}
	}
}
