package shingle

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

var allUnits = []Units{Words, SpacedWords, PlainWords, BareWords, CodeWords, Characters, PlainCharacters}

// TestUnits: a text's units are the words or characters that are written out here.
func TestUnits(t *testing.T) {
	const text = " Die „GRÖSSTE“ Brücke\u00a0kostet 1.250,5 Mio.\n(U+0308: o\u0308) x_y=a[3]; \xff"
	var z Tokenizer
	for _, c := range []struct {
		units Units
		want  string // with | between
	}{
		{Words, "Die|GRÖSSTE|Brücke|kostet|1.250,5|Mio|U|0308|o\u0308|x_y|a|3"},
		{SpacedWords, "Die|„GRÖSSTE“|Brücke|kostet|1.250,5|Mio.|(U+0308:|o\u0308)|x_y=a[3];|\ufffd"},
		{PlainWords, "die|grösste|brücke|kostet|12505|mio|u0308|o\u0308|xya3"},
		{BareWords, "die|grosste|brucke|kostet|0|0|0|mio|u|0|o|x|y|a|0"},
		{CodeWords, "|die||gr|sste||br|cke|kostet|1|250|5|mio|||u|0308||o|||x_y|a|3||||"},
	} {
		var want []uint64
		for word := range strings.SplitSeq(c.want, "|") {
			if c.units == Words {
				want = append(want, Hash(word))
			} else {
				want = append(want, hashForm([]byte(word)))
			}
		}
		if got := z.AppendUnits([]uint64{1}, c.units, text); got[0] != 1 || !slices.Equal(got[1:], want) {
			t.Errorf("%s: %d units, want %d: %s", c.units, len(got)-1, len(want), c.want)
		}
	}
	for _, c := range []struct {
		units Units
		want  string
	}{
		{Characters, strings.ToValidUTF8(text, "\ufffd")},
		{PlainCharacters, "die „grösste“ brücke kostet 12505 mio u0308 ö xya3 \ufffd"},
	} {
		if got, want := z.AppendUnits(nil, c.units, text), appendCharacters(nil, []byte(c.want)); !slices.Equal(got, want) {
			t.Errorf("%s: %d units, want the %d characters of %q", c.units, len(got), len(want), c.want)
		}
	}
	for _, u := range allUnits {
		if !u.Known() || u.About() == "" {
			t.Errorf("%s are not known", u)
		}
	}
	if got := z.AppendUnits(nil, "letters", text); len(got) > 0 {
		t.Errorf("unknown units: %d", len(got))
	}
	for _, other := range []string{"", "...", "Правительство представило план.", "外交部发言人周二表示", "🚀"} {
		if got := z.AppendUnits(nil, CodeWords, other); len(got) > 0 {
			t.Errorf("%q: %d words of code", other, len(got))
		}
	}
}

// TestUnitsProperties: what a rule is to overlook makes no difference, and no text is
// too odd.
func TestUnitsProperties(t *testing.T) {
	var z Tokenizer
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(slices.Clone(pieces), adversaries...)), 0, 30).Draw(t, "text"), "")
		for _, u := range allUnits {
			got := z.AppendUnits(nil, u, text)
			if again := new(Tokenizer).AppendUnits(nil, u, text); !slices.Equal(got, again) {
				t.Fatalf("%s of %q depend on what was read before", u, text)
			}
			if u == Characters && len(got) != utf8.RuneCountInString(text) {
				t.Fatalf("%d characters of %q", len(got), text)
			}
			spread := strings.ReplaceAll(text, " ", " \n\t ")
			if u != Words && u != Characters && u != CodeWords && !slices.Equal(got, z.AppendUnits(nil, u, " "+spread+"\n")) {
				t.Fatalf("%s of %q depend on how wide a space is", u, text)
			}
		}
	})
}
