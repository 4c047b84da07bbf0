package deps

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

const (
	module = "reprint"
	root   = "../.."
)

// source is one Go file of the module.
type source struct {
	name   string // from the root, with slashes
	folder string
	test   bool
	set    *token.FileSet
	file   *ast.File
}

// sources gives every Go file of the module, whatever its build tags. What lies in
// testdata, in hidden folders and in nested modules is left out.
func sources(t *testing.T) []source {
	t.Helper()
	files, err := readSources()
	if err != nil {
		t.Fatal(err)
	}
	return files
}

var readSources = sync.OnceValues(func() (files []source, err error) {
	err = filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && name != root && skip(name) {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(name, ".go") {
			return nil
		}
		src, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		f, err := parse(filepath.ToSlash(rel), string(src))
		files = append(files, f)
		return err
	})
	if err == nil && !slices.ContainsFunc(files, func(f source) bool { return f.name == "internal/deps/doc.go" }) {
		err = fmt.Errorf("%d files read, and not this package's", len(files))
	}
	return files, err
})

func skip(folder string) bool {
	base := filepath.Base(folder)
	if base == "testdata" || base == "vendor" || base[0] == '.' || base[0] == '_' {
		return true
	}
	_, err := os.Stat(filepath.Join(folder, "go.mod"))
	return err == nil
}

func parse(name, src string) (source, error) {
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, name, src, parser.ParseComments|parser.SkipObjectResolution)
	folder := path.Dir(name)
	return source{name: name, folder: folder, test: strings.HasSuffix(name, "_test.go"), set: set, file: file}, err
}

func (f source) imports() (paths []string) {
	for _, spec := range f.file.Imports {
		if p, err := strconv.Unquote(spec.Path.Value); err == nil {
			paths = append(paths, p)
		}
	}
	return paths
}

func (f source) line(p token.Pos) int { return f.set.Position(p).Line }

func (f source) fault(p token.Pos, format string, args ...any) string {
	return fmt.Sprintf("%s:%d: %s", f.name, f.line(p), fmt.Sprintf(format, args...))
}

// checkGoroutines finds go statements and calls of Go methods, as WaitGroup has one.
func checkGoroutines(files []source) (faults []string) {
	for _, f := range files {
		if f.test || slices.Contains(goroutines, f.folder) {
			continue
		}
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				faults = append(faults, f.fault(n.Pos(), "a goroutine starts here"))
			case *ast.CallExpr:
				if sel, ok := n.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Go" {
					faults = append(faults, f.fault(n.Pos(), "a goroutine starts here"))
				}
			}
			return true
		})
	}
	return faults
}

// checkProcess finds init functions, log and os.Exit.
func checkProcess(b below, files []source) (faults []string) {
	for _, f := range files {
		if f.test || slices.Contains(processes, b.room(f.folder)) {
			continue
		}
		for _, p := range f.imports() {
			if p == "log" || strings.HasPrefix(p, "log/") {
				faults = append(faults, f.name+": imports "+p)
			}
		}
		ast.Inspect(f.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					faults = append(faults, f.fault(n.Pos(), "an init function"))
				}
			case *ast.SelectorExpr:
				if x, ok := n.X.(*ast.Ident); ok && x.Name == "os" && n.Sel.Name == "Exit" {
					faults = append(faults, f.fault(n.Pos(), "os.Exit"))
				}
			}
			return true
		})
	}
	return faults
}

// checkLength finds long functions and long files. Tests and generated code may be
// as long as they are.
func checkLength(files []source) (faults []string) {
	for _, f := range files {
		if f.test || ast.IsGenerated(f.file) {
			continue
		}
		if n := f.set.File(f.file.Pos()).LineCount(); n > maxFile {
			faults = append(faults, f.fault(f.file.Pos(), "the file has %d lines; %d are allowed", n, maxFile))
		}
		for _, d := range f.file.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if n := f.line(fn.End()) - f.line(fn.Pos()) + 1; n > maxFunction {
				faults = append(faults, f.fault(fn.Pos(), "function %s has %d lines; %d are allowed", fn.Name.Name, n, maxFunction))
			}
		}
	}
	return faults
}
