package copies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprint/corpus"
	"reprint/internal/press"
	"reprint/shingle"
)

const (
	bridge = "Die alte Brücke über die Lahre bei Tiefenrode wird von Montag an für sechs Wochen gesperrt. " +
		"Wie das Bauamt mitteilte, muss der mittlere Pfeiler neu gegründet werden, nachdem Taucher im März Risse entdeckt hatten. " +
		"Die Kosten von rund zwei Millionen Mark trägt zur Hälfte das Land. Fußgänger können die Fähre am alten Holzhafen nutzen."
	harbour = "Im Hafen von Lindhafen hat am Dienstag der Bau der neuen Kaimauer begonnen. " +
		"Sie soll auf einer Länge von dreihundert Metern die alte Spundwand ersetzen, durch die seit Jahren Wasser dringt. " +
		"Der Hafenmeister rechnet mit einer Bauzeit von zwei Jahren und bittet die Segler um Geduld."
	storm = "Ein schwerer Sturm hat in der Nacht zum Freitag über der Küste gewütet und am Fischmarkt mehrere Dächer abgedeckt. " +
		"Die Feuerwehr zählte bis zum Morgen mehr als hundert Einsätze, verletzt wurde nach ersten Angaben niemand. " +
		"Der Fährverkehr zu den Inseln blieb bis zum Mittag eingestellt."
)

type record = press.Record

// tester is what a test and a property have in common.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatal(args ...any)
	Fatalf(format string, args ...any)
}

// check ends a test on an error.
func check(t tester, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// write writes records as JSON lines into a new folder.
func write(t testing.TB, name string, records ...record) string {
	t.Helper()
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for _, r := range records {
		check(t, enc.Encode(r))
	}
	path := filepath.Join(t.TempDir(), name)
	check(t, os.WriteFile(path, []byte(b.String()), 0o666))
	return path
}

// load opens files until the end of the test.
func load(t testing.TB, paths ...string) *corpus.Collection {
	t.Helper()
	c, err := corpus.Open(corpus.Options{}, paths...)
	check(t, err)
	t.Cleanup(func() { c.Close() })
	return c
}

// collect writes records into a file and opens it.
func collect(t testing.TB, records ...record) *corpus.Collection {
	t.Helper()
	return load(t, write(t, "docs.jsonl", records...))
}

// found is what a run says of a collection.
type found struct {
	drops []Drop
	fates []Fate
	Summary
}

// run runs over a collection and leaves nothing behind.
func run(t testing.TB, c *corpus.Collection, o Options) found {
	t.Helper()
	if o.Temp == "" {
		o.Temp = t.TempDir()
	}
	r, err := Run(context.Background(), c, o)
	check(t, err)
	f := apply(t, r, c)
	check(t, r.Close())
	if o.Work == "" {
		empty(t, o.Temp)
	}
	return f
}

// apply gathers what a result says.
func apply(t testing.TB, r *Result, c *corpus.Collection) (f found) {
	t.Helper()
	check(t, r.Apply(context.Background(), c, func(_ *corpus.Document, fate Fate) error {
		f.fates = append(f.fates, fate)
		return nil
	}))
	for d, err := range r.Drops() {
		check(t, err)
		f.drops = append(f.drops, d)
	}
	f.Summary = *r.Summary()
	f.Stages, f.Temp = nil, 0 // which differ from machine to machine
	return f
}

// gone lists what goes, as "id>kept", and checks that the fates say the same.
func (f found) gone(t testing.TB) string {
	t.Helper()
	var list []string
	for _, d := range f.drops {
		list = append(list, d.ID+">"+d.KeptID)
		gone, kept := f.fates[d.Doc], f.fates[d.Kept]
		if !gone.Goes || kept.Goes || gone.Cluster != kept.Cluster || gone.Cluster == 0 || kept.Rank != 1 || gone.Rank < 2 || gone.Rank > gone.Size {
			t.Errorf("%s goes for %s: %+v and %+v", d.ID, d.KeptID, gone, kept)
		}
	}
	n := 0
	for _, fate := range f.fates {
		if fate.Goes {
			n++
		}
	}
	if n != len(list) || f.Summary.Drops != n {
		t.Errorf("%d go, %d are listed, %d counted", n, len(list), f.Summary.Drops)
	}
	return strings.Join(list, " ")
}

// empty fails if something was left in a folder.
func empty(t tester, dir string) {
	t.Helper()
	list, err := os.ReadDir(dir)
	check(t, err)
	for _, f := range list {
		t.Errorf("%s was left behind", f.Name())
	}
}

// documents reads a collection.
func documents(t testing.TB, c *corpus.Collection) []*corpus.Document {
	t.Helper()
	var docs []*corpus.Document
	for d, err := range c.All() {
		check(t, err)
		docs = append(docs, d)
	}
	return docs
}

// hashes are the hashes of a text's words.
func hashes(text string) []uint64 {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	return t.Hash
}

// held is the share of the words of text that stand in a run of five which other
// has too, found the slow way; and the Jaccard similarity of the sets of runs.
func held(text, other string) (share, jaccard float64) {
	a, b := hashes(text), hashes(other)
	runs := func(words []uint64) map[string][]int {
		at := map[string][]int{}
		n := min(5, len(words))
		for i := 0; n > 0 && i+n <= len(words); i++ {
			key := fmt.Sprint(words[i : i+n])
			at[key] = append(at[key], i)
		}
		return at
	}
	runsA, runsB := runs(a), runs(b)
	covered := make([]bool, len(a))
	both := 0
	for key, places := range runsA {
		if runsB[key] == nil {
			continue
		}
		both++
		for _, p := range places {
			for i := p; i < p+min(5, len(a)); i++ {
				covered[i] = true
			}
		}
	}
	n := 0
	for _, c := range covered {
		if c {
			n++
		}
	}
	if len(a) == 0 {
		return 0, 0
	}
	return float64(n) / float64(len(a)), float64(both) / float64(len(runsA)+len(runsB)-both)
}

// wordByWord is the share of a that b holds in the same order, found the slow way; a
// word said twice in a row counts once more if b holds it.
func wordByWord(a, b []uint64) float64 {
	once := slices.Compact(slices.Clone(a))
	b = slices.Compact(slices.Clone(b))
	rows := make([][]int, len(once)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		for j := 1; i > 0 && j <= len(b); j++ {
			rows[i][j] = max(rows[i-1][j], rows[i][j-1])
			if once[i-1] == b[j-1] {
				rows[i][j] = rows[i-1][j-1] + 1
			}
		}
	}
	return float64(rows[len(once)][len(b)]+len(a)-len(once)) / float64(max(len(a), 1))
}

// fault fails if err is not of a kind.
func fault[T error](t testing.TB, err error) (at T) {
	t.Helper()
	if !errors.As(err, &at) {
		t.Fatalf("%v is no %T", err, at)
	}
	return at
}
