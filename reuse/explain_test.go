package reuse

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
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
		if len(runs) < want.Evidence.Runs {
			t.Fatalf("%d runs, want %d", len(runs), want.Evidence.Runs)
		}
		for _, s := range runs[want.Evidence.Runs:] {
			if !isSentence(&a.Text, s.A) || !isSentence(&b.Text, s.B) {
				t.Fatalf("%+v is neither a run nor a sentence", s)
			}
		}
		sum, longest, listed := 0.0, 0, len(runs)
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
		if again, runs := x.Compare(b, nil), x.listed; math.Abs(again.Evidence.Words-want.Evidence.Words) > 1e-9 || len(runs) != listed {
			t.Fatal("comparing lists runs")
		}
	})
}

// isSentence reports whether s is a sentence of t, to its last word.
func isSentence(t *shingle.Text, s shingle.Span) bool {
	return slices.ContainsFunc(t.Sentences, func(u shingle.Unit) bool { return t.Span(u.From, u.To) == s })
}

// A sentence that says more by what agrees in it than by its runs is listed
// after them.
func TestExplainSentence(t *testing.T) {
	a, b := worded(slices.Repeat([]int{1}, 15)), worded(slices.Repeat([]int{1}, 30))
	for i := range 6 {
		b.Text.Flag[i] |= shingle.Quoted
	}
	var x Aligner
	x.Left(a)
	m, runs := x.Explain(b, nil)
	if n := m.Evidence.Runs; len(runs) != n+1 || !isSentence(&a.Text, runs[n].A) || !isSentence(&b.Text, runs[n].B) {
		t.Errorf("%d runs, listed are %+v", n, runs)
	}
}
