package report

import (
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
	"reprint/shingle"
)

var update = flag.Bool("update", false, "write the goldens anew")

// golden compares got with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s differs; go test -update writes it anew (-want +got):\n%s", name, diff)
	}
}

// results are found by hand, as the engine would find them.
type results struct {
	docs        []*corpus.Document
	matches     []*dedup.Match
	clusters    []*dedup.Cluster
	recurrences []*dedup.Recurrence
	removals    []*dedup.Removal
	rejections  []corpus.Rejection
}

func each[T any](list []T) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

// found counts the results and gives them out as the engine does.
func (r *results) found() found {
	s := &dedup.Summary{
		Version: "v1.2.3", Started: time.Date(2025, 3, 1, 8, 30, 0, 0, time.UTC),
		Stages:    []dedup.Stage{{Name: "read", Seconds: .25, Items: int64(len(r.docs))}, {Name: "verify", Seconds: 1.5, Items: int64(len(r.matches))}},
		Documents: len(r.docs), Rejected: len(r.rejections), Rejections: r.rejections, Candidates: 12,
		Matches: map[reuse.Kind]int{}, Clusters: len(r.clusters), Passages: map[string]int{}, Removed: map[boilerplate.Kind]int{},
		Marked: len(r.removals), Background: "00c0ffee00c0ffee", Settings: map[string]string{"keep": "earliest", "path": "week/*.jsonl"},
	}
	sources := map[string]bool{}
	for _, d := range r.docs {
		sources[d.Source] = true
		s.Bytes += int64(len(d.Text))
		s.Words += int64(len(strings.Fields(d.Text)))
	}
	s.Sources, s.Own = len(sources), s.Words
	for _, m := range r.matches {
		s.Matches[m.Kind]++
	}
	for _, c := range r.clusters {
		s.Copies += len(c.Members) - 1
	}
	for _, p := range r.recurrences {
		s.Passages[p.Kind]++
	}
	for _, g := range r.removals {
		for _, m := range g.Marks {
			s.Removed[m.Kind]++
			s.Own -= int64(len(strings.Fields(r.docs[g.Doc].Text[m.Start:m.End])))
		}
	}
	return found{
		matches: each(r.matches), clusters: each(r.clusters), recurrences: each(r.recurrences), removals: each(r.removals),
		info: r.info, summary: s,
	}
}

func (r *results) info(doc int) (dedup.Info, error) {
	if doc < 0 || doc >= len(r.docs) {
		return dedup.Info{}, errors.New("no such document")
	}
	i := info(r.docs[doc])
	i.Number, i.URL = doc, r.docs[doc].URL
	i.Bytes, i.Words = len(r.docs[doc].Text), len(strings.Fields(r.docs[doc].Text))
	i.Own = i.Words
	return i, nil
}

// doc adds a document.
func (r *results) doc(id, source, published, title, text string) int {
	n := len(r.docs)
	r.docs = append(r.docs, &corpus.Document{
		Number: n, ID: id, Named: true, Source: source, Site: source, Title: title, Text: text,
		URL: "https://" + source + ".example/" + id, Published: corpus.ParseDate(published),
	})
	return n
}

// span finds words in a document.
func (r *results) span(doc int, words string) shingle.Span {
	i := strings.Index(r.docs[doc].Text, words)
	if i < 0 {
		panic(fmt.Sprintf("%q is not in %s", words, r.docs[doc].ID))
	}
	return shingle.Span{Start: i, End: i + len(words)}
}

// match adds a pair; passages are words of a and words of b, "" for the same.
func (r *results) match(a, b int, kind reuse.Kind, shareA, shareB float64, passages ...[2]string) *dedup.Match {
	m := &dedup.Match{A: a, B: b, IDA: r.docs[a].ID, IDB: r.docs[b].ID}
	m.Kind, m.ShareA, m.ShareB, m.Jaccard = kind, shareA, shareB, shareA*shareB/2
	m.Evidence.Rule = "share of " + r.docs[b].ID + " decides"
	for _, p := range passages {
		q := reuse.Passage{A: r.span(a, p[0]), Type: reuse.Verbatim, Similarity: 1, Quoted: kind == reuse.Quote}
		if p[1] == "" {
			q.B = r.span(b, p[0])
		} else {
			q.B, q.Type, q.Similarity = r.span(b, p[1]), reuse.Reworded, .61234567
		}
		m.Passages = append(m.Passages, q)
	}
	r.matches = append(r.matches, m)
	return m
}

// mark adds furniture to a document; documents come in input order.
func (r *results) mark(doc int, words string, kind boilerplate.Kind, reason string) {
	if n := len(r.removals); n == 0 || r.removals[n-1].Doc != doc {
		r.removals = append(r.removals, &dedup.Removal{Doc: doc, ID: r.docs[doc].ID})
	}
	g := r.removals[len(r.removals)-1]
	g.Marks = append(g.Marks, boilerplate.Mark{Span: r.span(doc, words), Kind: kind, Reason: reason, Score: .9})
}

// recur adds a text that stands in several documents.
func (r *results) recur(kind, words string, docs ...int) {
	rec := &dedup.Recurrence{Kind: kind, Count: len(docs)}
	sources := map[string]bool{}
	for _, d := range docs {
		rec.At = append(rec.At, dedup.Place{Doc: d, ID: r.docs[d].ID, Span: r.span(d, words)})
		sources[r.docs[d].Source] = true
	}
	rec.Sources = len(sources)
	r.recurrences = append(r.recurrences, rec)
}

// week is a small press: two houses that print the same agency, an English
// pair, and scripts without spaces or from right to left.
func week() *results {
	r := &results{}
	mole := "Die Mole von Westerhaven wird im Herbst saniert, sagte Hafenmeisterin Tomke Harms am Montag."
	boats := "Elf Fischkutter müssen für vier Monate in den Nachbarhafen ausweichen."
	boats2 := "Für vier Monate ziehen elf Kutter in den Hafen nebenan um."
	news := "Unser Newsletter kommt jeden Morgen um sechs."
	quote := "„Ohne Mole ist das hier nur ein Strand mit Ansprüchen“"
	a := r.doc("bote-mole", "Bote", "2025-02-24 06:00", "Mole wird saniert", mole+"\n\n"+boats+" "+quote+", sagte ein Fischer.\n\n"+news)
	b := r.doc("kurier-mole", "Kurier", "2025-02-24 09:30", "Westerhaven: Ein Hafen zieht um", "Anzeige\nWESTERHAVEN. "+mole+" Die Stadt rechnet mit zwei Jahren Bauzeit.\n"+boats2+"\nAnzeige")
	c := r.doc("kurier-strand", "Kurier", "2025-02-26", "", quote+": Ein Satz macht die Runde.\nAnzeige")
	d := r.doc("post-ferry", "The Post", "2025-02-25", "Ferry runs aground", "A ferry with 40 people aboard ran onto a sandbank on Tuesday. Nobody was hurt, the coastguard said.")
	e := r.doc("globe-ferry", "Globe", "2025-02-25", "Forty stranded on a sandbank, \"nobody hurt\"", "A ferry with 40 people aboard ran onto a sandbank on Tuesday. Nobody was hurt, the coastguard said.")
	f := r.doc("云河", "云河日报", "2025-02-27", "云河大桥开通", "云河大桥星期四正式开通，全长三公里。市长说，大桥将缩短出行时间。")
	g := r.doc("النهر", "الميناء", "2025-02-27", "افتتاح الجسر", "افتتح الجسر الجديد فوق النهر يوم الخميس، وقال العمدة: 云河大桥星期四正式开通，全长三公里。")
	r.match(a, b, reuse.Republished, .7123456, .61, [2]string{mole, ""}, [2]string{boats, boats2}).Credit = []string{"nda"}
	m := r.matches[0]
	m.First, m.FirstBy, m.FirstConfidence = "a", "date", .7685
	r.match(a, c, reuse.Quote, .2, .5, [2]string{quote, ""})
	r.match(d, e, reuse.Duplicate, 1, 1, [2]string{r.docs[d].Text, ""})
	m = r.match(f, g, reuse.Partial, .5, .4, [2]string{"云河大桥星期四正式开通，全长三公里。", ""})
	m.First, m.FirstBy, m.FirstConfidence = "b", "text", .63
	r.clusters = []*dedup.Cluster{
		{Number: 1, Keep: a, Reason: "earliest", Members: []int{a, b}, IDs: []string{"bote-mole", "kurier-mole"}, MinSimilarity: .71234567},
		{Number: 2, Keep: d, Reason: "earliest", Members: []int{d, e}, IDs: []string{"post-ferry", "globe-ferry"}, MinSimilarity: 1},
	}
	r.recur("passage", mole, a, b)
	r.recur("quote", quote, a, c)
	r.recur("boilerplate", "Anzeige", b, c)
	r.recur("passage", r.docs[d].Text, d, e)
	r.recur("passage", "云河大桥星期四正式开通，全长三公里。", f, g)
	r.mark(a, news, boilerplate.Newsletter, "rule: unser newsletter")
	r.mark(b, "Anzeige\n", boilerplate.Advert, "rule: anzeige")
	r.mark(b, "\nAnzeige", boilerplate.Advert, "rule: anzeige")
	r.mark(c, "\nAnzeige", boilerplate.Advert, "rule: anzeige")
	r.rejections = []corpus.Rejection{{File: "week/a.jsonl", Record: 9, Offset: 4711, Err: errors.New("no JSON: unexpected end"), Raw: []byte("{\"id\": \xff\"<x>")}}
	return r
}

// write writes the results into a new folder and returns it.
func (r *results) write(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "results")
	if err := folder(dir, r.found(), each(r.docs), Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// read returns a file of a folder.
func read(t testing.TB, dir, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
