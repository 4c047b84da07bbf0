package lanes

import "encoding/binary"

// Latin tells where the words of a text stand as far as letters of ASCII and Latin-1
// and digits of ASCII make them, which in Western languages is nearly everywhere. The
// zero value is ready for use. Its memory is used again from text to text: about 1.25
// times the longest one.
type Latin struct {
	// Folded is the text with these letters in lower case and ß as ss, which takes
	// as many bytes; all other bytes are as they were. At least 32 zeros follow.
	Folded []byte

	// Bit i%8 of byte i/8 of Words tells that byte i of the text is a digit or part
	// of such a letter, and of Stops, that it is none and needs a closer look: it is
	// part of another character, of no character, or "_". No bit is set beyond the
	// text, for which 64 more are there.
	Words, Stops []byte
}

const (
	latinBlock  = 64 // bytes of text that are done at once
	foldedAfter = 32
	bitsAfter   = 8
)

// Read overwrites l with what it has to say of text. It takes a tenth of a nanosecond
// a byte with AVX2, one or two in plain Go.
func (l *Latin) Read(text string) {
	blocks := (len(text) + latinBlock - 1) / latinBlock
	l.Folded = sized(l.Folded, blocks*latinBlock+foldedAfter)
	l.Words = sized(l.Words, blocks*8+bitsAfter)
	l.Stops = sized(l.Stops, blocks*8+bitsAfter)
	clear(l.Folded[blocks*latinBlock:])
	clear(l.Words[blocks*8:])
	clear(l.Stops[blocks*8:])
	if blocks == 0 {
		return
	}
	if latinVector(l, text, blocks) {
		return
	}
	for b := range blocks {
		l.block(b, text)
	}
}

func sized(s []byte, n int) []byte {
	if n > cap(s) {
		return make([]byte, n, n+n/4)
	}
	return s[:n]
}

// padded is a block with the bytes beside it, or zeros beyond the text.
func padded(text string, block int) (p [latinBlock + 2]byte) {
	from := block * latinBlock
	if from == 0 {
		copy(p[1:], text)
	} else {
		copy(p[:], text[from-1:])
	}
	return p
}

// block does one block. It is the twin of every vector loop.
func (l *Latin) block(block int, text string) {
	p := padded(text, block)
	folded := l.Folded[block*latinBlock:][:latinBlock]
	var words, stops uint64
	for i := range latinBlock {
		here := p[i+1]
		low, word, stop := here, uint64(0), uint64(1)
		switch {
		case here < 0x80:
			e := ascii[here]
			low, word, stop = byte(e), uint64(e>>8&1), uint64(e>>9)
		case p[i] == 0xc3 && isSecond(here):
			word, stop = 1, 0
			if low |= 0x20; here == 0x9f {
				low = 's'
			}
		case here == 0xc3 && isSecond(p[i+2]):
			word, stop = 1, 0
			if p[i+2] == 0x9f {
				low = 's'
			}
		}
		folded[i] = low
		words |= word << i
		stops |= stop << i
	}
	binary.LittleEndian.PutUint64(l.Words[8*block:], words)
	binary.LittleEndian.PutUint64(l.Stops[8*block:], stops)
}

// ascii is, for each byte below 0x80, 1<<8 for a letter or digit, 1<<9 for "_", and the
// byte in lower case.
var ascii = func() (t [0x80]uint16) {
	for b := range t {
		t[b] = uint16(b)
		switch {
		case 'A' <= b && b <= 'Z':
			t[b] |= 1<<8 | 0x20
		case 'a' <= b && b <= 'z', '0' <= b && b <= '9':
			t[b] |= 1 << 8
		}
	}
	t['_'] |= 1 << 9
	return t
}()

// isSecond reports whether a letter of Latin-1 may have b behind the byte 0xc3; the
// signs of multiplication and division would be 0x97 and 0xb7.
func isSecond(b byte) bool { return b&0xc0 == 0x80 && b|0x20 != 0xb7 }
