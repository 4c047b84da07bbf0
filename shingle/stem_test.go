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
		{"l'ouvrage", "ouvrages", true},
		{"D’Emmanuel", "Emmanuel", true},
		{"dell’opera", "opera", true},
		{"l'an", "an", false},
		{"o'clock", "clock", false},
		{"المدينة", "مدينة", true},
		{"والمدينة", "بالمدينة", true},
		{"الله", "له", false},
		{"방조제는", "방조제를", true},
		{"시장", "시민", false},
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

// A number has one stem, however its thousands are marked; what only looks like
// groups of digits keeps its own.
func TestStemOfNumber(t *testing.T) {
	stems := func(text string) []uint32 {
		var z Tokenizer
		var t Text
		z.Tokenize(&t, text)
		return t.Stem
	}
	number := uint32(Hash("1234567") >> 32)
	for _, text := range []string{"1234567", "1.234.567", "1,234,567", "1'234'567", "1’234’567", "1 234 567", "1\u00a0234\u2009567", "1\u202f234 567"} {
		for i, s := range stems("rund " + text + " Stellen")[1:] {
			if want := i == len(stems("rund " + text)[1:]); (s != number) != want {
				t.Errorf("%q: stem %d is %x, want %x", text, i, s, number)
			}
		}
	}
	for text, want := range map[string][]string{
		"12.5":          {"12.5"},
		"0.125":         {"0.125"},
		"1.234,567":     {"1.234,567"},
		"1.23.456":      {"1.23.456"},
		"2021 300":      {"2021", "300"},
		"0 300":         {"0", "300"},
		"12, 300":       {"12", "300"},
		"12  300":       {"12", "300"},
		"2:1 100":       {"2", "1", "100"},
		"A1 100":        {"a1", "100"},
		"12 Affen 300":  {"12", "affen", "300"},
		"12 30 100":     {"12", "30100", "30100"},
		"12 300 1 400":  {"12300", "12300", "1400", "1400"},
		"12 300 40 500": {"12300", "12300", "40500", "40500"},
		"Covid19 300":   {"covid19", "300"},
		"1 200 300 400 500 600 700": { // a column
			"1200300400500600", "1200300400500600", "1200300400500600", "1200300400500600", "1200300400500600", "1200300400500600", "700",
		},
	} {
		got := stems(text)
		if len(got) != len(want) {
			t.Fatalf("%q: %d words, want %d", text, len(got), len(want))
		}
		for i, w := range want {
			if got[i] != uint32(Hash(w)>>32) {
				t.Errorf("%q: stem %d is not that of %q", text, i, w)
			}
		}
	}
}
