package charts

// drawStep draws a line that keeps each value until the next X.
func drawStep(p *plot, l Layer) {
	s := l
	s.Source = nil
	s.X, s.Y = stairs(l.X, l.Y)
	drawLine(p, s)
	for i := range l.Source {
		if p.drawn(l, i) {
			p.target(l, i, around(p.px(l, i), p.py(l, i), 3))
		}
	}
}

// stairs doubles every point but the last so that lines run level, then upright.
func stairs(x, y Values) (sx, sy Values) {
	for i := range x {
		if i > 0 {
			sx, sy = append(sx, x[i]), append(sy, y.at(i-1))
		}
		sx, sy = append(sx, x[i]), append(sy, y.at(i))
	}
	return sx, sy
}
