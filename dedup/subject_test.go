package dedup

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/boilerplate"
	"reprint/reuse"
)

// What a text speaks of is what its definition says, however many stems it has, and
// whatever is not its own.
func TestTopics(t *testing.T) {
	var p topics
	rapid.Check(t, func(t *rapid.T) {
		many := rapid.SampledFrom([]int{3, 50, 3 * expectedStems}).Draw(t, "different stems")
		n := rapid.IntRange(0, 2*many).Draw(t, "stems")
		stem := func(i int) uint32 { return uint32(i)*2654435761 + 1 }
		var stems, title []uint32
		for i := range n {
			stems = append(stems, stem(i*i%many))
		}
		for i := range rapid.IntRange(0, 9).Draw(t, "title") {
			title = append(title, stem(i*7%many))
		}
		var freq reuse.Frequencies
		for i := range 5 {
			freq.Add(0, []uint32{stem(0), stem(1 + i%2)})
		}
		once, again := p.read(nil, nil, stems, title)
		if want := distinct(stems); !slices.Equal(once, want) {
			t.Fatalf("%d different stems, want %d", len(once), len(want))
		}
		held := stems[:rapid.IntRange(0, len(stems)).Draw(t, "not its own")]
		p.without(again, held)
		if got, want := p.of(again, &freq), subjectOf(stems[len(held):], title, &freq); got != want {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// distinct returns each stem once, in the order of the first.
func distinct(stems []uint32) (once []uint32) {
	known := map[uint32]bool{}
	for _, s := range stems {
		if !known[s] {
			once = append(once, s)
		}
		known[s] = true
	}
	return once
}

// subjectOf is what topics.of gives, by its definition.
func subjectOf(stems, title []uint32, freq *reuse.Frequencies) (s boilerplate.Subject) {
	times := map[uint32]int{}
	for _, stem := range stems {
		times[stem]++
	}
	for _, stem := range title {
		times[stem] += 4
	}
	type weighed struct {
		weight float64
		hash   uint16
	}
	var list []weighed
	for stem, n := range times {
		w := float64(n) * (math.Log(float64(freq.Docs+1)) - math.Log(float64(freq.Of(stem)+1)))
		if n >= leastTimes && w >= 0 {
			list = append(list, weighed{w, uint16(stem>>16) ^ uint16(stem) | 1})
		}
	}
	slices.SortFunc(list, func(a, b weighed) int { return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(b.hash, a.hash)) })
	for i := range min(len(list), len(s)) {
		s[i] = list[i].hash
	}
	return s
}
