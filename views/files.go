package views

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage"

	"witnessmark/charts"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A Choice is a question for files.
type Choice struct {
	Title  string
	Save   bool     // a file to write; else files to read
	Folder bool     // a folder in place of files
	Many   bool     // several files
	Name   string   // proposed
	Ends   []string // endings that fit, such as ".study"; none for any
}

// choose asks for files, natively where that is possible, and calls picked
// with what was chosen. Nothing happens when a person cancels.
func (w *Window) choose(c Choice, picked func([]string)) {
	if w.deps.Choose == nil {
		w.chooseInWindow(c, picked)
		return
	}
	task.Do(context.Background(), w.work, func(ctx context.Context) ([]string, error) { return w.deps.Choose(ctx, c) }, func(paths []string, err error) {
		switch {
		case err != nil:
			w.chooseInWindow(c, picked)
		case len(paths) > 0:
			picked(paths)
		}
	})
}

// chooseInWindow asks with a dialog in the window.
func (w *Window) chooseInWindow(c Choice, picked func([]string)) {
	path := func(u fyne.URI, err error) {
		if err != nil {
			w.Fail("The file could not be chosen", err)
		} else if u != nil {
			picked([]string{u.Path()})
		}
	}
	size := fyne.NewSize(820, 560)
	switch {
	case c.Folder:
		d := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if u != nil {
				path(u, err)
			}
		}, w.win)
		d.Resize(size)
		d.Show()
	case c.Save:
		d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
			if f != nil {
				u := f.URI()
				f.Close()
				os.Remove(u.Path()) // the dialog has made an empty file
				path(u, err)
			}
		}, w.win)
		d.SetFileName(c.Name)
		d.Resize(size)
		d.Show()
	default:
		d := dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
			if f != nil {
				f.Close()
				path(f.URI(), err)
			}
		}, w.win)
		if len(c.Ends) > 0 {
			d.SetFilter(storage.NewExtensionFileFilter(c.Ends))
		}
		d.Resize(size)
		d.Show()
	}
}

// ChooseStudy implements Bench.
func (w *Window) ChooseStudy(create bool) {
	if create {
		w.choose(Choice{Title: "New study", Save: true, Name: "experiments" + store.Extension, Ends: []string{store.Extension}}, func(p []string) { w.openWith(p[0], w.deps.Create) })
		return
	}
	w.choose(Choice{Title: "Open study", Ends: []string{store.Extension}}, func(p []string) { w.Open(p[0]) })
}

// ChooseFiles implements Bench.
func (w *Window) ChooseFiles(folder bool, picked func([]string)) {
	w.choose(Choice{Title: "Import results", Folder: folder, Many: true}, picked)
}

// Choose implements Bench.
func (w *Window) Choose(c Choice, picked func([]string)) { w.choose(c, picked) }

// OpenStudy implements Bench.
func (w *Window) OpenStudy(path string) { w.Open(path) }

// Recent implements Bench.
func (w *Window) Recent() []string { return w.prefs.recent() }

// Bundled implements Bench.
func (w *Window) Bundled() []Bundle { return w.deps.Bundles }

// OpenBundle implements Bench.
func (w *Window) OpenBundle(b Bundle) {
	if w.deps.MakeBundle == nil {
		return
	}
	w.status.progress("Making "+b.Title, 0, "")
	task.Do(context.Background(), w.work, func(ctx context.Context) (string, error) {
		return w.deps.MakeBundle(ctx, b, func(share float64) {
			w.deps.Tasks.Post(func() { w.status.progress("Making "+b.Title, share, charts.Percent.Text(share, 1)) })
		})
	}, func(path string, err error) {
		w.status.progress("", 0, "")
		if err != nil {
			w.Fail("The sample study could not be made", err)
			return
		}
		w.Open(path)
	})
}

// Drop takes files that were dropped on the window: a study is opened, an
// exported chart shows its view again, and all else goes to the import.
func (w *Window) Drop(paths []string) {
	if len(paths) == 0 {
		return
	}
	switch end := strings.ToLower(filepath.Ext(paths[0])); {
	case len(paths) == 1 && end == store.Extension:
		w.Open(paths[0])
		return
	case len(paths) == 1 && (end == ".png" || end == ".svg" || end == ".pdf"):
		w.reopen(paths[0])
		return
	}
	if w.study == nil {
		w.Say("Open or make a study first, then drop the files again")
		return
	}
	w.ImportFiles(paths)
}

// ImportFiles implements Bench.
func (w *Window) ImportFiles(paths []string) {
	w.desk.Do(desk.Open("import", "Import"))
	if v, ok := w.host.View().(*imports); ok {
		v.add(paths)
	}
}

// Author implements Bench.
func (w *Window) Author() string { return w.prefs.String("author") }

// KeepAuthor implements Bench.
func (w *Window) KeepAuthor(name string) { w.prefs.SetString("author", name) }

// reopen shows the state that an exported chart carries.
func (w *Window) reopen(path string) {
	task.Do(context.Background(), w.work, func(context.Context) (string, error) {
		file, err := os.ReadFile(path)
		if err != nil {
			return "", err
		}
		recipe, ok := charts.ReadRecipe(file)
		if !ok {
			return "", fmt.Errorf("%s holds no view; only charts that were saved here do", filepath.Base(path))
		}
		return recipe, nil
	}, func(recipe string, err error) {
		var s desk.State
		if err == nil {
			_, s, err = figure.ReadRecipe(recipe)
		}
		if err != nil {
			w.Fail("This picture could not be opened", err)
			return
		}
		w.desk.Do(desk.Restore("of the picture", s))
	})
}

// SaveChart implements Bench: it asks for a size and a format, then a file.
func (w *Window) SaveChart(spec charts.Spec) {
	end := ".svg"
	style := charts.Style{Width: 1200, Height: 675, Theme: charts.Light()}
	ends := []string{".svg", ".png", ".pdf", ".csv"}
	formats := part.NewSegments([]string{"SVG", "PNG", "PDF", "CSV"}, func(i int) { end = ends[i] })
	sizes := part.NewSegments([]string{"Paper", "Slide 16:9"}, func(i int) {
		style = charts.Style{Width: 1200, Height: 675, Theme: charts.Light()}
		if i == 1 {
			style = charts.Slide(charts.Light())
		}
	})
	var shut func()
	save := part.NewPrimary("Choose a file…", theme.Export, func() {
		shut()
		w.choose(Choice{Title: "Save chart", Save: true, Name: figure.FileName(spec.Title, w.facts.Name()) + end, Ends: []string{end}}, func(p []string) {
			w.write(withEnd(p[0], end), spec, style)
		})
	})
	body := part.Pad(14, 16, 14, 16, part.Stack(10, part.Row(10, part.Fixed(60, 0, part.Quiet("Format")), formats, part.Spacer()), part.Row(10, part.Fixed(60, 0, part.Quiet("Size")), sizes, part.Spacer()),
		part.Prose("Charts are saved in light colors with their caption. Drop the file on the window to see this view again.")))
	shut = part.Modal(w.win.Canvas(), "Save chart", fyne.NewSize(430, 240), body, save)
}

func withEnd(path, end string) string {
	if filepath.Ext(path) == "" {
		return path + end
	}
	return path
}

// write saves a chart through a temporary file, so that an error leaves what
// was there.
func (w *Window) write(path string, spec charts.Spec, style charts.Style) {
	task.Do(context.Background(), w.work, func(context.Context) ([]string, error) {
		return writeFile(path, func(to io.Writer) ([]string, error) { return charts.Write(to, path, spec, style) })
	}, func(notes []string, err error) {
		if err != nil {
			w.Fail("The chart could not be saved", err)
			return
		}
		text := "Saved " + path
		if len(notes) > 0 {
			text += "; " + strings.Join(notes, "; ")
		}
		w.Say(text)
	})
}

func writeFile(path string, body func(io.Writer) ([]string, error)) ([]string, error) {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".witnessmark-*")
	if err != nil {
		return nil, fmt.Errorf("cannot write to %s: %w", filepath.Dir(path), err)
	}
	defer os.Remove(tmp.Name())
	notes, err := body(tmp)
	if closed := tmp.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Chmod(tmp.Name(), 0o644)
	}
	if err != nil {
		return notes, err
	}
	return notes, os.Rename(tmp.Name(), path)
}
