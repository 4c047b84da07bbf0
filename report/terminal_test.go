package report

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/jedib0t/go-pretty/v6/text"
	"pgregory.net/rapid"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
	"reprint/shingle"
)

// terminal shows a folder, with its path taken out.
func terminal(t testing.TB, dir string, o TerminalOptions) string {
	t.Helper()
	var b strings.Builder
	t.Chdir(filepath.Dir(dir))
	if err := Terminal(&b, filepath.Base(dir), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestTerminal(t *testing.T) {
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := week().write(t)
	empty := (&results{}).write(t)
	var all strings.Builder
	for _, width := range []int{0, 120} {
		fmt.Fprintf(&all, "-- width %d --\n%s", width, terminal(t, dir, TerminalOptions{Width: width}))
	}
	fmt.Fprintf(&all, "-- empty --\n%s", terminal(t, empty, TerminalOptions{}))
	coloured := terminal(t, dir, TerminalOptions{Color: true})
	t.Chdir(here)
	golden(t, "terminal.golden", all.String())
	golden(t, "terminal-color.golden", strings.ReplaceAll(coloured, "\x1b", "ESC"))
}

func TestTerminalOfNothing(t *testing.T) {
	if err := Terminal(&strings.Builder{}, t.TempDir(), TerminalOptions{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("got %v", err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "summary.json"), []byte("[]"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := Terminal(&strings.Builder{}, dir, TerminalOptions{}); !errors.Is(err, errNotOurs) {
		t.Errorf("got %v", err)
	}
}

// Of many finds the first ten are shown, and how many more there are.
func TestTerminalMany(t *testing.T) {
	r := &results{}
	for i := range 1300 {
		r.doc(fmt.Sprintf("doc-%04d", i), "bote", "2025-01-02", "", "Der Rat hat am Abend getagt und nichts beschlossen.")
	}
	for i := 0; i+1 < len(r.docs); i += 2 {
		r.match(i, i+1, reuse.Duplicate, 1, 1, [2]string{r.docs[i].Text, ""})
	}
	out := terminal(t, r.write(t), TerminalOptions{})
	if !strings.Contains(out, "… and 640 more in matches.jsonl") || strings.Count(out, "duplicate  ") != 10 {
		t.Error(out)
	}
}

// hostile are words that would steer a terminal.
const hostile = "\x1b[31mrot\x1b]0;title\x07 \r\x08\x7f \u009b2J \u202eumgekehrt \u2066 end"

var steering = regexp.MustCompile("[\x00-\x09\x0b-\x1f\x7f\u0080-\u009f\u202a-\u202e\u2066-\u2069]")

func TestTerminalHostile(t *testing.T) {
	r := &results{}
	a := r.doc(hostile+"a", hostile, "2025-01-02", hostile, hostile+" Der Rat hat getagt.")
	b := r.doc(hostile+"b", hostile+"2", "2025-01-03", "", hostile+" Der Rat hat getagt.")
	m := r.match(a, b, reuse.Republished, 1, 1, [2]string{r.docs[a].Text, ""})
	m.First, m.FirstBy, m.Credit = "a", "date", []string{hostile}
	m.Evidence.Rule = hostile
	r.clusters = []*dedup.Cluster{{Number: 1, Keep: a, Members: []int{a, b}, IDs: []string{hostile, hostile}}}
	r.recur("passage", r.docs[a].Text, a, b)
	r.mark(a, hostile, boilerplate.Other, hostile)
	out := terminal(t, r.write(t), TerminalOptions{})
	var p strings.Builder
	if err := Pair(&p, &dedup.Pair{A: r.docs[a], B: r.docs[b], Match: *m, MarksA: r.removals[0].Marks}, TerminalOptions{Width: 120}); err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{out, p.String()} {
		if at := steering.FindString(s); at != "" {
			t.Errorf("%q got through:\n%q", at, s)
		}
	}
}

func weekPair(a, b int, m *dedup.Match) *dedup.Pair {
	r := week()
	p := &dedup.Pair{A: r.docs[a], B: r.docs[b], Match: *m, WordsA: 31, WordsB: 40}
	for _, g := range r.removals {
		if g.Doc == a {
			p.MarksA = g.Marks
		}
		if g.Doc == b {
			p.MarksB = g.Marks
		}
	}
	return p
}

func TestPair(t *testing.T) {
	r := week()
	var all strings.Builder
	for _, width := range []int{80, 120} {
		for _, m := range []*dedup.Match{r.matches[0], r.matches[3], {IDA: "a", IDB: "b"}} {
			a, b := m.A, m.B
			if a == b {
				a, b = 0, 3
			}
			fmt.Fprintf(&all, "-- width %d --\n", width)
			if err := Pair(&all, weekPair(a, b, m), TerminalOptions{Width: width}); err != nil {
				t.Fatal(err)
			}
		}
	}
	golden(t, "pair.golden", all.String())
	var coloured strings.Builder
	if err := Pair(&coloured, weekPair(0, 1, r.matches[0]), TerminalOptions{Width: 120, Color: true}); err != nil {
		t.Fatal(err)
	}
	golden(t, "pair-color.golden", strings.ReplaceAll(coloured.String(), "\x1b", "ESC"))
}

// No line is wider than the terminal, and no word of a text is lost,
// whatever the passages are.
func TestPairWidth(t *testing.T) {
	words := rapid.SliceOfN(rapid.SampledFrom([]string{"Mole", "云河大桥", "ไทย", "e\u0301te\u0301", "\U0001F980", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen", "النهر", "\xff", "a", "\n", "\n\n", "„so“"}), 0, 60)
	rapid.Check(t, func(t *rapid.T) {
		a, b := strings.Join(words.Draw(t, "a"), " "), strings.Join(words.Draw(t, "b"), " ")
		p := &dedup.Pair{A: &corpus.Document{ID: "a", Text: a}, B: &corpus.Document{ID: strings.Repeat("long/", 40), Text: b}}
		span := func(s string) shingle.Span {
			from := rapid.IntRange(0, len(s)).Draw(t, "from")
			return shingle.Span{Start: from, End: rapid.IntRange(from, len(s)).Draw(t, "to")}
		}
		for range rapid.IntRange(0, 3).Draw(t, "passages") {
			p.Match.Passages = append(p.Match.Passages, reuse.Passage{A: span(a), B: span(b), Type: reuse.Reworded})
		}
		p.MarksA = []boilerplate.Mark{{Span: span(a)}}
		o := TerminalOptions{Width: rapid.IntRange(40, 160).Draw(t, "width"), Color: rapid.Bool().Draw(t, "color")}
		var out strings.Builder
		if err := Pair(&out, p, o); err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(out.String(), "\n")[3:] {
			if w := text.StringWidthWithoutEscSequences(line); w > o.Width {
				t.Fatalf("%d columns of %d: %q", w, o.Width, line)
			}
		}
		if o.Width < twoColumns {
			plain := text.StripEscape(out.String())
			if got, want := strings.Count(plain, "Mole"), strings.Count(a+b, "Mole"); got < want && len(p.Match.Passages) == 0 && len(p.MarksA) == 0 {
				t.Fatalf("%d of %d words: %s", got, want, plain)
			}
		}
	})
}

// The signs of figures: only what is whole is 100 %, only nothing is 0 %.
func TestPercent(t *testing.T) {
	for x, want := range map[float64]string{0: "0 %", .001: "<1 %", .004: "<1 %", .006: "1 %", .5: "50 %", .994: "99 %", .9999: "99 %", 1: "100 %"} {
		if got := percent(x); got != want {
			t.Errorf("%g: %s, want %s", x, got, want)
		}
	}
}

func TestFigures(t *testing.T) {
	for _, tt := range []struct{ got, want string }{
		{seconds(.04), "0.0 s"}, {seconds(61.4), "61 s"}, {seconds(3725), "1h2m5s"},
		{shorten("Nordseekrabbe", 13), "Nordseekrabbe"}, {shorten("Nordseekrabbenkutter", 10), "Nordse…ter"}, {shorten("ab", 1), "a"}, {shorten("abc", 0), ""},
		{shorten("Mu\u0308hle am Fluss, u\u0308ber der Bru\u0308cke", 13), "Mu\u0308hle a…ücke"[:len("Mu\u0308hle a…")] + "cke"},
		{cutText("Tür", 0, 2, 10), "T\xc3"}, {cutText("Türen", 0, 6, 2), "T…"}, {cutText("abc", 2, 99, 9), "c"}, {cutText("abc", -5, 2, 9), "ab"}, {cutText("abc", 3, 1, 9), ""},
		{date(corpus.ParseDate("2025")), "2025"}, {date(corpus.ParseDate("2025-03")), "2025-03"}, {date(corpus.ParseDate("2025-03-04T05:06:07+02:00")), "2025-03-04 05:06"}, {date(corpus.Date{}), ""},
		{earlier(corpus.ParseDate("2025-03-04"), corpus.ParseDate("2025-03-05")), "1 day earlier"},
		{earlier(corpus.ParseDate("2025-03-04 10:00"), corpus.ParseDate("2025-03-04 10:59")), "59 minutes earlier"},
		{earlier(corpus.ParseDate("2025-03-04 10:00"), corpus.ParseDate("2025-03-05 12:00")), "26 hours earlier"},
		{earlier(corpus.ParseDate("2025-03-05"), corpus.ParseDate("2025-03-04")), ""},
		{earlier(corpus.ParseDate("2025"), corpus.ParseDate("2025-03-04")), ""},
		{webAddress("https://bote.example/a?b=c&d"), "https://bote.example/a?b=c&d"}, {webAddress("HTTP://x"), "HTTP://x"},
		{webAddress("javascript:alert(1)"), ""}, {webAddress(" https://x"), ""}, {webAddress("https://x\" onclick=\"y"), ""}, {webAddress("data:text/html,x"), ""}, {webAddress("//x"), ""},
	} {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}
