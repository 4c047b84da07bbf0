package main

import (
	"slices"
	"strings"
	"testing"

	"reprint/internal/blocks"
)

// TestTellSources checks that blocks of a source are counted, whatever their
// numbers, and those of copies once.
func TestTellSources(t *testing.T) {
	made := func(site string, lines ...string) page {
		return page{site: site, text: strings.Join(lines, "\n\n")}
	}
	pages := []page{
		made("a", "Comments (3)", "The first article of this source is long enough to be its own."),
		made("a", "Comments (12)", "The second article of this source is long enough to be its own."),
		made("a", "Comments (12)", "The second article of this source is long enough to be its own."),
		made("b", "Comments (4)", "Another source."),
	}
	var c counter
	tellSources(pages, &c)
	for i, want := range []int{2, 2, 2, 1} {
		h, _ := blocks.Hashes(nil, c.read(pages[i].text))
		if s := pages[i].source; s.Pages != want || s.Hold(h[0]) != want || s.Hold(h[1]) != 1 {
			t.Errorf("page %d: %d pages, its first block on %d, its second on %d", i, s.Pages, s.Hold(h[0]), s.Hold(h[1]))
		}
	}
}

// TestMade checks that what is made of pages is labelled, block for block.
func TestMade(t *testing.T) {
	pages, r := invented(12), random(5)
	var c counter
	more := 0
	for i := range pages {
		p := pages[i].discussed(pages, &r).repeated(&r)
		if n := len(c.read(p.text).Paragraphs); n != len(p.block) || n != len(p.furniture) || !p.made || p.thin {
			t.Fatalf("%d paragraphs, %d blocks, %d labels", n, len(p.block), len(p.furniture))
		}
		var article []string
		for k, b := range p.block {
			if !p.furniture[k] {
				article = append(article, b)
			}
			if strings.Contains(b, "%!") {
				t.Errorf("%q", b)
			}
		}
		var want []string
		for k, b := range pages[i].block {
			if !pages[i].furniture[k] {
				want = append(want, b)
			}
		}
		if !slices.Equal(article, want) {
			t.Errorf("the article became %q", article)
		}
		more += len(p.block) - len(pages[i].block)
		h, _ := blocks.Hashes(nil, c.read(p.text))
		for k := range h {
			if on := p.source.Hold(h[k]); on > p.source.Pages {
				t.Errorf("on %d of %d pages", on, p.source.Pages)
			}
		}
	}
	if more < 12*3 {
		t.Errorf("%d blocks were added", more)
	}
}
