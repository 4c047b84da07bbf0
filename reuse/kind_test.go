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
