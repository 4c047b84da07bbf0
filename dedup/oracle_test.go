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
	docs          []reuse.Document
	texts         []string
	times         []int
	runs, couples oracleKeys
	few           bool // documents, see fewDocuments
}

// oracleKeys says of one sort of keys which documents hold them.
type oracleKeys struct {
	near  int
	first []map[uint64]int       // first position of each key, by document
	holds map[uint64][]int       // documents of a key, nearest by time, then number
	place map[uint64]map[int]int // of a document in holds
}

func newOracleKeys(near int) oracleKeys {
	return oracleKeys{near: near, holds: map[uint64][]int{}, place: map[uint64]map[int]int{}}
}

// add takes the keys of the next document.
func (o *oracleKeys) add(keys []reuse.Key) {
	first, doc := map[uint64]int{}, len(o.first)
	for _, k := range keys {
		if _, known := first[k.Hash]; !known {
			first[k.Hash] = k.Pos
			o.holds[k.Hash] = append(o.holds[k.Hash], doc)
		}
	}
	o.first = append(o.first, first)
}

// sort orders the documents of each key by their times.
func (o *oracleKeys) sort(times []int) {
	for key, docs := range o.holds {
		slices.SortFunc(docs, func(a, b int) int { return cmp.Or(times[a]-times[b], a-b) })
		o.place[key] = map[int]int{}
		for i, doc := range docs {
			o.place[key][doc] = i
		}
	}
}

// shared lists the keys that documents a and b share and a join tells: a key
// of many documents counts for the nearest ones only. cut tells that they
// share more.
func (o *oracleKeys) shared(a, b int) (keys []uint64, cut bool) {
	for key := range o.first[a] {
		if _, both := o.first[b][key]; both {
			if far := o.place[key][a] - o.place[key][b]; far <= o.near && far >= -o.near {
				keys = append(keys, key)
			} else {
				cut = true
			}
		}
	}
	slices.SortFunc(keys, func(p, q uint64) int {
		return cmp.Or(o.first[a][p]-o.first[a][q], len(o.holds[p])-len(o.holds[q]), o.first[b][p]-o.first[b][q])
	})
	return keys, cut
}

// newOracle reads the collection again.
func newOracle(t tester, c *corpus.Collection, r *Results) *oracle {
	t.Helper()
	docs := documents(t, c)
	o := &oracle{runs: newOracleKeys(seedNear), couples: newOracleKeys(coupleNear), few: len(docs) <= fewDocuments}
	if o.few {
		o.couples.near = fewDocuments
	}
	var z shingle.Tokenizer
	var scratch []uint64
	for i, d := range docs {
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
		o.runs.add(doc.Keys(nil, &scratch))
		o.couples.add(doc.Couples(nil))
		o.docs, o.texts, o.times = append(o.docs, doc), append(o.texts, d.Text), append(o.times, doc.Day)
	}
	o.runs.sort(o.times)
	o.couples.sort(o.times)
	return o
}

// seeds lists what the joins tell of documents a and b. cut tells that they
// share more, lined that their couples alone make them candidates.
func (o *oracle) seeds(a, b int) (seeds []reuse.Seed, cut, lined bool) {
	seeds = []reuse.Seed{}
	runs, cut := o.runs.shared(a, b)
	for _, key := range runs {
		seeds = append(seeds, reuse.Seed{Pos: o.runs.first[a][key], Docs: len(o.runs.holds[key])})
	}
	keys, _ := o.couples.shared(a, b)
	var couples []reuse.Couple
	for _, key := range keys {
		couples = append(couples, reuse.Couple{A: o.couples.first[a][key], B: o.couples.first[b][key], Docs: len(o.couples.holds[key])})
	}
	if lined = reuse.Lined(couples) || o.few && len(couples) > 0; lined {
		for _, c := range couples {
			seeds = append(seeds, reuse.Seed{Pos: c.A, Docs: c.Docs, Couple: true})
		}
	}
	return seeds, cut, lined
}

// match compares two documents, and tells whether a scan has to find them:
// it may pass over two that share a key with many others between them.
func (o *oracle) match(x *reuse.Aligner, a, b int) (m reuse.Match, must bool) {
	seeds, cut, lined := o.seeds(a, b)
	if o.texts[a] == o.texts[b] {
		return x.Equal(&o.docs[b]), true
	}
	m = x.Compare(&o.docs[b], seeds)
	return m, m.Kind.Reuse() && !cut && (lined || reuse.Promising(seeds))
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
		records := p.Records(rapid.IntRange(1, 70).Draw(rt, "documents"), rapid.IntRange(5, 150).Draw(rt, "words"))
		if rapid.Bool().Draw(rt, "popular") {
			phrase := p.Sentence(rapid.IntRange(6, 40).Draw(rt, "length"))
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
