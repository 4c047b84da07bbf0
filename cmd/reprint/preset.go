package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/dedup/copies"
)

// presetFlags say what is a copy.
func presetFlags() []cli.Flag {
	var names []string
	for _, p := range copies.Presets() {
		names = append(names, p.Name)
	}
	return []cli.Flag{
		word(groupChoice, "preset", "`NAME` what a copy is, as these do it: "+strings.Join(names, ", ")+" (default: "+names[0]+")"),
		word(groupChoice, "threshold", fmt.Sprintf("`SHARE` part of its own text that the survivor must hold (default %g), or the similarity that "+
			"--preset asks for; without --preset the keys find %g of the pairs as similar, or more", copies.Newswire.Threshold, copies.ThresholdRecall)),
	}
}

// preset reads what is a copy: a preset's method, or what follows from a threshold
// alone.
func (r *reader) preset(name string, threshold float64) copies.Preset {
	p, err := copies.FindPreset(r.c.String(name))
	if err != nil {
		r.fault(name, "", "%v", err)
		return p
	}
	switch {
	case threshold == 0:
	case r.c.IsSet(name) && p.Verify == copies.Never:
		r.fault("threshold", "", "preset %s verifies nothing, so that there is no threshold", p.Name)
	case r.c.IsSet(name):
		p.Threshold = threshold
	default:
		p.About = fmt.Sprintf("%s, with a threshold of %g", p.Name, threshold)
		if p.Method, err = copies.AtThreshold(threshold); err != nil {
			r.fault("threshold", "", "%v", err)
		}
	}
	return p
}

// explainPreset says what dedup takes for a copy.
func (t *tool) explainPreset(c *cli.Context) error {
	s, err := t.settings(c)
	if err != nil {
		return err
	}
	if len(s.paths) > 0 {
		return usage("reprint explain --preset NAME", "no texts beside --preset and --threshold: %d named", len(s.paths))
	}
	if s.dedup.Keep != "" {
		s.preset.Keep = s.dedup.Keep
	}
	if t.json {
		enc := json.NewEncoder(t.out)
		enc.SetEscapeHTML(false)
		return enc.Encode(methodOf(s.preset))
	}
	return methodOf(s.preset).print(t.out)
}

// method is a preset as it is shown.
type method struct {
	V         int     `json:"v"`
	Preset    string  `json:"preset,omitempty"`
	About     string  `json:"about"`
	Units     string  `json:"units"`
	Made      string  `json:"normalisation"`
	Length    int     `json:"length"`
	Bands     int     `json:"bands"`
	Rows      int     `json:"rows"`
	Steepest  float64 `json:"steepest"`
	Verify    string  `json:"verify"`
	Threshold float64 `json:"threshold,omitempty"`
	Keep      string  `json:"keep"`
	Curve     []point `json:"curve"`
}

type point struct {
	Similarity  float64 `json:"similarity"`
	Probability float64 `json:"probability"`
}

func methodOf(p copies.Preset) method {
	m := method{
		V: 1, Preset: p.Name, About: p.About, Units: string(p.Unit), Made: p.Unit.About(), Length: p.Length,
		Bands: p.Bands.B, Rows: p.Bands.R, Steepest: rounded(p.Bands.Threshold()),
		Verify: string(p.Verify), Threshold: p.Threshold, Keep: p.Keep,
	}
	for s := 10; s <= 100; s += 5 {
		x := float64(s) / 100
		m.Curve = append(m.Curve, point{x, rounded(p.Bands.Probability(x))})
	}
	return m
}

func rounded(x float64) float64 { return math.Round(x*1e4) / 1e4 }

// barWidth is the length of a bar that stands for 1.
const barWidth = 40

func (m method) print(w io.Writer) error {
	var b strings.Builder
	line := func(name, format string, args ...any) {
		fmt.Fprintf(&b, "%-11s  %s\n", name, fmt.Sprintf(format, args...))
	}
	if m.Preset != "" {
		line("preset", "%s", m.Preset)
	}
	line("about", "%s", m.About)
	line("units", "%s: %s", m.Units, m.Made)
	line("shingles", "%d %s", m.Length, m.Units)
	line("candidates", "%d bands of %d lanes, %d lanes in all; steepest at a Jaccard similarity of %g", m.Bands, m.Rows, m.Bands*m.Rows, m.Steepest)
	switch copies.Verify(m.Verify) {
	case copies.Never:
		line("verified", "not at all: each candidate is a copy")
	case copies.ByShare:
		line("verified", "part of its own text that the survivor holds: at least %g", m.Threshold)
	default:
		line("verified", "exact similarity, %s: at least %g", m.Verify, m.Threshold)
	}
	line("keeps", "%s", m.Keep)
	b.WriteString("\nsimilarity  part of the pairs that become candidates\n")
	for _, p := range m.Curve {
		bar := strings.Repeat("#", int(p.Probability*barWidth+.5))
		b.WriteString(strings.TrimRight(fmt.Sprintf("      %.2f  %.4f  %s", p.Similarity, p.Probability, bar), " ") + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}
