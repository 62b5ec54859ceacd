package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/views/theme"
)

// A Button does one thing. Its text is a verb with its object.
type Button struct {
	touch
	Text     string
	Icon     theme.Icon
	Primary  bool // the one action that the screen is about
	On       bool // what it switches is on
	Flat     bool // without a border
	Link     bool // looks like a link
	Height   float32
	Centered bool
	OnTapped func()
}

// NewButton returns a button.
func NewButton(text string, icon theme.Icon, tapped func()) *Button {
	b := &Button{Text: text, Icon: icon, Height: theme.Control, OnTapped: tapped}
	b.extend(b, func() {
		if b.OnTapped != nil {
			b.OnTapped()
		}
	})
	return b
}

// NewPrimary returns the button of the one action that the screen is about.
func NewPrimary(text string, icon theme.Icon, tapped func()) *Button {
	b := NewButton(text, icon, tapped)
	b.Primary, b.Centered = true, true
	return b
}

// NewTool returns a small symbol that can be pressed; tip says what it does.
func NewTool(icon theme.Icon, tip string, tapped func()) *Button {
	b := NewButton("", icon, tapped)
	b.Flat, b.Height, b.Tip = true, theme.Small, tip
	return b
}

// NewLink returns a text that can be pressed.
func NewLink(text string, tapped func()) *Button {
	b := NewButton(text, "", tapped)
	b.Link, b.Flat, b.Height = true, true, 18
	return b
}

// WithTip gives the button a tooltip.
func (b *Button) WithTip(tip string) *Button { b.Tip = tip; return b }

// SetText changes the text.
func (b *Button) SetText(s string) {
	if b.Text != s {
		b.Text = s
		b.Refresh()
	}
}

// SetOn marks what the button switches as on or off.
func (b *Button) SetOn(on bool) {
	if b.On != on {
		b.On = on
		b.Refresh()
	}
}

// Cursor implements desktop.Cursorable.
func (b *Button) Cursor() desktop.Cursor {
	if b.Link && !b.disabled {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}

func (b *Button) textSize() float32 {
	if b.Link {
		return theme.SmallSize
	}
	return theme.TextSize
}

func (b *Button) pad() float32 {
	switch {
	case b.Link:
		return 0
	case b.Text == "":
		return 4
	}
	return 10
}

func (b *Button) colors() (fill, stroke, text fyne.ThemeColorName) {
	fill, stroke, text = theme.Panel, theme.Border, theme.Text
	switch {
	case b.Link:
		fill, stroke, text = theme.Clear, theme.Clear, theme.Accent
	case b.Flat:
		fill, stroke, text = theme.Clear, theme.Clear, theme.Muted
	case b.Primary:
		fill, stroke, text = theme.Accent, theme.Accent, theme.OnAccent
	case b.On:
		fill, stroke, text = theme.Selected, theme.Accent, theme.SelectText
	}
	if b.hovered && !b.Primary && !b.Link && !b.disabled && !b.On {
		fill, text = theme.Hover, theme.Text
	}
	if b.disabled {
		text = theme.Axis
		if b.Primary {
			fill, stroke, text = theme.Background, theme.Line, theme.Muted
		}
	}
	if b.focused {
		stroke = theme.Accent
	}
	return fill, stroke, text
}

// CreateRenderer implements fyne.Widget.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.Radius}
	img, text := newPicture(), newLine("", theme.TextSize, false)
	content := func() float32 {
		w := text.MinSize().Width
		if b.Text == "" {
			return 16
		}
		if b.Icon != "" {
			w += 22
		}
		return w
	}
	min := func() fyne.Size { return fyne.NewSize(content()+2*b.pad(), b.Height) }
	layout := func(s fyne.Size) {
		back.Resize(s)
		x := b.pad()
		if b.Centered || b.Text == "" {
			x = (s.Width - content()) / 2
		}
		square(img, x, 16, s.Height)
		if b.Icon != "" {
			x += 22
		}
		middle(text, x, text.MinSize().Width, s.Height)
	}
	refresh := func() {
		fill, stroke, name := b.colors()
		paint(back, fill, stroke)
		text.Text, text.Color, text.TextSize = b.Text, ink(name), b.textSize()
		text.TextStyle = fyne.TextStyle{Bold: b.Primary, Underline: b.Link && b.hovered && !b.disabled}
		draw(img, b.Icon, name)
	}
	return newFace(b, min, layout, refresh, back, img, text)
}
