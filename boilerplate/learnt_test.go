package boilerplate

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/corpus"
	"reprint/shingle"
)

// TestHitsAhead: a Marker that is told what is known of a text marks what one that looks for
// it marks, in that text only.
func TestHitsAhead(t *testing.T) {
	var articles []article
	for i := range 6 {
		articles = append(articles, article{"Anzeiger", 18000 + i, call + " " + story(i) + call + " Und " + call})
	}
	learnt := learn(t, LearnOptions{}, articles...)
	looks, told := Marker{Rules: Shipped(), Learnt: learnt}, Marker{Rules: Shipped(), Learnt: learnt}
	site := SiteHash("Anzeiger")
	var z shingle.Tokenizer
	var x shingle.Text
	for i, a := range articles {
		z.Tokenize(&x, a.text)
		hits := learnt.hitsIn(nil, Grams(nil, &x), site)
		if len(hits) < 3 {
			t.Fatalf("%d hits", len(hits))
		}
		read, err := learnt.ReadHits([]Hit{}, AppendHits(nil, hits), x.Len())
		if err != nil || !slices.Equal(hits, read) {
			t.Fatalf("%v are read as %v, %v", hits, read, err)
		}
		want := looks.Stretches(nil, "", &x, nil, site)
		if i%2 == 0 {
			told.Hits = read
		}
		if got := told.Stretches(nil, "", &x, nil, site); len(want) == 0 || !slices.Equal(got, want) {
			t.Errorf("article %d: told %v, looked %v", i, got, want)
		}
		told.Hits = []Hit{}
		for _, s := range told.Stretches(nil, "", &x, nil, site) {
			if s.Days > 0 {
				t.Errorf("article %d: no hits, and still %v", i, s)
			}
		}
	}
}

// TestReadHitsFaults: hits that are not of this text or not of this Learnt are refused.
func TestReadHitsFaults(t *testing.T) {
	learnt := newLearnt()
	for _, hits := range [][]Hit{{{at: 11}}, {{at: 5}, {at: 11}}, {{slot: len(learnt.keys)}}} {
		if got, err := learnt.ReadHits(nil, AppendHits(nil, hits), 10); err == nil {
			t.Errorf("%v are read as %v", hits, got)
		}
	}
	whole := AppendHits(nil, []Hit{{1, 1000}})
	if got, err := learnt.ReadHits(nil, whole[:len(whole)-1], 10); err == nil {
		t.Errorf("half a hit is read as %v", got)
	}
}

// Of the runs of a text those are hits that are known of its source or of all, each.
func TestHits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		learnt, site := newLearnt(), rapid.Uint64Min(1<<24).Draw(t, "site")
		runs := rapid.SliceOf(rapid.Uint64()).Draw(t, "runs")
		for _, g := range runs {
			of := rapid.SampledFrom([]uint64{0, site, site + 1<<24, anySite}).Draw(t, "of")
			if learnt.all = learnt.all || of == anySite; of != 0 {
				learnt.put(runKey(g, of), gramWords, Count{Days: 4, Times: 4})
			}
		}
		var want []Hit
		for i, g := range runs {
			if slot, known := learnt.find(g, site); known {
				want = append(want, Hit{i, slot})
			}
		}
		if got := learnt.hitsIn(nil, runs, site); !slices.Equal(got, want) {
			t.Fatalf("hits %v, want %v", got, want)
		}
	})
}

// TestNothingLearnt: where nothing is known there is nothing to show, and no fault.
func TestNothingLearnt(t *testing.T) {
	var z shingle.Tokenizer
	var text shingle.Text
	z.Tokenize(&text, call)
	g := NewGallery(Marker{})
	g.Add("a.org", call, &text)
	if f := g.Furniture(); len(f.Patterns) > 0 {
		t.Errorf("%+v", f.Patterns)
	}
}

// TestNoRules: without rules the model of blocks finds what it finds, and says so.
func TestNoRules(t *testing.T) {
	c, err := corpus.Open(corpus.Options{}, "../testdata/newsroom/docs.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var z shingle.Tokenizer
	var text shingle.Text
	var none *Rules
	var bare, empty PageMarker
	empty.Rules = newRules(nil)
	n := 0
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		z.Tokenize(&text, d.Text)
		found := none.Find(nil, d.Text, &text)
		marks := bare.Mark(nil, d.Text, &text, found, 0)
		if want := empty.Mark(nil, d.Text, &text, nil, 0); !reflect.DeepEqual(marks, want) {
			t.Errorf("%s: %+v, with an empty list %+v", d.ID, marks, want)
		}
		n += len(marks)
		if agencies := none.Agencies(&text, found, ""); agencies != nil {
			t.Errorf("%s: %q", d.ID, agencies)
		}
	}
	if n == 0 || none.Len() != 0 || none.With(nil).Len() != 0 || Shipped().With(nil).Len() != none.With(Shipped()).Len() {
		t.Errorf("%d marks; lists of %d, %d", n, none.Len(), Shipped().With(nil).Len())
	}
}
