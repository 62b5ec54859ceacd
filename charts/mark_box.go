package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

const mostBox = 66.0 // four lines

// drawBox draws boxes from X, Y to X2, Y2 with a text in as many lines as fit
// and a muted second text below; bold ones are pointed out.
func drawBox(p *plot, l Layer) {
	for i := range l.X {
		b, ok := p.ended(l, i)
		if !ok {
			continue
		}
		if b.H > mostBox {
			b.Y, b.H = b.Y+(b.H-mostBox)/2, mostBox
		}
		b = p.pen.SnapBox(b)
		ink := pen.Ink{Fill: p.theme.Panel, Stroke: p.theme.Color(l.Role), Width: 1.2}
		if l.Role == AccentRole || l.Bold {
			p.pen.Draw(pen.Rect(b), pen.Ink{Fill: p.theme.Panel})
			ink.Fill = faded(p.theme.Selected, 1)
		}
		if l.Bold {
			ink.Stroke, ink.Width = p.theme.Accent, 2.2
		}
		p.pen.Draw(pen.Rect(b), ink)
		p.boxText(at(l.Text, i), at(l.Text2, i), b)
		p.busy = append(p.busy, b)
		p.target(l, i, b)
	}
}

// ended is the box between both ends of a layer's point.
func (p *plot) ended(l Layer, i int) (pen.Box, bool) {
	x1, x2, y1, y2 := p.x.Px(l.X.at(i)), p.x.Px(l.X2.at(i)), p.y.Px(l.Y.at(i)), p.y.Px(l.Y2.at(i))
	return pen.Box{X: math.Min(x1, x2), Y: math.Min(y1, y2), W: math.Abs(x2 - x1), H: math.Abs(y2 - y1)}, finite(x1, x2, y1, y2)
}

// boxText writes what fits: the second text goes before lines of the first do.
func (p *plot) boxText(text, second string, b pen.Box) {
	const line = 14.0
	lines := wrap(text, plain, b.W-8)
	room := max(1, int((b.H-4)/line))
	if len(lines)+1 > room || plain.Width(second) > b.W-8 {
		second = ""
	}
	if len(lines) > room {
		lines = lines[:room]
		lines[room-1] = fitText(lines[room-1]+"…", plain, b.W-6)
	}
	n := float64(len(lines))
	if second != "" {
		n++
	}
	y := b.Y + b.H/2 - n*line/2 + line*0.78
	for _, s := range lines {
		p.write(s, b.X+b.W/2, y, plain, pen.Middle, InkRole)
		y += line
	}
	if second != "" {
		p.write(second, b.X+b.W/2, y, plain, pen.Middle, MutedRole)
	}
}

// fitText drops letters before the last one until the text is narrow enough.
func fitText(s string, f pen.Font, width float64) string {
	r := []rune(s)
	for len(r) > 2 && f.Width(string(r)) > width {
		r = append(r[:len(r)-2], r[len(r)-1])
	}
	return string(r)
}
