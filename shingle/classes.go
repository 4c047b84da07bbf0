package shingle

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/unicode/norm"
)

// class says what a character does to a word: a kind in the low four bits,
// which follows from its word break property in UAX 29, and what else is worth
// knowing of it in the others.
type class uint8

const (
	other     class = iota // ends a word and is none: space, punctuation, symbol
	newline                // ends a line as well
	letter                 // joins letters and digits
	digit                  // joins letters and digits
	ignored                // belongs to what stands before it: combining mark, soft hyphen
	midLetter              // joins if between two letters: z:B
	midDigit               // joins if between two digits: 1,5
	midBoth                // either of the two: z.B, 1.5, don't
	single                 // a word of its own: Han, Thai, superscript two
	katakana               // joins its like; uax29 cuts it
	hard                   // uax29 cuts it: Hebrew, joiners, connectors, rare scripts
	kinds     class = 15

	mark   class = 16  // may end a sentence or begin or end a quotation or a bracket
	upper  class = 32  // upper or title case
	number class = 64  // digit or other numeral
	char   class = 128 // letter of a script written without spaces
)

const (
	narrowSpace = '\u202f' // joins words in UAX 29; a space here
	info        = 'ℹ'      // U+2139, an emoji that is a letter in Unicode; a symbol here
	joiner      = '\u200d'
)

// table holds the classes and simple folded forms of the characters of the
// pages (256 characters each) that press texts use, so that uax29 and norm need
// not be asked. Page p of the Basic Multilingual Plane is at index[p]*256. The
// first eight pages are in their places, so that two bytes of UTF-8 lead there
// without an index.
//
// A simple folded form is that of a character that neither changes those beside
// it nor is changed by them. It holds up to three bytes in its low 24 bits and
// their number above; foldSelf stands for the character's own bytes, noFold for
// none: then the whole word goes through folder.
type table struct {
	index [256]uint8
	class []class
	fold  []uint32
	plain [256]uint16 // ASCII letters and digits: class<<8 | folded byte
	ends  [256]uint8  // see newEnds

	between [256]class // see newBetween
	first   [256]class // see newFirst
}

const (
	foldSelf = 0xfe << 24
	noFold   = 0xff << 24
)

// probed are the pages whose characters are looked at one by one: Latin, Greek,
// Cyrillic, Arabic; Thai and Lao; Georgian and Myanmar; Khmer; Latin and Greek
// with accents; punctuation, signs, arrows, shapes; kana; the ends of the Han
// and Hangul blocks; full-width forms and variation selectors.
const probed = "\x00\x01\x02\x03\x04\x05\x06\x07\x0e\x10\x17\x1e\x1f\x20\x21\x25\x26\x27\x30\x4d\x9f\xd7\xfe\xff"

// classes returns the table. It is asked of uax29, norm and unicode when it is
// first needed, which takes some milliseconds, so that it cannot differ from them.
var classes = sync.OnceValue(newTable)

func newTable() *table {
	t := new(table)
	var ask prober
	for _, p := range []byte(probed) {
		t.add(ask.classify, p)
	}
	var han, hangul, rest []byte
	for p := range 256 {
		switch {
		case strings.IndexByte(probed, byte(p)) >= 0:
		case 0x34 <= p && p < 0x9f:
			han = append(han, byte(p))
		case 0xac <= p && p < 0xd7:
			hangul = append(hangul, byte(p))
		default:
			rest = append(rest, byte(p))
		}
	}
	t.add(func(rune) (class, uint32) { return single | char, foldSelf }, han...)
	t.add(func(rune) (class, uint32) { return letter, foldSelf }, hangul...)
	t.add(func(rune) (class, uint32) { return hard | mark, noFold }, rest...)
	for b := range utf8.RuneSelf {
		if k := t.class[b] & kinds; k == letter || k == digit {
			t.plain[b] = uint16(t.class[b])<<8 | uint16(t.fold[b]&0xff)
		}
	}
	t.ends = newEnds(t)
	t.between = newBetween(t)
	t.first = newFirst(t)
	return t
}

// wordy stands for a byte that tables of single bytes do not know.
const wordy = kinds

// newBetween makes the table of the characters of ASCII between words, mark or 0 for each;
// all that may begin a word or end a line, and other bytes, are wordy.
func newBetween(t *table) (between [256]class) {
	for b := range between {
		between[b] = wordy
		if b >= utf8.RuneSelf {
			continue
		}
		switch t.class[b] & kinds {
		case other, ignored, midLetter, midDigit, midBoth:
			between[b] = t.class[b] & mark
		}
	}
	return between
}

// newFirst makes the table of the letters and digits of ASCII with which words begin: for
// each its flags, number left out, in the high four bits; other bytes are wordy.
func newFirst(t *table) (first [256]class) {
	for b := range first {
		first[b] = wordy
		if b < utf8.RuneSelf && t.plain[b] != 0 {
			first[b] = class(flagsOf[t.class[b]&^number>>5]) << 4
		}
	}
	return first
}

// add appends one page, which all the given pages share.
func (t *table) add(of func(r rune) (class, uint32), pages ...byte) {
	for _, p := range pages {
		t.index[p] = uint8(len(t.class) >> 8)
	}
	first := rune(pages[0]) << 8
	for r := first; r < first+256; r++ {
		c, f := of(r)
		t.class, t.fold = append(t.class, c), append(t.fold, f)
	}
}

// at returns the class, the simple folded form and the length of the character
// at s[i]. An invalid byte is a symbol of one byte.
func (t *table) at(s string, i int) (c class, fold uint32, size int) {
	b := s[i]
	switch {
	case b < utf8.RuneSelf:
		return t.class[b], t.fold[b], 1
	case 0xc2 <= b && b < 0xe0 && i+1 < len(s) && s[i+1]&0xc0 == 0x80:
		at := int(b&0x1f)<<6 | int(s[i+1]&0x3f)
		return t.class[at], t.fold[at], 2
	case 0xe1 <= b && b < 0xed && i+2 < len(s) && s[i+1]&0xc0 == 0x80 && s[i+2]&0xc0 == 0x80:
		page := int(b&0xf)<<4 | int(s[i+1]&0x3f)>>2
		at := int(t.index[page])<<8 | int(s[i+1]&3)<<6 | int(s[i+2]&0x3f)
		return t.class[at], t.fold[at], 3
	}
	return t.rare(s[i:])
}

// rare does for the first character of s what at does for any.
func (t *table) rare(s string) (c class, fold uint32, size int) {
	r, size := utf8.DecodeRuneInString(s)
	switch {
	case r == utf8.RuneError:
		return other, noFold, size
	case r < 1<<16:
		at := int(t.index[r>>8])<<8 | int(r&0xff)
		return t.class[at], t.fold[at], size
	case 0x1f3fb <= r && r <= 0x1f3ff: // skin tones
		return ignored, noFold, size
	case 0x1f300 <= r && r <= 0x1faff: // emoji
		return other, noFold, size
	}
	return hard | mark, noFold, size
}

// prober finds classes by what uax29 makes of a character beside others.
type prober struct {
	folder
	buf [16]byte
}

func (p *prober) joins(before string, r rune, after string) bool {
	b := append(p.buf[:0], before...)
	b = append(utf8.AppendRune(b, r), after...)
	n, _, _ := words.SplitFunc(b, true)
	return n == len(b)
}

func (p *prober) classify(r rune) (class, uint32) {
	c := p.kind(r) | appearance(r)
	if isMark(r) {
		c |= mark
	}
	return c, p.simpleFold(r)
}

func (p *prober) kind(r rune) class {
	switch {
	case '\n' <= r && r <= '\r' || r == 0x85 || r == 0x2028 || r == 0x2029:
		return newline
	case r == narrowSpace || r == info || r == utf8.RuneError || !utf8.ValidRune(r):
		return other
	case r == joiner:
		return hard
	case p.joins(".", r, ""):
		return ignored
	case p.joins("a", r, ""):
		return p.joining(r)
	case p.joins("ア", r, ""):
		return katakana
	case isWord(r):
		return single
	}
	inWord, inNumber := p.joins("a", r, "a"), p.joins("1", r, "1")
	switch {
	case inWord && inNumber:
		return midBoth
	case inWord:
		return midLetter
	case inNumber:
		return midDigit
	}
	return other
}

// joining tells apart what joins a letter before it.
func (p *prober) joining(r rune) class {
	switch {
	case !isWord(r) || p.joins("", r, "\"א"):
		return hard
	case p.joins("a:", r, ""):
		return letter
	case p.joins("1,", r, ""):
		return digit
	}
	return hard
}

// appearance returns the upper, number and char of r.
func appearance(r rune) (c class) {
	if unicode.IsUpper(r) || unicode.IsTitle(r) {
		c |= upper
	}
	if unicode.IsNumber(r) {
		c |= number
	}
	if isChar(r) {
		c |= char
	}
	return c
}

// isMark reports whether r is of class mark. What is not in the table always is.
func isMark(r rune) bool {
	return isStop(r) || isCloser(r) || isQuote(r) || r == '(' || r == '[' || r == '（' || r == '`' || r == ';' || r == '\u037e'
}

// isWord reports whether r makes a token of the segment it stands in.
func isWord(r rune) bool {
	if r == info || r == 'ﾞ' || r == 'ﾟ' { // the last two are combining marks in effect
		return false
	}
	return unicode.IsLetter(r) || unicode.IsNumber(r)
}

// isChar reports whether r is a letter of a script written without spaces.
func isChar(r rune) bool {
	return r >= 0xe00 && (unicode.Is(unicode.Ideographic, r) || unicode.IsLetter(r) &&
		unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar,
			unicode.Tai_Le, unicode.New_Tai_Lue, unicode.Tai_Tham, unicode.Tai_Viet, unicode.Tangut, unicode.Nushu))
}

// simpleFold packs the folded form of r for the table, if it is simple.
func (p *prober) simpleFold(r rune) uint32 {
	if hidden(r) {
		return 0
	}
	var in [utf8.UTFMax]byte
	b := utf8.AppendRune(in[:0], r)
	f := p.fold(string(b))
	if len(f) == 0 {
		return 0
	}
	if len(f) > 3 || !norm.NFKC.Properties(b).BoundaryBefore() {
		return noFold
	}
	packed := uint32(len(f)) << 24
	for i, c := range f {
		packed |= uint32(c) << (8 * i)
	}
	return packed
}
