package boilerplate

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// sentences are what an article is made of, in which nothing is furniture.
var sentences = []string{
	"Der Gemeinderat von Süderau hat am Abend über den Haushalt des kommenden Jahres beraten.",
	"Nach langer Debatte stimmten zwölf Mitglieder für den Entwurf und fünf dagegen.",
	"Kritik kam vom Verein der Kaufleute, der höhere Abgaben fürchtet (und das nicht zum ersten Mal).",
	"„Wir haben am 25. Mai lange darüber gestritten“, sagte Dr. Anna Kern nach der Sitzung.",
	"Die Preise stiegen laut Rechnungshof von 1.250 auf 2.480 Euro, d. h. auf fast das Doppelte.",
	"Danach, so der Sprecher, werde auch das Dach der alten Schule am Hafen erneuert!",
	"Wann die Arbeiten beginnen (frühestens im Herbst), steht noch nicht fest.",
	"Viele Eltern fürchten, dass ihre Kinder sonst jeden Morgen bis in die Kreisstadt fahren müssten.",
}

// settleMarker knows the shipped rules, what example.org repeats, and titles and
// teasers of its other articles.
func settleMarker(t *testing.T) *PageMarker {
	f := &Furniture{}
	for i, s := range []string{
		"Der Bote ist die Zeitung für alle Menschen zwischen Fluss und Meer",
		"unabhängig und frei seit dem Jahr der großen Flut",
		"Die Inzidenz gibt an, wie viele Menschen je 100.000 Einwohner sich binnen sieben Tagen angesteckt haben",
		"Der Haushalt der Stadt wird jedes Jahr im Herbst beraten und vom Gemeinderat beschlossen",
	} {
		f.Patterns = append(f.Patterns, Pattern{Source: "example.org", Text: s, Kind: Repeated, Decision: "strip", By: "learnt", Days: 5 + 3*i, Articles: 9, Story: i == 3})
	}
	f.Patterns = append(f.Patterns, Pattern{Source: "*", Text: "Ihr Bote", Kind: Other, Decision: "strip", By: "person"})
	f.Known = heads(t, LearnOptions{}, "example.org", append(archive(), strayArchive()...)...)
	return &PageMarker{Marker: Marker{Rules: Shipped(), Learnt: f.Learnt()}}
}

// furnitureLines are made-up furniture: all cases of the rules, and what
// settleMarker knows of.
func furnitureLines(t *testing.T) []string {
	lines := []string{
		otherTitle, otherTitle + " " + otherLead, thirdTitle, "Lesen Sie auch Der Fluss steigt wieder Seit Montag regnet es ohne Pause in den Bergen.",
		"Der Bote ist die Zeitung für alle Menschen zwischen Fluss und Meer, unabhängig und frei seit dem Jahr der großen Flut.", "Ihr Bote.",
		swanLead, swanLead + swanRest, "Anwohner bringen ihnen Brot und frisches Wasser.", "Das könnte Sie auch interessieren: " + fireTwo, fireTwo,
		"unabhängig und frei seit dem Jahr der großen Flut", "Der Bote ist die Zeitung für alle Menschen", "zwischen Fluss und Meer",
		"Die Inzidenz gibt an, wie viele Menschen je 100.000 Einwohner sich binnen sieben Tagen angesteckt haben, und nicht mehr.",
		"Der Haushalt der Stadt wird jedes Jahr im Herbst beraten und vom Gemeinderat beschlossen.",
		"Neue Brücke über den Kanal wird doch nicht gebaut", "Teilen", "Startseite", "(", "[", "Süderau (dpa) -", "25.10.2024, 11:36 Uhr", "3 Kommentare",
	}
	for _, s := range ruleCases(t) {
		for _, line := range s.lines {
			lines = append(lines, strings.NewReplacer("⟦", "", "⟧", "", "⏎", "\n", "§", "").Replace(line))
		}
	}
	return lines
}

// TestSettled: what is stripped once has nothing left to strip, whatever meets
// where something is gone.
func TestSettled(t *testing.T) {
	m, lines := settleMarker(t), furnitureLines(t)
	var z shingle.Tokenizer
	var x shingle.Text
	site := SiteHash("example.org")
	strip := func(text string) (string, []Mark) {
		z.Tokenize(&x, text)
		marks := m.Mark(nil, text, &x, m.Rules.Find(nil, text, &x), site)
		return Strip(text, marks), marks
	}
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for _, i := range rapid.SliceOfN(rapid.IntRange(-2*len(sentences), len(lines)-1), 2, 16).Draw(t, "pieces") {
			if i < 0 {
				b.WriteString(sentences[-i%len(sentences)])
			} else {
				b.WriteString(lines[i])
			}
			b.WriteString(rapid.SampledFrom([]string{" ", " ", " ", " ", "\n", "\n\n"}).Draw(t, "between"))
		}
		text := b.String()
		once, marks := strip(text)
		if strings.TrimSpace(once) == "" {
			return
		}
		if twice, more := strip(once); twice != once && strings.TrimSpace(twice) != "" {
			t.Fatalf("%q\nfirst  %q %+v\nsecond %q %+v", text, once, marks, twice, more)
		}
	})
}

// TestWhole: no sentence of an article is cut in two, wherever furniture stands
// around it, and none is lost of running text. With some furniture the article is over.
func TestWhole(t *testing.T) {
	m := settleMarker(t)
	lines := slices.DeleteFunc(furnitureLines(t), func(line string) bool { return strings.Contains(line, "Rechte an diesem Artikel") })
	var z shingle.Tokenizer
	var x shingle.Text
	site := SiteHash("example.org")
	rapid.Check(t, func(t *rapid.T) {
		var b strings.Builder
		for _, s := range rapid.Permutation(sentences).Draw(t, "article") {
			if i := rapid.IntRange(-len(lines)/2, len(lines)-1).Draw(t, "furniture"); i >= 0 {
				b.WriteString(lines[i] + "\n\n")
			}
			b.WriteString(s + rapid.SampledFrom([]string{" ", " ", " ", "\n"}).Draw(t, "between"))
		}
		text := b.String()
		z.Tokenize(&x, text)
		page := IsPage(&x)
		rest := Strip(text, m.Mark(nil, text, &x, m.Rules.Find(nil, text, &x), site))
		for _, s := range sentences {
			words := strings.Fields(s)
			first, last := strings.Join(words[:3], " "), strings.Join(words[len(words)-3:], " ")
			if !strings.Contains(rest, s) && (!page || strings.Contains(rest, first) || strings.Contains(rest, last)) {
				t.Fatalf("%q\nof %q\nis cut: %q", s, text, rest)
			}
		}
	})
}

// TestSpare: kinds that are wanted stay in the text, and what is stripped once has
// nothing left to strip then, either.
func TestSpare(t *testing.T) {
	m, lines := settleMarker(t), furnitureLines(t)
	var z shingle.Tokenizer
	var x shingle.Text
	site := SiteHash("example.org")
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		for _, s := range rapid.Permutation(sentences).Draw(t, "article") {
			text.WriteString(lines[rapid.IntRange(0, len(lines)-1).Draw(t, "furniture")] + "\n" + s + "\n")
		}
		m.Spare = map[Kind]bool{}
		for _, k := range rapid.SliceOf(rapid.SampledFrom(Kinds[:])).Draw(t, "kinds") {
			m.Spare[k] = true
		}
		strip := func(text string) string {
			z.Tokenize(&x, text)
			marks := m.Mark(nil, text, &x, m.Rules.Find(nil, text, &x), site)
			for _, mark := range marks {
				if m.Spare[mark.Kind] {
					t.Fatalf("%q: %+v", text, mark)
				}
			}
			return Strip(text, marks)
		}
		once := strip(text.String())
		if twice := strip(once); twice != once && strings.TrimSpace(twice) != "" {
			t.Fatalf("%q\nfirst  %q\nsecond %q", text.String(), once, twice)
		}
	})
}

// TestSeams: sentences that meet where something is gone stay as they are if what is left of
// them is cut as it was.
func TestSeams(t *testing.T) {
	for _, c := range []struct {
		text string // ⟦what is gone⟧
		want bool
	}{
		{"Der Rat hat lange beraten. ⟦Süderau. Zum Thema⟧ Die Preise steigen weiter.", false},
		{"Der Rat hat lange beraten. ⟦Zum Thema⟧ 25 Euro sind es nun.", false},
		{"Der Rat hat lange ⟦beraten. Zum⟧ Hafen geht es weiter.", true},
		{"Der Rat kam am 25. ⟦Danach ging es weiter⟧ Mai vorbei.", true},
		{"Der Rat hat lange beraten.\n\n⟦Zum Thema⟧ und die Preise steigen weiter.", false},
		{"Der Rat ⟦hat lange beraten.⟧\n\nUnd die Preise steigen weiter.", false},
	} {
		before, rest, _ := strings.Cut(c.text, "⟦")
		gone, behind, _ := strings.Cut(rest, "⟧")
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, before)
		from := x.Len()
		z.Tokenize(&x, gone)
		to := from + x.Len()
		text := before + gone + behind
		z.Tokenize(&x, text)
		var m Marker
		if got := m.seams(text, &x, []Stretch{{From: from, To: to}}); got != c.want {
			t.Errorf("%s: %v", c.text, got)
		}
	}
}

// TestManyOptional: a phrase with as many words that may be missing as there may be is looked
// for where something is gone.
func TestManyOptional(t *testing.T) {
	r, err := ParseRules(strings.NewReader("teaser de any phrase brombeere"+strings.Repeat(" [*]", maxPhrase-2)+" schlehe\n"), "rules.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Repeat("Am Hang wächst die Brombeere neben dem Wein. Foto: dpa. ", 40)
	got, _ := markLearnt(&Marker{Rules: Shipped().With(r)}, "", text)
	if !strings.Contains(got, "⟦Foto: dpa") {
		t.Error(got)
	}
	var m PageMarker
	m.Rules = Shipped().With(r)
	var z shingle.Tokenizer
	var x shingle.Text
	z.Tokenize(&x, text)
	if marks := m.Mark(nil, text, &x, m.Rules.Find(nil, text, &x), 0); len(marks) < 40 {
		t.Errorf("%d marks", len(marks))
	}
}

// TestCreditLeft: a caption whose credit's name ends where a call begins goes with the call.
func TestCreditLeft(t *testing.T) {
	m := PageMarker{Marker: Marker{Rules: Shipped()}}
	text := "Der Rat tagt heute wieder im Rathaus am Markt. Er tagt lange.\nDie Bürgermeisterin am Hafen Foto: Anna Heim Lesen Sie auch:"
	var z shingle.Tokenizer
	var x shingle.Text
	for range 2 {
		z.Tokenize(&x, text)
		text = Strip(text, m.Mark(nil, text, &x, m.Rules.Find(nil, text, &x), 0))
		if strings.Contains(text, "Bürgermeisterin") || strings.Contains(text, "Lesen") {
			t.Errorf("left: %q", text)
		}
	}
}
