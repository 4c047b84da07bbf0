// Package language tells in which of 58 languages texts are, by their function words: the,
// of, and.
package language

import (
	"bufio"
	"bytes"
	"compress/gzip"
	_ "embed"
	"io"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"reprint/shingle"
)

// The function words are those of stopwords-iso 1.1.0, an npm package under the MIT
// licence, copyright Gene Diaz. The file holds, gzipped, one line a language: its code,
// then its words, all parted by spaces; German and English stand first and win where two
// languages fit alike. The command internal/blocktrain makes it from the package's JSON.
//
//go:embed stopwords.gz
var stopwords []byte

// more holds lines of the same form, with words that these lists lack.
//
//go:embed more.txt
var more string

// Language is a set of function words: open addressing by the low bits of their hashes, of
// which the upper half is kept; and the same of their stems.
type Language struct {
	Code   string // of ISO 639-1
	Number int    // 0, 1 ... in the order of the lists, -1 for None
	slots  []uint32
	stems  []uint32
}

// Has reports whether a word with a hash is a function word.
func (l *Language) Has(hash uint64) bool { return holds(l.slots, hash, uint32(hash>>32)) }

// HasStem reports whether a function word has the stem, which others may share.
func (l *Language) HasStem(stem uint32) bool { return holds(l.stems, uint64(stem), stem) }

// slot returns where a number stands, at place s of a table or behind it, or the empty place
// where it would. Of s the low bits count.
func slot(slots []uint32, s uint64, n uint32) uint64 {
	mask := uint64(len(slots) - 1)
	for s &= mask; slots[s] != 0 && slots[s] != n|1; s = (s + 1) & mask {
	}
	return s
}

// holds reports whether a number stands at place s or behind it.
func holds(slots []uint32, s uint64, n uint32) bool { return slots[slot(slots, s, n)] != 0 }

// add puts a number at place s or behind it, once.
func add(slots []uint32, s uint64, n uint32) { slots[slot(slots, s, n)] = n | 1 }

func newLanguage(code string, number int, words, stems []uint64) *Language {
	size := 1 << bits.Len(uint(4*len(words)))
	l := &Language{Code: code, Number: number, slots: make([]uint32, size), stems: make([]uint32, size)}
	for i, h := range words {
		add(l.slots, h, uint32(h>>32))
		add(l.stems, stems[i], uint32(stems[i]))
	}
	return l
}

// None is the language of texts that are in none of these.
var None = newLanguage("", -1, nil, nil)

// all holds every language, and by the hash of a word the set of those that have it.
type all struct {
	list []*Language
	tag  []uint32 // of words, 0 for none: open addressing by the low bits of their hashes
	set  []uint64 // languages by their numbers
}

// of returns the set of languages that have a word with a hash. Most words of a text are in
// none, and in small tags that is seen at once.
func (a *all) of(hash uint64) uint64 { return a.set[slot(a.tag, hash, uint32(hash>>32))] }

// lay fills in the table.
func (a *all) lay(of map[uint64]uint64) {
	size := 1 << bits.Len(uint(2*len(of)))
	a.tag, a.set = make([]uint32, size), make([]uint64, size)
	for _, h := range slices.Sorted(maps.Keys(of)) {
		at := slot(a.tag, h, uint32(h>>32))
		a.tag[at], a.set[at] = uint32(h>>32)|1, of[h]
	}
}

var languages = sync.OnceValue(func() *all {
	zr, err := gzip.NewReader(bytes.NewReader(stopwords))
	if err != nil {
		panic(err) // embedded; a test reads it
	}
	a, of := &all{}, map[uint64]uint64{}
	added := map[string]string{}
	for line := range strings.Lines(more) {
		if code, words, _ := strings.Cut(strings.TrimSpace(line), " "); code != "#" {
			added[code] = words
		}
	}
	lines := bufio.NewScanner(io.Reader(zr))
	lines.Buffer(nil, 1<<20)
	var z shingle.Tokenizer
	var t shingle.Text
	for lines.Scan() {
		code, words, _ := strings.Cut(lines.Text(), " ")
		words += " " + added[code]
		bit := uint64(1) << len(a.list)
		var hashes, stems []uint64
		z.Tokenize(&t, words)
		for i, h := range t.Hash {
			if isWord(words, &t, i) && of[h]&bit == 0 {
				of[h] |= bit
				hashes, stems = append(hashes, h), append(stems, uint64(t.Stem[i]))
			}
		}
		a.list = append(a.list, newLanguage(code, len(a.list), hashes, stems))
	}
	if err := lines.Err(); err != nil {
		panic(err)
	}
	a.lay(of)
	return a
})

// isWord reports whether between the spaces around it token i of a list stands alone.
func isWord(list string, t *shingle.Text, i int) bool {
	return (i == 0 || strings.Contains(list[t.End[i-1]:t.Start[i]], " ")) &&
		(i+1 == t.Len() || strings.Contains(list[t.End[i]:t.Start[i+1]], " "))
}

// sample is how many words are looked at to tell the language of a text.
const sample = 400

// Of returns the language whose function words are most frequent among words taken evenly
// from the whole text; None if hardly any is. What few languages have tells more.
func Of(t *shingle.Text) *Language {
	const whole = 64
	a := languages()
	var points, count [64]int
	n := t.Len()
	step := max(1, n/sample)
	seen := 0
	for i := 0; i < n; i += step {
		seen++
		known := a.of(t.Hash[i])
		for set := known; set != 0; set &= set - 1 {
			l := bits.TrailingZeros64(set)
			points[l] += whole / bits.OnesCount64(known)
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
		return None
	}
	return a.list[best]
}
