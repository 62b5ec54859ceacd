package charts

// drawCross draws the intervals of a point in both directions. X and Y are
// the low ends; the span of the other direction passes through the point,
// which Shade (x) and Size (y) give.
func drawCross(p *plot, l Layer) {
	l.Width = l.width(1.4)
	for i := range l.X {
		x, y := p.x.Px(l.Shade.at(i)), p.y.Px(l.Size.at(i))
		if finite(x, y, l.X.at(i), l.X2.at(i)) {
			p.span(l, span{y, p.x.clamp(l.X[i]), p.x.clamp(l.X2[i]), false}, !p.x.holds(l.X[i]), !p.x.holds(l.X2[i]))
		}
		if finite(x, y, l.Y.at(i), l.Y2.at(i)) {
			p.span(l, span{x, p.y.clamp(l.Y[i]), p.y.clamp(l.Y2[i]), true}, !p.y.holds(l.Y[i]), !p.y.holds(l.Y2[i]))
		}
	}
}
