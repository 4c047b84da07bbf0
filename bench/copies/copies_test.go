package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"reprint/internal/short"
	"reprint/shingle"
)

// made makes a collection of the example articles and returns its folder.
func made(t *testing.T, flags ...string) string {
	dir := t.TempDir()
	args := append([]string{"make", "-o", dir}, flags...)
	if err := run(append(args, "../../testdata/articles")); err != nil {
		t.Fatal(err)
	}
	return dir
}

func readRecords(t *testing.T, dir string) map[string]string {
	texts := map[string]string{}
	err := each(filepath.Join(dir, "docs.jsonl"), func(r record) error {
		texts[r.ID] = r.Text
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return texts
}

// TestMake: the copies are what the truth says, and nothing else is a copy.
func TestMake(t *testing.T) {
	short.Alone(t)
	dir := made(t, "-seed", "7", "-docs", "400", "-pages", "5")
	texts := readRecords(t, dir)
	if len(texts) < 400 || len(texts) > 402 {
		t.Fatalf("%d documents, want about 400", len(texts))
	}
	sets := map[string][]uint64{}
	for id, text := range texts {
		sets[id] = grams(text)
	}
	right := groups{}
	n := 0
	err := each(filepath.Join(dir, "truth.jsonl"), func(p planted) error {
		n++
		right.join(p.Copy, p.Of)
		j := shingle.Jaccard(sets[p.Copy], sets[p.Of])
		if p.Percent == 0 && j != 1 || p.Percent > 0 && (j < 1-float64(11*p.Edits)/float64(p.Words) || p.Words < leastWords) {
			t.Errorf("%+v: Jaccard %.2f", p, j)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n != 19+4 && n != 20+4 {
		t.Errorf("%d planted copies, want one for 20 of 376 articles and 4 pages", n)
	}
	for a, set := range sets {
		for b, other := range sets {
			if a < b && right.of(a) != right.of(b) && shingle.Jaccard(set, other) > .4 {
				t.Errorf("%s and %s are alike", a, b)
			}
		}
	}
}

func grams(text string) []uint64 {
	var z shingle.Tokenizer
	var x shingle.Text
	z.Tokenize(&x, text)
	return shingle.Set(shingle.Append(nil, x.Hash, 5))
}

// TestSame: a seed says everything; a way of writing says nothing.
func TestSame(t *testing.T) {
	short.Alone(t)
	flags := []string{"-size", "200000", "-about", "800", "-license"}
	first := made(t, flags...)
	for _, more := range [][]string{nil, {"-ascii"}} {
		dir := made(t, append(more, flags...)...)
		a, b := readRecords(t, first), readRecords(t, dir)
		if len(a) == 0 || len(a) != len(b) {
			t.Fatalf("%d and %d documents", len(a), len(b))
		}
		for id, text := range a {
			if b[id] != text || !strings.HasSuffix(text, "they come about.") {
				t.Fatalf("%v: %s is another", more, id)
			}
		}
	}
	other := readRecords(t, made(t, append([]string{"-seed", "2"}, flags...)...))
	if a := readRecords(t, first); other["doc-00000000"] == a["doc-00000000"] {
		t.Error("another seed gives the same")
	}
}

// Pages are copies of as many articles as are asked for, or are like nothing.
func TestCrowds(t *testing.T) {
	short.Alone(t)
	flags := []string{"-docs", "300", "-pages", "90", "-edited", "2", "-crowds", "3"}
	texts := readRecords(t, made(t, flags...))
	unlike := readRecords(t, made(t, append([]string{"-unlike"}, flags...)...))
	of := map[string]int{}
	err := each(filepath.Join(made(t, flags...), "truth.jsonl"), func(p planted) error {
		a, b := grams(texts[p.Copy]), grams(texts[p.Of])
		if shingle.Jaccard(a, b) < .7 && p.Words > 0 && float64(p.Edits)/float64(p.Words) < .025 {
			t.Errorf("%+v: Jaccard %.2f", p, shingle.Jaccard(a, b))
		}
		if j := shingle.Jaccard(grams(unlike[p.Copy]), grams(unlike[p.Of])); p.Percent == 2 && j > .4 && of[p.Of] > 1 {
			t.Errorf("%+v: Jaccard %.2f though unlike", p, j)
		}
		of[p.Of]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	crowds := 0
	for _, n := range of {
		if n >= 30 {
			crowds++
		}
	}
	if crowds != 3 {
		t.Errorf("%d crowds: %v", crowds, of)
	}
}

func TestScore(t *testing.T) {
	dir := t.TempDir()
	save := func(name string, lines ...any) string {
		var b bytes.Buffer
		for _, l := range lines {
			if err := json.NewEncoder(&b).Encode(l); err != nil {
				t.Fatal(err)
			}
		}
		name = filepath.Join(dir, name)
		if err := os.WriteFile(name, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
		return name
	}
	truth := save("truth", planted{"a", "b", 1, 9, 1}, planted{"c", "d", 1, 9, 1}, planted{"e", "f", 3, 9, 1})
	for want, lines := range map[string][]any{
		"all  3 of 3 copies found  1.0000\n3 lines, 0 of them wrong\n": {
			found{ID: "b", Kept: "a"}, found{A: "c", B: "d"}, found{ID: "f", Kept: "e"}},
		"1 %  1 of 2 copies found  0.5000\n3 %  1 of 1 copies found  1.0000\nall  2 of 3 copies found  0.6667\n" +
			"  wrong: x a\n4 lines, 1 of them wrong\n": {
			found{ID: "x", Kept: "a"}, found{ID: "b", Kept: "a"}, found{A: "e", B: "f"}, found{A: "f", B: "e"}},
	} {
		var b bytes.Buffer
		if err := score(&b, truth, save("found", lines...)); err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(b.String(), want) {
			t.Errorf("got\n%swant at the end\n%s", b.String(), want)
		}
	}
	if err := score(&bytes.Buffer{}, truth, save("empty", found{})); err == nil {
		t.Error("a line without ids passes")
	}
}

// What a list claims is found in the texts, or said to be other.
func TestCheck(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return path
	}
	long := strings.Repeat("eins zwei drei vier fünf sechs sieben acht neun zehn elf ", 10)
	docs := write("docs.jsonl", `{"id":"a","text":"ein kurzer Text von heute"}
{"id":"b","text":"ein kurzer kurzer Text von gestern"}
{"id":"c","text":"`+long+`"}
{"id":"d","text":"`+long+`und noch zwölf"}
`)
	var b strings.Builder
	if err := check(&b, docs, write("right.jsonl", `{"id":"b","kept":"a","share":0.8333}
{"id":"d","kept":"c","share":0.9735}
`)); err != nil || !strings.HasPrefix(b.String(), "2 dropped, 0 with another share") || !strings.Contains(b.String(), "lacks 3") {
		t.Errorf("%s %v", b.String(), err)
	}
	b.Reset()
	if err := check(&b, docs, write("wrong.jsonl", `{"id":"c","kept":"a","share":1}`+"\n")); err != nil || !strings.Contains(b.String(), "1 dropped, 1 with another share than claimed, 1 held") {
		t.Errorf("%s %v", b.String(), err)
	}
}
