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
		if b.Grams = y.CountGrams(b); b.Grams != len(shingle.Set(grams(nil, b))) {
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

// TestEightWordsShareAKey: whatever stands around eight words, furniture or
// not, one of their keys is a key of the document.
func TestEightWordsShareAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alphabet := rapid.IntRange(1, 25).Draw(t, "alphabet")
		words := rapid.SliceOfN(rapid.IntRange(1, alphabet), 8, 8).Draw(t, "words")
		var common map[uint64]bool
		for _, side := range []string{"a", "b"} {
			before, after := randomWords(t, "before "+side, alphabet), randomWords(t, "after "+side, alphabet)
			d := worded(slices.Concat(before, words, after))
			d.Mask = randomMask(t, "mask "+side, d)
			if d.Mask != nil {
				clear(d.Mask[len(before) : len(before)+len(words)])
			}
			here := map[uint64]bool{}
			var scratch []uint64
			for _, k := range d.Keys(nil, &scratch) {
				if k.Hash != grams(nil, d)[k.Pos] || d.maskedRun(k.Pos) {
					t.Fatalf("key %+v is not where it says, or is furniture", k)
				}
				if k.Pos >= len(before) && k.Pos+gramWords <= len(before)+len(words) {
					here[k.Hash] = true
				}
			}
			if len(here) == 0 {
				t.Fatalf("eight words have no key")
			}
			if common == nil {
				common = here
			}
			for k := range common {
				if !here[k] {
					t.Fatalf("keys of the same words differ: %v and %v", common, here)
				}
			}
		}
	})
}

// TestChosenIsTwoOfFive pins what a key costs.
func TestChosenIsTwoOfFive(t *testing.T) {
	orders, firstOrLast := 0, 0
	for n := range 5 * 5 * 5 * 5 * 5 {
		words := []uint64{uint64(n % 5), uint64(n / 5 % 5), uint64(n / 25 % 5), uint64(n / 125 % 5), uint64(n / 625)}
		if len(shingle.Set(slices.Clone(words))) < 5 {
			continue
		}
		orders++
		if chosen(words) {
			firstOrLast++
		}
	}
	if 5*firstOrLast != 2*orders {
		t.Errorf("%d of %d orders are chosen, want two of five", firstOrLast, orders)
	}
}

func TestElsewhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		p, q := new(Derived).profileOf(a, new(wordScratch)), new(Derived).profileOf(b, new(wordScratch))
		taken := rapid.SliceOfN(rapid.SampledFrom([]bool{false, false, false, true}), a.Text.Len(), a.Text.Len()).Draw(t, "taken")
		x := Aligner{left: p, right: q}
		x.meetWords()
		wantAll, wantHeld := plainElsewhere(p, taken, q)
		if all, held := x.elsewhere(p, taken, q, true); all != wantAll || held != wantHeld {
			t.Fatalf("%d, of them %d; want %d, %d", all, held, wantAll, wantHeld)
		}
	})
}

// plainElsewhere asks for each word.
func plainElsewhere(p *profile, taken []bool, q *profile) (all, held int) {
	for s, u := range p.doc.Text.Sentences {
		for _, e := range p.stemsOf(s) {
			if e.rarity() < storyRarity || slices.Contains(taken[u.From:u.To], true) {
				continue
			}
			if all++; q.index.holds(e.stem()) {
				held++
			}
		}
	}
	return all, held
}
