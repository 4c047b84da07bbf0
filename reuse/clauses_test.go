package reuse

import (
	"slices"
	"strings"
	"testing"
)

// TestClauses: a reworded passage begins and ends with a clause if little is missing.
func TestClauses(t *testing.T) {
	const text = "When the council met on Monday, it voted for the long disputed bridge, and nobody in the old harbour quarter of the town of Lindhafen went home"
	d := tokenised(text + ".")
	masked := tokenised(text + ".")
	masked.Mask = make([]bool, masked.Text.Len())
	masked.Mask[6] = true
	for name, c := range map[string]struct {
		d        *Document
		from, to int
		want     string
	}{
		"a clause":              {d, 6, 13, "it voted for the long disputed bridge"},
		"without its edges":     {d, 8, 12, "it voted for the long disputed bridge"},
		"more than is taken in": {d, 8, 15, "it voted for the long disputed bridge, and nobody"},
		"a word of the next":    {d, 6, 14, "it voted for the long disputed bridge, and"},
		"the sentence":          {d, 1, 22, "When the council met on Monday, it voted for the long disputed bridge, and nobody in the old harbour quarter of the town of Lindhafen went home."},
		"furniture":             {masked, 7, 12, "voted for the long disputed bridge"},
	} {
		owners := make([]int32, c.d.Text.Len())
		from, to := c.d.clauses(c.from, c.to, owners)
		span := cut(&c.d.Text, from, to)
		if got := (text + ".")[span.Start:span.End]; got != c.want {
			t.Errorf("%s: %q", name, got)
		}
		owners[c.to] = 1
		if _, to := c.d.clauses(c.from, c.to, owners); to != c.to {
			t.Errorf("%s: into another passage, up to %d", name, to)
		}
	}
}

// TestAside: an age or a party in brackets begins no clause.
func TestAside(t *testing.T) {
	for text, want := range map[string]int{
		"Anna Greene (46) did not vote for the bridge.":                        0,
		"Anna Greene of the council (46) did not vote for the bridge.":         0,
		"Anna Greene, who is 46, did not vote for the bridge.":                 5,
		"Anna Greene of the old council of Lindhafen (46) did not vote for it": 9,
	} {
		d := tokenised(text)
		from := slices.IndexFunc(d.Text.Start, func(at uint32) bool { return strings.HasPrefix(text[at:], "did") })
		if got, _ := d.clauses(from, d.Text.Len(), make([]int32, d.Text.Len())); got != want {
			t.Errorf("%s: from %d, want %d", text, got, want)
		}
	}
}

// What is verbatim stays as it is.
func TestToClauses(t *testing.T) {
	const text = "When the council met on Monday, it voted for the long disputed bridge, and nobody in the old harbour quarter went home."
	a, b := tokenised(text), tokenised(text)
	var x Aligner
	x.Left(a)
	x.turnTo(b)
	blocks := []block{{A: 0, AEnd: 4, B: 0, BEnd: 4, Equal: 4}, {A: 7, AEnd: 12, B: 7, BEnd: 13, Equal: 2, Similarity: .5}}
	x.toClauses(b, blocks)
	if want := (block{A: 6, AEnd: 13, B: 6, BEnd: 13, Equal: 2, Similarity: .5}); blocks[0].AEnd != 4 || blocks[1] != want {
		t.Errorf("%+v", blocks)
	}
}

// TestToMark: what begins or ends with a word or two of a clause leaves them off, if there is
// enough of it, but for half of two words that share an end.
func TestToMark(t *testing.T) {
	const said = "The council of the town voted for the long disputed bridge in the harbour on Monday"
	const long = " the tall spokeswoman of the new mayor of Lindhafen in the evening"
	for text, want := range map[string]string{
		said + ", said the" + long + ".":              said,
		said + ", said the mayor" + long + ".":        said + ", said the mayor",
		said + ", pre- and post" + long + ".":         said + ", pre- and post",
		"Many voted, said the" + long + ".":           "Many voted, said the",
		said + ", said the spokeswoman of the mayor.": said + ", said the spokeswoman of the mayor.",
	} {
		d := tokenised(text)
		end := strings.Index(text, long)
		if end < 0 {
			end = strings.Index(text, " spokeswoman")
		}
		to := 0
		for to < d.Text.Len() && int(d.Text.End[to]) <= end {
			to++
		}
		from, to := d.clauses(0, to, make([]int32, d.Text.Len()))
		span := cut(&d.Text, from, to)
		if got := text[span.Start:span.End]; got != want {
			t.Errorf("%s\n got %q\nwant %q", text, got, want)
		}
	}
}
