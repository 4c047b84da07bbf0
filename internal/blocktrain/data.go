package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"reprint/internal/blocks"
	"reprint/shingle"
)

// page is a labelled page. Its blocks are those that hold a word; they are the
// paragraphs of its text.
type page struct {
	set, id, host string
	site          string // as it is given
	text          string
	block         []string
	furniture     []bool
	made          bool // of another page
	thin          bool // by taking blocks away
	source        blocks.Source
}

// readSet reads the pages of one set.
func readSet(folder, set string) ([]page, error) {
	path := filepath.Join(folder, set+".jsonl.gz")
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var pages []page
	var c counter
	for d := json.NewDecoder(zr); ; {
		var r record
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			tellSources(pages, &c)
			return pages, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: page %d: %w", path, len(pages)+1, err)
		}
		p, err := r.page(set, &c)
		if err != nil {
			return nil, fmt.Errorf("%s: page %s: %w", path, r.ID, err)
		}
		pages = append(pages, p)
	}
}

// record is a page as it is stored.
type record struct {
	ID, Source string
	Blocks     []labelled
}

type labelled struct {
	text    string
	content bool
}

func (l *labelled) UnmarshalJSON(b []byte) error {
	var label int
	if err := json.Unmarshal(b, &[]any{&l.text, &label}); err != nil {
		return err
	}
	l.content = label == 1
	return nil
}

func (r *record) page(set string, c *counter) (page, error) {
	p := page{set: set, id: r.ID, host: hostName(r.Source), site: strings.ToLower(r.Source)}
	var all []string
	for _, b := range r.Blocks {
		all = append(all, b.text)
		if len(c.read(b.text).Paragraphs) == 0 {
			continue // no word
		}
		p.block = append(p.block, b.text)
		p.furniture = append(p.furniture, !b.content)
	}
	p.text = strings.Join(all, "\n\n")
	if n := len(c.read(p.text).Paragraphs); n != len(p.block) {
		return p, fmt.Errorf("%d blocks, but %d paragraphs", len(p.block), n)
	}
	return p, nil
}

// thinned returns the page with at most so many blocks of every run of
// furniture, and of its article the first blocks only, chosen by r; with 0 it is
// the whole article alone.
func (p page) thinned(most int, r *random) page {
	c := page{set: p.set, id: p.id, host: p.host, thin: true, made: true}
	left := len(p.block)
	if most > 0 {
		left = shortest + int(r.unit()*shortest)
	}
	for i := 0; i < len(p.block); {
		end := i + 1
		for end < len(p.block) && p.furniture[end] == p.furniture[i] {
			end++
		}
		from, to := i, end
		if p.furniture[i] {
			n := min(int(r.unit()*float64(most+1)), end-i)
			from += int(r.unit() * float64(end-i-n+1))
			to = from + n
		} else {
			to = min(end, i+left)
			left -= to - i
		}
		c.block = append(c.block, p.block[from:to]...)
		c.furniture = append(c.furniture, p.furniture[from:to]...)
		i = end
	}
	c.text = strings.Join(c.block, "\n\n")
	return c
}

// article reports whether the page has no furniture.
func (p *page) article() bool { return !slices.Contains(p.furniture, true) }

// hostName returns the name of a site without country and subdomain.
func hostName(source string) string {
	labels := strings.Split(strings.ToLower(source), ".")
	if len(labels) == 1 {
		return labels[0]
	}
	labels = labels[:len(labels)-1]
	last := labels[len(labels)-1]
	if len(labels) > 1 && (len(last) <= 2 || last == "com" || last == "org" || last == "net" || last == "gov") {
		return labels[len(labels)-2]
	}
	return last
}

// fold returns which of n parts a host belongs to.
func fold(host string, split, n int) int {
	h := fnv.New64a()
	fmt.Fprintf(h, "%d %s", split, host)
	return int(mix(h.Sum64()) % uint64(n))
}

// counter reads texts.
type counter struct {
	z    shingle.Tokenizer
	t    shingle.Text
	page blocks.Page
}

func (c *counter) read(text string) *shingle.Text {
	c.z.Tokenize(&c.t, text)
	return &c.t
}

// sample is one block.
type sample struct {
	y      bool // it is furniture
	weight float64
	slots  []uint32
	score  float32 // of its words
	row    []float32
}

// collection holds pages and their blocks, in one order.
type collection struct {
	settings
	pages   []page
	samples [][]sample // by page
	counter counter
}

func newCollection(s settings) *collection { return &collection{settings: s} }

// add adds a page. A block weighs the less the more of them a page has, so that
// a few long ones do not decide.
func (c *collection) add(p page) {
	weight := 1 / math.Sqrt(float64(len(p.block)))
	if p.set == "fundus-fixtures-de" {
		weight *= c.german
	}
	if p.set == noisy {
		weight *= c.noisy
	}
	switch {
	case p.thin:
		weight *= c.thin
	case p.made:
		weight *= c.made
	}
	at := &c.counter.page
	at.Read(p.text, c.counter.read(p.text))
	at.Repeated(p.source)
	list := make([]sample, len(p.block))
	for i := range list {
		list[i] = sample{y: p.furniture[i], weight: weight, slots: at.Slots(nil, i)}
	}
	c.pages = append(c.pages, p)
	c.samples = append(c.samples, list)
}

// real returns how many pages are not made of others.
func (c *collection) real() (n int) {
	for i := range c.pages {
		if !c.pages[i].made {
			n++
		}
	}
	return n
}

// rows computes the features from the word scores on the pages that take takes.
func (c *collection) rows(take func(*page) bool) {
	at := &c.counter.page
	for k := range c.pages {
		if !take(&c.pages[k]) {
			continue
		}
		text := c.pages[k].text
		list := c.samples[k]
		at.Read(text, c.counter.read(text))
		at.Repeated(c.pages[k].source)
		at.Score(func(_ *blocks.Page, i int) float32 { return list[i].score })
		for i := range list {
			list[i].row = append(list[i].row[:0], at.Row(i)...)
		}
	}
}

// in returns the blocks of the pages that take takes.
func (c *collection) in(take func(*page) bool) (list []*sample) {
	for k := range c.pages {
		if take(&c.pages[k]) {
			for i := range c.samples[k] {
				list = append(list, &c.samples[k][i])
			}
		}
	}
	return list
}
