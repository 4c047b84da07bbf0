package blocks

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"math/bits"
	"strings"
	"sync"

	"reprint/shingle"
)

// The function words of 58 languages are those of stopwords-iso 1.1.0, an npm
// package under the MIT licence, copyright Gene Diaz. The file holds, gzipped, one
// line a language: its code, then its words, all parted by spaces; German and
// English stand first and win where two languages fit alike. The command
// internal/blocktrain makes it from the package's JSON.
//
//go:embed stopwords.gz
var stopwords []byte

// language is a set of function words: open addressing by the low bits of
// their hashes, of which the upper half is kept.
type language struct {
	code string
	slot []uint32
	mask uint64
}

func (l *language) has(h uint64) bool {
	for s, tag := h&l.mask, uint32(h>>32)|1; ; s = (s + 1) & l.mask {
		switch l.slot[s] {
		case tag:
			return true
		case 0:
			return false
		}
	}
}

func (l *language) add(h uint64) {
	s := h & l.mask
	for l.slot[s] != 0 {
		s = (s + 1) & l.mask
	}
	l.slot[s] = uint32(h>>32) | 1
}

func newLanguage(code string, words []uint64) *language {
	size := 1 << bits.Len(uint(4*len(words)))
	l := &language{code: code, slot: make([]uint32, size), mask: uint64(size - 1)}
	for _, h := range words {
		l.add(h)
	}
	return l
}

// languages holds every language, and by the hash of a word the set of those
// that have it.
type languages struct {
	list []*language
	of   map[uint64]uint64
	none *language
}

var allLanguages = sync.OnceValue(func() *languages {
	zr, err := gzip.NewReader(bytes.NewReader(stopwords))
	if err != nil {
		panic(err) // embedded; a test reads it
	}
	all := &languages{of: map[uint64]uint64{}, none: newLanguage("", nil)}
	lines := bufio.NewScanner(zr)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		words := strings.Fields(lines.Text())
		bit := uint64(1) << len(all.list)
		var hashes []uint64
		for _, w := range words[1:] {
			h := shingle.Hash(w)
			if all.of[h]&bit == 0 {
				all.of[h] |= bit
				hashes = append(hashes, h)
			}
		}
		all.list = append(all.list, newLanguage(words[0], hashes))
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
	return all
})

// sample is how many words are looked at to tell the language of a text.
const sample = 400

// detect returns the language whose function words are most frequent among
// words taken evenly from the whole text; none if hardly any is. What few
// languages have tells more.
func (a *languages) detect(t *shingle.Text) *language {
	const all = 64
	var points, count [64]int
	n := t.Len()
	step := max(1, n/sample)
	seen := 0
	for i := 0; i < n; i += step {
		seen++
		known := a.of[t.Hash[i]]
		for set := known; set != 0; set &= set - 1 {
			l := bits.TrailingZeros64(set)
			points[l] += all / bits.OnesCount64(known)
			count[l]++
		}
	}
	best := 0
	for i, c := range points {
		if c > points[best] {
			best = i
		}
	}
	if 10*count[best] < seen || n == 0 {
		return a.none
	}
	return a.list[best]
}
