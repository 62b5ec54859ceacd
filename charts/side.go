package charts

import (
	"math"
	"slices"

	"witnessmark/charts/internal/pen"
)

// side writes the texts right of the plot: from the top of their row on, or
// centered on their value and pushed apart where they would touch.
func (p *plot) side() {
	x := p.box.X + p.box.W + 12
	if p.bare {
		return
	}
	if p.panel.Y.Kind == Rows {
		for _, b := range p.panel.Side {
			lines := p.panel.fit(b, p.right, p.panel.rowHeight(p.plot))
			p.block(lines, x, p.rowTop(b.At, blockHeight(lines)))
		}
		return
	}
	for _, e := range p.apart(p.panel.Side) {
		p.block(e.lines, x, e.y)
		p.busy = append(p.busy, pen.Box{X: x, Y: e.y, W: p.right, H: blockHeight(e.lines)})
	}
}

// rowTop is where a text of height h starts so that its first line stands
// beside the estimate; in a low row, or one without lanes, it is centered.
func (p *plot) rowTop(row, h float64) float64 {
	band := p.band(row)
	top := p.lane(row, TopLane).middle() - strongHeight/2
	lanes := slices.ContainsFunc(p.panel.Layers, func(l Layer) bool { return l.Lane == TopLane })
	if !lanes || top+h > band.Y+band.H {
		return band.Y + (band.H-h)/2
	}
	return top
}

// An end is a text at the end of a line with its place.
type end struct {
	lines []Line
	y     float64 // top
}

// apart places texts as near to their values as possible without overlap,
// inside the height of the plot where there is room for all.
func (p *plot) apart(blocks []Block) []end {
	out := p.ranked(blocks)
	slices.SortStableFunc(out, func(a, b end) int {
		return cmpFloat(a.y+blockHeight(a.lines)/2, b.y+blockHeight(b.lines)/2)
	})
	spare := p.box.H + 16
	for _, e := range out {
		spare -= blockHeight(e.lines)
	}
	between := math.Max(0, math.Min(6, spare/math.Max(1, float64(len(out)-1))))
	low := p.box.Y - 8
	for i := range out {
		out[i].y = math.Max(out[i].y, low)
		low = out[i].y + blockHeight(out[i].lines) + between
	}
	high := p.box.Y + p.box.H + 8
	for i := len(out) - 1; i >= 0; i-- {
		out[i].y = math.Min(out[i].y, high-blockHeight(out[i].lines))
		high = out[i].y - between
	}
	return out
}

// ranked puts every text beside its value, in the longest form in which all
// find room; texts without room even in the shortest are left out.
func (p *plot) ranked(blocks []Block) []end {
	room := p.box.H + 16
	for form := range 4 {
		var out []end
		total, left := 0.0, 0
		for _, b := range blocks {
			if len(b.Forms) == 0 {
				continue
			}
			lines := wrapped(b.Forms[min(form, len(b.Forms)-1)], p.right)
			h := blockHeight(lines)
			if form == 3 && total+h > room && len(out) > 0 {
				left++
				continue
			}
			total += h
			out = append(out, end{lines, p.y.clamp(b.At) - h/2})
		}
		if total <= room || form == 3 {
			if left > 0 {
				p.note("%s do not fit beside the plot: make the chart taller", Count(float64(left), "name"))
			}
			return out
		}
	}
	return nil
}

func cmpFloat(a, b float64) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// under writes the lines of numbers below the axis.
func (p *plot) under() {
	y := p.box.Y + p.box.H + p.bottom - stripHeight*float64(len(p.panel.Under)) - 4
	for _, s := range p.panel.Under {
		y += stripHeight
		if s.Role != "" {
			p.marker(s.Role, p.labelEdge()+5, y-4, 4, false)
		}
		p.write(s.Head, p.labelEdge(), y, plain, pen.Start, MutedRole)
		after := math.Inf(-1)
		for i, v := range s.At {
			t := at(s.Text, i)
			w := plain.Width(t)
			if x := p.x.Px(v); p.x.holds(v) && x-w/2 > after {
				p.write(t, x, y, plain, pen.Middle, InkRole)
				after = x + w/2 + 4
			}
		}
	}
}

// columnLabels names the columns of a horizontal Rows axis.
func (p *plot) columnLabels() {
	x := p.panel.X
	if x.Kind != Rows || x.Bare {
		return
	}
	h := p.columnHeadHeight()
	for _, b := range x.Rows {
		lines := p.panel.fit(b, columnWidth(x, p.plot), headHeight)
		y := p.box.Y + p.box.H + 6
		if x.Top {
			y = p.box.Y - 4 - h + (h - blockHeight(lines))
		}
		p.centered(lines, p.x.Px(b.At+0.5), y)
	}
}

// centered writes lines centered on x from y down.
func (p *plot) centered(lines []Line, x, y float64) {
	for _, l := range lines {
		f := l.font()
		at := x
		if l.Role != "" && l.Role != indent {
			at += markerRoom / 2
			p.marker(l.Role, at-f.Width(l.Text)/2-10, y+l.height()/2, 4.8, false)
		}
		p.write(l.Text, at, y+l.height()/2+f.Size*0.36, f, pen.Middle, l.ink())
		y += l.height()
	}
}

// A strip of a row, see Lane.
type strip struct{ top, bottom float64 }

func (s strip) middle() float64 { return (s.top + s.bottom) / 2 }

// lane returns the strip of a row that a lane names. In a row too low for
// two strips both are the whole row.
func (p *plot) lane(row float64, l Lane) strip {
	b := p.band(row)
	if l == "" || b.H < 30 {
		return strip{b.Y, b.Y + b.H}
	}
	cut := b.Y + math.Min(32, b.H*0.45)
	if l == TopLane {
		return strip{b.Y, cut}
	}
	return strip{cut, b.Y + b.H - 3}
}
