package shingle

import (
	"unicode"
	"unicode/utf8"
)

// A number is written in many ways: 10.000, 10,000, 10'000, 10 000, 10000. They are
// words of their own, with hashes of their own, but one stem: that of the digits
// alone. Where a space stands between groups of digits, each group has the stem of
// the whole number.

// group is how many digits stand between two marks of thousands.
const group = 3

// mostDigits is how many digits of a number stand in groups with spaces between them: a
// column of figures is no number.
const mostDigits = 6 * group

// numberStems fills in the stems of all tokens with digits.
func (z *Tokenizer) numberStems(t *Text) {
	rest := z.apart
	for i := nextFlag(t.Flag, Number, 0); i < len(t.Flag); i = nextFlag(t.Flag, Number, i+1) {
		if opensAside(z.text[:t.Start[i]]) {
			t.Flag[i] |= Aside
		}
		for len(rest) > 0 && int(rest[0].token) < i {
			rest = rest[1:]
		}
		form := z.latin.Folded[t.Start[i]:t.End[i]]
		if len(rest) > 0 && int(rest[0].token) == i {
			form = z.forms[rest[0].from:rest[0].to]
		}
		t.Stem[i] = z.numberStem(t, i, form)
	}
}

// nextFlag returns the first token from i on that has a flag, or their number.
func nextFlag(flags []Flag, flag Flag, i int) int {
	for ; i+8 <= len(flags); i += 8 {
		f := flags[i:][:8]
		if (f[0]|f[1]|f[2]|f[3]|f[4]|f[5]|f[6]|f[7])&flag != 0 {
			break
		}
	}
	for i < len(flags) && flags[i]&flag == 0 {
		i++
	}
	return i
}

// numberStem returns the stem of the number that token i, which has the given folded
// form, is or ends.
func (z *Tokenizer) numberStem(t *Text, i int, form []byte) uint32 {
	if from, ok := z.continues(t, i, form); ok {
		z.digits = append(z.digits, form...)
		stem := uint32(hashForm(z.digits) >> 32)
		for ; from < i; from++ {
			t.Stem[from] = stem
		}
		return stem
	}
	z.digits, z.number = z.digits[:0], i
	if len(form) <= group {
		z.digits = append(z.digits, form...)
		return uint32(t.Hash[i] >> 32)
	}
	if !grouped(form) {
		return uint32(t.Hash[i] >> 32)
	}
	for _, b := range form {
		if isDigit(b) {
			z.digits = append(z.digits, b)
		}
	}
	stem := uint32(hashForm(z.digits) >> 32)
	z.digits = z.digits[:0] // no group follows with a space
	return stem
}

// continues reports whether token i, of three digits, goes on a number that ends
// before it, one space away, and where that begins.
func (z *Tokenizer) continues(t *Text, i int, form []byte) (from int, ok bool) {
	last := i - 1
	if len(form) != group || last < z.number || t.Flag[last]&Number == 0 || !allDigits(form) {
		return 0, false
	}
	if len(z.digits) == 0 || len(z.digits) > mostDigits-group || z.digits[0] == '0' || !allDigits(z.digits) {
		return 0, false
	}
	switch z.text[t.End[last]:t.Start[i]] {
	case " ", "\u00a0", "\u2009", "\u202f":
	default:
		return 0, false
	}
	if at := int(t.Start[z.number]); at > 0 {
		switch z.text[at-1] {
		case '.', ',', ':', '-', '/':
			return 0, false // 2:1 100 times, 25.10. 200 people
		}
	}
	return z.number, true
}

// grouped reports whether form is digits in groups of three after the first one,
// with the same mark between all.
func grouped(form []byte) bool {
	first := len(form) % (group + 1)
	if first == 0 || form[0] == '0' {
		return false
	}
	for i, b := range form {
		switch place := (i - first) % (group + 1); {
		case i < first || place != 0:
			if !isDigit(b) {
				return false
			}
		case b != form[first] || b != '.' && b != ',' && b != '\'':
			return false
		}
	}
	return true
}

func allDigits(form []byte) bool {
	for _, b := range form {
		if !isDigit(b) {
			return false
		}
	}
	return true
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// currencyLetters is how many letters stand before a sign of currency at most.
const currencyLetters = 3

// opensAside reports whether what stands before a number is a bracket and a sign
// of currency, with the letters of a country between them and a space on either
// side of the sign, if at all.
func opensAside(before string) bool {
	before = lessSpace(before)
	sign, size := utf8.DecodeLastRuneInString(before)
	if sign < utf8.RuneSelf && sign != '$' || !unicode.Is(unicode.Sc, sign) {
		return false
	}
	before = lessSpace(before[:len(before)-size])
	for n := 0; n < currencyLetters && len(before) > 0 && 'A' <= before[len(before)-1] && before[len(before)-1] <= 'Z'; n++ {
		before = before[:len(before)-1]
	}
	return len(before) > 0 && before[len(before)-1] == '('
}

// lessSpace returns s without a space at its end.
func lessSpace(s string) string {
	if len(s) > 0 && s[len(s)-1] == ' ' {
		return s[:len(s)-1]
	}
	return s
}
