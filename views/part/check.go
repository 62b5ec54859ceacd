package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A Check is on or off.
type Check struct {
	touch
	Text     string
	On       bool
	OnChange func(bool)
}

// NewCheck returns a check.
func NewCheck(text string, on bool, change func(bool)) *Check {
	c := &Check{Text: text, On: on, OnChange: change}
	c.extend(c, func() {
		c.On = !c.On
		c.Refresh()
		c.OnChange(c.On)
	})
	return c
}

// Set shows the check as on or off without calling back.
func (c *Check) Set(on bool) {
	if c.On != on {
		c.On = on
		c.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	box, mark, text := &canvas.Rectangle{CornerRadius: theme.CheckRadius}, newPicture(), newLine("", theme.TextSize, false)
	min := func() fyne.Size {
		w := float32(15)
		if c.Text != "" {
			w += 6 + text.MinSize().Width
		}
		return fyne.NewSize(w, 20)
	}
	layout := func(s fyne.Size) {
		square(box, 0, 15, s.Height)
		square(mark, 1.5, 12, s.Height)
		middle(text, 21, text.MinSize().Width, s.Height)
	}
	refresh := func() {
		text.Text, text.Color = c.Text, ink(theme.Text)
		if c.disabled {
			text.Color = ink(theme.Muted)
		}
		paintCheck(box, mark, c.On, c.focused || c.hovered)
	}
	return newFace(c, min, layout, refresh, box, mark, text)
}

func paintCheck(box *canvas.Rectangle, mark *canvas.Image, on, strong bool) {
	fill, stroke := theme.Panel, theme.Border
	if strong {
		stroke = theme.Accent
	}
	if on {
		fill, stroke = theme.Accent, theme.Accent
	}
	paint(box, fill, stroke)
	draw(mark, theme.Check, theme.OnAccent)
	mark.Hidden = !on
}
