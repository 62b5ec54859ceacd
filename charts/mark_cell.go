package charts

import (
	"image/color"

	"witnessmark/charts/internal/pen"
)

// The opacities of heat maps.
const leastShade, mostShade = 0.03, 0.92

// drawCell fills cells of a heat map, one row and column each, by Shade from
// 0 to 1, and writes the value with a second line where the cell has room.
func drawCell(p *plot, l Layer) {
	if l.Role == "" {
		l.Role = HeatRole
	}
	for i := range l.X {
		b := p.cellBox(l, i)
		alpha := leastShade + (mostShade-leastShade)*min(1, max(0, l.Shade.at(i)))
		if !finite(alpha, b.X, b.Y) || l.Y[i] >= p.y.Hi {
			continue
		}
		fill := faded(p.theme.Color(l.Role), alpha)
		p.pen.Draw(pen.Rect(b), pen.Ink{Fill: fill})
		p.cellText(l, i, b, p.theme.inkOn(fill))
		p.target(l, i, b)
	}
}

func (p *plot) cellBox(l Layer, i int) pen.Box {
	x, y := p.x.Px(l.X.at(i)), p.y.Px(l.Y.at(i))
	return p.pen.SnapBox(pen.Box{X: x + 1, Y: y + 1, W: p.x.Px(l.X.at(i)+1) - x - 2, H: p.y.Px(l.Y.at(i)+1) - y - 2})
}

func (p *plot) cellText(l Layer, i int, b pen.Box, c color.NRGBA) {
	main, sub := at(l.Text, i), at(l.Text2, i)
	x, y := b.X+b.W/2, b.Y+b.H/2
	if value.Width(main) > b.W-2 || b.H < 13 {
		return // no room: the value is in the hit
	}
	if sub == "" || b.H < 30 || plain.Width(sub) > b.W-2 {
		p.pen.Text(main, x, middle(y, value), value, pen.Middle, c)
		return
	}
	p.pen.Text(main, x, y-3, value, pen.Middle, c)
	p.pen.Text(sub, x, y+11, plain, pen.Middle, c)
}
