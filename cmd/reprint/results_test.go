package main

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

func TestPaths(t *testing.T) {
	for _, c := range []struct {
		paths []string
		line  string
	}{
		{[]string{"week.jsonl"}, "week.jsonl"},
		{[]string{"a.csv", "alte Artikel/", "größe.txt"}, `a.csv "alte Artikel/" größe.txt`},
		{[]string{`say "so".txt`, "-"}, `"say \"so\".txt" -`},
		{[]string{"*.jsonl", ""}, `*.jsonl ""`},
	} {
		if got := joinPaths(c.paths); got != c.line {
			t.Errorf("%q gives %s, want %s", c.paths, got, c.line)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		paths := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.StringMatching(`[ab "\\]*`))).Draw(t, "paths")
		got, err := splitPaths(joinPaths(paths))
		if err != nil || !slices.Equal(got, paths) {
			t.Fatalf("%q became %q, %v", paths, got, err)
		}
	})
}

func TestPathsBad(t *testing.T) {
	for _, line := range []string{`"`, `"a`, `a "b\`} {
		if got, err := splitPaths(line); err == nil {
			t.Errorf("%s gives %q", line, got)
		}
	}
}
