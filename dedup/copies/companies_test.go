package copies

import (
	"errors"
	"fmt"
	"maps"
	"strings"
	"testing"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/internal/press"
	"reprint/internal/short"
)

// licensed are articles that end with one notice of so many words, of which each has some 120. Of some there
// is an edited copy, c, and of one there are so many edited ones, m, as the keys of it are hot.
func licensed(p *press.Press, article func() []string, notice, articles, copied, many int) []record {
	license := strings.Join(p.Article(notice), " ")
	var docs []record
	add := func(kind string, i int, words []string) {
		docs = append(docs, record{ID: fmt.Sprint(kind, i), Published: fmt.Sprintf("2024-%02d-%02d", 1+p.IntN(12), 1+p.IntN(28)), Text: strings.Join(words, " ")})
	}
	edited := func(words []string) []string {
		words = append([]string(nil), words...)
		for range len(words) * 3 / 100 {
			words[p.IntN(len(words))] = p.Words[p.IntN(len(p.Words))]
		}
		return words
	}
	for i := range articles {
		words := strings.Fields(strings.Join(article(), " ") + " " + license)
		add("x", i, words)
		if i < copied {
			add("c", i, edited(words))
		}
		for range many {
			add("m", len(docs), edited(words))
		}
		many = 0
	}
	p.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	return docs
}

// Of a thousand articles with one license few are compared with others if none of them has many
// copies, and all copies among them are found, be there one of an article or a hundred.
func TestProbes(t *testing.T) {
	const articles, copied = 1000, 30
	for _, many := range []int{100, 0}[:short.Size(2, 1)] {
		p := press.New(77)
		article := func() []string { return p.Article(100 + p.IntN(40)) }
		path := write(t, "docs.jsonl", licensed(p, article, 260, articles, copied, many)...)
		c := load(t, path)
		f, asked := askedOf(t, c)
		if len(f.drops) != copied+many {
			t.Errorf("%d go of %d copies", len(f.drops), copied+many)
		}
		if asked < copied || many == 0 && asked > articles/4 || asked > articles {
			t.Errorf("%d pairs are asked for of %d copies", asked, copied+many)
		}
		want := told(f)
		if got := told(run(t, c, Options{Options: dedup.Options{Threads: 3, Memory: 16 << 20}, shardText: 90_000})); got != want {
			t.Error("other results with other memory")
		}
		if got := told(staged(t, []string{path}, Options{}, [3]int{1, 5, 4})); got != want {
			t.Error("other results in parts")
		}
	}
}

// askedOf returns what becomes of a collection, and how many pairs the edges stage asks for first.
func askedOf(t *testing.T, c *corpus.Collection) (f found, asked int) {
	t.Helper()
	var o Options
	o.Work, o.Temp = t.TempDir(), t.TempDir()
	r, err := begin(c, o)
	check(t, err)
	defer r.Close()
	check(t, r.stages(t.Context(), c))
	check(t, r.open())
	f = apply(t, r, c)
	f.gone(t)
	x := r.w.newChooser()
	defer x.close()
	check(t, r.w.askPairs(t.Context(), all, int64(len(f.fates)), x))
	return f, int(x.asked.Len())
}

// Articles with a license that have sentences in common, each with some others, make pairs by a key
// of both. The more articles there are the more of them have such a key, but few are compared.
func TestPhrases(t *testing.T) {
	const articles, copied = 2000, 100
	p := press.New(5)
	var sentences []string
	for range 2000 {
		sentences = append(sentences, p.Sentence(9+p.IntN(9)))
	}
	article := func() (list []string) {
		for range 9 {
			list = append(list, sentences[p.IntN(len(sentences))])
		}
		return list
	}
	f, asked := askedOf(t, load(t, write(t, "docs.jsonl", licensed(p, article, 130, articles, copied, 0)...)))
	if len(f.drops) != copied || asked > articles/3 { // of some 9000 pairs
		t.Errorf("%d go of %d copies, and %d pairs are asked for", len(f.drops), copied, asked)
	}
}

// A document without hot keys has the company of the first one, by heads, with which it has a weak
// pair.
func TestCompanies(t *testing.T) {
	w := &work{temp: t.TempDir()}
	c := w.newCompanies()
	defer c.free()
	own := func(doc, head uint64) { check(t, c.of.Add(c.record(doc, head))) }
	weak := func(doc, first uint64) {
		check(t, errors.Join(c.weak.Add(c.record(doc, first)), c.turned.Add(c.record(first, doc))))
	}
	for doc := uint64(10); doc < 9+2*probedFrom; doc++ {
		own(doc, 1)
	}
	own(1000, 12) // small companies
	own(1001, 900)
	weak(1000, 7)
	weak(1002, 7)
	weak(1002, 1001)
	weak(1003, 1001)
	weak(1003, 20)
	weak(1005, 1004)
	check(t, c.lend())
	want := map[uint64]uint64{7: 12, 1000: 12, 1001: 900, 1002: 900, 1003: 1}
	compare := func() {
		t.Helper()
		check(t, c.each(func(doc, head uint64) error {
			of, ok := want[doc]
			if lent := doc != 1001 && doc != 1000 && doc >= 1000 || doc == 7; !ok && head != 1 || ok && head&^lentMark != of || lent != (head&lentMark != 0) {
				t.Errorf("%d is of the company %x, want %d", doc, head, of)
			}
			return nil
		}))
	}
	compare()
	check(t, c.large())
	if want := map[uint64]int{1: 2 * probedFrom}; !maps.Equal(c.size, want) {
		t.Errorf("large companies %v, want %v", c.size, want)
	}
}
