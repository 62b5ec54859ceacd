package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/data/query"
	"witnessmark/views/theme"
)

// A Chip is one term of the filter. A press edits it; the cross removes it.
type Chip struct {
	touch
	Label    query.Label
	OnEdit   func()
	OnRemove func()
}

// NewChip returns the chip of a term.
func NewChip(l query.Label, edit, remove func()) *Chip {
	c := &Chip{Label: l, OnEdit: edit, OnRemove: remove}
	c.Tip = OneLine(l.Field + " " + l.Relation + " " + l.Value)
	c.extend(c, edit)
	return c
}

const (
	chipCross = 20  // width of the cross's place
	chipMost  = 380 // greatest width of a chip
)

// Tapped edits the term, or removes it when the cross is pressed.
func (c *Chip) Tapped(e *fyne.PointEvent) {
	hideTip(c)
	if e != nil && e.Position.X > c.Size().Width-chipCross {
		c.OnRemove()
		return
	}
	c.OnEdit()
}

// TypedKey implements fyne.Focusable.
func (c *Chip) TypedKey(e *fyne.KeyEvent) {
	if e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace {
		c.OnRemove()
		return
	}
	c.touch.TypedKey(e)
}

func (c *Chip) head() string {
	if c.Label.Field == "" {
		return ""
	}
	return c.Label.Field + " " + c.Label.Relation
}

// CreateRenderer implements fyne.Widget.
func (c *Chip) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.ChipRadius}
	head, value, cross := newLine("", theme.SmallSize, false), newLine("", theme.SmallSize, false), newPicture()
	width := func(s string) float32 { return fyne.MeasureText(s, theme.SmallSize, fyne.TextStyle{}).Width }
	lead := func() float32 {
		if c.head() == "" {
			return 8
		}
		return 8 + width(c.head()) + 4
	}
	min := func() fyne.Size {
		return fyne.NewSize(fyne.Min(chipMost, lead()+width(OneLine(c.Label.Value))+chipCross+1), theme.Chip)
	}
	layout := func(s fyne.Size) {
		back.Resize(s)
		room := s.Width - chipCross - 1
		head.Text = Elide(c.head(), room-8, theme.SmallSize, false)
		middle(head, 8, room-8, s.Height)
		value.Text = Elide(OneLine(c.Label.Value), fyne.Max(0, room-lead()), theme.SmallSize, false)
		middle(value, lead(), fyne.Max(0, room-lead()), s.Height)
		square(cross, s.Width-chipCross+2, 12, s.Height)
	}
	refresh := func() {
		stroke := theme.Border
		if c.hovered || c.focused {
			stroke = theme.Accent
		}
		paint(back, theme.Panel, stroke)
		head.Color, value.Color = ink(theme.Muted), ink(theme.Text)
		draw(cross, theme.Close, theme.Muted)
	}
	return newFace(c, min, layout, refresh, back, head, value, cross)
}
