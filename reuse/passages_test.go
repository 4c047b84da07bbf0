package reuse

import "testing"

// TestOffCrumbs: a passage does not begin with the last words of another sentence, nor end
// with the first ones of the next, unless they are a clause or there is more of it on either side.
func TestOffCrumbs(t *testing.T) {
	const shared = "Nobody in the old harbour quarter of Lindhafen went home before the vote was counted. "
	const (
		one    = "The council of the town opposed the long disputed bridge. "
		other  = "Quite early the mayor asked all members about a bridge. "
		brief  = "Not the bridge. "
		clause = "The council of the town wants the harbour, not the bridge. "
	)
	for name, c := range map[string]struct {
		a, b  string
		words int // of the sentence before that are in the block
		want  string
	}{
		"a word":                 {one + shared, other + shared, 1, shared},
		"two words":              {one + shared, other + shared, 2, shared},
		"a piece":                {one + shared, other + shared, 3, shared},
		"a third of a sentence":  {one + shared, other + shared, 4, "the long disputed bridge. " + shared},
		"a clause":               {clause + shared, other + shared, 3, "not the bridge. " + shared},
		"most of a sentence":     {brief + shared, other + shared, 2, "the bridge. " + shared},
		"nothing":                {one + shared, other + shared, 0, shared},
		"no sentence beyond it":  {one, other, 1, "bridge. "},
		"a run of five words":    {one + "Nobody went home early. ", other + "Nobody went home early. ", 1, "bridge. Nobody went home early. "},
		"all of a short one":     {"Bridge. " + shared, other + shared, 1, "Bridge. " + shared},
		"the other one is short": {one + shared, brief + shared, 2, "disputed bridge. " + shared},
	} {
		a, b := tokenised(c.a), tokenised(c.b)
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		i, j := a.Text.Sentences[0].To-c.words, b.Text.Sentences[0].To-c.words
		k := block{A: i, AEnd: a.Text.Len(), B: j, BEnd: b.Text.Len(), Equal: x.between(b, i, a.Text.Len(), j, b.Text.Len())}
		x.offCrumbs(b, &k)
		span := cut(&a.Text, k.A, k.AEnd)
		if got := c.a[span.Start:span.End] + " "; got != c.want {
			t.Errorf("%s, at the beginning: %q", name, got)
		}
		if k.Equal > k.AEnd-k.A {
			t.Errorf("%s: %d of %d words agree", name, k.Equal, k.AEnd-k.A)
		}
	}
	for name, next := range map[string]string{"": "The mayor of the town asked all members about it.", "misread ": "Tne mayor of the town asked all members about it."} {
		a, b := tokenised(shared+one), tokenised(shared+next)
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		n := a.Text.Sentences[0].To
		k := block{A: 0, AEnd: n + 1, B: 0, BEnd: n + 1, Equal: n + 1}
		if x.offCrumbs(b, &k); k != (block{A: 0, AEnd: n, B: 0, BEnd: n, Equal: n}) {
			t.Errorf("%sat the end: %+v", name, k)
		}
	}
	// A word of the crumb was misread: it agreed.
	a, b := tokenised("The mayor of the town spoke of 1997. "+shared), tokenised("Some members of the old council left in 1995. "+shared)
	var x Aligner
	x.Left(a)
	x.turnTo(b)
	i, j := a.Text.Sentences[0].To, b.Text.Sentences[0].To
	k, n := block{A: i - 1, AEnd: a.Text.Len(), B: j - 1, BEnd: b.Text.Len(), Equal: a.Text.Len() - i + 1}, a.Text.Len()-i
	if x.offCrumbs(b, &k); k.Equal != n || k.alike() != 1 {
		t.Errorf("%d of %d words agree", k.Equal, n)
	}
}
