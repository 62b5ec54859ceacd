package views

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// header shows the view's title, its controls, and undo and redo.
type header struct {
	w     *Window
	box   fyne.CanvasObject
	row   *fyne.Container
	title *part.Text
	undo  *part.Button
	redo  *part.Button
	pin   *part.Button
	view  View
}

func newHeader(w *Window) *header {
	h := &header{w: w, title: part.Title("")}
	h.undo = part.NewTool(theme.Undo, "Undo  Ctrl Z", func() { w.Do("undo") })
	h.redo = part.NewTool(theme.Redo, "Redo  Ctrl Shift Z", func() { w.Do("redo") })
	h.pin = part.NewTool(theme.Pin, "Pin this chart to the figures of a meeting  Ctrl P", func() { w.Do("pin") })
	h.row = part.Row(theme.Gap)
	line := container.New(headLayout{h}, h.row)
	h.box = part.Fixed(0, theme.Header, part.Ground(theme.Head, part.Border(nil, part.Rule(), nil, nil, part.Pad(0, theme.Pad, 0, theme.Pad, line))))
	return h
}

// headLayout lets the title, which the sidebar says too, give way before the
// controls do.
type headLayout struct{ *header }

func (l headLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l headLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
	l.fit()
}

func (h *header) show(desk.State) {
	if v := h.w.host.View(); v != h.view {
		h.view = v
		h.title.Text = h.w.host.kind.Title
		objects := []fyne.CanvasObject{h.title, part.Spacer()}
		if t, ok := v.(Tooled); ok {
			objects = append(objects, yielding(t.Tools())...)
		}
		last := part.Row(2, h.undo, h.redo)
		if _, ok := v.(Charting); ok && h.w.host.kind.ID != "figures" {
			last = part.Row(2, h.pin, h.undo, h.redo)
		}
		h.row.Objects = append(objects, part.Tick(), last)
	}
	able(h.pin, h.w.canPin())
	able(h.undo, h.w.desk.Undoable() != "")
	able(h.redo, h.w.desk.Redoable() != "")
	h.fit()
}

// fit gives controls the width that goes with what they say now.
func (h *header) fit() {
	need, title := float32(0), part.WidthOf(h.title)+theme.Gap
	for _, o := range h.row.Objects {
		need += part.WidthOf(o) + theme.Gap
	}
	room := h.row.Size().Width + theme.Gap
	h.title.Hidden = need > room && need-title <= room
	h.row.Refresh()
}

// yielding lets all tools but the first give way where there is no room.
func yielding(tools []fyne.CanvasObject) []fyne.CanvasObject {
	out := slices.Clone(tools)
	for i := min(1, len(out)); i < len(out); i++ {
		out[i] = part.Optional(out[i])
	}
	return out
}

func able(b *part.Button, can bool) {
	if can {
		b.Enable()
	} else {
		b.Disable()
	}
}

// sayFor is how long a line in the status bar stays.
const sayFor = 6 * time.Second

func milliseconds(d time.Duration) string {
	return strconv.FormatInt(max(1, d.Milliseconds()), 10) + " ms"
}

// statusBar says what is on screen, how long it took, and what goes on.
type statusBar struct {
	w     *Window
	box   fyne.CanvasObject
	left  *part.Text
	doing *part.Text
	bar   *part.Progress
	much  *part.Text
	said  string
	undo  *part.Button // of what was done
	offer string       // the name of what was done; "" for nothing to undo
	unsay func()
	took  time.Duration
}

func newStatusBar(w *Window) *statusBar {
	s := &statusBar{w: w, left: part.Small("").Short(), doing: part.Small(""), much: part.Small(""), bar: part.NewProgress(90, 6), unsay: func() {}}
	s.bar.Hide()
	s.undo = part.NewLink("Undo", func() { w.Do("undo"); s.say("") })
	s.undo.Hide()
	row := part.Row(theme.Gap, s.left, s.undo, part.Spacer(), s.doing, s.bar, s.much)
	s.box = part.Fixed(0, theme.Status, part.Ground(theme.Side, part.Border(part.Rule(), nil, nil, nil, part.Pad(0, theme.Pad, 0, theme.Pad, row))))
	return s
}

func (s *statusBar) show() {
	s.left.SetText(s.text())
	s.undo.Hidden = s.said == "" || s.offer == "" || s.w.desk.Undoable() != s.offer
	s.box.Refresh()
}

// text returns what the bar says at its left.
func (s *statusBar) text() string {
	if s.said != "" {
		return s.said
	}
	if s.w.study == nil {
		return "No study is open"
	}
	var parts []string
	if r, ok := s.w.host.View().(Reporting); ok {
		parts = append(parts, r.Report())
	}
	if _, unasking := s.w.host.View().(Unasking); s.took > 0 && !unasking {
		parts = append(parts, "query "+milliseconds(s.took))
	}
	parts = append(parts, s.w.facts.Name()+", revision "+s.w.revision())
	if s.w.study.ReadOnly() {
		parts = append(parts, "opened to read only")
	}
	return strings.Join(parts, "   |   ")
}

// say shows a line in the place of the report, for a while.
func (s *statusBar) say(text string) {
	s.unsay()
	s.said, s.offer = text, ""
	s.show()
	if text != "" {
		s.unsay = s.w.deps.Tasks.After(sayFor, func() { s.said = ""; s.show() })
	}
}

// propose says what was done, with a way to undo it.
func (s *statusBar) propose(text string) {
	s.say(text)
	s.offer = s.w.desk.Undoable()
	s.show()
}

// progress shows how much of something is done; "" for nothing going on.
func (s *statusBar) progress(what string, share float64, much string) {
	s.doing.SetText(what)
	s.much.SetText(much)
	s.bar.Set(share)
	s.bar.Hidden = what == ""
	s.box.Refresh()
}

// A search looks like an entry and opens the command palette.
type search struct {
	widget.BaseWidget
	tapped func()
}

func newSearch(tapped func()) *search {
	s := &search{tapped: tapped}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (s *search) Tapped(*fyne.PointEvent) { s.tapped() }

// CreateRenderer implements fyne.Widget.
func (s *search) CreateRenderer() fyne.WidgetRenderer {
	icon := part.NewIcon(theme.Search, theme.Muted)
	icon.Side = 14
	row := part.Row(6, icon, part.Small("Search or run a command…"), part.Spacer(), part.Small("Ctrl K"))
	box := container.NewStack(part.NewBox(theme.Panel, theme.Border, theme.Radius), part.Pad(0, 8, 0, 6, row))
	return widget.NewSimpleRenderer(part.Fixed(300, 22, box))
}
