package report

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"time"

	"reprint/boilerplate"
	"reprint/corpus"
	"reprint/dedup"
	"reprint/reuse"
)

// summary.json is one indented object. It says what the folder is, counts
// what was found, and holds what it takes to repeat the run: version,
// settings, and the version of the background on which the verdicts rest.
// Under "highlights" stand the most telling finds with their words, at most
// ten of each sort: what Terminal shows.

// tool is what "tool" says in a summary of ours.
const tool = "reprint"

// maxHighlights of each sort.
const maxHighlights = 10

// maxHighlightText bounds the bytes of a text or a title in the highlights.
const maxHighlightText = 300

type summaryFile struct {
	V       int    `json:"v"`
	Tool    string `json:"tool"`
	Version string `json:"version"`

	Started  string            `json:"started"`
	Seconds  float64           `json:"seconds"`
	Stages   []stageLine       `json:"stages"`
	Machine  machineLine       `json:"machine"`
	Settings map[string]string `json:"settings"`

	Background string        `json:"background"`
	Fields     corpus.Fields `json:"fields,omitempty"`

	Documents     int                      `json:"documents"`
	Empty         int                      `json:"empty"`
	Rejected      int                      `json:"rejected"`
	SameIDs       int                      `json:"documents_with_same_id"`
	Sources       int                      `json:"sources"`
	From          string                   `json:"from,omitempty"`
	To            string                   `json:"to,omitempty"`
	Undated       int                      `json:"documents_without_day,omitempty"` // where others have one
	Bytes         int64                    `json:"bytes"`
	Words         int64                    `json:"words"`
	OwnWords      int64                    `json:"own_words"`
	Candidates    int64                    `json:"candidates"`
	Matches       map[reuse.Kind]int       `json:"matches"`
	Clusters      int                      `json:"clusters"`
	Copies        int                      `json:"copies"`
	Passages      map[string]int           `json:"passages"`
	Furniture     map[boilerplate.Kind]int `json:"furniture"`
	WithFurniture int                      `json:"documents_with_furniture"`

	Highlights highlights `json:"highlights"`
}

type stageLine struct {
	Name    string  `json:"name"`
	Seconds float64 `json:"seconds"`
	Items   int64   `json:"items"`
}

type machineLine struct {
	Go         string `json:"go"`
	System     string `json:"system"`
	Processors int    `json:"processors"`
}

type highlights struct {
	Matches   []matchLight     `json:"matches"`
	Clusters  []clusterLight   `json:"clusters"`
	Passages  []passageLight   `json:"passages"`
	Furniture []furnitureLight `json:"furniture"`
	Sources   []sourceLight    `json:"sources"`
}

type documentLight struct {
	ID        string `json:"id"`
	Title     string `json:"title,omitempty"`
	Begins    string `json:"begins,omitempty"` // without title
	Source    string `json:"source,omitempty"`
	Published string `json:"published,omitempty"`
}

type matchLight struct {
	A      documentLight `json:"a"`
	B      documentLight `json:"b"`
	Kind   reuse.Kind    `json:"kind"`
	ShareA float64       `json:"share_a"`
	ShareB float64       `json:"share_b"`
	First  string        `json:"first,omitempty"`
}

type clusterLight struct {
	Cluster int             `json:"cluster"`
	Members int             `json:"members"`
	Reason  string          `json:"reason"`
	Shown   []documentLight `json:"shown"` // the one kept first
}

type passageLight struct {
	Kind    string `json:"kind"`
	Count   int    `json:"count"`
	Sources int    `json:"sources"`
	Text    string `json:"text"`
}

type furnitureLight struct {
	Source string           `json:"source"`
	Kind   boilerplate.Kind `json:"kind"`
	Count  int              `json:"count"`
	Reason string           `json:"reason"`
	Text   string           `json:"text"`
}

type sourceLight struct {
	Source    string  `json:"source"`
	Documents int     `json:"documents"`
	Reused    int     `json:"with_reuse"`
	First     int     `json:"first"`
	Later     int     `json:"later"`
	Furniture float64 `json:"furniture"` // part of its bytes
}

// newSummaryFile puts the counts of a run and what was gathered together.
func newSummaryFile(s *dedup.Summary, g *gathered) *summaryFile {
	f := &summaryFile{
		V: version, Tool: tool, Version: s.Version,
		Started: s.Started.Format(time.RFC3339), Settings: s.Settings, Background: s.Background,
		Machine:   machineLine{runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH, runtime.NumCPU()},
		Documents: s.Documents, Empty: s.Empty, Rejected: s.Rejected, SameIDs: s.SameIDs, Sources: s.Sources,
		Bytes: s.Bytes, Words: s.Words, OwnWords: s.Own, Candidates: s.Candidates,
		Matches: map[reuse.Kind]int{}, Clusters: s.Clusters, Copies: s.Copies,
		Passages: map[string]int{}, Furniture: s.Removed, WithFurniture: s.Marked,
		Highlights: g.highlights(), Stages: []stageLine{},
	}
	for _, k := range kinds {
		f.Matches[k] = s.Matches[k]
	}
	for _, k := range []string{"passage", "quote", "boilerplate"} {
		f.Passages[k] = s.Passages[k]
	}
	for _, t := range s.Stages {
		f.Stages = append(f.Stages, stageLine{t.Name, round(t.Seconds), t.Items})
		f.Seconds += t.Seconds
	}
	f.Seconds = round(f.Seconds)
	if days := g.span(); len(days) > 0 {
		f.From, f.To, f.Undated = dayOf(days[0]), dayOf(days[len(days)-1]), s.Documents
		for _, n := range g.days {
			f.Undated -= n[0]
		}
	}
	return f
}

// span returns the days of which there are documents, ascending.
func (g *gathered) span() []int {
	var days []int
	for d := range g.days {
		days = append(days, d)
	}
	slices.Sort(days)
	return days
}

func (g *gathered) highlights() highlights {
	h := highlights{
		Matches: []matchLight{}, Clusters: []clusterLight{}, Passages: []passageLight{},
		Furniture: []furnitureLight{}, Sources: []sourceLight{},
	}
	for p := range g.ranked() {
		if len(h.Matches) == maxHighlights {
			break
		}
		h.Matches = append(h.Matches, matchLight{
			g.light(&p.a), g.light(&p.b), p.Kind, round(p.ShareA), round(p.ShareB), firstWords(&p),
		})
	}
	for _, c := range g.clusters.sorted()[:min(maxHighlights, len(g.clusters.list))] {
		l := clusterLight{Cluster: c.Number, Members: len(c.Members), Reason: c.Reason, Shown: []documentLight{}}
		for i := range c.shown[:min(maxHighlights, len(c.shown))] {
			l.Shown = append(l.Shown, g.light(&c.shown[i]))
		}
		h.Clusters = append(h.Clusters, l)
	}
	for _, p := range g.passages.sorted()[:min(maxHighlights, len(g.passages.list))] {
		h.Passages = append(h.Passages, passageLight{p.kind, p.count, p.sources, cutText(p.text, 0, len(p.text), maxHighlightText)})
	}
	h.Furniture = g.gallery.highlights()
	for _, s := range g.sourceList()[:min(maxHighlights, len(g.sources))] {
		h.Sources = append(h.Sources, sourceLight{s.name, s.documents, s.reused, s.first, s.later, round(s.furniture())})
	}
	return h
}

func (g *gathered) light(i *dedup.Info) documentLight {
	return documentLight{i.ID, cutText(i.Title, 0, len(i.Title), maxHighlightText), g.leads[i.Number], source(i), date(i.Published)}
}

// highlights returns the most frequent pattern of every kind, then of the
// sources that had none yet.
func (g *gallery) highlights() []furnitureLight {
	list := []furnitureLight{}
	patterns := g.sorted()
	told := map[string]bool{}
	add := func(p *pattern) {
		told[p.source] = true
		list = append(list, furnitureLight{p.source, p.kind, p.count, p.reason, p.examples[0].text})
	}
	for _, k := range boilerplate.Kinds {
		if i := slices.IndexFunc(patterns, func(p *pattern) bool { return p.kind == k }); i >= 0 {
			add(patterns[i])
		}
	}
	for _, p := range patterns {
		if !told[p.source] && len(list) < len(boilerplate.Kinds)+maxHighlights {
			add(p)
		}
	}
	return list
}

// sourceList returns the sources, those with most documents first.
func (g *gathered) sourceList() []*sourceCount {
	return slices.SortedFunc(maps.Values(g.sources), func(a, b *sourceCount) int {
		return cmp.Or(cmp.Compare(b.documents, a.documents), cmp.Compare(a.name, b.name))
	})
}

// furniture is the part of a source's bytes that is furniture.
func (s *sourceCount) furniture() float64 {
	if s.text == 0 {
		return 0
	}
	return float64(s.gone) / float64(s.text)
}

func (f *summaryFile) write(w io.Writer) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(f)
}

// maxSummary bounds what is read of a summary.json: ours are some kilobytes.
const maxSummary = 16 << 20

// errNotOurs tells that a folder holds no results of ours.
var errNotOurs = errors.New("no results folder of reprint")

// readSummary reads the summary of a results folder.
func readSummary(dir string) (*summaryFile, error) {
	path := filepath.Join(dir, "summary.json")
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	b, err := io.ReadAll(io.LimitReader(in, maxSummary))
	if err != nil {
		return nil, err
	}
	f := &summaryFile{}
	if err := json.Unmarshal(b, f); err != nil || f.Tool != tool {
		return nil, fmt.Errorf("%w: %s", errNotOurs, path)
	}
	if f.V > version {
		return nil, fmt.Errorf("written by a newer version (%d): %s", f.V, path)
	}
	return f, nil
}

// SettingsOf returns the settings of the scan that wrote a results folder, as
// its summary holds them, and whether dir is such a folder.
func SettingsOf(dir string) (map[string]string, bool) {
	f, err := readSummary(dir)
	if err != nil {
		return nil, false
	}
	return f.Settings, true
}
