package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A NavItem leads to a view, with how much there is to see.
type NavItem struct {
	touch
	Text   string
	Icon   theme.Icon
	Count  string
	On     bool
	Dense  bool
	OnMenu func(at fyne.Position)
}

// NewNavItem returns a line of the sidebar.
func NewNavItem(text string, icon theme.Icon, tip string, open func()) *NavItem {
	n := &NavItem{Text: text, Icon: icon}
	n.Tip = tip
	n.extend(n, open)
	return n
}

// Set shows whether the view is open, and its count.
func (n *NavItem) Set(on bool, count string) {
	if n.On != on || n.Count != count {
		n.On, n.Count = on, count
		n.Refresh()
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (n *NavItem) TappedSecondary(e *fyne.PointEvent) {
	if n.OnMenu != nil {
		n.OnMenu(e.AbsolutePosition)
	}
}

// CreateRenderer implements fyne.Widget.
func (n *NavItem) CreateRenderer() fyne.WidgetRenderer {
	back, icon := &canvas.Rectangle{CornerRadius: theme.Radius}, newPicture()
	text, count := newLine("", theme.TextSize, false), newLine("", theme.SmallSize, false)
	size, height := float32(theme.TextSize), float32(theme.Nav)
	if n.Dense {
		size, height = theme.SmallSize, theme.Small
	}
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(icon, 8, 16, s.Height)
		right := count.MinSize().Width
		text.Text = Elide(n.Text, s.Width-right-46, size, n.On)
		middle(text, 32, s.Width-right-46, s.Height)
		middle(count, s.Width-8-right, right, s.Height)
	}
	refresh := func() {
		fill, color, symbol := theme.Clear, theme.Text, theme.Muted
		switch {
		case n.On:
			fill, color, symbol = theme.Selected, theme.SelectText, theme.SelectText
		case n.disabled:
			color, symbol = theme.Axis, theme.Axis
		case n.hovered:
			fill = theme.Hover
		}
		stroke := theme.Clear
		if n.focused {
			stroke = theme.Accent
		}
		paint(back, fill, stroke)
		text.Color, text.TextSize, text.TextStyle.Bold = ink(color), size, n.On
		count.Text, count.Color = n.Count, ink(theme.Muted)
		draw(icon, n.Icon, symbol)
	}
	return newFace(n, func() fyne.Size { return fyne.NewSize(120, height) }, layout, refresh, back, icon, text, count)
}
