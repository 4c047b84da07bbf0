package corpus

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestGlobDeep(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.jsonl", "x/b.jsonl", "x/y/c.jsonl", "x/y/d.csv", ".git/e.jsonl", "x/.f.jsonl", "z/y/g.jsonl"} {
		put(t, dir, name, line(name))
	}
	for pattern, want := range map[string]string{
		"**/*.jsonl":      "a.jsonl x/b.jsonl x/y/c.jsonl z/y/g.jsonl",
		"x/**/*.jsonl":    "x/b.jsonl x/y/c.jsonl",
		"**/y/*":          "x/y/c.jsonl x/y/d.csv z/y/g.jsonl",
		"**/y/**/?.jsonl": "x/y/c.jsonl z/y/g.jsonl",
		"**":              "a.jsonl x/b.jsonl x/y/c.jsonl x/y/d.csv z/y/g.jsonl",
		"**/.f*":          "x/.f.jsonl",
		"*/b*":            "x/b.jsonl",
		"x/*l":            "x/b.jsonl",
		".g*/*":           ".git/e.jsonl",
		"none/**":         "",
	} {
		found, err := glob(filepath.Join(dir, pattern))
		for i := range found {
			rel, _ := filepath.Rel(dir, found[i])
			found[i] = filepath.ToSlash(rel)
		}
		if got := strings.Join(found, " "); got != want || (err != nil) != (pattern == "none/**") {
			t.Errorf("%s: got %q, want %q (%v)", pattern, got, want, err)
		}
	}
	t.Chdir(dir)
	if found, err := glob("**/c*"); err != nil || len(found) != 1 || found[0] != filepath.Join("x", "y", "c.jsonl") {
		t.Errorf("in the working folder: %q, %v", found, err)
	}
	if _, err := glob("**/[a"); err == nil {
		t.Error("no error for a pattern that is none")
	}
}

// A path matches as it does where every choice is tried.
func TestMatchPath(t *testing.T) {
	names := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "ab"}), 0, 6)
	patterns := rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "*", "a*", "**"}), 0, 6)
	var every func(pattern, path []string) bool
	every = func(pattern, path []string) bool {
		if len(pattern) == 0 {
			return len(path) == 0
		}
		if pattern[0] == anyDepth {
			return every(pattern[1:], path) || len(path) > 0 && every(pattern, path[1:])
		}
		if len(path) == 0 {
			return false
		}
		ok, _ := filepath.Match(pattern[0], path[0])
		return ok && every(pattern[1:], path[1:])
	}
	rapid.Check(t, func(t *rapid.T) {
		pattern, path := patterns.Draw(t, "pattern"), names.Draw(t, "path")
		if got, want := matchPath(pattern, slices.Clone(path)), every(pattern, path); got != want {
			t.Errorf("%q, %q: got %t", pattern, path, got)
		}
	})
}
