package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprint/internal/blocks"
	"reprint/internal/short"
)

// quick are settings for small data.
var quick = settings{
	bags: 2, trees: 30, depth: 3, rate: .2, least: .1, l2: 1, rows: .8, cols: .5,
	thin: .1, made: .3, noisy: .5, german: 1, words: wordSettings{epochs: 2, rate: .3, l2: 3e-4, inner: 3, innerSplit: 1},
}

// invented returns pages of n hosts, each with prose inside furniture.
func invented(n int) (pages []page) {
	for i := range n {
		p := page{set: "invented", id: fmt.Sprint(i), host: fmt.Sprint("host", i)}
		add := func(furniture bool, text string) {
			p.block, p.furniture = append(p.block, text), append(p.furniture, furniture)
		}
		for k := range 3 + i%3 {
			add(true, []string{"Home", "Share this", "Sign in", "Newsletter", "Contact"}[(i+k)%5])
		}
		for k := range 4 {
			add(false, fmt.Sprintf("The council of town %d has said that it will buy the old mill for %d million and that it hopes to repair the roof before the winter.", i, k+2))
		}
		for k := range 4 + i%2 {
			add(true, []string{"Read more", "Comments (3)", "All rights reserved", "Privacy", "Most read"}[(i+k)%5])
		}
		p.text = strings.Join(p.block, "\n\n")
		pages = append(pages, p)
	}
	return pages
}

func collect(pages []page) *collection {
	c, r := newCollection(quick), random(1)
	for _, p := range pages {
		c.add(p)
		c.add(p.thinned(1, &r))
	}
	return c
}

func all(*page) bool { return true }

// TestFit checks that a model learns what is plain, and that training anew
// gives the same bytes.
func TestFit(t *testing.T) {
	short.Alone(t)
	pages := invented(40)
	m := fit(collect(pages[:30]), all)
	var sum tally
	for i, gone := range apply(m, pages[30:]) {
		sum.add(&pages[30+i], gone)
	}
	if f := sum.furniture.f1(); f < .95 {
		t.Errorf("furniture F1 %.3f on other hosts", f)
	}
	if again := fit(collect(pages[:30]), all); !bytes.Equal(m.Append(nil), again.Append(nil)) {
		t.Error("trained twice, the weights differ")
	}
	if read, err := blocks.ReadModel(m.Append(nil)); err != nil || !bytes.Equal(read.Append(nil), m.Append(nil)) {
		t.Errorf("the weights do not come back: %v", err)
	}
}

// TestForest compares the model of whole numbers with the trees it was made of.
func TestForest(t *testing.T) {
	short.Alone(t)
	c := collect(invented(30))
	fit(c, all) // sets the rows
	samples := c.in(all)
	f := &forest{settings: quick}
	for bag := range quick.bags {
		f.grow(samples, random(bag))
	}
	columns := f.columns(samples)
	m := f.model(&wordModel{weight: make([]float64, 1<<blocks.ScoreBits)})
	for i, s := range samples {
		want := f.base
		for k := range f.grown {
			want += f.grown[k].value(columns, i) / float64(quick.bags)
		}
		if got := float64(m.Row(s.row)); math.Abs(got-want) > .01 {
			t.Fatalf("block %d: %v, the trees say %v", i, got, want)
		}
	}
}

func TestGradient(t *testing.T) {
	var sum int64
	slopes, curves := 0.0, 0.0
	for i := range 1000 {
		x := gradient(&sample{y: i%3 == 0}, float64(i%7)-3, 1+float64(i%5))
		s, c := parts(x)
		sum, slopes, curves = sum+x, slopes+s, curves+c
	}
	if s, c := parts(sum); s != slopes || c != curves {
		t.Errorf("sum %v %v, parts %v %v", s, c, slopes, curves)
	}
}

func TestEdges(t *testing.T) {
	if got := edges([]float32{3, 1, 1, 2}); len(got) != 2 || got[0] != 1.5 || got[1] != 2.5 {
		t.Errorf("few values: %v", got)
	}
	many := make([]float32, 1000)
	for i := range many {
		many[i] = float32(i * i)
	}
	if got := edges(many); len(got) != maxBins-1 {
		t.Errorf("many values: %d edges", len(got))
	}
	if got := edges([]float32{7, 7}); got != nil {
		t.Errorf("one value: %v", got)
	}
}

func TestHostName(t *testing.T) {
	for source, want := range map[string]string{
		"wsj.com": "wsj", "blogs.wsj.com": "wsj", "bbc.co.uk": "bbc", "news.bbc.co.uk": "bbc", "abc.net.au": "abc",
		"Zeit.de": "zeit", "n-tv.de": "n-tv", "localhost": "localhost", "t.co": "t",
	} {
		if got := hostName(source); got != want {
			t.Errorf("%s: %s, want %s", source, got, want)
		}
	}
}

// TestFolds checks that sister pages stay together and the parts are of a size.
func TestFolds(t *testing.T) {
	var n [5]int
	same := 0
	for i := range 1000 {
		host := fmt.Sprint("host", i)
		n[fold(host, 0, 5)]++
		if fold(host, 0, 5) == fold(host, apart, 5) {
			same++
		}
	}
	if same < 150 || same > 250 {
		t.Errorf("%d of 1000 hosts are in the same part with another seed", same)
	}
	for k, c := range n {
		if c < 150 || c > 250 {
			t.Errorf("part %d holds %d of 1000", k, c)
		}
	}
}

func TestTally(t *testing.T) {
	p := page{block: []string{"a b", "c", "d e f", "g"}, furniture: []bool{false, true, false, true}}
	var sum tally
	sum.add(&p, []bool{false, true, true, false})
	if sum.content != (counts{1, 1, 1}) || sum.furniture != (counts{1, 1, 1}) || sum.words != (counts{2, 1, 3}) {
		t.Errorf("%+v", sum)
	}
	if f := sum.content.f1(); f != .5 {
		t.Errorf("F1 %v", f)
	}
	if mean, deviation := moments([]float64{1, 2, 3, 6}); mean != 3 || math.Abs(deviation-math.Sqrt(14./3)) > 1e-12 {
		t.Errorf("mean %v, deviation %v", mean, deviation)
	}
}

func TestReadSet(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, pages ...any) {
		f, err := os.Create(filepath.Join(folder, name+".jsonl.gz"))
		if err != nil {
			t.Fatal(err)
		}
		zw := gzip.NewWriter(f)
		for _, p := range pages {
			if err := json.NewEncoder(zw).Encode(p); err != nil {
				t.Fatal(err)
			}
		}
		if err := zw.Close(); err != nil {
			t.Fatal(err)
		}
		f.Close()
	}
	row := map[string]any{"id": "1", "source": "www.example.org", "blocks": []any{[]any{"Two words", 1}, []any{"|", 0}, []any{"Share", 0}}}
	write("good", row)
	write("label", map[string]any{"id": "1", "blocks": []any{[]any{"Two words", "x"}}})
	pages, err := readSet(folder, "good")
	if err != nil || len(pages) != 1 {
		t.Fatal(pages, err)
	}
	if p := pages[0]; p.host != "example" || p.text != "Two words\n\n|\n\nShare" || len(p.block) != 2 || p.furniture[0] || !p.furniture[1] {
		t.Errorf("%+v", p)
	}
	for _, name := range []string{"label", "missing"} {
		if _, err := readSet(folder, name); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
