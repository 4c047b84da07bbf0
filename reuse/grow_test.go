package reuse

import "testing"

// TestGrow: the passage of a sentence that is two sentences of the other document holds
// both of them, unless the second one says something else.
func TestGrow(t *testing.T) {
	const (
		both  = "The merger of the Lindhafen brewery with its rival from Quastenbeck gives the shareholders of both a new company and one share of it for each old share they held. "
		first = "The Lindhafen brewery has proposed a merger with its rival from Quastenbeck. "
		more  = "Shareholders of both will be given one share of the new company for each old share held. "
		other = "Residents of the old harbour quarter have complained about the noise of the lorries. "
	)
	for name, c := range map[string]struct {
		second string
		at     int // sentence of the passage
		want   string
	}{
		"the sentence after":  {first + more, 0, first + more},
		"the sentence before": {more + first, 1, more + first},
		"another sentence":    {first + other, 0, first},
		"alone":               {first, 0, first},
	} {
		a, b := tokenised(both), tokenised(c.second)
		x := facing(a, b)
		x.ownA, x.ownB = make([]int32, a.Text.Len()), make([]int32, b.Text.Len())
		s := b.Text.Sentences[c.at]
		blocks := []block{{A: 0, AEnd: a.Text.Len(), B: s.From, BEnd: s.To, Similarity: .6}}
		x.own(&blocks[0], 0)
		x.grow(blocks)
		k := blocks[0]
		if got := c.second[cut(&b.Text, k.B, k.BEnd).Start:cut(&b.Text, k.B, k.BEnd).End] + " "; got != c.want {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// TestHeadingsLast: a sentence of the other document belongs to the one in the text, and
// to the headline only if there is none.
func TestHeadingsLast(t *testing.T) {
	const (
		headline = "Bürgermeisterin Wolpertinger eröffnet Freibad in Quastenbeck\n"
		lead     = "Mit einem Sprung ins Becken hat Bürgermeisterin Wolpertinger am Samstag das Freibad in Quastenbeck eröffnet.\n"
		second   = "Bürgermeisterin Wolpertinger eröffnete das Freibad in Quastenbeck mit einem Sprung.\n"
	)
	for _, c := range []struct {
		first string
		want  int // sentence
	}{{headline + lead, 1}, {headline + "Ganz anderes geschah am Abend in der Turnhalle.\n", 0}} {
		a, b := tokenised(c.first), tokenised(second)
		x := facing(a, b)
		list := headingsLast(x.likenesses(x.left, x.right), a, b)
		if len(list) == 0 || list[0].a != c.want {
			t.Errorf("%q: %+v", c.first, list)
		}
	}
}
