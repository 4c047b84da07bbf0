package reuse

import "testing"

// TestHalves: a sentence that says what two others say far apart is in a passage with each of
// them, cut behind a mark, and with one of them only if both say the same.
func TestHalves(t *testing.T) {
	const (
		bridge  = "The council of Lindhafen voted for the long disputed bridge across the estuary"
		brewery = "the brewery of Quastenbeck closes its bottling plant before Christmas."
		filler  = " Nothing else of note happened there. Nobody complained about it in the evening. Most people went home early. "
	)
	for name, c := range map[string]struct {
		first, last string
		want        [2]string // of the sentence, by the passages of the first and of the last one
	}{
		"two sentences": {"The long disputed bridge across the estuary got the votes of the council of Lindhafen yesterday.",
			"Before Christmas the bottling plant of the Quastenbeck brewery closes, as everybody had feared.",
			[2]string{bridge, brewery}},
		"one sentence twice": {"The long disputed bridge across the estuary got the votes of the council of Lindhafen yesterday.",
			"The council of Lindhafen gave its votes to the long disputed bridge across the estuary, it said.",
			[2]string{bridge + ", and " + brewery, ""}},
	} {
		a, b := tokenised(c.first+filler+c.last), tokenised(bridge+", and "+brewery)
		x := facing(a, b)
		x.ownA, x.ownB = make([]int32, a.Text.Len()), make([]int32, b.Text.Len())
		u := a.Text.Sentences
		blocks := []block{{A: 0, AEnd: u[0].To, B: 0, BEnd: b.Text.Len(), Similarity: .6}}
		x.own(&blocks[0], 0)
		blocks = x.halve(b, blocks, likeness{a: len(u) - 1, b: 0, g: .5})
		var got [2]string
		for i, k := range blocks {
			span := cut(&b.Text, k.B, k.BEnd)
			got[i] = (bridge + ", and " + brewery)[span.Start:span.End]
		}
		if c.want[1] != "" {
			c.want[1] = "and " + c.want[1]
		}
		if got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Neither a sentence that is part of a passage nor one without is cut for the other.
func TestHalvesOfWholes(t *testing.T) {
	const text = "The council of Lindhafen voted for the bridge. The brewery of Quastenbeck closes its plant."
	a, b := tokenised(text), tokenised(text)
	n := a.Text.Sentences[0].To
	for name, c := range map[string]struct {
		blocks []block
	}{
		"free on both sides":   {nil},
		"in one passage":       {[]block{{A: 0, AEnd: n, B: 0, BEnd: n, Similarity: .6}}},
		"in two passages":      {[]block{{A: 0, AEnd: n, B: n, BEnd: b.Text.Len(), Similarity: .6}, {A: n, AEnd: a.Text.Len(), B: 0, BEnd: n, Similarity: .6}}},
		"in a verbatim one":    {[]block{{A: n, AEnd: a.Text.Len(), B: 0, BEnd: n, Equal: n, Similarity: .95}}},
		"in one of its halves": {[]block{{A: 0, AEnd: n - 3, B: 0, BEnd: n - 3, Similarity: .6}}},
	} {
		x := facing(a, b)
		x.ownA, x.ownB = make([]int32, a.Text.Len()), make([]int32, b.Text.Len())
		for i := range c.blocks {
			x.own(&c.blocks[i], i)
		}
		if got := x.halve(b, c.blocks, likeness{g: .5}); len(got) != len(c.blocks) {
			t.Errorf("%s: %+v", name, got)
		}
	}
}
