package main

import (
	"math/rand/v2"
	"strings"
)

type options struct {
	seed           uint64
	size           int64
	docs, about    int
	pages, edited  int
	crowds         int
	fresh          int // words in each wordEvery that are replaced in later rounds
	license, ascii bool
	unlike         bool
	dir            string
}

const (
	copyEvery = 20 // one article in so many has a copy
	percents  = 5  // of 1, 2, ... percent of its words
	wordEvery = 5  // words of which some are replaced in later rounds

	// leastWords let one percent of them be a word: shorter articles go on with
	// further sentences.
	leastWords = 100
)

// A plan says what stands where. Articles are runs of sentences in the order of
// their round's shuffle, so that any of them can be built again for its copy.
type plan struct {
	*pool
	options
	rounds   [][]uint32 // sentences, shuffled
	articles []article
	copied   []uint32 // articles that have a copy
	order    []uint32 // an article, or behind them a copy, or behind those a page
}

type article struct {
	round    uint16
	length   uint16 // sentences
	sentence uint32 // place in the round
}

func newPlan(p *pool, o options) *plan {
	pl := &plan{pool: p, options: o}
	rng := rand.New(rand.NewPCG(o.seed, 0))
	pl.shuffleRound(rng)
	var size int64
	for at := 0; !pl.enough(size); {
		length, bytes := pl.take(rng, at)
		if length == 0 {
			pl.shuffleRound(rng)
			at = 0
			continue
		}
		pl.articles = append(pl.articles, article{uint16(len(pl.rounds) - 1), uint16(length), uint32(at)})
		at += length
		size += int64(bytes)
	}
	for a := 0; a < len(pl.articles); a += copyEvery {
		pl.copied = append(pl.copied, uint32(a+rng.IntN(min(copyEvery, len(pl.articles)-a))))
	}
	pl.order = make([]uint32, len(pl.articles)+len(pl.copied)+o.pages)
	for i := range pl.order {
		pl.order[i] = uint32(i)
	}
	rng.Shuffle(len(pl.order), func(i, j int) { pl.order[i], pl.order[j] = pl.order[j], pl.order[i] })
	return pl
}

// enough reports whether articles of so many bytes of text fill the collection, with
// their copies.
func (p *plan) enough(size int64) bool {
	if p.docs > 0 {
		n := len(p.articles)
		return n+(n+copyEvery-1)/copyEvery >= p.docs-p.pages
	}
	return size+size/copyEvery >= p.size
}

func (p *plan) shuffleRound(rng *rand.Rand) {
	order := make([]uint32, len(p.sentences))
	for i, s := range rng.Perm(len(order)) {
		order[i] = uint32(s)
	}
	p.rounds = append(p.rounds, order)
}

// take returns how many sentences the next article has, from place at of the last
// round, and the bytes of its text; none if the round has too few left.
func (p *plan) take(rng *rand.Rand, at int) (length, bytes int) {
	round := p.rounds[len(p.rounds)-1]
	if p.about > 0 {
		goal := p.about/2 + rng.IntN(p.about)
		for ; bytes < goal && at+length < len(round); length++ {
			bytes += len(p.sentences[round[at+length]]) + 1
		}
		if bytes < goal {
			length = 0
		}
		return length, bytes
	}
	least, words := p.lengths[len(p.articles)%len(p.lengths)], 0
	for ; length < least || words < leastWords; length++ {
		if at+length == len(round) {
			return 0, 0
		}
		s := p.sentences[round[at+length]]
		bytes += len(s) + 1
		words += strings.Count(s, " ") + 1
	}
	return length, bytes
}

// words builds article a: its words, of which the first of a paragraph begins with
// a line end.
func (p *plan) words(dst []string, a int) []string {
	rng := rand.New(rand.NewPCG(p.seed, uint64(a)<<1|1))
	art := p.articles[a]
	for i, s := range p.rounds[art.round][art.sentence:][:art.length] {
		first := len(dst)
		for w := range strings.SplitSeq(p.sentences[s], " ") {
			dst = append(dst, w)
		}
		if art.round > 0 {
			p.replace(dst[first:], rng)
		}
		if i > 0 && rng.IntN(4) == 0 {
			dst[first] = "\n" + dst[first]
		}
	}
	return dst
}

// replace replaces fresh words in each wordEvery.
func (p *plan) replace(words []string, rng *rand.Rand) {
	for ; len(words) > 0; words = words[min(wordEvery, len(words)):] {
		from := rng.IntN(min(wordEvery, len(words)))
		for i := range p.fresh {
			words[(from+i)%min(wordEvery, len(words))] = p.word(rng)
		}
	}
}

// word picks a word from anywhere in the pool, the first of a sentence now and then.
func (p *plan) word(rng *rand.Rand) string {
	s := p.sentences[rng.IntN(len(p.sentences))]
	if _, behind, ok := strings.Cut(s[rng.IntN(len(s)):], " "); ok {
		s = behind
	}
	s, _, _ = strings.Cut(s, " ")
	return s
}

// edit drops, doubles or replaces the given percentage of words, one at least, and
// returns what comes of it and how many it were.
func (p *plan) edit(dst, words []string, percent, a int) (edited []string, edits int) {
	rng := rand.New(rand.NewPCG(p.seed, uint64(a)<<1))
	edits = max(1, (len(words)*percent+50)/100)
	chosen := map[int]bool{}
	for len(chosen) < edits {
		chosen[rng.IntN(len(words))] = true
	}
	for i, w := range words {
		if !chosen[i] {
			dst = append(dst, w)
			continue
		}
		switch rng.IntN(3) {
		case 0: // dropped
		case 1:
			dst = append(dst, w, strings.TrimPrefix(w, "\n"))
		case 2:
			dst = append(dst, p.word(rng))
		}
	}
	return dst, edits
}
