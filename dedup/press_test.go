package dedup

import (
	"cmp"
	"context"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"reprint/corpus"
	"reprint/reuse"
)

// The tests of this file hold the engine against a week of German press
// whose pairs readers judged. It lies in a folder of measurements that is not
// part of the repository.

// shared returns that folder: REPRINT_SHARED, or "shared" beside the module.
func shared(t *testing.T) string {
	t.Helper()
	dir := cmp.Or(os.Getenv("REPRINT_SHARED"), filepath.Join("..", "..", "shared"))
	if _, err := os.Stat(filepath.Join(dir, "data", "german-press-week")); err != nil {
		t.Skip("needs the shared folder beside the repository, or where REPRINT_SHARED says")
	}
	if testing.Short() {
		t.Skip("takes long")
	}
	return filepath.Join(dir, "data")
}

// judged is a pair of articles with the label that readers gave it: dup,
// wire (at least half of the shorter one), part (at least a sentence), or one
// of those that are no reuse. share is the part of the shorter article.
// first is "a" or "b" where the reader saw which was the earlier or fuller one.
type judged struct {
	A, B, Label string
	Share       float64
	First       string
}

func (j *judged) reuse() bool { return j.strong() || j.Label == "part" }

func (j *judged) strong() bool { return j.Label == "dup" || j.Label == "wire" }

// gold reads the judged pairs.
func gold(t *testing.T, path string) []judged {
	t.Helper()
	b, err := os.ReadFile(path)
	check(t, err)
	var file struct{ Pairs []judged }
	check(t, json.Unmarshal(b, &file))
	if len(file.Pairs) == 0 {
		t.Fatal("no judged pairs")
	}
	return file.Pairs
}

// f1 is the harmonic mean of precision and recall.
type f1 struct{ hit, wrong, missed float64 }

func (f *f1) count(want, got bool) {
	switch {
	case want && got:
		f.hit++
	case got:
		f.wrong++
	case want:
		f.missed++
	}
}

func (f *f1) score() float64 { return 2 * f.hit / max(1, 2*f.hit+f.wrong+f.missed) }

// A week scanned with the furniture of another year: what is reuse, what is
// republished, and how much of the shorter article it is.
func TestGermanPress(t *testing.T) {
	data := shared(t)
	f, a, err := Learn(context.Background(), open(t, filepath.Join(data, "german-press-2021", "docs.jsonl.gz")), Options{Temp: t.TempDir()})
	check(t, err)
	week := filepath.Join(data, "german-press-week")
	found := scanWeek(t, filepath.Join(week, "docs.jsonl.gz"), Options{Furniture: f, Archive: a})
	var any, strong f1
	off, n := 0.0, 0.0
	for _, j := range gold(t, filepath.Join(week, "gold.json")) {
		m := found[[2]string{min(j.A, j.B), max(j.A, j.B)}]
		any.count(j.reuse(), m.Kind.Reuse())
		strong.count(j.strong(), m.Kind.Copy())
		if j.reuse() && m.Kind.Reuse() {
			off += math.Abs(max(m.ShareA, m.ShareB) - j.Share)
			n++
		}
	}
	t.Logf("reuse F1 %.3f, republished F1 %.3f, share off by %.3f over %.0f pairs", any.score(), strong.score(), off/n, n)
	if any.score() < .90 || strong.score() < .85 || !(off/n <= .11) {
		t.Errorf("reuse %+v, republished %+v: want F1 of .90 and .85, shares off by at most .11", any, strong)
	}
}

// scanWeek returns the matches of a collection by their ids.
func scanWeek(t *testing.T, path string, o Options) map[[2]string]reuse.Match {
	t.Helper()
	found := map[[2]string]reuse.Match{}
	for _, m := range all(t, scan(t, open(t, path), o).Matches()) {
		found[[2]string{min(m.IDA, m.IDB), max(m.IDA, m.IDB)}] = m.Match
	}
	return found
}

// Who had it first, told from credit lines and texts alone.
func TestFirstWithoutDates(t *testing.T) {
	data := shared(t)
	for _, set := range []string{"german-press-week", "english-wire"} {
		c, err := corpus.Open(corpus.Options{DateField: "none"}, filepath.Join(data, set, "docs.jsonl.gz"))
		check(t, err)
		first := map[[2]string]string{}
		for _, m := range all(t, scan(t, c, Options{}).Matches()) {
			if m.Kind.Reuse() && m.First != "" {
				first[[2]string{min(m.IDA, m.IDB), max(m.IDA, m.IDB)}] = map[string]string{"a": m.IDA, "b": m.IDB}[m.First]
			}
		}
		check(t, c.Close())
		asked, told, right := 0, 0, 0
		for _, j := range gold(t, filepath.Join(data, set, "gold.json")) {
			want := map[string]string{"a": j.A, "b": j.B}[j.First]
			if !j.reuse() || want == "" {
				continue
			}
			asked++
			if got := first[[2]string{min(j.A, j.B), max(j.A, j.B)}]; got != "" {
				told++
				if got == want {
					right++
				}
			}
		}
		t.Logf("%s: told for %d of %d, right %.3f", set, told, asked, float64(right)/float64(told))
		if 2*told < asked || 10*right < 8*told {
			t.Errorf("%s: told for %d of %d, right %d: want half, of which .80", set, told, asked, right)
		}
	}
}
