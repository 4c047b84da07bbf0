package dedup

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/reuse"
	"reprint/shingle"
)

// oracle compares all pairs of a collection, with the furniture that a scan
// masked, and counts keys without a join.
type oracle struct {
	docs  []reuse.Document
	texts []string
	times []int
	keys  []map[uint64]int       // first position of each key, by document
	mark  map[uint64]bool        // keys that stand in quotation marks somewhere
	holds map[uint64][]int       // documents of a key, nearest by time, then number
	place map[uint64]map[int]int // of a document in holds
}

// newOracle reads the collection again.
func newOracle(t tester, c *corpus.Collection, r *Results) *oracle {
	t.Helper()
	o := &oracle{mark: map[uint64]bool{}, holds: map[uint64][]int{}, place: map[uint64]map[int]int{}}
	var z shingle.Tokenizer
	var scratch []uint64
	for i, d := range documents(t, c) {
		var doc reuse.Document
		z.Tokenize(&doc.Text, d.Text)
		doc.Site = boilerplate.SiteHash(d.Site)
		if day, ok := d.Published.Day(); ok {
			doc.Day = day
		}
		b, err := r.keying.masks.Get(int64(i), nil)
		check(t, err)
		stretches, err := readStretches(b, nil)
		check(t, err)
		doc.Mask = mask(make([]bool, doc.Text.Len()), stretches)
		doc.Rarity = b[len(b)-doc.Text.Len():]
		keys := map[uint64]int{}
		for _, k := range doc.Keys(nil, &scratch) {
			if _, known := keys[k.Hash]; !known {
				keys[k.Hash] = k.Pos
				o.holds[k.Hash] = append(o.holds[k.Hash], i)
			}
			o.mark[k.Hash] = o.mark[k.Hash] || k.Quoted
		}
		o.docs, o.texts, o.keys, o.times = append(o.docs, doc), append(o.texts, d.Text), append(o.keys, keys), append(o.times, doc.Day)
	}
	for key, docs := range o.holds {
		slices.SortFunc(docs, func(a, b int) int { return cmp.Or(o.times[a]-o.times[b], a-b) })
		o.place[key] = map[int]int{}
		for i, doc := range docs {
			o.place[key][doc] = i
		}
	}
	return o
}

// seeds lists what documents a and b share, as the join tells it: a key of
// many documents counts for the nearest ones only. cut tells that they share
// more.
func (o *oracle) seeds(a, b int) (seeds []reuse.Seed, cut bool) {
	seeds = []reuse.Seed{}
	for key, pos := range o.keys[a] {
		if _, both := o.keys[b][key]; both {
			if far := o.place[key][a] - o.place[key][b]; far <= seedNear && far >= -seedNear {
				seeds = append(seeds, reuse.Seed{Pos: pos, Docs: len(o.holds[key]), Quoted: o.mark[key]})
			} else {
				cut = true
			}
		}
	}
	return seeds, cut
}

// match compares two documents, and tells whether a scan has to find them:
// it may pass over two that share a key with many others between them.
func (o *oracle) match(x *reuse.Aligner, a, b int) (m reuse.Match, must bool) {
	seeds, cut := o.seeds(a, b)
	if o.texts[a] == o.texts[b] {
		return x.Equal(&o.docs[b]), true
	}
	m = x.Compare(&o.docs[b], seeds)
	return m, m.Kind.Reuse() && !cut && len(seeds) >= 2
}

// agree fails where the scan and the comparison of all pairs differ.
func agree(t tester, c *corpus.Collection, r *Results) {
	t.Helper()
	found := map[[2]int]*Match{}
	for _, m := range all(t, r.Matches()) {
		found[[2]int{m.A, m.B}] = m
	}
	o := newOracle(t, c, r)
	var x reuse.Aligner
	for a := range o.docs {
		x.Left(&o.docs[a])
		for b := a + 1; b < len(o.docs); b++ {
			want, must := o.match(&x, a, b)
			got := found[[2]int{a, b}]
			delete(found, [2]int{a, b})
			switch {
			case got != nil:
				same(t, fmt.Sprintf("%s and %s", got.IDA, got.IDB), want, got.Match)
			case must:
				t.Errorf("documents %d and %d: the scan misses a %s", a, b, want.Kind)
			}
		}
	}
	for _, m := range found {
		t.Errorf("%s and %s: out of order or twice", m.IDA, m.IDB)
	}
}

// same compares what two verdicts say to the user.
func same(t tester, what string, want, got reuse.Match) {
	t.Helper()
	want.Evidence, got.Evidence = reuse.Evidence{}, reuse.Evidence{}
	for _, d := range []*reuse.Direction{&want.Direction, &got.Direction} {
		d.Date, d.Credit = 0, 0 // not of the texts
	}
	if len(want.Passages) == 0 && len(got.Passages) == 0 {
		want.Passages, got.Passages = nil, nil
	}
	if !reflect.DeepEqual(want, got) {
		t.Errorf("%s:\nall pairs %+v\nscan      %+v", what, want, got)
	}
}

// Comparing all pairs finds what a scan finds.
func TestAllPairs(t *testing.T) {
	c := open(t, newsroom)
	r := scan(t, c, Options{})
	agree(t, c, r)
	if n := r.Summary().Matches; n[reuse.Duplicate] == 0 || n[reuse.Republished] == 0 || n[reuse.Partial] == 0 || n[reuse.Quote] == 0 {
		t.Errorf("some kinds do not occur: %v", n)
	}
}

// The same holds for made-up presses, of short texts and of long ones, and
// where a passage stands in more documents than a key has partners.
func TestAllPairsOfMadeUpPresses(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		p := newPress(rapid.Uint64().Draw(rt, "seed"))
		records := p.records(rapid.IntRange(1, 70).Draw(rt, "documents"), rapid.IntRange(5, 150).Draw(rt, "words"))
		if rapid.Bool().Draw(rt, "popular") {
			phrase := p.sentence(rapid.IntRange(6, 40).Draw(rt, "length"))
			for i := range records {
				records[i].Text += " " + phrase
			}
		}
		c := collect(t, records...)
		defer c.Close()
		r := scan(t, c, Options{Threads: 2})
		agree(rt, c, r)
		check(rt, r.Close())
	})
}
