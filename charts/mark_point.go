package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// The radii of markers.
const (
	meanRadius  = 5.4
	smallRadius = 4.2
	ringRadius  = 3.0
)

// drawPoint draws the role's marker, filled with an outline in the color of
// the panel, or hollow.
func drawPoint(p *plot, l Layer) {
	for i := range l.X {
		if !p.on(l, i) {
			continue
		}
		r := meanRadius
		if l.Small {
			r = smallRadius
		}
		if s := l.Size.at(i); s > 0 {
			r *= s
		}
		x, y := p.px(l, i), p.py(l, i)
		p.marker(l.Role, x, y, r, l.Hollow)
		p.busy = append(p.busy, around(x, y, r+1))
		p.target(l, i, around(x, y, r+1))
	}
}

// marker draws the shape of a role around x, y.
func (c *canvas) marker(r Role, x, y, radius float64, hollow bool) {
	ink := pen.Ink{Fill: c.theme.Color(r), Stroke: c.theme.Panel, Width: 1.2}
	if hollow {
		ink = pen.Ink{Fill: c.theme.Panel, Stroke: c.theme.Color(r), Width: 1.5}
		radius *= 0.85
	}
	c.pen.Draw(shape(r.Marker(), x, y, radius), ink)
}

// shape returns the outline of a marker; all look equally large at the same radius.
func shape(m Marker, x, y, r float64) pen.Path {
	switch m {
	case Square:
		h := r * 0.92
		return pen.Rect(pen.Box{X: x - h, Y: y - h, W: 2 * h, H: 2 * h})
	case Diamond:
		h := r * 1.3
		return pen.Polygon(x, y-h, x+h, y, x, y+h, x-h, y)
	case Up:
		return triangle(x, y, r, -1)
	case Down:
		return triangle(x, y, r, 1)
	case Hexagon:
		return hexagon(x, y, r*1.12)
	}
	return pen.Circle(x, y, r)
}

func triangle(x, y, r, down float64) pen.Path {
	return pen.Polygon(x-1.15*r, y-0.9*r*down, x+1.15*r, y-0.9*r*down, x, y+1.15*r*down)
}

func hexagon(x, y, r float64) pen.Path {
	var xy []float64
	for k := range 6 {
		a := float64(k) * math.Pi / 3
		xy = append(xy, x+r*math.Sin(a), y-r*math.Cos(a))
	}
	return pen.Polygon(xy...)
}
