package main_test

import (
	"go/ast"
	"os"
	"regexp"
	"slices"
	"testing"
)

// goFolders may start goroutines: one runs work off the window's goroutine,
// two are the import pipeline.
var goFolders = []string{"views/task", "data/store", "data/formats"}

// TestConcurrencyStaysInItsFolders finds go statements, and calls that jump
// to the window's goroutine, where they do not belong.
func TestConcurrencyStaysInItsFolders(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		ast.Inspect(s.File, func(n ast.Node) bool {
			if _, is := n.(*ast.GoStmt); is && !slices.ContainsFunc(goFolders, func(in string) bool { return within(s.folder, in) }) {
				t.Errorf("%s: go statement outside %v: give the work to a task, which can be canceled and tested", s.place(n), goFolders)
			}
			if call := selected(n, "fyne"); (call == "Do" || call == "DoAndWait") && s.folder != "app" {
				t.Errorf("%s: fyne.%s outside app: a task posts its result, and app says where to", s.place(n), call)
			}
			return true
		})
	}
}

// selected is the name chosen from a package, such as Do of fyne.Do.
func selected(n ast.Node, from string) string {
	if sel, is := n.(*ast.SelectorExpr); is {
		if pkg, is := sel.X.(*ast.Ident); is && pkg.Name == from {
			return sel.Sel.Name
		}
	}
	return ""
}

// TestNothingRegistersItself: what exists is written down in ordered slices.
func TestNothingRegistersItself(t *testing.T) {
	for _, s := range sources(t) {
		for _, f := range functions(s) {
			if f.Recv == nil && f.Name.Name == "init" {
				t.Errorf("%s: func init; add to an ordered slice instead", s.place(f))
			}
		}
	}
}

func functions(s source) (all []*ast.FuncDecl) {
	for _, d := range s.Decls {
		if f, is := d.(*ast.FuncDecl); is && f.Body != nil {
			all = append(all, f)
		}
	}
	return all
}

// TestFilesAndFunctionsStaySmall: no file over 500 lines, half of the
// functions within 11 lines, nine in ten within 45.
func TestFilesAndFunctionsStaySmall(t *testing.T) {
	var lengths []int
	for _, s := range sources(t) {
		if s.lines > 500 {
			t.Errorf("%s has %d lines; cut it by what it talks about", s.name, s.lines)
		}
		for _, f := range functions(s) {
			lengths = append(lengths, s.files.Position(f.End()).Line-s.files.Position(f.Pos()).Line+1)
		}
	}
	slices.Sort(lengths)
	if half := lengths[len(lengths)/2]; half > 11 {
		t.Errorf("half of the functions have up to %d lines, not 11", half)
	}
	if most := lengths[len(lengths)*9/10]; most > 45 {
		t.Errorf("nine functions in ten have up to %d lines, not 45", most)
	}
}

var emptyWords = regexp.MustCompile(`Manager|Helper|Util(s|ity)?$`)

// TestExportedNamesAreDocumentedAndMeanSomething wants a comment on every
// exported declaration, and no names that only say that something is there.
func TestExportedNamesAreDocumentedAndMeanSomething(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, d := range s.Decls {
			for name, documented := range declared(d) {
				if !documented {
					t.Errorf("%s: %s has no comment", s.place(d), name)
				}
				if emptyWords.MatchString(name) {
					t.Errorf("%s: %s: name it after what it is", s.place(d), name)
				}
			}
		}
	}
}

// declared is the exported names of a declaration and whether each has a
// comment: before it, beside it, or before its group.
func declared(d ast.Decl) map[string]bool {
	names := map[string]bool{}
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && exportedReceiver(d) {
			names[d.Name.Name] = d.Doc != nil || wellKnown[d.Name.Name]
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			specified(names, spec, d.Doc != nil)
		}
	}
	return names
}

// wellKnown methods satisfy interfaces that say what they do.
var wellKnown = map[string]bool{
	"String": true, "Error": true, "Unwrap": true, "Len": true, "Less": true, "Swap": true, "Read": true, "Write": true, "Close": true, "Scan": true,
	"MarshalText": true, "UnmarshalText": true, "MarshalJSON": true, "UnmarshalJSON": true,
}

// exportedReceiver tells whether a method can be seen from outside.
func exportedReceiver(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	exported := false
	ast.Inspect(f.Recv.List[0].Type, func(n ast.Node) bool {
		if name, is := n.(*ast.Ident); is && !exported {
			exported = name.IsExported()
			return false
		}
		return true
	})
	return exported
}

func specified(names map[string]bool, spec ast.Spec, group bool) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		if spec.Name.IsExported() {
			names[spec.Name.Name] = group || spec.Doc != nil || spec.Comment != nil
		}
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			if name.IsExported() {
				names[name.Name] = group || spec.Doc != nil || spec.Comment != nil
			}
		}
	}
}

// TestEveryPackageExplainsItself wants one package comment a folder.
func TestEveryPackageExplainsItself(t *testing.T) {
	explained := map[string]bool{}
	for _, s := range sources(t) {
		if !s.test {
			explained[s.folder] = explained[s.folder] || s.Doc != nil
		}
	}
	for folder, is := range explained {
		if !is {
			t.Errorf("%s has no package comment", folder)
		}
	}
}

// TestVersionsAgree: the program and its packages are of one version.
func TestVersionsAgree(t *testing.T) {
	program := quoted(t, "version.go", `var version = "([^"]+)"`)
	if packed := quoted(t, "../FyneApp.toml", `Version = "([^"]+)"`); packed != program {
		t.Errorf("app/version.go says %s, FyneApp.toml %s", program, packed)
	}
}

// quoted finds what stands between the quotes in a file.
func quoted(t *testing.T, name, pattern string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(pattern).FindSubmatch(text)
	if found == nil {
		t.Fatalf("%s has nothing like %s", name, pattern)
	}
	return string(found[1])
}
