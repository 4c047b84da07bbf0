package shingle

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"reprint/internal/lanes"
)

// Units names what a text is cut into before shingles are made. All but Words exist to
// compare texts in the way of a pipeline that is in use elsewhere; none of them keeps
// places.
type Units string

const (
	// Words are those of Tokenize, folded as Hash says.
	Words Units = "words"
	// SpacedWords are what stands between white space, as it is.
	SpacedWords Units = "spaced words"
	// PlainWords are what stands between white space in lower case, punctuation
	// removed.
	PlainWords Units = "plain words"
	// BareWords are what stands between white space in lower case, with spaces for
	// punctuation, letters without their marks (NFD less category Mn) and 0 for each
	// run of digits.
	BareWords Units = "bare words"
	// CodeWords are what stands between any two characters in lower case that are
	// none of a-z, 0-9 and "_": nothing, often, which counts, but in a text that has
	// nothing else.
	CodeWords Units = "code words"
	// Characters are the characters as they are.
	Characters Units = "characters"
	// PlainCharacters are those in lower case, composed (NFC), with ASCII punctuation
	// removed and one space for any white space between others.
	PlainCharacters Units = "plain characters"
)

// A unitRule says how a text is changed and cut. Punctuation is what Unicode calls
// punctuation, symbols or control characters, white space excepted.
type unitRule struct {
	lower       bool
	punctuation punctuation
	bare        bool // without marks, digits as 0
	compose     bool
	cut         cut
}

type (
	punctuation uint8
	cut         uint8
)

const (
	kept punctuation = iota
	removed
	removedASCII
	spaced
)

const (
	atSpace cut = iota
	atOthers
	everywhere
)

var unitRules = map[Units]unitRule{
	SpacedWords:     {},
	PlainWords:      {lower: true, punctuation: removed},
	BareWords:       {lower: true, punctuation: spaced, bare: true},
	CodeWords:       {lower: true, cut: atOthers},
	Characters:      {cut: everywhere},
	PlainCharacters: {lower: true, punctuation: removedASCII, compose: true, cut: everywhere},
}

// Known reports whether u is one of these.
func (u Units) Known() bool { return u == Words || unitRules[u] != (unitRule{}) || u == SpacedWords }

// About says in a line how a text becomes units; "" if they are unknown.
func (u Units) About() string {
	return map[Units]string{
		Words:           "cut by Unicode's rules, folded: case, ß and ss, composed and decomposed letters are one",
		SpacedWords:     "cut at white space, as they are",
		PlainWords:      "lower case, punctuation removed, cut at white space",
		BareWords:       "lower case, punctuation and symbols as spaces, letters without marks, digits as 0, cut at white space",
		CodeWords:       "lower case, cut at each character but a-z, 0-9 and _",
		Characters:      "as they are",
		PlainCharacters: "lower case, composed, ASCII punctuation removed, white space as one space",
	}[u]
}

// AppendUnits appends to dst the hashes of the units of text, in order, and returns the
// longer slice. A word has the hash that murmur3 with Seed gives its changed form, a
// character one of its number. Bytes that are not UTF-8 count as U+FFFD. Unknown
// units have none.
func (z *Tokenizer) AppendUnits(dst []uint64, u Units, text string) []uint64 {
	if u == Words {
		return z.AppendHashes(dst, text)
	}
	if !u.Known() {
		return dst
	}
	rule := unitRules[u]
	z.changed = rule.change(z.changed[:0], text)
	if rule.bare || rule.compose {
		z.recompose(rule)
	}
	switch form := z.changed; rule.cut {
	case everywhere:
		if rule != (unitRule{cut: everywhere}) {
			form = oneSpace(form)
		}
		return appendCharacters(dst, form)
	case atOthers:
		return appendCodeWords(dst, form)
	default:
		return appendSpacedWords(dst, form)
	}
}

// change appends text with the rule's case and punctuation.
func (rule unitRule) change(dst []byte, text string) []byte {
	for _, r := range text {
		if rule.lower {
			r = unicode.ToLower(r)
		}
		switch {
		case rule.punctuation == kept || unicode.IsSpace(r):
		case rule.punctuation == removedASCII:
			if r < utf8.RuneSelf && (unicode.IsPunct(r) || unicode.IsSymbol(r)) {
				continue
			}
		case unicode.IsPunct(r) || unicode.IsSymbol(r) || unicode.IsControl(r):
			if rule.punctuation == removed {
				continue
			}
			r = ' '
		}
		dst = utf8.AppendRune(dst, r)
	}
	return dst
}

// recompose brings z.changed into the rule's form of Unicode.
func (z *Tokenizer) recompose(rule unitRule) {
	form := norm.NFC
	if rule.bare {
		form = norm.NFD
	}
	out := z.slow.form[:0]
	for z.slow.iter.Init(form, z.changed); !z.slow.iter.Done(); {
		out = append(out, z.slow.iter.Next()...)
	}
	if rule.bare {
		out = bare(out)
	}
	z.slow.form, z.changed = z.changed, out
}

// bare drops marks and writes 0 for each run of digits, in place.
func bare(form []byte) []byte {
	out, digits := form[:0], false
	for i := 0; i < len(form); {
		r, size := utf8.DecodeRune(form[i:])
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsDigit(r):
			if !digits {
				out = append(out, '0')
			}
			digits = true
		default:
			out = append(out, form[i:i+size]...)
			digits = false
		}
		i += size
	}
	return out
}

// oneSpace leaves one space of each run of white space, and none at the ends, in place.
func oneSpace(form []byte) []byte {
	out := form[:0]
	for i := 0; i < len(form); {
		r, size := utf8.DecodeRune(form[i:])
		if !unicode.IsSpace(r) {
			out = append(out, form[i:i+size]...)
		} else if len(out) > 0 && out[len(out)-1] != ' ' {
			out = append(out, ' ')
		}
		i += size
	}
	return bytes.TrimSuffix(out, []byte(" "))
}

func appendCharacters(dst []uint64, form []byte) []uint64 {
	dst = slices.Grow(dst, utf8.RuneCount(form))
	for i := 0; i < len(form); {
		r, size := utf8.DecodeRune(form[i:])
		dst = append(dst, lanes.Mix(uint64(r)+multiplier))
		i += size
	}
	return dst
}

func appendSpacedWords(dst []uint64, form []byte) []uint64 {
	for word := range bytes.FieldsSeq(form) {
		dst = append(dst, hashForm(word))
	}
	return dst
}

func appendCodeWords(dst []uint64, form []byte) []uint64 {
	const letters = "abcdefghijklmnopqrstuvwxyz0123456789_"
	if !bytes.ContainsAny(form, letters) {
		return dst
	}
	from := 0
	for i := 0; i < len(form); {
		r, size := utf8.DecodeRune(form[i:])
		if !strings.ContainsRune(letters, r) {
			dst = append(dst, hashForm(form[from:i]))
			from = i + size
		}
		i += size
	}
	return append(dst, hashForm(form[from:]))
}
