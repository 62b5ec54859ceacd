package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A Tone says how much a note weighs.
type Tone uint8

// The tones.
const (
	Info Tone = iota
	Good
	Caution // qualifies a reading
	Wrong   // invalidates a reading
)

func (t Tone) colors() (ink, fill, stroke fyne.ThemeColorName, icon theme.Icon) {
	switch t {
	case Good:
		return theme.OK, theme.OKBack, theme.OKLine, theme.Check
	case Caution:
		return theme.Warn, theme.WarnBack, theme.WarnLine, theme.Warning
	case Wrong:
		return theme.Bad, theme.BadBack, theme.BadLine, theme.Warning
	}
	return theme.Muted, theme.Head, theme.Border, theme.File
}

// A Note is a chip that qualifies what is shown. Pressed, it explains itself.
type Note struct {
	touch
	Text     string
	Short    string // where Text would be cut; "" for Text with an ellipsis
	Tone     Tone
	OnTapped func()
}

// NewNote returns a chip; why is its tooltip.
func NewNote(text, why string, tone Tone, tapped func()) *Note {
	n := &Note{Text: text, Tone: tone, OnTapped: tapped}
	n.Tip = why
	n.extend(n, tapped)
	return n
}

// whole is the width at which nothing is cut.
func (n *Note) whole() float32 {
	return 33 + fyne.MeasureText(n.Text, theme.SmallSize, fyne.TextStyle{}).Width
}

// fitting is what is said in a width.
func (n *Note) fitting(width float32) string {
	if n.Short != "" && width < n.whole() {
		return n.Short
	}
	return n.Text
}

// least is the width at which the shorter words are not cut.
func (n *Note) least() float32 {
	if n.Short == "" {
		return n.whole()
	}
	return 33 + fyne.MeasureText(n.Short, theme.SmallSize, fyne.TextStyle{}).Width
}

// CreateRenderer implements fyne.Widget.
func (n *Note) CreateRenderer() fyne.WidgetRenderer {
	back, icon, text := &canvas.Rectangle{CornerRadius: theme.Radius}, newPicture(), newLine("", theme.SmallSize, false)
	min := func() fyne.Size { return fyne.NewSize(fyne.Min(n.whole(), 90), theme.Chip) }
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(icon, 6, 14, s.Height)
		text.Text = Elide(n.fitting(s.Width), s.Width-32, theme.SmallSize, false)
		middle(text, 25, s.Width-32, s.Height)
	}
	refresh := func() {
		color, fill, stroke, symbol := n.Tone.colors()
		paint(back, fill, stroke)
		if n.hovered || n.focused {
			back.StrokeColor = ink(color)
		}
		text.Color = ink(color)
		draw(icon, symbol, color)
	}
	return newFace(n, min, layout, refresh, back, icon, text)
}
