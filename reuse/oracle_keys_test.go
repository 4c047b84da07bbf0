package reuse

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"reprint/shingle"
)

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
