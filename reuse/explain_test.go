package reuse

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// Explaining changes no verdict, and what the runs add is the evidence, but
// for stretches of noisy text.
func TestExplain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		want := compare(a, b)
		var x Aligner
		x.Left(a)
		got, runs := x.Explain(b, nil)
		if got.Kind != want.Kind || got.Evidence != want.Evidence || len(got.Passages) != len(want.Passages) {
			t.Fatalf("explained %+v, compared %+v", got, want)
		}
		if len(runs) != want.Evidence.Runs {
			t.Fatalf("%d runs, want %d", len(runs), want.Evidence.Runs)
		}
		sum, longest := 0.0, 0
		for _, r := range runs {
			sum += r.Weight
			longest = max(longest, r.Words)
			if r.Own > float64(r.Words) || r.A.Start >= r.A.End || r.B.Start >= r.B.End || r.Weight < 0 {
				t.Fatalf("run %+v", r)
			}
		}
		if sum > want.Evidence.Words+1e-9 || longest < want.Evidence.Longest {
			t.Fatalf("runs of %d words at most add %g, evidence %+v", longest, sum, want.Evidence)
		}
		if again, runs := x.Compare(b, nil), x.listed; math.Abs(again.Evidence.Words-want.Evidence.Words) > 1e-9 || len(runs) != want.Evidence.Runs {
			t.Fatal("comparing lists runs")
		}
	})
}
