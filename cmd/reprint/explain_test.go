package main

import (
	"encoding/json"
	"math"
	"testing"

	"reprint/reuse"
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
