package copies

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/dedup"
	"reprint/internal/press"
	"reprint/internal/short"
	"reprint/internal/spill"
)

// Of a crowd every document is an edited copy of one of two pages, whose ids begin with a and
// b, or an article with an id in x. All of them end with the same notice.
func crowd(copied, articles int) []record {
	p := press.New(31)
	notice := strings.Join(p.Article(150), " ")
	var docs []record
	add := func(kind string, i int, text string) {
		docs = append(docs, record{ID: fmt.Sprint(kind, i), Published: fmt.Sprintf("2024-%02d-%02d", 1+p.IntN(12), 1+p.IntN(28)), Text: text})
	}
	for _, kind := range []string{"a", "b"} {
		page := strings.Fields(strings.Join(p.Article(250), " ") + " " + notice)
		for i := range copied {
			words := slices.Clone(page)
			for range len(words) * 3 / 100 {
				switch at := p.IntN(len(words)); p.IntN(3) {
				case 0:
					words = slices.Delete(words, at, at+1)
				case 1:
					words = slices.Insert(words, at, words[at])
				default:
					words[at] = p.Words[p.IntN(len(p.Words))]
				}
			}
			add(kind, i, strings.Join(words, " "))
		}
	}
	for i := range articles {
		add("x", i, strings.Join(p.Article(60+p.IntN(150)), " ")+" "+notice)
	}
	p.Shuffle(len(docs), func(i, j int) { docs[i], docs[j] = docs[j], docs[i] })
	return docs
}

// Of two pages of which there are many edited copies one of each stays, whatever else bears
// the same notice, and whoever chooses. It takes little more than one comparison a document.
func TestCrowd(t *testing.T) {
	path := write(t, "docs.jsonl", crowd(150, 150)...)
	c := load(t, path)
	docs := documents(t, c)
	for _, keep := range []string{"first", "earliest", "longest"}[:short.Size(3, 1)] {
		o := Options{Options: dedup.Options{Keep: keep}}
		o.Work, o.Temp = t.TempDir(), t.TempDir()
		r, err := begin(c, o)
		check(t, err)
		check(t, r.stages(t.Context(), c)) // Run removes what they leave
		check(t, r.open())
		f := apply(t, r, c)
		f.gone(t)
		stay := map[string]int{}
		for i, fate := range f.fates {
			if !fate.Goes {
				stay[docs[i].ID[:1]]++
			}
		}
		if stay["a"] != 1 || stay["b"] != 1 || stay["x"] != 150 {
			t.Errorf("%s: %v stay", keep, stay)
		}
		for _, d := range f.drops {
			if share, jaccard := held(docs[d.Doc].Text, docs[d.Kept].Text); rounded(share) != d.Share || rounded(jaccard) != d.Jaccard {
				t.Errorf("%s: %+v, but the share is %v and the similarity %v", keep, d, share, jaccard)
			}
		}
		n := 0
		for rec, err := range r.w.edgeRecords(t.Context(), edgePart, edgeBytes) {
			check(t, err)
			if e := readEdge(rec); docs[e.a].ID[0] != 'x' && docs[e.b].ID[0] != 'x' {
				n++
			}
		}
		if n < 298 || n > 330 {
			t.Errorf("%s: %d pairs of 300 copies", keep, n)
		}
		check(t, r.Close())
		want := told(f)
		if got := told(run(t, c, Options{Options: dedup.Options{Keep: keep, Threads: 3, Memory: 16 << 20}, shardText: 30_000})); got != want {
			t.Errorf("%s: other results with other memory", keep)
		}
		if got := told(staged(t, []string{path}, Options{Options: dedup.Options{Keep: keep}}, [3]int{1, 5, 4})); got != want {
			t.Errorf("%s: other results in parts", keep)
		}
	}
}

// What stands in for a document is the first one that does, and pairs of one document with
// itself are none.
func TestReplaced(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		one := rapid.Uint64Range(0, 9)
		two := rapid.SliceOf(rapid.Custom(func(t *rapid.T) [2]uint64 { return [2]uint64{one.Draw(t, "a"), one.Draw(t, "b")} }))
		pairs, stands := two.Draw(t, "pairs"), two.Draw(t, "stands")
		from, by, to := spill.NewSorter(spill.Options{}, 16), spill.NewSorter(spill.Options{}, 16), spill.NewSorter(spill.Options{}, 16)
		defer closeAll(from, by, to)
		first := map[uint64]uint64{}
		for _, s := range stands {
			check(t, by.Add(pair(s[0], s[1], false)))
			if least, ok := first[s[0]]; !ok || s[1] < least {
				first[s[0]] = s[1]
			}
		}
		want := map[[2]uint64]bool{}
		for _, p := range pairs {
			check(t, from.Add(pair(p[0], p[1], false)))
			a := p[0]
			if s, ok := first[a]; ok {
				a = s
			}
			if a != p[1] {
				want[[2]uint64{p[1], a}] = true
			}
		}
		check(t, replaced(from, by, to))
		n := 0
		for rec, err := range unique(to) {
			check(t, err)
			if n++; !want[[2]uint64{binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])}] {
				t.Errorf("%x", rec)
			}
		}
		if n != len(want) {
			t.Errorf("%d pairs, want %d", n, len(want))
		}
	})
}

// Of pairs of a document with a head those are left of which the document is no copy of that
// head itself, each once.
func TestAcross(t *testing.T) {
	o := spill.Options{Dir: t.TempDir()}
	pairs, behind := spill.NewSorter(o, crossBytes), spill.NewSorter(o, crossBytes)
	defer closeAll(pairs, behind)
	for _, p := range [][2]uint64{{7, 1}, {5, 1}, {5, 2}, {5, 1}, {3, 1}, {9, 4}, {7, 1}} {
		check(t, pairs.Add(pair(p[0], p[1], false)))
	}
	for _, p := range [][2]uint64{{5, 1}, {6, 1}, {7, 2}, {9, 4}} {
		check(t, behind.Add(pair(p[0], p[1], false)))
	}
	var got [][2]uint64
	for rec, err := range across(pairs, behind) {
		check(t, err)
		got = append(got, [2]uint64{binary.BigEndian.Uint64(rec), binary.BigEndian.Uint64(rec[8:])})
	}
	if want := [][2]uint64{{3, 1}, {5, 2}, {7, 1}}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
