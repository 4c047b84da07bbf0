package reuse

import (
	"strings"
	"testing"
)

// Sentences told in another order, with hardly two words side by side in both, are a
// passage right beside one, on both sides, and nowhere else.
func TestLoose(t *testing.T) {
	const (
		shared = "Der Stadtrat von Quastenbeck lehnte den Ausbau der Uferpromenade am Dienstagabend nach dreistündiger Debatte mit knapper Mehrheit ab."
		told   = "Die Kämmerin warnte, Zinsen und Betonpreise verschlängen jeden Spielraum künftiger Haushalte."
		anew   = "Künftiger Spielraum der Haushalte werde von Betonpreisen sowie Zinsen verschlungen, mahnte Kämmerin Oellerich."
		other  = "Zuschauer pfiffen laut."
		more   = "Ein Imbisswagen versorgte derweil vor dem Rathaus die frierenden Anwohner mit Erbsensuppe."
	)
	for name, c := range map[string]struct {
		a, b string
		want bool
	}{
		"after it":    {"st", "sn", true},
		"before it":   {"ts", "ns", true},
		"further off": {"smmt", "soon", false},
		"on one side": {"st", "sonm", false},
		"alone":       {"t", "n", false},
	} {
		text := func(pattern string) string {
			return strings.NewReplacer("s", shared+" ", "t", told+" ", "n", anew+" ", "o", other+" ", "m", more+" ").Replace(pattern)
		}
		first, second := text(c.a), text(c.b)
		m := compare(tokenised(first), tokenised(second))
		got := false
		for _, p := range m.Passages {
			got = got || strings.Contains(first[p.A.Start:p.A.End], told) && strings.Contains(second[p.B.Start:p.B.End], anew)
		}
		if got != c.want {
			t.Errorf("%s: %t, %q, %v", name, got, m.Kind, m.Passages)
		}
	}
}

// TestInRow: only what stands on the same side of a block in both documents, and near it,
// is in a row with it.
func TestInRow(t *testing.T) {
	text := strings.Repeat("Eins zwei drei vier. ", 12)
	a, b := tokenised(text), tokenised(text)
	at := func(s, u int) block { return block{A: 4 * s, AEnd: 4*s + 4, B: 4 * u, BEnd: 4*u + 4} }
	for name, c := range map[string]struct {
		other block
		want  bool
	}{
		"right after":     {at(6, 6), true},
		"three after":     {at(8, 6), true},
		"four after":      {at(9, 6), false},
		"four after in b": {at(6, 9), false},
		"right before":    {at(4, 3), true},
		"crossed":         {at(6, 4), false},
	} {
		blocks := []block{at(5, 5), c.other}
		i := 0
		if c.other.A < blocks[0].A {
			blocks, i = []block{c.other, blocks[0]}, 1
		}
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		if got := x.inRow(b, blocks, i, rowWithin); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
