package part

import (
	"errors"
	"fmt"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/data/query"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// filterRest is how long typing must rest before the text is read.
const filterRest = 150 * time.Millisecond

// A FilterBar shows one filter in two forms: as chips, and as text to type.
// Text that does not parse is underlined where it stops making sense, and
// changes nothing.
type FilterBar struct {
	widget.BaseWidget
	OnFilter func(query.Filter)
	OnText   func(open bool) // the text form is opened or closed
	OnSave   func()

	run    task.Runner
	cancel func()
	filter query.Filter
	open   bool
	entry  *Entry
	fault  *canvas.Line
	say    *Text
	said   *Icon
	count  *Text
	clear  *Button
	chips  *fyne.Container
	text   fyne.CanvasObject
	body   *fyne.Container
	err    *query.SyntaxError
}

// NewFilterBar returns a bar without a filter.
func NewFilterBar(r task.Runner) *FilterBar {
	b := &FilterBar{run: r, cancel: func() {}}
	b.entry = NewEntry("condition:neutral,inoculation step>=100 -status:error")
	b.entry.OnChanged = func(string) { b.typed() }
	b.entry.OnSubmitted = func(string) { b.parse() }
	b.entry.OnEscape = func() { b.OnText(false) }
	b.fault = canvas.NewLine(ink(theme.Bad))
	b.fault.StrokeWidth = 2
	b.fault.Hide()
	b.said, b.say = NewIcon(theme.Check, theme.OK), Small("the chips and this text are one filter").Short()
	b.count = newText("", theme.Text, theme.SmallSize, true)
	b.clear = NewLink("Clear", func() { b.OnFilter(query.Filter{}) })
	b.build()
	b.ExtendBaseWidget(b)
	return b
}

func (b *FilterBar) build() {
	b.chips = Flow(6)
	open := NewTool(theme.Funnel, "Filter as text  Ctrl F", func() { b.OnText(!b.open) })
	save := NewLink("Save view…", func() { b.OnSave() })
	right := Row(theme.Gap, b.count, b.clear, save)
	line := Border(nil, nil, Pad(0, 6, 0, 0, container.NewVBox(Fixed(0, 24, open))), Pad(0, 0, 0, 8, container.NewVBox(Fixed(0, 24, right))), Pad(1, 0, 1, 0, b.chips))
	typed := container.NewStack(b.entry, container.NewWithoutLayout(b.fault))
	b.text = Pad(5, 0, 0, 0, Row(theme.Gap, Grow(typed), b.said, b.say))
	b.text.Hide()
	b.body = Pad(5, theme.Pad, 5, theme.Pad, Stack(0, line, b.text))
}

// CreateRenderer implements fyne.Widget.
func (b *FilterBar) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(Ground(theme.Panel, Border(nil, Rule(), nil, nil, b.body)))
}

// Set shows a filter. What is being typed is left alone as long as it means
// the same.
func (b *FilterBar) Set(f query.Filter, open bool) {
	if b.chips.Objects != nil && f.Equal(b.filter) && open == b.open {
		return
	}
	b.filter = f
	b.chips.Objects = nil
	for i, term := range f.Terms() {
		b.chips.Add(NewChip(term.Label(), func() { b.OnText(true) }, func() { b.OnFilter(b.filter.Without(i)) }))
	}
	add := NewButton("Add filter…", theme.Plus, func() { b.OnText(true) })
	add.Flat, add.Height = true, theme.Chip
	b.chips.Add(add)
	if now, err := query.Parse(b.entry.Text); err != nil || !now.Equal(f) {
		b.write(f.String())
	}
	b.show(open)
	b.clear.Hidden = f.IsZero()
	b.Refresh()
}

// write puts text into the entry without reading it back.
func (b *FilterBar) write(s string) {
	changed := b.entry.OnChanged
	b.entry.OnChanged = nil
	b.entry.SetText(s)
	b.entry.OnChanged = changed
	b.blame(nil)
}

func (b *FilterBar) show(open bool) {
	if open == b.open {
		return
	}
	b.open = open
	SetVisible(b.text, open, b.body)
	c := canvasOf(b)
	switch {
	case c == nil:
	case open:
		c.Focus(b.entry)
		if s := b.entry.Text; s != "" && s[len(s)-1] != ' ' {
			b.write(s + " ")
		}
		b.entry.CursorColumn = len([]rune(b.entry.Text))
		b.entry.Refresh()
	case c.Focused() == fyne.Focusable(b.entry):
		c.Unfocus()
	}
}

// SetCount says how much passes the filter, such as "90 of 90 runs".
func (b *FilterBar) SetCount(s string) {
	b.count.SetText(s)
	b.Refresh()
}

// Count returns what SetCount said.
func (b *FilterBar) Count() string { return b.count.Text }

// Type replaces the text as a person would who types it.
func (b *FilterBar) Type(s string) { b.entry.SetText(s) }

// Error returns what could not be understood in the text, or nil.
func (b *FilterBar) Error() *query.SyntaxError { return b.err }

func (b *FilterBar) typed() {
	b.cancel()
	b.cancel = b.run.After(filterRest, b.parse)
}

func (b *FilterBar) parse() {
	b.cancel()
	f, err := query.Parse(b.entry.Text)
	var syntax *query.SyntaxError
	if errors.As(err, &syntax) {
		b.blame(syntax)
		return
	}
	b.blame(nil)
	if !f.Equal(b.filter) {
		b.OnFilter(f)
	}
}

// blame underlines where the text stops making sense; nil takes it back.
func (b *FilterBar) blame(err *query.SyntaxError) {
	b.err = err
	if err == nil {
		b.fault.Hide()
		b.said.Icon, b.said.Color = theme.Check, theme.OK
		b.say.In(theme.Muted).SetText("the chips and this text are one filter")
		b.said.Refresh()
		return
	}
	before := b.entry.Text[:min(err.Off, len(b.entry.Text))]
	pad := theme.Radius + fyne.MeasureText(before, theme.TextSize, fyne.TextStyle{}).Width
	y := b.entry.Size().Height - 4
	b.fault.StrokeColor = ink(theme.Bad)
	b.fault.Position1, b.fault.Position2 = fyne.NewPos(pad, y), fyne.NewPos(pad+10, y)
	b.fault.Show()
	b.said.Icon, b.said.Color = theme.Warning, theme.Bad
	b.said.Refresh()
	b.say.In(theme.Bad).SetText(fmt.Sprintf("%s, at character %d", err.Msg, len([]rune(before))+1))
}
