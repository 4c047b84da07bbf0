package reuse

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// Each test here compares a step with the plainest code that does the same.

func TestMaximalRuns(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var x Aligner
		x.Left(a)
		x.Compare(b, nil) // used memory must not matter
		x.Compare(b, nil)
		got := slices.Clone(x.maximal(b))
		want := everyRun(a, b)
		slices.SortFunc(got, byPlace)
		slices.SortFunc(want, byPlace)
		if !repeatsTooOften(a) {
			if !slices.Equal(got, want) {
				t.Fatalf("got %v, want %v", got, want)
			}
			return
		}
		for i, r := range got {
			if !slices.Contains(want, r) || slices.Contains(got[:i], r) {
				t.Fatalf("%v is none of %v, or is there twice", r, want)
			}
		}
	})
}

func byPlace(r, s run) int { return cmp.Or(r.A-s.A, r.B-s.B, r.N-s.N) }

// everyRun tries all pairs of places.
func everyRun(a, b *Document) (runs []run) {
	apart := a.Site != b.Site || a.Site == 0
	same := func(i, j int) bool {
		return i >= 0 && j >= 0 && i < a.Text.Len() && j < b.Text.Len() &&
			a.Text.Hash[i] == b.Text.Hash[j] && (apart || a.masked(i) == b.masked(j))
	}
	for i := range a.Text.Len() {
		for j := range b.Text.Len() {
			if !same(i, j) || same(i-1, j-1) {
				continue
			}
			r := run{i, j, 0}
			for same(i+r.N, j+r.N) {
				r.N++
			}
			if r = bare(a, b, r); telltale(a, b, r) {
				runs = append(runs, r)
			}
		}
	}
	return runs
}

// bare takes off the furniture that both articles of one source have.
func bare(a, b *Document, r run) run {
	if a.Site != b.Site || a.Site == 0 {
		return r
	}
	for r.N > 0 && a.masked(r.A) {
		r = run{r.A + 1, r.B + 1, r.N - 1}
	}
	for r.N > 0 && a.masked(r.A+r.N-1) {
		r.N--
	}
	return r
}

// telltale reports whether r holds a gram that is furniture on neither side.
func telltale(a, b *Document, r run) bool {
	n := 0
	for i := range r.N {
		n++
		if a.masked(r.A+i) || b.masked(r.B+i) {
			n = 0
		}
		if n == gramWords {
			return true
		}
	}
	return false
}

// repeatsTooOften reports whether some gram stands in more than maxRepeats
// places of d, where the index looks at one place at a time.
func repeatsTooOften(d *Document) bool {
	count := map[uint64]int{}
	for i, g := range grams(nil, d) {
		if !d.maskedRun(i) {
			count[g]++
		}
	}
	for _, n := range count {
		if n > maxRepeats {
			return true
		}
	}
	return false
}

func TestLongestRunsFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var x Aligner
		x.Left(a)
		x.Compare(b, nil)
		got := slices.Clone(x.runs(b))
		if want := tiles(a, b, slices.Clone(x.maximal(b))); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// tiles lays runs, the longest first, where there is room.
func tiles(a, b *Document, runs []run) (kept []run) {
	slices.SortFunc(runs, func(r, s run) int { return cmp.Or(s.N-r.N, byPlace(r, s)) })
	usedA, usedB := map[int]bool{}, map[int]bool{}
	for _, r := range runs {
		best := run{}
		for from := range r.N {
			n := 0
			for from+n < r.N && !usedA[r.A+from+n] && !usedB[r.B+from+n] {
				n++
			}
			if n > best.N {
				best = run{r.A + from, r.B + from, n}
			}
		}
		if best = bare(a, b, best); !telltale(a, b, best) {
			continue
		}
		for n := range best.N {
			usedA[best.A+n], usedB[best.B+n] = true, true
		}
		kept = append(kept, best)
	}
	slices.SortFunc(kept, byPlace)
	return kept
}

func TestJaccardIsThatOfSets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		x.runs(b)
		want := shingle.Jaccard(shingle.Set(grams(nil, a)), shingle.Set(grams(nil, b)))
		want = math.Round(want*1e4) / 1e4
		if got := x.jaccard(b); got != want {
			t.Fatalf("got %v, want %v", got, want)
		}
		var y Aligner
		if b.Grams = y.CountGrams(grams(nil, b)); b.Grams != len(shingle.Set(grams(nil, b))) {
			t.Fatalf("%d grams, want %d", b.Grams, len(shingle.Set(grams(nil, b))))
		}
		if got := x.jaccard(b); got != want {
			t.Fatalf("with grams counted: got %v, want %v", got, want)
		}
	})
}

func TestBetweenIsLongestCommonSubsequence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alphabet := letters.Draw(t, "alphabet")
		left, right := randomWords(t, "a", alphabet), randomWords(t, "b", alphabet)
		left, right = left[:min(len(left), maxBridge)], right[:min(len(right), maxBridge)]
		a, b := worded(left), worded(right)
		x := Aligner{a: a}
		i, j := rapid.IntRange(0, len(left)).Draw(t, "i"), rapid.IntRange(0, len(right)).Draw(t, "j")
		got, want := x.between(b, i, len(left), j, len(right)), longestCommon(a.Text.Hash[i:], b.Text.Hash[j:])
		if got != want {
			t.Fatalf("got %d, want %d", got, want)
		}
	})
}

// longestCommon is the definition with the whole table.
func longestCommon(a, b []uint64) int {
	table := make([][]int, len(a)+1)
	for i := range table {
		table[i] = make([]int, len(b)+1)
	}
	for i := range a {
		for j := range b {
			table[i+1][j+1] = max(table[i][j+1], table[i+1][j])
			if a[i] == b[j] {
				table[i+1][j+1] = table[i][j] + 1
			}
		}
	}
	return table[len(a)][len(b)]
}

// TestPairs compares with a search for each pair of neighbours.
func TestPairs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.OneOf(rapid.Uint32Range(0, 5), rapid.Uint32())
		p, q := rapid.SliceOf(stem).Draw(t, "p"), rapid.SliceOf(stem).Draw(t, "q")
		want := 0
		for i := range max(0, len(p)-1) {
			for j := range max(0, len(q)-1) {
				if p[i] == q[j] && p[i+1] == q[j+1] {
					want++
					break
				}
			}
		}
		if got := pairs(p, q); got != want {
			t.Fatalf("%d, want %d", got, want)
		}
	})
}

// TestResume compares the places at which words agree again with all there are.
func TestResume(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var x Aligner
		x.Left(a)
		x.Compare(b, nil)
		for i := range x.takenA {
			x.takenA[i] = rapid.IntRange(0, 9).Draw(t, "taken") == 0
		}
		dir := rapid.SampledFrom([]int{-1, 1}).Draw(t, "dir")
		i, j := rapid.IntRange(-1, a.Text.Len()).Draw(t, "i"), rapid.IntRange(-1, b.Text.Len()).Draw(t, "j")
		da, db, n := x.resume(b, i, j, dir)
		if p, q, m := x.plainResume(b, i, j, dir); p != da || q != db || m != n {
			t.Fatalf("%d and %d to %d words, want %d and %d to %d", da, db, n, p, q, m)
		}
	})
}

// plainResume tries all numbers of skipped words.
func (x *Aligner) plainResume(b *Document, i, j, dir int) (da, db, n int) {
	free := func(d *Document, taken []bool, at, words int) bool {
		for s := range words {
			if p := at + dir*s; p < 0 || p >= len(taken) || taken[p] || d.masked(p) && !x.apart {
				return false
			}
		}
		return true
	}
	for cost := 1; cost <= 2*maxSkip; cost++ {
		for da := max(0, cost-maxSkip); da <= min(cost, maxSkip); da++ {
			db := cost - da
			if !free(x.a, x.takenA, i, da) || !free(b, x.takenB, j, db) {
				continue
			}
			if n := x.agree(b, i+dir*da, j+dir*db, dir); n >= anchorWords && n >= (cost+1)/2 {
				return da, db, n
			}
		}
	}
	return 0, 0, 0
}
