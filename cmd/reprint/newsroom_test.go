package main

import (
	"context"
	"encoding/json"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
	"reprint/shingle"
)

// The scoring tests scan the collections of the repository's testdata and
// hold what comes out against what is known of them. The floors are below
// what was reached when they were set, so that a change that costs accuracy
// shows, and one that moves a single pair does not.

// scanned is what a scan found, by ids.
type scanned struct {
	texts    map[string]string
	matches  map[[2]string]*dedup.Match
	removed  map[string][]boilerplate.Mark
	clusters [][]string
}

func scanAll(t *testing.T, paths ...string) *scanned {
	t.Helper()
	docs, err := corpus.Open(corpus.Options{}, paths...)
	check(t, err)
	defer docs.Close()
	r, err := dedup.Scan(context.Background(), docs, dedup.Options{Temp: t.TempDir()})
	check(t, err)
	defer r.Close()
	s := &scanned{map[string]string{}, map[[2]string]*dedup.Match{}, map[string][]boilerplate.Mark{}, nil}
	for d, err := range docs.All() {
		check(t, err)
		s.texts[d.ID] = d.Text
	}
	for m, err := range r.Matches() {
		check(t, err)
		s.matches[[2]string{m.IDA, m.IDB}] = m
	}
	for x, err := range r.Removals() {
		check(t, err)
		s.removed[x.ID] = x.Marks
	}
	for c, err := range r.Clusters() {
		check(t, err)
		s.clusters = append(s.clusters, slices.Clone(c.IDs))
	}
	return s
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// match returns the match of two documents with a's side first, or nil.
func (s *scanned) match(a, b string) (m *dedup.Match, swapped bool) {
	if m := s.matches[[2]string{a, b}]; m != nil {
		return m, false
	}
	return s.matches[[2]string{b, a}], true
}

func (s *scanned) kind(a, b string) reuse.Kind {
	if m, _ := s.match(a, b); m != nil {
		return m.Kind
	}
	return ""
}

// cut returns which bytes of a document were marked as furniture.
func (s *scanned) cut(id string) []bool {
	gone := make([]bool, len(s.texts[id]))
	for _, m := range s.removed[id] {
		for i := m.Start; i < m.End; i++ {
			gone[i] = true
		}
	}
	return gone
}

// tally counts verdicts.
type tally struct{ right, wrong, missed int }

func (y *tally) add(want, got bool) {
	switch {
	case want && got:
		y.right++
	case got:
		y.wrong++
	case want:
		y.missed++
	}
}

func ratio(a, b int) float64 {
	if b == 0 {
		return 1
	}
	return float64(a) / float64(b)
}

func (y *tally) precision() float64 { return ratio(y.right, y.right+y.wrong) }
func (y *tally) recall() float64    { return ratio(y.right, y.right+y.missed) }
func (y *tally) f1() float64        { return ratio(2*y.right, 2*y.right+y.wrong+y.missed) }

// newsroomTruth is testdata/newsroom/truth.json, see the README there.
type newsroomTruth struct {
	Pairs []struct {
		A, B, Label  string
		Share        float64
		First        string
		RewordedOnly bool `json:"reworded_only"`
		Passages     []struct{ A, B, Type string }
	}
	Furniture map[string][]struct {
		Text, Kind string
		Must       bool
	}
	Clusters [][]string
}

var labels = map[string]string{"dup": "reuse copy", "wire": "reuse copy", "part": "reuse"}

const newsroom = "../../testdata/newsroom/"

func readTruth(t *testing.T) *newsroomTruth {
	t.Helper()
	b, err := os.ReadFile(newsroom + "truth.json")
	check(t, err)
	var truth newsroomTruth
	check(t, json.Unmarshal(b, &truth))
	return &truth
}

// TestNewsroomPairs: which articles reuse which.
func TestNewsroomPairs(t *testing.T) {
	truth, s := readTruth(t), scanAll(t, newsroom+"docs.jsonl")
	var reused, copied, first tally
	var shares []float64
	judged := map[[2]string]bool{}
	for _, p := range truth.Pairs {
		judged[[2]string{p.A, p.B}], judged[[2]string{p.B, p.A}] = true, true
		kind := s.kind(p.A, p.B)
		want := labels[p.Label]
		reused.add(want != "", kind.Reuse())
		copied.add(want == "reuse copy", kind.Copy())
		if (want != "") != kind.Reuse() || (want == "reuse copy") != kind.Copy() {
			t.Logf("%s %s: %s is called %q", p.A, p.B, p.Label, kind)
		}
		if m, swapped := s.match(p.A, p.B); m != nil && want != "" && kind.Reuse() {
			shares = append(shares, math.Abs(max(m.ShareA, m.ShareB)-p.Share))
			if p.First != "" && m.First != "" {
				first.add(true, (m.First == p.First) != swapped)
			}
		}
	}
	alarms := 0
	for key, m := range s.matches {
		if m.Kind.Reuse() && !judged[key] {
			alarms++
			t.Errorf("false alarm: %s and %s are called %s: %s", key[0], key[1], m.Kind, m.Evidence.Rule)
		}
	}
	mean := 0.0
	for _, x := range shares {
		mean += x / float64(len(shares))
	}
	t.Logf("reuse        F1 %.3f  precision %.3f  recall %.3f", reused.f1(), reused.precision(), reused.recall())
	t.Logf("republished  F1 %.3f  precision %.3f  recall %.3f", copied.f1(), copied.precision(), copied.recall())
	t.Logf("share        mean error %.3f over %d pairs", mean, len(shares))
	t.Logf("first        right %d of %d told", first.right, first.right+first.missed)
	t.Logf("false alarms outside the listed pairs: %d", alarms)
	floor(t, "reuse F1", reused.f1(), .93)
	floor(t, "reuse precision", reused.precision(), .95)
	floor(t, "republished F1", copied.f1(), .95)
	floor(t, "republished precision", copied.precision(), .92)
	floor(t, "1 - mean error of the share", 1-mean, .925)
	floor(t, "direction", first.recall(), .95)
}

func floor(t *testing.T, what string, got, least float64) {
	t.Helper()
	if got < least {
		t.Errorf("%s is %.3f, was at least %.3f", what, got, least)
	}
}

// TestNewsroomClusters: documents that are copies stand together, others not.
func TestNewsroomClusters(t *testing.T) {
	truth, s := readTruth(t), scanAll(t, newsroom+"docs.jsonl")
	together := func(clusters [][]string) map[[2]string]bool {
		pairs := map[[2]string]bool{}
		for _, c := range clusters {
			slices.Sort(c)
			for i, a := range c {
				for _, b := range c[i+1:] {
					pairs[[2]string{a, b}] = true
				}
			}
		}
		return pairs
	}
	want, got := together(truth.Clusters), together(s.clusters)
	var y tally
	for key := range want {
		y.add(true, got[key])
	}
	for key := range got {
		if !want[key] {
			y.add(false, true)
		}
	}
	t.Logf("pairs of documents in one cluster: F1 %.3f  precision %.3f  recall %.3f", y.f1(), y.precision(), y.recall())
	floor(t, "F1 of pairs in clusters", y.f1(), .95)
}

// TestNewsroomPassages: the shared texts are found where they stand.
func TestNewsroomPassages(t *testing.T) {
	truth, s := readTruth(t), scanAll(t, newsroom+"docs.jsonl")
	var verbatim, reworded tally
	for _, p := range truth.Pairs {
		m, swapped := s.match(p.A, p.B)
		for _, want := range p.Passages {
			found := false
			if m != nil && labels[p.Label] != "" {
				found = covers(m, swapped, s.texts[p.A], s.texts[p.B], want.A, want.B)
			}
			switch {
			case labels[p.Label] == "": // quotations and templates are told otherwise
			case want.Type == "verbatim":
				verbatim.add(true, found)
			default:
				reworded.add(true, found)
			}
		}
	}
	t.Logf("verbatim passages found: %.3f of %d, reworded: %.3f of %d", verbatim.recall(), verbatim.right+verbatim.missed,
		reworded.recall(), reworded.right+reworded.missed)
	floor(t, "verbatim passages found", verbatim.recall(), .90)
}

// covers reports whether the passages of m hold at least half of both texts.
func covers(m *dedup.Match, swapped bool, textA, textB, a, b string) bool {
	var inA, inB []shingle.Span
	for _, p := range m.Passages {
		if swapped {
			p.A, p.B = p.B, p.A
		}
		inA, inB = append(inA, p.A), append(inB, p.B)
	}
	return coverage(textA, a, inA) >= .5 && coverage(textB, b, inB) >= .5
}

// coverage is the part of the bytes of piece, where it stands in text, that
// lies in one of the spans.
func coverage(text, piece string, spans []shingle.Span) float64 {
	at := strings.Index(text, piece)
	if at < 0 || piece == "" {
		return 0
	}
	n := 0
	for i := at; i < at+len(piece); i++ {
		if slices.ContainsFunc(spans, func(s shingle.Span) bool { return s.Start <= i && i < s.End }) {
			n++
		}
	}
	return float64(n) / float64(len(piece))
}

// TestNewsroomFurniture: what belongs to the site goes, the article stays.
func TestNewsroomFurniture(t *testing.T) {
	truth, s := readTruth(t), scanAll(t, newsroom+"docs.jsonl")
	var bytes tally
	lost := 0
	for id, text := range s.texts {
		must, may := make([]bool, len(text)), make([]bool, len(text))
		for _, f := range truth.Furniture[id] {
			at := strings.Index(text, f.Text)
			if at < 0 {
				t.Fatalf("truth of %s names a text that is not there: %s", id, f.Text)
			}
			for i := at; i < at+len(f.Text); i++ {
				must[i], may[i] = f.Must, true
			}
		}
		gone, wrong := s.cut(id), strings.Builder{}
		for i, r := range text {
			switch {
			case !unicode.IsLetter(r) && !unicode.IsDigit(r), may[i] && !must[i]:
				continue
			case gone[i] && !must[i]:
				wrong.WriteRune(r)
			}
			bytes.add(must[i], gone[i])
		}
		if n := wrong.Len(); n > 3 {
			lost++
			t.Logf("%s loses text of the article: %.60s", id, wrong.String())
		}
	}
	t.Logf("furniture by letters: F1 %.3f  precision %.3f  recall %.3f; %d of %d articles lose text",
		bytes.f1(), bytes.precision(), bytes.recall(), lost, len(s.texts))
	floor(t, "furniture precision", bytes.precision(), .95)
	floor(t, "furniture recall", bytes.recall(), .90)
}
