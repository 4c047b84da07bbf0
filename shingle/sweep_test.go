package shingle

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"reprint/internal/short"
)

// Words that Latin finds get the hash, the stem and the flags that their folded form
// gives one by one, whatever their length and wherever their umlauts and digits stand.
func TestHashLatin(t *testing.T) {
	letters := []string{"a", "b", "z", "E", "ä", "ö", "Ü", "ß", "é", "0", "7"}
	random := rand.New(rand.NewPCG(1, 2))
	var words []string
	for range 20_000 {
		var b strings.Builder
		often := 1 + random.IntN(len(letters)) // only umlauts and the like, now and then
		for range 1 + random.IntN(40) {
			b.WriteString(letters[len(letters)-1-random.IntN(often)])
		}
		words = append(words, b.String())
	}
	var z Tokenizer
	var x Text
	z.Tokenize(&x, strings.Join(words, " "))
	if x.Len() != len(words) {
		t.Fatalf("%d tokens for %d words", x.Len(), len(words))
	}
	var f folder
	for i, w := range words {
		form, digit := f.fold(w), strings.ContainsAny(w, "07")
		hash := hashForm(form)
		if x.Hash[i] != hash || !digit && x.Stem[i] != stem(form, hash) || (x.Flag[i]&Number != 0) != digit {
			t.Fatalf("%q: hash %x, stem %x, flags %b", w, x.Hash[i], x.Stem[i], x.Flag[i])
		}
	}
}

// The places of a long text's words are made room for once, and are those of all its
// words.
func TestLongText(t *testing.T) {
	const piece = "Der Zug fährt um 7.30 Uhr, sagte er. "
	var z Tokenizer
	var text, one Text
	z.Tokenize(&one, piece)
	n := 2 * longText / len(piece)
	z.Tokenize(&text, strings.Repeat(piece, n))
	if text.Len() != n*one.Len() || cap(text.Start) > text.Len()*5/4 {
		t.Errorf("%d words in room for %d, want %d", text.Len(), cap(text.Start), n*one.Len())
	}
	for i, h := range text.Hash {
		k, at := i%one.Len(), uint32(i/one.Len()*len(piece))
		if h != one.Hash[k] || text.Start[i] != at+one.Start[k] || text.End[i] != at+one.End[k] {
			t.Fatalf("word %d is another, or stands elsewhere", i)
		}
	}
}

// What is placed by tables, many words at a time, stands where a step after the other
// places it, with the same flags but for numbers, and the same lines.
func TestSweep(t *testing.T) {
	short.Alone(t)
	random := rand.New(rand.NewPCG(3, 4))
	plain := []string{"Haus", "und", "Der", "7", "Über", "größer", " ", " ", ", ", ". ", "\n", " (", ") ", "\"", "-", "don't", "3.5", "_"}
	var z Tokenizer
	var got, want Text
	for range 5000 {
		var b strings.Builder
		for range random.IntN(300) {
			b.WriteString(plain[random.IntN(len(plain))])
			if random.IntN(20) == 0 {
				b.WriteString(adversarial(random, 3))
			}
		}
		z.Tokenize(&got, b.String()) // for the memory of z
		read := func(dst *Text, sweep func()) (lines []line, seen class) {
			z.load(b.String())
			z.lines, z.apart, z.forms, z.line, z.seen = nil, nil, nil, line{}, 0
			dst.reset()
			sweep()
			for i := range dst.Flag {
				dst.Flag[i] &^= Number
			}
			return z.lines, z.seen & mark
		}
		gotLines, gotSeen := read(&got, func() { z.sweep(&got) })
		wantLines, wantSeen := read(&want, func() {
			for at := 0; at < len(z.text); {
				at = z.step(&want, at)
			}
			z.endLine(&want, len(z.text), len(z.text))
		})
		if !slices.Equal(got.Start, want.Start) || !slices.Equal(got.End, want.End) || !slices.Equal(got.Flag, want.Flag) ||
			!slices.Equal(gotLines, wantLines) || gotSeen != wantSeen {
			t.Fatalf("%q: words at %v, want %v, flags %v, want %v", b.String(), got.Start, want.Start, got.Flag, want.Flag)
		}
	}
}
