package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// drawEstimate prints an estimate over its interval and a second text under
// it, inside the plot. In a low row the first text stands beside the
// interval, on the side with more room, and the second is left to the hit.
func drawEstimate(p *plot, l Layer) {
	for i := range l.X {
		lo, hi, y := p.x.clamp(l.X.at(i)), p.x.clamp(l.X2.at(i)), p.py(l, i)
		if !finite(lo, hi, y) {
			continue
		}
		if row := p.band(l.Y.at(i)); row.H >= 46 {
			p.over(at(l.Text, i), (lo+hi)/2, y-14, value, InkRole)
			if row.H >= 62 {
				p.over(at(l.Text2, i), (lo+hi)/2, y+23, plain, MutedRole)
			}
		} else {
			p.beside(at(l.Text, i), lo, hi, y)
		}
	}
}

// over writes a text centered at x where the plot has room for it.
func (p *plot) over(t string, x, y float64, f pen.Font, r Role) {
	if t == "" {
		return
	}
	if f.Width(t) > p.box.W+p.right {
		f = plain
	}
	w := f.Width(t)
	left := math.Max(p.box.X, math.Min(x-w/2, p.box.X+p.box.W+p.right-w-2))
	p.halo(t, left, y, f, pen.Start, r)
}

func (p *plot) beside(t string, lo, hi, y float64) {
	w := plain.Width(t)
	y = middle(y, plain)
	switch {
	case hi+10+w <= p.box.X+p.box.W+p.right:
		p.halo(t, hi+10, y, plain, pen.Start, InkRole)
	case lo-10-w >= p.box.X:
		p.halo(t, lo-10, y, plain, pen.End, InkRole)
	default:
		p.note("no room for the numbers of some rows: make the chart larger")
	}
}
