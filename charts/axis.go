package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// shown returns the ticks of an axis of the given length whose labels do not
// touch each other.
func (a Axis) shown(length float64, across bool) []Tick {
	if a.Bare || a.Kind == Rows {
		return nil
	}
	ticks := a.Ticks
	if ticks == nil {
		ticks = a.auto(length, across)
	}
	s := a.scale(0, length)
	ticks = thin(ticks, s, across)
	if a.Last {
		ticks = a.withLast(ticks, s)
	}
	return ticks
}

// scale maps the axis onto places.
func (a Axis) scale(from, to float64) Scale {
	return Scale{Kind: a.Kind, Lo: a.Lo, Hi: a.Hi, From: from, To: to, Least: a.Least}
}

func (a Axis) auto(length float64, across bool) []Tick {
	count := int(length / 46)
	if across {
		count = int(length / 58)
	}
	count = min(max(count, 2), 8)
	switch {
	case a.Kind == Log:
		return logTicks(a.Lo, a.Hi, a.Format)
	case a.Kind == LogZero:
		return a.fromZero()
	case a.Kind == Logit:
		return logitTicks(a.Lo, a.Hi, a.Format)
	case a.Format == Percent && a.Lo >= -1e-9:
		return rateTicks(a.Lo, a.Hi, count)
	}
	return linearTicks(a.Lo, a.Hi, count, a.Format)
}

// thin drops every second label until none touch.
func thin(ticks []Tick, s Scale, across bool) []Tick {
	least := 1 // lines of text must not lie on each other
	if across {
		least = 2
	}
	for len(ticks) > least && touching(ticks, s, across) {
		var half []Tick
		for i := 0; i < len(ticks); i += 2 {
			half = append(half, ticks[i])
		}
		ticks = half
	}
	return ticks
}

func touching(ticks []Tick, s Scale, across bool) bool {
	for i := 1; i < len(ticks); i++ {
		apart := math.Abs(s.Px(ticks[i].At) - s.Px(ticks[i-1].At))
		need := lineHeight - 2
		if across {
			need = (plain.Width(ticks[i].Label)+plain.Width(ticks[i-1].Label))/2 + 8
		}
		if apart < need {
			return true
		}
	}
	return false
}

// withLast labels the end of the axis, in the place of a label that is too near.
func (a Axis) withLast(ticks []Tick, s Scale) []Tick {
	last := Tick{a.Hi, a.Format.tickText(a.Hi, 1)}
	for len(ticks) > 0 && touching([]Tick{ticks[len(ticks)-1], last}, s, true) {
		ticks = ticks[:len(ticks)-1]
	}
	return append(ticks, last)
}

// axes draws grid lines, axis lines and labels of a panel.
func (p *plot) axes() {
	b := p.box
	p.rowLines()
	p.yAxis()
	p.xAxis()
	if !p.panel.X.Bare && p.panel.X.Kind != Rows {
		p.rule(b.X, b.Y+b.H, b.X+b.W, b.Y+b.H, AxisRole, 1)
	}
}

func (p *plot) rule(x1, y1, x2, y2 float64, r Role, width float64) {
	p.pen.Rule(x1, y1, x2, y2, pen.Ink{Stroke: p.theme.Color(r), Width: width})
}

// rowLines separates rows.
func (p *plot) rowLines() {
	y := p.panel.Y
	if y.Kind != Rows || y.NoGrid || y.Bare {
		return
	}
	for i := y.Lo + 1; i < y.Hi; i++ {
		at := p.y.Px(i)
		p.pen.Rule(p.box.X, at, p.box.X+p.box.W, at, pen.Ink{Stroke: p.theme.Line, Width: 1})
	}
}

func (p *plot) yAxis() {
	y, b := p.panel.Y, p.box
	for _, t := range y.shown(b.H, false) {
		at := p.y.Px(t.At)
		if !y.NoGrid {
			p.rule(b.X, at, b.X+b.W, at, GridRole, 1)
		}
		if p.first {
			p.write(t.Label, b.X-7, middle(at, plain), plain, pen.End, MutedRole)
		}
	}
}

func (p *plot) xAxis() {
	x, b := p.panel.X, p.box
	bottom := b.Y + b.H
	for _, t := range x.shown(b.W, true) {
		at := p.x.Px(t.At)
		if !x.NoGrid {
			p.rule(at, b.Y, at, bottom, GridRole, 1)
		}
		p.rule(at, bottom, at, bottom+4, AxisRole, 1)
		if !x.Quiet {
			p.write(t.Label, at, bottom+16, plain, pen.Middle, MutedRole)
		}
	}
	if !x.Quiet {
		p.xTitle()
	}
}

func (p *plot) xTitle() {
	x, b := p.panel.X, p.box
	y := b.Y + b.H + 36
	switch {
	case x.Kind == Rows && x.Top:
		y = b.Y + b.H + 16
	case x.Kind == Rows:
		y += p.columnHeadHeight() - 12
	}
	for _, l := range wrap(x.Title, plain, b.W+40) {
		p.write(l, b.X+b.W/2, y, plain, pen.Middle, MutedRole)
		y += lineHeight
	}
}
