package reuse

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// rare is a document all of whose words are as rare as a couple's have to be.
func rare(text string) *Document {
	d := tokenised(text)
	d.Rarity = slices.Repeat([]uint8{coupleRarity * rarityUnit}, d.Text.Len())
	return d
}

// TestCouples compares the couples with those of a plain search.
func TestCouples(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := randomDocument(t, "d", randomWords(t, "d", letters.Draw(t, "alphabet")))
		for range d.Text.Len() {
			d.Rarity = append(d.Rarity, uint8(rapid.SampledFrom([]float64{0, coupleRarity * rarityUnit, coupleRarity*rarityUnit - 1, 255}).Draw(t, "rarity")))
		}
		isRare := func(i int) bool { return d.Rarity[i] >= coupleRarity*rarityUnit && !d.masked(i) }
		var want []Key
		for i := range d.Text.Len() {
			if !isRare(i) {
				continue
			}
			j := i + 1
			for j < d.Text.Len() && !isRare(j) {
				j++
			}
			if j == d.Text.Len() || j-i > coupleWithin || d.Text.Stem[i] == d.Text.Stem[j] {
				continue
			}
			want = append(want, Key{couple(d.Text.Stem[j], d.Text.Stem[i]), i})
		}
		got := d.Couples(nil)
		if !slices.Equal(firsts(got), firsts(want)) {
			t.Fatalf("got %v, want the first ones of %v", got, want)
		}
		for _, k := range got {
			if !slices.Contains(want, k) {
				t.Fatalf("%v is none of %v", k, want)
			}
		}
	})
}

// firsts are the keys at their first places.
func firsts(keys []Key) (list []Key) {
	for _, k := range keys {
		if !slices.ContainsFunc(list, func(f Key) bool { return f.Hash == k.Hash }) {
			list = append(list, k)
		}
	}
	return list
}

// TestCouplesOutliveSwaps: words that changed places are the same couple.
func TestCouplesOutliveSwaps(t *testing.T) {
	a, b := rare("Hallenbad Mühlgraben"), rare("Mühlgrabens Schwimmbad")
	if p, q := a.Couples(nil), b.Couples(nil); len(p) != 1 || len(q) != 1 || p[0].Hash == q[0].Hash {
		t.Errorf("couples of other stems: %v and %v", p, q)
	}
	b = rare("Mühlgrabens Hallenbad")
	if p, q := a.Couples(nil), b.Couples(nil); len(p) != 1 || len(q) != 1 || p[0].Hash != q[0].Hash {
		t.Errorf("swapped: %v and %v", p, q)
	}
}

func TestLined(t *testing.T) {
	for _, c := range []struct {
		name    string
		couples []Couple
		want    bool
	}{
		{"none", nil, false},
		{"one", []Couple{{0, 0, 2}}, false},
		{"two that no other document holds", []Couple{{10, 110, 2}, {20, 121, 2}}, true},
		{"too far apart", []Couple{{10, 110, 2}, {10 + linedWords + 1, 151, 2}}, false},
		{"in another order", []Couple{{10, 110, 2}, {30, 90, 2}}, false},
		{"farther apart on one side", []Couple{{10, 110, 2}, {20, 120 + linedDrift + 1, 2}}, false},
		{"many that all hold", []Couple{{0, 0, 99}, {5, 5, 99}, {10, 10, 99}, {15, 15, 99}}, false},
		{"another one between", []Couple{{10, 110, 2}, {12, 500, 9}, {20, 121, 2}}, true},
	} {
		if got := Lined(c.couples); got != c.want {
			t.Errorf("%s: %v", c.name, got)
		}
	}
}

// TestAlignedText: every third word of a passage is gone or another one; the
// passage is found, and nothing around it.
func TestAlignedText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(40, 120).Draw(t, "words")
		passage := make([]string, n)
		for i := range passage {
			passage[i] = word(1000 + i)
		}
		changed := slices.Clone(passage)
		for i := 2; i < n-1; i += 3 {
			changed[i] = rapid.SampledFrom([]string{"", word(5000 + i)}).Draw(t, "change")
		}
		a := rare(strings.Join(slices.Concat(words(1, 50), passage, words(100, 50)), " "))
		b := rare(strings.Join(slices.Concat(words(200, 30), changed, words(300, 30)), " "))
		m := compare(a, b)
		if len(m.Passages) != 1 || !m.Kind.Reuse() || m.Evidence.Runs != 0 {
			t.Fatalf("%d words: %s in %d passages", n, m.Kind, len(m.Passages))
		}
		from, to := int(a.Text.Start[50]), int(a.Text.End[50+n-1])
		if p := m.Passages[0]; p.A.Start != from || p.A.End != to || p.Similarity < .6 || p.Similarity > .7 {
			t.Fatalf("passage %+v, want %d to %d", p, from, to)
		}
	})
}

// word is the nth of many words with different stems.
func word(n int) string {
	b := []byte{'q', 'a', 'a', 'a'}
	for i := 3; n > 0; i, n = i-1, n/26 {
		b[i] = 'a' + byte(n%26)
	}
	return string(b)
}

func words(from, n int) (list []string) {
	for i := range n {
		list = append(list, word(from+i))
	}
	return list
}
