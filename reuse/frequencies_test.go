package reuse

import (
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"reprint/internal/short"
	"reprint/shingle"
)

// Everyday words of a language say little, names say much, whatever the
// collection knows.
func TestShippedRarities(t *testing.T) {
	for _, c := range []struct{ text, rarest, commonest string }{
		{"Die Fähre nach Almina ist in der Nacht mit zwei Stunden Verspätung in den Hafen eingelaufen.", "Almina", "der"},
		{"The ferry to Almina was two hours late when it came into the harbour on the evening of Friday.", "Almina", "the"},
	} {
		d := tokenised(c.text)
		var f Frequencies
		rarities := f.Rarities(nil, &d.Text, nil)
		if len(rarities) != d.Text.Len() {
			t.Fatalf("%d rarities of %d words", len(rarities), d.Text.Len())
		}
		of := func(word string) uint8 { return rarities[slices.Index(d.Text.Hash, shingle.Hash(word))] }
		if of(c.rarest) != slices.Max(rarities) || of(c.commonest) > slices.Min(rarities)+rarityUnit/8 {
			t.Errorf("%s has %d, %s %d of %d", c.rarest, of(c.rarest), c.commonest, of(c.commonest), rarities)
		}
	}
}

// What a collection counts changes what is rare: by the formula, for a text
// of no language that is shipped.
func TestRaritiesOfCollection(t *testing.T) {
	d := tokenised("alpha beta gamma")
	var f Frequencies
	f.Add(0, d.Text.Stem)
	f.Add(0, d.Text.Stem[:2])
	f.Add(0, d.Text.Stem[:1])
	got := f.Rarities(nil, &d.Text, nil)
	// ln((3+1)/(n+1)) for n = 3, 2, 1, stretched so that n = 0 of 4 were scale.
	if got[0] != 0 || got[1] == 0 || got[1] >= got[2] {
		t.Errorf("rarities %d", got)
	}
}

// Of a language that is not shipped the documents in it count, not those in others, and its
// function words are common though nothing was counted.
func TestRaritiesOfOthers(t *testing.T) {
	d := tokenised("Le conseil de la ville a voté avec les pêcheurs pour la digue, mais elle ne sera pas construite cette année.")
	german := tokenised("Der Rat der Stadt hat für den Damm gestimmt, der in diesem Jahr nicht mehr gebaut wird.")
	of := func(f *Frequencies, word string) float32 {
		at := slices.Index(d.Text.Hash, shingle.Hash(word))
		return float32(f.Rarities(nil, &d.Text, nil)[at]) / rarityUnit
	}
	var nothing, few, many Frequencies
	for range 10 {
		few.Add(Hear(&d.Text), d.Text.Stem)
		many.Add(Hear(&d.Text), d.Text.Stem)
	}
	for range 10000 {
		many.Add(Hear(&german.Text), german.Text.Stem)
	}
	if of(&nothing, "avec") > 2 || of(&nothing, "digue") < 8 {
		t.Errorf("in no document: avec %.2f, digue %.2f", of(&nothing, "avec"), of(&nothing, "digue"))
	}
	for _, word := range []string{"conseil", "avec"} {
		if p, q := of(&few, word), of(&many, word); p != q {
			t.Errorf("%s: %.2f among 10 documents, %.2f if there are 10,000 in German", word, p, q)
		}
	}
	if Hear(&d.Text) <= others || Hear(&german.Text) != 1 || Hear(&tokenised("alpha beta gamma").Text) != foreign {
		t.Error("languages: ", Hear(&d.Text), Hear(&german.Text))
	}
}

// The order in which documents are counted does not matter.
func TestFrequenciesCommute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		lists := rapid.SliceOf(rapid.SliceOfDistinct(rapid.Uint32(), rapid.ID)).Draw(t, "stems")
		var a, b Frequencies
		for _, l := range lists {
			a.Add(0, l)
		}
		shuffled := slices.Clone(lists)
		rand.New(rand.NewPCG(1, 2)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for _, l := range shuffled {
			b.Add(0, l)
		}
		if a.Docs != b.Docs || a.heard != b.heard || !slices.Equal(a.count, b.count) {
			t.Fatal("the order matters")
		}
	})
}

// likenesses finds the sentence pairs that a comparison of all with all
// finds, but those that share too little of rarer stems.
func TestLikenesses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := randomPair(t)
		x := facing(a, b)
		got := map[[2]int]float32{}
		for _, l := range x.likenesses(x.left, x.right) {
			got[[2]int{l.a, l.b}] = l.g
		}
		for s := range x.left.mass {
			for u := range x.right.mass {
				l, ok := liken(x.left, x.right, s, u)
				ok = ok && x.weighOdds(x.left, x.right, &l)
				g, found := got[[2]int{s, u}]
				if anchors := anchored(x.left, x.right, s, u); !found && (crowded(x.left) || anchors < anchorMass) {
					continue
				}
				if ok != found || g != l.g && found {
					t.Fatalf("sentences %d and %d: %v %v, found %v %v", s, u, ok, l.g, found, g)
				}
			}
		}
	})
}

// anchored adds up the rarities of the rarer stems that two sentences share.
func anchored(a, b *profile, s, u int) (mass float32) {
	for _, p := range a.stemsOf(s) {
		for _, q := range b.stemsOf(u) {
			if p.stem() == q.stem() && min(p.rarity(), q.rarity()) >= anchorRarity {
				mass += min(p.rarity(), q.rarity())
			}
		}
	}
	return mass
}

// crowded reports whether some stem stands in too many sentences to be
// looked up.
func crowded(p *profile) bool {
	n := map[uint32]int{}
	for _, e := range p.stems {
		if n[e.stem()]++; n[e.stem()] > maxSentences {
			return true
		}
	}
	return false
}

// A memo changes nothing, however often stems meet in its places and whatever
// language the texts before were in.
func TestMemo(t *testing.T) {
	short.Alone(t)
	texts := []*Document{
		tokenised("Die Fähre nach Almina ist in der Nacht mit zwei Stunden Verspätung in den Hafen eingelaufen."),
		tokenised("The ferry to Almina was two hours late when it came into the harbour on the evening of Friday."),
		tokenised("alpha beta gamma Almina in der die the of"),
	}
	rng := rand.New(rand.NewPCG(1, 2))
	var f Frequencies
	for range 20 {
		d := &Document{}
		for range 4 * len(Memo{}.places) {
			d.Text.Stem = append(d.Text.Stem, rng.Uint32N(1<<18))
		}
		f.Add(0, d.Text.Stem)
		texts = append(texts, d)
	}
	var memo Memo
	for range 2 {
		for i, d := range texts {
			if got, want := f.Rarities(nil, &d.Text, &memo), f.Rarities(nil, &d.Text, nil); !slices.Equal(got, want) {
				t.Fatalf("text %d: other rarities", i)
			}
		}
	}
}

// More different grams than room is made for at first are each counted once.
func TestManyDistinct(t *testing.T) {
	const n = 5 * expected
	var grams []uint64
	for i := range uint64(3 * n) {
		grams = append(grams, (i%n+1)*0x9e3779b97f4a7c15&^1)
	}
	var set gramSet
	for range 2 { // the second time in the memory of the first
		if got := set.fill(grams); got != n {
			t.Errorf("%d grams, want %d", got, n)
		}
		if got := set.fill(grams[:3]); got != 3 {
			t.Errorf("%d grams, want 3", got)
		}
	}
}

// The language of a text is the one of which most words are everyday words, as counting
// them for each language says.
func TestSpeak(t *testing.T) {
	for text, want := range map[string]Tongue{
		"Die Fähre nach Almina ist in der Nacht mit zwei Stunden Verspätung in den Hafen eingelaufen.":   1,
		"The ferry to Almina was two hours late when it came into the harbour on the evening of Friday.": 2,
		"alpha beta gamma": foreign,
		"":                 foreign,
		"Die Fähre ist in der Nacht da. The ferry to Almina was two hours late when it came in.": 1,
	} {
		d := tokenised(text)
		most, number := int(spoken*float64(d.Text.Len())), Tongue(foreign)
		for _, l := range languages() {
			n := 0
			for _, s := range d.Text.Stem {
				if docs := l.of(s); docs > 0 && docs >= int(everyday*float64(l.docs)) {
					n++
				}
			}
			if n > most {
				most, number = n, l.number
			}
		}
		var memo Memo
		(&Frequencies{}).Rarities(nil, &d.Text, &memo)
		if got := memo.Tongue; got != number || got != want {
			t.Errorf("%q: language %d, by counting %d, want %d", text, got, number, want)
		}
		heard, own := *d, &Derived{}
		heard.Tongue = memo.Tongue
		if (&Derived{}).inEnglish(&heard) != own.inEnglish(d) || own.inEnglish(d) != (want == english) {
			t.Errorf("%q: what was heard before is not what is heard now", text)
		}
	}
}
