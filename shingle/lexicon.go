package shingle

import (
	"embed"
	"errors"
	"math/bits"
	"strings"
	"sync"
)

// Sentence splitting knows some words of German and English press texts, and what
// stands with a full stop in front of names in some other languages. They stand in one
// readable file a language, under section names that are traits. A word that several
// languages have has the traits of all: no file names a word with which sentences of
// another one end, or a short one that stands in names.
//
//go:embed language/*.txt
var languages embed.FS

// trait is what a word's section says of it.
type trait uint16

const (
	never   trait = 1 << iota // its full stop ends no sentence
	numbers                   // nor if a number follows
	seldom                    // only before a word that begins sentences
	begins                    // begins sentences
	month
	ordinal // stands before numerals with a full stop
	german  // tells the language
	english
	elided // written with an apostrophe in front
	start  // begins a sentence wherever it is capitalised
	inner  // does not end a heading
	name   // follows an article in names
)

var sections = map[string]trait{
	"never": never, "number": numbers, "seldom": seldom, "begin": begins, "start": start, "inner": inner, "name": name,
	"month": month, "ordinal": ordinal, "german": german, "english": english, "elided": elided,
}

// lexicon holds the traits of words by their hash, and one bit for each word of
// the section [start], by the low bits of its hash, to tell most words that are
// not there at once.
type lexicon struct {
	words  []uint64 // open addressing, 0 is empty
	traits []trait
	starts [64]uint64
}

// newLexicon returns an empty lexicon for n words.
func newLexicon(n int) *lexicon {
	size := 1 << bits.Len(uint(2*n))
	return &lexicon{words: make([]uint64, size), traits: make([]trait, size)}
}

// place returns where a word is or would be. Most words are at their first place or are none of
// these, one as often as the other: it is asked in one branch whether neither is so.
func (l *lexicon) place(hash uint64) int {
	at := int(hash) & (len(l.words) - 1)
	for isOther(l.words[at], hash) {
		at = (at + 1) & (len(l.words) - 1)
	}
	return at
}

// isOther reports whether a place has a word, and another one than that with a hash.
func isOther(word, hash uint64) bool {
	differs := word ^ hash
	return int64((word|-word)&(differs|-differs)) < 0
}

// of returns the traits of a word, 0 if it is none of these.
func (l *lexicon) of(hash uint64) trait { return l.traits[l.place(hash)] }

// mayStart returns 1 if a word may be one of the section [start], else 0.
func (l *lexicon) mayStart(hash uint64) Flag { return Flag(l.starts[hash>>6&63] >> (hash & 63) & 1) }

func (l *lexicon) add(hash uint64, t trait) {
	at := l.place(hash)
	l.words[at], l.traits[at] = hash, t
	if t&start != 0 {
		l.starts[hash>>6&63] |= 1 << (hash & 63)
	}
}

// lexica returns the words of all languages; the sections of a word that
// stands in several files are added up.
var lexica = sync.OnceValue(func() *lexicon {
	traits := map[uint64]trait{}
	files, err := languages.ReadDir("language")
	for _, file := range files {
		data, err1 := languages.ReadFile("language/" + file.Name())
		if err = errors.Join(err, err1); err != nil {
			panic(err) // the files are in the binary
		}
		section := trait(0)
		for line := range strings.Lines(string(data)) {
			line = strings.TrimSpace(line)
			switch {
			case strings.HasPrefix(line, "#"):
			case strings.HasPrefix(line, "["):
				section = sections[strings.Trim(line, "[]")]
			default:
				for _, word := range strings.Fields(line) {
					traits[Hash(word)] |= section
				}
			}
		}
	}
	lex := newLexicon(len(traits))
	for hash, t := range traits {
		lex.add(hash, t)
	}
	return lex
})
