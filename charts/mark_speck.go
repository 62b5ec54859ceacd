package charts

import "witnessmark/charts/internal/pen"

// drawSpecks draws raw values as pale dots of about a pixel behind smoothed
// lines; with a Width as full dots of that radius.
func drawSpecks(p *plot, l Layer) {
	alpha, radius := p.theme.RawDots, 1.0
	if l.Width > 0 {
		alpha, radius = 1, l.Width
	}
	ink := pen.Ink{Fill: p.color(l, alpha).Fill}
	var all pen.Path // one path draws thousands much faster than one each
	for i := range l.X {
		if p.drawn(l, i) {
			all.Join(speck(p.px(l, i), p.py(l, i), radius))
		}
	}
	p.clipped(func() { p.pen.Draw(all, ink) })
	for i := range l.Source {
		if p.on(l, i) {
			p.target(l, i, around(p.px(l, i), p.py(l, i), radius+1))
		}
	}
}

// speck returns a small square, or a circle where it is large enough to tell.
func speck(x, y, r float64) pen.Path {
	if r > 1.5 {
		return pen.Circle(x, y, r)
	}
	return pen.Rect(pen.Box{X: x - 0.9*r, Y: y - 0.9*r, W: 1.8 * r, H: 1.8 * r})
}
