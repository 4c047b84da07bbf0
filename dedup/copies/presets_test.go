package copies

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"reprint/internal/short"
	"reprint/minhash"
	"reprint/shingle"
)

func TestPresets(t *testing.T) {
	names := map[string]bool{}
	for _, p := range Presets() {
		if err := p.Validate(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
		if p.About == "" || names[p.Name] || p.Keep == "" {
			t.Errorf("%s: says nothing of itself, or is there twice, or keeps nothing", p.Name)
		}
		names[p.Name] = true
		if got, err := FindPreset(p.Name); err != nil || got != p {
			t.Errorf("%s: found %+v, %v", p.Name, got, err)
		}
		if err := (Options{Method: p.Method}).Validate(); err != nil {
			t.Errorf("%s: %v", p.Name, err)
		}
	}
	if p, err := FindPreset(""); err != nil || p.Method != Newswire {
		t.Errorf("the default is %+v, %v", p, err)
	}
	if _, err := FindPreset("gpt3"); err == nil || !strings.Contains(err.Error(), "fineweb, refinedweb") {
		t.Errorf("unknown: %v", err)
	}
}

// TestCurves holds the curves to what is known of them: how many pairs of a Jaccard
// similarity of .6, .7 and .8 become candidates.
func TestCurves(t *testing.T) {
	for name, want := range map[string][3]float64{
		"fineweb": {.21, .565, .92}, "refinedweb": {.02, .30, .995}, "dolma3": {.09, .41, .90}, "nemotron": {.03, .18, .68},
	} {
		p, err := FindPreset(name)
		if err != nil {
			t.Fatal(err)
		}
		for i, similarity := range []float64{.6, .7, .8} {
			if got := p.Bands.Probability(similarity); math.Abs(got-want[i]) > .0051 {
				t.Errorf("%s: %.3f at %.1f, want %.3f", name, got, similarity, want[i])
			}
		}
	}
	if got := Newswire.Bands.Probability(.7); got < .998 {
		t.Errorf("newswire: %.4f at .7", got)
	}
}

// TestRecall: of edited texts as many become candidates as the curve says for their
// similarity, under each preset's own units.
func TestRecall(t *testing.T) {
	short.Alone(t)
	const pairs = 1500
	for _, p := range Presets() {
		t.Run(p.Name, func(t *testing.T) {
			n := pairs
			if p.Bands.B*p.Bands.R > 1000 {
				n /= 5
			}
			measured, expected := recall(p.Method, n)
			// Three deviations of a mean of n, and what lanes on a line cost.
			if off, most := math.Abs(measured-expected), .01+3*math.Sqrt(expected*(1-expected)/float64(n)); off > most {
				t.Errorf("%.3f of %d pairs are candidates, the curve says %.3f", measured, n, expected)
			}
		})
	}
}

// recall plants edits in n texts and returns the part of pairs that are candidates, and
// what the curve says of pairs as similar as these.
func recall(m Method, n int) (measured, expected float64) {
	r := rand.New(rand.NewPCG(uint64(m.Length), uint64(m.Bands.B)))
	var z shingle.Tokenizer
	a, b := minhash.New(m.Bands.B*m.Bands.R), minhash.New(m.Bands.B*m.Bands.R)
	for i := range n {
		words := make([]string, 200)
		for i := range words {
			words[i] = randomWord(r)
		}
		edited := slices.Clone(words)
		for range i % 12 {
			edited[r.IntN(len(edited))] = randomWord(r)
		}
		x := grams(&z, m, strings.Join(words, " "))
		y := grams(&z, m, strings.Join(edited, " "))
		a.Reset()
		b.Reset()
		a.FoldFunc(x, shingle.Second)
		b.FoldFunc(y, shingle.Second)
		expected += m.Bands.Probability(shingle.Jaccard(x, y)) / float64(n)
		keys := m.Bands.AppendKeys(nil, b.Lanes())
		if slices.ContainsFunc(m.Bands.AppendKeys(nil, a.Lanes()), func(k uint64) bool { return slices.Contains(keys, k) }) {
			measured += 1 / float64(n)
		}
	}
	return measured, expected
}

func randomWord(r *rand.Rand) string {
	w := make([]byte, 2+r.IntN(9))
	for i := range w {
		w[i] = byte('a' + r.IntN(26))
	}
	return string(w)
}

func grams(z *shingle.Tokenizer, m Method, text string) []uint64 {
	return shingle.Set(shingle.Append(nil, z.AppendUnits(nil, m.Unit, text), m.Length))
}

func TestAtThreshold(t *testing.T) {
	for _, threshold := range []float64{.5, .6, .7, .8, .9, 1} {
		m, err := AtThreshold(threshold)
		if err != nil || m.Validate() != nil {
			t.Fatalf("%v: %v, %v", threshold, err, m.Validate())
		}
		if p := m.Bands.Probability(threshold); p < ThresholdRecall || m.Bands.B*m.Bands.R > thresholdLanes || m.Threshold != threshold {
			t.Errorf("%v: %+v, recall %.4f", threshold, m, p)
		}
		if own := m.Bands == Newswire.Bands; own != (threshold >= .6) {
			t.Errorf("%v: bands %v", threshold, m.Bands)
		}
	}
	least := leastThreshold()
	if m, err := AtThreshold(least); err != nil || m.Bands.Probability(least) < ThresholdRecall {
		t.Errorf("the least: %v, %v", m.Bands, err)
	}
	for _, threshold := range []float64{0, .01, least - .001, 1.1, math.NaN()} {
		if m, err := AtThreshold(threshold); err == nil {
			t.Errorf("%v: %+v", threshold, m)
		}
	}
}

// TestByEdits: moved passages make no difference to shingles, but to edits.
func TestByEdits(t *testing.T) {
	p, err := FindPreset("refinedweb")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(3, 4))
	words := make([]string, 300)
	for i := range words {
		words[i] = randomWord(r)
	}
	moved := append(slices.Clone(words[150:]), words[:150]...)
	edited := slices.Clone(words)
	edited[20] = "changed"
	c := collect(t, record{ID: "a", Text: strings.Join(words, " ")}, record{ID: "moved", Text: strings.Join(moved, " ")},
		record{ID: "edited", Text: strings.Join(edited, " ")})
	if got := run(t, c, Options{Method: p.Method}).gone(t); got != "edited>a" {
		t.Errorf("%q", got)
	}
	p.Verify = ByJaccard
	if got := run(t, c, Options{Method: p.Method}).gone(t); got != "moved>a edited>a" {
		t.Errorf("by Jaccard similarity alone: %q", got)
	}
}

// TestPresetsRun: every preset finds a copy in another case, and each keeps what it says.
func TestPresetsRun(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	words := make([]string, 300)
	for i := range words {
		words[i] = randomWord(r)
	}
	text := strings.Join(words, " ")
	c := collect(t, record{ID: "old", Text: text, Published: "2020-01-01"}, record{ID: "new", Text: text + "\n", Published: "2021-01-01"},
		record{ID: "other", Text: strings.Join(words[:150], " "), Published: "2020-01-01"})
	for _, p := range Presets() {
		want := "new>old"
		if p.Keep == "latest" {
			want = "old>new"
		}
		if got := run(t, c, Options{Method: p.Method}).gone(t); got != want {
			t.Errorf("%s: %q goes, want %q", p.Name, got, want)
		}
	}
}
