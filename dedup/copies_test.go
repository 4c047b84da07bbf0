package dedup

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"reprint/corpus"
	"reprint/reuse"
)

// gone lists what a run drops, as "id>kept".
func gone(t *testing.T, d *Dropped) string {
	t.Helper()
	var list []string
	for _, x := range all(t, d.All()) {
		list = append(list, x.ID+">"+x.KeptID)
		if !d.Goes(x.Doc) || d.Goes(x.Kept) || x.Doc == x.Kept {
			t.Errorf("%s goes for %s: Goes tells %t and %t", x.ID, x.KeptID, d.Goes(x.Doc), d.Goes(x.Kept))
		}
	}
	if d.Len() != len(list) {
		t.Errorf("Len is %d, of %d", d.Len(), len(list))
	}
	return strings.Join(list, " ")
}

const harbour = "Im Hafen von Lindhafen hat am Dienstag der Bau der neuen Kaimauer begonnen. " +
	"Sie soll auf einer Länge von dreihundert Metern die alte Spundwand ersetzen, durch die seit Jahren Wasser dringt. " +
	"Der Hafenmeister rechnet mit einer Bauzeit von zwei Jahren und bittet die Segler um Geduld."

// Which documents go, for which ones.
func TestCopies(t *testing.T) {
	edited := strings.Replace(bridge, "rund", "etwa", 1)
	short := "Der Sturm hat in der Nacht zum Freitag drei Dächer am Fischmarkt abgedeckt, verletzt wurde niemand."
	both := []reuse.Kind{reuse.Duplicate, reuse.Republished}
	for _, test := range []struct {
		name string
		o    Options
		docs []record
		want string
	}{
		{"nothing alike", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: harbour}}, ""},
		{"the same", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: harbour}, {ID: "c", Text: bridge}}, "c>a"},
		{"an edited word", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: edited}}, "b>a"},
		{"an edited word in a note", Options{}, []record{{ID: "a", Text: short}, {ID: "b", Text: strings.Replace(short, "niemand", "keiner", 1)}}, "b>a"},
		{"a note with another mark", Options{}, []record{{ID: "a", Text: short}, {ID: "b", Text: short[:len(short)-1] + "!"}}, "b>a"},
		{"the earlier stays", Options{}, []record{{ID: "a", Published: "2024-05-02", Text: bridge}, {ID: "b", Published: "2024-05-01", Text: edited}}, "a>b"},
		{"the first stays", Options{Keep: "first"}, []record{{ID: "a", Published: "2024-05-02", Text: bridge}, {ID: "b", Published: "2024-05-01", Text: edited}}, "b>a"},
		{"the shorter goes", Options{Kinds: both, Keep: "longest"}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}}, "a>b"},
		{"the longer stays", Options{Kinds: both}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}}, ""},
		{"republished stays", Options{Keep: "longest"}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}}, ""},
		{"duplicates stay", Options{Kinds: []reuse.Kind{reuse.Republished}}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: edited}}, ""},
		{"half goes below the threshold", Options{Kinds: both, Threshold: .5, Keep: "longest"},
			[]record{{ID: "a", Text: bridge + "\n\n" + storm}, {ID: "b", Text: bridge + "\n\n" + harbour}}, "a>b"},
		{"half stays above it", Options{Kinds: both, Threshold: .9, Keep: "longest"},
			[]record{{ID: "a", Text: bridge + "\n\n" + storm}, {ID: "b", Text: bridge + "\n\n" + harbour}}, ""},
		{"copies of one that stays beside the first", Options{Kinds: both},
			[]record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}, {ID: "c", Text: bridge + "\n\n" + harbour}}, "c>b"},
		{"empty texts", Options{}, []record{{ID: "a"}, {ID: "b", Text: bridge}, {ID: "c"}}, "c>a"},
		{"other furniture", Options{}, []record{{ID: "a", Text: bridge + "\n\nMehr zum Thema: Hochwasser im Tal"}, {ID: "b", Text: "Tiefenrode (dpa) - " + bridge}}, "b>a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := gone(t, copies(t, collect(t, test.docs...), test.o)); got != test.want {
				t.Errorf("%q goes, want %q", got, test.want)
			}
		})
	}
}

// Where many copies of the longer version stand beside the shorter one, one
// of each stays.
func TestCopiesOfTwoVersions(t *testing.T) {
	var docs []record
	for i := range 120 {
		docs = append(docs, record{ID: fmt.Sprint("long", i), Published: fmt.Sprintf("2024-06-%02d", 30-i%28), Text: bridge + "\n\n" + harbour})
	}
	docs = append(docs, record{ID: "short", Published: "2024-05-01", Text: bridge})
	d := copies(t, collect(t, docs...), Options{Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished}})
	if d.Len() != 119 || d.Goes(120) || d.Goes(27) {
		t.Errorf("%d go, want all long ones but the earliest", d.Len())
	}
}

// The documents of a long chain, each a little other than the one before it,
// go only for one that still holds their text.
func TestCopiesOfAChain(t *testing.T) {
	p := newPress(11)
	words := strings.Fields(p.sentence(200))
	var docs []record
	for i := range 40 {
		for k := range 6 {
			words[(i*6+k)%len(words)] = p.words[p.IntN(len(p.words))]
		}
		docs = append(docs, record{ID: fmt.Sprint(i), Text: strings.Join(words, " ")})
	}
	d := copies(t, collect(t, docs...), Options{})
	if n := d.Len(); n < 20 || n > 38 {
		t.Errorf("%d of 40 go", n)
	}
	for _, x := range all(t, d.All()) {
		if x.Share < defaultThreshold || x.Kind != reuse.Duplicate || x.Reason != "earliest" {
			t.Errorf("%+v", x)
		}
	}
}

// No document goes unless another that stays holds its own text, as a
// comparison of the two on their own says.
func TestNoTextIsLost(t *testing.T) {
	for _, o := range []Options{
		{},
		{Keep: "longest", Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished}},
		{Keep: "first", Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished, reuse.Partial}, Threshold: .3},
	} {
		c := collect(t, newPress(12).records(300, 60)...)
		docs := documents(t, c)
		d := copies(t, c, o)
		o = o.filled()
		for _, x := range all(t, d.All()) {
			p, err := Compare(docs[x.Kept], docs[x.Doc], Options{})
			check(t, err)
			held := math.Round(p.Match.Evidence.HeldB*1e4) / 1e4
			if d.Goes(x.Kept) || held < o.Threshold || held != x.Share || !slices.Contains(o.Kinds, x.Kind) {
				t.Errorf("%+v, but %+v", x, p.Match)
			}
		}
		if d.Len() == 0 {
			t.Error("nothing goes")
		}
	}
}

// Five articles on one event, two of which share sentences, all stay.
func TestArticlesStay(t *testing.T) {
	c := open(t, "../testdata/articles")
	for _, o := range []Options{{}, {Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished}}} {
		if got := gone(t, copies(t, c, o)); got != "" {
			t.Errorf("%s", got)
		}
	}
}

// With the matches that Copies found CopiesFrom drops the same documents;
// with those of a scan too, in every group that both found.
func TestCopiesFrom(t *testing.T) {
	for name, c := range map[string]*corpus.Collection{
		"newsroom":  open(t, newsroom),
		"generated": collect(t, newPress(13).records(300, 150)...),
	} {
		r := scan(t, c, Options{})
		for _, kinds := range [][]reuse.Kind{nil, {reuse.Duplicate, reuse.Republished}} {
			o := Options{Kinds: kinds, Temp: t.TempDir()}
			d := copies(t, c, o)
			want := dropsByGroup(t, d)
			own, err := CopiesFrom(context.Background(), d.r.Matches(), c, o)
			check(t, err)
			if got := dropsByGroup(t, own); fmt.Sprint(got) != fmt.Sprint(want) || len(got) == 0 {
				t.Errorf("%s %v: with its own matches\n%v, without\n%v", name, kinds, got, want)
			}
			from, err := CopiesFrom(context.Background(), r.Matches(), c, o)
			check(t, err)
			both := 0
			for group, drops := range dropsByGroup(t, from) {
				if other, found := want[group]; found {
					both++
					if fmt.Sprint(other) != fmt.Sprint(drops) {
						t.Errorf("%s %v: in %s\n%v go, without matches\n%v", name, kinds, group, drops, other)
					}
				}
			}
			if both < len(want)/2 {
				t.Errorf("%s %v: %d of %d groups were found by both", name, kinds, both, len(want))
			}
			check(t, errors.Join(d.Close(), own.Close(), from.Close()))
			empty(t, o.Temp)
		}
	}
}

// dropsByGroup lists what goes of each group, by its members.
func dropsByGroup(t *testing.T, d *Dropped) map[string][]Drop {
	t.Helper()
	groups := map[string][]Drop{}
	drops := all(t, d.All())
	for _, c := range d.r.clusters {
		for _, x := range drops {
			if slices.Contains(c.Members, x.Doc) {
				groups[fmt.Sprint(c.Members)] = append(groups[fmt.Sprint(c.Members)], x)
			}
		}
	}
	return groups
}

// Matches of another collection are an error that names them.
func TestCopiesFromOthers(t *testing.T) {
	r := scan(t, collect(t, record{ID: "a", Text: bridge}, record{ID: "b", Text: bridge}), Options{})
	dir := t.TempDir()
	_, err := CopiesFrom(context.Background(), r.Matches(), collect(t, record{ID: "a", Text: bridge}), Options{Temp: dir})
	if err == nil || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("%v, want an error that names b", err)
	}
	empty(t, dir)
}
