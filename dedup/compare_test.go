package dedup

import (
	"fmt"
	"testing"

	"reprint/corpus"
	"reprint/internal/short"
	"reprint/reuse"
)

// Two documents on their own get the verdict of a scan of just the two, if
// the scan looks at them at all.
func TestCompare(t *testing.T) {
	short.Alone(t)
	docs := documents(t, collect(t, newPress(51).Records(40, 60)...))
	kinds := map[reuse.Kind]int{}
	for i, a := range docs {
		for _, b := range docs[i+1:] {
			p, err := Compare(a, b, Options{})
			check(t, err)
			kinds[p.Match.Kind]++
			if p.Match.Kind == "" || p.Keys < 2 && a.Text != b.Text {
				continue
			}
			m := all(t, scan(t, collect(t, plainRecord(a), plainRecord(b)), Options{}).Matches())
			if len(m) != 1 {
				t.Fatalf("%s and %s: %d matches, compared %+v", a.ID, b.ID, len(m), p.Match)
			}
			same(t, a.ID+" and "+b.ID, p.Match.Match, m[0].Match)
			if p.Match.First != m[0].First || fmt.Sprint(p.Match.Credit) != fmt.Sprint(m[0].Credit) {
				t.Errorf("%s and %s: first %q, credit %v, in a scan %q, %v", a.ID, b.ID, p.Match.First, p.Match.Credit, m[0].First, m[0].Credit)
			}
		}
	}
	if kinds[reuse.Duplicate] == 0 || kinds[reuse.Republished] == 0 || kinds[reuse.Partial] == 0 || kinds[""] == 0 {
		t.Errorf("kinds %v", kinds)
	}
}

// plainRecord is the record of a document.
func plainRecord(d *corpus.Document) record {
	r := record{ID: d.ID, Source: d.Source, Text: d.Text}
	if d.Published.Precision > 0 {
		r.Published = d.Published.Time.Format("2006-01-02T15:04:05Z07:00")
	}
	return r
}

// What Compare says of signatures and keys of one text, of a near one and of
// another one.
func TestCompareFigures(t *testing.T) {
	doc := func(text string) *corpus.Document { return &corpus.Document{Text: text} }
	for _, test := range []struct {
		name, a, b string
		sure       bool // a share of all bands is certain, or of none
		bands      int
	}{
		{"the same", bridge, bridge, true, bands.B},
		{"other marks", bridge, bridge[:len(bridge)-1] + "!", true, bands.B},
		{"another text", bridge, harbour, true, 0},
		{"empty", "", "", true, 0},
		{"edited", bridge, bridge + " Mehr weiß man nicht.", false, 0},
	} {
		p, err := Compare(doc(test.a), doc(test.b), Options{})
		check(t, err)
		if p.BandsOf != bands.B || p.Bands > p.BandsOf || test.sure && p.Bands != test.bands || !test.sure && (p.Bands == 0 || p.Keys == 0) {
			t.Errorf("%s: %d of %d bands, %d keys", test.name, p.Bands, p.BandsOf, p.Keys)
		}
		if p.Estimate < 0 || p.Estimate > 1 || p.Chance < 0 || p.Chance > 1 || p.Match.Jaccard == 1 && p.Chance != 1 {
			t.Errorf("%s: estimate %g, chance %g", test.name, p.Estimate, p.Chance)
		}
	}
}

// The furniture of both sides is told, and does not count.
func TestCompareFurniture(t *testing.T) {
	const teaser = "\n\nMehr zum Thema: Hochwasser im Tal"
	p, err := Compare(&corpus.Document{ID: "a", Text: bridge + teaser}, &corpus.Document{ID: "b", Text: harbour + teaser}, Options{})
	check(t, err)
	if len(p.MarksA) != 1 || len(p.MarksB) != 1 || p.Match.Kind.Reuse() || p.Match.IDA != "a" || p.Match.IDB != "b" {
		t.Errorf("%+v", p.Match)
	}
	if p.WordsA != len(words(bridge+teaser)) || p.WordsB != len(words(harbour+teaser)) {
		t.Errorf("%d and %d words", p.WordsA, p.WordsB)
	}
}
