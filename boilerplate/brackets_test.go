package boilerplate

import (
	"strings"
	"testing"
)

// TestBrackets: of a bracket in square brackets all goes with five words of it.
func TestBrackets(t *testing.T) {
	const learnt = "Den Newsletter können Sie hier kostenlos bestellen: example.org"
	const wanted = "Alle Meldungen des Tages finden Sie in unserer neuen App."
	f := &Furniture{Patterns: []Pattern{
		{Source: "example.org", Text: learnt, Kind: Newsletter, Articles: 9, Days: 9, Decision: "strip", By: "learnt"},
		{Source: "example.org", Text: wanted, Kind: Repeated, Articles: 9, Days: 9, Decision: "keep", By: "person"},
	}}
	m := &Marker{Rules: Shipped(), Learnt: f.Learnt()}
	const a, b = "Der Rat tagt heute im großen Saal. ", " Er tagt auch morgen und lacht."
	const asked = "Wollen Sie mehr aus Ihrem Viertel lesen? "
	for what, marked := range map[string]string{
		"before it":            a + "⟦[" + asked + learnt + "]⟧" + b,
		"behind it":            a + "⟦[" + learnt + ". Es kommt jeden Morgen]⟧" + b,
		"by a rule":            a + "⟦[Lesen Sie auch: Der Fluss steigt. Die Brücke bleibt zu]⟧" + b,
		"no bracket":           a + asked + "⟦" + learnt + "⟧" + b,
		"not closed":           a + "[" + asked + "⟦" + learnt + "⟧" + b,
		"another line":         a + "[" + asked + "\n⟦" + learnt + "]⟧\n" + b,
		"two of them":          a + "[sic] " + "⟦[" + asked + learnt + "]⟧" + b,
		"one in another":       a + "[" + asked + "⟦[" + learnt + "]⟧" + b + "]",
		"too long":             a + "[" + prose("Anna", 20) + " ⟦" + learnt + "]⟧" + b,
		"what a person wanted": a + "⟦[" + strings.TrimSpace(asked) + "⟧ " + wanted + " ⟦" + learnt + "]⟧" + b,
	} {
		text := strings.NewReplacer("⟦", "", "⟧", "").Replace(marked)
		if got, _ := markLearnt(m, "example.org", text); strings.ReplaceAll(got, "⟧⟦", "") != marked {
			t.Errorf("%s:\n got %s\nwant %s", what, got, marked)
		}
	}
}
