package boilerplate

import (
	"slices"
	"strings"

	"reprint/shingle"
)

const (
	// captionWords is how many words a caption has at most that begins its line, and
	// sentenceWords how many it has before its credit in one sentence of running text.
	captionWords  = 45
	sentenceWords = 30

	// creditWords is how many words a name behind "photo:" has at most where it ends a
	// sentence, and nameWords how many stand before the colon of a caption that says whom one
	// sees.
	creditWords = 5
	nameWords   = 10
)

// caption returns the picture's caption around a credit that r found at tokens [at, end), which
// lie in the sentence unit: from the beginning of the line, which is not the first one of the
// text, its title, nor begins with it, or from that of the sentence, or of the one before it. A
// credit that names nobody, "photo:", has its name behind it, up to the end of a sentence without
// a mark. An empty range is no caption.
func (f *finder) caption(r *rule, at, end int, unit, paragraph shingle.Unit) (from, to int) {
	line := paragraph.From > 0 && at-paragraph.From <= captionWords
	named := !slices.ContainsFunc(r.after, func(marks string) bool { return strings.Contains(marks, ":") })
	switch {
	case line:
		from = f.behindTitle(paragraph.From, at)
	case !named:
		return at, at
	case unit.From > 0 && at == unit.From:
		from = f.whoIsSeen(at, paragraph.From)
	case unit.From > 0 && at-unit.From <= sentenceWords:
		from = unit.From
	default:
		from = at
	}
	switch {
	case unit.To >= end && unit.To-end <= creditWords && !f.stops(unit.To-1):
		return from, f.bracketed(at, end, unit.To)
	case named:
		return from, f.bracketed(at, end, f.credits(end))
	}
	return at, at
}

// whoIsSeen returns the beginning of the sentence before token at if it is a caption, "Anna Heim
// (48): the mayor at the harbour.", and its credit stands in brackets, else at.
func (f *finder) whoIsSeen(at, paragraph int) int {
	u := f.Sentences[seek(f.Sentences, 0, at-1)]
	if u.From < paragraph || u.To-u.From > sentenceWords || !strings.HasSuffix(f.gap(at-1), "(") {
		return at
	}
	for i := u.From; i < min(u.From+nameWords, u.To-1); i++ {
		if strings.Contains(f.gap(i), ":") {
			return u.From
		}
	}
	return at
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

// stops reports whether a mark that ends or parts a sentence stands behind token i.
func (f *finder) stops(i int) bool { return strings.ContainsAny(f.gap(i), ".,;:!?…") }
