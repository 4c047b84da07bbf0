package reuse

import (
	"strings"
	"testing"
)

// What one source prints in articles on other things is furniture, and reuse where it is of
// the subject of one of them, where they begin with it, where they are short, or in articles of two
// sources.
func TestOff(t *testing.T) {
	const (
		baker = "Der Bäcker am Marktplatz öffnet seinen Laden künftig schon um fünf. Die Kunden der Frühschicht hatten darum gebeten, " +
			"und der Meister stellt zwei Gesellen ein. Brötchen und Kuchen gibt es dann auch sonntags. "
		crane = "Im Hafen wird der alte Kran abgebaut. Nach sechzig Jahren rostet der Ausleger, ein Schlepper bringt die Teile zur Werft. " +
			"Die Reederei zahlt den Abriss. "
		advert = "Sie wollen Ihr Erspartes klug anlegen und scheuen das Risiko der Börse? Unser kostenloses Seminar erklärt, " +
			"wie Anleger mit wenig Aufwand Rendite und Sicherheit verbinden. "
		oven = "Der Bäcker heizt den Ofen seit drei Generationen mit Holz, und der Teig für die Brötchen ruht bei ihm einen ganzen Tag lang. "
		town = "Auch der Bäcker in der Vorstadt hat nun sonntags offen. Zwei Gesellen backen Brötchen und Kuchen für die Frühschicht. "
	)
	bakery, harbour, suburb := strings.Repeat(baker, 8), strings.Repeat(crane, 9), strings.Repeat(town, 12)
	for _, c := range []struct {
		name, a, b string
		site       uint64
		off        bool
	}{
		{"an advert", bakery + advert, harbour + advert, 1, true},
		{"in the middle", baker + advert + bakery, crane + advert + harbour, 1, true},
		{"of two sources", bakery + advert, harbour + advert, 2, false},
		{"of the subject of one", bakery + oven, harbour + oven, 1, false},
		{"the beginning of one", advert + bakery, harbour + advert, 1, false},
		{"articles with more in common", bakery + advert, suburb + advert, 1, false},
		{"a part of short articles", baker + advert, crane + advert, 1, false},
		{"all but the headline", "Der alte Kran im Hafen fällt\n\n" + advert, "Bäcker öffnet künftig früher den Laden\n\n" + advert, 1, true},
		{"a headline of the subject", "Sparen ohne Risiko: Seminar für Anleger\n\n" + advert, "Wie Rendite und Sicherheit zu verbinden sind\n\n" + advert, 1, false},
	} {
		a, b := tokenised(c.a), tokenised(c.b)
		a.Site, b.Site = 1, c.site
		m := compare(a, b)
		if m.Evidence.Words < MinEvidence || m.Evidence.Off != c.off || (m.Kind == Boilerplate) != c.off || !c.off && !m.Kind.Reuse() {
			t.Errorf("%s: %q, off %v, %s", c.name, m.Kind, m.Evidence.Off, m.Evidence.Rule)
		}
		if c.off && len(m.Passages) == 0 {
			t.Errorf("%s: what they share is not shown", c.name)
		}
	}
}
