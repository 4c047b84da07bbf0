package reuse

import (
	"math"
	"slices"
	"strings"

	"pgregory.net/rapid"

	"reprint/shingle"
)

// tokenised is a document of the given text.
func tokenised(text string) *Document {
	var z shingle.Tokenizer
	d := new(Document)
	z.Tokenize(&d.Text, text)
	return d
}

// worded is a document of the given words. Word 0 ends a sentence.
func worded(words []int) *Document { return wordedTo(words, []int{0}) }

// wordedTo is a document of the given words, some of which end a sentence.
func wordedTo(words, stops []int) *Document {
	var s strings.Builder
	for _, w := range words {
		s.WriteString("W" + string(rune('a'+w/26)) + string(rune('a'+w%26)))
		if slices.Contains(stops, w) {
			s.WriteByte('.')
		}
		s.WriteByte(' ')
	}
	return tokenised(s.String())
}

// compare compares a with b in fresh memory, as a collection that knows
// nothing does.
func compare(a, b *Document) Match {
	var x Aligner
	x.Left(a)
	return x.Compare(b, nil)
}

// lengths are those of random texts. Small alphabets make them repeat
// themselves.
var (
	letters = rapid.SampledFrom([]int{9, 25, 4, 99, 2, 1, 0})
	lengths = rapid.SampledFrom([]int{50, 30, 80, 15, 99, 9, 5, 1, 0})
)

// randomWords draws a text of a small alphabet.
func randomWords(t *rapid.T, name string, alphabet int) []int {
	n := lengths.Draw(t, name+" length")
	return rapid.SliceOfN(rapid.IntRange(0, alphabet), n, n).Draw(t, name)
}

// randomPair draws two documents that share stretches of text, with
// furniture, quotations, numbers, sources and days.
func randomPair(t *rapid.T) (a, b *Document) {
	alphabet := letters.Draw(t, "alphabet")
	left := randomWords(t, "a", alphabet)
	var right []int
	for range rapid.SampledFrom([]int{2, 3, 1, 4, 0}).Draw(t, "parts") {
		if len(left) > 0 && rapid.Bool().Draw(t, "taken") {
			from := rapid.IntRange(0, len(left)-1).Draw(t, "from")
			right = append(right, left[from:min(len(left), from+lengths.Draw(t, "words"))]...)
			continue
		}
		own := randomWords(t, "own", alphabet)
		right = append(right, own[:min(len(own), 12)]...)
	}
	return randomDocument(t, "a", left), randomDocument(t, "b", right)
}

// randomDocument draws all about a text that is not in its words.
func randomDocument(t *rapid.T, name string, words []int) *Document {
	d := worded(words)
	d.Mask = randomMask(t, "furniture of "+name, d)
	d.Site = rapid.Uint64Range(0, 2).Draw(t, "site of "+name)
	d.Day = rapid.IntRange(0, 2).Draw(t, "day of "+name)
	for i, quoted := range randomMask(t, "quotations of "+name, d) {
		if quoted {
			d.Text.Flag[i] |= shingle.Quoted
		}
	}
	for i, h := range d.Text.Hash {
		if h%3 == 0 {
			d.Text.Flag[i] |= shingle.Number
		}
	}
	return d
}

// randomMask draws up to three stretches of furniture, or nil.
func randomMask(t *rapid.T, name string, d *Document) []bool {
	n := rapid.SampledFrom([]int{0, 0, 1, 3}).Draw(t, name)
	if n == 0 || d.Text.Len() == 0 {
		return nil
	}
	mask := make([]bool, d.Text.Len())
	for range n {
		from := rapid.IntRange(0, len(mask)-1).Draw(t, "from")
		fill(mask[from:min(len(mask), from+rapid.IntRange(1, 20).Draw(t, "words"))])
	}
	return mask
}

// randomSeeds draws what a collection might know of d, or nil.
func randomSeeds(t *rapid.T, d *Document) []Seed {
	if rapid.Bool().Draw(t, "blind") {
		return nil
	}
	seeds := []Seed{}
	var scratch []uint64
	for _, k := range d.Keys(nil, &scratch) {
		if rapid.Bool().Draw(t, "known") {
			seeds = append(seeds, Seed{Pos: k.Pos, Docs: rapid.IntRange(0, 200).Draw(t, "docs")})
		}
	}
	return seeds
}

// invariants checks what holds for every match.
func invariants(t interface{ Fatalf(string, ...any) }, a, b *Document, m Match) {
	e := &m.Evidence
	for _, share := range []float64{m.ShareA, m.ShareB, m.Jaccard, e.RawA, e.RawB} {
		if !(share >= 0 && share <= 1) {
			t.Fatalf("share %v is not from 0 to 1: %+v", share, m)
		}
	}
	if e.OwnA != a.Own() || e.OwnB != b.Own() || e.Shared > min(e.OwnA, e.OwnB) || e.Quoted > e.Shared || e.Agreeing > e.Numbers {
		t.Fatalf("sums do not add up: %+v", *e)
	}
	for i := range m.Passages {
		p := &m.Passages[i]
		onBorders(t, &a.Text, p.A)
		onBorders(t, &b.Text, p.B)
		if !(p.Similarity > 0 && p.Similarity <= 1) || (p.Type == Verbatim) != (p.Similarity >= verbatimFrom) {
			t.Fatalf("passage %d: %+v", i, *p)
		}
		for k := range m.Passages[:i] {
			q := &m.Passages[k]
			if q.A.End > p.A.Start || q.B.Start < p.B.End && p.B.Start < q.B.End {
				t.Fatalf("passages %d and %d overlap or are out of order: %+v", k, i, m.Passages)
			}
		}
	}
	agree(t, m)
}

// facing is an Aligner that has both documents before it, with their profiles, and has
// compared nothing yet.
func facing(a, b *Document) *Aligner {
	x := new(Aligner)
	x.Left(a)
	x.turnTo(b)
	x.profile(b)
	return x
}

// agree checks that the kind follows from the printed figures.
func agree(t interface{ Fatalf(string, ...any) }, m Match) {
	high, low := max(m.ShareA, m.ShareB), min(m.ShareA, m.ShareB)
	ok, e := true, &m.Evidence
	switch m.Kind {
	case Duplicate:
		ok = low >= .8
	case Republished:
		ok = low < .8 && high >= .5
	case Partial:
		ok = high < .5
	case Boilerplate:
		ok = e.Off && !e.slight() && len(m.Passages) > 0 || len(m.Passages) == 0 && high == 0 && m.Jaccard > 0
	case Quote:
		ok = m.Evidence.Quoted > 0 && len(m.Passages) > 0
	case Template:
		ok = e.Numbers > e.Agreeing || e.Names+e.Figures > e.Named+e.Figured ||
			e.Opening || e.Leads ||
			e.Later && len(m.Passages) == 0 // each passage was short and said other figures
	}
	told := e.Retold > 0 || e.Beside > 0 || e.Little.told()
	want := e.enough() && (told || m.Kind == Template || !e.slight())
	if reuse := m.Kind.Reuse() || m.Kind == Template || m.Kind == Boilerplate && e.Off; !ok || reuse != want {
		t.Fatalf("kind and figures disagree: %+v", m)
	}
	for _, share := range []float64{m.ShareA, m.ShareB, m.Jaccard} {
		if share != math.Round(share*1e4)/1e4 {
			t.Fatalf("%v is not rounded as it is printed", share)
		}
	}
}

// onBorders checks that a span holds words, whole ones.
func onBorders(t interface{ Fatalf(string, ...any) }, x *shingle.Text, s shingle.Span) {
	words := 0
	for i := range x.Len() {
		start, end := int(x.Start[i]), int(x.End[i])
		if start < s.Start && s.Start < end || start < s.End && s.End < end {
			t.Fatalf("span %v cuts the word at %d-%d", s, start, end)
		}
		if s.Start <= start && end <= s.End {
			words++
		}
	}
	if words < gramWords {
		t.Fatalf("span %v holds only %d words", s, words)
	}
}
