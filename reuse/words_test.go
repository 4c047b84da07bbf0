package reuse

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestSortEntries(t *testing.T) {
	var other []entry
	var count []int32
	rapid.Check(t, func(t *rapid.T) {
		stem := rapid.OneOf(rapid.Uint32(), rapid.Uint32Range(0, 3), rapid.Uint32Range(1<<30, 1<<30+40))
		list := make([]entry, rapid.IntRange(0, 300).Draw(t, "n"))
		for i := range list {
			list[i] = newEntry(stem.Draw(t, "stem"), rapid.Int32Range(0, 9).Draw(t, "sentence"), rapid.Byte().Draw(t, "rarity"))
		}
		want := slices.Clone(list)
		slices.Sort(want)
		list, other, count = sortEntries(list, other, count)
		if !slices.Equal(list, want) {
			t.Fatalf("got %v, want %v", list, want)
		}
	})
}

// TestWordsInBoth compares with a search for each word.
func TestWordsInBoth(t *testing.T) {
	var got []wordPair
	rapid.Check(t, func(t *rapid.T) {
		list := func(most uint32) []uint32 {
			l := rapid.SliceOf(rapid.Uint32Range(0, most)).Draw(t, "stems")
			slices.Sort(l)
			return slices.Compact(l)
		}
		a, b := list(60), list(400)
		if rapid.Bool().Draw(t, "swapped") {
			a, b = b, a
		}
		var want []wordPair
		for i, stem := range a {
			if j := slices.Index(b, stem); j >= 0 {
				want = append(want, wordPair{int32(i), int32(j)})
			}
		}
		if got = wordsInBoth(got, a, b); !slices.Equal(got, want) {
			t.Fatalf("got %v, want %v", got, want)
		}
	})
}

// TestWordIndex compares the lists of an index with those that are sorted one by
// one.
func TestWordIndex(t *testing.T) {
	v, z := new(Derived), wordScratch{}
	rapid.Check(t, func(t *rapid.T) {
		d, _ := randomPair(t)
		v.Clear() // used memory must not matter
		p := v.profileOf(d, &z)
		x := &p.index
		var all, anchors, rare []entry
		for s := range p.mass {
			figures := p.figures(nil, s)
			told := slices.Clone(figures)
			for _, e := range p.stemsOf(s) {
				all = append(all, e)
				if e.rarity() >= anchorRarity {
					told = append(told, e)
				}
				if e.rarity() >= storyRarity {
					rare = append(rare, e)
				}
			}
			all, anchors = append(all, figures...), append(anchors, told...)
			slices.Sort(told)
			for i, e := range x.told[x.from[s]:x.from[s+1]] {
				if x.stem[e.stem()] != told[i].stem() || uint32(e) != uint32(told[i]) {
					t.Fatalf("sentence %d: %x, want %x", s, e, told[i])
				}
			}
			if n := x.from[s+1] - x.from[s]; int(n) != len(told) {
				t.Fatalf("sentence %d has %d anchors, want %d", s, n, len(told))
			}
		}
		slices.Sort(all)
		equalEntries(t, "all", x, all, func(w int32) []entry { return x.allOf(w) }, true)
		slices.Sort(anchors)
		equalEntries(t, "anchors", x, anchors, x.anchorsOf, false)
		slices.Sort(rare)
		equalEntries(t, "rare", x, rare, x.rareOf, false)
	})
}

// equalEntries compares the entries of all words of an index with a list.
func equalEntries(t *rapid.T, name string, x *wordIndex, want []entry, of func(int32) []entry, once bool) {
	if once {
		want = slices.Compact(want)
	}
	var got []entry
	for w, stem := range x.stem {
		for _, e := range of(int32(w)) {
			if e.stem() != stem {
				t.Fatalf("%s: word %x has %x", name, stem, e)
			}
			got = append(got, e)
		}
	}
	if !slices.Equal(got, want) {
		t.Fatalf("%s: got %x, want %x", name, got, want)
	}
}

// TestEntry: an entry holds the numbers of all sentences that are compared, and of no more.
func TestEntry(t *testing.T) {
	const stem, rarity = 0x89abcdef, 0xff
	last := newEntry(stem, mostSentences-1, rarity)
	if last.stem() != stem || last.sentence() != mostSentences-1 || last.rarity() != float32(rarity)/rarityUnit {
		t.Errorf("the last sentence: stem %x, sentence %d, rarity %v", last.stem(), last.sentence(), last.rarity())
	}
	if over := newEntry(stem, mostSentences, rarity); over.stem() != stem || over.sentence() == mostSentences {
		t.Errorf("one sentence more: stem %x, sentence %d", over.stem(), over.sentence())
	}
}
