package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadme runs the README's first command and compares what it tells with
// what the README says it does. The seconds are the machine's.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	check(t, err)
	_, want, _ := strings.Cut(string(readme), "## What it finds in the five articles\n\n```\n")
	want, _, found := strings.Cut(want, "```\n")
	if !found {
		t.Fatal("the README has no such block")
	}
	out := filepath.Join(t.TempDir(), "reprint-results")
	scan := exec.Command("go", "run", "./cmd/reprint", "scan", "testdata/articles", "-o", out)
	scan.Dir = "../.."
	got, err := scan.CombinedOutput()
	check(t, err)
	seconds := regexp.MustCompile(`read in [0-9.]+ s`)
	told := seconds.ReplaceAllString(strings.ReplaceAll(string(got), out, "reprint-results"), "read in 0.0 s")
	if want = seconds.ReplaceAllString(want, "read in 0.0 s"); told != want {
		t.Errorf("the README says\n%s\nthe command\n%s", want, told)
	}
}
