package reuse

import "testing"

// sayTheSame reports whether two sentences are alike, and whether they say
// something in common.
func sayTheSame(first, second string) (alike, same bool) {
	a, b := tokenised(first), tokenised(second)
	var x Aligner
	x.Left(a)
	x.turnTo(b)
	x.profile(b)
	l, ok := x.liken(x.left, x.right, 0, 0)
	return ok, x.says(x.left, x.right, l)
}

// TestSays: a name with all its offices is no rewording, whatever part of both
// sentences it is, and neither are two sentences each with a number of its own.
func TestSays(t *testing.T) {
	const (
		who   = "Der Bürgermeister der Kleinstadt Quastenbeck, Karl Wolpertinger, "
		cases = "In Portugal erkrankten zuletzt binnen 14 Tagen 1429 je 100000 Einwohner an der Masernseuche."
	)
	for _, test := range []struct {
		first, second string
		same          bool
	}{
		{who + "verlangte den Abriss.", who + "eröffnete das Freibad.", false},
		{who + "verlangte heftig den baldigen Abriss.", who + "hat den baldigen Abriss heftig verlangt.", true},
		{who + "verlangte den Abriss.", "Den Abriss verlangte der Bürgermeister der Kleinstadt Quastenbeck.", true},
		{"Das Ausfliegen der Flusspferde sei zunächst nicht geplant.", "Das Ausfliegen der Flusspferde indes sei vorerst nicht notwendig.", true},
		{cases, "Nach neuen Zahlen steckten sich in Portugal binnen 14 Tagen 1429 je 100000 Einwohner an.", true},
		{cases, "Nach neuen Zahlen steckten sich in Portugal binnen 14 Tagen nur 66 je 100000 Einwohner an.", false},
		{cases, "Nach neuen Zahlen steckten sich in Portugal je 100000 Einwohner mehrere an der Masernseuche an.", true},
	} {
		if alike, same := sayTheSame(test.first, test.second); !alike || same != test.same {
			t.Errorf("%q and %q: alike %t, same %t", test.first, test.second, alike, same)
		}
	}
}

// TestRemains: what other passages leave of a rewording has to say the same
// still.
func TestRemains(t *testing.T) {
	const text = "Der scheidende Intendant des Stadttheaters verteidigte am Abend die umstrittene Inszenierung des Weihnachtsmärchens."
	a, b := tokenised(text), tokenised(text)
	var x Aligner
	x.Left(a)
	x.turnTo(b)
	x.profile(b)
	for _, test := range []struct {
		k    block
		want bool
	}{
		{block{A: 0, AEnd: 13, B: 0, BEnd: 13, Similarity: .7}, true},
		{block{A: 0, AEnd: 8, B: 0, BEnd: 13, Similarity: .7}, true},
		{block{A: 0, AEnd: 8, B: 8, BEnd: 13, Similarity: .7}, false},
	} {
		if got := x.remains(&test.k); got != test.want {
			t.Errorf("%+v: %t", test.k, got)
		}
	}
}
