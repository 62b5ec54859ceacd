package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

const capLength = 4.0

// drawInterval draws lines from X to X2 at Y, or from Y to Y2 at X, with
// caps. An end off the axis gets an arrow instead, so that nobody takes the
// edge of the plot for a bound.
func drawInterval(p *plot, l Layer) {
	upright := len(l.X2) == 0
	for i := range l.X {
		at, lo, hi, s := p.py(l, i), l.X.at(i), l.X2.at(i), p.x
		if upright {
			at, lo, hi, s = p.px(l, i), l.Y.at(i), l.Y2.at(i), p.y
		}
		if math.IsNaN(lo) || math.IsNaN(hi) || math.IsNaN(at) || hi < s.Lo || lo > s.Hi {
			continue
		}
		p.span(l, span{at, s.clamp(lo), s.clamp(hi), upright}, !s.holds(lo), !s.holds(hi))
		p.target(l, i, span{at, s.clamp(lo), s.clamp(hi), upright}.box())
	}
}

// A span is a line from place a to place b, upright at x = at or level at y = at.
type span struct {
	at, a, b float64
	upright  bool
}

func (s span) box() pen.Box {
	lo, hi := math.Min(s.a, s.b), math.Max(s.a, s.b)
	if s.upright {
		return pen.Box{X: s.at - capLength, Y: lo, W: 2 * capLength, H: hi - lo}
	}
	return pen.Box{X: lo, Y: s.at - capLength, W: hi - lo, H: 2 * capLength}
}

// pt returns the place at u along and v across the span's direction.
func (s span) pt(u, v float64) (x, y float64) {
	if s.upright {
		return s.at + v, u
	}
	return u, s.at + v
}

func (p *plot) span(l Layer, s span, leavesLo, leavesHi bool) {
	ink := p.color(l, 1)
	ink.Fill.A = 0
	ink.Width, ink.Dash = l.width(2.2), l.Dash
	x1, y1 := s.pt(s.a, 0)
	x2, y2 := s.pt(s.b, 0)
	p.pen.Rule(x1, y1, x2, y2, ink)
	ink.Dash = nil
	inward := 1.0
	if s.b < s.a {
		inward = -1
	}
	p.tip(s, s.a, inward, leavesLo, ink)
	p.tip(s, s.b, -inward, leavesHi, ink)
	p.thin = append(p.thin, s.box())
}

// tip draws the end of a span: a cap, or an arrow head where it leaves the axis.
func (p *plot) tip(s span, at, inward float64, leaves bool, ink pen.Ink) {
	if !leaves {
		x1, y1 := s.pt(at, -capLength)
		x2, y2 := s.pt(at, capLength)
		p.pen.Rule(x1, y1, x2, y2, ink)
		return
	}
	var path pen.Path
	path.MoveTo(s.pt(at+5*inward, -capLength-0.5))
	path.LineTo(s.pt(at, 0))
	path.LineTo(s.pt(at+5*inward, capLength+0.5))
	p.pen.Draw(path, ink)
}
