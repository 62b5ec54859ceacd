package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// drawRule draws reference lines: at X over the whole height, at Y over the
// whole width, or from X, Y to X2, Y2. Text stands beside its foot.
func drawRule(p *plot, l Layer) {
	ink := p.color(l, 1)
	ink.Fill.A = 0
	ink.Width, ink.Dash = l.width(1.2), l.Dash
	for i := range max(len(l.X), len(l.Y)) {
		x1, y1, x2, y2 := p.ends(l, i)
		if !finite(x1, y1, x2, y2) {
			continue
		}
		p.clipped(func() { p.pen.Rule(x1, y1, x2, y2, ink) })
		low := p.panel.Y.Kind == Rows && p.band(p.y.Hi-1).H < 46 // rows without room for it
		if t := at(l.Text, i); t != "" && !low {
			p.ruleText(t, x1, y1, x1 == x2)
		}
		p.target(l, i, pen.Box{X: math.Min(x1, x2), Y: math.Min(y1, y2), W: math.Abs(x2 - x1), H: math.Abs(y2 - y1)})
	}
}

func (p *plot) ends(l Layer, i int) (x1, y1, x2, y2 float64) {
	b := p.box
	switch {
	case len(l.X2) > 0:
		return p.x.Px(l.X.at(i)), p.y.Px(l.Y.at(i)), p.x.Px(l.X2.at(i)), p.y.Px(l.Y2.at(i))
	case len(l.X) > 0 && p.x.holds(l.X[i]):
		x := p.px(l, i)
		return x, b.Y, x, b.Y + b.H
	case len(l.X) == 0 && p.y.holds(l.Y[i]):
		y := p.py(l, i)
		return b.X, y, b.X + b.W, y
	}
	return math.NaN(), 0, 0, 0
}

// ruleText writes beside the foot of an upright line, on the side with room,
// or above the right end of a level one.
func (p *plot) ruleText(t string, x, y float64, upright bool) {
	w := plain.Width(t)
	foot := p.box.Y + p.box.H - 6
	switch {
	case !upright:
		p.halo(t, p.box.X+p.box.W-w-4, y-5, plain, pen.Start, MutedRole)
	case x+5+w < p.box.X+p.box.W:
		p.halo(t, x+5, foot, plain, pen.Start, MutedRole)
	default:
		p.halo(t, x-5, foot, plain, pen.End, MutedRole)
	}
}
