package charts

import (
	"math"
	"slices"

	"witnessmark/charts/internal/pen"
)

// drawRings draws one ring a unit. Rings that would cover each other are
// moved up and down, nearest to the middle first, so that every one shows;
// where the row is too low for that the pile is pressed together.
func drawRings(p *plot, l Layer) {
	if len(l.Y) == 0 || l.Y[0] >= p.y.Hi {
		return
	}
	s := p.lane(l.Y[0], l.Lane)
	r := ringRadius
	if len(l.X) > 150 || s.bottom-s.top < 14 {
		r = 2.2
	}
	var order []int
	for i := range l.X {
		if v := l.X[i]; finite(v) && p.x.holds(v) {
			order = append(order, i)
		} else if finite(v) {
			p.note("%s has values outside the axes; they are not drawn", l.title())
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmpFloat(l.X[a], l.X[b]) })
	x := make([]float64, len(order))
	for k, i := range order {
		x[k] = p.px(l, i)
	}
	dy := swarm(x, 2*r+0.6, (s.bottom-s.top)/2-r-1)
	ink := pen.Ink{Fill: p.theme.Panel, Stroke: p.theme.Color(l.Role), Width: 1.2}
	for k, i := range order {
		y := s.middle() + dy[k]
		p.pen.Draw(pen.Circle(x[k], y, r), ink)
		p.busy = append(p.busy, around(x[k], y, r))
		p.target(l, i, around(x[k], y, r))
	}
}

// swarm returns offsets from the middle for marks at ascending places x
// that keep a distance, pressed into ±half where they need more.
func swarm(x []float64, distance, half float64) []float64 {
	dy := make([]float64, len(x))
	most := 0.0
	for i := range x {
		dy[i] = free(x, dy, i, distance)
		most = math.Max(most, math.Abs(dy[i]))
	}
	if most > half && most > 0 {
		for i := range dy {
			dy[i] *= math.Max(half, 0) / most
		}
	}
	return dy
}

// free returns the offset nearest to the middle at which mark i touches none
// of the marks before it.
func free(x, dy []float64, i int, distance float64) float64 {
	near := i
	for near > 0 && x[i]-x[near-1] < distance {
		near--
	}
	for k := 0; ; k++ {
		for _, y := range []float64{float64(k) * distance / 2, -float64(k) * distance / 2} {
			if !touches(x[near:i], dy[near:i], x[i], y, distance) {
				return y
			}
		}
	}
}

func touches(xs, ys []float64, x, y, distance float64) bool {
	for j := range xs {
		if math.Hypot(xs[j]-x, ys[j]-y) < distance*0.999 {
			return true
		}
	}
	return false
}
