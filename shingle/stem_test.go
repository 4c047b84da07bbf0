package shingle

import "testing"

// A stem is the first five letters of the folded word, of a number all of it.
func TestStem(t *testing.T) {
	for _, c := range []struct {
		a, b string
		same bool
	}{
		{"Regierung", "Regierungen", true},
		{"REGIERUNG", "regierte", true},
		{"Größe", "Grössen", true},
		{"Haus", "Häuser", false},
		{"Haus", "haus", true},
		{"Hausmeister", "Hausaufgabe", false}, // hausm, hausa
		{"Österreich", "Österreicher", true},
		{"Правительство", "Правительства", true},
		{"2021", "20211", false},
		{"202112", "202113", false},
		{"Covid19", "Covid20", false},
	} {
		var z Tokenizer
		var t1, t2 Text
		z.Tokenize(&t1, c.a)
		z.Tokenize(&t2, c.b)
		if got := t1.Stem[0] == t2.Stem[0]; got != c.same {
			t.Errorf("%s and %s: same stem %v", c.a, c.b, got)
		}
	}
}

// A short word's stem is the upper half of its hash; stored files rest on it.
func TestStemOfShortWord(t *testing.T) {
	var z Tokenizer
	var text Text
	z.Tokenize(&text, "Rat und Volk 1848 Regierung")
	for i, word := range []string{"Rat", "und", "Volk", "1848", "Regie"} {
		if want := uint32(Hash(word) >> 32); text.Stem[i] != want {
			t.Errorf("%s: stem %x, want %x", word, text.Stem[i], want)
		}
	}
}
