package charts

import (
	"image/color"
	"math"
	"strings"

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
	lines := fittingLines(sub, b)
	y -= 7 * float64(len(lines))
	p.pen.Text(main, x, middle(y, value), value, pen.Middle, c)
	for _, l := range lines {
		y += 14
		p.pen.Text(l, x, middle(y, plain), plain, pen.Middle, c)
	}
}

// fittingLines are the last lines of a text for which a cell has room below
// its value: all of them, or fewer.
func fittingLines(text string, b pen.Box) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(text, "\n")
	fits := func() bool {
		wide := 0.0
		for _, l := range lines {
			wide = math.Max(wide, plain.Width(l))
		}
		return b.H >= 16+14*float64(len(lines)) && wide <= b.W-4
	}
	for len(lines) > 0 && !fits() {
		lines = lines[1:]
	}
	return lines
}
