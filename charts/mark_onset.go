package charts

import "witnessmark/charts/internal/pen"

// drawOnset draws triangles under the axis.
func drawOnset(p *plot, l Layer) {
	for i := range l.X {
		if finite(l.X[i]) && p.x.holds(l.X[i]) {
			x, y := p.px(l, i), p.box.Y+p.box.H+4
			p.pen.Draw(pen.Polygon(x-3.2, y+3, x+3.2, y+3, x, y-3), pen.Ink{Fill: p.theme.Color(l.Role), Stroke: p.theme.Panel, Width: 0.6})
			p.target(l, i, around(x, y, 4))
		}
	}
}
