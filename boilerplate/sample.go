package boilerplate

import (
	_ "embed"
	"iter"
	"strings"
	"sync"

	"reprint/shingle"
)

// mostSample is how much of plain prose a rule may take, in percent.
const mostSample = 50

// sampleProse is the same news in German and in English, with an empty line between them.
//
//go:embed sample.txt
var sampleProse string

var sampleText = sync.OnceValue(func() *shingle.Text {
	var z shingle.Tokenizer
	t := new(shingle.Text)
	z.Tokenize(t, sampleProse)
	return t
})

// ofSample returns how much of the prose of one language stretches of tokens take, of that
// of which they take more, in percent.
func ofSample(taken iter.Seq2[int, int]) int {
	t := sampleText()
	border, half := strings.Index(sampleProse, "\n\n"), 0
	for int(t.Start[half]) < border {
		half++
	}
	german, english := 0, 0
	for from, to := range taken {
		german += max(0, min(to, half)-from)
		english += max(0, to-max(from, half))
	}
	return max(100*german/half, 100*english/(t.Len()-half))
}
