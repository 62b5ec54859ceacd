package part

import (
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A Stage is an object over a whole window until Esc is pressed.
type Stage struct{ layer *layer }

// ShowStage puts an object over a window. Keys go to key, with letters by
// their capital; of those that it does not take, Esc and F11 close the stage,
// which calls closed.
func ShowStage(c fyne.Canvas, what fyne.CanvasObject, key func(fyne.KeyName) bool, closed func()) *Stage {
	l := showLayer(c, what, fyne.NewSize(1e5, 1e5), 0)
	l.bare, l.closed, l.key = true, closed, key
	l.Refresh()
	return &Stage{l}
}

// Close takes the stage away.
func (s *Stage) Close() { s.layer.close() }

// Focus gives keys to the stage, such as after something on it had them.
func (s *Stage) Focus() { s.layer.canvas.Focus(s.layer) }

// HasNativeMenu reports whether menus belong to the system's own bar.
func HasNativeMenu() bool { return runtime.GOOS == "darwin" }

// An EntryRow is a line of two texts that can be pressed.
type EntryRow struct {
	touch
	icon        theme.Icon
	title, note string
}

// NewEntryRow returns a line that opens something.
func NewEntryRow(icon theme.Icon, title, note string, open func()) *EntryRow {
	r := &EntryRow{icon: icon, title: title, note: note}
	r.Tip = note
	r.extend(r, open)
	return r
}

// CreateRenderer implements fyne.Widget.
func (r *EntryRow) CreateRenderer() fyne.WidgetRenderer {
	back, icon := &canvas.Rectangle{CornerRadius: theme.CardRadius}, newPicture()
	title, note := newLine(r.title, theme.TextSize, true), newLine(r.note, theme.SmallSize, false)
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(icon, 12, 18, s.Height)
		title.Text = Elide(r.title, s.Width-52, theme.TextSize, true)
		note.Text = Elide(r.note, s.Width-52, theme.SmallSize, false)
		title.Move(fyne.NewPos(42, 7))
		note.Move(fyne.NewPos(42, 26))
	}
	refresh := func() {
		fill, stroke := theme.Panel, theme.Line
		if r.hovered || r.focused {
			fill, stroke = theme.Hover, theme.Accent
		}
		paint(back, fill, stroke)
		title.Color, note.Color = ink(theme.Text), ink(theme.Muted)
		draw(icon, r.icon, theme.Muted)
	}
	return newFace(r, func() fyne.Size { return fyne.NewSize(240, 50) }, layout, refresh, back, icon, title, note)
}
