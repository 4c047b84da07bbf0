package lanes

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"reprint/internal/short"
)

// latinOracle says the same as a Latin by decoding characters.
func latinOracle(text string) (folded []byte, words, stops []bool) {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		word := r < 0x100 && size == utf8.RuneLen(r) && (r < utf8.RuneSelf || r >= 0xc0) && (unicode.IsLetter(r) || '0' <= r && r <= '9')
		stop := !word && (r >= utf8.RuneSelf || r == '_')
		switch {
		case !word:
			folded = append(folded, text[i:i+size]...)
		case r == 'ß':
			folded = append(folded, "ss"...)
		default:
			folded = utf8.AppendRune(folded, unicode.ToLower(r))
		}
		for range size {
			words, stops = append(words, word), append(stops, stop)
		}
		i += size
	}
	return folded, words, stops
}

func bit(bits []byte, i int) bool { return bits[i/8]>>(i%8)&1 == 1 }

// checkLatin holds what l read of text to the oracle.
func checkLatin(t *testing.T, name string, l *Latin, text string) {
	t.Helper()
	folded, words, stops := latinOracle(text)
	if len(l.Folded) < len(text)+32 || len(l.Words)*8 < len(text)+64 || len(l.Stops) != len(l.Words) {
		t.Fatalf("%s: %d bytes: not enough room behind", name, len(text))
	}
	if string(l.Folded[:len(text)]) != string(folded) {
		t.Fatalf("%s: %q is folded to %q, want %q", name, text, l.Folded[:len(text)], folded)
	}
	if strings.Trim(string(l.Folded[len(text):]), "\x00") != "" {
		t.Fatalf("%s: %q is followed by %q", name, text, l.Folded[len(text):])
	}
	for i := range 8 * len(l.Words) {
		word, stop := i < len(text) && words[i], i < len(text) && stops[i]
		if bit(l.Words, i) != word || bit(l.Stops, i) != stop {
			t.Fatalf("%s: byte %d of %q: word %v, stop %v; want %v, %v", name, i, text, bit(l.Words, i), bit(l.Stops, i), word, stop)
		}
	}
}

// eachLatin calls do for every way of reading that this processor has.
func eachLatin(do func(name string)) {
	for _, u := range vectorUnits() {
		if u.here {
			restore := u.force()
			do(u.name)
			restore()
		}
	}
}

// latinPieces are characters on both sides of every edge that the loops know.
var latinPieces = []string{"a", "z", "A", "Z", "@", "[", "`", "{", "0", "9", "/", ":", " ", "\n", "\x00", "\x1f", "_", "^", "\x7f",
	"ä", "Ä", "ß", "À", "Þ", "Ö", "ÿ", "÷", "×", "à", "þ", "¿", "ª", "\u00ad", "Ā", "Ł", "ſ", "\xc3", "\x80", "\x9f", "\xbf", "\xc3\xc3", "\xff",
	"„", "–", "中", "😀", "б", "Ã", "word", "Straße"}

func TestLatin(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	var l Latin
	for n := range 3000 {
		var b strings.Builder
		for b.Len() < n%260 {
			b.WriteString(latinPieces[rng.IntN(len(latinPieces))])
		}
		eachLatin(func(name string) {
			l.Read(b.String())
			checkLatin(t, name, &l, b.String())
		})
	}
}

// TestLatinPairs has every pair of bytes across every edge of blocks and registers.
func TestLatinPairs(t *testing.T) {
	short.Alone(t)
	var l Latin
	text := make([]byte, 130)
	for pair := range 1 << 16 {
		for _, at := range []int{0, 30, 31, 62, 63, 94, 126, 127, 128} {
			binary.LittleEndian.PutUint16(text[at:], uint16(pair))
		}
		eachLatin(func(name string) {
			l.Read(string(text))
			checkLatin(t, name, &l, string(text))
		})
	}
}

// TestLatinReuse: what a longer text left in the memory is not seen.
func TestLatinReuse(t *testing.T) {
	eachLatin(func(name string) {
		var l Latin
		for _, n := range []int{2*64*4096 + 200, 1000, 64, 63, 1, 0, 65, 2000, 0} {
			text := strings.Repeat("Ä_", n)[:n]
			l.Read(text)
			checkLatin(t, name, &l, text)
		}
	})
}

func FuzzLatin(f *testing.F) {
	for _, p := range latinPieces {
		f.Add(strings.Repeat(p, 70))
	}
	f.Fuzz(func(t *testing.T, text string) {
		eachLatin(func(name string) {
			var l Latin
			l.Read(text)
			checkLatin(t, name, &l, text)
		})
	})
}

func ExampleLatin() {
	var l Latin
	l.Read("Große Ärzte – 3")
	fmt.Printf("%s\n%b %b\n", l.Folded[:19], l.Words[:3], l.Stops[:3])
	// Output:
	// grosse ärzte – 3
	// [10111111 11111 100] [0 11000000 1]
}

func BenchmarkLatin(b *testing.B) {
	text := strings.Repeat("Die Bürgermeisterin hat am Dienstag die „größte Brücke der Region“ freigegeben. ", 30)
	var l Latin
	for _, u := range slices.Backward(vectorUnits()) {
		if u.here {
			b.Run(u.name, func(b *testing.B) {
				defer u.force()()
				b.SetBytes(int64(len(text)))
				for b.Loop() {
					l.Read(text)
				}
			})
		}
	}
}
