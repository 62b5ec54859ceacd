package charts

import (
	"math"
	"slices"

	"witnessmark/charts/internal/pen"
)

// A plot is a panel in progress.
type plot struct {
	*canvas
	*cell
	box  pen.Box // where data are drawn
	x, y Scale
	busy []pen.Box // taken by marks and labels
	thin []pen.Box // taken by intervals, which a label may cross where it must
}

func (c *canvas) drawPanel(k *cell) {
	b := c.pen.SnapBox(k.plot)
	p := &plot{canvas: c, cell: k, box: b}
	p.x = k.panel.X.scale(b.X, b.X+b.W)
	p.y = k.panel.Y.scale(b.Y+b.H, b.Y)
	if k.panel.Y.Kind == Rows {
		p.y.From, p.y.To = p.y.To, p.y.From
	}
	if !k.panel.drawable() {
		p.empty()
		return
	}
	p.axes()
	p.head()
	p.rowLabels()
	p.columnLabels()
	if k.panel.Square && len(k.panel.Side) > 0 && !k.bare {
		p.busy = append(p.busy, pen.Box{X: b.X + b.W + 4, Y: b.Y, W: k.right, H: b.H}) // of the texts at the right
	}
	for _, l := range k.panel.Layers {
		p.layer(l)
	}
	p.side()
	p.under()
	c.panels = append(c.panels, PanelBox{k.panel.Head, c.rect(b), p.x.times(c.zoom), p.y.times(c.zoom)})
}

// drawable reports whether the panel has anything to show: a point, or a
// row whose text says why it has none.
func (p Panel) drawable() bool {
	if p.X.Kind == Rows && p.X.Hi > p.X.Lo || p.Y.Kind == Rows && p.Y.Hi > p.Y.Lo {
		return true
	}
	return slices.ContainsFunc(p.Layers, func(l Layer) bool {
		return slices.ContainsFunc(l.X, func(v float64) bool { return finite(v) }) &&
			slices.ContainsFunc(l.Y, func(v float64) bool { return finite(v) })
	})
}

func (p *plot) empty() {
	s := p.panel.Empty
	if s == "" {
		s = "No data"
	}
	p.head()
	y := p.box.Y + p.box.H/2
	for _, l := range wrap(s, plain, math.Max(60, p.box.W)) {
		p.write(l, p.box.X+p.box.W/2, y, plain, pen.Middle, MutedRole)
		y += lineHeight
	}
}

// times returns the scale in units z times as fine.
func (s Scale) times(z float64) Scale {
	s.From, s.To = s.From*z, s.To*z
	return s
}

// head writes what stands above the plot.
func (p *plot) head() {
	y := p.box.Y - 8
	if p.panel.X.Kind == Rows && p.panel.X.Top {
		y -= p.columnHeadHeight() + 2
	}
	if t := p.panel.Y.Title; t != "" && p.panel.Y.Kind != Rows {
		if p.first {
			p.write(t, p.labelEdge(), y-1, plain, pen.Start, MutedRole)
		}
		y -= 18
	}
	x := p.box.X
	if p.panel.HeadRole != "" {
		p.marker(p.panel.HeadRole, x+6, y-4.5, 4.8, false)
		x += markerRoom
	}
	lines := headLines(p.panel, p.box.X+p.box.W-x)
	for i, l := range lines {
		p.write(l, x, y-headLine*float64(len(lines)-1-i), value, pen.Start, InkRole)
	}
	p.write(p.headNote, p.box.X+p.box.W, y, plain, pen.End, MutedRole)
}

// headLine is the height of a further line of a panel's head.
const headLine = 17.0

// headLines wraps the head of a panel, to two lines at most.
func headLines(p Panel, width float64) []string {
	lines, _ := paragraph(p.Head, value, width, 2)
	return lines
}

// labelEdge is where the labels of the vertical axis start.
func (p *plot) labelEdge() float64 {
	x := p.box.X
	if p.first {
		for _, t := range p.panel.Y.shown(p.box.H, false) {
			x = math.Min(x, p.box.X-7-plain.Width(t.Label))
		}
	}
	return x
}

// rowLabels names the rows, left of the plot.
func (p *plot) rowLabels() {
	if p.panel.Y.Kind != Rows || !p.first || p.panel.Y.Bare {
		return
	}
	for _, b := range p.panel.Y.Rows {
		lines := p.panel.fit(b, p.labelRoom, p.panel.rowHeight(p.plot))
		band := p.band(b.At)
		y := band.Y + (band.H-blockHeight(lines))/2
		p.rowLabel(b, lines, p.box.X-p.left+p.groupWidth, y)
	}
	for _, g := range p.panel.Y.Groups {
		lines := p.groupLines(g)
		from, to := p.y.Px(g.From), p.y.Px(math.Min(g.To, p.panel.Y.Hi))
		p.rowLabel(g.Block, lines, p.box.X-p.left, (from+to-blockHeight(lines))/2)
	}
	if p.cut > 0 {
		p.write(ellipsis(cutText(p.cut), plain, p.left-14), p.box.X-p.left, p.box.Y+p.box.H+16, plain, pen.Start, MutedRole)
	}
}

// rowLabel writes a name beside rows.
func (p *plot) rowLabel(b Block, lines []Line, x, y float64) {
	p.block(lines, x, y)
	if b.Source != nil {
		p.hit(pen.Box{X: x, Y: y, W: blockWidth(lines), H: blockHeight(lines)}, *b.Source)
	}
}

// band returns the strip of the plot that belongs to a row.
func (p *plot) band(row float64) pen.Box {
	y := p.y.Px(row)
	return pen.Box{X: p.box.X, Y: y, W: p.box.W, H: p.y.Px(row+1) - y}
}

// block writes lines from the top down.
func (p *plot) block(lines []Line, x, y float64) {
	for _, l := range lines {
		f := l.font()
		at := x
		if l.Role != "" {
			if l.Role != indent {
				p.marker(l.Role, x+5, y+l.height()/2, 4.8, false)
			}
			at += markerRoom
		}
		p.write(l.Text, at, y+l.height()/2+f.Size*0.36, f, pen.Start, l.ink())
		y += l.height()
	}
}
