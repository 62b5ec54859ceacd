package pen

import "math"

// An op is one step of a path, with its number of points in the constants' order.
type op uint8

const (
	move  op = iota // 1 point
	line            // 1 point
	curve           // 3 points: two control points and the end
	shut            // none
)

// points is how many points go with each op.
var points = [...]int{move: 1, line: 1, curve: 3, shut: 0}

type point struct{ x, y float64 }

// far bounds coordinates, so that a value zoomed out of sight cannot
// overflow the fixed-point numbers of a surface.
const far = 30000

// A Path is a list of straight and cubic segments. Its zero value is empty.
type Path struct {
	ops    []op
	pts    []point
	circle float64 // radius, when the path is one circle
}

func pt(x, y float64) point {
	return point{math.Max(-far, math.Min(far, x)), math.Max(-far, math.Min(far, y))}
}

// MoveTo starts a new piece.
func (p *Path) MoveTo(x, y float64) { p.add(move, pt(x, y)) }

// LineTo draws a straight segment.
func (p *Path) LineTo(x, y float64) { p.add(line, pt(x, y)) }

// CurveTo draws a cubic Bézier segment to x, y.
func (p *Path) CurveTo(x1, y1, x2, y2, x, y float64) {
	p.add(curve, pt(x1, y1), pt(x2, y2), pt(x, y))
}

// Close joins the end of a piece with its start.
func (p *Path) Close() { p.add(shut) }

// Empty reports whether nothing was drawn.
func (p *Path) Empty() bool { return len(p.ops) == 0 }

func (p *Path) add(o op, pts ...point) {
	p.ops, p.pts = append(p.ops, o), append(p.pts, pts...)
}

// Join appends the pieces of another path.
func (p *Path) Join(q Path) {
	p.ops, p.pts, p.circle = append(p.ops, q.ops...), append(p.pts, q.pts...), 0
}

// Line returns a straight line.
func Line(x1, y1, x2, y2 float64) Path {
	var p Path
	p.MoveTo(x1, y1)
	p.LineTo(x2, y2)
	return p
}

// Polygon returns a closed path through x, y pairs.
func Polygon(xy ...float64) Path {
	var p Path
	for i := 0; i+1 < len(xy); i += 2 {
		if i == 0 {
			p.MoveTo(xy[0], xy[1])
		} else {
			p.LineTo(xy[i], xy[i+1])
		}
	}
	p.Close()
	return p
}

// Rect returns a rectangle.
func Rect(b Box) Path {
	return Polygon(b.X, b.Y, b.X+b.W, b.Y, b.X+b.W, b.Y+b.H, b.X, b.Y+b.H)
}

// Circle returns a circle.
func Circle(x, y, r float64) Path {
	const k = 0.5522847498 // a quarter of a circle as a cubic segment
	var p Path
	p.MoveTo(x+r, y)
	p.CurveTo(x+r, y+k*r, x+k*r, y+r, x, y+r)
	p.CurveTo(x-k*r, y+r, x-r, y+k*r, x-r, y)
	p.CurveTo(x-r, y-k*r, x-k*r, y-r, x, y-r)
	p.CurveTo(x+k*r, y-r, x+r, y-k*r, x+r, y)
	p.Close()
	p.circle = r
	return p
}

// pieces yields the parts of a path that start with a move, one by one.
func (p Path) pieces(yield func(Path) bool) {
	from, pt, at := 0, 0, 0
	for i, o := range p.ops {
		if o == move && i > from {
			if !yield(Path{ops: p.ops[from:i], pts: p.pts[at:pt]}) {
				return
			}
			from, at = i, pt
		}
		pt += points[o]
	}
	if from < len(p.ops) {
		yield(Path{ops: p.ops[from:], pts: p.pts[at:]})
	}
}

// center returns the center of a path made by Circle.
func (p Path) center() point { return point{p.pts[0].x - p.circle, p.pts[0].y} }

// flat calls moveTo, lineTo and closed with the path scaled, curves replaced
// by chords that are never more than a fifth of a pixel off.
func (p Path) flat(scale float64, to pencil) {
	at, i := point{}, 0
	for _, o := range p.ops {
		switch o {
		case move:
			at = p.pts[i]
			to.MoveTo(at.x*scale, at.y*scale)
			i++
		case line:
			at = p.pts[i]
			to.LineTo(at.x*scale, at.y*scale)
			i++
		case curve:
			chords(at, p.pts[i:i+3], scale, to.LineTo)
			at = p.pts[i+2]
			i += 3
		case shut:
			to.Close()
		}
	}
}

// chords draws a cubic segment as straight lines.
func chords(a point, c []point, scale float64, lineTo func(x, y float64)) {
	length := math.Hypot(c[0].x-a.x, c[0].y-a.y) + math.Hypot(c[1].x-c[0].x, c[1].y-c[0].y) +
		math.Hypot(c[2].x-c[1].x, c[2].y-c[1].y)
	n := 3 + int(math.Sqrt(length*scale)*1.5)
	for k := 1; k <= n; k++ {
		t := float64(k) / float64(n)
		u := 1 - t
		b0, b1, b2, b3 := u*u*u, 3*u*u*t, 3*u*t*t, t*t*t
		lineTo(scale*(b0*a.x+b1*c[0].x+b2*c[1].x+b3*c[2].x), scale*(b0*a.y+b1*c[0].y+b2*c[1].y+b3*c[2].y))
	}
}
