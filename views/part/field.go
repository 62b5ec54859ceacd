package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A Field shows a text that can be edited elsewhere; a press asks for that.
// It is much lighter than an Entry, for tables with many of them.
type Field struct {
	touch
	Text string
}

// NewField returns a field.
func NewField(text string, edit func()) *Field {
	f := &Field{Text: text}
	f.extend(f, edit)
	return f
}

// CreateRenderer implements fyne.Widget.
func (f *Field) CreateRenderer() fyne.WidgetRenderer {
	back, text := &canvas.Rectangle{CornerRadius: theme.Radius}, newLine("", theme.TextSize, false)
	layout := func(s fyne.Size) {
		back.Resize(s)
		text.Text = Elide(OneLine(f.Text), s.Width-16, theme.TextSize, false)
		middle(text, 8, s.Width-16, s.Height)
	}
	refresh := func() {
		stroke := theme.Line
		if f.hovered || f.focused {
			stroke = theme.Accent
		}
		paint(back, theme.Panel, stroke)
		text.Color = ink(theme.Text)
	}
	return newFace(f, func() fyne.Size { return fyne.NewSize(60, theme.Small) }, layout, refresh, back, text)
}
