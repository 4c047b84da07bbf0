package boilerplate

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"reprint/internal/short"
	"reprint/shingle"
)

// What is asked before a rule is tried leaves out no find: trying every rule at every
// word finds the same.
func TestFindTriesEnough(t *testing.T) {
	short.Alone(t)
	rules := Shipped()
	every := &Rules{list: slices.Clone(rules.list)}
	var words []string
	for i := range every.list {
		every.list[i].anchor = 0
		for _, w := range strings.Fields(every.list[i].name) {
			for word := range strings.SplitSeq(strings.Trim(w, "^[]*"), "|") {
				if word != "" {
					words = append(words, word)
				}
			}
		}
	}
	random := rand.New(rand.NewPCG(3, 4))
	var z shingle.Tokenizer
	var text shingle.Text
	finds := 0
	for range 3000 {
		var b strings.Builder
		for range 1 + random.IntN(12) {
			from := random.IntN(len(words)) // phrases, whole or cut off, among single words
			for _, w := range words[from:min(len(words), from+1+random.IntN(6))] {
				if random.IntN(3) == 0 {
					w = strings.ToUpper(w[:1]) + w[1:]
				}
				b.WriteString(strings.ReplaceAll(w, "#", "12") + " ")
			}
			b.WriteString([]string{"", ". ", "\n", "\n\n"}[random.IntN(4)])
		}
		z.Tokenize(&text, b.String())
		got := rules.Find(nil, b.String(), &text)
		f := finder{Rules: every, text: b.String(), Text: &text, tail: max(text.Len()-tailWords, text.Len()*2/3)}
		for s, unit := range text.Sentences {
			p := text.Paragraphs[seek(text.Paragraphs, 0, unit.From)]
			for at := unit.From; at < unit.To; at++ {
				for i := range every.list {
					if at == unit.From || every.list[i].anywhere {
						f.try(i, at, s, unit, p)
					}
				}
			}
		}
		if want := f.disjoint(0); !slices.Equal(got, want) {
			t.Fatalf("%q: found %v, want %v", b.String(), got, want)
		}
		finds += len(got)
	}
	if finds < 1000 {
		t.Errorf("only %d finds", finds)
	}
}
