package reuse

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestMatchesAreWhole checks every match of random pairs: see invariants.
func TestMatchesAreWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		var x Aligner
		x.Left(a)
		m := x.Compare(b, randomSeeds(t, a))
		invariants(t, a, b, m)
	})
}

// TestUsedAligner has one Aligner compare many pairs, and a fresh one each of
// them: what was compared before must not matter.
func TestUsedAligner(t *testing.T) {
	var used Aligner
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		seeds := randomSeeds(t, a)
		used.Left(a)
		for range 2 {
			var fresh Aligner
			fresh.Left(a)
			want := fresh.Compare(b, seeds)
			if got := used.Compare(b, seeds); !reflect.DeepEqual(got, want) {
				t.Fatalf("got %+v, want %+v", got, want)
			}
		}
		used.CountGrams(grams(nil, a))
	})
}

// TestDerived: documents that keep what is found out about them match as those
// that do not, in either order and however often they are compared.
func TestDerived(t *testing.T) {
	var used Aligner
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		keptA, keptB := *a, *b
		keptA.Derived, keptB.Derived = new(Derived), new(Derived)
		for range 2 {
			for _, p := range [][4]*Document{{a, b, &keptA, &keptB}, {b, a, &keptB, &keptA}, {a, a, &keptA, &keptA}} {
				seeds := randomSeeds(t, p[0])
				var fresh Aligner
				fresh.Left(p[0])
				want := fresh.Compare(p[1], seeds)
				used.Left(p[2])
				if got := used.Compare(p[3], seeds); !reflect.DeepEqual(got, want) {
					t.Fatalf("got %+v, want %+v", got, want)
				}
			}
		}
	})
}

// TestPassagesBelongToTheCaller: a later comparison leaves them alone.
func TestPassagesBelongToTheCaller(t *testing.T) {
	a := tokenised("Der Stadtrat hat am Montag den Bau der neuen Brücke beschlossen. Die Kosten trägt das Land.")
	var x Aligner
	x.Left(a)
	m := x.Compare(a, nil)
	before := m.Passages[0]
	x.Compare(tokenised("Wie es heißt, trägt am Ende doch das Land: Der Stadtrat hat am Montag den Bau der neuen Brücke beschlossen."), nil)
	if m.Passages[0] != before {
		t.Errorf("passage became %+v, was %+v", m.Passages[0], before)
	}
}

// TestNoFurniture: no mask and one of nothing say the same, and never that
// only furniture is shared.
func TestNoFurniture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		a.Mask, b.Mask = nil, nil
		want := compare(a, b)
		if want.Kind == Boilerplate {
			t.Fatalf("boilerplate without furniture: %+v", want)
		}
		a.Mask, b.Mask = make([]bool, a.Text.Len()), make([]bool, b.Text.Len())
		if got := compare(a, b); !reflect.DeepEqual(got, want) {
			t.Fatalf("got %+v, want %+v", got, want)
		}
	})
}

// TestSidesMirror compares articles both ways around, of which one holds
// shuffled and edited parts of the other. No word stands in an article twice,
// so that there is one way to align them.
func TestSidesMirror(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := editedPair(t)
		m, w := compare(a, b), compare(b, a)
		invariants(t, a, b, m)
		if d := max(math.Abs(m.ShareA-w.ShareB), math.Abs(m.ShareB-w.ShareA)); d != 0 {
			t.Fatalf("shares differ by %v:\n%+v\n%+v", d, m, w)
		}
		if m.Kind != w.Kind || m.Jaccard != w.Jaccard {
			t.Fatalf("%s %v and %s %v:\n%+v\n%+v", m.Kind, m.Jaccard, w.Kind, w.Jaccard, m, w)
		}
	})
}

// editedPair draws an article, and one that holds shuffled and edited parts
// of it between words of its own.
func editedPair(t *rapid.T) (a, b *Document) {
	left := make([]int, rapid.IntRange(30, 150).Draw(t, "words"))
	for i := range left {
		left[i] = 1 + i
	}
	next := len(left)
	own := func(n int) (words []int) {
		for range n {
			next++
			words = append(words, next)
		}
		return words
	}
	var parts [][]int
	for rest := left; len(rest) > 0; {
		n := min(len(rest), rapid.IntRange(3, 60).Draw(t, "part"))
		part := slices.Clone(rest[:n])
		for range rapid.IntRange(0, 3).Draw(t, "edits") {
			i := rapid.IntRange(0, len(part)-1).Draw(t, "place")
			part = slices.Replace(part, i, i+rapid.IntRange(0, 1).Draw(t, "out"), own(rapid.IntRange(0, 2).Draw(t, "in"))...)
			if len(part) == 0 {
				break
			}
		}
		if rapid.Bool().Draw(t, "taken") {
			parts = append(parts, slices.Concat(part, own(rapid.IntRange(0, 30).Draw(t, "own"))))
		}
		rest = rest[n:]
	}
	right := slices.Concat(rapid.Permutation(parts).Draw(t, "order")...)
	stops := rapid.SliceOfN(rapid.IntRange(1, next), 0, next/8).Draw(t, "sentences end behind")
	return wordedTo(left, stops), wordedTo(right, stops)
}

// TestEveryCopyIsADuplicate: a text of some length, repeating itself or not,
// is a duplicate of itself, whole.
func TestEveryCopyIsADuplicate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		alphabet := rapid.IntRange(0, 6).Draw(t, "alphabet")
		d := worded(rapid.SliceOfN(rapid.IntRange(0, alphabet), MinEvidence+runToll, 200).Draw(t, "words"))
		m := compare(d, d)
		if m.Kind != Duplicate || m.ShareA != 1 || m.ShareB != 1 || m.Jaccard != 1 || len(m.Passages) != 1 {
			t.Fatalf("%+v", m)
		}
		var x Aligner
		x.Left(d)
		if e := x.Equal(d); e.Kind != m.Kind || !reflect.DeepEqual(e.Passages, m.Passages) {
			t.Fatalf("Equal says %+v, Compare %+v", e, m)
		}
	})
}

// TestEqualIsDuplicate: whatever is furniture.
func TestEqualIsDuplicate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, _ := randomPair(t)
		b := &Document{Text: a.Text, Mask: randomMask(t, "mask of b", a)}
		var x Aligner
		x.Left(a)
		m := x.Equal(b)
		if m.Kind != Duplicate || m.ShareA != 1 || m.ShareB != 1 || m.Jaccard != 1 {
			t.Fatalf("%+v", m)
		}
		words, own := 0, 0
		for i := range a.Text.Len() {
			for _, p := range m.Passages {
				if p.A != p.B || p.Similarity != 1 || p.Type != Verbatim {
					t.Fatalf("%+v", p)
				}
				if p.A.Start <= int(a.Text.Start[i]) && int(a.Text.End[i]) <= p.A.End {
					words++
				}
			}
			if !a.masked(i) && !b.masked(i) {
				own++
			}
		}
		if own == 0 {
			own = a.Text.Len()
		}
		if words != own || m.Evidence.Shared != own {
			t.Fatalf("passages hold %d words, want %d: %+v", words, own, m)
		}
	})
}

// TestSameWords: what has the same words on both sides is verbatim, also if it is what is left
// of a rewording.
func TestSameWords(t *testing.T) {
	a, b := tokenised("Die Fähre nach Almina legte am Abend zwei Stunden später ab."), tokenised("Die Fähre nach Almina legte am Morgen eine Stunde früher ab.")
	var x Aligner
	x.Left(a)
	x.turnTo(b)
	x.quoted, x.quotedB = x.da.quoted, x.db.quoted
	same := x.passages(b, []block{{A: 0, AEnd: 6, B: 0, BEnd: 6, Similarity: .89}})
	other := x.passages(b, []block{{A: 0, AEnd: 7, B: 0, BEnd: 7, Similarity: .89}})
	if same[0].Type != Verbatim || same[0].Similarity != 1 || other[0].Type != Reworded || other[0].Similarity != .89 {
		t.Errorf("the same words: %+v, one other: %+v", same, other)
	}
}
