package deps

import (
	"slices"
	"strings"
	"testing"
)

// order is the import order. In "a, b < c, d;" each package on the right may import
// each on the left, and whatever those may import. A folder that is not named belongs to
// the nearest one above it that is. Folders that do not exist are no fault.
const order = `
	NONE < internal/held, internal/lanes, internal/wide, internal/sections, internal/figures, internal/press, internal/short, internal/deps;

	internal/held < corpus;

	internal/wide, internal/held < internal/spill;
	internal/lanes < minhash, shingle;
	internal/spill, internal/wide < lsh;
	shingle < internal/language;
	shingle, internal/wide, internal/language < reuse;
	corpus, shingle < internal/frequencies;
	shingle, internal/language < internal/blocks;
	shingle, internal/blocks < internal/blocktrain;
	corpus, shingle, internal/spill, internal/wide, internal/language, internal/blocks < boilerplate;

	corpus, shingle, internal/spill, internal/sections, internal/figures, lsh, minhash, boilerplate, reuse < dedup;

	dedup < index, bench;
	dedup, index < report;
	report, index < server;
	server, report, index < cmd/reprint;
	index < beam;
`

// modules says what each package may import that is neither of the standard library
// nor ours. Tests of any package may use testModules as well.
var modules = map[string][]string{
	"corpus":         {"github.com/go-json-experiment/json", "github.com/klauspost/compress", "golang.org/x/sys/unix"},
	"shingle":        {"github.com/spaolacci/murmur3", "github.com/clipperhouse/uax29/v2", "golang.org/x/text"},
	"minhash":        {"github.com/dgryski/go-minhash"},
	"internal/lanes": {"golang.org/x/sys/cpu"},
	"dedup":          {"github.com/spaolacci/murmur3"},
	"report":         {"github.com/jedib0t/go-pretty/v6", "github.com/go-json-experiment/json"},
	"cmd/reprint":    {"github.com/urfave/cli/v2", "golang.org/x/term"},
	"beam":           {"github.com/apache/beam/sdks/v2"},
}

var testModules = []string{
	"pgregory.net/rapid", "github.com/google/go-cmp", "github.com/rogpeppe/go-internal", "golang.org/x/text",
	"github.com/chromedp/chromedp", "github.com/chromedp/cdproto",
}

// goroutines may be started in these folders, and packages of these may end the process,
// log and have an init function.
var (
	goroutines = []string{"dedup/pool", "cmd/reprint"}
	processes  = []string{"cmd/reprint", "internal/frequencies", "internal/blocktrain", "bench"}
)

const (
	maxFunction = 80  // lines
	maxFile     = 500 // lines, of a file that is no test
)

func TestImportOrder(t *testing.T) {
	below := parseOrder(t, order)
	report(t, checkOrder(below, sources(t)))
}

func TestModules(t *testing.T)    { report(t, checkModules(parseOrder(t, order), sources(t))) }
func TestGoroutines(t *testing.T) { report(t, checkGoroutines(sources(t))) }
func TestProcess(t *testing.T)    { report(t, checkProcess(parseOrder(t, order), sources(t))) }
func TestLength(t *testing.T)     { report(t, checkLength(sources(t))) }

func report(t *testing.T, faults []string) {
	t.Helper()
	for _, f := range faults {
		t.Error(f)
	}
}

// below maps each package to all it may import.
type below map[string]map[string]bool

// parseOrder reads an order; every package on the left must stand on the right
// before, so that there is no cycle.
func parseOrder(t *testing.T, text string) below {
	t.Helper()
	b := below{}
	for rule := range strings.SplitSeq(text, ";") {
		if strings.TrimSpace(rule) == "" {
			continue
		}
		left, right, ok := strings.Cut(rule, "<")
		if !ok {
			t.Fatalf("no < in rule %q", rule)
		}
		for _, name := range names(right) {
			if b[name] != nil {
				t.Fatalf("%s stands on the right of two rules", name)
			}
			b[name] = map[string]bool{}
			for _, l := range names(left) {
				if l == "NONE" {
					continue
				}
				if b[l] == nil {
					t.Fatalf("%s is used before it is placed", l)
				}
				b[name][l] = true
				for deeper := range b[l] {
					b[name][deeper] = true
				}
			}
		}
	}
	return b
}

func names(list string) (out []string) {
	for name := range strings.SplitSeq(list, ",") {
		out = append(out, strings.TrimSpace(name))
	}
	return out
}

// room is the named package that a folder belongs to; empty: none.
func (b below) room(folder string) string {
	for folder != "" {
		if b[folder] != nil {
			return folder
		}
		folder, _, _ = cutLast(folder, "/")
	}
	return ""
}

func cutLast(s, sep string) (before, after string, ok bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return "", s, false
}

func checkOrder(b below, files []source) (faults []string) {
	for _, f := range files {
		room := b.room(f.folder)
		if room == "" {
			faults = append(faults, f.name+": its folder has no place in the import order")
			continue
		}
		for _, path := range f.imports() {
			folder, ours := strings.CutPrefix(path, module+"/")
			if !ours || f.test {
				continue
			}
			if to := b.room(folder); to != room && !b[room][to] {
				faults = append(faults, f.name+": "+room+" must not import "+path)
			}
		}
	}
	return faults
}

func checkModules(b below, files []source) (faults []string) {
	for _, f := range files {
		allowed := modules[b.room(f.folder)]
		if f.test {
			allowed = append(slices.Clone(allowed), testModules...)
		}
		for _, path := range f.imports() {
			first, _, _ := strings.Cut(path, "/")
			if !strings.Contains(first, ".") { // the standard library or ours
				continue
			}
			if !slices.ContainsFunc(allowed, func(m string) bool { return path == m || strings.HasPrefix(path, m+"/") }) {
				faults = append(faults, f.name+": "+path+" must not be used here")
			}
		}
	}
	return faults
}

// TestRules shows that every check finds what it looks for.
func TestRules(t *testing.T) {
	long := "package p\nfunc f() {\n" + strings.Repeat("\tg()\n", maxFunction) + "}\n"
	for _, c := range []struct {
		name, src string
		want      string // part of the only fault; empty: none
	}{
		{"corpus/a.go", `package p; import _ "reprint/dedup"`, "corpus must not import reprint/dedup"},
		{"corpus/sub/a.go", `package p; import _ "reprint/shingle"`, "corpus must not import reprint/shingle"},
		{"corpus/a.go", `package p; import _ "reprint/unknown"`, "corpus must not import reprint/unknown"},
		{"corpus/a.go", `package p; import _ "reprint/corpus/sub"`, ""},
		{"dedup/a.go", `package p; import _ "reprint/internal/lanes"`, ""},
		{"lsh/a_test.go", `package p; import _ "reprint/minhash"`, ""},
		{"new/a.go", `package p`, "no place in the import order"},
		{"a.go", `package p`, "no place in the import order"},
		{"lsh/a.go", `package p; import _ "golang.org/x/text/width"`, "must not be used here"},
		{"shingle/a.go", `package p; import _ "golang.org/x/text/width"`, ""},
		{"lsh/a.go", `package p; import _ "pgregory.net/rapid"`, "must not be used here"},
		{"lsh/a_test.go", `package p; import _ "pgregory.net/rapid"`, ""},
		{"lsh/a.go", `package p; import _ "log/slog"`, "log/slog"},
		{"lsh/a.go", `package p; import "os"; func f() { os.Exit(1) }`, "os.Exit"},
		{"lsh/a_test.go", `package p; import "os"; func f() { os.Exit(1) }`, ""},
		{"lsh/a.go", `package p; func init() {}`, "init"},
		{"lsh/a.go", `package p; type t int; func (t) init() {}`, ""},
		{"cmd/reprint/a.go", `package p; import "os"; func init() { go os.Exit(1) }`, ""},
		{"lsh/a.go", `package p; func f() { go f() }`, "goroutine"},
		{"lsh/a.go", `package p; import "sync"; func f(w *sync.WaitGroup) { w.Go(func() {}) }`, "goroutine"},
		{"dedup/a.go", `package p; func f() { go f() }`, "goroutine"},
		{"dedup/pool/a.go", `package p; func f() { go f() }`, ""},
		{"lsh/a.go", long, "function f has 82 lines"},
		{"lsh/a_test.go", long, ""},
		{"lsh/a.go", "// Code generated by hand. DO NOT EDIT.\n\n" + long, ""},
		{"lsh/a.go", "package p\n" + strings.Repeat("\n", maxFile), "file has 501 lines"},
	} {
		file, err := parse(c.name, c.src)
		if err != nil {
			t.Fatal(err)
		}
		b, files := parseOrder(t, order), []source{file}
		got := slices.Concat(checkOrder(b, files), checkModules(b, files), checkGoroutines(files), checkProcess(b, files), checkLength(files))
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s: %q: got %q, want %q", c.name, c.src[:min(len(c.src), 60)], got, c.want)
		}
	}
}
