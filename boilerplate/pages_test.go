package boilerplate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// saved is one page of a source, its blocks by number.
type saved struct {
	site   uint64
	blocks []int
}

// text returns the page with a longest block of its own.
func (s saved) text(i int) string {
	own := fmt.Sprintf("the own and only words of article%s that no other page has, and some more of them for running text", strings.Repeat("x", i))
	lines := []string{own}
	for k, b := range s.blocks {
		if i%2 == 0 && k%3 == 2 {
			lines = append(lines, own+" again")
		}
		lines = append(lines, fmt.Sprintf("block%s number %d", strings.Repeat("y", b), 7*i+k))
	}
	return strings.Join(lines, "\n\n")
}

// place is a block of a site.
type place struct{ site, block uint64 }

// byHand counts what pages a site has, and of each block on how many it stands, on
// which days, and at how many heads and tails.
type byHand struct {
	of                 map[uint64]int
	want, heads, tails map[place]int
	days               map[place]map[int]bool
}

// page counts a page, unless it has no blocks.
func (c *byHand) page(site uint64, day int, list []PageBlock) {
	if len(list) == 0 {
		return
	}
	c.of[site]++
	seen := map[uint64]blocks.Place{}
	for _, b := range list[1:] {
		if at, ok := seen[b.hash]; !ok || b.place < at {
			seen[b.hash] = b.place
		}
	}
	for h, stands := range seen {
		at := place{site, h}
		c.want[at]++
		if c.days[at] == nil {
			c.days[at] = map[int]bool{}
		}
		c.days[at][day] = true
		if stands&blocks.Head != 0 {
			c.heads[at]++
		}
		if stands&blocks.Tail != 0 {
			c.tails[at]++
		}
	}
}

// TestPageLearner compares what is counted with a count in a map.
func TestPageLearner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pages := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) saved {
			return saved{uint64(rapid.IntRange(0, 2).Draw(t, "site")) << 40, rapid.SliceOfN(rapid.IntRange(0, 6), 0, 8).Draw(t, "blocks")}
		}), 0, 12).Draw(t, "pages")
		l := NewPageLearner(LearnOptions{})
		defer l.Close()
		told := byHand{of: map[uint64]int{}, want: map[place]int{}, days: map[place]map[int]bool{}, heads: map[place]int{}, tails: map[place]int{}}
		var z shingle.Tokenizer
		var text shingle.Text
		for i, p := range pages {
			z.Tokenize(&text, p.text(i))
			list := PageBlocks(nil, &text)
			for range 2 { // a copy counts as one page
				if err := l.Add(p.site, i%3, uint64(i), list); err != nil {
					t.Fatal(err)
				}
			}
			told.page(p.site, i%3, list)
		}
		err := l.each(func(c *pageCount) {
			at := place{c.site, c.block}
			if c.block != 0 && (c.pages != told.want[at] || c.days != len(told.days[at]) || len(c.first) != min(c.pages, blockLooks)) {
				t.Fatalf("block on %d pages and %d days, %d to look at; want %d and %d", c.pages, c.days, len(c.first), told.want[at], len(told.days[at]))
			}
			if c.block != 0 && (c.heads != told.heads[at] || c.tails != told.tails[at]) {
				t.Fatalf("block at %d heads and %d tails, want %d and %d", c.heads, c.tails, told.heads[at], told.tails[at])
			}
		})
		if err != nil {
			t.Fatal(err)
		}
		got, err := l.learn()
		if err != nil {
			t.Fatal(err)
		}
		for at, n := range told.want {
			s := got.source(at.site)
			if n := told.of[at.site]; at.site != 0 && n >= leastPages && s.Pages != n {
				t.Fatalf("source of %d pages, told %d", n, s.Pages)
			}
			if at.site == 0 || n < leastPages {
				n = 0
			}
			if s.Pages == 0 {
				continue
			}
			if have := s.Hold(at.block); have != n {
				t.Fatalf("block on %d pages, told %d", n, have)
			}
			if stands := blocks.PlaceOf(n, told.heads[at], told.tails[at]); n > 0 && s.Place(at.block) != stands {
				t.Fatalf("block at %d, told %d", stands, s.Place(at.block))
			}
		}
	})
}

// TestPagesBound checks that of too many blocks those on most pages stay.
func TestPagesBound(t *testing.T) {
	p := pageCounts{sites: map[uint64]int{}, least: leastPages}
	for i := range maxBlocks + 10 {
		p.keys = append(p.keys, uint64(i+1)<<keyBits|uint64(2+i%2)<<placeBits)
	}
	p.bound()
	if n := len(p.keys); n != maxBlocks/2+5 || p.least != 3 {
		t.Errorf("%d blocks stay, on %d pages or more", n, p.least)
	}
}

// TestRepeatedBlocks checks that what a source's pages hold goes from all of
// them, and that copies of one page do not make it repeated.
func TestRepeatedBlocks(t *testing.T) {
	places := []string{"Ellernbruch", "Wiesental", "Marktheim", "Oberau", "Seedorf", "Talheim"}
	bar := []string{"Unser Dorf soll schöner werden", "Die Gärten von nebenan", "Rund um den Herd und mehr"}
	page := func(place string) string {
		var lines []string
		for _, s := range []string{
			"Der Rat von %[1]s hat am Montag beschlossen, die alte Mühle am Fluss zu kaufen und in den nächsten drei Jahren zu sanieren.",
			"Das Gebäude in %[1]s steht seit mehr als zwanzig Jahren leer. Nach Angaben der Verwaltung wird der Umbau rund vier Millionen Euro kosten.",
			"Der Bürgermeister von %[1]s hielt dagegen, dass die Mühle zu den ältesten Häusern der Stadt gehört.",
		} {
			lines = append(lines, fmt.Sprintf(s, place))
		}
		return strings.Join(slices.Concat(lines, bar, []string{"Kontakt", "Impressum", "Kommentare (3)"}), "\n\n")
	}
	learn := func(texts ...string) *Learnt {
		l, h := NewPageLearner(LearnOptions{}), NewHeads(LearnOptions{})
		defer l.Close()
		defer h.Close()
		var z shingle.Tokenizer
		var text shingle.Text
		for i, s := range texts {
			z.Tokenize(&text, s)
			if err := l.Add(1<<40, i, uint64(i), PageBlocks(nil, &text)); err != nil {
				t.Fatal(err)
			}
		}
		learnt := newLearnt()
		if err := learnt.Know(h, l); err != nil {
			t.Fatal(err)
		}
		return learnt
	}
	var texts []string
	for _, place := range places {
		texts = append(texts, page(place))
	}
	var z shingle.Tokenizer
	var text shingle.Text
	z.Tokenize(&text, texts[0])
	odds := func(l *Learnt) (sum float32) {
		var p blocks.Page
		p.Read(texts[0], &text)
		p.Repeated(l.source(1 << 40))
		for _, x := range p.Odds(blocks.Shipped())[3:6] {
			sum += x
		}
		return sum
	}
	alone, copies, many := odds(nil), odds(learn(texts[0], texts[0], texts[0])), odds(learn(texts...))
	if alone != copies || many < alone+3 {
		t.Errorf("log odds of repeated blocks: %.2f alone, %.2f with copies, %.2f with other pages", alone, copies, many)
	}
	m := PageMarker{Marker: Marker{Rules: Shipped(), Learnt: learn(texts...)}}
	marks := m.Mark(nil, texts[0], &text, Shipped().Find(nil, texts[0], &text), 1<<40)
	if rest := Strip(texts[0], marks); !strings.HasSuffix(rest, "der Stadt gehört.") || strings.Count(rest, "\n\n") != 2 {
		t.Errorf("%q remains", rest)
	}
}
