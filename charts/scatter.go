package charts

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data/frame"
)

// Scatter draws one measure against another, a mark a row, with intervals in
// both directions, names beside the marks, the diagonal where both measures
// share a scale, and a Pareto line where o.XBetter and o.YBetter say what is
// better.
//
// The two measures come as two frames, x first, or as one frame whose
// measure column (text) names two, x first. Rows are joined by o.By (text).
// value, lo, hi, level, method, n and seeds give each. hollow (number, 1) on
// the x rows marks earlier or rephrased conditions; family (text) the role.
func Scatter(f frame.Frame, o Options, more ...frame.Frame) Spec {
	c := newCloud(f, o, more)
	s := Spec{ID: "scatter", Title: o.title(c.propose()), Source: o.source(), Notes: frameNotes(f)}
	s.Subtitle = o.subtitle(o.Context, c.mark()+"; "+c.lines())
	p := c.panel()
	p.Layers = append(c.guides(), c.marks()...)
	s.Panels = []Panel{p}
	return s
}

// A cloud is two measures joined by the names of rows.
type cloud struct {
	o              Options
	x, y           frame.Frame
	names          []string
	xRow, yRow     []int // of each name
	lacking        int   // rows that have one of both values
	roles          map[string]Role
	xLabel, yLabel string
}

func newCloud(f frame.Frame, o Options, more []frame.Frame) cloud {
	c := cloud{o: o, x: f, xLabel: o.XLabel, yLabel: o.MeasureLabel}
	if len(more) > 0 {
		c.y = more[0]
	} else {
		c.splitMeasures(f)
	}
	yNames := namesOf(c.y, o.By)
	for i, name := range namesOf(c.x, o.By) {
		j := slices.Index(yNames, name)
		if j < 0 {
			continue
		}
		switch hasX, hasY := !math.IsNaN(numAt(c.x, frame.Value, i)), !math.IsNaN(numAt(c.y, frame.Value, j)); {
		case hasX != hasY:
			c.lacking++
		case hasX:
			c.names, c.xRow, c.yRow = append(c.names, name), append(c.xRow, i), append(c.yRow, j)
		}
	}
	c.roles = roleOf(c.x, o, namesOf(c.x, o.By))
	return c
}

// splitMeasures takes the first two measures of one frame apart.
func (c *cloud) splitMeasures(f frame.Frame) {
	var of []string
	for i := range f.Len() {
		of = append(of, f.Text(frame.Measure, i))
	}
	kinds := distinct(of)
	if len(kinds) < 2 {
		c.y = frame.Frame{}
		return
	}
	pick := func(measure string) frame.Frame {
		var rows []int
		for i := range of {
			if of[i] == measure {
				rows = append(rows, i)
			}
		}
		return f.Select(rows)
	}
	c.x, c.y = pick(kinds[0]), pick(kinds[1])
	c.xLabel, c.yLabel = given(c.xLabel, kinds[0]), given(c.yLabel, kinds[1])
}

func (c cloud) panel() Panel {
	x, y := c.axisOptions()
	p := Panel{
		X:      x.valueAxis(c.values(c.x, frame.Value), c.values(c.x, frame.Lo), c.values(c.x, frame.Hi)),
		Y:      y.valueAxis(c.values(c.y, frame.Value), c.values(c.y, frame.Lo), c.values(c.y, frame.Hi)),
		Square: x.Scale != FreeScale && y.Scale != FreeScale, MinWidth: 260,
		Empty: "No row has both measures", SideFrom: listedFrom,
	}
	for k := range c.names {
		p.Side = append(p.Side, c.listed(k))
	}
	return p
}

// listedFrom is the width from which what is shown is listed at the right.
const listedFrom = 640.0

// listed names a row with its values, beside the plot.
func (c cloud) listed(k int) Block {
	xo, yo := c.axisOptions()
	_, y := c.at(k)
	if !finite(y) {
		y = 0 // at the foot, with the reason
	}
	head := Line{Text: c.names[k], Role: c.roles[c.names[k]], Bold: true}
	up, across := valueLine(c.y, c.yRow[k], yo), valueLine(c.x, c.xRow[k], xo)
	line := func(label, text string) Line {
		name, _, _ := strings.Cut(label, " (")
		return Line{Text: joined(" ", name, text), Role: indent, Muted: true}
	}
	both := Line{Text: joined(", ", "up "+up, "across "+across), Role: indent, Muted: true}
	short := head
	short.Bold = false
	return Block{At: y, Source: &Target{c.xRow[k], -1, c.names[k], keysAt(c.x, c.xRow[k])}, Forms: [][]Line{
		{head, line(c.yLabel, up), line(c.xLabel, across)}, {head, both}, {short},
	}}
}

// valueLine writes a value with its interval, or why there is none.
func valueLine(f frame.Frame, row int, o Options) string {
	n := numAt(f, frame.N, row)
	v, reason, ok := f.Num(frame.Value, row)
	if !ok {
		return given(reason, "not estimable")
	}
	text := o.valueFormat().Text(v, n)
	if lo, hi := numAt(f, frame.Lo, row), numAt(f, frame.Hi, row); !math.IsNaN(lo) && !math.IsNaN(hi) {
		text += " " + o.valueFormat().Interval(lo, hi, n)
	}
	return text
}

// axisOptions are the options of each axis: its measure's name and scale.
func (c cloud) axisOptions() (x, y Options) {
	x, y = c.o, c.o
	x.MeasureLabel, y.MeasureLabel = c.xLabel, c.yLabel
	if c.o.OwnX {
		x.Scale = c.o.XScale
	}
	return x, y
}

// alike tells whether both measures are on one scale, so that equal means
// equal.
func (c cloud) alike() bool { return !c.o.OwnX && c.o.Scale != FreeScale }

func (c cloud) values(f frame.Frame, column string) Values { return numbers(f, column) }

// guides are the diagonal, the baseline's values and the Pareto line.
func (c cloud) guides() []Layer {
	var out []Layer
	if k := slices.Index(c.names, c.o.Baseline); k >= 0 {
		x, y := c.at(k)
		out = append(out,
			Layer{Mark: "rule", Name: "baseline", Role: Baseline, X: Values{x}, Dash: []float64{1.5, 3}, Width: 1.2},
			Layer{Mark: "rule", Name: "baseline", Role: Baseline, Y: Values{y}, Dash: []float64{1.5, 3}, Width: 1.2})
	}
	if c.alike() {
		end := c.o.top()
		if c.o.Zoom > 0 {
			end *= c.o.Zoom
		}
		out = append(out, Layer{Mark: "rule", Role: AxisRole, X: Values{0}, Y: Values{0}, X2: Values{end}, Y2: Values{end}, Dash: []float64{4, 3}})
	}
	if c.o.XBetter != 0 && c.o.YBetter != 0 {
		if l := c.pareto(); len(l.X) > 1 {
			out = append(out, l)
		}
	}
	return out
}

// pareto joins the rows that no other row beats in both measures.
func (c cloud) pareto() Layer {
	l := Layer{Mark: "line", Name: "Pareto line", Role: MutedRole, Width: 1.2, Dash: []float64{6, 2, 1.5, 2}}
	type point struct{ x, y float64 }
	var best []point
	for k := range c.names {
		x, y := c.at(k)
		if finite(x, y) && !c.beaten(x, y) {
			best = append(best, point{x, y})
		}
	}
	slices.SortFunc(best, func(a, b point) int { return cmpFloat(a.x, b.x) })
	for _, b := range best {
		l.X, l.Y = append(l.X, b.x), append(l.Y, b.y)
	}
	return l
}

func (c cloud) at(k int) (x, y float64) {
	return numAt(c.x, frame.Value, c.xRow[k]), numAt(c.y, frame.Value, c.yRow[k])
}

func (c cloud) beaten(x, y float64) bool {
	bx, by := float64(c.o.XBetter), float64(c.o.YBetter)
	for k := range c.names {
		ox, oy := c.at(k)
		if ox*bx >= x*bx && oy*by >= y*by && (ox*bx > x*bx || oy*by > y*by) {
			return true
		}
	}
	return false
}

// marks are the crosses of intervals, the markers on them and their names.
func (c cloud) marks() []Layer {
	var crosses, points []Layer
	names := Layer{Mark: "label", Anchor: "auto"}
	for k, name := range c.names {
		x, y := c.at(k)
		i, j := c.xRow[k], c.yRow[k]
		role := c.roles[name]
		crosses = append(crosses, Layer{
			Mark: "cross", Name: name, Role: role, Alpha: 0.55, Width: 1.2, Shade: Values{x}, Size: Values{y},
			X: Values{numAt(c.x, frame.Lo, i)}, X2: Values{numAt(c.x, frame.Hi, i)},
			Y: Values{numAt(c.y, frame.Lo, j)}, Y2: Values{numAt(c.y, frame.Hi, j)},
		})
		xo, yo := c.axisOptions()
		text := joined("; ", estimateText(c.y, j, name+": "+c.yLabel, yo), estimateText(c.x, i, c.xLabel, xo))
		points = append(points, Layer{
			Mark: "point", Name: name, Role: role, X: Values{x}, Y: Values{y}, Small: true,
			Hollow: numAt(c.x, "hollow", i) == 1, Source: []Target{{i, -1, text, keysAt(c.x, i)}},
		})
		names.X, names.Y, names.Text = append(names.X, x), append(names.Y, y), append(names.Text, name)
	}
	return append(append(crosses, points...), names)
}

// mark says what a mark stands for.
func (c cloud) mark() string {
	seeds := numbersOr(c.x, "", seedsAt)
	if _, hi, ok := extent(seeds); !ok || hi == 0 {
		seeds = numbersOr(c.y, "", seedsAt)
	}
	seeds = slices.DeleteFunc(seeds, func(n float64) bool { return n == 0 })
	if lo, hi, ok := extent(seeds); ok && lo == 1 && hi == 1 {
		return "Mark = one training run"
	}
	if t := rangeText(seeds, "seed"); t != "" {
		return "Mark = mean of " + t
	}
	return "Mark = one row"
}

func (c cloud) lines() string {
	parts := []string{}
	for _, f := range []frame.Frame{c.x, c.y} {
		for i := range f.Len() {
			if !math.IsNaN(numAt(f, frame.Lo, i)) {
				parts = append(parts, intervalName(methodText(f, i)))
				break
			}
		}
	}
	parts = distinct(parts)
	if len(parts) == 0 {
		return "no intervals in the data" + c.missing()
	}
	s := "lines = " + list(parts)
	if c.alike() {
		s += "; dashed = equal"
	}
	if slices.Contains(c.names, c.o.Baseline) {
		s += "; dotted upright and level = " + c.o.Baseline
	}
	if c.o.XBetter != 0 && c.o.YBetter != 0 {
		s += "; dashes and dots = joins what nothing beats in both"
	}
	return s + c.missing()
}

// missing counts the rows that cannot be drawn.
func (c cloud) missing() string {
	if c.lacking == 0 {
		return ""
	}
	return "; " + Count(float64(c.lacking), "row") + map[bool]string{true: " has", false: " have"}[c.lacking == 1] + " one of both values only, not drawn"
}

func (c cloud) propose() string {
	if len(c.names) == 0 {
		return "No row has both measures"
	}
	plain := func(label, none string) string { name, _, _ := strings.Cut(given(label, none), " ("); return name }
	return upperFirst(plain(c.yLabel, "y")) + " against " + plain(c.xLabel, "x") + " in " + Count(float64(len(c.names)), given(c.o.Noun, "condition"))
}
