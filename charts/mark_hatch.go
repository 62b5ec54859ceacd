package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// drawHatch hatches whole cells of two Rows axes ("not run"), boxes from X, Y
// to X2, Y2, or the area from Y to Y2 along X ("the data cannot identify
// this split").
func drawHatch(p *plot, l Layer) {
	if l.Role == "" {
		l.Role = HatchRole
	}
	if p.panel.X.Kind == Rows && p.panel.Y.Kind == Rows {
		for i := range l.X {
			b := p.cellBox(l, i)
			if l.Y[i] >= p.y.Hi {
				continue
			}
			p.hatch(b, l, b)
			p.cellWord(at(l.Text, i), b)
			p.target(l, i, b)
		}
		return
	}
	if len(l.X2) > 0 {
		p.hatchBoxes(l)
		return
	}
	p.hatchArea(l)
}

// hatchBoxes hatches boxes given as for bars.
func (p *plot) hatchBoxes(l Layer) {
	for i := range l.X {
		if b, ok := p.barBox(l, i); ok {
			b = p.pen.SnapBox(b)
			p.hatch(b, l, b)
			p.target(l, i, b)
		}
	}
}

// cellWord writes a word in the middle of a hatched cell.
func (p *plot) cellWord(t string, b pen.Box) {
	if w := plain.Width(t); t != "" && w <= b.W-4 && b.H >= 13 {
		x, y := b.X+b.W/2, b.Y+b.H/2
		p.pen.Draw(pen.Rect(pen.Box{X: x - w/2 - 2, Y: y - 8, W: w + 4, H: 16}), pen.Ink{Fill: faded(p.theme.Panel, 0.72)})
		p.write(t, x, middle(y, plain), plain, pen.Middle, MutedRole)
	}
}

// hatch fills a box with slanted lines that run on from box to box.
func (p *plot) hatch(b pen.Box, l Layer, clip pen.Box) {
	ink := pen.Ink{Stroke: p.color(l, 1).Stroke, Width: l.width(1.3)}
	p.pen.Clip(&clip)
	const step = 8.5
	first := math.Ceil((b.X + b.Y) / step)
	var path pen.Path
	for k := first; k*step < b.X+b.W+b.Y+b.H; k++ {
		sum := k * step // points with x + y = sum
		x1, x2 := math.Max(b.X, sum-b.Y-b.H), math.Min(b.X+b.W, sum-b.Y)
		path.MoveTo(x1, sum-x1)
		path.LineTo(x2, sum-x2)
	}
	p.pen.Draw(path, ink)
	p.pen.Clip(nil)
}

// hatchArea draws slanted lines between Y and Y2, one short piece for each
// place where a slanted line runs inside the area.
func (p *plot) hatchArea(l Layer) {
	ink := pen.Ink{Stroke: p.color(l, 0.5).Stroke, Width: l.width(1.2)}
	other := l
	other.Y = l.Y2
	var path pen.Path
	for i := 1; i < len(l.X); i++ {
		if !p.drawn(l, i-1) || !p.drawn(l, i) || !p.drawn(other, i-1) || !p.drawn(other, i) {
			continue
		}
		p.hatchSlice(&path, slice{
			p.px(l, i-1), p.px(l, i), p.py(l, i-1), p.py(l, i), p.py(other, i-1), p.py(other, i),
		})
	}
	p.clipped(func() { p.pen.Draw(path, ink) })
}

// A slice is a piece of an area between two neighboring values of X.
type slice struct{ x1, x2, a1, a2, b1, b2 float64 }

// hatchSlice adds the parts of slanted lines inside a slice.
func (p *plot) hatchSlice(path *pen.Path, s slice) {
	const step = 9.0
	if s.a1+s.a2 > s.b1+s.b2 {
		s.a1, s.a2, s.b1, s.b2 = s.b1, s.b2, s.a1, s.a2
	}
	for k := math.Ceil((s.x1 + math.Min(s.a1, s.a2)) / step); k*step < s.x2+math.Max(s.b1, s.b2); k++ {
		from, to := math.NaN(), math.NaN()
		const parts = 6
		for j := range parts + 1 {
			t := float64(j) / parts
			x := s.x1 + t*(s.x2-s.x1)
			y := k*step - x
			if y >= s.a1+t*(s.a2-s.a1) && y <= s.b1+t*(s.b2-s.b1) {
				if math.IsNaN(from) {
					from = x
				}
				to = x
			}
		}
		if to > from {
			path.MoveTo(from, k*step-from)
			path.LineTo(to, k*step-to)
		}
	}
}
