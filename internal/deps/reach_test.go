package deps

import (
	"go/ast"
	"go/token"
	"path"
	"slices"
	"strings"
	"testing"
)

func TestReach(t *testing.T)    { report(t, checkReach(sources(t))) }
func TestDocs(t *testing.T)     { report(t, checkDocs(sources(t))) }
func TestExamples(t *testing.T) { report(t, checkExamples(sources(t))) }

// TestReachRules shows that every check of this file finds what it looks for.
func TestReachRules(t *testing.T) {
	const uses = `import "reprint/internal/spill"; `
	for _, c := range []struct {
		check     func([]source) []string
		name, src string
		want      string // part of the only fault; empty: none
	}{
		{checkReach, "lsh/a.go", uses + `func F(o spill.Options) {}`, "spill.Options is exported"},
		{checkReach, "lsh/a.go", `import s "reprint/internal/spill"; func F() *s.Quota`, "s.Quota is exported"},
		{checkReach, "lsh/a.go", uses + `func (T) F() []spill.Options`, "spill.Options"},
		{checkReach, "lsh/a.go", uses + `func (t) F() []spill.Options`, ""},
		{checkReach, "lsh/a.go", uses + `func f(o spill.Options) { _ = spill.Options{} }`, ""},
		{checkReach, "lsh/a.go", uses + `type T struct { o spill.Options; N int }`, ""},
		{checkReach, "lsh/a.go", uses + `type T struct { O map[string]spill.Options }`, "spill.Options"},
		{checkReach, "lsh/a.go", uses + `type T struct { *spill.Quota }`, "spill.Quota"},
		{checkReach, "lsh/a.go", uses + `type T = spill.Quota`, "spill.Quota"},
		{checkReach, "lsh/a.go", uses + `var V spill.Quota`, "spill.Quota"},
		{checkReach, "internal/a/a.go", uses + `var V spill.Quota`, ""},
		{checkReach, "lsh/a_test.go", uses + `func Example() {}`, "imports an internal package"},
		{checkReach, "lsh/a_test.go", uses + `func TestF(q *spill.Quota) {}`, ""},
		{checkDocs, "lsh/a.go", `func F() {}`, "F has no comment"},
		{checkDocs, "lsh/a.go", "\n// G does it.\nfunc F() {}", "F has no comment"},
		{checkDocs, "lsh/a.go", "\n// F does it.\nfunc F() {}\nfunc f() {}\nfunc (t) F() {}", ""},
		{checkDocs, "lsh/a.go", "\ntype (\n// T is one.\nT int)\nconst C = 1", "C has no comment"},
		{checkDocs, "cmd/reprint/a.go", `func F() {}`, ""},
		{checkExamples, "lsh/a_test.go", `func ExampleJoin() {}`, "lsh: no Example"},
		{checkExamples, "lsh/a_test.go", `func Example() {}`, ""},
	} {
		file, err := parse(c.name, "// Package p is one.\npackage p; "+c.src)
		if err != nil {
			t.Fatal(err)
		}
		got := c.check([]source{file})
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || !strings.Contains(got[0], c.want)) {
			t.Errorf("%s: %q: got %q, want %q", c.name, c.src, got, c.want)
		}
	}
}

// outward reports whether programs of other modules can import a folder's package.
func outward(folder string) bool {
	first, _, _ := strings.Cut(folder, "/")
	return first != "internal" && first != "cmd" && first != "bench"
}

// checkReach finds what is exported and names an internal package in its signature or
// its fields, so that no other module could call or set it, and examples that nobody
// outside could copy because they import one.
func checkReach(files []source) (faults []string) {
	for _, f := range files {
		inside := f.internals()
		if len(inside) == 0 || !outward(f.folder) {
			continue
		}
		for _, d := range f.file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && f.test {
				if strings.HasPrefix(fn.Name.Name, "Example") {
					faults = append(faults, f.fault(fn.Pos(), "%s stands in a file that imports an internal package", fn.Name.Name))
				}
				continue
			}
			for _, shown := range exported(d) {
				ast.Inspect(shown, func(n ast.Node) bool {
					if sel, ok := n.(*ast.SelectorExpr); ok {
						if x, ok := sel.X.(*ast.Ident); ok && slices.Contains(inside, x.Name) {
							faults = append(faults, f.fault(sel.Pos(), "%s.%s is exported, but cannot be named outside", x.Name, sel.Sel.Name))
						}
					}
					return true
				})
			}
		}
	}
	return faults
}

// internals are the names under which f imports internal packages.
func (f source) internals() (names []string) {
	for i, p := range f.imports() {
		if !strings.HasPrefix(p, module+"/internal/") {
			continue
		}
		if name := f.file.Imports[i].Name; name != nil {
			names = append(names, name.Name)
		} else {
			names = append(names, path.Base(p))
		}
	}
	return names
}

// exported returns the types that a declaration shows to other packages.
func exported(d ast.Decl) (shown []ast.Node) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || receiver(d).IsExported()) {
			shown = append(shown, d.Type)
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			switch s := s.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() {
					shown = append(shown, typeShown(s.Type)...)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && s.Type != nil {
					shown = append(shown, s.Type)
				}
			}
		}
	}
	return shown
}

// typeShown is a type; of a struct its exported fields, and those that are embedded.
func typeShown(t ast.Expr) (shown []ast.Node) {
	s, ok := t.(*ast.StructType)
	if !ok {
		return []ast.Node{t}
	}
	for _, field := range s.Fields.List {
		if len(field.Names) == 0 || field.Names[0].IsExported() {
			shown = append(shown, field.Type)
		}
	}
	return shown
}

// receiver is the name of a method's type.
func receiver(fn *ast.FuncDecl) *ast.Ident {
	t := fn.Recv.List[0].Type
	if star, ok := t.(*ast.StarExpr); ok {
		t = star.X
	}
	if generic, ok := t.(*ast.IndexExpr); ok {
		t = generic.X
	}
	return t.(*ast.Ident)
}

// checkDocs finds exported names without a comment that begins with them, and packages
// without one. A group of constants or variables may share one.
func checkDocs(files []source) (faults []string) {
	packages := map[string]bool{}
	for _, f := range files {
		if f.test || !outward(f.folder) {
			continue
		}
		packages[f.folder] = packages[f.folder] || f.file.Doc != nil
		for _, d := range f.file.Decls {
			for name, doc := range documented(d) {
				if !strings.HasPrefix(doc, name.Name+" ") && !strings.Contains(doc, " "+name.Name+" ") {
					faults = append(faults, f.fault(name.Pos(), "%s has no comment that says what it is", name.Name))
				}
			}
		}
	}
	for folder, ok := range packages {
		if !ok {
			faults = append(faults, folder+": no package comment")
		}
	}
	return faults
}

// documented maps the exported names of a declaration to their comments.
func documented(d ast.Decl) map[*ast.Ident]string {
	docs := map[*ast.Ident]string{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && (d.Recv == nil || receiver(d).IsExported()) {
			docs[d.Name] = d.Doc.Text()
		}
	case *ast.GenDecl:
		for _, s := range d.Specs {
			if s, ok := s.(*ast.TypeSpec); ok && s.Name.IsExported() {
				docs[s.Name] = s.Doc.Text() + d.Doc.Text()
			}
			if s, ok := s.(*ast.ValueSpec); ok && s.Names[0].IsExported() && !d.Lparen.IsValid() {
				docs[s.Names[0]] = d.Doc.Text()
			}
		}
	}
	return docs
}

// checkExamples finds packages that no example shows, which would not be compiled and
// run with the tests else.
func checkExamples(files []source) (faults []string) {
	shown, where := map[string]bool{}, map[string]token.Pos{}
	for _, f := range files {
		if !outward(f.folder) {
			continue
		}
		where[f.folder] = f.file.Pos()
		for _, d := range f.file.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && f.test && fn.Name.Name == "Example" {
				shown[f.folder] = true
			}
		}
	}
	for folder := range where {
		if !shown[folder] {
			faults = append(faults, folder+": no Example of the package as a whole")
		}
	}
	return faults
}
