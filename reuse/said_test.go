package reuse

import "testing"

// TestRemains: what other passages leave of a rewording has to say the same
// still.
func TestRemains(t *testing.T) {
	const text = "Der scheidende Intendant des Stadttheaters verteidigte am Abend die umstrittene Inszenierung des Weihnachtsmärchens."
	a, b := tokenised(text), tokenised(text)
	x := facing(a, b)
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
