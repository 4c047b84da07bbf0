package corpus

import (
	"encoding/binary"
	"math/bits"

	"github.com/go-json-experiment/json/jsontext"
)

// quick does what scan does for a record that is one valid JSON object, three times as
// fast, and gives up on all else: on anything that is not valid, however slightly, on
// nesting deeper than quickDepth and where something is looked for in a nested object.
// Then found is of no use and jsontext must say what is in the record or what is wrong
// with it.
func (s *objectScanner) quick(raw []byte) bool {
	c := cursor{raw: raw}
	if !c.take('{') {
		return false
	}
	for c.space(); !c.take('}'); c.space() {
		from := c.at
		if !c.string() {
			return false
		}
		m := s.top.member(raw[from:c.at])
		c.space()
		if !c.take(':') {
			return false
		}
		c.space()
		from = c.at
		if c.peek() == '{' && m.inner != nil || !c.value() {
			return false
		}
		s.keep(m, kindOf(raw[from]), value{start: from, end: c.at})
		c.space()
		if c.peek() != '}' && !c.comma() {
			return false
		}
	}
	c.space()
	return c.at == len(raw)
}

// kindOf returns the kind of a value by its first byte.
func kindOf(b byte) jsontext.Kind {
	if b == '-' || '0' <= b && b <= '9' {
		return jsontext.KindNumber
	}
	return jsontext.Kind(b)
}

// quickDepth is how deep arrays and objects may lie in a record for quick.
const quickDepth = 64

// A cursor steps over valid JSON. Its methods move it behind what they name and return
// true, or return false and leave it somewhere.
type cursor struct {
	raw []byte
	at  int
}

// peek returns the next byte, 0 at the end; no token begins with 0.
func (c *cursor) peek() byte {
	if c.at < len(c.raw) {
		return c.raw[c.at]
	}
	return 0
}

func (c *cursor) take(b byte) bool {
	ok := c.peek() == b
	if ok {
		c.at++
	}
	return ok
}

func (c *cursor) space() {
	for c.at < len(c.raw) && isBlank(c.raw[c.at]) {
		c.at++
	}
}

// comma steps over a comma behind which no bracket closes.
func (c *cursor) comma() bool {
	if !c.take(',') {
		return false
	}
	c.space()
	return c.peek() != '}' && c.peek() != ']'
}

// value steps over a value of any kind. Bit i of inObject tells whether the i-th
// container around is an object.
func (c *cursor) value() bool {
	depth, inObject := 0, uint64(0)
	for {
		opened := false
		switch b := c.peek(); b {
		case '{', '[':
			if depth == quickDepth {
				return false
			}
			c.at++
			inObject = inObject<<1 | uint64(b>>5&1)
			depth++
			opened = true
		default:
			if !c.scalar(b) {
				return false
			}
		}
		for depth > 0 {
			c.space()
			if end := "]}"[inObject&1]; c.take(end) {
				inObject >>= 1
				depth--
				opened = false
				continue
			}
			if !opened && !c.comma() || inObject&1 == 1 && !c.name() {
				return false
			}
			break
		}
		if depth == 0 {
			return true
		}
	}
}

// name steps over a name, its colon and the space around that.
func (c *cursor) name() bool {
	if !c.string() {
		return false
	}
	c.space()
	if !c.take(':') {
		return false
	}
	c.space()
	return true
}

func (c *cursor) scalar(first byte) bool {
	switch first {
	case '"':
		return c.string()
	case 't':
		return c.literal("true")
	case 'f':
		return c.literal("false")
	case 'n':
		return c.literal("null")
	}
	return c.number()
}

func (c *cursor) literal(word string) bool {
	if len(c.raw)-c.at < len(word) || string(c.raw[c.at:c.at+len(word)]) != word {
		return false
	}
	c.at += len(word)
	return true
}

func (c *cursor) number() bool {
	c.take('-')
	if !c.take('0') && !c.digits() {
		return false
	}
	if c.take('.') && !c.digits() {
		return false
	}
	if b := c.peek(); b == 'e' || b == 'E' {
		c.at++
		if !c.take('+') {
			c.take('-')
		}
		return c.digits()
	}
	return true
}

func (c *cursor) digits() bool {
	from := c.at
	for c.at < len(c.raw) && c.raw[c.at]-'0' < 10 {
		c.at++
	}
	return c.at > from
}

// string steps over a string. Bytes that are not UTF-8 and halves of surrogate pairs
// pass, as they do with jsonOptions.
func (c *cursor) string() bool {
	if !c.take('"') {
		return false
	}
	for {
		c.plain()
		switch c.peek() {
		case '"':
			c.at++
			return true
		case '\\':
			if c.at++; !c.escape() {
				return false
			}
		default: // a control character or the end
			return false
		}
	}
}

// escape steps over what stands behind a backslash.
func (c *cursor) escape() bool {
	switch c.peek() {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		c.at++
		return true
	case 'u':
		if len(c.raw)-c.at < 5 {
			return false
		}
		for _, b := range c.raw[c.at+1 : c.at+5] {
			if b-'0' >= 10 && b|0x20-'a' >= 6 {
				return false
			}
		}
		c.at += 5
		return true
	}
	return false
}

// plain steps over the bytes of a string that stand for themselves.
func (c *cursor) plain() { c.at = plainEnd(c.raw, c.at) }

const lowests, highests = 0x0101010101010101, 0x8080808080808080 // of the bits of eight bytes

// special returns a number of which the highest bit of a byte is set if that byte of x does
// not stand for itself in a string: if it is a quotation mark, a backslash or a control
// character. The sums of seven bits do not run over into the next byte.
func special(x uint64) uint64 {
	const most = highests - lowests
	low := x & most
	quote, slash, control := (low^'"'*lowests)+most, (low^'\\'*lowests)+most, low+(0x80-' ')*lowests
	return ^(quote&slash&control | x) & highests
}

// plainEnd returns where the bytes from at on end that stand for themselves in a string.
func plainEnd(b []byte, at int) int {
	for ; at+16 <= len(b); at += 16 {
		w := b[at : at+16 : at+16]
		first, second := special(binary.LittleEndian.Uint64(w)), special(binary.LittleEndian.Uint64(w[8:]))
		if first != 0 {
			return at + bits.TrailingZeros64(first)/8
		}
		if second != 0 {
			return at + 8 + bits.TrailingZeros64(second)/8
		}
	}
	for at < len(b) && b[at] != '"' && b[at] != '\\' && b[at] >= ' ' {
		at++
	}
	return at
}
