package charts

import (
	"math"

	"witnessmark/charts/internal/pen"
)

// A Mark is one way of drawing a layer.
type Mark struct {
	Name string
	Help string
	draw func(p *plot, l Layer)
}

// Marks lists the marks. Recipes compose them: an estimate is an interval
// with a point on it, a curve with its uncertainty a band under a line.
var Marks = []Mark{
	{"area", "area between Y and Y2 along X, such as one part of a stack", drawArea},
	{"arrow", "arrow from X, Y to X2, Y2 with text on its way", drawArrow},
	{"band", "pale area between Y and Y2 along X", drawBand},
	{"bar", "bar from Y to Y2 between X and X2; only for counts and shares", drawBar},
	{"box", "box from X, Y to X2, Y2 with a wrapped text and a second one below", drawBox},
	{"cell", "cell of a heat map from X, Y to X2, Y2 with Shade 0 to 1 and two lines of text", drawCell},
	{"cross", "intervals X to X2 and Y to Y2 through a point at Size, in both directions", drawCross},
	{"dot", "one ring a unit at X, Y, where it is", drawDot},
	{"estimate", "text over an interval X to X2 and Text2 under it, where the row is high enough", drawEstimate},
	{"hatch", "hatched area: what is missing or cannot be identified", drawHatch},
	{"interval", "interval from X to X2, or from Y to Y2, with caps; an arrow where it leaves the axis", drawInterval},
	{"label", "text at X, Y; anchor auto finds a free place near by", drawLabel},
	{"line", "line through X, Y, broken where a value is missing", drawLine},
	{"onset", "small triangles under the axis at X", drawOnset},
	{"point", "marker of the role at X, Y", drawPoint},
	{"ring", "one ring a unit at X, spread so that every ring shows", drawRings},
	{"rule", "reference line at X or Y over the whole plot, or from X, Y to X2, Y2", drawRule},
	{"speck", "one pixel-sized dot a raw value", drawSpecks},
	{"tag", "bold text right above Y", drawTag},
	{"step", "line that keeps its value until the next X", drawStep},
}

// layer draws one layer with the mark it names.
func (p *plot) layer(l Layer) {
	for _, m := range Marks {
		if m.Name == l.Mark {
			m.draw(p, l)
			return
		}
	}
	p.note("nothing draws the mark %q", l.Mark)
}

// color returns the layer's color at its opacity times alpha.
func (p *plot) color(l Layer, alpha float64) pen.Ink {
	if l.Alpha > 0 {
		alpha *= l.Alpha
	}
	c := faded(p.theme.Color(l.Role), alpha)
	return pen.Ink{Fill: c, Stroke: c}
}

func (l Layer) width(usual float64) float64 {
	if l.Width > 0 {
		return l.Width
	}
	return usual
}

// clipped draws inside the plot only, with a little room for the width of lines.
func (p *plot) clipped(draw func()) {
	const room = 1.5
	b := pen.Box{X: p.box.X - room, Y: p.box.Y - room, W: p.box.W + 2*room, H: p.box.H + 2*room}
	p.pen.Clip(&b)
	draw()
	p.pen.Clip(nil)
}

// py returns the vertical place of the layer's i-th point.
func (p *plot) py(l Layer, i int) float64 {
	if p.panel.Y.Kind == Rows {
		v := l.Y.at(i)
		if v >= p.y.Hi {
			return math.NaN() // a row that did not fit
		}
		if l.Lane == "" {
			return p.y.Px(v + 0.5)
		}
		return p.lane(v, l.Lane).middle()
	}
	return p.y.Px(l.Y.at(i))
}

// px returns the horizontal place of the layer's i-th point.
func (p *plot) px(l Layer, i int) float64 {
	if p.panel.X.Kind == Rows {
		return p.x.Px(l.X.at(i) + 0.5)
	}
	return p.x.Px(l.X.at(i))
}

// on reports whether the i-th point has a place inside the plot; points
// outside are counted and told.
func (p *plot) on(l Layer, i int) bool {
	x, y := l.X.at(i), l.Y.at(i)
	if !finite(x, y) {
		return false
	}
	if p.panel.X.Kind != Rows && !p.x.holds(x) || p.panel.Y.Kind != Rows && !p.y.holds(y) {
		p.note("%s has values outside the axes; they are not drawn", l.title())
		return false
	}
	return finite(p.px(l, i), p.py(l, i))
}

func (l Layer) title() string {
	if l.Name != "" {
		return l.Name
	}
	return "a series"
}

func (p *plot) target(l Layer, i int, b pen.Box) {
	if i < len(l.Source) {
		p.hit(b, l.Source[i])
	}
}

func around(x, y, r float64) pen.Box { return pen.Box{X: x - r, Y: y - r, W: 2 * r, H: 2 * r} }

// stretches calls piece with the index ranges in which all values are finite.
func stretches(n int, has func(i int) bool, piece func(from, to int)) {
	from := -1
	for i := 0; i <= n; i++ {
		ok := i < n && has(i)
		if ok && from < 0 {
			from = i
		}
		if !ok && from >= 0 {
			piece(from, i)
			from = -1
		}
	}
}

// drawn reports whether a point has finite places, off the plot or on it.
func (p *plot) drawn(l Layer, i int) bool {
	return finite(l.X.at(i), l.Y.at(i)) && !math.IsNaN(p.px(l, i)) && !math.IsNaN(p.py(l, i))
}
