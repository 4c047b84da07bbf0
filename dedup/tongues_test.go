package dedup

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/unicode/norm"

	"reprint/reuse"
	"reprint/shingle"
)

// tongues are the articles of testdata/tongues.txtar by language.
func tongues(t *testing.T) (list []tongue) {
	archive, err := txtar.ParseFile("testdata/tongues.txtar")
	check(t, err)
	for i := 0; i+2 < len(archive.Files); i += 3 {
		code, _, _ := strings.Cut(archive.Files[i].Name, ".")
		text := func(k int) []string { return strings.Split(strings.TrimSpace(string(archive.Files[i+k].Data)), "\n\n") }
		list = append(list, tongue{code: code, article: text(0), told: text(1), other: text(2)})
	}
	return list
}

// tongue is what is written in one language.
type tongue struct {
	code                 string
	article, told, other []string // paragraphs
}

// records are the article of a language as it was printed, and as others make use of it.
func (l *tongue) records() []record {
	wide := strings.Map(func(r rune) rune {
		if '!' <= r && r <= '~' {
			return r + 0xfee0
		}
		return r
	}, strings.Join(l.article[1:], "\n\n"))
	space := " "
	if l.code == "zh" || l.code == "ja" {
		space = ""
	}
	var edited []string
	for _, p := range l.article[1:] {
		middle := len(p) / 2
		for !utf8.RuneStart(p[middle]) {
			middle++
		}
		cut := strings.IndexAny(p[middle:], " ，、")
		if cut < 0 {
			cut = 0
		}
		edited = append(edited, p[:middle]+p[middle+cut:]) // the end of a word or clause is gone
	}
	var list []record
	for _, one := range []struct {
		id   string
		text []string
	}{
		{"article", l.article},
		{"copy", l.article},
		{"decomposed", []string{norm.NFD.String(strings.Join(l.article, "\n\n"))}},
		{"wide", []string{wide}},
		{"one-line", []string{strings.Join(l.article[1:], space)}},
		{"edited", edited},
		{"shortened", l.article[1:4]},
		{"carrier", []string{l.other[0], l.article[3], l.other[1]}},
		{"told", l.told},
	} {
		list = append(list, record{
			ID: l.code + " " + one.id, Source: l.code + one.id, Published: "2026-05-14", Text: strings.Join(one.text, "\n\n"),
		})
	}
	return list
}

// TestTongues: in no language is anything else found than in another one, alone and where
// all are in one collection.
func TestTongues(t *testing.T) {
	var all []record
	list := tongues(t)
	if len(list) != 22 {
		t.Fatalf("%d languages", len(list))
	}
	for i := range list {
		records := list[i].records()
		all = append(all, records...)
		checkTongues(t, records)
	}
	checkTongues(t, all)
}

// checkTongues compares what a scan says of records with what they are.
func checkTongues(t *testing.T, records []record) {
	t.Helper()
	found := map[string]*Match{}
	c := collect(t, records...)
	texts := map[string]string{}
	for _, r := range records {
		texts[r.ID] = r.Text
	}
	for _, m := range allMatches(t, scan(t, c, Options{})) {
		found[m.IDA+"|"+m.IDB] = m
		p, _, _ := strings.Cut(m.IDA, " ")
		if !strings.HasPrefix(m.IDB, p+" ") {
			t.Errorf("%s and %s, in two languages, are %s", m.IDA, m.IDB, m.Kind)
		}
		for _, one := range m.Passages {
			atBorders(t, texts[m.IDA], one.A)
			atBorders(t, texts[m.IDB], one.B)
		}
	}
	for _, r := range records {
		code, what, _ := strings.Cut(r.ID, " ")
		want, ok := map[string][]reuse.Kind{
			"copy": {reuse.Duplicate}, "decomposed": {reuse.Duplicate}, "wide": {reuse.Duplicate}, "one-line": {reuse.Duplicate},
			"edited": {reuse.Duplicate}, "shortened": {reuse.Republished}, "carrier": {reuse.Partial, reuse.Republished}, "told": {reuse.Quote},
		}[what]
		if !ok {
			continue
		}
		m := found[code+" article|"+r.ID]
		if m == nil {
			t.Errorf("%s: not found", r.ID)
		} else if !slices.Contains(want, m.Kind) {
			t.Errorf("%s: %s, shares %.2f and %.2f, want %s", r.ID, m.Kind, m.ShareA, m.ShareB, want[0])
		}
	}
}

// allMatches gathers the matches of a run.
func allMatches(t *testing.T, r *Results) []*Match { return all(t, r.Matches()) }

// atBorders reports a span that begins or ends within a letter and its marks.
func atBorders(t *testing.T, text string, s shingle.Span) {
	t.Helper()
	for _, at := range []int{s.Start, s.End} {
		if at < len(text) && (!utf8.RuneStart(text[at]) || norm.NFC.PropertiesString(text[at:]).CCC() != 0) {
			t.Errorf("%q is cut within a letter, at byte %d", text, at)
		}
	}
}
