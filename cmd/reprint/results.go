package main

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"reprint/dedup"
	"reprint/report"
)

// fromResults has a command that names two documents of a results folder read
// what was scanned, in the way it was scanned, where the call does not say
// otherwise. It returns the paths; none, if in is no such folder.
func (s *settings) fromResults(c *cli.Context, in string) ([]string, error) {
	was, ok := report.SettingsOf(in)
	if !ok {
		return nil, nil
	}
	for name, to := range map[string]*string{
		"text-field": &s.corpus.TextField, "id-field": &s.corpus.IDField, "title-field": &s.corpus.TitleField,
		"source-field": &s.corpus.SourceField, "date-field": &s.corpus.DateField,
	} {
		if !c.IsSet(name) {
			*to = was[name]
		}
	}
	if !c.IsSet("on-error") {
		s.corpus.Skip = was["on-error"] == "skip"
	}
	if !c.IsSet("max-text") && was["max-text"] != "" {
		var err error
		if s.corpus.MaxText, err = parseSize(was["max-text"]); err != nil {
			return nil, fmt.Errorf("max-text in the summary of %s: %w", in, err)
		}
	}
	if path := was["furniture"]; path != "" && s.dedup.Furniture == nil {
		known, err := readFurniture(path)
		if err != nil {
			return nil, err
		}
		s.dedup.Furniture, s.dedup.Archive = known.furniture, known.archive
	}
	if path := was["rules"]; path != "" && !c.IsSet("rules") {
		rules, err := readRules(path)
		if err != nil {
			return nil, err
		}
		s.dedup.Rules = rules
	}
	paths, err := splitPaths(was["paths"])
	if err != nil {
		return nil, usage("name the collection with --in", "its summary.json does not say what was scanned: %s", in)
	}
	if slices.Contains(paths, "-") || len(paths) == 0 {
		return nil, usage("name the collection with --in", "the scan read from a pipe: %s", in)
	}
	return paths, nil
}

// joinPaths writes paths with blanks between them; one that has blanks or quotes
// itself is quoted as in Go: articles "my archive/2021" b.jsonl.
func joinPaths(paths []string) string {
	words := make([]string, len(paths))
	for i, path := range paths {
		words[i] = strconv.Quote(path)
		if words[i] == `"`+path+`"` && path != "" && !strings.Contains(path, " ") {
			words[i] = path
		}
	}
	return strings.Join(words, " ")
}

// splitPaths reads what joinPaths wrote.
func splitPaths(line string) (paths []string, err error) {
	for line != "" {
		word, rest, _ := strings.Cut(line, " ")
		if line[0] == '"' {
			if word, err = strconv.QuotedPrefix(line); err != nil {
				return nil, err
			}
			rest = strings.TrimPrefix(line[len(word):], " ")
			if word, err = strconv.Unquote(word); err != nil {
				return nil, err
			}
		}
		paths, line = append(paths, word), rest
	}
	return paths, nil
}

// clusterLink is how two documents stand to each other in the clusters of a
// scan.
type clusterLink struct {
	Link          string  `json:"link"` // "match", "others", "bridge" or "none"
	Cluster       int     `json:"cluster,omitempty"`
	Keep          string  `json:"keep,omitempty"`
	Members       int     `json:"members,omitempty"`
	MinSimilarity float64 `json:"min_similarity,omitempty"`
}

// finding is what a scan said of a pair, which knew how often its words and runs stand in
// the whole collection.
type finding struct {
	Kind   string  `json:"kind"` // "none" if the pair is no match
	ShareA float64 `json:"share_a"`
	ShareB float64 `json:"share_b"`
}

// foundOf turns a match of a scan, whose sides may be the other way round, to a.
func foundOf(m *dedup.Match, a string) *finding {
	s := &finding{cmp.Or(string(m.Kind), "none"), m.ShareA, m.ShareB}
	if m.IDB == a {
		s.ShareA, s.ShareB = s.ShareB, s.ShareA
	}
	return s
}

// words says it for people; explained is what explain says.
func (s *finding) words(explained *explanation) string {
	if s.Kind == "none" {
		return "no match"
	}
	said := fmt.Sprintf("%s, shares a %.4f, b %.4f", s.Kind, s.ShareA, s.ShareB)
	if s.Kind != explained.Kind || s.ShareA != explained.A.Share || s.ShareB != explained.B.Share {
		said += ": it knew how common all words and runs are in the collection"
	}
	return said
}

// linked looks a pair up in the results of a scan.
func linked(dir, a, b string) (*finding, *clusterLink, error) {
	m, err := first(filepath.Join(dir, "matches.jsonl"), func(f *os.File) (*dedup.Match, error) {
		for m, err := range report.ReadMatches(f, f.Name()) {
			if err != nil || m.IDA == a && m.IDB == b || m.IDA == b && m.IDB == a {
				return m, err
			}
		}
		return &dedup.Match{}, nil
	})
	if err != nil {
		return nil, nil, err
	}
	said := foundOf(m, a)
	c, err := first(filepath.Join(dir, "clusters.jsonl"), func(f *os.File) (*dedup.Cluster, error) {
		for c, err := range report.ReadClusters(f, f.Name()) {
			if err != nil || slices.Contains(c.IDs, a) && slices.Contains(c.IDs, b) {
				return c, err
			}
		}
		return nil, nil
	})
	switch {
	case err != nil:
		return nil, nil, err
	case c == nil && m.Kind.Copy():
		return said, &clusterLink{Link: "bridge"}, nil
	case c == nil:
		return said, &clusterLink{Link: "none"}, nil
	}
	l := &clusterLink{"others", c.Number, c.IDs[c.Keep], len(c.IDs), c.MinSimilarity}
	if m.Kind.Copy() {
		l.Link = "match"
	}
	return said, l, nil
}

// first opens a file for a look.
func first[T any](path string, look func(*os.File) (*T, error)) (*T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return look(f)
}

// words says it for people.
func (l *clusterLink) words() string {
	switch l.Link {
	case "match":
		return "their match joins them"
	case "others":
		return "joined through other documents"
	case "bridge":
		return "not joined: one of them holds other texts that share nothing with the other, and would be a bridge between clusters"
	}
	return "they are in no cluster together"
}
