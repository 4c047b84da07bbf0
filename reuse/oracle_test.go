package reuse

import (
	"cmp"
	"math"
	"slices"
	"strings"
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
			here, all := map[uint64]bool{}, grams(nil, d)
			var scratch []uint64
			for _, k := range d.Keys(nil, &scratch) {
				if k.Hash != all[k.Pos] || d.maskedRun(k.Pos) {
					t.Fatalf("key %+v is not where it says, or is furniture", k)
				}
				// Where the text repeats itself, the key may stand before.
				if slices.Contains(all[len(before):len(before)+len(words)-gramWords+1], k.Hash) {
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

// chosen reports whether the least of the words stands first or last.
func chosen(words []uint64) bool {
	inner := words[1]
	for _, w := range words[2 : gramWords-1] {
		inner = min(inner, w)
	}
	return min(words[0], words[gramWords-1]) <= inner
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

func TestSharesMore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		p, q := new(Derived).profileOf(a, new(wordScratch)), new(Derived).profileOf(b, new(wordScratch))
		taken := func(d *Document) []bool {
			return rapid.SliceOfN(rapid.SampledFrom([]bool{false, false, false, true}), d.Text.Len(), d.Text.Len()).Draw(t, "taken")
		}
		x := Aligner{left: p, right: q, takenA: taken(a), takenB: taken(b)}
		n, both := plainElsewhere(p, x.takenA, q)
		m, more := plainElsewhere(q, x.takenB, p)
		want := both+more > 0 && float64(both+more) >= storyShare*float64(n+m)
		if got := x.sharesMore(); got != want {
			t.Fatalf("%v, want %v: %d and %d of %d and %d", got, want, both, more, n, m)
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

// TestUnlike: what is left out of the likenesses is less like than anything asks for,
// however common its words are in the left document.
func TestUnlike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		if n := rapid.IntRange(0, 8).Draw(t, "times"); n > 4 { // words too often to be told by
			all := make([]int, n*30)
			for i := range all {
				all[i] = i % 7
			}
			a = wordedTo(all, []int{0, 3})
		}
		rare := rapid.SliceOfN(rapid.Byte(), 64, 64).Draw(t, "rarities")
		for _, d := range []*Document{a, b} {
			d.Rarity = make([]uint8, d.Text.Len())
			for i, stem := range d.Text.Stem {
				d.Rarity[i] = rare[stem%64]
			}
		}
		if rapid.Bool().Draw(t, "uneven") {
			for i, stem := range b.Text.Stem {
				b.Rarity[i] = rare[stem/64%64]
			}
		}
		x := Aligner{da: new(Derived), db: new(Derived)}
		x.a = a
		x.profile(b)
		p, q := x.left, x.right
		x.meetWords()
		x.common = make([]int32, len(p.mass))
		even := x.evenly()
		for s := range q.mass {
			beyond := x.meetSentence(s)
			for u := range p.mass {
				l, ok := liken(p, q, u, s)
				if unlike(p, q, u, s, x.common[u]+beyond, even, leastLike) && (ok && l.g > leastLike+.005 || l.g > sentenceNone) {
					t.Fatalf("sentences %d and %d are %+v", u, s, l)
				}
				x.common[u] = 0
			}
		}
	})
}

// TestInOrder compares with the table of all beginnings.
func TestInOrder(t *testing.T) {
	var x Aligner
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.OneOf(rapid.Uint32Range(0, 5), rapid.Uint32())
		p, q := rapid.SliceOfN(stem, 0, 150).Draw(t, "p"), rapid.SliceOfN(stem, 0, 150).Draw(t, "q")
		best := make([][]int, len(p)+1)
		for i := range best {
			best[i] = make([]int, len(q)+1)
			for j := range best[i] {
				switch {
				case i == 0 || j == 0:
				case p[i-1] == q[j-1]:
					best[i][j] = best[i-1][j-1] + 1
				default:
					best[i][j] = max(best[i-1][j], best[i][j-1])
				}
			}
		}
		if got := x.inOrder(p, q); got != best[len(p)][len(q)] {
			t.Fatalf("%d, want %d", got, best[len(p)][len(q)])
		}
	})
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

// TestKeysOfRepetition: a text that repeats itself without end has no more keys and
// couples than one that does so a few times, and each where it stands first.
func TestKeysOfRepetition(t *testing.T) {
	for _, words := range []string{"nein ", "Zu diesem Thema liegen der Staatsanwaltschaft Osnabrück heute keine Ermittlungsakten vor. "} {
		few, many := tokenised(strings.Repeat(words, 20)), tokenised(strings.Repeat(words, 20_000))
		for _, d := range []*Document{few, many} {
			d.Rarity = (&Frequencies{}).Rarities(nil, &d.Text, nil)
		}
		var scratch []uint64
		want, got := few.Keys(nil, &scratch), many.Keys(nil, &scratch)
		if !slices.Equal(got, want) || len(got) == 0 || len(got) > gramWords*len(strings.Fields(words)) {
			t.Errorf("%d keys, want the %d of few repetitions", len(got), len(want))
		}
		if got, want := many.Couples(nil), few.Couples(nil); !slices.Equal(got, want) {
			t.Errorf("%d couples, want the %d of few repetitions", len(got), len(want))
		}
	}
}

// TestFirstKeys: whatever is not given again was given at its first place.
func TestFirstKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d, _ := randomPair(t)
		var scratch []uint64
		var want []Key
		for i, h := range grams(nil, d) {
			if chosen(d.Text.Hash[i:i+gramWords]) && !d.maskedRun(i) {
				want = append(want, Key{h, i})
			}
		}
		if got := d.Keys(nil, &scratch); !slices.Equal(firsts(got), firsts(want)) {
			t.Fatalf("got %v, want the first ones of %v", got, want)
		}
	})
}

// TestKeySet: the keys of a document without furniture, each once, in memory that was used
// before.
func TestKeySet(t *testing.T) {
	var s KeySet
	rapid.Check(t, func(t *rapid.T) {
		d, _ := randomPair(t)
		d.Mask = nil
		var scratch []uint64
		all := []uint64{7}
		for _, k := range d.Keys(nil, &scratch) {
			if !slices.Contains(all[1:], k.Hash) {
				all = append(all, k.Hash)
			}
		}
		if got := s.Append([]uint64{7}, d); !slices.Equal(got, all) {
			t.Fatalf("keys %x, want %x", got, all)
		}
	})
}

// nameRun finds what the classic table of runs in common does.
func TestNameRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		x.profile(b)
		for s := range x.left.mass {
			for u := range x.right.mass {
				l := likeness{a: s, b: u}
				if got, want := x.nameRun(x.left, x.right, l), nameTable(x.left, x.right, l); got != want {
					t.Fatalf("sentences %d and %d: %g, want %g", s, u, got, want)
				}
			}
		}
	})
}

// nameTable is nameRun by a table of all pairs of words.
func nameTable(a, b *profile, l likeness) (most float32) {
	type named struct {
		mass float32
		n    int
	}
	u, v := a.doc.Text.Sentences[l.a], b.doc.Text.Sentences[l.b]
	u.To, v.To = min(u.To, u.From+longSentence), min(v.To, v.From+longSentence)
	table := map[[2]int]named{}
	for i := u.From; i < u.To; i++ {
		for j := v.From; j < v.To; j++ {
			if a.doc.Text.Stem[i] != b.doc.Text.Stem[j] || a.doc.masked(i) || b.doc.masked(j) {
				continue
			}
			at := table[[2]int{i - 1, j - 1}]
			if mass := min(a.name(i), b.name(j)); mass > 0 {
				at.mass, at.n = at.mass+mass, at.n+1
			}
			if table[[2]int{i, j}] = at; at.n >= leastNames {
				most = max(most, at.mass)
			}
		}
	}
	return most
}
