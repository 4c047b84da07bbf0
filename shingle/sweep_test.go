package shingle

import (
	"math/rand/v2"
	"strings"
	"testing"
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
