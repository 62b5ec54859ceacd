package main_test

import (
	"cmp"
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
	"testing"
)

// A layer says what a folder and those below it may import of ours, and why
// not more. The longest matching folder has the say.
type layer struct {
	folder string
	may    []string // folders; "x/" also allows all below x
	reason string
}

var layers = []layer{
	{"app", []string{"views/", "charts", "data/", "assets"}, "app wires everything, and nothing imports it"},
	{"assets", nil, "assets are files and know nobody"},
	{"views", []string{"views/", "charts", "data/", "assets"}, "views look down on charts and data, never up to app"},
	{"views/task", nil, "tasks run anything, so they know nothing"},
	{"views/task/tasktest", []string{"views/task"}, "a test runner knows the tasks only"},
	{"charts", []string{"charts/internal/", "data", "data/frame"}, "charts draw frames: whoever computed one, the picture is the same"},
	{"charts/internal/pen", nil, "the pen draws strokes and letters and knows no chart"},
	{"data", nil, "the nouns come first"},
	{"data/frame", nil, "a frame is plain data; every answer is one"},
	{"data/query", []string{"data/query/"}, "a query knows nothing of how it will be answered"},
	{"data/stats", nil, "formulas take numbers, not studies"},
	{"data/column", []string{"data"}, "columns are below all readers and engines"},
	{"data/motive", []string{"data/stats"}, "motivation models compute shares and rates from numbers"},
	{"data/simulate", []string{"data"}, "the generator must not lean on what it tests"},
	{"data/formats", []string{"data", "data/column", "data/formats/"}, "formats fill columns and do not know where they are kept"},
	{"data/estimate", []string{"data", "data/column", "data/query", "data/stats", "data/frame"}, "estimates read columns, whatever file they came from"},
	{"data/oversight", []string{"data", "data/column", "data/query", "data/stats", "data/frame", "data/estimate"}, "monitors are judged from columns, whatever file they came from"},
	{"data/curve", []string{"data", "data/stats", "data/frame"}, "curves are read from answers, whoever asked"},
	{"data/contrast", []string{"data", "data/column", "data/query", "data/stats", "data/frame", "data/estimate"}, "a contrast reads answers and can change no number"},
	{"data/predict", []string{"data", "data/column", "data/query", "data/stats", "data/frame", "data/estimate", "data/motive"}, "predictions are scored from columns, wherever they are kept"},
	{"data/store", []string{"data/"}, "the store joins all of data, and only that"},
}

// A fence keeps a foreign package inside the folders that may use it.
type fence struct {
	imports string // the path, or a prefix when it ends in "/"
	only    []string
	reason  string
}

var fences = []fence{
	{"database/sql", []string{"data/store"}, "SQL stays in one folder, so that the file can change its shape in one place"},
	{"database/sql/", []string{"data/store"}, "SQL stays in one folder, so that the file can change its shape in one place"},
	{"modernc.org/", []string{"data/store"}, "one folder knows SQLite"},
	{"github.com/wcharczuk/go-chart/", []string{"charts/internal/pen"}, "go-chart is archived; behind the pen it can be replaced"},
	{"fyne.io/fyne/v2/app", []string{"app"}, "it needs a screen's headers to build; everything else is tested without"},
	{"fyne.io/", []string{"app", "views"}, "data and charts work without a window"},
	{"github.com/ncruces/zenity", []string{"app", "views"}, "data and charts work without a window"},
	{"net", nil, "the program opens no socket"},
	{"net/http", nil, "the program opens no socket"},
	{"net/http/", nil, "the program opens no socket"},
	{"net/rpc", nil, "the program opens no socket"},
	{"net/smtp", nil, "the program opens no socket"},
	{"crypto/tls", nil, "the program opens no socket"},
	{"plugin", nil, "the program runs no code from data"},
	{"os/exec", nil, "the program runs no code from data"},
}

// A source is one Go file of the program.
type source struct {
	folder string // "data/stats"
	name   string // "data/stats/wilson.go"
	test   bool
	lines  int
	files  *token.FileSet
	*ast.File
}

// place is where in the file something stands.
func (s source) place(at ast.Node) string {
	return s.name + ":" + strconv.Itoa(s.files.Position(at.Pos()).Line)
}

// sources parses every Go file of the repository, under all build tags.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (name != "." && strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata"):
			return fs.SkipDir
		case path.Ext(name) == ".go":
			all = append(all, parse(t, name))
		}
		return nil
	})
	if err != nil || len(all) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	return all
}

func parse(t *testing.T, name string) source {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	s := source{folder: path.Dir(name), name: name, test: strings.HasSuffix(name, "_test.go"), files: token.NewFileSet()}
	s.lines = strings.Count(string(text), "\n")
	if s.File, err = parser.ParseFile(s.files, name, text, parser.ParseComments|parser.SkipObjectResolution); err != nil {
		t.Fatal(err)
	}
	return s
}

// TestImportsPointDown reads the imports of the program. Tests may look at
// whatever they compare with.
func TestImportsPointDown(t *testing.T) {
	for _, s := range sources(t) {
		if s.test {
			continue
		}
		for _, spec := range s.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if reason := objection(s.folder, imported); reason != "" {
				t.Errorf("%s: %s imports %s, but %s", s.place(spec), s.folder, imported, reason)
			}
		}
	}
}

// objection is why a folder may not import a package, "" when it may.
func objection(folder, imported string) string {
	if own, ours := strings.CutPrefix(imported, "witnessmark/"); ours || imported == "witnessmark" {
		return ownObjection(folder, own)
	}
	for _, f := range fences {
		if matches(f.imports, imported) && !slices.ContainsFunc(f.only, func(in string) bool { return within(folder, in) }) {
			return f.reason
		}
	}
	return ""
}

func ownObjection(folder, imported string) string {
	at, known := layerOf(folder)
	if !known {
		return "the folder has no layer yet: add it to layers in app/layers_test.go with a reason"
	}
	for _, may := range at.may {
		if imported == strings.TrimSuffix(may, "/") || matches(may, imported) {
			return ""
		}
	}
	return at.reason
}

// layerOf finds the layer with the longest folder that holds this one. The
// root of data is no roof: a new folder below it needs its own line.
func layerOf(folder string) (layer, bool) {
	fits := slices.DeleteFunc(slices.Clone(layers), func(l layer) bool {
		return !within(folder, l.folder) || l.folder == "data" && folder != "data"
	})
	if len(fits) == 0 {
		return layer{}, false
	}
	return slices.MaxFunc(fits, func(a, b layer) int { return cmp.Compare(len(a.folder), len(b.folder)) }), true
}

func within(folder, in string) bool { return folder == in || strings.HasPrefix(folder, in+"/") }

func matches(pattern, imported string) bool {
	return pattern == imported || strings.HasSuffix(pattern, "/") && strings.HasPrefix(imported, pattern)
}

// TestObjectionsAreRaised makes sure that the rules above can fail.
func TestObjectionsAreRaised(t *testing.T) {
	for _, x := range []struct {
		folder, imported string
		fine             bool
	}{
		{"app", "witnessmark/views/task", true},
		{"views", "witnessmark/charts", true},
		{"views", "witnessmark/app", false},
		{"charts", "witnessmark/data/frame", true},
		{"charts", "witnessmark/data/store", false},
		{"charts", "witnessmark/views", false},
		{"data/stats", "witnessmark/data", false},
		{"data/store", "witnessmark/data/estimate", true},
		{"data/store", "witnessmark/charts", false},
		{"data/new", "witnessmark/data", false},
		{"data/store", "database/sql", true},
		{"data/estimate", "database/sql", false},
		{"views", "fyne.io/fyne/v2/widget", true},
		{"views", "fyne.io/fyne/v2/app", false},
		{"charts/internal/pen", "github.com/wcharczuk/go-chart/v2", true},
		{"charts", "github.com/wcharczuk/go-chart/v2", false},
		{"data/formats", "net/http", false},
		{"data/formats", "net/url", true},
	} {
		if got := objection(x.folder, x.imported); (got == "") != x.fine {
			t.Errorf("%s importing %s: objection %q", x.folder, x.imported, got)
		}
	}
}
