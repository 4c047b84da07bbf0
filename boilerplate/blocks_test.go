package boilerplate

import (
	"strings"
	"testing"

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
	var f BlockFinder
	for _, rules := range []*Rules{Shipped(), newRules(nil)} {
		z.Tokenize(&text, savedPage)
		found := f.Append(rules.Find(nil, savedPage, &text), rules, savedPage, &text)
		m := Marker{Rules: rules}
		marks := m.Mark(nil, savedPage, &text, found, 0)
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
		if again := f.Append(nil, rules, rest, &text); len(again) > 0 {
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
	found := []Found{{From: 0, To: 2, Rule: r.modelRule(Credit)}}
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
		if kind, reason := r.says(r.modelRule(k)); kind != k || reason != "model" {
			t.Errorf("%s: %s, %s", k, kind, reason)
		}
	}
}
