package charts

import "witnessmark/charts/internal/pen"

// drawDot draws single units as rings where they are, without spreading;
// hollow ones are circles around other marks.
func drawDot(p *plot, l Layer) {
	ink := pen.Ink{Fill: p.theme.Panel, Stroke: p.theme.Color(l.Role), Width: 1.2}
	if l.Hollow {
		ink.Fill.A = 0
	}
	for i := range l.X {
		if !p.on(l, i) {
			continue
		}
		r := ringRadius
		if s := l.Size.at(i); s > 0 {
			r *= s
		}
		x, y := p.px(l, i), p.py(l, i)
		p.pen.Draw(pen.Circle(x, y, r), ink)
		p.target(l, i, around(x, y, r))
	}
}
