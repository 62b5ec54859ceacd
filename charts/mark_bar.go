package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// drawBar draws bars from Y to Y2 between X and X2. On a Rows axis the bar
// takes the middle two thirds of its column.
func drawBar(p *plot, l Layer) {
	ink := pen.Ink{Fill: p.color(l, 1).Fill}
	for i := range l.X {
		b, ok := p.barBox(l, i)
		if !ok {
			continue
		}
		p.pen.Draw(pen.Rect(p.pen.SnapBox(b)), ink)
		p.busy = append(p.busy, b)
		p.target(l, i, b)
	}
}

func (p *plot) barBox(l Layer, i int) (pen.Box, bool) {
	x1, x2 := p.x.clamp(l.X.at(i)), p.x.clamp(l.X2.at(i))
	if p.panel.X.Kind == Rows {
		x1, x2 = p.x.Px(l.X.at(i)+1./6), p.x.Px(l.X.at(i)+5./6)
	}
	y1, y2 := p.y.clamp(l.Y.at(i)), p.y.clamp(l.Y2.at(i))
	if p.panel.Y.Kind == Rows {
		row := p.band(l.Y.at(i))
		y1, y2 = row.Y+row.H*0.25, row.Y+row.H*0.75
	}
	if !finite(x1, x2, y1, y2) {
		return pen.Box{}, false
	}
	return pen.Box{X: math.Min(x1, x2), Y: math.Min(y1, y2), W: math.Abs(x2 - x1), H: math.Abs(y2 - y1)}, true
}
