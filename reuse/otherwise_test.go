package reuse

import "testing"

// Two sentences that name the thing both documents are about say the same only if more is
// the same: verbs and small words, or what hardly another sentence holds.
func TestOtherwise(t *testing.T) {
	const (
		more = " Der Quastenbecker Bürgermeister Karl Wolpertinger schweigt dazu. Quastenbeck wartet. Karl Wolpertinger kennt die Quastenbecker."
		a    = "In Quastenbeck droht dem beliebten Bürgermeister Karl Wolpertinger wegen seiner Nebeneinkünfte die Abwahl."
	)
	for name, c := range map[string]struct {
		b    string
		days [2]int
		want bool
	}{
		"another thing of the same man": {"Morgen eröffnet Karl Wolpertinger, Bürgermeister von Quastenbeck, zwischen Regenschauern ein Freibad.", [2]int{}, true},
		"on another day":                {"Morgen eröffnet Karl Wolpertinger, Bürgermeister von Quastenbeck, zwischen Regenschauern ein Freibad.", [2]int{3, 8}, true},
		"the same in other words":       {"Karl Wolpertinger, dem Bürgermeister von Quastenbeck, droht die Abwahl wegen zu hoher Nebeneinkünfte.", [2]int{}, false},
		"in small words only":           {"Wegen seiner Trägheit droht in Quastenbeck dem beliebten Gärtner Karl Wolpertinger die Kündigung.", [2]int{}, false},
		"in rare words only":            {"Nebeneinkünfte: Abwahl von Bürgermeister Karl Wolpertinger möglich.", [2]int{}, false},
		"and no small words at all":     {"QUASTENBECK WARTET AUF BÜRGERMEISTER KARL WOLPERTINGER", [2]int{}, false},
	} {
		first, second := tokenised(a+more), tokenised(c.b+more)
		first.Day, second.Day = c.days[0], c.days[1]
		var x Aligner
		x.Left(first)
		x.turnTo(second)
		x.profile(second)
		k := block{A: 0, AEnd: first.Text.Sentences[0].To, B: 0, BEnd: second.Text.Sentences[0].To, Similarity: .6}
		if got := x.otherwise(second, k); got != c.want {
			t.Errorf("%s: %t, likeness %.2f, small words %.2f", name, got, x.ownLikeness(k), x.smallInBoth(second, k))
		}
	}
}
