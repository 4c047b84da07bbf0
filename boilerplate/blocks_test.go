package boilerplate

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

const savedPage = `Politik
Sport
Anmelden
Jetzt Newsletter abonnieren
Teilen
Von Erna Muster

Der Rat der Stadt Ellernbruch hat am Montag beschlossen, die alte Mühle am Fluss zu kaufen und in den nächsten drei Jahren zu sanieren.

Das Gebäude steht seit mehr als zwanzig Jahren leer. Nach Angaben der Verwaltung wird der Umbau rund vier Millionen Euro kosten, von denen das Land die Hälfte übernimmt.

Die Opposition hatte den Kauf abgelehnt, weil die Stadt in diesem Jahr schon die Schule am Markt erneuern muss. „Wir können das Geld nur einmal ausgeben“, sagte ihre Sprecherin im Rat.

Auf Facebook teilen
Mehr zum Thema
Lesen Sie auch: Brücke gesperrt
Kommentare (12)
Anzeige
Alle Rechte vorbehalten
Impressum
Kontakt
`

// TestSavedPage checks that the model marks what stands around an article, with
// the rules and without them, and that its marks say so. The first line may stay:
// the pages that the model was trained on begin with their articles.
func TestSavedPage(t *testing.T) {
	var z shingle.Tokenizer
	var text shingle.Text
	for _, rules := range []*Rules{Shipped(), newRules(nil)} {
		m := PageMarker{Marker: Marker{Rules: rules}}
		z.Tokenize(&text, savedPage)
		marks := m.Mark(nil, savedPage, &text, rules.Find(nil, savedPage, &text), 0)
		rest := Strip(savedPage, marks)
		rest = strings.TrimPrefix(rest, "Politik\n\n")
		if !strings.HasPrefix(rest, "Der Rat") || !strings.HasSuffix(rest, "im Rat.\n") || strings.Count(rest, "\n\n") != 2 {
			t.Errorf("%d rules: %q remains", rules.Len(), rest)
		}
		model := 0
		for _, mark := range marks {
			if mark.Reason == "model" {
				model++
			} else if rules.Len() == 0 {
				t.Errorf("no rules: reason %q", mark.Reason)
			}
		}
		if model == 0 {
			t.Errorf("%d rules: no mark of the model", rules.Len())
		}
		z.Tokenize(&text, rest)
		if again := m.Furniture(nil, rest, &text, rules.Find(nil, rest, &text), 0); len(again) > 0 {
			t.Errorf("again: %v", again)
		}
	}
}

// TestModelNamesNoAgency checks that what the model takes for a credit does not
// credit an agency: the photo may be theirs.
func TestModelNamesNoAgency(t *testing.T) {
	var z shingle.Tokenizer
	var text shingle.Text
	z.Tokenize(&text, "Foto: dpa")
	r := Shipped()
	found := []Found{{From: 0, To: 2, Rule: modelRule(Credit)}}
	if names := r.Agencies(&text, found, ""); names != nil {
		t.Errorf("%q", names)
	}
}

func TestModelRules(t *testing.T) {
	r := Shipped().With(newRules(Shipped().list[:3]))
	if r.Len() != Shipped().Len()+3 {
		t.Errorf("%d rules", r.Len())
	}
	for _, k := range Kinds {
		if kind, reason := r.says(modelRule(k)); kind != k || reason != "model" {
			t.Errorf("%s: %s, %s", k, kind, reason)
		}
	}
}

// TestPageAgain checks that nothing is found in what remains of a page.
func TestPageAgain(t *testing.T) {
	lines := append(strings.Split(strings.TrimSpace(savedPage), "\n"),
		"LONDON (Reuters) - The council has decided to buy the old mill and to repair its roof before the winter.",
		"Lesen Sie auch: Brücke gesperrt", "12. Mai 2022 um 7:30 Uhr", "Mehr zum Thema", "Foto: Erna Muster", "(dpa)",
		"Advertisement", "Read more: The bridge is closed", "By Erna Muster", "Stand: 27.02.2005, 18:23", "© 2022 Ellernbruch Media")
	m := PageMarker{Marker: Marker{Rules: Shipped()}}
	var z shingle.Tokenizer
	var text shingle.Text
	mark := func(s string) []Mark {
		z.Tokenize(&text, s)
		return m.Mark(nil, s, &text, m.Rules.Find(nil, s, &text), 0)
	}
	rapid.Check(t, func(t *rapid.T) {
		page := strings.Join(rapid.SliceOfN(rapid.SampledFrom(lines), 1, 30).Draw(t, "lines"), "\n")
		rest := Strip(page, mark(page))
		if z.Tokenize(&text, page); !IsPage(&text) {
			t.Skip("no page: TestSettled has those")
		}
		if again := mark(rest); rest != "" && Strip(rest, again) != rest && Strip(rest, again) != "" {
			t.Fatalf("of %q remains %q", rest, Strip(rest, again))
		}
	})
}

// TestSpareOfTwo: of what stands behind the end of an article, which is called a teaser, what the
// source repeats as something else goes where teasers stay; nothing of it goes later.
func TestSpareOfTwo(t *testing.T) {
	const end = "Hier können Sie die Rechte an diesem Artikel erwerben."
	f := Furniture{Patterns: []Pattern{{Source: "a.org", Text: call, Kind: Newsletter, Articles: 9, Days: 9, Decision: "strip", By: "learnt"}}}
	m := PageMarker{Marker: Marker{Rules: Shipped(), Learnt: f.Learnt()}}
	text := prose("Anna", 20) + end + " " + unknown + " " + call
	for _, c := range []struct {
		spare []Kind
		want  string
	}{
		{nil, strings.TrimSpace(prose("Anna", 20))},
		{[]Kind{Teaser}, prose("Anna", 20) + unknown},
		{[]Kind{Teaser, Newsletter}, prose("Anna", 20) + unknown + " " + call},
		{[]Kind{Disclaimer}, prose("Anna", 20) + end},
	} {
		m.Spare = map[Kind]bool{}
		for _, k := range c.spare {
			m.Spare[k] = true
		}
		got := text
		for range 2 {
			var z shingle.Tokenizer
			var x shingle.Text
			z.Tokenize(&x, got)
			got = Strip(got, m.Mark(nil, got, &x, m.Rules.Find(nil, got, &x), SiteHash("a.org")))
			if got != c.want {
				t.Errorf("%v: %q, want %q", c.spare, got, c.want)
			}
		}
	}
}

// TestMostBlocks: the model is not asked of what has more blocks than any page.
func TestMostBlocks(t *testing.T) {
	var m PageMarker
	for _, n := range []int{mostBlocks, mostBlocks + 1} {
		text := strings.Repeat("Menü\n", n)
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, text)
		if found := m.blocks(nil, text, &x, 0); len(x.Paragraphs) != n || (len(found) > 0) != (n == mostBlocks) {
			t.Errorf("%d blocks: %d are furniture", len(x.Paragraphs), len(found))
		}
	}
}

// TestCrumbLeft: a line is a paragraph where no blank lines are left; the way to the article
// that begins one then goes at once.
func TestCrumbLeft(t *testing.T) {
	const title = "Forscherin zählt im Moor am Kanal seltene Vögel"
	text := title + "\nStartseite Politik " + title + " " + prose("Anna", 8) + "\n\nShare this with friends\n\nTwitter\n\nFacebook\n\nReddit\n\nPinterest"
	m := PageMarker{Marker: Marker{Rules: Shipped()}}
	for _, want := range []string{title + "\n" + strings.TrimSpace(prose("Anna", 8)), title + "\n" + strings.TrimSpace(prose("Anna", 8))} {
		var z shingle.Tokenizer
		var x shingle.Text
		z.Tokenize(&x, text)
		text = Strip(text, m.Mark(nil, text, &x, Breadcrumb(m.Rules.Find(nil, text, &x), text, "", &x), 0))
		if strings.TrimSpace(text) != want {
			t.Errorf("got %q\nwant %q", text, want)
		}
	}
}
