package shingle

import (
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"

	"github.com/spaolacci/murmur3"
	"pgregory.net/rapid"
)

func TestHashFolds(t *testing.T) {
	for _, same := range [][]string{
		{"straße", "Straße", "STRASSE", "STRAẞE", "Stra\u00adße"},
		{"köln", "Köln", "Ko\u0308ln", "KÖLN", "KO\u0308LN", "Kö\u200dln"},
		{"finden", "ﬁnden", "ＦＩＮＤＥＮ"},
		{"don't", "don’t", "Don‘t", "donʼt"},
		{"δήμος", "ΔΉΜΟΣ", "δη\u0301μοσ"},
		{"ǰ", "J\u030c"},
		{"m2", "m²"},
		{"カ", "ｶ"},
		{"ﷲ", "الله"},
		{"δημος", "Δήμος", "ΔΗΜΟΣ", "δη\u0301μος"},
		{"μαϊου", "Μαΐου", "ΜΑΪΟΥ", "Μαι\u0308\u0301ου"},
		{"ışık", "IŞIK", "Işık", "is\u0327ik"},
		{"istanbul", "İSTANBUL", "I\u0307stanbul", "i\u0307stanbul"},
		{"всё", "все", "ВСЁ", "все\u0308"},
		{"замок", "за\u0301мок"},
		{"مقررا", "مُقَرَّرًا", "مقـــررا", "مقررًا"},
		{"احمد", "أحمد", "ا\u0654حمد"},
		{"مسؤول", "مسوول", "مسو\u0654ول"},
		{"علي", "على", "علی"},
		{"کتاب", "كتاب"},
		{"می\u200cشود", "میشود", "ميشود"},
		{"שלום", "שָׁלוֹם", "\ufb2aלום"},
		{`צה"ל`, "צה״ל"},
		{"ג'ירף", "ג׳ירף"},
		{"2024", "٢٠٢٤", "۲۰۲۴", "२०२४", "২০২৪", "２０２４"},
		{"3.4", "٣٫٤"},
	} {
		for _, w := range same {
			if Hash(w) != Hash(same[0]) {
				t.Errorf("%q and %q have different hashes", w, same[0])
			}
		}
	}
	for _, other := range [][2]string{{"masse", "maße "}, {"schon", "schön"}, {"1,5", "1.5"}, {"е", "e"}, {"й", "и"}, {"ϊ", "ι"}, {"ö", "o"}, {"ž", "z"}, {"ा", ""}, {"ते", "ता"}, {"", "a"}} {
		if Hash(other[0]) == Hash(other[1]) {
			t.Errorf("%q and %q have one hash", other[0], other[1])
		}
	}
}

// TestDigits: decimal digits of all scripts of the Basic Multilingual Plane are those of ASCII.
func TestDigits(t *testing.T) {
	for _, ten := range unicode.Nd.R16 {
		for r := rune(ten.Lo); r <= rune(ten.Hi); r++ {
			if digit := string('0' + (r-rune(ten.Lo))%10); Hash(string(r)) != Hash(digit) {
				t.Errorf("%q is not %s", r, digit)
			}
		}
	}
}

// TestFoldIsStable: a folded form is its own folded form, in NFKC and lower case.
func TestFoldIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := strings.Join(rapid.SliceOf(rapid.OneOf(rapid.SampledFrom(adversaries), rapid.Map(rapid.Rune(), func(r rune) string { return string(r) }))).Draw(t, "word"), "")
		var f, g folder
		once := string(f.fold(word))
		if twice := string(g.fold(once)); once != twice {
			t.Fatalf("%q folds to %q, that to %q", word, once, twice)
		}
		if strings.ContainsFunc(once, func(r rune) bool { return unicode.IsUpper(r) && unicode.ToLower(r) != r || r == 0xad }) {
			t.Fatalf("%q folds to %q", word, once)
		}
	})
}

// TestHashAt: the hash that is made here is murmur3's, whatever stands behind the word.
func TestHashAt(t *testing.T) {
	r := rand.New(rand.NewPCG(9, 10))
	for n := range 100 {
		for range 50 {
			form := make([]byte, n+32)
			for i := range form {
				form[i] = byte(r.Uint32())
			}
			want := murmur3.Sum64WithSeed(form[:n], Seed)
			if got := hashAt(form, n); got != want {
				t.Fatalf("%d bytes: %#x, want %#x", n, got, want)
			}
			if got := hashForm(form[:n]); got != want {
				t.Fatalf("%d bytes of a longer slice: %#x, want %#x", n, got, want)
			}
			if got := hashForm(form[:n:n]); got != want {
				t.Fatalf("%d bytes, all: %#x, want %#x", n, got, want)
			}
		}
	}
}
