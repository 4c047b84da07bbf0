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
