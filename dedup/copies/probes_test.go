package copies

import (
	"fmt"
	"strings"
	"testing"

	"reprint/dedup"
	"reprint/internal/press"
)

// licensed are articles that end with one notice, twice as long as they are. Of some there is an edited
// copy, c, and of one there are so many edited ones, m, as the keys of it are hot.
func licensed(articles, copied, many int) []record {
	p := press.New(77)
	notice := strings.Join(p.Article(260), " ")
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
		words := strings.Fields(strings.Join(p.Article(100+p.IntN(40)), " ") + " " + notice)
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
	for _, many := range []int{0, 100} {
		path := write(t, "docs.jsonl", licensed(articles, copied, many)...)
		c := load(t, path)
		var o Options
		o.Work, o.Temp = t.TempDir(), t.TempDir()
		r, err := begin(c, o)
		check(t, err)
		defer r.Close()
		check(t, r.stages(t.Context(), c))
		check(t, r.open())
		f := apply(t, r, c)
		f.gone(t)
		if len(f.drops) != copied+many {
			t.Errorf("%d go of %d copies", len(f.drops), copied+many)
		}
		x := r.w.newChooser()
		defer x.close()
		check(t, r.w.askPairs(t.Context(), all, int64(len(f.fates)), x))
		if n := x.asked.Len(); n < copied || many == 0 && n > articles/4 || n > articles {
			t.Errorf("%d pairs are asked for of %d copies", n, copied+many)
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
