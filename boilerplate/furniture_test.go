package boilerplate

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

const fileHead = `{"v":1,"what":"furniture","version":"0","articles":120,"days":60,"sources":2}` + "\n"

func written(t interface{ Fatal(...any) }, f *Furniture) string {
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestReadFurniture: what a person may write and leave out.
func TestReadFurniture(t *testing.T) {
	full := Pattern{"a.org", "Lesen Sie auch <b>", Teaser, 93, 60, "tail", "keep", "learnt", false, false, 0}
	for _, c := range []struct {
		name, lines string
		want        []Pattern
	}{
		{"none", "", nil},
		{"full", `{"source":"a.org","text":"Lesen Sie auch <b>","kind":"teaser","articles":93,"days":60,"position":"tail","decision":"keep","by":"learnt"}`, []Pattern{full}},
		{"defaults", `{"source":"*","text":"Anzeige"}`, []Pattern{{Source: "*", Text: "Anzeige", Kind: Repeated, Decision: "strip", By: "person"}}},
		{"unknown fields", `{"source":"*","text":"Anzeige","note":"since May"}`, []Pattern{{Source: "*", Text: "Anzeige", Kind: Repeated, Decision: "strip", By: "person"}}},
		{"empty lines, CRLF", "\r\n  \n" + `{"source":"*","text":"Anzeige"}` + "\r\n\r\n", []Pattern{{Source: "*", Text: "Anzeige", Kind: Repeated, Decision: "strip", By: "person"}}},
		{"sorted", `{"source":"b","text":"x"}` + "\n" + `{"source":"a","text":"y"}` + "\n" + `{"source":"a","text":"x"}` + "\n" + `{"source":"a","text":"z","articles":2}`, []Pattern{
			{Source: "a", Text: "z", Articles: 2, Kind: Repeated, Decision: "strip", By: "person"}, {Source: "a", Text: "x", Kind: Repeated, Decision: "strip", By: "person"},
			{Source: "a", Text: "y", Kind: Repeated, Decision: "strip", By: "person"}, {Source: "b", Text: "x", Kind: Repeated, Decision: "strip", By: "person"}}},
	} {
		for _, bom := range []string{"", "\ufeff"} {
			f, err := ReadFurniture(strings.NewReader(bom+fileHead+c.lines), "f.jsonl")
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
			} else if !slices.Equal(f.Patterns, c.want) || f.Articles != 120 || f.Days != 60 || f.Sources != 2 {
				t.Errorf("%s: %+v, want %+v", c.name, f, c.want)
			}
		}
	}
}

// TestReadFurnitureFaults: every fault with its line.
func TestReadFurnitureFaults(t *testing.T) {
	many := strings.Repeat("{}\n", 30)
	common := ""
	for _, w := range words(sampleProse) {
		common += `{"source":"*","text":"` + w + `","decision":"strip"}` + "\n"
	}
	for _, c := range []struct {
		name, file string
		want       []string
	}{
		{"empty", "", []string{"f.jsonl: empty, no furniture file"}},
		{"other file", `{"v":1,"id":"a"}`, []string{"f.jsonl:1: not the first line of a furniture file"}},
		{"no JSON", "source,text\n", []string{"f.jsonl:1: not the first line of a furniture file"}},
		{"newer", `{"v":2,"what":"furniture"}`, []string{"f.jsonl:1: written by a newer version (2)"}},
		{"all faults", fileHead + `{"source":"a","text":"x","kind":"poem"}` + "\n\n" + `{"source":"a","text":"fine"}` + "\n" + `{"source":"a"}` + "\n" + `{"text":"x"}` + "\n" +
			`{"source":"a","text":"x","decision":"burn"}` + "\n" + `{"source":"a","text":"x","by":"chance"}` + "\n" + `{"source":` + "\n" + `{"source":1}`,
			[]string{`f.jsonl:2: unknown kind "poem"`, "f.jsonl:5: a pattern needs a source and a text with words", "f.jsonl:6: a pattern needs a source and a text with words",
				`f.jsonl:7: decision "burn" is neither strip nor keep`, `f.jsonl:8: by "chance" is neither learnt nor person nor found`, "f.jsonl:9: unexpected end of JSON", "f.jsonl:10: json:"}},
		{"counts", fileHead + `{"source":"a","text":"x","block":true,"pages":-3}` + "\n" + `{"source":"a","text":"x","articles":-1}`,
			[]string{"f.jsonl:2: articles, days and pages are counts", "f.jsonl:3: articles, days and pages are counts"}},
		{"sources and places", fileHead + `{"source":"  ","text":"x"}` + "\n" + `{"source":"www.","text":"x"}` + "\n" + `{"source":"a","text":"x","position":"top"}`,
			[]string{"f.jsonl:2: a pattern needs a source", "f.jsonl:3: a pattern needs a source", `f.jsonl:4: position "top" is neither head, middle nor tail`}},
		{"misspelt", fileHead + `{"source":"a","text":"x","decission":"keep","by":"learnt"}` + "\n" + `{"source":"a","text":"keep","note":"it is ours"}` + "\n" + `{"source":"a","text":"y","dicision":"strip"}`,
			[]string{`f.jsonl:2: no decision, but "decission" says keep`, `f.jsonl:4: no decision, but "dicision" says strip`}},
		{"most of all", fileHead + common, []string{"f.jsonl: its patterns for every source would strip"}},
		{"no more than ten", fileHead + many, slices.Repeat([]string{"a pattern needs"}, 10)},
	} {
		_, err := ReadFurniture(strings.NewReader(c.file), "f.jsonl")
		if err == nil {
			t.Errorf("%s: no error", c.name)
			continue
		}
		got := strings.Split(err.Error(), "\n")
		if !slices.EqualFunc(got, c.want, strings.Contains) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	long := fileHead + `{"source":"a","text":"` + strings.Repeat("x", maxLine) + `"}`
	if _, err := ReadFurniture(strings.NewReader(long), "f.jsonl"); err == nil || !strings.Contains(err.Error(), "f.jsonl:2: ") {
		t.Errorf("a line of %d bytes: %v", maxLine, err)
	}
}

// TestWriteFurniture pins the bytes of a file: letters stay letters.
func TestWriteFurniture(t *testing.T) {
	f := &Furniture{Articles: 120, Days: 60, Sources: 2, Settings: map[string]string{"source-field": "outlet"}, Patterns: []Pattern{{"a.org", "Größe <&>\n„x“", Teaser, 93, 60, "tail", "keep", "learnt", false, false, 0}}}
	want := `{"v":1,"what":"furniture","version":"` + f.Version() + `","settings":{"source-field":"outlet"},"articles":120,"days":60,"sources":2}` + "\n" +
		`{"source":"a.org","text":"Größe <&>\n„x“","kind":"teaser","articles":93,"days":60,"position":"tail","decision":"keep","by":"learnt"}` + "\n"
	got := written(t, f)
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	again, err := ReadFurniture(strings.NewReader(got), "f.jsonl")
	if err != nil || again.Settings["source-field"] != "outlet" {
		t.Errorf("read again: %v, %v", again, err)
	}
}

func drawPattern(t *rapid.T) Pattern {
	return Pattern{
		Source: rapid.SampledFrom([]string{"a.org", "b.org", "*"}).Draw(t, "source"), Text: rapid.SampledFrom([]string{call, "Anzeige", "Rat tagt", "<&>\u2028 \"x\""}).Draw(t, "text"),
		Kind: rapid.SampledFrom(Kinds[:]).Draw(t, "kind"), Articles: rapid.IntRange(0, 5).Draw(t, "articles"), Days: rapid.IntRange(0, 5).Draw(t, "days"),
		Position: rapid.SampledFrom([]string{"", "head", "tail"}).Draw(t, "position"), Decision: rapid.SampledFrom([]string{"strip", "keep"}).Draw(t, "decision"), By: rapid.SampledFrom([]string{"learnt", "found"}).Draw(t, "by"),
	}
}

func drawFurniture(t *rapid.T, persons bool) *Furniture {
	f := &Furniture{Articles: rapid.IntRange(0, 9).Draw(t, "all"), Days: rapid.IntRange(0, 9).Draw(t, "days"), Sources: rapid.IntRange(0, 9).Draw(t, "sources")}
	for range rapid.IntRange(0, 5).Draw(t, "patterns") {
		p := drawPattern(t)
		if persons && rapid.Bool().Draw(t, "person") {
			p.By = "person"
		}
		f.Patterns = append(f.Patterns, p)
	}
	f.sort()
	return f
}

// TestFurnitureRoundTrip: what is written is read as it was, in any order of
// its lines, and with the version that its first line names.
func TestFurnitureRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f := drawFurniture(t, true)
		file := written(t, f)
		lines := strings.SplitAfter(file, "\n")[1:]
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		r.Shuffle(len(lines), func(i, j int) { lines[i], lines[j] = lines[j], lines[i] })
		for _, s := range []string{file, file[:strings.Index(file, "\n")+1] + strings.Join(lines, "")} {
			g, err := ReadFurniture(strings.NewReader(s), "f.jsonl")
			if err != nil || !reflect.DeepEqual(g, f) {
				t.Fatalf("%+v %v, want %+v", g, err, f)
			}
			if !strings.Contains(file, `"version":"`+g.Version()+`"`) || g.Learnt().Version() != f.Learnt().Version() {
				t.Fatalf("version %s is not that of %s", g.Version(), file)
			}
		}
	})
}

// TestMerge: the order of files does not matter but where persons disagree, and
// a file merged with itself stays what it is.
func TestMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := drawFurniture(t, false), drawFurniture(t, false), drawFurniture(t, false)
		ab := Merge(a, b)
		if ba := Merge(b, a); !reflect.DeepEqual(ab, ba) {
			t.Fatalf("%+v\nin the other order %+v", ab, ba)
		}
		if l, r := Merge(ab, c), Merge(a, Merge(b, c)); !reflect.DeepEqual(l, r) {
			t.Fatalf("%+v\nin other steps %+v", l, r)
		}
		if none := Merge(nil, ab, nil); !reflect.DeepEqual(none, ab) {
			t.Fatalf("%+v\nwith none %+v", ab, none)
		}
		if again := Merge(ab, ab, a); !reflect.DeepEqual(again, ab) {
			t.Fatalf("%+v\nmerged again %+v", ab, again)
		}
		person := drawFurniture(t, true)
		for _, m := range []*Furniture{Merge(a, person), Merge(person, a)} {
			for _, p := range person.Patterns {
				i := slices.IndexFunc(m.Patterns, func(q Pattern) bool { return q.Source == p.Source && q.Text == p.Text })
				if i < 0 || p.By == "person" && m.Patterns[i].By != "person" {
					t.Fatalf("%+v is lost in %+v", p, m)
				}
			}
		}
	})
}

func TestMergePersons(t *testing.T) {
	learnt := Pattern{"a.org", call, Repeated, 90, 9, "tail", "strip", "learnt", false, false, 0}
	keep := Pattern{"a.org", call, Teaser, 10, 20, "head", "keep", "person", false, false, 0}
	strip, unnamed := keep, keep
	unnamed.By = "learnt"
	strip.Decision = "strip"
	for _, c := range []struct {
		name string
		in   []Pattern
		want Pattern
	}{
		{"person after", []Pattern{learnt, keep}, Pattern{"a.org", call, Teaser, 90, 20, "head", "keep", "person", false, false, 0}},
		{"person before", []Pattern{keep, learnt}, Pattern{"a.org", call, Teaser, 90, 20, "head", "keep", "person", false, false, 0}},
		{"kept without a name", []Pattern{unnamed, learnt}, Pattern{"a.org", call, Teaser, 90, 20, "head", "keep", "learnt", false, false, 0}},
		{"last person", []Pattern{keep, learnt, strip}, Pattern{"a.org", call, Teaser, 90, 20, "head", "strip", "person", false, false, 0}},
	} {
		var files []*Furniture
		for _, p := range c.in {
			files = append(files, &Furniture{Patterns: []Pattern{p}})
		}
		if got := Merge(files...); !slices.Equal(got.Patterns, []Pattern{c.want}) {
			t.Errorf("%s: %+v, want %+v", c.name, got.Patterns, c.want)
		}
	}
	if got := Merge(); len(got.Patterns) != 0 {
		t.Errorf("merge of nothing: %+v", got)
	}
}

// TestVersions: what decides is in the version of a file and of what is searched for, and
// merging does not depend on the order of files or on how a source is written.
func TestVersions(t *testing.T) {
	one := Pattern{"a.org", call, Teaser, 93, 60, "tail", "strip", "learnt", false, false, 0}
	person, story, block := one, one, one
	person.By, story.Story, block.Block = "person", true, true
	files, learnt := map[string]bool{}, map[uint64]bool{}
	for _, p := range []Pattern{one, person, story, block} {
		f := &Furniture{Patterns: []Pattern{p}}
		files[f.Version()], learnt[f.Learnt().Version()] = true, true
	}
	if len(files) != 4 || len(learnt) != 4 {
		t.Errorf("%d versions of files, %d of what is searched for, want 4 of each", len(files), len(learnt))
	}
	story.Source = "WWW.A.org"
	f, g := &Furniture{Patterns: []Pattern{one}}, &Furniture{Patterns: []Pattern{story}}
	m, n := Merge(f, g), Merge(g, f)
	if len(m.Patterns) != 1 || len(n.Patterns) != 1 || m.Patterns[0].Story != n.Patterns[0].Story {
		t.Errorf("merged %+v, in the other order %+v", m.Patterns, n.Patterns)
	}
}

// TestDecisions: which patterns take what out of which source's articles.
func TestDecisions(t *testing.T) {
	const text = "Der Rat tagt. " + call + " Er tagt lange."
	const marked = "Der Rat tagt. ⟦" + call + "⟧ Er tagt lange."
	type pattern struct{ source, text, decision string }
	for _, c := range []struct {
		name     string
		patterns []pattern
		text     string
		want     string
	}{
		{"strip", []pattern{{"a.org", call, "strip"}}, text, marked},
		{"part of it", []pattern{{"a.org", "mit uns am Ball und lesen Sie", "strip"}}, text, "Der Rat tagt. Bleiben Sie ⟦mit uns am Ball und lesen Sie⟧ alles im Netz. Er tagt lange."},
		{"longer than what stands there", []pattern{{"a.org", "Liebe Leser! " + call + " Bis morgen!", "strip"}}, text, marked},
		{"every source", []pattern{{"*", call, "strip"}}, text, marked},
		{"other source", []pattern{{"b.org", call, "strip"}}, text, text},
		{"keep after strip", []pattern{{"a.org", call, "strip"}, {"a.org", call, "keep"}}, text, text},
		{"keep before strip", []pattern{{"a.org", call, "keep"}, {"a.org", call, "strip"}}, text, text},
		{"kept here, stripped everywhere", []pattern{{"*", call, "strip"}, {"a.org", call, "keep"}}, text, text},
		{"kept everywhere, stripped here", []pattern{{"a.org", call, "strip"}, {"*", call, "keep"}}, text, text},
		{"kept elsewhere", []pattern{{"a.org", call, "strip"}, {"b.org", call, "keep"}}, text, marked},
		{"kept part of a longer one", []pattern{{"a.org", "Der Rat tagt. " + call + " Er tagt lange.", "strip"}, {"a.org", call, "keep"}}, text, "⟦Der Rat tagt.⟧ " + call + " ⟦Er tagt lange.⟧"},
		{"kept short part", []pattern{{"a.org", call, "strip"}, {"a.org", "am Ball", "keep"}}, text, "Der Rat tagt. ⟦Bleiben Sie mit uns⟧ am Ball ⟦und lesen Sie alles im Netz.⟧ Er tagt lange."},
		{"short", []pattern{{"a.org", "Zur Wetterkarte", "strip"}}, "Schnee im Mai. Zur Wetterkarte. Zur Karte.", "Schnee im Mai. ⟦Zur Wetterkarte.⟧ Zur Karte."},
		{"one word", []pattern{{"a.org", "Wetterkarte", "strip"}}, "Schnee (Wetterkarte) im Mai", "Schnee ⟦(Wetterkarte)⟧ im Mai"},
		{"longer than the text", []pattern{{"a.org", call, "strip"}}, "Bleiben Sie", "Bleiben Sie"},
		{"no words", []pattern{{"a.org", "***", "strip"}}, "Rat *** tagt", "Rat *** tagt"},
		{"folded", []pattern{{"a.org", strings.ToUpper(call), "strip"}}, text, marked},
	} {
		f := &Furniture{}
		for _, p := range c.patterns {
			f.Patterns = append(f.Patterns, Pattern{Source: p.source, Text: p.text, Kind: Repeated, Decision: p.decision, By: "person"})
		}
		if got, _ := markLearnt(&Marker{Learnt: f.Learnt()}, "www.a.org", c.text); got != c.want {
			t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
		}
	}
}

// TestFound: what was found where it stood is no pattern, unless it is kept; what was learnt
// of the same words counts more.
func TestFound(t *testing.T) {
	const text = "Der Rat tagt. " + call + " Er tagt lange."
	found := Pattern{Source: "a.org", Text: call, Kind: Teaser, Articles: 1, Decision: "strip", By: "found"}
	kept, learnt := found, found
	kept.Decision, learnt.By = "keep", "learnt"
	for _, c := range []struct {
		name     string
		patterns []Pattern
		want     string
	}{
		{"found", []Pattern{found}, text},
		{"found and learnt", []Pattern{found, learnt}, "Der Rat tagt. ⟦" + call + "⟧ Er tagt lange."},
		{"learnt, found and kept", []Pattern{learnt, kept}, text},
	} {
		for _, files := range [][]*Furniture{{{Patterns: c.patterns}}, {{Patterns: c.patterns[:1]}, {Patterns: c.patterns[1:]}}, {{Patterns: c.patterns[1:]}, {Patterns: c.patterns[:1]}}} {
			if got, _ := markLearnt(&Marker{Learnt: Merge(files...).Learnt()}, "a.org", text); got != c.want {
				t.Errorf("%s: %s\nwant %s", c.name, got, c.want)
			}
		}
	}
}

// TestGallery: the file that an archive teaches marks what learning marked.
func TestGallery(t *testing.T) {
	var all []article
	for i := range 6 {
		all = append(all, article{"a.org", i, call + "\n\n" + story(i) + "\n\nZur Karte: Alles über das Wetter am Tag im Bild"})
	}
	learnt := &Marker{Learnt: learn(t, LearnOptions{}, all...)}
	g := NewGallery(*learnt)
	var z shingle.Tokenizer
	var x shingle.Text
	for _, a := range all {
		z.Tokenize(&x, a.text)
		g.Add(a.source, a.text, &x)
	}
	f := g.Furniture()
	want := []Pattern{
		{"a.org", call, Repeated, 6, 6, "head", "strip", "learnt", false, false, 0},
		{"a.org", "Zur Karte: Alles über das Wetter am Tag im Bild", Repeated, 6, 6, "tail", "strip", "learnt", false, false, 0},
	}
	if !slices.Equal(f.Patterns, want) {
		t.Fatalf("%+v\nwant %+v", f.Patterns, want)
	}
	read, err := ReadFurniture(strings.NewReader(written(t, f)), "f.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all {
		again, _ := markLearnt(&Marker{Learnt: read.Learnt()}, a.source, a.text)
		if before, _ := markLearnt(learnt, a.source, a.text); again != before || !strings.Contains(again, "⟦") {
			t.Errorf("from the file: %s\nas learnt: %s", again, before)
		}
	}
}

// FuzzReadFurniture: nothing panics, and what was read is read again as it was.
func FuzzReadFurniture(f *testing.F) {
	for _, s := range []string{"", fileHead, "\ufeff" + fileHead + `{"source":"a","text":"x"}`, fileHead + `{"source":"a","text":"\ud800"}` + "\r\n",
		fileHead + `{"source":"*","text":"a b c d e f g","articles":-5,"days":99999999999}`, fileHead + "{\"source\":\"\xff\",\"text\":\"\xfe\"}", `{"what":"furniture","v":-1}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, file string) {
		f, err := ReadFurniture(strings.NewReader(file), "f.jsonl")
		if err != nil {
			return
		}
		g, err := ReadFurniture(strings.NewReader(written(t, f)), "g.jsonl")
		if err != nil || !reflect.DeepEqual(f, g) {
			t.Fatalf("%+v was read again as %+v %v", f, g, err)
		}
		if f.Learnt().Version() != g.Learnt().Version() {
			t.Fatal("two versions of one file")
		}
	})
}
