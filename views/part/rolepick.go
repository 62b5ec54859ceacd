package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/charts"
	"witnessmark/views/theme"
)

// A RolePick is a line of a list of roles, with the role's marker.
type RolePick struct {
	touch
	role charts.Role
	name string
	on   bool
}

// NewRolePick returns a line that picks a role; on marks the one in use.
func NewRolePick(r charts.Role, name string, on bool, pick func()) *RolePick {
	p := &RolePick{role: r, name: name, on: on}
	p.extend(p, pick)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *RolePick) CreateRenderer() fyne.WidgetRenderer {
	back, marker := &canvas.Rectangle{CornerRadius: theme.Radius}, &canvas.ArbitraryPolygon{NormalizedPoints: true}
	name, check := newLine(p.name, theme.TextSize, false), newPicture()
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(marker, 12, 11, s.Height)
		middle(name, 36, s.Width-64, s.Height)
		square(check, s.Width-24, 14, s.Height)
	}
	refresh := func() {
		fill := theme.Clear
		if p.hovered || p.focused {
			fill = theme.Hover
		}
		paint(back, fill, theme.Clear)
		shape(marker, p.role, 11)
		name.Color = ink(theme.Text)
		draw(check, theme.Check, theme.Accent)
		check.Hidden = !p.on
	}
	return newFace(p, func() fyne.Size { return fyne.NewSize(220, theme.Nav) }, layout, refresh, back, marker, name, check)
}
