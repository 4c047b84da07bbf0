package boilerplate

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// article is what a Learner is told of one article.
type article struct {
	source string
	day    int // -1: undated
	text   string
}

// learn tells a new Learner of articles.
func learn(t interface{ Fatal(...any) }, o LearnOptions, articles ...article) *Learnt {
	l := NewLearner(o)
	defer l.Close()
	var z shingle.Tokenizer
	var x shingle.Text
	for _, a := range articles {
		z.Tokenize(&x, a.text)
		grams := Grams(nil, &x)
		if a.day < 0 {
			a.day = Undated(grams)
		}
		if err := l.Add(SiteHash(a.source), a.day, grams); err != nil {
			t.Fatal(err)
		}
	}
	learnt, err := l.Learn()
	if err != nil {
		t.Fatal(err)
	}
	return learnt
}

// story is running text of which no six words, first or last word occur in the
// story of another n.
func story(n int) string {
	var b strings.Builder
	for i := range 30 {
		fmt.Fprintf(&b, "Rat%dx%d tagt lange%dx%d. ", n, i, n, i)
	}
	return b.String()
}

const call = "Bleiben Sie mit uns am Ball und lesen Sie alles im Netz."

// knows reports how often the first six words of call are known of a source.
func knows(l *Learnt, source string) Count {
	var z shingle.Tokenizer
	var x shingle.Text
	z.Tokenize(&x, call)
	slot, _ := l.find(Grams(nil, &x)[0], SiteHash(source))
	return l.counts(slot)
}

// TestLearn: what is furniture and what is not.
func TestLearn(t *testing.T) {
	// printed returns n articles of sources in turn, with days of their own or
	// all of one day.
	printed := func(n int, days func(i int) int, sources ...string) []article {
		var all []article
		for i := range n {
			all = append(all, article{sources[i%len(sources)], days(i), story(i) + call})
		}
		return all
	}
	daily := func(i int) int { return 18000 + i }
	for _, c := range []struct {
		name     string
		articles []article
		days     int // on which example.org is known to print call, 0: it is no furniture
		times    int
	}{
		{"nine articles of one afternoon", printed(9, func(int) int { return 18000 }, "example.org"), 0, 0},
		{"three days", printed(3, daily, "example.org"), 0, 0},
		{"four days", printed(4, daily, "example.org"), 4, 4},
		{"four days, twice a day", printed(8, func(i int) int { return 18000 + i/2 }, "example.org"), 4, 8},
		{"four days before 1970", printed(4, func(i int) int { return i - 2 }, "example.org"), 4, 4},
		{"two sources of one house", printed(8, func(i int) int { return 18000 + i/2 }, "example.org", "www.other.org"), 4, 4},
		{"a passage that three republish", printed(12, func(i int) int { return 18000 + i/3 }, "example.org", "other.org", "third.org"), 0, 0},
		{"a quotation that seven print", printed(70, func(i int) int { return 18000 + i/7 }, "example.org", "b.org", "c.org", "d.org", "e.org", "f.org", "g.org"), 0, 0},
		{"undated", printed(4, func(int) int { return -1 }, "example.org"), 4, 4},
		{"three undated", printed(3, func(int) int { return -1 }, "example.org"), 0, 0},
		{"no source", printed(9, daily, ""), 0, 0},
		{"another source", printed(9, daily, "other.org"), 0, 0},
		{"nothing", nil, 0, 0},
		{"too short", []article{{"example.org", 1, "Rat tagt"}, {"example.org", 2, "Rat tagt"}, {"example.org", 3, "Rat tagt"}, {"example.org", 4, "Rat tagt"}}, 0, 0},
	} {
		l := learn(t, LearnOptions{Temp: t.TempDir()}, c.articles...)
		if got := knows(l, "Example.org"); got.Days != c.days || got.Times != c.times {
			t.Errorf("%s: %+v, want %d days, %d times", c.name, got, c.days, c.times)
		}
	}
}

// TestLearnCopies: copies of one article without date teach nothing, however
// many there are.
func TestLearnCopies(t *testing.T) {
	var copies []article
	for range 20 {
		copies = append(copies, article{"example.org", -1, story(1) + call})
	}
	if l := learn(t, LearnOptions{}, copies...); l.Len() != 0 {
		t.Errorf("%d runs learnt of copies", l.Len())
	}
}

// TestLearnOnlyFurniture: of the articles nothing but the call is known.
func TestLearnOnlyFurniture(t *testing.T) {
	var all []article
	for i := range 10 {
		all = append(all, article{"example.org", i, story(i) + call})
	}
	m := &Marker{Learnt: learn(t, LearnOptions{}, all...)}
	got, marks := markLearnt(m, "example.org", story(77)+call)
	if len(marks) != 1 || !strings.HasSuffix(got, "⟦"+call+"⟧") {
		t.Errorf("got %s", got)
	}
}

// TestLearnOrder: the same articles in any order and with any memory teach the
// same.
func TestLearnOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		var all []article
		for range rapid.IntRange(0, 30).Draw(rt, "articles") {
			source := rapid.SampledFrom([]string{"", "a.org", "b.org", "c.org"}).Draw(rt, "source")
			text := story(rapid.IntRange(0, 2).Draw(rt, "story"))
			all = append(all, article{source, rapid.IntRange(-1, 8).Draw(rt, "day"), text})
		}
		want := learn(rt, LearnOptions{Memory: 1 << 20}, all...)
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(rt, "seed"), 1))
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		got := learn(rt, LearnOptions{Memory: 4 << 10}, all...)
		if got.Version() != want.Version() || got.Len() != want.Len() {
			rt.Fatalf("%d runs, version %x; want %d, %x", got.Len(), got.Version(), want.Len(), want.Version())
		}
	})
}

// TestVersion: other knowledge has another version.
func TestVersion(t *testing.T) {
	seen := map[uint64]string{newLearnt().Version(): "nothing"}
	for name, l := range map[string]*Learnt{
		"one":           furnitureOf("a.org", call),
		"other source":  furnitureOf("b.org", call),
		"other text":    furnitureOf("a.org", story(1)),
		"every source":  furnitureOf("*", call),
		"shorter":       furnitureOf("a.org", "Bleiben Sie"),
		"one more":      furnitureOf("a.org", call, story(1)),
		"more articles": (&Furniture{Patterns: []Pattern{{Source: "a.org", Text: call, Articles: 10, Days: 9, Decision: "strip"}}}).Learnt(),
		"kept":          (&Furniture{Patterns: []Pattern{{Source: "a.org", Text: call, Articles: 9, Days: 9, Decision: "keep"}}}).Learnt(),
	} {
		if before, ok := seen[l.Version()]; ok {
			t.Errorf("%s and %s have the same version", name, before)
		}
		seen[l.Version()] = name
	}
}

// TestVersionOrder: what is learnt first may stand elsewhere in the table; the
// version is the same.
func TestVersionOrder(t *testing.T) {
	up, down := newLearnt(), newLearnt()
	for i := range 3000 {
		up.put(shingle.Second(uint64(i)), gramWords, Count{Days: 4, Times: i})
		down.put(shingle.Second(uint64(2999-i)), gramWords, Count{Days: 4, Times: 2999 - i})
	}
	if up.Version() != down.Version() || up.Len() != 3000 || down.Len() != 3000 {
		t.Errorf("%d runs, version %x; in the other order %d, %x", up.Len(), up.Version(), down.Len(), down.Version())
	}
}

// TestUndated: numbers above every calendar day, equal for equal texts only.
func TestUndated(t *testing.T) {
	seen := map[int]int{}
	for n := range 50 {
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, story(n))
		d := Undated(Grams(nil, &x))
		if d < 1<<23 || d >= 1<<24 {
			t.Fatalf("stand-in %d lies outside three bytes above the calendar", d)
		}
		if m, ok := seen[d]; ok {
			t.Errorf("stories %d and %d have one stand-in", m, n)
		}
		seen[d] = n
	}
}

// BenchmarkLearn tells of a hundred articles.
func BenchmarkLearn(b *testing.B) {
	var all []article
	size := 0
	for i := range 100 {
		all = append(all, article{"example.org", i, news + story(i) + call})
		size += len(all[i].text)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		learn(b, LearnOptions{Temp: b.TempDir()}, all...)
	}
}

// TestLearnMost: of too many runs those of the most articles are learnt.
func TestLearnMost(t *testing.T) {
	grams := func(from, n int) []uint64 {
		list := make([]uint64, n)
		for i := range list {
			list[i] = shingle.Second(uint64(from + i))
		}
		return list
	}
	for _, c := range []struct{ most, want int }{{1000, 130}, {130, 130}, {129, 30}, {30, 30}, {29, 20}, {5, 0}} {
		l := NewLearner(LearnOptions{Memory: 1 << 10, Temp: t.TempDir()})
		l.most = c.most
		for day := range 300 {
			list := grams(0, 20)
			if day < 290 {
				list = append(list, grams(20, 10)...)
			}
			if day < 5 {
				list = append(list, grams(30, 100)...)
			}
			if err := l.Add(1<<40, day, list); err != nil {
				t.Fatal(err)
			}
		}
		learnt, err := l.Learn()
		if err != nil || learnt.Len() != c.want {
			t.Errorf("%d runs of at most %d, want %d (%v)", learnt.Len(), c.most, c.want, err)
		}
		if err := l.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
