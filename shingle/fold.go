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
//  3. lower case, with ß as ss, final ς as σ, and ’ ‘ ʼ as '
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

func appendLower(dst []byte, r rune) []byte {
	switch r = unicode.ToLower(r); r {
	case 'ß':
		return append(dst, "ss"...)
	case 'ς':
		r = 'σ'
	case '’', '‘', 'ʼ':
		r = '\''
	}
	return utf8.AppendRune(dst, r)
}

// hidden reports whether r leaves no trace in a folded form.
func hidden(r rune) bool {
	if r < 0x600 || 0x3000 <= r && r < 0xfe00 {
		return r == 0xad
	}
	return unicode.Is(unicode.Cf, r) || unicode.Is(unicode.Variation_Selector, r)
}
