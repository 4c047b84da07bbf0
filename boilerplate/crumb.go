package boilerplate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"reprint/shingle"
)

// homeWords begin the way to an article, such as "Home Politics Europe
// Ministers meet again": site, departments, and the article's own name.
var homeWords = []string{"startseite", "home"}

const (
	crumbWords = 45 // the longest way
	crumbSkip  = 3  // words of a name that may be missing in a row
	minName    = 4  // words of a name that must be there
)

// Breadcrumb appends the way to the article that a site prints above it: from
// a home word at the beginning of a paragraph to the last word of the
// article's name as its title or its address has it, which may have been cut short. In
// running text nothing else tells where it ends.
func Breadcrumb(dst []Found, text, url string, t *shingle.Text) []Found {
	var named []string // by the address
	for _, p := range t.Paragraphs {
		first := text[t.Start[p.From]:t.End[p.From]]
		if !isHome(first) {
			continue
		}
		limit := min(p.To, p.From+crumbWords)
		if named == nil {
			named = slug(url)
		}
		end, _ := nameEnd(text, t, p.From+1, limit, named)
		if title := titleEnd(text, t); title > 0 && title <= p.From {
			if titled, whole := nameEnd(text, t, p.From+1, limit, plainWords(text[:t.End[title-1]])); whole || end == 0 {
				end = max(end, titled)
			}
		}
		if end > 0 {
			return append(dst, Found{From: p.From, To: end, Call: end, Rule: causeCrumb})
		}
	}
	return dst
}

func isHome(word string) bool {
	for _, h := range homeWords {
		if strings.EqualFold(word, h) {
			return true
		}
	}
	return false
}

// nameEnd returns the token behind the last word of a name that begins
// somewhere in the tokens [from, to), and 0 if it does not stand there; whole says that
// no word of it is missing and no other stands in it.
func nameEnd(text string, t *shingle.Text, from, to int, name []string) (end int, whole bool) {
	if len(name) < minName {
		return 0, false
	}
	at, hits, first := 0, 0, 0
	for i := from; i < to && at < len(name) && (end == 0 || i-end <= crumbSkip); i++ {
		word := plain(text[t.Start[i]:t.End[i]])
		for k := at; k < min(len(name), at+1+crumbSkip); k++ {
			if word == name[k] {
				if hits++; hits == 1 {
					first = i
				}
				at, end = k+1, i+1
				break
			}
		}
	}
	if hits < minName || 3*hits < 2*len(name) {
		return 0, false
	}
	return end, hits == len(name) && end-first == len(name)
}

// slug returns the words of the part of an address that has the most, as
// plain writes them.
func slug(url string) []string {
	_, path, _ := strings.Cut(url, "//")
	path, _, _ = strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	best, most := "", 0
	_, path, _ = strings.Cut(path, "/")
	for part := range strings.SplitSeq(path, "/") {
		n := 0
		for range strings.FieldsFuncSeq(part, noWord) {
			n++
		}
		if n >= most {
			best, most = part, n
		}
	}
	return plainWords(best)
}

func plainWords(s string) []string {
	words := strings.FieldsFunc(s, noWord)
	for i, w := range words {
		words[i] = plain(w)
	}
	return words
}

func noWord(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }

// twoLetters writes umlauts with two letters, as some addresses do; others drop the dots.
var twoLetters = strings.NewReplacer("ae", "a", "oe", "o", "ue", "u", "ä", "a", "ö", "o", "ü", "u", "ß", "ss")

// plain is a word in lower case, in which umlauts are the same in every
// spelling.
func plain(w string) string {
	w = strings.ToLower(w)
	last := byte(0)
	for i := range len(w) {
		if b := w[i]; b >= utf8.RuneSelf || b == 'e' && (last == 'a' || last == 'o' || last == 'u') {
			return twoLetters.Replace(w)
		}
		last = w[i]
	}
	return w
}
