package copies

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/internal/press"
	"reprint/internal/short"
	"reprint/reuse"
)

// Which documents go, for which ones.
func TestRun(t *testing.T) {
	edited := strings.Replace(bridge, "rund", "etwa", 1)
	short := "Der Sturm hat in der Nacht zum Freitag drei Dächer am Fischmarkt abgedeckt, verletzt wurde niemand."
	both := []reuse.Kind{reuse.Duplicate, reuse.Republished}
	keep := func(policy string, o Options) Options { o.Keep = policy; return o }
	furnished := Options{}
	furnished.Rules = boilerplate.Shipped()
	for _, test := range []struct {
		name string
		o    Options
		docs []record
		want string
	}{
		{"nothing alike", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: harbour}}, ""},
		{"the same", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: harbour}, {ID: "c", Text: bridge}}, "c>a"},
		{"the same, the earlier later", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Published: "2020-01-01", Text: bridge}}, "a>b"},
		{"an edited word", Options{}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: edited}}, "b>a"},
		{"an edited word in a note", Options{}, []record{{ID: "a", Text: short}, {ID: "b", Text: strings.Replace(short, "niemand", "keiner", 1)}}, "b>a"},
		{"a note with another mark", Options{}, []record{{ID: "a", Text: short}, {ID: "b", Text: short[:len(short)-1] + "!"}}, "b>a"},
		{"the earlier stays", Options{}, []record{{ID: "a", Published: "2024-05-02", Text: bridge}, {ID: "b", Published: "2024-05-01", Text: edited}}, "a>b"},
		{"the first stays", keep("first", Options{}), []record{{ID: "a", Published: "2024-05-02", Text: bridge}, {ID: "b", Published: "2024-05-01", Text: edited}}, "b>a"},
		{"the source stays", keep("source:B, C", Options{}), []record{{ID: "a", Source: "A", Text: bridge}, {ID: "c", Source: "c", Text: edited}, {ID: "b", Source: "b", Text: bridge}}, "a>b c>b"},
		{"the shorter goes", keep("longest", Options{Kinds: both}), []record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}}, "a>b"},
		{"the longer stays", Options{Kinds: both}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}}, ""},
		{"republished stays", keep("longest", Options{}), []record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}}, ""},
		{"duplicates stay", Options{Kinds: []reuse.Kind{reuse.Republished}}, []record{{ID: "a", Text: bridge}, {ID: "b", Text: edited}}, ""},
		{"most goes below the threshold", keep("longest", Options{Kinds: both, Threshold: .6}),
			[]record{{ID: "a", Text: bridge + harbour + storm}, {ID: "b", Text: bridge + harbour + short}}, "b>a"},
		{"most stays above it", keep("longest", Options{Kinds: both, Threshold: .97}),
			[]record{{ID: "a", Text: bridge + harbour + storm}, {ID: "b", Text: bridge + harbour + short}}, ""},
		{"copies of one that stays beside the first", Options{Kinds: both},
			[]record{{ID: "a", Text: bridge}, {ID: "b", Text: bridge + "\n\n" + harbour}, {ID: "c", Text: bridge + "\n\n" + harbour}}, "c>b"},
		{"empty texts", Options{}, []record{{ID: "a"}, {ID: "b", Text: bridge}, {ID: "c"}}, "c>a"},
		{"furniture counts", Options{}, []record{{ID: "a", Text: short + "\n\nMehr zum Thema: Hochwasser im Tal"}, {ID: "b", Text: "Tiefenrode (dpa) - " + short}}, ""},
		{"furniture left out", furnished, []record{{ID: "a", Text: short + "\n\nMehr zum Thema: Hochwasser im Tal"}, {ID: "b", Text: "Tiefenrode (dpa) - " + short}}, "b>a"},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := run(t, collect(t, test.docs...), test.o).gone(t); got != test.want {
				t.Errorf("%q goes, want %q", got, test.want)
			}
		})
	}
}

// A drop says why the other one stays: the policy prefers it, or else it is the first.
func TestReasons(t *testing.T) {
	for _, test := range []struct {
		keep, want string
		dates      [2]string
	}{
		{"earliest", "earliest", [2]string{"2024-05-02", "2024-05-01"}},
		{"earliest", "earliest", [2]string{"2024-05-01", ""}},
		{"earliest", "first", [2]string{"2024-05-01", "2024-05-01T00:00:00Z"}},
		{"earliest", "first", [2]string{"", ""}},
		{"longest", "first", [2]string{"2024-05-01", "2024-05-02"}},
		{"first", "first", [2]string{"2024-05-02", "2024-05-01"}},
	} {
		c := collect(t, record{ID: "a", Published: test.dates[0], Text: bridge}, record{ID: "b", Published: test.dates[1], Text: bridge})
		if f := run(t, c, Options{Options: dedup.Options{Keep: test.keep}}); len(f.drops) != 1 || f.drops[0].Reason != test.want {
			t.Errorf("%s of %q: %+v, want %s", test.keep, test.dates, f.drops, test.want)
		}
	}
}

// Where many copies of the longer version stand beside the shorter one, one of each
// stays.
func TestTwoVersions(t *testing.T) {
	var docs []record
	for i := range 120 {
		docs = append(docs, record{ID: fmt.Sprint("long", i), Published: fmt.Sprintf("2024-06-%02d", 30-i%28), Text: bridge + "\n\n" + harbour})
	}
	docs = append(docs, record{ID: "short", Published: "2024-05-01", Text: bridge})
	f := run(t, collect(t, docs...), Options{Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished}})
	if f.gone(t); len(f.drops) != 119 || f.fates[120].Goes || f.fates[27].Goes {
		t.Errorf("%d go, want all long ones but the earliest", len(f.drops))
	}
}

// The documents of a long chain, each a little other than the one before it, go only
// for one that still holds their text.
func TestChain(t *testing.T) {
	p := press.New(11)
	words := strings.Fields(p.Sentence(200))
	var docs []record
	for i := range 40 {
		for k := range 6 {
			words[(i*6+k)%len(words)] = p.Words[p.IntN(len(p.Words))]
		}
		docs = append(docs, record{ID: fmt.Sprint(i), Text: strings.Join(words, " ")})
	}
	f := run(t, collect(t, docs...), Options{})
	f.gone(t)
	if n := len(f.drops); n < 20 || n > 36 {
		t.Errorf("%d of 40 go", n)
	}
	for _, d := range f.drops {
		if d.Share < Newswire.Threshold || d.Kind != reuse.Duplicate || d.Reason != "first" {
			t.Errorf("%+v", d)
		}
	}
}

// No document goes unless another that stays holds its own text, as the texts say.
func TestNoTextIsLost(t *testing.T) {
	for _, o := range []Options{
		{},
		{Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished}, Options: dedup.Options{Keep: "longest"}},
		{Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished, reuse.Partial}, Threshold: .3, Options: dedup.Options{Keep: "first"}},
	} {
		c := collect(t, press.New(12).Records(300, 60)...)
		docs := documents(t, c)
		f := run(t, c, o)
		f.gone(t)
		o = o.filled()
		for _, d := range f.drops {
			if docs[d.Doc].Text == docs[d.Kept].Text {
				if d.Share != 1 || d.Jaccard != 1 {
					t.Errorf("%+v, but the texts are equal", d)
				}
				continue
			}
			share, jaccard := held(docs[d.Doc].Text, docs[d.Kept].Text)
			if a, b := hashes(docs[d.Doc].Text), hashes(docs[d.Kept].Text); max(len(a), len(b)) < o.Method.Short {
				share = wordByWord(a, b)
			}
			if rounded(share) != d.Share || rounded(jaccard) != d.Jaccard || d.Share < o.Method.Threshold || !slices.Contains(o.Kinds, d.Kind) {
				t.Errorf("%+v, but the share is %v and the similarity %v", d, share, jaccard)
			}
		}
		if len(f.drops) == 0 {
			t.Error("nothing goes")
		}
	}
}

// Five articles on one event, two of which share sentences, all stay.
func TestArticlesStay(t *testing.T) {
	c := load(t, "../../testdata/articles")
	for _, o := range []Options{{}, {Kinds: []reuse.Kind{reuse.Duplicate, reuse.Republished}}} {
		if got := run(t, c, o).gone(t); got != "" {
			t.Errorf("%s", got)
		}
	}
}

// Ten thousand copies of a page go for one, and the thousand that differ in a word
// too.
func TestHotPage(t *testing.T) {
	var docs []record
	n := short.Size(11_000, 1100)
	for i := range n {
		text := bridge
		if i%11 == 10 {
			text += fmt.Sprint(" Aktenzeichen ", i)
		}
		docs = append(docs, record{ID: fmt.Sprint(i), Text: text})
	}
	f := run(t, collect(t, docs...), Options{})
	if f.gone(t); len(f.drops) != n-1 || f.Exact != n/11*10-1 {
		t.Errorf("%d of %d go, %d are exact copies", len(f.drops), n, f.Exact)
	}
}

// scanned are the matches of a scan.
func scanned(t *testing.T, c *corpus.Collection) iter.Seq2[*dedup.Match, error] {
	t.Helper()
	r, err := dedup.Scan(context.Background(), c, dedup.Options{Temp: t.TempDir()})
	check(t, err)
	t.Cleanup(func() { r.Close() })
	return r.Matches()
}

// With the matches of a scan the copies of the newsroom go that go without, and ids
// that occur twice are told apart.
func TestFrom(t *testing.T) {
	docs := press.New(13).Records(300, 150)
	for i := range docs[:20] {
		docs[i].ID = docs[20+i].ID
	}
	for name, c := range map[string]*corpus.Collection{
		"newsroom":  load(t, "../../testdata/newsroom/docs.jsonl"),
		"generated": collect(t, docs...),
	} {
		want := run(t, c, Options{})
		got := run(t, c, Options{From: scanned(t, c)})
		want.gone(t)
		got.gone(t)
		if len(got.drops) == 0 || len(want.drops) == 0 {
			t.Errorf("%s: %d go, %d with a scan's matches", name, len(want.drops), len(got.drops))
		}
		missing := 0
		for _, d := range want.drops {
			if !slices.Contains(got.drops, d) {
				missing++
			}
		}
		if missing > len(want.drops)/5 {
			t.Errorf("%s: of %d that go, %d do not with a scan's matches", name, len(want.drops), missing)
		}
	}
}

// Matches of another collection are an error that names them.
func TestFromOthers(t *testing.T) {
	matches := scanned(t, collect(t, record{ID: "a", Text: bridge}, record{ID: "b", Text: bridge}))
	dir := t.TempDir()
	o := Options{From: matches}
	o.Temp = dir
	_, err := Run(context.Background(), collect(t, record{ID: "a", Text: bridge}), o)
	if err == nil || !strings.Contains(err.Error(), `"b"`) {
		t.Errorf("%v, want an error that names b", err)
	}
	empty(t, dir)
}

// Ids that occur more than once are told apart by their places.
func TestSameIDs(t *testing.T) {
	path := write(t, "docs.jsonl", record{ID: "x", Text: bridge}, record{ID: "x", Text: bridge}, record{ID: "y", Text: bridge}, record{Text: bridge})
	f := run(t, load(t, path), Options{})
	if got, want := f.gone(t), fmt.Sprintf("x@%[1]s:2>x@%[1]s:1 y>x@%[1]s:1 %[1]s:4>x@%[1]s:1", path); got != want {
		t.Errorf("%q goes, want %q", got, want)
	}
	if f.SameIDs != 2 || f.drops[0].File != path || f.drops[0].Record != 2 {
		t.Errorf("%+v", f)
	}
}

// Documents of which most is one license stay, as each has a text of its own.
func TestLicense(t *testing.T) {
	p := press.New(31)
	license := p.Sentence(400)
	var docs []record
	for i := range 300 {
		docs = append(docs, record{ID: fmt.Sprint(i), Text: p.Sentence(60) + "\n\n" + license})
	}
	docs = append(docs, record{ID: "copy", Text: docs[7].Text + " Stand: heute"})
	f := run(t, collect(t, docs...), Options{})
	if got := f.gone(t); got != "copy>7" {
		t.Errorf("%q goes, want %q", got, "copy>7")
	}
}

// Of short texts with a word changed one goes, unless the word is a number or there
// are too few others.
func TestShort(t *testing.T) {
	note := "Die Fähre nach Almina legt von Montag an zwei Stunden später ab."
	longer := "Wie das Bauamt mitteilte, wird die Brücke bei Tiefenrode am 14. Mai wieder für alle freigegeben, auch für Lastwagen."
	for _, test := range []struct {
		a, b string
		goes bool
	}{
		{note, strings.Replace(note, "später", "früher", 1), true},
		{note, strings.Replace(note, "zwei", "zwei zwei", 1), true},
		{note, strings.Replace(note, "zwei", "2", 1), false},
		{strings.Replace(note, "zwei", "3", 1), strings.Replace(note, "zwei", "2", 1), false},
		{longer, strings.Replace(longer, "14. ", "", 1), true},
		{"Das Wetter heute in Berlin", "Das Wetter heute in Hamburg", false},
		{"Das Wetter heute in Berlin", "Das Wetter heute, in Berlin", true},
		{"Foto", "Foto!", true},
	} {
		f := run(t, collect(t, record{ID: "a", Text: test.a}, record{ID: "b", Text: test.b}), Options{})
		if got := f.gone(t) != ""; got != test.goes {
			t.Errorf("%q and %q: %v", test.a, test.b, got)
		}
	}
}

// An empty collection, and one without words, are no fault.
func TestNothing(t *testing.T) {
	if f := run(t, collect(t), Options{}); f.gone(t) != "" || f.Documents != 0 {
		t.Errorf("%+v", f)
	}
	f := run(t, collect(t, record{ID: "a", Text: "-"}, record{ID: "b", Text: "!"}, record{ID: "c", Text: "-"}), Options{})
	if got := f.gone(t); got != "c>a" || f.Empty != 3 {
		t.Errorf("%q goes: %+v", got, f.Summary)
	}
}

// All faults of the options are reported.
func TestValidate(t *testing.T) {
	if err := (Options{}).Validate(); err != nil {
		t.Error(err)
	}
	bad := Newswire
	bad.Length, bad.Bands.B, bad.Unit, bad.Verify, bad.Threshold, bad.Short, bad.Keep = 0, 1<<20, "letters", "twice", 2, 0, "newest"
	for _, o := range []Options{
		{Threshold: -.1}, {Threshold: 1.1}, {Kinds: []reuse.Kind{reuse.Quote}}, {TempLimit: -1}, {Method: bad},
		{Options: dedup.Options{Threads: -1}}, {Options: dedup.Options{Keep: "newest"}},
	} {
		err := o.Validate()
		if err == nil {
			t.Fatalf("%+v is valid", o)
		}
		lines := strings.Split(err.Error(), "\n")
		if slices.Sort(lines); len(slices.Compact(lines)) != strings.Count(err.Error(), "\n")+1 {
			t.Errorf("%+v: a fault is told twice:\n%v", o, err)
		}
	}
	err := bad.Validate()
	if list, ok := err.(interface{ Unwrap() []error }); !ok || len(list.Unwrap()) != 6 {
		t.Errorf("%v, want six faults", err)
	}
}

// TestFromBeside counts the matches of a scan for which nothing goes.
func TestFromBeside(t *testing.T) {
	p := press.New(47)
	long, own := p.Sentence(200), p.Sentence(60)
	docs := collect(t,
		record{ID: "short", Text: long}, record{ID: "longer", Text: long + "\n\n" + own},
		record{ID: "other", Text: p.Sentence(200) + "\n\n" + own}, record{ID: "copy", Text: long + " Ende."},
		record{ID: "another", Text: p.Sentence(100)})
	for _, c := range []struct {
		pairs, gone string
		beside      int
	}{
		{"short copy", "copy>short", 0},
		{"short longer", "", 1},                       // the longer one does not go for the one that is kept
		{"longer other, short copy", "copy>short", 1}, // neither holds the other
		{"short longer, longer copy, short copy", "copy>short", 1},
		{"longer copy", "copy>longer", 0},
		{"another other, another short", "", 2},
	} {
		matches := func(yield func(*dedup.Match, error) bool) {
			for pair := range strings.SplitSeq(c.pairs, ", ") {
				a, b, _ := strings.Cut(pair, " ")
				m := &dedup.Match{IDA: a, IDB: b}
				if m.Kind = reuse.Duplicate; !yield(m, nil) {
					return
				}
			}
		}
		f := run(t, docs, Options{From: matches})
		if got := f.gone(t); got != c.gone {
			t.Errorf("%s: %q goes, want %q", c.pairs, got, c.gone)
		}
		if f.Beside != c.beside {
			t.Errorf("%s: nothing goes for %d matches, want %d", c.pairs, f.Beside, c.beside)
		}
	}
}
