package charts

import "witnessmark/charts/internal/pen"

// drawLine draws a line; it never bridges a missing value. A value alone
// between two gaps is drawn as a dot.
func drawLine(p *plot, l Layer) {
	ink := p.color(l, 1)
	ink.Width, ink.Dash = l.width(2.4), l.Dash
	p.clipped(func() {
		stretches(len(l.X), func(i int) bool { return p.drawn(l, i) }, func(from, to int) {
			if to-from == 1 {
				p.pen.Draw(pen.Circle(p.px(l, from), p.py(l, from), max(1.2, ink.Width*0.75)), pen.Ink{Fill: ink.Fill})
				return
			}
			p.pen.Draw(p.through(l, from, to), pen.Ink{Stroke: ink.Stroke, Width: ink.Width, Dash: ink.Dash})
		})
	})
	for i := range l.Source {
		if p.drawn(l, i) && p.x.holds(l.X.at(i)) && p.y.holds(l.Y.at(i)) {
			p.target(l, i, around(p.px(l, i), p.py(l, i), 3))
		}
	}
}

func (p *plot) through(l Layer, from, to int) pen.Path {
	var path pen.Path
	for i := from; i < to; i++ {
		if i == from {
			path.MoveTo(p.px(l, i), p.py(l, i))
		} else {
			path.LineTo(p.px(l, i), p.py(l, i))
		}
	}
	return path
}
