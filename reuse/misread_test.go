package reuse

import (
	"strings"
	"testing"
)

const ledger = "Die Werft Mühlberg übergab am Dienstag drei neue Fähren an die Reederei Hansen aus Friedrichshafen. " +
	"Geschäftsführer Bernhard Lindemann lobte die Zusammenarbeit mit den Ingenieuren aus Konstanz. " +
	"Die Schiffe tragen die Namen Seeadler, Kormoran und Haubentaucher. "

// A scan has other letters, words joined and split, or hyphens at line ends: it is
// still a copy, while a form with other names in it is none, and neither is one with
// other figures.
func TestMisread(t *testing.T) {
	scan := strings.NewReplacer("Werft", "Wcrft", "Mühlberg", "Müh1berg", "Dienstag", "Dicnstag", "Reederei", "Recderei", "Hansen", "Hanscn",
		"Friedrichshafen", "Friedrichs hafen", "Bernhard", "Bcrnhard", "Lindemann", "Lindernann", "Konstanz", "Koustanz", "Seeadler", "Seeadlcr",
		"Haubentaucher", "Haubentaueher").Replace(ledger)
	hyphens := strings.NewReplacer("Mühlberg", "Mühl-\nberg", "Dienstag", "Diens-\ntag", "Hansen", "Han-\nsen", "Friedrichshafen", "Fried-\nrichshafen",
		"Lindemann", "Linde-\nmann", "Konstanz", "Kon-\nstanz", "Kormoran", "Kor-\nmoran").Replace(ledger)
	names := strings.NewReplacer("Mühlberg", "Neptun", "Dienstag", "Mittwoch", "Hansen", "Schweizer", "Friedrichshafen", "Ulm",
		"Bernhard", "Jo", "Lindemann", "Wu", "Konstanz", "Überlingen", "Seeadler", "Uhu", "Kormoran", "Eiderente").Replace(ledger)
	for _, test := range []struct {
		name, text string
		want       bool
	}{
		{"a scan", scan, true},
		{"soft hyphens in it", strings.ReplaceAll(scan, "scha", "s\u00adcha"), true},
		{"hyphens at line ends", hyphens, true},
		{"other names", names, false},
		{"words left out", strings.NewReplacer(" neue", "", " Bernhard", "", " Dienstag", "", " Werft", "", " tragen", "").Replace(ledger), false},
		{"the same", ledger, false},
	} {
		var x Aligner
		a, b := tokenised(ledger), tokenised(test.text)
		x.Left(a)
		x.turnTo(b)
		k := block{AEnd: a.Text.Len(), BEnd: b.Text.Len()}
		if got := len(x.clearlyRead(nil, b, []block{k})) == 0; got != test.want {
			alike, other := x.differing(b, &k)
			t.Errorf("%s: misread %v; %d words with other letters, %d others", test.name, got, alike, other)
		}
	}
	figures := strings.Repeat("Am Montag kamen 120 Leute, am Freitag 340, im Juni 560. ", 3)
	others := strings.Repeat("Am Montag kamen 131 Leute, am Freitag 377, im Juni 592. ", 3)
	a, b := tokenised(figures), tokenised(others)
	var x Aligner
	x.Left(a)
	x.turnTo(b)
	if alike, other := x.differing(b, &block{AEnd: a.Text.Len(), BEnd: b.Text.Len()}); alike != 0 || other != 9 {
		t.Errorf("other figures: %d alike, %d others", alike, other)
	}
}

// Of a scan little is left in runs; what else agrees counts as well.
func TestScanIsReuse(t *testing.T) {
	text := "Die Werft Mühlberg übergab gestern drei neue Fähren an eine Reederei aus Friedrichshafen, die den Betrieb im Frühjahr aufnehmen wird."
	scan := "Dic Werft Müh1berg übergab gcstern drei neue Fährcn an einc Reederei aus Friedrichshofen, die dcn Betrieb im Frühjohr aufnehmen wird."
	if m := compare(tokenised(text), tokenised(scan)); !m.Kind.Reuse() {
		t.Errorf("%s: %s", m.Kind, m.Evidence.Rule)
	}
}
