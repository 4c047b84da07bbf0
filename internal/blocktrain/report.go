package main

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// tally counts blocks and words by what they are and what became of them.
type tally struct{ content, furniture, words counts }

type counts struct{ hits, alarms, misses int }

func (c counts) f1() float64 {
	return 2 * float64(c.hits) / float64(max(1, 2*c.hits+c.alarms+c.misses))
}

func (c *counts) add(want, have bool, n int) {
	switch {
	case want && have:
		c.hits += n
	case have:
		c.alarms += n
	case want:
		c.misses += n
	}
}

func (t *tally) add(p *page, gone []bool) {
	for i, g := range gone {
		t.content.add(!p.furniture[i], !g, 1)
		t.furniture.add(p.furniture[i], g, 1)
		t.words.add(!p.furniture[i], !g, len(strings.Fields(p.block[i])))
	}
}

// report prints F1 by set, and how many articles without furniture lost a block, and
// returns F1 of content by set.
func report(pages []page, gone [][]bool) map[string]float64 {
	sets := map[string]*tally{}
	var order []string
	articles, cut, lost := 0, 0, 0
	for k := range pages {
		p := &pages[k]
		if p.thin && p.article() {
			n := count(gone[k])
			articles, lost = articles+1, lost+n
			if n > 0 {
				cut++
			}
			continue
		}
		set := p.set
		switch {
		case p.thin:
			set = "thinned"
		case p.made:
			set = "made up"
		}
		if sets[set] == nil {
			sets[set] = &tally{}
			order = append(order, set)
		}
		sets[set].add(p, gone[k])
	}
	content := map[string]float64{}
	for _, set := range order {
		t := sets[set]
		content[set] = t.content.f1()
		fmt.Printf("%-20s %.4f / %.4f / %.4f\n", set, t.content.f1(), t.furniture.f1(), t.words.f1())
	}
	if articles > 0 {
		fmt.Printf("of %d articles without furniture %d lost %d blocks\n", articles, cut, lost)
	}
	return content
}

// spread prints of every set the mean of several F1, how far they stand from it (the
// standard deviation) and the least of them.
func spread(all []map[string]float64) {
	for _, set := range trained {
		var list []float64
		for _, f := range all {
			list = append(list, f[set])
		}
		mean, deviation := moments(list)
		fmt.Printf("%-20s %.4f ± %.4f, least %.4f\n", set, mean, deviation, slices.Min(list))
	}
}

// moments returns the mean and the standard deviation of a sample.
func moments(list []float64) (mean, deviation float64) {
	for _, x := range list {
		mean += x / float64(len(list))
	}
	for _, x := range list {
		deviation += (x - mean) * (x - mean) / float64(max(1, len(list)-1))
	}
	return mean, math.Sqrt(deviation)
}

func count(list []bool) (n int) {
	for _, x := range list {
		if x {
			n++
		}
	}
	return n
}
