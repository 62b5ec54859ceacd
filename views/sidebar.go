package views

import (
	"context"
	"encoding/json"
	"path/filepath"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// sidebar leads to the views, the saved views and the import.
type sidebar struct {
	w     *Window
	box   fyne.CanvasObject
	name  *part.Text
	file  *part.Text
	items []*part.NavItem
	kinds []Kind
	nav   *fyne.Container
	read  *part.Button // Import…
	saved *fyne.Container
	views []savedView
}

// A savedView is a state that was given a name. It is kept in the study.
type savedView struct {
	Name  string
	State desk.State
}

func newSidebar(w *Window) *sidebar {
	s := &sidebar{w: w, name: part.Strong("").Short(), file: part.Small("").Short(), kinds: listed(), saved: part.Stack(0), nav: part.Stack(2)}
	more := part.NewTool(theme.Down, "Open another study", nil)
	more.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(more)
		w.Menu(at.AddXY(0, more.Size().Height), s.studies()...)
	}
	head := part.Stack(0, part.Row(4, part.Grow(s.name), more), s.file)
	for i, k := range s.kinds {
		item := part.NewNavItem(k.Title, k.Icon, k.Help+"  Ctrl "+charts.Whole.Text(float64(i+1), 0), func() { w.Do("view." + k.ID) })
		s.items = append(s.items, item)
		s.nav.Add(item)
	}
	s.read = part.NewPrimary("Import…", theme.Import, func() { w.Do("import") }).WithTip("Read result files into the study  Ctrl O")
	s.read.Height = theme.Primary
	lock := part.NewIcon(theme.Lock, theme.Muted)
	lock.Side = 14
	offline := part.Row(5, lock, part.Small("Offline, opens no sockets").Short())
	below := part.Stack(0, s.saved, part.Pad(8, 0, 8, 0, s.read), part.Rule(), part.Pad(8, 0, 2, 2, offline))
	body := part.Border(part.Stack(8, part.Pad(4, 4, 6, 8, head), part.Rule(), s.nav), below, nil, nil, container.NewStack())
	s.box = part.Fixed(theme.Sidebar, 0, part.Ground(theme.Side, part.Border(nil, nil, nil, part.Wall(), part.Pad(8, 8, 8, 8, body))))
	return s
}

func (s *sidebar) studies() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, path := range s.w.Recent() {
		if s.w.study == nil || path != s.w.study.Path() {
			items = append(items, fyne.NewMenuItem(filepath.Base(path), func() { s.w.Open(path) }))
		}
	}
	if len(items) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
	}
	return append(items,
		fyne.NewMenuItem("Open study…", func() { s.w.ChooseStudy(false) }),
		fyne.NewMenuItem("New study…", func() { s.w.ChooseStudy(true) }),
		fyne.NewMenuItem("Sample studies", func() { s.w.Do("welcome") }))
}

func (s *sidebar) toggle() {
	if s.box.Visible() {
		s.box.Hide()
	} else {
		s.box.Show()
	}
	s.w.win.Content().Refresh()
}

// show marks the view on screen and writes the counts.
func (s *sidebar) show(state desk.State) {
	f := s.w.facts
	s.name.SetText(f.Name())
	file := "open or make one"
	if f.Path != "" {
		file = filepath.Base(f.Path)
	}
	s.file.SetText(file)
	for i, k := range s.kinds {
		count := ""
		if k.Count != nil && s.w.study != nil {
			if n := k.Count(f); n >= 0 {
				count = charts.Whole.Text(float64(n), 0)
			}
		}
		s.items[i].Set(state.View == k.ID, count)
		if s.w.study == nil {
			s.items[i].Disable()
		} else {
			s.items[i].Enable()
		}
	}
	able(s.read, s.w.canImport())
	s.showSaved(state)
}

func (s *sidebar) showSaved(state desk.State) {
	s.saved.Objects = nil
	if len(s.views) > 0 {
		s.saved.Add(part.Pad(0, 0, 2, 8, part.Label("Saved views")))
	}
	for _, v := range s.views {
		item := part.NewNavItem(v.Name, theme.Pin, v.State.Where.Sentence(), func() { s.w.desk.Do(desk.Restore(v.Name, v.State)) })
		item.Dense, item.On = true, v.State.Equal(state)
		item.OnMenu = func(at fyne.Position) {
			s.w.Menu(at, fyne.NewMenuItem("Remove saved view", func() { s.w.forgetView(v.Name) }))
		}
		s.saved.Add(item)
	}
	s.saved.Refresh()
}

// commands opens saved views from the palette.
func (s *sidebar) commands() []part.Command {
	var out []part.Command
	for _, v := range s.views {
		out = append(out, part.Command{Title: "Open view " + v.Name, Note: "saved view", Icon: theme.Pin, Run: func() { s.w.desk.Do(desk.Restore(v.Name, v.State)) }})
	}
	return out
}

// readViews reads the saved views of the study.
func (w *Window) readViews() {
	w.side.views = nil
	study := w.study
	task.Do(context.Background(), w.saving, func(ctx context.Context) ([]savedView, error) { return savedViews(ctx, study) }, func(v []savedView, err error) {
		if err != nil {
			w.Say(plainError(err))
			return
		}
		w.side.views = v
		w.side.showSaved(w.desk.State())
	})
}

func savedViews(ctx context.Context, s Study) ([]savedView, error) {
	kept, err := s.SavedViews(ctx)
	if err != nil {
		return nil, err
	}
	var out []savedView
	for _, k := range kept {
		v := savedView{Name: k.Name}
		if json.Unmarshal(k.State, &v.State) == nil {
			out = append(out, v) // one that this version cannot read is left alone
		}
	}
	return out, nil
}

// saveView asks for a name and keeps the state under it.
func (w *Window) saveView() {
	study := w.study
	if study == nil {
		return
	}
	entry := part.NewEntry("Main contrast")
	var shut func()
	save := func() {
		name := entry.Text
		if name == "" {
			return
		}
		shut()
		state := w.State()
		w.changeViews(func(ctx context.Context) error { return study.SaveView(ctx, name, json.RawMessage(state)) }, "Saved view "+name)
	}
	entry.OnSubmitted = func(string) { save() }
	entry.OnEscape = func() { shut() }
	body := part.Pad(14, 16, 14, 16, part.Stack(6, part.Quiet("Name"), entry))
	shut = part.Modal(w.win.Canvas(), "Save view", fyne.NewSize(380, 170), body, part.NewPrimary("Save view", "", save))
	w.win.Canvas().Focus(entry)
}

func (w *Window) forgetView(name string) {
	study := w.study
	w.changeViews(func(ctx context.Context) error { return study.DeleteView(ctx, name) }, "Removed view "+name)
}

func (w *Window) changeViews(change func(context.Context) error, said string) {
	task.Do(context.Background(), w.saving, func(ctx context.Context) (bool, error) { return true, change(ctx) }, func(_ bool, err error) {
		if err != nil {
			w.Fail("The view could not be saved", err)
			return
		}
		w.Say(said)
		w.readViews()
	})
}
