package copies

import (
	"math/rand/v2"
	"testing"
)

// plainDistance is Levenshtein's table.
func plainDistance(a, b []uint64) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0]++
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func TestDistance(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	text := func(n, letters int) []uint64 {
		s := make([]uint64, n)
		for i := range s {
			s[i] = r.Uint64N(uint64(letters))
		}
		return s
	}
	var x editor
	for range 20_000 {
		letters := 1 + r.IntN(6)
		a, b := text(r.IntN(14), letters), text(r.IntN(14), letters)
		want, limit := plainDistance(a, b), r.IntN(16)
		if got := x.distance(a, b, limit); got != min(want, limit+1) {
			t.Fatalf("%v to %v within %d: %d, want %d", a, b, limit, got, want)
		}
	}
	a := text(3000, 1000)
	b := append(append([]uint64{7, 8}, a[:1500]...), a[1501:]...)
	if got := x.distance(a, b, 600); got != 3 {
		t.Errorf("two put in and one taken out: %d", got)
	}
}
