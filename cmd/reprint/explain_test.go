package main

import (
	"encoding/json"
	"math"
	"slices"
	"testing"

	"reprint/boilerplate"
	"reprint/reuse"
	"reprint/shingle"
)

// The terms that explain prints of the sum for little evidence are all of it.
func TestLittleAddsUp(t *testing.T) {
	l := reuse.Little{Said: 4, Story: 5.5, Runs: 2, Names: 1.25, Held: -.75}
	b, err := json.Marshal(newLittle(&l))
	check(t, err)
	var terms map[string]float64
	check(t, json.Unmarshal(b, &terms))
	sum := -terms["sum"] - terms["needed"]
	for _, term := range terms {
		sum += term
	}
	if terms["needed"] != reuse.LittleFrom || math.Abs(sum-terms["sum"]) > 1e-3 {
		t.Errorf("%s: the terms come to %g", b, sum)
	}
	if newLittle(&reuse.Little{}) != nil {
		t.Error("a sum that was not asked is told")
	}
}

// The shingles outside marks are those of the stretches that marks leave, and a
// shingle beside a mark does not reach over it.
func TestGramsOutsideMarks(t *testing.T) {
	const one, mask, two, three = "Der Rat tagt am Freitag wieder. ", "Lesen Sie auch: mehr davon ", "Ja. ", "Am Abend sprach der Minister im Saal."
	marks := []boilerplate.Mark{{Span: shingle.Span{End: len(mask)}}}
	text := mask + one
	for _, s := range []string{two, three} {
		marks = append(marks, boilerplate.Mark{Span: shingle.Span{Start: len(text), End: len(text + mask)}})
		text += mask + s
	}
	want := slices.Concat(grams(one, nil), grams(two, nil), grams(three, nil))
	slices.Sort(want)
	if got := grams(text, marks); !slices.Equal(got, want) {
		t.Errorf("%d shingles, want %d", len(got), len(want))
	}
	if got := grams(text, []boilerplate.Mark{{Span: shingle.Span{End: len(text)}}}); len(got) > 0 {
		t.Errorf("%d shingles where all is masked", len(got))
	}
}
