package boilerplate

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"reprint/shingle"
)

// news is the paragraph that § stands for in testdata/rules.txt: sixty-odd
// words in which no rule fires.
const news = `Der Gemeinderat von Süderau hat am Abend über den Haushalt des kommenden Jahres beraten. Nach langer Debatte stimmten zwölf Mitglieder für den Entwurf und fünf dagegen. Die Bürgermeisterin sprach von einem guten Tag für die Stadt. Kritik kam vom Verein der Kaufleute, der höhere Abgaben fürchtet. Im Mai soll der Umbau des Marktplatzes beginnen, danach folgt die Sanierung der alten Schule am Hafen.`

// markUp finds the furniture of a text by the shipped rules alone and returns
// the text with it in ⟦ ⟧, and the reasons.
func markUp(text string) (string, []string) {
	var z shingle.Tokenizer
	var t shingle.Text
	z.Tokenize(&t, text)
	rules := Shipped()
	m := Marker{Rules: rules}
	var b strings.Builder
	var reasons []string
	at := 0
	for _, mark := range m.Mark(nil, text, &t, rules.Find(nil, text, &t), 0) {
		b.WriteString(text[at:mark.Start] + "⟦" + text[mark.Start:mark.End] + "⟧")
		reasons = append(reasons, strings.TrimPrefix(mark.Reason, "rule: "))
		at = mark.End
	}
	return b.String() + text[at:], reasons
}

// section is a part of a file of cases, opened by a line "== name".
type section struct {
	name  string
	lines []string
}

func readSections(t *testing.T, path string) []section {
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var all []section
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if name, ok := strings.CutPrefix(line, "== "); ok {
			all = append(all, section{name: name})
		} else if line != "" && !strings.HasPrefix(line, "#") {
			s := &all[len(all)-1]
			s.lines = append(s.lines, line)
		}
	}
	return all
}

// ruleCases reads the cases of all rules.
func ruleCases(t *testing.T) []section {
	files, err := filepath.Glob("testdata/rules/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("no cases for other languages: ", err)
	}
	all := readSections(t, "testdata/rules.txt")
	for _, path := range files {
		all = append(all, readSections(t, path)...)
	}
	return all
}

// TestRules runs the cases of testdata/rules.txt and testdata/rules, and requires of each rule that
// it fires in at least one of its own and in at least one near miss not.
func TestRules(t *testing.T) {
	shown := strings.NewReplacer("\n", "⏎", news, "§")
	real := strings.NewReplacer("⏎", "\n", "§", news)
	cases := map[string]bool{}
	for _, s := range ruleCases(t) {
		if cases[s.name] {
			t.Errorf("%s: two sections", s.name)
		}
		cases[s.name] = true
		fired, missed := false, false
		for _, line := range s.lines {
			text := strings.NewReplacer("⟦", "", "⟧", "").Replace(real.Replace(line))
			got, reasons := markUp(text)
			if got != real.Replace(line) {
				t.Errorf("%s:\n got %s %q\nwant %s", s.name, shown.Replace(got), reasons, line)
			}
			fired = fired || slices.Contains(reasons, s.name)
			missed = missed || !strings.Contains(line, "⟦")
		}
		if !fired || !missed {
			t.Errorf("%s: a case in which the rule fires: %v, a near miss: %v", s.name, fired, missed)
		}
	}
	for _, r := range Shipped().list {
		if !cases[r.name] {
			t.Errorf("rule %q has no cases", r.name)
		}
		delete(cases, r.name)
	}
	for name := range cases {
		t.Errorf("cases for %q, which is no rule (or stands twice in the file)", name)
	}
}

// TestSeeds: of the five articles exactly what testdata/seeds.txt says goes.
func TestSeeds(t *testing.T) {
	for _, s := range readSections(t, "testdata/seeds.txt") {
		data, err := os.ReadFile("../testdata/articles/" + s.name)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := markUp(string(data))
		var cut []string
		for _, part := range strings.Split(got, "⟦")[1:] {
			piece, _, _ := strings.Cut(part, "⟧")
			cut = append(cut, piece)
		}
		if !slices.Equal(cut, s.lines) {
			t.Errorf("%s: cut %q, want %q", s.name, cut, s.lines)
		}
	}
}

// Each of the shipped rules, and those of a file together, leave plain prose alone: they
// are not looked at again whenever the program starts.
func TestShippedChecked(t *testing.T) {
	all := 0
	err := eachShipped(func(name string, text []byte) error {
		r, err := ParseRules(bytes.NewReader(text), name)
		all += r.Len()
		return err
	})
	if err != nil || all != Shipped().Len() || Shipped().ofSample() > mostSample {
		t.Errorf("%d rules, %d are shipped; %v", all, Shipped().Len(), err)
	}
}

// TestAnchors: no shipped rule is tried at every sentence; one that begins with any word
// has another one, near its beginning, that tells where it may hold.
func TestAnchors(t *testing.T) {
	r := Shipped()
	for _, i := range r.open[0] {
		t.Errorf("%s: none of the first %d words has to stand there", r.list[i].name, maxAnchor)
	}
}
