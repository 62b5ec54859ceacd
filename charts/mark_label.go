package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// drawLabel writes texts at X, Y. With anchor auto each looks for a free
// place around its point and is joined to it by a thin line where it had to
// go further; with beside it stands right of the marker, with left on its left.
func drawLabel(p *plot, l Layer) {
	for i, t := range l.Text {
		x, y := p.px(l, i), p.py(l, i)
		if t == "" || !finite(x, y) || !p.inside(x, y) {
			continue
		}
		f := l.font()
		if l.Anchor == "auto" {
			p.auto(t, x, y, f, l.ink())
			continue
		}
		w := f.Width(t)
		left := x + anchorShift(l.Anchor, w)
		left = math.Max(p.box.X-p.left, math.Min(left, p.box.X+p.box.W+p.right-w))
		p.halo(t, left, middle(y, f), f, pen.Start, l.ink())
	}
}

// anchorShift returns how far left of its place a text of width w starts.
func anchorShift(anchor string, w float64) float64 {
	switch anchor {
	case "middle":
		return -w / 2
	case "end":
		return -w
	case "beside":
		return 12
	case "left":
		return -12 - w
	}
	return 0
}

func (l Layer) font() pen.Font {
	if l.Bold && l.Small {
		return strong
	}
	if l.Bold {
		return value
	}
	return plain
}

func (l Layer) ink() Role {
	if l.Muted {
		return MutedRole
	}
	return InkRole
}

func (p *plot) inside(x, y float64) bool {
	b := p.box
	return x >= b.X-1 && x <= b.X+b.W+1 && y >= b.Y-1 && y <= b.Y+b.H+1
}

// halo writes text on a ground that hides grid lines, and takes its place.
func (p *plot) halo(t string, x, y float64, f pen.Font, a pen.Anchor, r Role) {
	w := f.Width(t)
	b := pen.Box{X: x - w*float64(a)/2 - 2, Y: y - f.Size*0.92, W: w + 4, H: f.Size * 1.2}
	p.pen.Draw(pen.Rect(b), pen.Ink{Fill: p.theme.Panel})
	p.write(t, x, y, f, a, r)
	p.busy = append(p.busy, b)
}

// auto places a text near its point: right, left, above, below and the
// corners, at growing distance, where it covers nothing and stays inside; or
// else where it covers no more than the lines of intervals.
func (p *plot) auto(t string, x, y float64, f pen.Font, r Role) {
	b, d, ok := p.free(x, y, f.Width(t), f.Size*1.2, append(p.busy[:len(p.busy):len(p.busy)], p.thin...))
	if !ok {
		b, d, ok = p.free(x, y, f.Width(t), f.Size*1.2, p.busy)
	}
	if !ok {
		p.note("some names have no room: make the chart larger, or point at the marks")
		return
	}
	if d > 20 {
		p.leader(x, y, b)
	}
	p.pen.Draw(pen.Rect(b), pen.Ink{Fill: faded(p.theme.Panel, 0.75)})
	p.write(t, b.X, b.Y+f.Size*0.92, f, pen.Start, r)
	p.busy = append(p.busy, b)
}

// free finds the nearest place beside x, y that covers none of the boxes.
func (p *plot) free(x, y, w, h float64, taken []pen.Box) (b pen.Box, far float64, ok bool) {
	for _, d := range []float64{9, 14, 20, 28, 38, 52, 70} {
		for _, dir := range [][2]float64{{1, 0}, {-1, 0}, {0, -1}, {0, 1}, {0.7, -0.7}, {0.7, 0.7}, {-0.7, -0.7}, {-0.7, 0.7}} {
			b := pen.Box{X: x + dir[0]*d - w*(1-sign(dir[0]))/2, Y: y + dir[1]*(d+h/2) - h/2, W: w, H: h}
			if p.fits(b, taken) {
				return b, d, true
			}
		}
	}
	return b, 0, false
}

func sign(v float64) float64 {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

func (p *plot) fits(b pen.Box, taken []pen.Box) bool {
	if b.X < p.box.X || b.X+b.W > p.box.X+p.box.W+p.right || b.Y < p.box.Y-4 || b.Y+b.H > p.box.Y+p.box.H+4 {
		return false
	}
	for _, o := range taken {
		if b.X < o.X+o.W && o.X < b.X+b.W && b.Y < o.Y+o.H && o.Y < b.Y+b.H {
			return false
		}
	}
	return true
}

// leader joins a point with the nearest edge of its text.
func (p *plot) leader(x, y float64, b pen.Box) {
	tx := math.Max(b.X-2, math.Min(x, b.X+b.W+2))
	ty := math.Max(b.Y, math.Min(y, b.Y+b.H))
	p.pen.Draw(pen.Line(x, y, tx, ty), pen.Ink{Stroke: p.theme.Axis, Width: 0.8})
}
