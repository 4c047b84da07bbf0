package dedup

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/spill"
	"reprint/reuse"
)

// bridgesAmong finds the matches that do not join their documents by asking
// every copy of each document about every other one.
func bridgesAmong(matches []*Match) map[[2]int]bool {
	between := map[[2]int]*Match{}
	for _, m := range matches {
		if m.Kind.Reuse() {
			between[[2]int{m.A, m.B}] = m
		}
	}
	at := func(p, q int) *Match { return between[[2]int{min(p, q), max(p, q)}] }
	held := func(hub, by int) (low, high, own float64) { // of the hub, if by republishes it
		m := at(hub, by)
		if m == nil || m.Kind != reuse.Republished {
			return 0, 0, 0
		}
		own = m.ShareA
		if m.B == hub {
			own = m.ShareB
		}
		return min(m.ShareA, m.ShareB), max(m.ShareA, m.ShareB), own
	}
	larger := func(hub, by int) float64 { // of their shares, if they are copies
		if m := at(hub, by); m != nil && m.Kind.Copy() {
			return max(m.ShareA, m.ShareB)
		}
		return 0
	}
	n := 0
	for _, m := range matches {
		n = max(n, m.B+1)
	}
	found := map[[2]int]bool{}
	for hub := range n {
		for partner := range n {
			low, high, own := held(hub, partner)
			asked, apart := 0, 0
			for witness := range n {
				if high > 0 && high < weakUnder/shareUnit && larger(hub, witness) > high {
					asked++
					if larger(witness, partner) == 0 {
						apart++
					}
				}
			}
			if 2*apart > asked && apart >= leastWitnesses {
				found[[2]int{min(hub, partner), max(hub, partner)}] = true
			}
			copies := 0
			for other := range n {
				if _, h, _ := held(hub, other); h > 0 {
					copies++
				}
			}
			stories := own < .5 && copies >= leastStories
			asked, apart = 0, 0
			for rival := range n {
				l, h, _ := held(hub, rival)
				if high == 0 || h == 0 || rival == partner || !stories && (l < low || l == low && h <= high) {
					continue
				}
				asked++
				if at(rival, partner) == nil {
					apart++
				}
			}
			if 2*apart > asked {
				found[[2]int{min(hub, partner), max(hub, partner)}] = true
			}
		}
	}
	return found
}

// The sorted way finds what asking everybody finds.
func TestBridges(t *testing.T) {
	kinds := []reuse.Kind{reuse.Republished, reuse.Republished, reuse.Partial, reuse.Duplicate, reuse.Quote, ""}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 12).Draw(t, "documents")
		r := &Results{o: Options{Memory: minMemory}, verified: &verified{matches: spill.NewBlobs(spill.Options{})}}
		defer func() { check(t, r.verified.matches.Close()) }()
		var matches []*Match
		for a := range n {
			for b := a + 1; b < n; b++ {
				m := &Match{A: a, B: b, Match: reuse.Match{Kind: rapid.SampledFrom(kinds).Draw(t, "kind")}}
				m.ShareA = float64(rapid.IntRange(0, 10).Draw(t, "a")) / 10
				m.ShareB = float64(rapid.IntRange(1, 10).Draw(t, "b")) / 10
				if m.Kind == "" {
					continue
				}
				matches = append(matches, m)
				p := pairMatch{uint64(a), uint64(b), 0, m.Match}
				_, err := r.verified.matches.Append(p.append(nil))
				check(t, err)
			}
		}
		b, err := r.bridges()
		check(t, err)
		defer func() { check(t, b.Close()) }()
		want, got := bridgesAmong(matches), map[[2]int]bool{}
		for rec, err := range b.found.Sorted() {
			check(t, err)
			got[[2]int{int(binary.BigEndian.Uint64(rec)), int(binary.BigEndian.Uint64(rec[8:]))}] = true
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("bridges %v, want %v", got, want)
		}
		joined := 0
		for m, err := range b.without(r.pairs()) {
			check(t, err)
			if want[[2]int{int(m.a), int(m.b)}] {
				t.Fatalf("%d and %d are joined", m.a, m.b)
			}
			joined++
		}
		if joined != len(matches)-len(want) {
			t.Fatalf("%d of %d matches, want all but %d", joined, len(matches), len(want))
		}
	})
}

// A live blog that holds five stories joins none of them, and an article
// merged of two is one with the one that it took more of.
func TestRoundUp(t *testing.T) {
	p := newPress(11)
	var records []record
	var blog []string
	for i := range 5 {
		story := strings.Join(p.Article(120), " ")
		records = append(records, record{ID: fmt.Sprint("story", i), Text: story},
			record{ID: fmt.Sprint("copy", i), Text: p.Sentence(12) + " " + story + " " + p.Sentence(30)})
		blog = append(blog, story)
	}
	more, less := strings.Join(p.Article(140), " "), strings.Join(p.Article(120), " ")
	records = append(records, record{ID: "blog", Text: strings.Join(blog, " ")},
		record{ID: "more", Text: more}, record{ID: "less", Text: less}, record{ID: "merged", Text: more + " " + less})
	r := scan(t, collect(t, records...), Options{})
	var got [][]string
	for _, c := range all(t, r.Clusters()) {
		got = append(got, c.IDs)
	}
	want := [][]string{{"story0", "copy0"}, {"story1", "copy1"}, {"story2", "copy2"}, {"story3", "copy3"}, {"story4", "copy4"}, {"more", "merged"}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("clusters %v, want %v", got, want)
	}
	with := 0
	for _, m := range all(t, r.Matches()) {
		if slices.Contains([]string{m.IDA, m.IDB}, "blog") && m.Kind == reuse.Republished {
			with++
		}
	}
	if with != 10 {
		t.Errorf("%d matches of the blog, want 10", with)
	}
}

// A report that holds little more than half of another one's text joins it unless
// most of that one's closer copies, two or more, are no copies of it.
func TestWitnesses(t *testing.T) {
	p := newPress(12)
	first, rest := strings.Join(p.Article(76), " "), strings.Join(p.Article(104), " ")
	other, tail := strings.Join(p.Article(104), " "), strings.Join(p.Article(30), " ")
	whole, late := first+" "+rest+" "+tail, first[len(first)*2/3:]+" "+rest
	for name, c := range map[string]struct {
		copies []string
		want   string
	}{
		"for":         {[]string{whole}, "[[report copy0 other]]"},
		"against":     {[]string{tail + " " + late, late + " " + tail}, "[[report copy0 copy1]]"},
		"one against": {[]string{tail + " " + late}, "[[report copy0 other]]"},
	} {
		records := []record{{ID: "report", Text: first + " " + rest}}
		for i, text := range c.copies {
			records = append(records, record{ID: fmt.Sprint("copy", i), Text: text})
		}
		r := scan(t, collect(t, append(records, record{ID: "other", Text: first + " " + other})...), Options{})
		var got [][]string
		for _, c := range all(t, r.Clusters()) {
			got = append(got, c.IDs)
		}
		if fmt.Sprint(got) != c.want {
			for _, m := range all(t, r.Matches()) {
				t.Log(m.IDA, m.IDB, m.Kind, m.ShareA, m.ShareB)
			}
			t.Errorf("witness %s: clusters %v, want %v", name, got, c.want)
		}
	}
}
