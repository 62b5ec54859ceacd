package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// The margins of a figure.
const (
	sideMargin   = 14.0
	topMargin    = 10.0
	bottomMargin = 8.0
	leastPlot    = 60.0 // height that texts leave to the panels
)

// Height returns a height in style units at which every row has room for its
// name, its estimate and its units, so that a view can scroll a long chart.
// It is at least least.
func (s Spec) Height(least int) int {
	rows := 0.0
	for _, p := range s.Panels {
		if p.Y.Kind == Rows {
			rows = math.Max(rows, p.Y.Hi-p.Y.Lo)
		}
	}
	return max(least, int(170+36*rows))
}

// figure draws title, subtitle and source, and the panels between them.
func (c *canvas) figure(s Spec, page pen.Box) {
	area := pen.Box{X: page.X + sideMargin, Y: page.Y + topMargin, W: page.W - 2*sideMargin, H: page.H - topMargin - bottomMargin}
	area = c.heading(s, area)
	area = c.footing(s, area)
	if len(s.Panels) == 0 {
		s.Panels = []Panel{{X: Axis{Bare: true}, Y: Axis{Bare: true}}}
	}
	if area.W < 60 || area.H < 40 {
		c.note("the chart is too small to be drawn: make it larger")
		return
	}
	c.grid(s, area)
}

func (c *canvas) heading(s Spec, area pen.Box) pen.Box {
	f := c.titleFont(area.H)
	y := area.Y
	lines, cut := paragraph(s.Title, f, area.W, c.room(area.H, 0.3, f.Size*1.3, 3))
	for _, l := range lines {
		c.write(l, area.X, y+f.Size, f, pen.Start, InkRole)
		y += math.Round(f.Size * 1.3)
	}
	if len(lines) > 0 {
		y += 2
	}
	lines, cutSub := paragraph(s.Subtitle, plain, area.W, c.room(area.H, 0.22, lineHeight, 8))
	for _, l := range lines {
		c.write(l, area.X, y+11, plain, pen.Start, MutedRole)
		y += lineHeight
	}
	if cut || cutSub {
		c.note("title or subtitle do not fit: make the chart larger to read them whole")
	}
	y += 6
	return pen.Box{X: area.X, Y: y, W: area.W, H: area.H - (y - area.Y)}
}

// room returns how many lines may stand before less than leastPlot or the
// given share of the height is left.
func (c *canvas) room(height, share, line float64, most int) int {
	n := int(math.Min(height*share, height-leastPlot) / line)
	return max(0, min(most, n))
}

func (c *canvas) footing(s Spec, area pen.Box) pen.Box {
	lines, cut := paragraph(s.Source, plain, area.W, c.room(area.H, 0.15, lineHeight, 4))
	if cut {
		c.note("the source line does not fit: make the chart larger to read it whole")
	}
	area.H -= lineHeight * float64(len(lines))
	y := area.Y + area.H
	for _, l := range lines {
		c.write(l, area.X, y+12, plain, pen.Start, MutedRole)
		y += lineHeight
	}
	if len(lines) > 0 {
		area.H -= 4
	}
	return area
}
