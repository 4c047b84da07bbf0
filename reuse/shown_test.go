package reuse

import "testing"

// What is to be shown of two sentences says the same if much of it agrees in order, names
// left out, and if it is all of them; less will do for what stands beside another passage
// or holds more sentences, and more is asked of short ones and of those of other days.
func TestShownOdds(t *testing.T) {
	const (
		first  = "Der Rat der Stadt Quastenbeck hat den lange umstrittenen Neubau der Brücke am Montag nach heftiger Debatte beschlossen. Niemand ging danach gleich nach Hause."
		second = "Nach heftiger Debatte beschloss der Rat der Stadt Quastenbeck am Montag den Neubau der lange umstrittenen Brücke. Keiner ging danach gleich nach Hause."
	)
	a, b := tokenised(first), tokenised(second)
	x := facing(a, b)
	end, endB := a.Text.Sentences[0].To, b.Text.Sentences[0].To
	whole := block{A: 0, AEnd: end, B: 0, BEnd: endB, Similarity: .7}
	odds := func(blocks ...block) float64 { return x.shownOdds(b, blocks, 0) }
	all := odds(whole)
	piece := block{A: 0, AEnd: end - 5, B: 3, BEnd: endB, Similarity: .7}
	short := block{A: 5, AEnd: end, B: endB - briefWords, BEnd: endB, Similarity: .7}
	both := block{A: 0, AEnd: a.Text.Len(), B: 0, BEnd: b.Text.Len(), Similarity: .7}
	next := block{A: end, AEnd: a.Text.Len(), B: endB, BEnd: b.Text.Len()}
	for name, c := range map[string]struct {
		less, more float64
	}{
		"a piece":               {odds(piece), all},
		"a short one":           {odds(short), all},
		"beside another":        {all, odds(whole, next)},
		"more sentences":        {all, odds(both)},
		"a name and other news": {x.shownOdds(b, []block{{A: 1, AEnd: 5, B: 4, BEnd: 8}}, 0), all},
	} {
		if c.less >= c.more {
			t.Errorf("%s: %.2f and %.2f", name, c.less, c.more)
		}
	}
	a.Day, b.Day = 1, 9
	if later := odds(whole); later >= all {
		t.Errorf("days later: %.2f and %.2f", later, all)
	}
}

// What hardly says the same is not shown, unless there is nothing else; what is verbatim or
// tells reuse is.
func TestDropDoubtful(t *testing.T) {
	const (
		first  = "Die Kämmerin von Quastenbeck warnte vor Zinsen. Der Rat beschloss den umstrittenen Neubau der alten Brücke."
		second = "In Quastenbeck wohnt die Kämmerin. Den umstrittenen Neubau der alten Brücke hat der Rat beschlossen."
	)
	a, b := tokenised(first), tokenised(second)
	end, endB := a.Text.Sentences[0].To, b.Text.Sentences[0].To
	doubtful := block{A: 0, AEnd: end, B: 0, BEnd: endB, Similarity: .5}
	sure := block{A: end, AEnd: a.Text.Len(), B: endB, BEnd: b.Text.Len(), Similarity: .8}
	verbatim := doubtful
	verbatim.Equal = end
	for name, c := range map[string]struct {
		blocks []block
		told   []likeness
		want   int
	}{
		"one of two":        {[]block{doubtful, sure}, nil, 1},
		"nothing else":      {[]block{doubtful}, nil, 1},
		"verbatim":          {[]block{verbatim, sure}, nil, 2},
		"it tells reuse":    {[]block{doubtful, sure}, []likeness{{a: 0, b: 0}}, 2},
		"the other one did": {[]block{doubtful, sure}, []likeness{{a: 1, b: 1}}, 1},
	} {
		x := facing(a, b)
		x.told = c.told
		if got := x.dropDoubtful(b, c.blocks); len(got) != c.want {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

// Between two English texts less is asked.
func TestShownFrom(t *testing.T) {
	const (
		german  = "Die Stadt hat die Brücke über den Fluss gesperrt, weil sie nach dem Hochwasser nicht mehr sicher ist."
		english = "The town has closed the bridge over the river because it is no longer safe after the flood of the last few days."
		greek   = "Η πόλη έκλεισε τη γέφυρα."
	)
	for _, c := range []struct {
		first, second string
		want          float64
	}{{german, german, shownFrom}, {english, english, englishFrom}, {german, english, shownFrom}, {english, greek, shownFrom}} {
		b := tokenised(c.second)
		if got := facing(tokenised(c.first), b).shownFrom(b); got != c.want {
			t.Errorf("%q and %q: from %g", c.first, c.second, got)
		}
	}
}
