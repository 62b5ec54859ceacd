package formats

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write what is read as the expectation")

// TestFilesReachTheSink reads each file of testdata and compares all that
// reached the sink with the file of the same name that ends in .golden.
func TestFilesReachTheSink(t *testing.T) {
	files, left := Walk([]string{"testdata"})
	if len(left) > 0 {
		t.Errorf("left out: %v", left)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".golden") || strings.Contains(f.Path, "fuzz") {
			continue
		}
		t.Run(filepath.ToSlash(f.Path), func(t *testing.T) {
			compareGolden(t, f.Path+".golden", readFile(t, f, Mapping{}).dump(50))
		})
	}
}

func compareGolden(t *testing.T, path, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs:\n%s", path, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range max(len(g), len(w)) {
		if a, b := lineAt(g, i), lineAt(w, i); a != b {
			return "got  " + a + "\nwant " + b
		}
	}
	return ""
}

func lineAt(lines []string, i int) string {
	if i < len(lines) {
		return lines[i]
	}
	return "(nothing)"
}
