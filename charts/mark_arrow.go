package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// drawArrow draws arrows from X, Y to X2, Y2 with a text on their way.
func drawArrow(p *plot, l Layer) {
	const head, near = 7.0, 0.4 // the text is nearer to the start: where arrows cross, texts do not
	for i := range l.X {
		x1, y1, x2, y2 := p.x.Px(l.X.at(i)), p.y.Px(l.Y.at(i)), p.x.Px(l.X2.at(i)), p.y.Px(l.Y2.at(i))
		length := math.Hypot(x2-x1, y2-y1)
		if !finite(x1, y1, x2, y2) || length == 0 {
			continue
		}
		ink := p.color(l, 1)
		dx, dy := (x2-x1)/length, (y2-y1)/length
		bx, by := x2-dx*head, y2-dy*head
		p.pen.Draw(pen.Line(x1, y1, bx, by), pen.Ink{Stroke: ink.Stroke, Width: l.width(1.2), Dash: l.Dash})
		half := head*0.45 + l.width(1.2)*0.3
		p.pen.Draw(pen.Polygon(x2, y2, bx-dy*half, by+dx*half, bx+dy*half, by-dx*half), pen.Ink{Fill: ink.Fill})
		mx, my := x1+(x2-x1)*near, y1+(y2-y1)*near
		if t := at(l.Text, i); t != "" && length > plain.Width(t)+2*head {
			p.halo(t, mx, middle(my, plain), plain, pen.Middle, MutedRole)
		}
		p.target(l, i, around(mx, my, 8))
	}
}
