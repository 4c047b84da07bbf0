package report

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/dedup/copies"
	"reprint/reuse"
	"reprint/shingle"
)

// Every sort of line, with what is hard to quote in it.
func TestLines(t *testing.T) {
	hard := "\"\\/\b\n\t\x00\x1b<&>'\u2028 Übung 云 é \U0001F980 \xff"
	m := &dedup.Match{IDA: "a", IDB: hard, First: "b", FirstBy: "credit", FirstConfidence: .55555, Credit: []string{"dpa", "AP"}, Copies: 70}
	m.Kind, m.ShareA, m.ShareB, m.Jaccard = reuse.Republished, 1.0/3, .99999, math.NaN()
	m.Passages = []reuse.Passage{
		{A: shingle.Span{Start: 0, End: 10}, B: shingle.Span{Start: 5, End: 15}, Type: reuse.Verbatim, Similarity: 1},
		{A: shingle.Span{Start: 20, End: 30}, B: shingle.Span{Start: 1 << 30, End: 1<<30 + 9}, Type: reuse.Reworded, Similarity: .71239, Quoted: true},
	}
	marks := []boilerplate.Mark{
		{Span: shingle.Span{Start: 1, End: 2}, Kind: boilerplate.Share, Reason: "rule: teilen", Score: 1},
		{Span: shingle.Span{Start: 3, End: 9}, Kind: boilerplate.Repeated, Reason: "source repeats it on 9 days, 10 times", Score: -0.00001},
	}
	plain := &dedup.Match{IDA: "a", IDB: "b"}
	plain.Kind = reuse.Quote
	none := &dedup.Pair{A: &corpus.Document{}, B: &corpus.Document{}, Match: dedup.Match{IDA: "x.txt", IDB: "y.txt"}, MarksA: marks, WordsA: 12}
	none.Match.Evidence.Rule = "fewer than 7 words in common"
	lines := map[string]func(io.Writer) error{
		"match":         func(w io.Writer) error { return WriteMatch(w, m) },
		"match plain":   func(w io.Writer) error { return WriteMatch(w, plain) },
		"cluster":       func(w io.Writer) error { return WriteCluster(w, week().clusters[0]) },
		"cluster empty": func(w io.Writer) error { return WriteCluster(w, &dedup.Cluster{}) },
		"recurrence":    func(w io.Writer) error { return WriteRecurrence(w, week().recurrences[1], hard) },
		"removal":       func(w io.Writer) error { return WriteRemoval(w, &dedup.Removal{ID: hard, Marks: marks}) },
		"removal none":  func(w io.Writer) error { return WriteRemoval(w, &dedup.Removal{ID: "clean"}) },
		"drop": func(w io.Writer) error {
			return WriteDrop(w, &copies.Drop{ID: "b", KeptID: "a", Kind: reuse.Duplicate, Share: .98765, Jaccard: .9, Reason: "earliest", File: "week.jsonl", Record: 2})
		},
		"rejection": func(w io.Writer) error { return WriteRejection(w, &week().rejections[0]) },
		"pair":      func(w io.Writer) error { return PairJSON(w, none) },
	}
	var all strings.Builder
	for _, name := range []string{"match", "match plain", "cluster", "cluster empty", "recurrence", "removal", "removal none", "drop", "rejection", "pair"} {
		var line bytes.Buffer
		if err := lines[name](&line); err != nil {
			t.Fatal(err)
		}
		var back map[string]any
		if err := json.Unmarshal(line.Bytes(), &back); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if bytes.Count(line.Bytes(), []byte("\n")) != 1 || !strings.HasPrefix(line.String(), `{"v":1,"`) {
			t.Errorf("%s is not one line that begins with its version: %s", name, &line)
		}
		var buffered bytes.Buffer
		out := bufio.NewWriter(&buffered)
		if err := errors.Join(lines[name](out), out.Flush()); err != nil || buffered.String() != line.String() {
			t.Errorf("%s: a buffered writer got something else (%v): %s", name, err, &buffered)
		}
		all.WriteString(line.String())
	}
	golden(t, "lines.golden", all.String())
}

func TestWriteError(t *testing.T) {
	full := errors.New("disk full")
	if err := WriteMatch(failing{full}, &dedup.Match{}); !errors.Is(err, full) {
		t.Errorf("got %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

// Lines are encoded without an allocation once the buffer has grown.
func TestWriteAllocates(t *testing.T) {
	out := bufio.NewWriter(io.Discard)
	r := week()
	if n := testing.AllocsPerRun(100, func() {
		WriteMatch(out, r.matches[0])
		WriteRemoval(out, r.removals[1])
	}); n > 0 {
		t.Errorf("%g allocations", n)
	}
}

func genMatch(t *rapid.T) *dedup.Match {
	figure := func(name string) float64 { return math.Round(rapid.Float64Range(0, 1).Draw(t, name)*1e4) / 1e4 }
	span := func(name string) shingle.Span {
		s := rapid.IntRange(0, 1<<30).Draw(t, name)
		return shingle.Span{Start: s, End: s + rapid.IntRange(0, 1000).Draw(t, name)}
	}
	m := &dedup.Match{IDA: rapid.String().Draw(t, "a"), IDB: rapid.String().Draw(t, "b"), Copies: rapid.IntRange(0, 100).Draw(t, "copies")}
	m.Credit = []string{}
	if rapid.Bool().Draw(t, "known") {
		m.First, m.FirstBy, m.FirstConfidence = "a", "date", figure("confidence")
		m.Credit = append(m.Credit, "dpa")
	}
	m.Kind = rapid.SampledFrom(kinds[:]).Draw(t, "kind")
	m.ShareA, m.ShareB, m.Jaccard = figure("share a"), figure("share b"), figure("jaccard")
	for range rapid.IntRange(0, 4).Draw(t, "passages") {
		m.Passages = append(m.Passages, reuse.Passage{A: span("A"), B: span("B"), Type: reuse.Reworded, Similarity: figure("similarity"), Quoted: rapid.Bool().Draw(t, "quoted")})
	}
	return m
}

// What is written is read back.
func TestReadMatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(rapid.Custom(genMatch), 0, 5).Draw(t, "matches")
		var file bytes.Buffer
		for _, m := range want {
			if err := WriteMatch(&file, m); err != nil {
				t.Fatal(err)
			}
		}
		got := []*dedup.Match{}
		for m, err := range ReadMatches(&file, "matches.jsonl") {
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, m)
		}
		if diff := cmp.Diff(want, got); diff != "" && len(want)+len(got) > 0 {
			t.Fatal(diff)
		}
	})
}

func TestReadMatchesFaults(t *testing.T) {
	good := `{"v":1,"a":"x","b":"y","kind":"duplicate","share_a":1,"share_b":1,"jaccard":1,"passages":[]}`
	for name, tt := range map[string]struct{ line, want string }{
		"no json":   {`{"v":1,`, "unexpected end"},
		"an array":  {`[1]`, "cannot unmarshal array"},
		"no ids":    {`{"v":1,"kind":"quote"}`, "a or b is missing"},
		"kind":      {`{"v":1,"a":"x","b":"y","kind":"copy"}`, `unknown kind "copy"`},
		"share":     {`{"v":1,"a":"x","b":"y","kind":"quote","share_a":1.5}`, "not between 0 and 1"},
		"span":      {`{"v":1,"a":"x","b":"y","kind":"quote","passages":[{"a":[9,2],"b":[0,1]}]}`, "is no span"},
		"copies":    {`{"v":1,"a":"x","b":"y","kind":"quote","copies":-1}`, "-1 copies"},
		"a version": {`{"v":2,"a":"x","b":"y","kind":"quote"}`, "newer version (2)"},
	} {
		t.Run(name, func(t *testing.T) {
			in := "\ufeff" + good + "\r\n\n" + tt.line + "\n" + good + "\n"
			n, offset := 0, int64(len("\ufeff"+good+"\r\n\n"))
			for m, err := range ReadMatches(strings.NewReader(in), "m.jsonl") {
				if err == nil {
					n++
					continue
				}
				var at *corpus.ReadError
				if m != nil || !errors.As(err, &at) || at.File != "m.jsonl" || at.Record != 3 || at.Offset != offset || !strings.Contains(err.Error(), tt.want) {
					t.Errorf("got %v, want it to say %q at record 3, byte %d", err, tt.want, offset)
				}
			}
			if n != 1 {
				t.Errorf("%d matches before the fault", n)
			}
		})
	}
}

func TestReadMatchesStops(t *testing.T) {
	file, err := os.ReadFile("testdata/lines.golden")
	if err != nil {
		t.Fatal(err)
	}
	for range ReadMatches(bytes.NewReader(file), "lines.golden") {
		break
	}
	broken := errors.New("broken pipe")
	for _, err := range ReadMatches(io.MultiReader(strings.NewReader("\n"), failingReader{broken}), "m.jsonl") {
		if !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	}
}

type failingReader struct{ err error }

func (f failingReader) Read([]byte) (int, error) { return 0, f.err }

// Whatever is read as a match can be written, and is read as the same.
func FuzzReadMatches(f *testing.F) {
	file, err := os.ReadFile("testdata/lines.golden")
	if err != nil {
		f.Fatal(err)
	}
	for _, line := range bytes.Split(file, []byte("\n")) {
		f.Add(line)
	}
	f.Add([]byte(`{"a":"x","b":"y","kind":"quote","share_a":1e-9,"credit":null,"passages":null}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		for m, err := range ReadMatches(bytes.NewReader(in), "fuzz") {
			if err != nil {
				return
			}
			var first, second bytes.Buffer
			if err := WriteMatch(&first, m); err != nil {
				t.Fatal(err)
			}
			line := first.String()
			for again, err := range ReadMatches(&first, "again") {
				if err != nil {
					t.Fatalf("%v: %s", err, line)
				}
				if err := WriteMatch(&second, again); err != nil || second.String() != line {
					t.Fatalf("%s became %s", line, &second)
				}
			}
		}
	})
}

// A cluster is read back as it was written, but for the numbers of documents.
func TestReadClusters(t *testing.T) {
	var file bytes.Buffer
	want := []*dedup.Cluster{
		{Number: 1, Keep: 7, Reason: "earliest", Members: []int{3, 7}, IDs: []string{"a", "<b>\n\"b\""}, MinSimilarity: .5125},
		{Number: 2, Keep: 4, Reason: "source:x", Members: []int{4, 5, 6}, IDs: []string{"d", "e", "f"}, MinSimilarity: 1},
	}
	for _, c := range want {
		if err := WriteCluster(&file, c); err != nil {
			t.Fatal(err)
		}
	}
	n := 0
	for c, err := range ReadClusters(&file, "clusters.jsonl") {
		if err != nil {
			t.Fatal(err)
		}
		w := want[n]
		if c.Number != w.Number || c.Reason != w.Reason || !slices.Equal(c.IDs, w.IDs) || c.MinSimilarity != w.MinSimilarity ||
			c.IDs[c.Keep] != keptID(w) || len(c.Members) != len(w.Members) {
			t.Errorf("read %+v, want %+v", c, w)
		}
		n++
	}
	if n != len(want) {
		t.Errorf("%d clusters, want %d", n, len(want))
	}
	for _, bad := range []string{`{"v":2,"keep":"a","members":["a"]}`, `{"v":1,"keep":"a","members":["b"]}`, `[]`} {
		for c, err := range ReadClusters(strings.NewReader(bad), "clusters.jsonl") {
			if err == nil {
				t.Errorf("%s: %+v", bad, c)
			}
		}
	}
}
