package reuse

import (
	"math"
	"slices"
	"strings"
	"testing"
)

// sentenceOf is a sentence of n words of their own.
func sentenceOf(from, n int) string {
	s := strings.Join(words(from, n), " ")
	return strings.ToUpper(s[:1]) + s[1:] + ". "
}

// TestWholeStretch: words that differ in a sentence of noisy text take evidence off only
// if it is a part of one, or if the documents share more.
func TestWholeStretch(t *testing.T) {
	const n = 24
	first := sentenceOf(1000, n)
	list := words(1000, n)
	for i := 2; i < n-1; i += 3 {
		list[i] = word(5000 + i)
	}
	second := strings.ToUpper(list[0][:1]) + strings.Join(list, " ")[1:] + ". "
	equal := 0.0
	for i, w := range words(1000, n) {
		if w == list[i] {
			equal++
		}
	}
	whole := block{AEnd: n, BEnd: n, Equal: int(equal)}
	half := block{AEnd: n / 2, BEnd: n / 2, Equal: int(equal) / 2}
	for name, c := range map[string]struct {
		a, b string
		k    block
		want float64
	}{
		"nothing else":   {first + sentenceOf(1, 50), second + sentenceOf(200, 50), whole, equal - runToll},
		"one story":      {first + sentenceOf(1, 50), second + sentenceOf(1, 50), whole, equal - (n - equal) - runToll},
		"half sentences": {first + sentenceOf(1, 50), second + sentenceOf(200, 50), half, (float64(2*half.Equal-n/2) - runToll) * (max(apartWeight, ramp(.25, apartFilled, oneFilled)))},
	} {
		a, b := rare(c.a), rare(c.b)
		a.Rarity = slices.Repeat([]uint8{storyRarity * rarityUnit}, a.Text.Len())
		b.Rarity = slices.Repeat([]uint8{storyRarity * rarityUnit}, b.Text.Len())
		x := Aligner{blind: true}
		x.Left(a)
		x.turnTo(b)
		x.learn(nil)
		x.quoted, x.quotedB = x.da.quoted, x.db.quoted
		x.takenA, x.takenB = make([]bool, a.Text.Len()), make([]bool, b.Text.Len())
		x.take(0, c.k.AEnd, 0, c.k.BEnd)
		x.profile(b)
		if got := x.weighStretch(b, c.k); math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

// TestClearOf: a phrase that lies in a stretch on one side only gives way to it, a longer
// block does not.
func TestClearOf(t *testing.T) {
	a, b := rare(strings.Join(words(1, 80), " ")), rare(strings.Join(words(100, 80), " "))
	for equal, want := range map[int]bool{3: true, 12: false} {
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		x.ownA, x.ownB = make([]int32, 80), make([]int32, 80)
		blocks := []block{{A: 10, AEnd: 10 + equal, B: 50, BEnd: 50 + equal, Equal: equal}, {A: 25, AEnd: 30, B: 25, BEnd: 30, Equal: 5}}
		for i := range blocks {
			x.own(&blocks[i], i)
		}
		s := block{A: 5, AEnd: 45, B: 5, BEnd: 45, Equal: 30}
		x.inside, x.insideB = inside(nil, x.ownA[s.A:s.AEnd]), inside(nil, x.ownB[s.B:s.BEnd])
		if got := x.clearOf(s, blocks); got != want || want != (blocks[0] == block{}) || blocks[1].Equal != 5 {
			t.Errorf("%d words: %t, blocks %+v", equal, got, blocks)
		}
	}
}
