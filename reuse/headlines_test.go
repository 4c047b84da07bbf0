package reuse

import "testing"

// TestOffHeadlines: a passage that begins with a sentence on one side does so on the other, too,
// without the headline that ran into it, unless that says what the first one says as well.
func TestOffHeadlines(t *testing.T) {
	const (
		head  = "Council votes for the long disputed bridge "
		below = "In the old harbour quarter many went home early and nobody voted in the end."
		said  = "Bridges are what the old harbour quarter needs most of all in the end."
		radio = "Mayor Anna Brandt told Lindhafen Radio on Monday: "
		name  = "The former mayor Anna Brandt said little about the long disputed bridge."
	)
	for of, c := range map[string]struct{ text, other, want string }{
		"a headline":          {head + below, below, below},
		"a short one":         {"Council votes " + below, below, "Council votes " + below},
		"one with a line":     {head + "\n\n" + below, below, below},
		"a sentence":          {"Some voted. " + below, below, "Some voted. " + below},
		"a speaker":           {"The mayor told us today: " + said, said, said},
		"who the other names": {radio + said, said + " So Mayor Anna Brandt on Lindhafen Radio on Monday.", radio + said},
		"the end of a name":   {name, "Brandt said little about the bridge.", name},
		"another beginning":   {head + below, "Many went home early in the old harbour quarter.", head + below},
		"little is left":      {head + "In the old harbour quarter.", below, head + "In the old harbour quarter."},
	} {
		d, other := tokenised(c.text), tokenised(c.other)
		left := block{AEnd: d.Text.Len(), BEnd: other.Text.Len(), Equal: 5, Similarity: .5}
		right := block{AEnd: other.Text.Len(), BEnd: d.Text.Len(), Equal: 5, Similarity: .5}
		var x Aligner
		x.Left(d)
		x.turnTo(other)
		x.offHeadlines(other, &left)
		x.Left(other)
		x.turnTo(d)
		x.offHeadlines(d, &right)
		for _, from := range []int{left.A, right.B} {
			if got := c.text[cut(&d.Text, from, d.Text.Len()).Start:]; got != c.want {
				t.Errorf("%s: %q", of, got)
			}
		}
		if left.B != 0 || right.A != 0 {
			t.Errorf("%s: the other side begins with word %d, %d", of, left.B, right.A)
		}
	}
}
