package reuse

import "testing"

// Little evidence is reuse only where it is not the odd clause.
func TestSlight(t *testing.T) {
	for name, c := range map[string]struct {
		e    Evidence
		want bool
	}{
		"a clause":                     {Evidence{Words: 11, HeldA: .07, RawA: .15, Whole: 14}, true},
		"enough of it":                 {Evidence{Words: 12, HeldA: .02}, false},
		"a good part of one side":      {Evidence{Words: 8, HeldB: .08}, false},
		"much of one side is reworded": {Evidence{Words: 8, HeldA: .07, RawA: .16}, false},
		"a whole sentence":             {Evidence{Words: 8, HeldA: .02, Whole: 15}, false},
	} {
		if got := c.e.slight(); got != c.want {
			t.Errorf("%s: slight is %v", name, got)
		}
	}
}

// A passage is whole where it fills the sentences that it touches.
func TestWhole(t *testing.T) {
	same := "the harbour master opened the northern lock for grain barges after repairs that lasted eleven weeks"
	for tail, want := range map[string]int{
		"": 16,
		" and nobody on the quay had expected any such thing to happen before the spring floods came down from the hills": 0,
	} {
		if got := compare(tokenised("Nothing else. "+same+"."), tokenised("All was quiet. "+same+tail+".")).Evidence.Whole; got != want {
			t.Errorf("with %q: %d words, want %d", tail, got, want)
		}
	}
}

// What was said anew on another day is a template, unless something stands beside the
// figures.
func TestSaidAnew(t *testing.T) {
	const (
		monday  = "The health offices of the country reported 1204 new infections to the institute within one day, according to figures of Monday morning, and 37 deaths were recorded within 24 hours across all districts."
		friday  = "The health offices of the country have reported 2611 new infections to the institute within a single day, according to figures of Friday morning, and 92 deaths were recorded in 24 hours across all districts."
		meaning = " The value tells how many residents of a district were infected with the virus during the previous seven days, and nobody expects it to fall soon."
	)
	for name, c := range map[string]struct {
		tail string
		days [2]int
		want Kind
	}{
		"other figures, another day": {"", [2]int{1, 5}, Template},
		"other figures, one day":     {"", [2]int{5, 5}, "reuse"},
		"and what they mean":         {meaning, [2]int{1, 5}, "reuse"},
	} {
		a, b := tokenised(monday+c.tail), tokenised(friday+c.tail)
		a.Day, b.Day = c.days[0], c.days[1]
		m := compare(a, b)
		kind := m.Kind
		if kind.Reuse() {
			kind = "reuse"
		}
		if kind != c.want || len(m.Passages) == 0 {
			t.Errorf("%s: %q with %d passages: %s", name, m.Kind, len(m.Passages), m.Evidence.Rule)
		}
	}
}
