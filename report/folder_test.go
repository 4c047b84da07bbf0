package report

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprint/corpus"
	"reprint/dedup"
	"reprint/shingle"
)

var files = []string{"clusters.jsonl", "matches.jsonl", "passages.jsonl", "rejected.jsonl", "removed.jsonl", "report.html", "summary.json"}

// names lists a folder.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func TestFolder(t *testing.T) {
	dir := week().write(t)
	if got := names(t, dir); !slices.Equal(got, files) {
		t.Errorf("the folder holds %q", got)
	}
	var all strings.Builder
	for _, name := range files {
		if name != "report.html" && name != "summary.json" {
			fmt.Fprintf(&all, "-- %s --\n%s", name, read(t, dir, name))
		}
	}
	golden(t, "folder.golden", all.String())
}

// The summary without what differs from machine to machine.
func TestSummary(t *testing.T) {
	s, err := readSummary(week().write(t))
	if err != nil {
		t.Fatal(err)
	}
	if s.Machine.Processors < 1 || s.Machine.Go == "" {
		t.Errorf("machine: %+v", s.Machine)
	}
	s.Machine = machineLine{"go1.0", "plan9/386", 1}
	var b strings.Builder
	if err := s.write(&b); err != nil {
		t.Fatal(err)
	}
	golden(t, "summary.golden", b.String())
}

func TestFolderEmpty(t *testing.T) {
	dir := (&results{}).write(t)
	if got := names(t, dir); !slices.Equal(got, files) {
		t.Errorf("the folder holds %q", got)
	}
	if s := read(t, dir, "matches.jsonl"); s != "" {
		t.Errorf("matches of nothing: %q", s)
	}
	if page := read(t, dir, "report.html"); !strings.Contains(page, "No two documents have text in common") {
		t.Error("the page does not say that there is nothing")
	}
}

// Rejected lines of the caller are taken as they are.
func TestFolderRejected(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "results")
	lines := "{\"v\":1}\n{\"v\":1}\n"
	if err := folder(dir, week().found(), each(week().docs), Options{Rejected: strings.NewReader(lines)}); err != nil {
		t.Fatal(err)
	}
	if got := read(t, dir, "rejected.jsonl"); got != lines {
		t.Errorf("rejected.jsonl: %q", got)
	}
}

// Results of ours are replaced whole, anything else, and what somebody put beside them, only
// by force.
func TestFolderReplaces(t *testing.T) {
	put := func(dir, name, text string) {
		t.Helper()
		if err := errors.Join(os.MkdirAll(dir, 0o777), os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	const ours = `{"v":1,"tool":"reprint"}`
	base := t.TempDir()
	for name, tt := range map[string]struct {
		make  func(dir string)
		want  string // part of the error; "": written
		force bool
	}{
		"nothing": {make: func(string) {}},
		"empty":   {make: func(dir string) { os.Mkdir(dir, 0o777) }},
		"ours": {make: func(dir string) {
			put(dir, "summary.json", ours)
			put(dir, "matches.jsonl", "old")
			put(dir, ".DS_Store", "")
		}},
		"notes beside":    {make: func(dir string) { put(dir, "summary.json", ours); put(dir, "notes.txt", "") }, want: `holds "notes.txt" beside results`},
		"notes, by force": {make: func(dir string) { put(dir, "summary.json", ours); put(dir, "notes.txt", "") }, force: true},
		"other files":     {make: func(dir string) { put(dir, "thesis.txt", "") }, want: "holds other files than results"},
		"other summary":   {make: func(dir string) { put(dir, "summary.json", `{"tool":"jplag"}`) }, want: "holds other files than results"},
		"newer results":   {make: func(dir string) { put(dir, "summary.json", `{"v":2,"tool":"reprint"}`) }, want: "holds other files than results"},
		"other, by force": {make: func(dir string) { put(dir, "thesis.txt", "") }, force: true},
		"a file":          {make: func(dir string) { put(filepath.Dir(dir), filepath.Base(dir), "text") }, want: "a file is where the results folder should go"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(base, strings.ReplaceAll(name, " ", "-"), "results")
			if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
				t.Fatal(err)
			}
			tt.make(dir)
			err := folder(dir, week().found(), each(week().docs), Options{Force: tt.force})
			if checked := CheckFolder(dir, Options{Force: tt.force}); tt.want != "" && (checked == nil || checked.Error() != err.Error()) {
				t.Errorf("checked: %v, written: %v", checked, err)
			}
			if tt.want == "" {
				if err != nil || !slices.Equal(names(t, dir), files) {
					t.Errorf("%v, %q", err, names(t, dir))
				}
				if err := CheckFolder(dir, Options{}); err != nil {
					t.Errorf("once more: %v", err)
				}
			} else {
				var hint interface{ Hint() string }
				if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), dir) || !errors.As(err, &hint) || !strings.Contains(hint.Hint(), "-o") {
					t.Errorf("got %v, want %q with a hint", err, tt.want)
				}
			}
			if left := names(t, filepath.Dir(dir)); len(left) > 1 {
				t.Errorf("left beside it: %q", left)
			}
		})
	}
}

// A run that fails leaves the old results and nothing else.
func TestFolderFails(t *testing.T) {
	broken := errors.New("disk gone")
	fails := func(f *found) {
		f.matches = func(yield func(*dedup.Match, error) bool) { yield(nil, broken) }
	}
	for name, tt := range map[string]struct {
		docs func(*results) iter.Seq2[*corpus.Document, error]
		bend func(*found)
		want error
	}{
		"documents break off": {docs: func(r *results) iter.Seq2[*corpus.Document, error] {
			return func(yield func(*corpus.Document, error) bool) {
				_ = yield(r.docs[0], nil) && yield(nil, context.Canceled)
			}
		}, want: context.Canceled},
		"fewer documents": {docs: func(r *results) iter.Seq2[*corpus.Document, error] { return each(r.docs[:5]) }, want: errChanged},
		"a shorter text": {docs: func(r *results) iter.Seq2[*corpus.Document, error] {
			r.docs[0].Text = "kurz"
			return each(r.docs)
		}, want: errChanged},
		"matches":     {bend: fails, want: broken},
		"clusters":    {bend: func(f *found) { f.clusters = func(yield func(*dedup.Cluster, error) bool) { yield(nil, broken) } }, want: broken},
		"recurrences": {bend: func(f *found) { f.recurrences = func(yield func(*dedup.Recurrence, error) bool) { yield(nil, broken) } }, want: broken},
		"removals":    {bend: func(f *found) { f.removals = func(yield func(*dedup.Removal, error) bool) { yield(nil, broken) } }, want: broken},
		"info":        {bend: func(f *found) { f.info = func(int) (dedup.Info, error) { return dedup.Info{}, broken } }, want: broken},
	} {
		t.Run(name, func(t *testing.T) {
			dir := week().write(t)
			before := read(t, dir, "matches.jsonl")
			r := week()
			f, docs := r.found(), each(r.docs)
			if tt.docs != nil {
				docs = tt.docs(r)
			}
			if tt.bend != nil {
				tt.bend(&f)
			}
			if err := folder(dir, f, docs, Options{}); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if read(t, dir, "matches.jsonl") != before || len(names(t, filepath.Dir(dir))) != 1 {
				t.Errorf("the folder's parent holds %q", names(t, filepath.Dir(dir)))
			}
		})
	}
}

// What goes wrong with a file is told of the name it was to get.
func TestFolderNames(t *testing.T) {
	w := &writing{dir: t.TempDir(), name: "results"}
	full := func(*bufio.Writer) error {
		return &fs.PathError{Op: "write", Path: filepath.Join(w.dir, "a.jsonl"), Err: errors.New("disk full")}
	}
	if err := w.file("a.jsonl", full); err == nil || err.Error() != "disk full: "+filepath.Join("results", "a.jsonl") {
		t.Errorf("got %v", err)
	}
}

func TestRecurrenceOutside(t *testing.T) {
	r := week()
	r.recurrences[0].At[0].Span = shingle.Span{Start: -1, End: 5}
	if err := folder(filepath.Join(t.TempDir(), "r"), r.found(), each(r.docs), Options{}); !errors.Is(err, errChanged) {
		t.Errorf("got %v", err)
	}
}

// The engine's results of a small press: every offset is words of its text,
// and the files are the same bytes for one worker and for four.
func TestFolderOfScan(t *testing.T) {
	c, err := corpus.Open(corpus.Options{}, "../testdata/newsroom/docs.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	texts := map[string]string{}
	for d, err := range c.All() {
		if err != nil {
			t.Fatal(err)
		}
		texts[d.ID] = d.Text
	}
	var dirs []string
	for _, threads := range []int{1, 4} {
		r, err := dedup.Scan(t.Context(), c, dedup.Options{Threads: threads, Temp: t.TempDir()})
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "results")
		err = Folder(dir, r, c.All(), Options{})
		if err = errors.Join(err, r.Close()); err != nil {
			t.Fatal(err)
		}
		dirs = append(dirs, dir)
	}
	for _, name := range files {
		one, four := read(t, dirs[0], name), read(t, dirs[1], name)
		if name == "report.html" {
			one, _, _ = strings.Cut(one, `<footer id="run">`)
			four, _, _ = strings.Cut(four, `<footer id="run">`)
		}
		if name != "summary.json" && one != four {
			t.Errorf("%s differs with the number of threads", name)
		}
	}
	n := 0
	for m, err := range ReadMatches(strings.NewReader(read(t, dirs[0], "matches.jsonl")), "matches.jsonl") {
		if err != nil {
			t.Fatal(err)
		}
		n++
		for _, p := range m.Passages {
			if p.A.End > len(texts[m.IDA]) || p.B.End > len(texts[m.IDB]) || p.A.Start >= p.A.End || p.B.Start >= p.B.End {
				t.Errorf("%s %s: passage %v %v is outside", m.IDA, m.IDB, p.A, p.B)
			}
		}
	}
	s, err := readSummary(dirs[0])
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, k := range s.Matches {
		total += k
	}
	if n == 0 || n != total {
		t.Errorf("%d matches, the summary counts %d", n, total)
	}
}
