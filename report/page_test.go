package report

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf16"

	"pgregory.net/rapid"

	"reprint/boilerplate"
	"reprint/dedup"
	"reprint/internal/figures"
	"reprint/internal/short"
	"reprint/reuse"
	"reprint/shingle"
)

// pageData is what the page's script reads.
type pageData struct {
	Docs  map[string]jsDocument
	Pairs map[string]jsPair
}

func dataOf(t testing.TB, page string) pageData {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<script type="application/json" id="data">`)
	raw, _, end := strings.Cut(rest, "</script>")
	if !ok || !end {
		t.Fatal("the page holds no data")
	}
	var d pageData
	if err := json.Unmarshal([]byte(raw), &d); err != nil {
		t.Fatal(err)
	}
	return d
}

// section returns a part of the page.
func section(t testing.TB, page, id string) string {
	t.Helper()
	_, rest, ok := strings.Cut(page, `<section id="`+id+`"`)
	out, _, end := strings.Cut(rest, "</section>")
	if !ok || !end {
		t.Fatalf("the page has no section %q", id)
	}
	return out
}

// The lists are in the page as HTML, for readers without scripts.
func TestPage(t *testing.T) {
	page := read(t, week().write(t), "report.html")
	var all strings.Builder
	for _, id := range []string{"overview", "pairs", "groups", "passages", "furniture"} {
		fmt.Fprintf(&all, "-- %s --%s\n", id, section(t, page, id))
	}
	golden(t, "page.golden", all.String())
	for _, want := range []string{"Nothing was left out of this page", "7 documents, read for copies", "00c0ffee00c0ffee", "week/*.jsonl", "listed in rejected.jsonl"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
}

// The data of a pair: offsets count UTF-16 code units of the texts.
func TestPageData(t *testing.T) {
	r := week()
	r.docs[0].Text = "\U0001F980\xff " + r.docs[0].Text
	shift := len("\U0001F980\xff ")
	for _, m := range r.matches {
		for i := range m.Passages {
			if m.A == 0 {
				m.Passages[i].A.Start += shift
				m.Passages[i].A.End += shift
			}
		}
	}
	d := dataOf(t, read(t, r.write(t), "report.html"))
	if len(d.Pairs) != 4 || len(d.Docs) != 7 {
		t.Fatalf("%d pairs of %d documents", len(d.Pairs), len(d.Docs))
	}
	p := d.Pairs["2"] // after the duplicate
	a := utf16.Encode([]rune(d.Docs[fmt.Sprint(p.A)].Text))
	b := utf16.Encode([]rune(d.Docs[fmt.Sprint(p.B)].Text))
	span := func(text []uint16, p any, i int) string {
		at := p.([]any)
		return string(utf16.Decode(text[int(at[i].(float64)):int(at[i+1].(float64))]))
	}
	if got, want := span(a, p.Passages[0], 0), span(b, p.Passages[0], 2); got != want || !strings.HasPrefix(got, "Die Mole") {
		t.Errorf("a passage is %q and %q", got, want)
	}
	if got := span(b, p.Passages[1], 2); !strings.HasPrefix(got, "Für vier Monate") || !strings.HasSuffix(got, "um.") {
		t.Errorf("a passage is %q", got)
	}
	if got := span(b, d.Docs[fmt.Sprint(p.B)].Marks[1], 0); got != "\nAnzeige" {
		t.Errorf("furniture is %q", got)
	}
}

// evil are words that would be markup, script or a way out of either.
var evil = []string{
	`<script>alert(1)</script>`, `</script><img src=x onerror=alert(1)>`, `" onmouseover="alert(1)`, `' onfocus='alert(1)' autofocus '`,
	"a\u2028b\u2029c", `<!--<script>`, `]]>`, `{{.Data}}`, `\u003cscript\u003e`, "\x00\x1b[31m", `javascript:alert(1)`, `</style><style>*{}`, `&lt;b&gt;`, "\xff\xfe",
}

// evilResults holds them wherever a word of the input can get to.
func evilResults() *results {
	r := &results{}
	for i, e := range evil {
		text := e + " Der Rat hat am Abend getagt. " + e
		a := r.doc(fmt.Sprintf("a%d%s", i, e), e, "2025-01-02", e, text)
		b := r.doc(fmt.Sprintf("b%d%s", i, e), e+"2", "2025-01-03", e, text)
		r.docs[a].URL, r.docs[b].URL = "javascript:alert(1)//"+e, "https://x.example/"+e
		m := r.match(a, b, reuse.Republished, 1, 1, [2]string{text, ""})
		m.First, m.FirstBy, m.Credit = "a", "date", []string{e}
		m.Evidence.Rule = e
		r.clusters = append(r.clusters, &dedup.Cluster{Number: i + 1, Keep: a, Reason: e, Members: []int{a, b}, IDs: []string{r.docs[a].ID, r.docs[b].ID}})
		r.recur("passage", text, a, b)
		r.mark(a, e, boilerplate.Kind(e), "rule: "+e)
	}
	return r
}

var (
	tagNames   = regexp.MustCompile(`<(/?[a-zA-Z!][^\s>/]*)`)
	attributes = regexp.MustCompile(`\s(on[a-z]+|src|action|formaction|srcdoc|background)\s*=`)
	links      = regexp.MustCompile(`href="([^"]*)"`)
)

// No word of the input is markup: the page of hostile texts has the tags of
// the page of kind ones, no handlers, and only safe links.
func TestPageEscapes(t *testing.T) {
	r := evilResults()
	f := r.found()
	f.summary.Settings = map[string]string{evil[0]: evil[1], "text-field": evil[2]}
	f.summary.Version, f.summary.Background = evil[1], evil[0]
	dir := filepath.Join(t.TempDir(), "r")
	if err := folder(dir, f, each(r.docs), Options{}); err != nil {
		t.Fatal(err)
	}
	page := read(t, dir, "report.html")
	d := dataOf(t, page)
	if got := d.Docs["0"].Text; got != r.docs[0].Text {
		t.Errorf("the text in the page's data is %q", got)
	}
	before, rest, _ := strings.Cut(page, "<style>")
	_, rest, _ = strings.Cut(rest, "</style>")
	markup, rest, _ := strings.Cut(rest, `<script type="application/json" id="data">`)
	data, _, _ := strings.Cut(rest, "</script>")
	if strings.ContainsAny(data, "<>&\u2028\u2029") {
		t.Error("the data hold characters that mean something in a page")
	}
	known := map[string]bool{}
	kind := read(t, week().write(t), "report.html")
	for _, tag := range tagNames.FindAllStringSubmatch(kind, -1) {
		known[tag[1]] = true
	}
	for _, tag := range tagNames.FindAllStringSubmatch(before+markup, -1) {
		if !known[tag[1]] || tag[1] == "script" || tag[1] == "img" {
			t.Errorf("a tag %q", tag[1])
		}
	}
	// Attribute values are quoted and their quotes escaped, so that what looks
	// like a handler between two tags is text.
	for _, tag := range regexp.MustCompile(`<[a-zA-Z][^<>]*>`).FindAllString(before+markup, -1) {
		bare := regexp.MustCompile(`"[^"]*"`).ReplaceAllString(tag, `""`)
		if at := attributes.FindString(bare); at != "" {
			t.Errorf("an attribute %q in %s", at, tag)
		}
	}
	for _, l := range links.FindAllStringSubmatch(markup, -1) {
		if !strings.HasPrefix(l[1], "#") && !strings.HasPrefix(l[1], "https://x.example/") {
			t.Errorf("a link to %q", l[1])
		}
	}
}

// The page asks for nothing: no address but links, and a policy that forbids
// the rest.
func TestPageAsksForNothing(t *testing.T) {
	page := read(t, week().write(t), "report.html")
	if !strings.Contains(page, `content="default-src &#39;none&#39;;`) {
		t.Error("the page has no policy")
	}
	for _, asset := range []string{"page.css", "page.js", "page.html"} {
		b, err := os.ReadFile("web/" + asset)
		if err != nil {
			t.Fatal(err)
		}
		for _, bad := range []string{"url(", "@import", "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "fetch(", "http://"} {
			if strings.Contains(string(b), bad) {
				t.Errorf("%s holds %q", asset, bad)
			}
		}
	}
}

// However large and however hostile the texts, the page stays within its
// bound and says what it left out.
func TestPageSize(t *testing.T) {
	short.Alone(t)
	if maxPage-roomRest-roomRows-roomClusters-roomPassages-roomFurniture < 5_000_000 {
		t.Error("too little remains for texts")
	}
	for name, fill := range map[string]string{"plain": "Der Rat hat am Abend getagt. ", "markup": "<'\"&> ", "plus": "+"} {
		t.Run(name, func(t *testing.T) {
			r := &results{}
			text := strings.Repeat(fill, 100_000/len(fill))
			long := strings.Repeat(fill, 400/len(fill))
			for i := range 900 {
				a := r.doc(fmt.Sprintf("%d%s", i, long), fmt.Sprintf("%d%s", i, long), "2025-01-02", long, text)
				b := r.doc(fmt.Sprintf("%d%sb", i, long), fmt.Sprintf("%d%sb", i, long), "2025-01-02", long, text)
				r.match(a, b, []reuse.Kind{reuse.Duplicate, reuse.Partial, reuse.Quote}[i%3], 1, 1, [2]string{text, ""})
				r.clusters = append(r.clusters, &dedup.Cluster{Number: i + 1, Keep: a, Members: []int{a, b}, IDs: []string{r.docs[a].ID, r.docs[b].ID}})
				r.recur("passage", text, a, b)
				r.removals = append(r.removals, &dedup.Removal{Doc: a, ID: r.docs[a].ID, Marks: []boilerplate.Mark{
					{Span: shingle.Span{Start: 0, End: 200}, Kind: boilerplate.Other, Reason: "rule: " + long},
				}})
			}
			page := read(t, r.write(t), "report.html")
			if len(page) > maxPage {
				t.Errorf("%d bytes", len(page))
			}
			if n := len(section(t, page, "pairs")); n > roomRows {
				t.Errorf("%d bytes of rows", n)
			}
			d := dataOf(t, page)
			if len(d.Pairs) == 0 || len(d.Pairs) >= 300 {
				t.Errorf("%d pairs with texts", len(d.Pairs))
			}
			for _, want := range []string{"Left out of this page", "The texts of", "more in passages.jsonl", "more in clusters.jsonl"} {
				if !strings.Contains(page, want) {
					t.Errorf("the page does not say %q", want)
				}
			}
		})
	}
}

// copied are articles that so many houses print, each in its own wording of the title.
func copied(articles, houses int) *results {
	r := &results{}
	for i := range articles {
		text := strings.Repeat(fmt.Sprintf("Der Rat von Ort %d hat am Abend getagt und nichts beschlossen. ", i), 30)
		first := len(r.docs)
		for j := range houses {
			r.doc(fmt.Sprintf("d%d-%d", i, j), fmt.Sprintf("Zeitung %d", j), "2025-01-02", fmt.Sprintf("Titel %d in Fassung %d", i, j), text)
			for k := range j {
				r.match(first+k, first+j, reuse.Duplicate, 1, 1, [2]string{text, text})
			}
		}
	}
	return r
}

// While there is room below the bound, nothing is left out; when there is none, the first
// of each kind are still listed, and the page is nearly as large as it may be.
func TestPageFills(t *testing.T) {
	short.Alone(t)
	page := read(t, copied(120, 10).write(t), "report.html")
	if d := dataOf(t, page); len(d.Pairs) != 5400 || strings.Count(page, "<tr data-n") != 5400 || strings.Contains(page, "listed pairs") {
		t.Errorf("%d pairs listed, %d with texts", strings.Count(page, "<tr data-n"), len(d.Pairs))
	}
	r := copied(300, 10)
	for i := range 700 {
		r.match(i, i+700, []reuse.Kind{reuse.Partial, reuse.Quote}[i%2], .1, .1, [2]string{"hat am Abend getagt", ""})
	}
	page = read(t, r.write(t), "report.html")
	listed := strings.Count(page, "<tr data-n")
	for kind, want := range map[string]int{"partial": 350, "quote": maxSilent} {
		if got := strings.Count(page, `data-kind="`+kind+`"`); got != want {
			t.Errorf("%d pairs listed as %s, want %d", got, kind, want)
		}
	}
	if listed < 5400 || len(page) > maxPage || !strings.Contains(page, fmt.Sprintf("%s pairs more in matches.jsonl", figures.Grouped(int64(300*45+700-listed)))) {
		t.Errorf("%d pairs listed in %d bytes", listed, len(page))
	}
}

// Above the bound of patterns those seen once go, and the page says so.
func TestGalleryBounded(t *testing.T) {
	r := &results{}
	d := r.doc("a", "bote", "2025-01-02", "", strings.Repeat("x", 100))
	g := newGallery()
	for i := range maxPatterns * 3 {
		g.add("bote", r.docs[d], &boilerplate.Mark{Span: shingle.Span{Start: 0, End: 10}, Kind: boilerplate.Share, Reason: "rule: the frequent one"})
		g.add("bote", r.docs[d], &boilerplate.Mark{Span: shingle.Span{Start: 0, End: 10}, Kind: boilerplate.Share, Reason: fmt.Sprint("rule: ", i)})
	}
	if len(g.patterns) > maxPatterns || !g.lossy {
		t.Errorf("%d patterns, lossy: %v", len(g.patterns), g.lossy)
	}
	if p := g.sorted()[0]; p.count != maxPatterns*3 {
		t.Errorf("the most frequent one was counted %d times", p.count)
	}
}

// What a source repeats with other numbers is one pattern.
func TestGalleryWording(t *testing.T) {
	r := &results{}
	d := r.doc("a", "bote", "2025-01-02", "", "Lesezeit:  4 Minuten\nLesezeit: 7 minuten")
	g := newGallery()
	reason := "source repeats it on 9 days, 10 times"
	g.add("bote", r.docs[d], &boilerplate.Mark{Span: r.span(d, "Lesezeit:  4 Minuten"), Kind: boilerplate.Repeated, Reason: reason})
	g.add("bote", r.docs[d], &boilerplate.Mark{Span: r.span(d, "Lesezeit: 7 minuten"), Kind: boilerplate.Repeated, Reason: reason})
	if list := g.sorted(); len(list) != 1 || list[0].count != 2 || len(list[0].examples) != 2 {
		t.Errorf("%+v", list)
	}
	g.add("bote", r.docs[d], &boilerplate.Mark{Span: r.span(d, "Lesezeit"), Kind: boilerplate.Navigation, Reason: "rule: lesezeit"})
	g.add("bote", r.docs[d], &boilerplate.Mark{Span: r.span(d, "\nLesezeit"), Kind: boilerplate.Navigation, Reason: "rule: lesezeit"})
	if list := g.sorted(); len(list) != 2 || list[1].count != 2 || len(list[1].examples) != 1 {
		t.Errorf("one example twice: %+v", list)
	}
}

// Offsets of code units are those that UTF-16 gives.
func TestUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SliceOf(rapid.SampledFrom([]string{"a", "eight or more letters", "ü", "云", "\U0001F980", "\xff", "e\u0301", "\r\n"})).Draw(t, "text")
		s := strings.Join(text, "")
		u := units{text: s}
		for range 5 {
			at, n := rapid.IntRange(0, len(text)).Draw(t, "at"), 0
			for _, p := range text[:at] {
				n += len(p)
			}
			if got, want := u.at(n), len(utf16.Encode([]rune(s[:n]))); got != want {
				t.Fatalf("%q at %d: %d, want %d", s, n, got, want)
			}
		}
	})
}

// best keeps what sorting everything keeps.
func TestBest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOf(rapid.IntRange(0, 50)).Draw(t, "values")
		b := &best[[2]int]{max: rapid.IntRange(1, 6).Draw(t, "max"), order: func(p, q [2]int) int { return (q[0]-p[0])*1000 + p[1] - q[1] }}
		oracle := &best[[2]int]{max: len(all) + 1, order: b.order}
		for i, v := range all {
			b.add([2]int{v, i})
			oracle.add([2]int{v, i})
		}
		want := oracle.sorted()
		want = want[:min(len(want), b.max)]
		if got := b.sorted(); fmt.Sprint(got) != fmt.Sprint(want) || b.seen != len(all) {
			t.Fatalf("%v, want %v", got, want)
		}
	})
}

// A timeline counts every document, whatever the span.
func TestTimeline(t *testing.T) {
	for step, gap := range map[string]int{"day": 1, "week": 6, "month": 20, "year": 300, "decade": 3000} {
		days := map[int][2]int{}
		for i := range 60 {
			days[i*gap-4000] = [2]int{2, 1}
		}
		line := newTimeline(days)
		all, reused := 0, 0
		for i := range line.All {
			all += line.All[i].Count
			reused += line.Reused[i].Count
		}
		if line.Step != step || all != 120 || reused != 60 || len(line.All) > maxColumns {
			t.Errorf("%s: %s, %d and %d in %d columns", step, line.Step, all, reused, len(line.All))
		}
	}
}

// A few old articles do not press the rest into one column.
func TestTimelineOutliers(t *testing.T) {
	days := map[int][2]int{3000: {1, 0}, 5000: {2, 1}, 30000: {1, 0}}
	for i := range 30 {
		days[18600+i] = [2]int{20, 3}
	}
	if line := newTimeline(days); line.Step != "day" || len(line.All) != 30 || line.Outside != 4 || line.From != dayOf(18600) {
		t.Errorf("%+v", line)
	}
	if line := newTimeline(map[int][2]int{1: {1, 0}, 9000: {1, 1}}); line.Outside != 0 || len(line.All) < 2 {
		t.Errorf("two documents: %+v", line)
	}
}

// A document without title is known by its first words, furniture aside.
func TestLead(t *testing.T) {
	text := "Anzeige\n Teilen Der Rat hat am Abend im alten Hafenamt getagt und nach langer Rede über die Mole und die Kutter nichts beschlossen."
	r := &results{}
	d := r.doc("a", "bote", "", "", text)
	r.mark(d, "Anzeige", boilerplate.Advert, "")
	r.mark(d, "Teilen", boilerplate.Share, "")
	r.mark(d, "Abend", boilerplate.Other, "")
	if got := lead(text, r.removals[0].Marks); got != "Der Rat hat am Abend im alten Hafenamt getagt und nach langer Rede über die Mole und die Kutter nichts …" {
		t.Errorf("%q", got)
	}
	if got := lead("Anzeige", []boilerplate.Mark{{Span: shingle.Span{Start: 0, End: 7}}}); got != "Anzeige" {
		t.Errorf("%q", got)
	}
	if got := lead("", nil); got != "" {
		t.Errorf("%q", got)
	}
}

// TestWhere: where a pattern stands is told from the thirds of its documents.
func TestWhere(t *testing.T) {
	for want, thirds := range map[string][3]int{
		"at the head": {4, 0, 0}, "at the tail": {0, 0, 1}, "mostly at the tail": {1, 0, 2}, "mostly in the middle": {1, 5, 0}, "anywhere": {2, 2, 1},
	} {
		p := pattern{thirds: thirds, count: thirds[0] + thirds[1] + thirds[2]}
		if got := p.where(); got != want {
			t.Errorf("%v: %q, want %q", thirds, got, want)
		}
	}
}
