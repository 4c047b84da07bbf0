package reuse

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

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

// nameRun finds what the classic table of runs in common does.
func TestNameRun(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		x := facing(a, b)
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
