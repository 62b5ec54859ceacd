package charts

import "witnessmark/charts/internal/pen"

// drawArea fills between Y and Y2 along X, with gaps where either is missing.
func drawArea(p *plot, l Layer) {
	ink := pen.Ink{Fill: p.color(l, 1).Fill}
	p.clipped(func() {
		p.between(l, func(path pen.Path) { p.pen.Draw(path, ink) })
	})
}

// between calls fill with each unbroken piece of the area from Y to Y2.
func (p *plot) between(l Layer, fill func(pen.Path)) {
	other := l
	other.Y = l.Y2
	stretches(len(l.X), func(i int) bool { return p.drawn(l, i) && p.drawn(other, i) }, func(from, to int) {
		path := p.through(l, from, to)
		for i := to - 1; i >= from; i-- {
			path.LineTo(p.px(other, i), p.py(other, i))
		}
		path.Close()
		fill(path)
	})
}
