package shingle

import (
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"

	"reprint/internal/lanes"
)

// Tokenizer cuts texts into tokens, sentences and paragraphs. Its zero value is
// ready for use. It keeps its buffers from text to text and so serves one
// goroutine at a time; the texts it has filled do not depend on it.
type Tokenizer struct {
	text  string
	table *table
	buf   []byte // folded form of the word being read
	slow  folder

	latin    lanes.Latin
	runs     [2 * runsWindow]uint32 // see findRuns; more than there can be
	inRun    bool
	changed  []byte // see AppendUnits
	runStart uint32
	uax      *words.Iterator[string]
	stop     int // see limit

	lines  []line
	line   line    // the line being read
	gaps   []int32 // the tokens, or the end, before which a sentence or a quotation may end
	dashed bool    // a dash between spaces stands behind a full stop
	seen   class   // classes of what was skipped since the last token
	apart  []apart // tokens whose folded form is not latin's

	forms  []byte // folded forms of apart tokens with digits
	digits []byte // of the number being read, see numberStem
	number int    // its first token

	words *lexicon
	open  []quotation

	entities []entity // see decode
}

// Tokenize overwrites dst with the tokens of text, in dst's memory where that
// is large enough. Any text will do: an invalid byte is part of no word, an
// empty text has no tokens. Offsets have 32 bits, so text must be shorter than
// 4 GiB. Time and memory are linear.
//
// Words end where UAX 29 says, Unicode's rules for word boundaries, as package
// uax29 follows them. A token is a piece that holds a letter or a digit, with
// its combining marks; spaces, punctuation, symbols and emoji are none. Three
// things are taken otherwise than in UAX 29: the narrow no-break space is a
// space, the emoji U+2139 a symbol, and an apostrophe before a letter of a script
// without apostrophes is a quotation mark, as in Korean, where it would join what was
// quoted and the particle behind. HTML entities stand for their characters.
func (z *Tokenizer) Tokenize(dst *Text, text string) {
	z.load(text)
	z.lines, z.apart, z.forms = z.lines[:0], z.apart[:0], z.forms[:0]
	z.line, z.seen = line{}, 0
	dst.reset()
	z.sweep(dst)
	z.hashWords(dst)
	z.paragraphs(dst)
	z.sentences(dst)
	z.quotations(dst)
	z.spoken(dst)
	z.restore(dst)
	z.unload()
}

func (z *Tokenizer) load(text string) {
	if z.table == nil {
		z.table, z.words = classes(), lexica()
		z.uax = words.FromString("")
		z.buf = make([]byte, 128)
	}
	z.text, z.stop, z.digits = z.decode(text), 0, z.digits[:0]
	z.latin.Read(z.text)
}

// unload keeps no text alive.
func (z *Tokenizer) unload() {
	z.text = ""
	z.uax.SetText("")
}

// word reads the word that begins at i with a character of class c, adds it to
// dst and returns its end. The folded form is made on the way. What asks for
// more than the table knows is cut by segment or folded by folder.
func (z *Tokenizer) word(dst *Text, i int, c class) int {
	end, n, all := z.scan(i)
	switch {
	case all == hard:
		return z.segment(dst, i)
	case n < 0:
		z.emit(dst, i, end, c|all&number, z.slow.fold(z.text[i:end]))
	default:
		z.emit(dst, i, end, c|all&number, z.buf[:n])
	}
	return end
}

// scan finds the end of the word that begins at i and leaves its folded form in
// the first n bytes of z.buf; n is negative if the table does not know the form.
// The class holds the marks of all characters, or is hard if uax29 must cut.
func (z *Tokenizer) scan(i int) (end, n int, all class) {
	text, table, buf := z.text, z.table, z.buf
	last := other // kind of the last character that was not ignored
	unknown := false
	for i < len(text) {
		if n+8 > len(buf) {
			buf = append(buf, make([]byte, len(buf))...)
			z.buf = buf
		}
		if e := table.plain[text[i]]; e != 0 && last != single {
			for ; e != 0 && n+8 <= len(buf); e = table.plain[text[i]] {
				buf[n] = byte(e)
				n++
				i++
				last = class(e >> 8)
				all |= last
				if i == len(text) {
					break
				}
			}
			last &= kinds
			continue
		}
		c, fold, size := table.at(text, i)
		kind := z.join(last, c&kinds, i+size)
		if kind == hard {
			return 0, 0, hard
		}
		if kind == other {
			break
		}
		if kind != ignored {
			last = kind
		}
		unknown = unknown || fold == noFold
		n += put(buf[n:], fold, text[i:i+size])
		all |= c
		i += size
	}
	if unknown {
		n = -1
	}
	return i, n, all &^ kinds
}

// join says what becomes of a word whose last character is of kind last (other:
// none yet) if one of the given kind follows: the new last kind, ignored, other
// if the word ends before it, or hard if uax29 must decide. The character after
// that one stands at next.
func (z *Tokenizer) join(last, kind class, next int) class {
	switch {
	case kind == ignored || kind == hard || last == other:
		return kind
	case last == single:
		return other
	case kind == letter || kind == digit:
		return kind
	case last == letter && kind != midLetter && kind != midBoth:
		return other
	case last == digit && kind != midDigit && kind != midBoth:
		return other
	case next == len(z.text):
		return other
	}
	c, _, _ := z.table.at(z.text, next)
	switch c & kinds {
	case last:
		if parts(z.text, next) {
			return other
		}
		return last
	case ignored, hard:
		return hard
	}
	return other
}

// parts reports whether a quotation mark that looks like an apostrophe stands right before
// a letter at byte at, one of a script that has no apostrophes.
func parts(text string, at int) bool {
	if at == len(text) || text[at] < 0xd8 {
		return false
	}
	r, _ := utf8.DecodeRuneInString(text[at:])
	mark, _ := utf8.DecodeLastRuneInString(text[:at])
	return isApostrophe(mark) && !hasApostrophe(r)
}

// isApostrophe reports whether r is an apostrophe or a quotation mark that looks like one.
func isApostrophe(r rune) bool { return r == '\'' || r == '’' || r == '‘' }

// hasApostrophe reports whether r is no letter of a script without apostrophes: of those
// behind Hebrew only what was added to Latin and Greek has them.
func hasApostrophe(r rune) bool {
	return r < 0x600 || unicode.In(r, unicode.Latin, unicode.Greek) || !isWord(r)
}

// put writes a simple folded form to dst, which has room for four bytes.
func put(dst []byte, fold uint32, own string) int {
	n := fold >> 24
	if n > 3 {
		return copy(dst, own)
	}
	dst[0], dst[1], dst[2] = byte(fold), byte(fold>>8), byte(fold>>16)
	return int(n)
}

// segment adds the piece that begins at i to dst, if it is a word, and returns its
// end.
func (z *Tokenizer) segment(dst *Text, i int) int {
	end, c := z.cut(i)
	if c == 0 {
		z.seen |= mark
		return end
	}
	z.emit(dst, i, end, c, z.slow.fold(z.text[i:end]))
	return end
}

// cut cuts the piece that begins at i by uax29. Its class is 0 if it is no word.
func (z *Tokenizer) cut(i int) (end int, c class) {
	z.uax.SetText(z.text[i:z.limit(i)])
	z.uax.Next()
	end = i + z.uax.End()
	for _, r := range z.text[i:end] {
		if !isWord(r) {
			continue
		}
		if c == 0 {
			c = letter | appearance(r)
		}
		c |= appearance(r) & number
	}
	return end, c
}

// limit returns where the text from i on must be cut before uax29 sees it: at
// the next invalid byte, which uax29 may count to a word, and at what we take
// otherwise. One search serves until the place found.
func (z *Tokenizer) limit(i int) int {
	if i < z.stop {
		return z.stop
	}
	z.stop = len(z.text)
	for at, r := range z.text[i:] {
		if r == narrowSpace || r == info || r == '\ufffd' || isApostrophe(r) && parts(z.text, i+at+utf8.RuneLen(r)) {
			z.stop = i + at
			break
		}
	}
	return z.stop
}
