// Package viewtest opens the window on a small study, without a screen, and
// drives it as a person would: type a filter, press a button, read what is
// there. Work waits in a tasktest.Queue, so that a test decides in which
// order answers arrive; nothing sleeps.
package viewtest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"witnessmark/data/formats"
	"witnessmark/data/store"
	"witnessmark/views"
	"witnessmark/views/part"
	"witnessmark/views/task/tasktest"
)

// A Window is an open window with the queue that its work waits in.
type Window struct {
	*views.Window
	Queue *tasktest.Queue
	Path  string // of the study
	Fyne  fyne.Window
	App   fyne.App
	// ReadOnly opens studies only to be read.
	ReadOnly bool
	// Picks are what a person chooses where files are asked for, in order.
	Picks [][]string
	t     testing.TB
}

// Open opens the window on the small study: three conditions of ten seeds,
// 40 steps, each a count of 20 samples. Size is that of the mockups.
func Open(t testing.TB) *Window {
	w := Empty(t)
	w.Path = Study(t)
	w.Window.Open(w.Path)
	w.Settle()
	return w
}

// OpenWith opens the window on a study file that is opened in a way of its
// own, such as only to be read.
func OpenWith(t testing.TB, path string, open func(path string) (*store.Store, error)) *Window {
	t.Helper()
	w := empty(t, open)
	w.Path = path
	w.Window.Open(path)
	w.Settle()
	return w
}

// Empty opens the window without a study.
func Empty(t testing.TB) *Window {
	t.Helper()
	return empty(t, store.Open)
}

func empty(t testing.TB, open func(path string) (*store.Store, error)) *Window {
	t.Helper()
	app := test.NewTempApp(t)
	win := test.NewTempWindow(t, nil)
	win.Resize(fyne.NewSize(1440, 900))
	w := &Window{Queue: &tasktest.Queue{}, Fyne: win, App: app, t: t}
	w.Window = views.NewWindow(app, win, views.Deps{
		Tasks: w.Queue.Runner(),
		Open: func(path string) (views.Study, error) {
			if w.ReadOnly {
				return w.closing(store.OpenReadOnly(path))
			}
			return w.closing(open(path))
		},
		Create: func(path string) (views.Study, error) { return w.closing(store.Create(path)) },
		Choose: func(context.Context, views.Choice) ([]string, error) { return w.pick(), nil },
	})
	win.Resize(fyne.NewSize(1440, 900))
	return w
}

// pick is what a person chooses next; nothing where nothing is left.
func (w *Window) pick() []string {
	if len(w.Picks) == 0 {
		return nil
	}
	next := w.Picks[0]
	w.Picks = w.Picks[1:]
	return next
}

func (w *Window) closing(s *store.Store, err error) (views.Study, error) {
	if err != nil {
		return nil, err
	}
	s.SetClock(w.Queue.Now)
	w.t.Cleanup(func() { s.Close() })
	return s, nil
}

// Study writes the small study to a folder of the test and returns its path.
func Study(t testing.TB) string {
	t.Helper()
	bytes, err := small()
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "small.study")
	if err := os.WriteFile(path, bytes, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// small makes the study once and keeps its bytes.
var small = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "viewtest")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	table, path := filepath.Join(dir, "runs.csv"), filepath.Join(dir, "small.study")
	if err := os.WriteFile(table, []byte(Table()), 0o644); err != nil {
		return nil, err
	}
	s, err := store.Create(path)
	if err != nil {
		return nil, err
	}
	s.SetClock(func() time.Time { return time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC) }) // the day before the window's
	files, _ := formats.Walk([]string{table})
	format, err := formats.Detect(files[0])
	if err != nil {
		return nil, err
	}
	if _, err := s.Import(context.Background(), files[0], format, formats.Mapping{}, nil); err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// Conditions of the small study, in the order of import.
var Conditions = []string{"neutral", "inoculation", "negative inoculation"}

// Table is the small study as a CSV file. Seed s hacks in a part of the
// samples that grows with the step; under negative inoculation none does.
func Table() string {
	var b strings.Builder
	b.WriteString("condition,seed,status,step,hack_count,n\n")
	for c, name := range Conditions {
		for seed := range 10 {
			for step := range 40 {
				k := 0
				if c < 2 && (seed+c)%2 == 0 {
					k = min(20, step/2)
				}
				fmt.Fprintf(&b, "%s,%d,complete,%d,%d,20\n", name, seed, step, k)
			}
		}
	}
	return b.String()
}

// Settle does all work that waits, and lets rest what waits for quiet.
func (w *Window) Settle() {
	w.t.Helper()
	w.Queue.Settle()
}

// Filter types a filter's text as a person would, and lets it rest.
func (w *Window) Filter(text string) {
	w.t.Helper()
	w.FilterBar().Type(text)
	w.Settle()
}

// Texts returns every text on screen that is visible, including what is open
// over the window.
func (w *Window) Texts() []string {
	var out []string
	w.each(func(o fyne.CanvasObject, _ fyne.Position) {
		if t, ok := o.(*canvas.Text); ok && t.Text != "" {
			out = append(out, t.Text)
		}
	})
	return out
}

// each visits the visible objects, those in front last.
func (w *Window) each(visit func(o fyne.CanvasObject, at fyne.Position)) {
	walk(w.Fyne.Content(), fyne.Position{}, visit)
	for _, o := range w.Fyne.Canvas().Overlays().List() {
		walk(o, fyne.Position{}, visit)
	}
}

func walk(o fyne.CanvasObject, at fyne.Position, visit func(fyne.CanvasObject, fyne.Position)) {
	if o == nil || !o.Visible() {
		return
	}
	at = at.Add(o.Position())
	visit(o, at)
	for _, child := range children(o) {
		walk(child, at, visit)
	}
}

func children(o fyne.CanvasObject) []fyne.CanvasObject {
	switch o := o.(type) {
	case *fyne.Container:
		return o.Objects
	case fyne.Widget:
		return test.WidgetRenderer(o).Objects()
	}
	return nil
}

// Has reports whether a text on screen contains the words.
func (w *Window) Has(words string) bool {
	return slices.ContainsFunc(w.Texts(), func(t string) bool { return strings.Contains(t, words) })
}

// Want fails the test unless a text on screen contains the words.
func (w *Window) Want(words string) {
	w.t.Helper()
	if !w.Has(words) {
		w.t.Errorf("%q is not on screen; there is %q", words, w.Texts())
	}
}

// WantNot fails the test if a text on screen contains the words.
func (w *Window) WantNot(words string) {
	w.t.Helper()
	if w.Has(words) {
		w.t.Errorf("%q is on screen", words)
	}
}

// Press presses the foremost thing that can be pressed and shows the text,
// and settles.
func (w *Window) Press(text string) {
	w.t.Helper()
	var found fyne.Tappable
	w.each(func(o fyne.CanvasObject, _ fyne.Position) {
		if p, ok := o.(fyne.Tappable); ok && shows(o, text) {
			found = p
		}
	})
	if found == nil {
		w.t.Fatalf("nothing that says %q can be pressed; there is %q", text, w.Texts())
	}
	if s, ok := found.(*part.Segments); ok {
		s.PickLabel(text)
	} else {
		found.Tapped(&fyne.PointEvent{})
	}
	w.Settle()
}

// shows reports whether a widget's own texts include the text.
func shows(o fyne.CanvasObject, text string) bool {
	wid, ok := o.(fyne.Widget)
	if !ok {
		return false
	}
	return slices.ContainsFunc(test.WidgetRenderer(wid).Objects(), func(c fyne.CanvasObject) bool {
		t, ok := c.(*canvas.Text)
		return ok && t.Visible() && t.Text == text
	})
}

// All returns the visible widgets of a type.
func All[W fyne.CanvasObject](w *Window) []W {
	var found []W
	w.each(func(o fyne.CanvasObject, _ fyne.Position) {
		if x, ok := o.(W); ok {
			found = append(found, x)
		}
	})
	return found
}

// Find returns the first visible widget of a type.
func Find[W fyne.CanvasObject](w *Window) W {
	w.t.Helper()
	found := All[W](w)
	if len(found) == 0 {
		var none W
		w.t.Fatalf("there is no %T on screen", none)
	}
	return found[0]
}

// Click presses the mouse on a table's row, counted from the top of the
// screen, and settles.
func (w *Window) Click(t *part.Table, row int, with fyne.KeyModifier) {
	w.t.Helper()
	at := fyne.NewPos(60, 26+float32(row)*t.RowHeight+5)
	t.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: with})
	w.Settle()
}

// Key presses a key while nothing has the focus, and settles.
func (w *Window) Key(name fyne.KeyName) {
	w.Fyne.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: name})
	w.Settle()
}

// TypeFocused types into what has the focus.
func (w *Window) TypeFocused(text string) {
	w.t.Helper()
	f := w.Fyne.Canvas().Focused()
	if f == nil {
		w.t.Fatal("nothing has the focus")
	}
	test.Type(f, text)
}
