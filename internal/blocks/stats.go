package blocks

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"reprint/shingle"
)

// block is what is counted of one paragraph.
type block struct {
	from, to                       int // its words in the text
	words, sentences               int
	stop, caps, numbers            int // words of each sort
	letters, upper, digits, marks  int // characters; those above ASCII count as letters or, if General Punctuation, as marks
	commas, chars                  int
	ends, colon, open              bool // how it ends; open: it breaks off
	right, asks, numbered, bracket bool
	cues                           uint16  // kinds of cues, one bit each
	first, hash                    uint64  // of the first word, of all words
	like                           uint64  // of all words, with one for every number
	on                             float32 // share of the source's other pages that hold it, below 0 if not known
	place                          Place   // where the source's pages hold it
	outside                        bool    // of what they have around their running text
	score                          float32
	prose, stamp                   bool // a stamp says who wrote what follows, or when
	topic, topic3, again           float32
	form                           int
	cited                          int // words inside quotation marks
	logWords                       float32
}

const (
	proseWords = 15 // least words of prose
	proseStop  = .2 // least share of function words in it
	cueWords   = 40 // a longer block is looked at for cues at its beginning only
	cueHead    = 12 // the size of this beginning

	endless = 240 // bytes that a block has at least which ends as sentences do where these have no marks: some 80 letters
)

// Character classes are counted eight at a time in the bytes of one word.
const (
	isUpper = 1 << (8 * iota)
	isLetter
	isDigit
	isMark
	isComma
	isChar
	isLatin // first byte of ©, », a space without break
)

var byteClass = byteClasses()

func byteClasses() (c [256]uint64) {
	for b := range c {
		switch r := byte(b); {
		case 'a' <= r && r <= 'z':
			c[b] = isLetter
		case 'A' <= r && r <= 'Z':
			c[b] = isLetter | isUpper
		case '0' <= r && r <= '9':
			c[b] = isDigit
		case b == 0xc2:
			c[b] = isLatin
		case r == ',':
			c[b] = isMark | isComma
		case 0x21 <= r && r < 0x7f, r == 0xe2:
			c[b] = isMark
		case r >= 0xc3:
			c[b] = isLetter
		}
		if b < 0x80 || b >= 0xc0 {
			c[b] |= isChar
		}
	}
	return c
}

// count fills in what the bytes of a block say.
func (b *block) count(s string) {
	whole, latin := s, false
	for len(s) > 0 {
		n := min(len(s), 255)
		var sum uint64
		for i := range n {
			sum += byteClass[s[i]]
		}
		s = s[n:]
		b.upper += int(sum & 255)
		b.letters += int(sum >> 8 & 255)
		b.digits += int(sum >> 16 & 255)
		b.marks += int(sum >> 24 & 255)
		b.commas += int(sum >> 32 & 255)
		b.chars += int(sum >> 40 & 255)
		latin = latin || sum>>48 > 0
	}
	b.right = latin && strings.Contains(whole, "©")
}

// edges looks at how a block begins and ends.
func (b *block) edges(s string) {
	r, _ := utf8.DecodeRuneInString(s)
	b.numbered, b.bracket = unicode.IsNumber(r), r == '(' || r == '['
	for s != "" {
		r, size := utf8.DecodeLastRuneInString(s)
		switch {
		case strings.ContainsRune("\"'”“’»«)]」』｣）］】", r) || unicode.IsSpace(r):
			s = s[:len(s)-size]
			continue
		case r == '…' || strings.HasSuffix(s, "..."):
			b.open = true
		case strings.ContainsRune(".!?。！？｡।॥؟۔።။។", r):
			b.ends, b.asks = true, strings.ContainsRune("?？؟", r)
		case r == ':':
			b.colon = true
		case len(s) >= endless && unicode.In(r, unicode.Thai, unicode.Lao):
			b.ends = true // no sentence of these scripts has a mark at its end
		}
		return
	}
}

// long reports whether a block is as long as prose and ends as a sentence does.
func (b *block) long() bool { return b.words >= proseWords && b.ends }

// tokens fills in what the words of a block say.
func (p *Page) tokens(b *block) {
	t, from, to := p.t, b.from, b.to
	b.words = to - from
	b.first = t.Hash[from]
	h := uint64(b.words)
	for i := from; i < to; i++ {
		w := t.Hash[i]
		h = h*0x9e3779b97f4a7c15 ^ w
		if f := t.Flag[i]; f != 0 {
			if f&shingle.Upper != 0 {
				b.caps++
			}
			if f&shingle.Number != 0 {
				b.numbers++
			}
			if f&shingle.Quoted != 0 {
				b.cited++
			}
		}
		if p.language.Has(w) {
			b.stop++
		}
	}
	b.hash, b.like = h, Hash(t, from, to)
	b.logWords = logOf(b.words)
}

// logs are whole numbers, so that no machine's last bit matters.
var logs = func() (l [512]float32) {
	for i := range l {
		l[i] = log16(i)
	}
	return l
}()

func log16(n int) float32 { return float32(math.Round(16 * math.Log2(float64(n+1)))) }

// logOf returns 16*log2(n+1), rounded.
func logOf(n int) float32 {
	if n < len(logs) {
		return logs[n]
	}
	return log16(n)
}

func share(n, of int) float32 {
	if of == 0 {
		return 0
	}
	return float32(n) / float32(of)
}
