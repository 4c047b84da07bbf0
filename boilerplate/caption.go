package boilerplate

import (
	"slices"
	"strings"
	"unicode"

	"reprint/shingle"
)

const (
	// captionWords is how many words a caption has at most that begins its line, and
	// sentenceWords how many it has before its credit in one sentence of running text.
	captionWords  = 45
	sentenceWords = 30

	// creditWords is how many words a name behind "photo:" has at most where it ends a
	// sentence.
	creditWords = 5
)

// caption returns the picture's caption around a credit that r found at tokens [at, end), which
// lie in the sentence unit: from the beginning of the line, which is not the first one of the
// text, its title, nor begins with it, or from that of the sentence. A credit that names nobody, "photo:", has its name
// behind it, up to the end of a sentence without a mark. An empty range is no caption.
func (f *finder) caption(r *rule, at, end int, unit, paragraph shingle.Unit) (from, to int) {
	line := paragraph.From > 0 && at-paragraph.From <= captionWords
	named := r.after == nil
	switch {
	case line:
		from = f.behindTitle(paragraph.From, at)
	case !named:
		return at, at
	case unit.From > 0 && at-unit.From <= sentenceWords:
		from = unit.From
	default:
		from = at
	}
	switch {
	case unit.To >= end && unit.To-end <= creditWords && !f.stops(unit.To-1):
		return from, unit.To
	case named:
		return from, f.credits(end)
	}
	return at, at
}

// behindTitle returns the token behind the text's first line where that stands again at token
// from, else from.
func (f *finder) behindTitle(from, limit int) int {
	n := f.Paragraphs[0].To
	if from+n <= limit && slices.Equal(f.Hash[:n], f.Hash[from:from+n]) {
		return from + n
	}
	return from
}

// credits returns the token behind the credit that ends before token end and goes on behind a
// slash, or with the second word of an agency's name.
func (f *finder) credits(end int) int {
	for end < f.Text.Len() && !f.breaks(end-1) {
		word := f.text[f.Start[end]:f.End[end]]
		if strings.TrimSpace(f.gap(end-1)) != "/" && !strings.EqualFold(word, "images") && !strings.EqualFold(word, "alliance") {
			break
		}
		end++
	}
	return end
}

// stops reports whether a mark of punctuation stands right behind token i.
func (f *finder) stops(i int) bool {
	return strings.IndexFunc(f.gap(i), func(c rune) bool { return !unicode.IsSpace(c) }) == 0
}
