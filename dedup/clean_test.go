package dedup

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"reprint/boilerplate"
	"reprint/corpus"
)

// cleaned cleans a collection.
func cleaned(t *testing.T, c *corpus.Collection, f *boilerplate.Furniture, rules *boilerplate.Rules) []*Cleaned {
	t.Helper()
	dir := t.TempDir()
	var list []*Cleaned
	for d, err := range Clean(context.Background(), c, Options{Furniture: f, Rules: rules, Temp: dir, Threads: 3}) {
		check(t, err)
		list = append(list, lasting(d))
	}
	empty(t, dir)
	return list
}

// lasting returns a copy of d that is good behind the next step.
func lasting(d *Cleaned) *Cleaned {
	doc := *d.Doc
	for _, s := range []*string{&doc.ID, &doc.Text, &doc.Title, &doc.Source, &doc.URL, &doc.Author} {
		*s = strings.Clone(*s)
	}
	doc.Raw = bytes.Clone(doc.Raw)
	return &Cleaned{Doc: &doc, ID: strings.Clone(d.ID), Marks: d.Marks, Text: strings.Clone(d.Text)}
}

// learn learns the furniture of a collection.
func learn(t *testing.T, c *corpus.Collection, rules *boilerplate.Rules) *boilerplate.Furniture {
	t.Helper()
	dir := t.TempDir()
	f, _, err := Learn(context.Background(), c, Options{Rules: rules, Temp: dir})
	check(t, err)
	empty(t, dir)
	return f
}

// records makes a collection of the cleaned texts.
func again(t *testing.T, list []*Cleaned) *corpus.Collection {
	t.Helper()
	var records []record
	for _, c := range list {
		r := record{ID: c.Doc.ID, Source: c.Doc.Source, URL: c.Doc.URL, Text: c.Text}
		if c.Doc.Published.Precision > 0 {
			r.Published = c.Doc.Published.Time.Format("2006-01-02")
		}
		records = append(records, r)
	}
	return collect(t, records...)
}

// Clean gives every document in order; its marks are disjoint stretches of
// whole characters, the same as those of a scan, and what is left is the text
// without them. A document without marks stays as it is, byte for byte.
func TestClean(t *testing.T) {
	for _, path := range []string{newsroom, write(t, "made.jsonl", newPress(21).Records(200, 80)...), "../testdata/broken/invalid-utf8.jsonl"} {
		c := open(t, path)
		file, err := os.ReadFile(path)
		check(t, err)
		removals := map[int]*Removal{}
		for _, x := range all(t, scan(t, c, Options{}).Removals()) {
			removals[x.Doc] = x
		}
		list := cleaned(t, c, nil, nil)
		lines := bytes.Split(bytes.TrimSuffix(file, []byte("\n")), []byte("\n"))
		if len(list) != len(lines) {
			t.Fatalf("%s: %d documents of %d", path, len(list), len(lines))
		}
		for i, d := range list {
			if d.Doc.Number != i || !bytes.Equal(bytes.TrimSpace(d.Doc.Raw), bytes.TrimSpace(lines[i])) {
				t.Fatalf("%s: document %d is %d: %.80q", path, i, d.Doc.Number, d.Doc.Raw)
			}
			wellMarked(t, d)
			want := []boilerplate.Mark(nil)
			if x := removals[i]; x != nil {
				want = x.Marks
			}
			if fmt.Sprint(want) != fmt.Sprint(d.Marks) {
				t.Errorf("%s: marks %v, in a scan %v", d.Doc.ID, d.Marks, want)
			}
		}
	}
}

// wellMarked checks the marks of one document.
func wellMarked(t *testing.T, d *Cleaned) {
	t.Helper()
	text, end := d.Doc.Text, 0
	for _, m := range d.Marks {
		if m.Start < end || m.End <= m.Start || m.End > len(text) || m.Kind == "" || m.Reason == "" || m.Score <= 0 || m.Score > 1 {
			t.Errorf("%s: mark %+v after byte %d of %d", d.Doc.ID, m, end, len(text))
		}
		if m.Start < len(text) && !utf8.RuneStart(text[m.Start]) || m.End < len(text) && !utf8.RuneStart(text[m.End]) {
			t.Errorf("%s: mark %+v cuts a character", d.Doc.ID, m)
		}
		end = m.End
	}
	if want := boilerplate.Strip(text, d.Marks); d.Text != want || len(d.Marks) == 0 && d.Text != text {
		t.Errorf("%s: %q is left, want %q", d.Doc.ID, d.Text, want)
	}
}

// bare are rules that find nothing.
func bare(t *testing.T) *boilerplate.Rules {
	t.Helper()
	r, err := boilerplate.ParseRules(strings.NewReader(""), "none")
	check(t, err)
	return r
}

// archives are the collections that furniture is learnt of.
func archives(t *testing.T) map[string]*corpus.Collection {
	t.Helper()
	return map[string]*corpus.Collection{
		"newsroom":  open(t, newsroom),
		"generated": collect(t, newPress(22).Records(300, 80)...),
	}
}

// What sources repeat is taken out in one go: a second time nothing changes,
// whether the furniture is given or learnt anew from what was left. Rules may
// find a little more, where a phrase that has to be a whole line became one.
func TestCleanTwice(t *testing.T) {
	for name, c := range archives(t) {
		for _, rules := range []*boilerplate.Rules{nil, bare(t)} {
			for _, f := range []*boilerplate.Furniture{nil, learn(t, c, rules)} {
				first := cleaned(t, c, f, rules)
				removed, more := 0, 0
				for i, d := range cleaned(t, again(t, first), f, rules) {
					removed += len(first[i].Doc.Text) - len(first[i].Text)
					more += len(d.Doc.Text) - len(d.Text)
					for _, m := range d.Marks {
						if !strings.HasPrefix(m.Reason, "rule: ") {
							t.Errorf("%s: %s: a second time %s: %q", name, d.Doc.ID, m.Reason, d.Doc.Text[m.Start:m.End])
						}
					}
				}
				if removed < 20_000 || 100*more > removed || rules != nil && more > 0 {
					t.Errorf("%s: %d bytes were removed, the second time %d", name, removed, more)
				}
			}
		}
	}
}

// A furniture file is read as it was written, and gives the marks that
// learning from the same articles gives.
func TestLearnRoundTrip(t *testing.T) {
	for name, c := range archives(t) {
		for _, rules := range []*boilerplate.Rules{nil, bare(t)} {
			f := learn(t, c, rules)
			read := written(t, f)
			if read.Articles != len(documents(t, c)) || read.Days == 0 || read.Sources == 0 || len(read.Patterns) == 0 {
				t.Errorf("%s: %d articles, %d days, %d sources, %d patterns", name, read.Articles, read.Days, read.Sources, len(read.Patterns))
			}
			self, given := cleaned(t, c, nil, rules), cleaned(t, c, read, rules)
			for i := range self {
				if spans(self[i]) != spans(given[i]) {
					t.Errorf("%s: %s: by itself\n%s, by the file\n%s", name, self[i].Doc.ID, spans(self[i]), spans(given[i]))
				}
			}
		}
	}
}

// written returns furniture as it comes out of its file.
func written(t *testing.T, f *boilerplate.Furniture) *boilerplate.Furniture {
	t.Helper()
	var file, second bytes.Buffer
	check(t, f.Write(&file))
	read, err := boilerplate.ReadFurniture(strings.NewReader(file.String()), "furniture.jsonl")
	check(t, err)
	var beside bytes.Buffer
	version, err := WriteBeside(&beside, f, nil)
	check(t, err)
	read.Beside.Version = version
	none, err := ReadBeside(bytes.NewReader(beside.Bytes()), int64(beside.Len()), read)
	check(t, err)
	read.Beside = boilerplate.Beside{}
	if none != nil {
		t.Error("words are known that were not written")
	}
	check(t, read.Write(&second))
	if file.String() != second.String() || read.Version() != f.Version() {
		t.Error("the file changes when it is written again")
	}
	return read
}

// Patterns have the kinds that rules tell by their words; without rules they
// are what their source repeats.
func TestLearnKinds(t *testing.T) {
	c := open(t, newsroom)
	kinds := map[boilerplate.Kind]int{}
	for _, p := range learn(t, c, nil).Patterns {
		kinds[p.Kind]++
	}
	for _, kind := range []boilerplate.Kind{boilerplate.Newsletter, boilerplate.Share, boilerplate.Teaser, boilerplate.Disclaimer} {
		if kinds[kind] == 0 {
			t.Errorf("no pattern of kind %s: %v", kind, kinds)
		}
	}
	for _, p := range learn(t, c, bare(t)).Patterns {
		if p.Block {
			continue // the model names them
		}
		if p.Kind != boilerplate.Repeated || p.Decision != "strip" || p.By != "learnt" || p.Days < 4 || p.Articles < p.Days {
			t.Errorf("%+v", p)
		}
	}
}

// spans lists what is marked in a document.
func spans(d *Cleaned) string {
	var b strings.Builder
	for _, m := range d.Marks {
		fmt.Fprintf(&b, "%d-%d %q\n", m.Start, m.End, d.Doc.Text[m.Start:m.End])
	}
	return b.String()
}

// An id that occurs twice is told apart in what Clean gives, whether it
// learns or knows the furniture.
func TestCleanTellsIDsApart(t *testing.T) {
	c := collect(t, record{ID: "x", Text: "Ein Text."}, record{ID: "y", Text: "Noch einer."}, record{ID: "x", Text: "Und ein dritter."})
	for _, o := range []Options{{}, {Furniture: &boilerplate.Furniture{}}} {
		var ids []string
		for d, err := range Clean(context.Background(), c, o) {
			check(t, err)
			ids = append(ids, d.ID)
		}
		path := c.Files()[0].Path
		if want := []string{"x@" + path + ":1", "y", "x@" + path + ":3"}; !slices.Equal(ids, want) {
			t.Errorf("ids %q, want %q", ids, want)
		}
	}
}

// TestReasons: a scan says of furniture what Clean says, whoever knows it: the collection,
// a file, of articles with and without dates, or a person.
func TestReasons(t *testing.T) {
	undated := []record{}
	for _, d := range all(t, open(t, newsroom).All()) {
		undated = append(undated, record{ID: d.ID, Source: d.Source, URL: d.URL, Text: d.Text})
	}
	person := learn(t, open(t, newsroom), nil)
	for i := range person.Patterns {
		person.Patterns[i].By = "person"
	}
	for name, c := range map[string]struct {
		docs      *corpus.Collection
		furniture *boilerplate.Furniture
		says      string
	}{
		"dates":           {open(t, newsroom), nil, "source repeats it on 7 days, 7 times"},
		"a file":          {open(t, newsroom), learn(t, open(t, newsroom), nil), "source repeats it on 7 days, 7 times"},
		"no dates":        {collect(t, undated...), nil, "source repeats it in 7 articles, 7 times"},
		"a file, undated": {collect(t, undated...), learn(t, collect(t, undated...), nil), "source repeats it in 7 articles, 7 times"},
		"a person":        {open(t, newsroom), person, "a person says so"},
	} {
		told := map[string]bool{}
		scanned := map[string][]boilerplate.Mark{}
		for _, r := range all(t, scan(t, c.docs, Options{Furniture: c.furniture}).Removals()) {
			scanned[r.ID] = r.Marks
		}
		for _, d := range cleaned(t, c.docs, c.furniture, nil) {
			if !slices.Equal(d.Marks, scanned[d.ID]) {
				t.Errorf("%s: %s: cleaned of\n%+v\na scan marks\n%+v", name, d.ID, d.Marks, scanned[d.ID])
			}
			for _, m := range d.Marks {
				told[m.Reason] = true
			}
		}
		if !told[c.says] {
			t.Errorf("%s: nothing goes as %q", name, c.says)
		}
		for reason := range told {
			if strings.Contains(reason, " day") && strings.Contains(c.says, " articles") {
				t.Errorf("%s: %s", name, reason)
			}
		}
	}
}
