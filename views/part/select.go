package part

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A Select shows one of several options and lets another be picked. Up and
// down arrows go through them.
type Select struct {
	touch
	Options []string
	Labels  []string // shown in place of options, nil for the same
	Value   string
	Empty   string // shown while there is no value
	Edited  bool   // a person changed it from what was guessed
	Height  float32
	Most    float32 // greatest width, 0 for any
	OnPick  func(string)
}

// NewSelect returns a select.
func NewSelect(options []string, value string, pick func(string)) *Select {
	s := &Select{Options: options, Value: value, Height: theme.Control, Most: 220, OnPick: pick}
	s.extend(s, func() { s.open() })
	return s
}

// Set shows options and a value without calling back.
func (s *Select) Set(options []string, value string) {
	if s.Value != value || !slices.Equal(s.Options, options) {
		s.Options, s.Value = options, value
		s.Refresh()
	}
}

func (s *Select) label(i int) string {
	if i < len(s.Labels) {
		return s.Labels[i]
	}
	return s.Options[i]
}

// Text returns what is shown.
func (s *Select) Text() string {
	if i := slices.Index(s.Options, s.Value); i >= 0 {
		return s.label(i)
	}
	if s.Value == "" {
		return s.Empty
	}
	return s.Value
}

func (s *Select) open() {
	items := make([]*fyne.MenuItem, len(s.Options))
	for i, o := range s.Options {
		items[i] = fyne.NewMenuItem(Elide(OneLine(s.label(i)), 420, theme.TextSize, false), func() { s.choose(o) })
		items[i].Checked = o == s.Value
	}
	if c := canvasOf(s); c != nil && len(items) > 0 {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(s)
		ShowMenu(c, at.AddXY(0, s.Size().Height+2), items...)
	}
}

func (s *Select) choose(value string) {
	if value != s.Value {
		s.Value = value
		s.Refresh()
		s.OnPick(value)
	}
}

// TypedKey implements fyne.Focusable.
func (s *Select) TypedKey(e *fyne.KeyEvent) {
	i := slices.Index(s.Options, s.Value)
	switch {
	case e.Name == fyne.KeyDown && i+1 < len(s.Options):
		s.choose(s.Options[i+1])
	case e.Name == fyne.KeyUp && i > 0:
		s.choose(s.Options[i-1])
	default:
		s.touch.TypedKey(e)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.Radius}
	text, down := newLine("", theme.TextSize, false), newPicture()
	min := func() fyne.Size {
		w := fyne.MeasureText(OneLine(s.Text()), theme.TextSize, fyne.TextStyle{}).Width + 32
		if s.Most > 0 {
			w = fyne.Min(w, s.Most)
		}
		return fyne.NewSize(fyne.Max(w, 56), s.Height)
	}
	layout := func(size fyne.Size) {
		back.Resize(size)
		room := size.Width - 30
		text.Text = Elide(OneLine(s.Text()), room, theme.TextSize, false)
		middle(text, 8, room, size.Height)
		square(down, size.Width-18, 12, size.Height)
	}
	refresh := func() {
		fill, stroke := theme.Panel, theme.Border
		if s.hovered {
			fill = theme.Hover
		}
		if s.focused || s.Edited {
			stroke = theme.Accent
		}
		paint(back, fill, stroke)
		text.Color = ink(theme.Text)
		draw(down, theme.Down, theme.Muted)
	}
	return newFace(s, min, layout, refresh, back, text, down)
}

// Labeled puts a muted label before a control.
func Labeled(label string, o fyne.CanvasObject) *fyne.Container {
	return Row(6, Quiet(label), o)
}
