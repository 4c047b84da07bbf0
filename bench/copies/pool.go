package main

import (
	"fmt"
	"strings"

	"reprint/corpus"
	"reprint/shingle"
)

// A pool is what the sources give: their distinct sentences, and how many each of
// their articles has.
type pool struct {
	sentences []string
	lengths   []int
}

// Sentences of other lengths are headings, tables and lists.
const minWords, maxWords = 4, 120

// readPool reads all sources into memory.
func readPool(paths []string) (*pool, error) {
	docs, err := corpus.Open(corpus.Options{}, paths...)
	if err != nil {
		return nil, err
	}
	defer docs.Close()
	p := new(pool)
	seen := map[string]bool{}
	var z shingle.Tokenizer
	var x shingle.Text
	for d, err := range docs.All() {
		if err != nil {
			return nil, err
		}
		z.Tokenize(&x, d.Text)
		n := 0
		for _, s := range x.Sentences {
			words := strings.Fields(strings.ToValidUTF8(d.Text[s.Start:s.End], " "))
			text := strings.Join(words, " ")
			if len(words) < minWords || len(words) > maxWords || seen[text] {
				continue
			}
			seen[text] = true
			p.sentences = append(p.sentences, text)
			n++
		}
		if n > 0 {
			p.lengths = append(p.lengths, n)
		}
	}
	if len(p.sentences) == 0 {
		return nil, fmt.Errorf("no sentences in %s", strings.Join(paths, ", "))
	}
	return p, nil
}
