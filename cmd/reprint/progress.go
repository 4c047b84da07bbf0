package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"reprint/dedup"
	"reprint/internal/figures"
)

// progress tells how far a run is: for people one line that is drawn over
// itself, for programs a JSON line a second. Nothing is said in the first
// second, and nothing of the line is left when the run ends. It is called
// from one goroutine at a time, as the engine promises.
type progress struct {
	w     io.Writer
	style progressStyle
	width int
	now   func() time.Time

	begun time.Time // of the run
	stage string
	since time.Time // when the stage began
	last  time.Time // when something was written
	drawn bool      // a line stands on the terminal
}

type progressStyle int

const (
	noProgress progressStyle = iota
	lineProgress
	jsonProgress
)

func newProgress(w io.Writer, style progressStyle, width int, now func() time.Time) *progress {
	return &progress{w: w, style: style, width: width, now: now, begun: now()}
}

// update takes the engine's word.
func (p *progress) update(e dedup.Progress) {
	if p.style == noProgress {
		return
	}
	now := p.now()
	if e.Stage != p.stage {
		p.stage, p.since = e.Stage, now
	}
	if now.Sub(p.begun) < time.Second || now.Sub(p.last) < p.pause() {
		return
	}
	p.last = now
	if p.style == jsonProgress {
		p.writeJSON(e, now)
		return
	}
	p.drawn = true
	line := progressLine(e, now.Sub(p.since))
	if p.width > 1 && len([]rune(line)) >= p.width {
		line = string([]rune(line)[:p.width-1])
	}
	fmt.Fprintf(p.w, "\r\x1b[K%s", line)
}

func (p *progress) pause() time.Duration {
	if p.style == jsonProgress {
		return time.Second
	}
	return 100 * time.Millisecond
}

// clear wipes the line, before anything else is written to the terminal.
func (p *progress) clear() {
	if p.drawn {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.drawn = false
	}
}

func (p *progress) writeJSON(e dedup.Progress, now time.Time) {
	line, err := json.Marshal(struct {
		V       int     `json:"v"`
		Event   string  `json:"event"`
		Stage   string  `json:"stage"`
		Done    int64   `json:"done"`
		Total   int64   `json:"total,omitempty"`
		Unit    string  `json:"unit"`
		Seconds float64 `json:"seconds"`
	}{1, "progress", e.Stage, e.Done, e.Total, e.Unit, float64(now.Sub(p.begun).Milliseconds()) / 1000})
	if err == nil {
		fmt.Fprintf(p.w, "%s\n", line)
	}
}

// progressLine says stage, share, amount, rate and the time left, as far as
// they are known.
func progressLine(e dedup.Progress, spent time.Duration) string {
	parts := []string{e.Stage}
	share := 0.0
	if e.Total > 0 {
		share = min(1, float64(e.Done)/float64(e.Total))
		parts = append(parts, fmt.Sprintf("%3.0f %%", 100*share), amountOf(e))
	} else {
		parts = append(parts, amount(e.Done, e.Unit))
	}
	if seconds := spent.Seconds(); seconds >= 0.5 && e.Done > 0 {
		parts = append(parts, amount(int64(float64(e.Done)/seconds), e.Unit)+"/s")
		if share > 0.01 && share < 1 {
			parts = append(parts, clock(time.Duration(seconds*(1-share)/share*float64(time.Second)))+" left")
		}
	}
	return strings.Join(parts, "  ")
}

// amountOf writes 1.2 GB of 3.4 GB, or 120 of 13,500 documents.
func amountOf(e dedup.Progress) string {
	if e.Unit == "B" {
		return amount(e.Done, e.Unit) + " of " + amount(e.Total, e.Unit)
	}
	return figures.Grouped(e.Done) + " of " + amount(e.Total, e.Unit)
}

// amount writes a count with its unit: 1.24 GB, 12,345 documents.
func amount(n int64, unit string) string {
	if unit == "B" {
		return figures.Size(n)
	}
	return strings.TrimSpace(figures.Grouped(n) + " " + unit)
}

// clock writes a duration as 0:07, 12:34 or 1:02:03.
func clock(d time.Duration) string {
	s := int64(d.Round(time.Second) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
