package blocks

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"reprint/shingle"
)

//go:embed cues.txt
var cueText string

// Cues are numbered as the kinds of furniture they name.
const (
	cueNewsletter = iota
	cueShare
	cueTeaser
	cuePaywall
	cueCredit
	cueDateline
	cueDisclaimer
	cueComments
	cueAdvert
	cueNavigation
	numCues
)

// cueNames are the kinds of furniture that cues name, by their number.
var cueNames = [numCues]string{"newsletter", "share", "teaser", "paywall", "credit", "dateline", "disclaimer", "comments", "advert", "navigation"}

// cue is a phrase; a hash of 0 is any word with a digit.
type cue struct {
	words    []uint64
	kind     uint8
	anywhere bool // or only at the beginning of a block and in a short one
}

// cues finds phrases by their first words.
type cues struct {
	seen  [1 << 9]uint64 // bitmap of first words' hashes
	first map[uint64][]cue
	any   []cue // begin with a number
}

var allCues = sync.OnceValue(func() *cues {
	c := &cues{first: map[uint64][]cue{}}
	var z shingle.Tokenizer
	var t shingle.Text
	for line := range strings.Lines(cueText) {
		name, list, _ := strings.Cut(strings.TrimSpace(line), " ")
		kind := slices.Index(cueNames[:], name)
		if kind < 0 {
			continue // a comment
		}
		for phrase := range strings.SplitSeq(list, "|") {
			phrase, star := strings.CutPrefix(phrase, "*")
			one := cue{kind: uint8(kind)}
			fields, chars := strings.Fields(phrase), false
			for _, w := range fields {
				if w == "#" {
					one.words = append(one.words, 0)
					continue
				}
				z.Tokenize(&t, w)
				one.words = append(one.words, t.Hash...)
				chars = chars || t.Len() > 0 && t.Flag[0]&shingle.Char != 0
			}
			one.anywhere = star || len(fields) > 1 || len(one.words) > 1 && !chars
			c.add(one)
		}
	}
	return c
})

func (c *cues) add(one cue) {
	if one.words[0] == 0 {
		c.any = append(c.any, one)
		return
	}
	h := one.words[0]
	c.first[h] = append(c.first[h], one)
	c.seen[h>>6&511] |= 1 << (h & 63)
}

// shortWords is the most words of a block in which any word is telling.
const shortWords = 8

// find returns the kinds of the cues that words [from, to) hold, one bit each.
func (c *cues) find(t *shingle.Text, from, to int) (kinds uint16) {
	short := to-from <= shortWords
	for i := from; i < to; i++ {
		h := t.Hash[i]
		if c.seen[h>>6&511]>>(h&63)&1 != 0 {
			for _, one := range c.first[h] {
				if (one.anywhere || i == from || short) && one.at(t, i, to) {
					kinds |= 1 << one.kind
				}
			}
		}
		if t.Flag[i]&shingle.Number != 0 {
			for _, one := range c.any {
				if one.at(t, i, to) {
					kinds |= 1 << one.kind
				}
			}
		}
	}
	return kinds
}

// at reports whether the phrase stands at word i.
func (c *cue) at(t *shingle.Text, i, to int) bool {
	if to-i < len(c.words) {
		return false
	}
	for k, w := range c.words {
		if w == 0 && t.Flag[i+k]&shingle.Number == 0 || w != 0 && t.Hash[i+k] != w {
			return false
		}
	}
	return true
}
