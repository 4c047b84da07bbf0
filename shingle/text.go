package shingle

import "slices"

// Span is a half-open range of bytes of the original text.
type Span struct{ Start, End int }

// Flag says what is known of a token beside its hash.
type Flag uint8

const (
	Number Flag = 1 << iota // holds a digit
	Upper                   // begins with an upper-case or title-case letter
	Quoted                  // stands inside quotation marks
	Char                    // one character of a script written without spaces (Han, Hiragana, Thai ...)
	Aside                   // a number with which an amount of money begins that a bracket opens with: ($5 million), (US$ 47.55)
)

// Unit is a sentence or a paragraph: the tokens [From, To) and the bytes
// [Start, End), which take in an opening quote, bracket or bullet and the
// closing punctuation and quotes, but no white space around.
type Unit struct{ From, To, Start, End int }

// Text is a tokenised text. Token i stands at bytes [Start[i], End[i]) of the
// original; the five slices are of one length. Sentences and paragraphs are
// ordered and disjoint, every token is in exactly one of each, and a sentence
// never crosses the end of a paragraph. The zero value is an empty text.
type Text struct {
	Hash                  []uint64 // hash of each token's folded form, see Hash
	Stem                  []uint32 // hash of each token's first five letters, folded, without an article that is written with it; of a number all its digits, without marks of thousands; of a Char it and the one that joins it
	Start, End            []uint32
	Flag                  []Flag
	Sentences, Paragraphs []Unit
}

// Len returns the number of tokens.
func (t *Text) Len() int { return len(t.Hash) }

// Span returns the bytes of the tokens [from, to), from the first byte of the
// first to the last byte of the last. For from == to it is an empty span, at
// the token from or, at the end of the text, behind the last token.
func (t *Text) Span(from, to int) Span {
	if from < to {
		return Span{int(t.Start[from]), int(t.End[to-1])}
	}
	at := 0
	switch {
	case from < len(t.Start):
		at = int(t.Start[from])
	case len(t.End) > 0:
		at = int(t.End[len(t.End)-1])
	}
	return Span{at, at}
}

// At returns the first token that begins at byte start or behind it, Len() if there is none.
func (t *Text) At(start int) int {
	at, _ := slices.BinarySearchFunc(t.Start, start, func(s uint32, start int) int { return int(s) - start })
	return at
}

// Lowers reports whether the word of token i stands without a capital among the near tokens
// before it or as many from it on. The cost grows with near.
func (t *Text) Lowers(i, near int) bool {
	from := max(0, i-near)
	for k, h := range t.Hash[from:min(t.Len(), i+near)] {
		if h == t.Hash[i] && t.Flag[from+k]&Upper == 0 {
			return true
		}
	}
	return false
}

// pairStems makes the stems of characters of scripts without spaces: one of them is part
// of many words and says little, two are a word or most of one.
func (t *Text) pairStems() {
	for i := 0; i+1 < t.Len(); i++ {
		if t.Flag[i]&t.Flag[i+1]&Char != 0 && t.End[i] == t.Start[i+1] {
			t.Stem[i] = uint32((t.Hash[i]*multiplier ^ t.Hash[i+1]) * multiplier >> 32)
		}
	}
}

func (t *Text) reset() {
	t.Hash, t.Stem, t.Flag = t.Hash[:0], t.Stem[:0], t.Flag[:0]
	t.Start, t.End = t.Start[:0], t.End[:0]
	t.Sentences, t.Paragraphs = t.Sentences[:0], t.Paragraphs[:0]
}
