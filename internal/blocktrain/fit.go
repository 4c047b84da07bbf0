package main

import (
	"strings"

	"reprint/internal/blocks"
)

// fit trains a model on the pages that take takes: the mean of several forests. The
// word scores that the trees see come from words of other hosts: on those that it was
// trained on, a score knows too much. For each forest hosts are parted otherwise.
func fit(c *collection, take func(*page) bool) *blocks.Model {
	f := &forest{settings: c.settings}
	for bag := range c.bags {
		c.scoreOthers(take, c.words.innerSplit+c.seed+bag)
		c.rows(take)
		f.grow(c.in(take), random(7+c.seed+bag))
	}
	return f.model(trainWords(c.in(func(p *page) bool { return take(p) && !p.made }), c.words))
}

// scoreOthers sets the word scores of the pages that take takes, those of each host by
// words of others; split says which.
func (c *collection) scoreOthers(take func(*page) bool, split int) {
	in := func(p *page, k int) bool { return fold(p.host, split, c.words.inner) == k }
	for k := range c.words.inner {
		w := trainWords(c.in(func(p *page) bool { return take(p) && !p.made && !in(p, k) }), c.words)
		for _, s := range c.in(func(p *page) bool { return take(p) && in(p, k) }) {
			s.score = w.score(s.slots)
		}
	}
}

// crossValidate returns for every page which blocks a model of other hosts
// takes for furniture.
func crossValidate(c *collection) [][]bool {
	gone := make([][]bool, len(c.pages))
	for k := range folds {
		m := fit(c, func(p *page) bool { return fold(p.host, c.seed, folds) != k })
		for i, p := range c.pages {
			if fold(p.host, c.seed, folds) == k {
				gone[i] = decide(&c.counter, m, &p)
			}
		}
	}
	return gone
}

// apply returns for every page which blocks m takes for furniture.
func apply(m *blocks.Model, pages []page) [][]bool {
	var c counter
	var gone [][]bool
	for i := range pages {
		gone = append(gone, decide(&c, m, &pages[i]))
	}
	return gone
}

// decide returns which blocks of a page go, looking at what remains until nothing
// more does, as the product does.
func decide(c *counter, m *blocks.Model, p *page) []bool {
	gone := make([]bool, len(p.block))
	text, kept := p.text, make([]int, len(p.block))
	for i := range kept {
		kept[i] = i
	}
	for {
		var left []int
		var rest []string
		for i, kind := range c.page.Furniture(m, text, c.read(text), p.source) {
			if gone[kept[i]] = kind != ""; kind == "" {
				left, rest = append(left, kept[i]), append(rest, p.block[kept[i]])
			}
		}
		if len(left) == len(kept) {
			return gone
		}
		text, kept = strings.Join(rest, "\n\n"), left
	}
}
