package store_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"witnessmark/data/formats"
	"witnessmark/data/store"
)

// shared finds the folder of real files, which is not part of the project.
func shared(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	ok(t, err)
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if real := filepath.Join(filepath.Dir(dir), "shared", "realdata"); exists(real) {
			return real
		}
	}
	t.Skip("the real files (../shared/realdata) are not on this machine")
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// few keeps three files of each ending in each folder of the second level,
// which are alike: all would take minutes under the race detector.
func few(files []formats.File, root string) (out []formats.File) {
	seen := map[string]int{}
	for _, f := range files {
		rel, _ := filepath.Rel(root, f.Path)
		parts := strings.Split(filepath.ToSlash(rel), "/")
		kind := strings.Join(parts[:min(2, len(parts)-1)], "/") + filepath.Ext(f.Path)
		if seen[kind]++; seen[kind] <= 3 {
			out = append(out, f)
		}
	}
	return out
}

// TestRealFilesMakeAWholeStudy imports real files that a format knows,
// twice: the study is whole, and the second time changes nothing.
func TestRealFilesMakeAWholeStudy(t *testing.T) {
	root := shared(t)
	files, _ := formats.Walk([]string{root})
	files = few(files, root)
	s := create(t)
	imported := importAll(t, s, files, false)
	before := dump(set(t, s))
	if again := importAll(t, s, files, true); again != imported {
		t.Errorf("%d files the first time, %d the second", imported, again)
	}
	if dump(set(t, s)) != before {
		t.Error("importing the same files again changed the study")
	}
	found, err := s.Check(t.Context())
	if err != nil || len(found) > 0 {
		t.Errorf("%v %v", found, err)
	}
	all, attempts := set(t, s).Rows()
	t.Logf("%d of %d files, %d runs, %d rows, %d of them samples", imported, len(files), len(set(t, s).Runs), all, attempts)
}

// importAll returns how many files a format knew and could read.
func importAll(t *testing.T, s *store.Store, files []formats.File, known bool) (n int) {
	t.Helper()
	for _, f := range files {
		format, err := formats.Detect(f)
		if err != nil {
			continue
		}
		r, err := s.Import(t.Context(), f, format, noMapping, nil)
		var refused *store.Error
		switch {
		case errors.As(err, &refused):
			t.Errorf("%s: %v", f.Path, err)
		case err != nil && !strings.Contains(err.Error(), filepath.Base(f.Path)):
			t.Errorf("%s: the message does not name the file: %v", f.Path, err)
		case err == nil:
			n++
			if r.Already != known && known {
				t.Errorf("%s: imported a second time: %+v", f.Path, r)
			}
		}
	}
	return n
}
