package reuse

import (
	"slices"
	"strings"
	"testing"
)

// What was said anew on another day is a template, unless something stands beside the
// figures: then that is the passage.
func TestSaidAnew(t *testing.T) {
	const (
		monday  = "The health offices of the country reported 1204 new infections to the institute within one day, according to figures of Monday morning, and 37 deaths were recorded within 24 hours across all districts."
		friday  = "The health offices of the country have reported 2611 new infections to the institute within a single day, according to figures of Friday morning, and 92 deaths were recorded in 24 hours across all districts."
		meaning = "The value tells how many residents of a district were infected with the virus during the previous seven days, and nobody expects it to fall soon."
	)
	for name, c := range map[string]struct {
		pattern string // m: the meaning, f: figures
		days    [2]int
		want    Kind
		from    string // that passages of the first document begin with
	}{
		"other figures, another day": {"f", [2]int{1, 5}, Template, "The health"},
		"other figures, one day":     {"f", [2]int{5, 5}, "reuse", "The health"},
		"and what they mean":         {"fm", [2]int{1, 5}, "reuse", "The value"},
		"before them":                {"mf", [2]int{1, 5}, "reuse", "The value"},
		"between them":               {"fmf", [2]int{1, 5}, "reuse", "The value"},
		"on one day":                 {"fm", [2]int{0, 5}, "reuse", "The health"},
	} {
		text := func(figures string) string {
			return strings.NewReplacer("f", figures+" ", "m", meaning+" ").Replace(c.pattern)
		}
		a, b := tokenised(text(monday)), tokenised(text(friday))
		a.Day, b.Day = c.days[0], c.days[1]
		m := compare(a, b)
		kind := m.Kind
		if kind.Reuse() {
			kind = "reuse"
		}
		if kind != c.want || len(m.Passages) == 0 {
			t.Errorf("%s: %q with %d passages: %s", name, m.Kind, len(m.Passages), m.Evidence.Rule)
			continue
		}
		for _, p := range m.Passages {
			if got := text(monday)[p.A.Start:p.A.End]; !strings.HasPrefix(got, c.from) || c.from == "The value" && got != meaning {
				t.Errorf("%s: passage %q", name, got)
			}
		}
	}
}

// Two short pieces of sentences are no passage.
func TestCutShort(t *testing.T) {
	const text = "The council of the harbour town voted on the long disputed bridge across the estuary near Lindhafen."
	for name, c := range map[string]struct {
		k    block
		want bool
	}{
		"a whole sentence":   {block{A: 0, AEnd: 17, B: 0, BEnd: 17}, false},
		"its end":            {block{A: 8, AEnd: 17, B: 8, BEnd: 17}, false},
		"an end on one side": {block{A: 8, AEnd: 17, B: 5, BEnd: 14}, false},
		"two short pieces":   {block{A: 0, AEnd: 9, B: 0, BEnd: 9}, true},
		"verbatim":           {block{A: 0, AEnd: 9, B: 0, BEnd: 9, Equal: 9}, false},
		"long pieces":        {block{A: 0, AEnd: 14, B: 0, BEnd: 14}, false},
	} {
		a, b := tokenised(text), tokenised(text)
		var x Aligner
		x.Left(a)
		x.turnTo(b)
		if got := x.cutShort(b, &c.k); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
}

// The figures of a block are those of its sentences, and of one without an end those of the
// block alone.
func TestTimes(t *testing.T) {
	a := tokenised("Es kamen 12 Leute und 7 Hunde. Es waren 30 im Jahr davor. Keiner blieb.")
	long := tokenised("Es kamen 12 Leute und 7 Hunde " + strings.Repeat("und noch mehr ", mostSentence) + "am Montag kamen 30")
	for _, c := range []struct {
		d        *Document
		from, to int
		want     []int
	}{
		{a, 2, 4, []int{12, 7}},
		{a, 3, 8, []int{12, 7, 30}},
		{a, 7, 8, []int{30}},
		{a, 13, 14, nil},
		{long, 0, 3, []int{12}},
		{long, 3, 40, []int{7}},
	} {
		var want []uint64
		for _, n := range c.want {
			want = append(want, uint64(digitStem(n)))
		}
		slices.Sort(want)
		if got, _ := c.d.times(nil, c.from, c.to); !slices.Equal(got, want) {
			t.Errorf("tokens [%d, %d): %v, want %v", c.from, c.to, got, c.want)
		}
	}
}
