package formats

import (
	"flag"
	"fmt"
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

// TestSamplesCutByABlockStayWhole reads a long table of one metric a row that
// spans several blocks: every sample must keep both of its metrics.
func TestSamplesCutByABlockStayWhole(t *testing.T) {
	var b strings.Builder
	b.WriteString("run,step,sample_id,metric,value\n")
	const n = 60_000
	for i := range n {
		fmt.Fprintf(&b, "r%d,100,item_%d,hack,%d\nr%d,100,item_%d,reward,0.%d\n", i/20_000, i%20_000, i%2, i/20_000, i%20_000, i%10)
	}
	r := readText(t, "long.csv", b.String(), Mapping{})
	if b.Len() < 3*blockSize || r.tables[0].Len() != n {
		t.Fatalf("%d samples of %d in %d bytes", r.tables[0].Len(), n, b.Len())
	}
	table, _ := r.tables[0].Table()
	for _, c := range table.Columns {
		for row := range n {
			if v := c.At(row); v != v {
				t.Fatalf("row %d has no %s", row, c.Name)
			}
		}
	}
}
