package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
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

// TestReadmeGo builds the README's Go code as a program of another module, as the
// README says it is set up, and compares what each piece prints with what stands below it.
func TestReadmeGo(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	check(t, err)
	pieces := regexp.MustCompile("(?s)```go\n(.*?)```\n\n```\n(.*?)```\n").FindAllStringSubmatch(string(readme), -1)
	if len(pieces) < 5 {
		t.Fatalf("the README has %d pieces of Go", len(pieces))
	}
	root, err := filepath.Abs("../..")
	check(t, err)
	dir, want := t.TempDir(), ""
	check(t, os.Symlink(filepath.Join(root, "testdata"), filepath.Join(dir, "testdata")))
	mod, err := os.ReadFile("../../go.mod")
	check(t, err)
	sum, err := os.ReadFile("../../go.sum")
	check(t, err)
	called := "func main() {\n"
	for i, p := range pieces {
		name := "piece" + strconv.Itoa(i)
		check(t, os.WriteFile(filepath.Join(dir, name+".go"), []byte(program(name, p[1])), 0o600))
		called += "\t" + name + "()\n"
		want += p[2]
	}
	check(t, os.WriteFile(filepath.Join(dir, "main.go"), []byte("package main\n\n"+called+"}\n"), 0o600))
	check(t, os.WriteFile(filepath.Join(dir, "go.mod"), []byte(strings.Replace(string(mod), "module reprint\n", "module caller\n", 1)), 0o600))
	check(t, os.WriteFile(filepath.Join(dir, "go.sum"), sum, 0o600))
	for _, args := range [][]string{{"mod", "edit", "-require=reprint@v0.0.0", "-replace=reprint=" + root}, {"vet", "."}, {"run", "."}} {
		cmd := exec.Command("go", args...)
		cmd.Dir = dir
		got, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("go %s: %v\n%s", strings.Join(args, " "), err, got)
		}
		if args[0] == "run" && string(got) != want {
			t.Errorf("the README says\n%s\nits code\n%s", want, got)
		}
	}
}

// program is a file with the function name, whose body is given, and the imports that it
// needs.
func program(name, body string) string {
	imports := ""
	for _, path := range []string{"bytes", "context", "encoding/json", "errors", "fmt", "log", "maps", "slices",
		"reprint/boilerplate", "reprint/corpus", "reprint/dedup", "reprint/dedup/copies", "reprint/lsh", "reprint/minhash", "reprint/shingle"} {
		if regexp.MustCompile(`\b` + filepath.Base(path) + `\.[A-Z]`).MatchString(body) {
			imports += "import " + strconv.Quote(path) + "\n"
		}
	}
	return "package main\n\n" + imports + "\nfunc " + name + "() {\n" + body + "}\n"
}
