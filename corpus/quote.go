package corpus

import (
	"bytes"
	"encoding/binary"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
	"unsafe"
)

// unquote decodes a JSON string literal that is known to be well formed.
func unquote(lit []byte) string { return string(appendUnquoted(nil, lit)) }

// appendUnquoted appends what a well-formed JSON string literal stands for.
// Bytes that are not UTF-8 are kept; an escaped half of a surrogate pair
// without its other half becomes U+FFFD.
func appendUnquoted(dst, lit []byte) []byte {
	s := lit[1 : len(lit)-1]
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return append(dst, s...)
		}
		dst = append(dst, s[:i]...)
		s = s[i+1:]
		if s[0] != 'u' {
			dst = append(dst, unescape(s[0]))
			s = s[1:]
			continue
		}
		r, n := escapedRune(s)
		dst = utf8.AppendRune(dst, r)
		s = s[n:]
	}
}

func unescape(c byte) byte {
	switch c {
	case 'b':
		return '\b'
	case 'f':
		return '\f'
	case 'n':
		return '\n'
	case 'r':
		return '\r'
	case 't':
		return '\t'
	}
	return c // '"', '\\', '/'
}

// escapedRune decodes uXXXX, or uD8XX\uDCXX, and returns the bytes used.
func escapedRune(s []byte) (rune, int) {
	r := hex4(s[1:5])
	if !utf16.IsSurrogate(r) {
		return r, 5
	}
	if len(s) >= 11 && s[5] == '\\' && s[6] == 'u' {
		if pair := utf16.DecodeRune(r, hex4(s[7:11])); pair != utf8.RuneError {
			return pair, 11
		}
	}
	return utf8.RuneError, 5
}

func hex4(s []byte) (r rune) {
	for _, c := range s {
		switch {
		case c >= 'a':
			c -= 'a' - 10
		case c >= 'A':
			c -= 'A' - 10
		default:
			c -= '0'
		}
		r = r<<4 | rune(c)
	}
	return r
}

// unquotedLen is the length of what a literal stands for, without building it.
func unquotedLen(lit []byte) (n int64) {
	s := lit[1 : len(lit)-1]
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			return n + int64(len(s))
		}
		n += int64(i)
		s = s[i+1:]
		if s[0] != 'u' {
			n++
			s = s[1:]
			continue
		}
		r, used := escapedRune(s)
		n += int64(utf8.RuneLen(r))
		s = s[used:]
	}
}

const hexDigits = "0123456789abcdef"

// appendQuoted appends text as a JSON string literal. Only what JSON demands is
// escaped; with ascii also all characters above U+007F. Bytes that are not
// UTF-8 are kept.
func appendQuoted(dst []byte, text string, ascii bool) []byte {
	dst = append(dst, '"')
	b := unsafe.Slice(unsafe.StringData(text), len(text))
	done, good := 0, 0 // up to good no byte has to be escaped for not being ASCII
	for {
		if good <= done {
			if good = len(b); ascii {
				good = done + asciiEnd(b[done:])
			}
		}
		i := plainEnd(b[:good], done)
		if i == len(b) {
			break
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		dst = append(dst, text[done:i]...)
		if r != utf8.RuneError || n > 1 {
			dst = appendEscaped(dst, r)
		} else {
			dst = append(dst, text[i])
		}
		done = i + n
	}
	dst = append(dst, text[done:]...)
	return append(dst, '"')
}

// asciiEnd returns where the bytes of ASCII end with which b begins.
func asciiEnd(b []byte) int {
	at := 0
	for at+8 <= len(b) && binary.LittleEndian.Uint64(b[at:])&highests == 0 {
		at += 8
	}
	for at < len(b) && b[at] < utf8.RuneSelf {
		at++
	}
	return at
}

func appendEscaped(dst []byte, r rune) []byte {
	switch r {
	case '"', '\\':
		return append(dst, '\\', byte(r))
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	}
	if r > 0xffff {
		hi, lo := utf16.EncodeRune(r)
		return appendU(appendU(dst, hi), lo)
	}
	return appendU(dst, r)
}

func appendU(dst []byte, r rune) []byte {
	return append(dst, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// quoteName is a field name as an error shows it, cut if it is long.
func quoteName(name string) string {
	const most = 40
	if len(name) > most {
		name = name[:most] + "..."
	}
	return strconv.Quote(name)
}
