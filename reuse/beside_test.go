package reuse

import (
	"slices"
	"testing"
)

const (
	opened   = "Die Kleinstadt Quastenbeck eröffnet nach jahrelangem Streit im Frühjahr ein Hallenbad mit Sauna, Rutsche und einem Becken für Nichtschwimmer."
	opening  = "Nach jahrelangem Streit wird in der Kleinstadt Quastenbeck im kommenden Frühjahr das Hallenbad eröffnet, mit Rutsche, Sauna und Nichtschwimmerbecken."
	swimming = " „Wer einmal in kaltem Seewasser geschwommen ist, weiß warme Fliesen zu schätzen“, "
)

// TestBesides: a long sentence that says in other words what one of the other article
// says is running text in common if both quote the same words.
func TestBesides(t *testing.T) {
	var (
		said  = swimming + "sagte die Bürgermeisterin. " + restA
		added = swimming + "erklärte Amalie Wolpertinger. " + restB
	)
	for _, test := range []struct {
		name          string
		first, second string
		days          int
		kind          Kind
	}{
		{"beside a quotation", opened + said, opening + added, 1, Republished},
		{"weeks later", opened + said, opening + added, 30, Quote},
		{"without a quotation", opened + restA, opening + restB, 1, ""},
		{"nothing but the quotation", said, added, 1, Quote},
		{"quoted, too", "„" + opened + "“" + said, "„" + opening + "“" + added, 1, Quote},
	} {
		a, b := tokenised(test.first), tokenised(test.second)
		a.Day, b.Day = 100, 100+test.days
		a.Site, b.Site = 7, 7 // no retelling is looked for
		if m := compare(a, b); m.Kind != test.kind || (m.Evidence.Beside > 0) != test.kind.Reuse() {
			t.Errorf("%s: %q, %+v", test.name, m.Kind, m.Evidence)
		}
	}
}

// TestBesideOfOne: of one source less has to be said the same beside a quotation, the less
// the more is quoted. Of two sources both have it from who spoke. What is said is shown,
// however little of it agrees in order.
func TestBesideOfOne(t *testing.T) {
	const (
		opens  = "Das Hallenbad von Quastenbeck soll nach Angaben der Stadtwerke schon im Frühjahr eröffnet werden. "
		again  = "Schon im Frühjahr solle das Hallenbad eröffnet werden, hieß es bei den Stadtwerken von Quastenbeck. "
		short  = "Das Hallenbad von Quastenbeck soll im Frühjahr eröffnet werden."
		turned = "Im Frühjahr werde das Hallenbad eröffnet, hieß es in Quastenbeck."
		more   = "Wir haben lange genug darauf gewartet, und wir werden uns diesen Tag von niemandem mehr nehmen lassen"
	)
	for _, test := range []struct {
		name          string
		first, second string
		site          uint64
		kind          Kind
	}{
		{"of one source", opens + swimming + "sagte sie. „" + more + ".“ " + restA, again + swimming + "so Amalie Wolpertinger. „" + more + ".“ " + restB, 7, Republished},
		{"in another order, far from it", swimming + "sagte sie. „" + more + ".“ " + restA + " " + short, swimming + "so Amalie Wolpertinger. „" + more + ".“ " + restB + " " + turned, 7, Republished},
		{"of two", opens + swimming + "sagte sie. „" + more + ".“ " + restA, again + swimming + "so Amalie Wolpertinger. „" + more + ".“ " + restB, 8, Quote},
		{"little is quoted", opens + swimming + "sagte sie. " + restA, again + swimming + "so Amalie Wolpertinger. " + restB, 7, Quote},
		{"nothing is said", swimming + "sagte sie. „" + more + ".“ " + restA, swimming + "so Amalie Wolpertinger. „" + more + ".“ " + restB, 7, Quote},
	} {
		a, b := tokenised(test.first), tokenised(test.second)
		a.Day, b.Day, a.Site, b.Site = 100, 101, 7, test.site
		m := compare(a, b)
		if m.Kind != test.kind || (m.Evidence.Beside > 0) != test.kind.Reuse() {
			t.Errorf("%s: %q, %+v", test.name, m.Kind, m.Evidence)
		}
		shown := slices.ContainsFunc(m.Passages, func(p Passage) bool { return p.Type == Reworded })
		if shown != test.kind.Reuse() {
			t.Errorf("%s: what is said is shown: %v", test.name, shown)
		}
	}
}
