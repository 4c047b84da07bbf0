package reuse

import (
	"math"
	"strings"
	"testing"
)

const (
	kiln     = "Der Gemeinderat von Quastenbeck hat am Abend beschlossen, die baufällige Ziegelei am Fluss bald abzureißen und dort einen Spielplatz für die Kinder anzulegen."
	kilnOver = "Der Gemeinderat von Quastenbeck hat nun beschlossen, die uralte Ziegelei am Fluss sofort abzureißen und dort den Spielplatz für die Kinder anzulegen."

	restA = "Ein Imker aus der Gegend verkauft seinen Honig neuerdings an Hotels. Im Winter repariert er Uhren. Seine Schwester fährt Taxi."
	restB = "Beim Schachturnier gewann eine Schülerin. Zwei Partien endeten remis. Abends gab es Suppe."
)

// TestNearly: a sentence in which every few words another one was put is evidence by all
// that agrees in it, and the sum is what the list says.
func TestNearly(t *testing.T) {
	for _, test := range []struct {
		name          string
		first, second string
		docs          int
		more          bool
	}{
		{"gone over", kiln, kilnOver, 2, true},
		{"the same words in another order", kiln, "Einen Spielplatz für die Kinder will man am Fluss anlegen: Der Gemeinderat von Quastenbeck hat beschlossen, dort die baufällige Ziegelei abzureißen.", 2, false},
		{"held by a third document", kiln, kilnOver, 3, false},
		{"quoted", "„" + kiln + "“", "„" + kilnOver + "“", 2, false},
		{"other figures", strings.Replace(kiln, "einen", "für 90 Euro einen", 1), strings.Replace(kilnOver, "den", "für 70 Euro den", 1), 2, false},
	} {
		a, b := tokenised(test.first+" "+restA), tokenised(restB+" "+test.second)
		var x Aligner
		x.Left(a)
		seeds := []Seed{}
		for i := range a.Text.Len() - gramWords + 1 {
			seeds = append(seeds, Seed{Pos: i, Docs: test.docs})
		}
		m, list := x.Explain(b, seeds)
		runs, sum := 0.0, 0.0
		for _, c := range list {
			sum += c.Weight
			if c.Words < 15 {
				runs += c.Weight
			}
		}
		if math.Abs(sum-m.Evidence.Words) > 1e-9 || m.Evidence.Words > runs != test.more || runs >= MinEvidence {
			t.Errorf("%s: evidence of %v, in the list %v, of them in runs %v", test.name, m.Evidence.Words, sum, runs)
		}
		if m.Kind.Reuse() != test.more {
			t.Errorf("%s: %s, %s", test.name, m.Kind, m.Evidence.Rule)
		}
	}
}

// TestNearlyLater: weeks later a sentence has to be more like.
func TestNearlyLater(t *testing.T) {
	a, b := tokenised(kiln+" "+restA), tokenised(restB+" Laut einer Mitteilung des Bürgermeisters Wolpertinger an sämtliche Anwohner der Mühlenstraße: "+kilnOver)
	a.Day, b.Day = 100, 101
	if m := compare(a, b); !m.Kind.Reuse() {
		t.Errorf("a day later: %q, %+v", m.Kind, m.Evidence)
	}
	b.Day = 130
	if m := compare(a, b); m.Kind.Reuse() {
		t.Errorf("weeks later: %+v", m)
	}
}
