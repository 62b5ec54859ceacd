package formats

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"witnessmark/data"
)

// Walk lists the regular files that the paths name, and those below folders,
// in the order of their names. Symbolic links are not followed below a
// folder; links, pipes, devices and what cannot be read are reported.
// Hidden files and folders below a folder are passed over. A file that
// several paths name is listed once.
func Walk(paths []string) ([]File, []data.Problem) {
	w := &walk{}
	for _, p := range paths {
		info, err := os.Stat(p)
		switch {
		case err != nil:
			w.report(p, err)
		case info.IsDir():
			w.folder(p)
		default:
			w.file(p, info)
		}
	}
	seen := map[string]bool{}
	w.files = slices.DeleteFunc(w.files, func(f File) bool {
		again := seen[filepath.Clean(f.Path)]
		seen[filepath.Clean(f.Path)] = true
		return again
	})
	return w.files, w.problems
}

type walk struct {
	files    []File
	problems []data.Problem
}

func (w *walk) report(path string, err error) {
	text := err.Error()
	var failed *fs.PathError
	switch {
	case errors.Is(err, fs.ErrNotExist):
		text = "There is no such file."
	case errors.Is(err, fs.ErrPermission):
		text = "Permission denied."
	case errors.As(err, &failed):
		text = failed.Err.Error()
	}
	w.problem(path, text)
}

func (w *walk) problem(path, text string) {
	w.problems = append(w.problems, data.Problem{File: path, Text: text, Count: 1, Bad: true})
}

func (w *walk) file(path string, info fs.FileInfo) {
	if !info.Mode().IsRegular() {
		w.problem(path, fmt.Sprintf("This is %s, not a regular file; left out.", kindOf(info.Mode())))
		return
	}
	w.files = append(w.files, FileAt(path, info.Size()))
}

// FileAt returns the file of a path.
func FileAt(path string, size int64) File {
	return File{Path: path, Size: size, Open: func() (io.ReadSeekCloser, error) { return os.Open(path) }}
}

func kindOf(m fs.FileMode) string {
	switch {
	case m&fs.ModeSymlink != 0:
		return "a symbolic link"
	case m&fs.ModeNamedPipe != 0:
		return "a pipe"
	case m&fs.ModeSocket != 0:
		return "a socket"
	case m&fs.ModeDevice != 0:
		return "a device"
	}
	return "something else"
}

func (w *walk) folder(root string) {
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			w.report(path, err)
			return nil
		case path != root && strings.HasPrefix(d.Name(), "."):
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		case d.IsDir():
			return nil
		}
		info, err := d.Info()
		if err != nil {
			w.report(path, err)
			return nil
		}
		w.file(path, info)
		return nil
	})
	if err != nil {
		w.report(root, err)
	}
	slices.SortStableFunc(w.files, func(a, b File) int { return strings.Compare(a.Path, b.Path) })
}
