package shingle

import (
	"bytes"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/spaolacci/murmur3"
	"golang.org/x/text/unicode/norm"
)

// Seed is the seed of murmur3 for every word. It never changes: signatures are
// stored.
const Seed uint32 = 0x5eed

// Hash returns the hash of a word: murmur3.Sum64WithSeed(folded form, Seed).
// Words that count as the same for matching have the same hash. It is the hash
// that Tokenize gives a token of these letters, soft hyphens or none.
//
// The folded form of a word is made in four steps:
//
//  1. characters that show nothing go: soft hyphen, joiners, direction marks
//     (category Cf) and variation selectors
//  2. NFKC: composed and decomposed letters, ligatures, full-width forms and
//     superscripts become one
//  3. lower case, with ß as ss, final ς as σ, ’ ‘ ʼ ׳ as ' and ״ as "; and without
//     what the same language writes or leaves out: see lessWritten
//  4. NFKC again, as lower-case letters may compose where upper-case ones do not
//
// It serves for matching only and is never shown.
func Hash(word string) uint64 {
	f := folders.Get().(*folder)
	defer folders.Put(f)
	return murmur3.Sum64WithSeed(f.fold(word), Seed)
}

// folders holds the memory in which single words were folded, for the next ones.
var folders = sync.Pool{New: func() any { return new(folder) }}

// hashForm is murmur3.Sum64WithSeed(form, Seed).
func hashForm(form []byte) uint64 {
	if n := len(form); n < 32 && cap(form) >= 32 {
		return hashAt(form[:32], n)
	}
	return murmur3.Sum64WithSeed(form, Seed)
}

// stemLetters is how many letters of a word make its stem. In German and
// English five part rewordings from mere talk of the same subject as well as
// a stemmer's forms do, and they need no language.
const stemLetters = 5

// stem returns the upper half of the hash of a folded form's first five
// letters, of all of it if it is no longer. hash is that of the whole form.
func stem(form []byte, hash uint64) uint32 {
	if len(form) <= stemLetters {
		return uint32(hash >> 32)
	}
	end := 0
	for range stemLetters {
		for end++; end < len(form) && form[end]&0xc0 == 0x80; end++ {
		}
		if end >= len(form) {
			return uint32(hash >> 32)
		}
	}
	return uint32(hashForm(form[:end]) >> 32)
}

// syllables is how many syllables of Hangul, of two or three letters each, make a stem: what
// follows is a particle, often.
const syllables = 2

// stemOf is stem for any word: without the article that French, Italian and Arabic write
// as one with it, and of as many syllables of Korean as have five letters.
func stemOf(form []byte, hash uint64) uint32 {
	bare := withoutArticle(form)
	if r, size := utf8.DecodeRune(bare); unicode.Is(unicode.Hangul, r) && len(bare) > syllables*size {
		bare = bare[:syllables*size]
	}
	if len(bare) == len(form) {
		return stem(form, hash)
	}
	return stem(bare, hashForm(bare))
}

// leastBare is how many letters are left at least where an article goes.
const leastBare = 3

// withoutArticle returns a folded form without an article, or a word as short, in front.
func withoutArticle(form []byte) []byte {
	rest := form
	if i := bytes.IndexByte(form[:min(len(form), len("lorsqu'"))], '\''); i > 0 {
		switch string(form[:i]) {
		case "l", "d", "n", "s", "m", "t", "c", "j", "qu", "jusqu", "lorsqu", "puisqu", "un", "all", "dell", "dall", "nell", "sull", "quest", "quell":
			rest = form[i+1:]
		}
	} else if len(form) > 0 && form[0] >= 0xd8 && form[0] <= 0xdb {
		for _, article := range []string{"ال", "وال", "بال", "كال", "فال", "لل"} {
			if bytes.HasPrefix(form, []byte(article)) {
				rest = form[len(article):]
				break
			}
		}
	}
	if utf8.RuneCount(rest) < leastBare {
		return form
	}
	return rest
}

// folder makes folded forms in buffers of its own.
type folder struct {
	bare, form []byte
	iter       norm.Iter // norm's other calls allocate where a character comes apart
}

// fold returns the folded form of word, good until the next call.
func (f *folder) fold(word string) []byte {
	f.bare = f.bare[:0]
	for _, r := range word {
		if !hidden(r) {
			f.bare = utf8.AppendRune(f.bare, r)
		}
	}
	f.normalise()
	for i := 0; i < len(f.form); {
		r, size := utf8.DecodeRune(f.form[i:])
		f.bare = appendLower(f.bare, r)
		i += size
	}
	if !bytes.Equal(f.bare, f.form) {
		f.normalise()
	}
	return f.form
}

// normalise moves the NFKC form of bare to form and empties bare.
func (f *folder) normalise() {
	if norm.NFKC.QuickSpan(f.bare) == len(f.bare) {
		f.form = append(f.form[:0], f.bare...)
	} else {
		f.form = f.form[:0]
		for f.iter.Init(norm.NFKC, f.bare); !f.iter.Done(); {
			f.form = append(f.form, f.iter.Next()...)
		}
	}
	f.bare = f.bare[:0]
}

// appendLower appends r in lower case to a folded form.
func appendLower(dst []byte, r rune) []byte {
	switch r = unicode.ToLower(r); {
	case r == 'ß':
		return append(dst, "ss"...)
	case r == 'ς':
		r = 'σ'
	case r == '’' || r == '‘' || r == 'ʼ' || r == '׳':
		r = '\''
	case r == '״':
		r = '"'
	case r > unicode.MaxLatin1:
		if r = lessWritten(dst, r); r == 0 {
			return dst
		}
	}
	return utf8.AppendRune(dst, r)
}

// lessWritten returns what stands in a folded form for r, which is in lower case, behind
// form: 0 for nothing. Newspapers of one language write it, or do not: the points of
// Hebrew and Arabic, the hamza, the stretch that fills a line, the two codes that Arabic
// and Persian keyboards have for one letter, digits of their own, the dots of ё, the
// accents of Greek, which capitals do without, and the dot of i, which Turkish capitals
// keep and others lose.
func lessWritten(form []byte, r rune) rune {
	switch {
	case r == 'ı':
		return 'i'
	case r == 'ё':
		return 'е'
	case 0x300 <= r && r < 0x370:
		if pointless(form, r) {
			return 0
		}
	case 0x370 <= r && r < 0x400:
		return withoutAccent(r)
	case 0x591 <= r && r < 0x700:
		return withoutPoints(r)
	case r > 0x700 && (r&0x7f >= 0x66 || r < 0x900 || r >= 0xe50) && unicode.Is(unicode.Nd, r): // most letters are none at a glance
		return digitOf(r)
	}
	return r
}

// pointless reports whether the combining mark r goes behind form: the accents of Greek and
// Cyrillic and the dot above i that composed with nothing.
func pointless(form []byte, r rune) bool {
	last, _ := utf8.DecodeLastRune(form)
	switch r {
	case '\u0301':
		return unicode.In(last, unicode.Greek, unicode.Cyrillic)
	case '\u0307':
		return last == 'i'
	case '\u0308':
		return last == 'е'
	}
	return false
}

// withoutAccent returns a Greek letter without its accent.
func withoutAccent(r rune) rune {
	switch r {
	case 'ά':
		return 'α'
	case 'έ':
		return 'ε'
	case 'ή':
		return 'η'
	case 'ί':
		return 'ι'
	case 'ό':
		return 'ο'
	case 'ύ':
		return 'υ'
	case 'ώ':
		return 'ω'
	case 'ΐ':
		return 'ϊ'
	case 'ΰ':
		return 'ϋ'
	}
	return r
}

// withoutPoints does what lessWritten does for a character of Hebrew or Arabic.
func withoutPoints(r rune) rune {
	switch r {
	case 'ـ':
		return 0
	case 'آ', 'أ', 'إ', 'ٱ':
		return 'ا'
	case 'ؤ':
		return 'و'
	case 'ئ', 'ى', 'ی':
		return 'ي'
	case 'ک':
		return 'ك'
	case 'ۀ':
		return 'ە'
	case 'ۂ':
		return 'ہ'
	case 'ۓ':
		return 'ے'
	case '٫':
		return '.'
	case '٬':
		return ','
	}
	switch {
	case unicode.Is(unicode.Mn, r):
		return 0
	case unicode.Is(unicode.Nd, r):
		return digitOf(r)
	}
	return r
}

// digitOf returns the digit of ASCII that stands for a decimal digit of another script.
func digitOf(r rune) rune {
	for _, ten := range unicode.Nd.R16 {
		if rune(ten.Lo) <= r && r <= rune(ten.Hi) {
			return '0' + (r-rune(ten.Lo))%10
		}
	}
	return r
}

// hidden reports whether r leaves no trace in a folded form.
func hidden(r rune) bool {
	if r < 0x600 || 0x3000 <= r && r < 0xfe00 {
		return r == 0xad
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
