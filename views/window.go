package views

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// Deps is what the window needs from outside: how to leave the UI thread, how
// studies are opened and made, and how a person chooses files.
type Deps struct {
	Tasks   task.Runner
	Open    func(path string) (Study, error)
	Create  func(path string) (Study, error)
	Bundles []Bundle
	// MakeBundle writes the study of a bundle and returns its path. It runs
	// off the UI thread.
	MakeBundle func(ctx context.Context, b Bundle, share func(float64)) (path string, err error)
	// Choose asks for files; nil for a dialog in the window. It runs off the
	// UI thread and returns no path when a person cancels.
	Choose  func(ctx context.Context, c Choice) ([]string, error)
	Version string
}

// A Window is the program's window: menus, sidebar, header, filter bar, the
// view and the status bar.
type Window struct {
	app   fyne.App
	win   fyne.Window
	deps  Deps
	prefs prefs
	desk  *desk.Desk
	host  *Host
	study Study
	facts *Facts

	opening *task.Slot // opening, reading facts
	work    *task.Slot // making a bundle, saving a chart, choosing files
	saving  *task.Slot // saved views
	actions []action
	menu    *part.MenuBar
	side    *sidebar
	head    *header
	filter  *part.FilterBar
	status  *statusBar
	tips    *part.Tips
	main    *fyne.Container   // all but the menus, the sidebar and the status
	bars    fyne.CanvasObject // the filter bar, hidden where nothing is filtered
	present *part.Stage
	boards  *boards
}

// NewWindow fills a window of an app. Nothing is read from disk before the
// window is on screen: call Open then.
func NewWindow(app fyne.App, win fyne.Window, d Deps) *Window {
	w := &Window{app: app, win: win, deps: d, prefs: prefs{app.Preferences()}, facts: noFacts}
	app.Settings().SetTheme(theme.Theme{Mode: w.prefs.mode()})
	w.opening, w.work, w.saving = task.NewSlot(d.Tasks), task.NewSlot(d.Tasks), task.NewSlot(d.Tasks)
	w.desk = desk.New(desk.State{View: "welcome"}, d.Tasks.Now)
	place := Place{Desk: w.desk, Tasks: d.Tasks, Study: func() Study { return w.study }, Facts: func() *Facts { return w.facts }, Bench: w, Version: d.Version}
	w.boards = newBoards(place)
	w.boards.onCount = w.countFigures
	place.boards = w.boards
	w.host = newHost(place)
	w.host.OnAnswer = w.answered
	w.actions = w.allActions()
	w.build()
	w.desk.Watch(w.update)
	w.listen()
	w.update(w.desk.State())
	return w
}

func (w *Window) build() {
	w.menu = part.NewMenuBar(w.menus()...)
	w.side = newSidebar(w)
	w.head = newHeader(w)
	w.filter = part.NewFilterBar(w.deps.Tasks)
	w.filter.OnFilter = func(f query.Filter) { w.desk.Do(desk.SetFilter(f)) }
	w.filter.OnText = func(open bool) { w.desk.Do(desk.ShowText(open)) }
	w.filter.OnSave = w.saveView
	w.status = newStatusBar(w)
	w.bars = w.filter
	w.main = part.Border(container.New(layoutStack{}, w.head.box, w.bars), nil, nil, nil, w.host.Content())
	body := part.Border(w.menuRow(), w.status.box, w.side.box, nil, part.Ground(theme.Background, w.main))
	w.win.SetPadded(false)
	w.tips = part.NewTips(w.deps.Tasks)
	w.win.SetContent(container.NewStack(body, w.tips))
	w.win.SetMainMenu(w.nativeMenu())
	if size, ok := w.prefs.size(); ok {
		w.win.Resize(size)
	}
	w.win.SetCloseIntercept(w.close)
}

// close ends what goes on and closes the study before the window.
func (w *Window) close() {
	w.opening.Cancel()
	w.work.Cancel()
	w.prefs.setSize(w.win.Canvas().Size())
	w.closeStudy()
	w.win.Close()
}

func (w *Window) menuRow() fyne.CanvasObject {
	search := newSearch(func() { w.Do("commands") })
	row := part.Row(14, part.Strong("Witnessmark"), w.menu, part.Spacer(), part.Optional(search))
	return part.Fixed(0, theme.Menu, part.Ground(theme.Side, part.Border(nil, part.Rule(), nil, nil, part.Pad(0, theme.Pad, 0, theme.Pad, row))))
}

// layoutStack places the bars above the view, without those that are hidden.
type layoutStack struct{}

func (layoutStack) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			s.Width, s.Height = fyne.Max(s.Width, m.Width), s.Height+m.Height
		}
	}
	return s
}

func (layoutStack) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	y := float32(0)
	for _, o := range objects {
		if o.Visible() {
			h := o.MinSize().Height
			o.Move(fyne.NewPos(0, y))
			o.Resize(fyne.NewSize(s.Width, h))
			y += h
		}
	}
}

// update brings the window in line with a state.
func (w *Window) update(s desk.State) {
	w.tips.Clear()
	w.host.Update(s)
	_, unasking := w.host.view.(Unasking)
	if unasking {
		w.bars.Hide()
	} else {
		w.bars.Show()
		w.showFilter(s)
	}
	w.head.show(s)
	w.side.show(s)
	w.status.show()
	w.menu.SetMenus(w.menus()...)
	if w.study != nil {
		w.prefs.setSession(w.study.Path(), s)
	}
}

// showFilter shows the filter in one form or both; the view takes the room
// that the bar needs no more.
func (w *Window) showFilter(s desk.State) {
	before := w.filter.MinSize().Height
	w.filter.Set(s.Where, s.Text)
	if w.filter.MinSize().Height != before {
		w.main.Layout.Layout(w.main.Objects, w.main.Size())
	}
}

// answered is called when a view has an answer.
func (w *Window) answered(took time.Duration) {
	w.filter.SetCount(w.host.answer.passing.Count())
	w.status.took = took
	w.status.show()
	w.head.fit()
}

// Open opens a study file and shows it as it was left.
func (w *Window) Open(path string) { w.openWith(path, w.deps.Open) }

type opened struct {
	study Study
	facts *Facts
}

func (w *Window) openWith(path string, open func(string) (Study, error)) {
	w.status.say("Opening " + path)
	task.Do(context.Background(), w.opening, func(ctx context.Context) (opened, error) {
		study, err := open(path)
		if err != nil {
			return opened{}, err
		}
		facts, err := ReadFacts(ctx, study)
		if err != nil {
			return opened{}, errors.Join(err, study.Close())
		}
		return opened{study, facts}, nil
	}, func(o opened, err error) {
		w.status.say("")
		if err != nil {
			w.prefs.forget(path)
			w.Fail("This study could not be opened", err)
			return
		}
		w.take(o)
	})
}

// take shows a study that has just been opened.
func (w *Window) take(o opened) {
	w.closeStudy()
	w.study, w.facts = o.study, o.facts
	w.win.SetTitle(w.facts.Name() + " – Witnessmark")
	w.prefs.remember(o.study.Path())
	s, ok := w.prefs.session(o.study.Path())
	if _, known := kindOf(s.View); !ok || !known || s.View == "welcome" {
		s = desk.State{View: "runs", Steps: w.facts.Final(), Measure: w.facts.MeasureOr("")}
	}
	if len(w.facts.Set.Runs) == 0 {
		s.View = "import"
	}
	w.readViews()
	w.desk.Reset(s)
	w.boards.read()
}

func (w *Window) closeStudy() {
	if w.study == nil {
		return
	}
	if err := w.study.Close(); err != nil {
		w.status.say(plainError(err))
	}
	w.study, w.facts = nil, noFacts
}

// Reload implements Bench: it reads the facts again after a change of the
// study, and asks the question on screen anew.
func (w *Window) Reload() {
	study := w.study
	if study == nil {
		return
	}
	task.Do(context.Background(), w.opening, func(ctx context.Context) (*Facts, error) {
		return ReadFacts(ctx, study)
	}, func(f *Facts, err error) {
		if err != nil {
			w.Fail("The study could not be read", err)
			return
		}
		first := len(w.facts.Set.Runs) == 0 && len(f.Set.Runs) > 0
		w.facts = f
		if s := w.desk.State(); first && s.Steps.IsZero() && s.Measure == "" {
			s.Steps, s.Measure = f.Final(), f.MeasureOr("")
			w.desk.Reset(s)
			return
		}
		w.update(w.desk.State())
	})
}

// Changed implements Bench.
func (w *Window) Changed() {
	w.head.show(w.desk.State())
	w.status.show()
}

// Canvas implements Bench.
func (w *Window) Canvas() fyne.Canvas { return w.win.Canvas() }

// Copy implements Bench.
func (w *Window) Copy(text, what string) {
	w.app.Clipboard().SetContent(text)
	w.Say("Copied " + what)
}

// Say implements Bench.
func (w *Window) Say(text string) { w.status.say(text) }

// Progress implements Bench.
func (w *Window) Progress(what string, share float64, much string) {
	w.status.progress(what, share, much)
}

// Width implements Bench.
func (w *Window) Width(table, column string) (float32, bool) { return w.prefs.width(table, column) }

// KeepWidth implements Bench.
func (w *Window) KeepWidth(table, column string, width float32) {
	w.prefs.setWidth(table, column, width)
}

// Fail implements Bench.
func (w *Window) Fail(what string, err error) {
	if errors.Is(err, context.Canceled) {
		w.Say("Canceled")
		return
	}
	body := part.Pad(14, 16, 14, 16, part.Message(plainError(err), part.Wrong, nil))
	part.Modal(w.win.Canvas(), what, fyne.NewSize(480, 220), body)
}

// Menu implements Bench.
func (w *Window) Menu(at fyne.Position, items ...*fyne.MenuItem) {
	part.ShowMenu(w.win.Canvas(), at, items...)
}

// Desk returns the desk, for scripts and tests.
func (w *Window) Desk() *desk.Desk { return w.desk }

// FilterBar returns the filter bar, for scripts and tests.
func (w *Window) FilterBar() *part.FilterBar { return w.filter }

// View returns the view on screen, for scripts and tests.
func (w *Window) View() View { return w.host.View() }

// Busy reports whether an answer is so late that the old one is veiled.
func (w *Window) Busy() bool { return w.host.veil.Visible() }

// Measures lists the measures of the open study, for scripts and tests.
func (w *Window) Measures() []string { return w.facts.MeasureNames() }

// Status returns the text of the status bar, for scripts and tests.
func (w *Window) Status() string { return w.status.text() }

// State returns what is on screen as the JSON of a desk.State, which Restore
// takes and which exported charts carry.
func (w *Window) State() string {
	text, err := json.Marshal(w.desk.State())
	if err != nil {
		return ""
	}
	return string(text)
}

// Restore shows a state as State returned it.
func (w *Window) Restore(text string) error {
	var s desk.State
	if err := json.Unmarshal([]byte(text), &s); err != nil {
		return err
	}
	w.desk.Do(desk.Restore("of the file", s))
	return nil
}

// toggleTheme switches between light and dark.
func (w *Window) toggleTheme() {
	mode := theme.Toggled()
	w.prefs.setMode(mode)
	w.app.Settings().SetTheme(theme.Theme{Mode: mode})
	w.update(w.desk.State())
}

// chart returns the chart on screen; none where something is said in its
// place.
func (w *Window) chart() (charts.Spec, bool) {
	if v, ok := w.host.View().(Charting); ok && !w.host.message.Visible() {
		s, has := v.Chart()
		return s, has
	}
	return charts.Spec{}, false
}

func (w *Window) revision() string { return strconv.FormatInt(w.facts.Revision, 10) }
