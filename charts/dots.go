package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Dots draws rates per condition: one row a condition with its mean, its
// interval and every unit (seed) as a ring, and beside it the differences
// from the baseline; with o.Facet one panel a facet, without differences.
//
// Columns: o.By (text) names the rows; value, lo, hi, level and method give
// the estimate; k, n and seeds what it rests on; above and below how many
// units lie over half and under 5 % of the scale; diff, diff_lo, diff_hi,
// pairs and diff_method the difference from the baseline row. family (text)
// may give the role. Units carry Value, K, N and Pair. Without diff the
// right panel is left out. Rates are fractions.
func Dots(f frame.Frame, o Options) Spec {
	c := newComparison(f, o)
	s := Spec{ID: "dots", Title: o.title(c.propose()), Source: o.source(), ShareY: true, Notes: frameNotes(f)}
	right := ""
	for _, facet := range c.facets {
		s.Panels = append(s.Panels, c.in(facet).dots())
	}
	if hasDifferences(f) && len(c.facets) == 1 {
		p := c.differences()
		p.Weight, p.MinWidth, p.Optional = 0.9, 190, true
		s.Panels = append(s.Panels, p)
		right = "Right: " + lowerFirst(differenceSubtitle(f, o))
	}
	s.Subtitle = o.subtitle(lead(o), joined("; ", marksSubtitle(f, o), c.ruleText()), right)
	return s
}

func (c comparison) dots() Panel {
	f, o := c.f, c.o
	values, lo, hi := numbers(f, frame.Value), numbers(f, frame.Lo), numbers(f, frame.Hi)
	p := Panel{
		Head:     c.facet,
		X:        o.valueAxis(values, lo, hi, unitValues(f)),
		Y:        c.rowAxis(),
		MinWidth: 330,
		Empty:    "No condition matches the filter",
	}
	p.Layers = append(p.Layers, c.baselineRule()...)
	for i, y := range c.rows {
		name, role := c.title(i), c.roles[c.of[i]]
		p.Layers = append(p.Layers, ringLayer(f, o, i, y, name, role))
		p.Layers = append(p.Layers, estimateLayers(f, o, i, y, name, role)...)
		p.Side = append(p.Side, estimateBlock(f, o, i, y))
	}
	p.Layers = append(p.Layers, c.absent(p.X.Lo)...)
	return p
}

func ringLayer(f frame.Frame, o Options, row int, y float64, name string, role Role) Layer {
	l := Layer{Mark: "ring", Name: name, Role: role, Lane: RestLane}
	for i, u := range unitsAt(f, row) {
		if math.IsNaN(u.Value) {
			continue
		}
		l.X, l.Y = append(l.X, u.Value), append(l.Y, y)
		l.Source = append(l.Source, Target{row, i, unitText(u, name, o), unitKeys(f, row, u)})
	}
	return l
}

// estimateLayers draw a row's interval and mean, or say why there is none.
func estimateLayers(f frame.Frame, o Options, row int, at float64, name string, role Role) []Layer {
	v, lo, hi := numAt(f, frame.Value, row), numAt(f, frame.Lo, row), numAt(f, frame.Hi, row)
	y, target := Values{at}, []Target{{row, -1, estimateText(f, row, name, o), keysAt(f, row)}}
	if math.IsNaN(v) {
		return nil
	}
	lane := TopLane
	if f.Units == nil {
		lane = "" // nothing lies under the estimate
	}
	var out []Layer
	if !math.IsNaN(lo) && !math.IsNaN(hi) {
		l := Layer{Mark: "interval", Name: name, Role: role, X: Values{lo}, X2: Values{hi}, Y: y, Lane: lane, Source: target}
		if seedsAt(f, row) == 1 {
			l.Dash = []float64{3, 2}
		}
		out = append(out, l)
	}
	return append(out, Layer{Mark: "point", Name: name, Role: role, X: Values{v}, Y: y, Lane: lane, Source: target})
}

// estimateBlock prints a row's estimate right of the plot.
func estimateBlock(f frame.Frame, o Options, row int, y float64) Block {
	b := Block{At: y}
	format, n := o.valueFormat(), numAt(f, frame.N, row)
	v, _, ok := f.Num(frame.Value, row)
	if !ok {
		b.Forms = notEstimable(why(f, frame.Value, row))
		return b
	}
	head := Line{Text: format.Text(v, n), Bold: true}
	interval := intervalLine(f, format, row)
	counts := thresholdLines(f, o, row)
	full := []Line{head, interval}
	if len(counts) > 0 {
		full = append(append(full, Line{}), counts...)
	}
	b.Forms = [][]Line{full, append([]Line{head, interval}, counts...), {head, interval}, {{Text: head.Text + " " + interval.Text}}, {{Text: head.Text}}}
	return b
}

func notEstimable(reason string) [][]Line {
	short := []Line{{Text: reason, Muted: true}}
	if reason == "not estimable" {
		return [][]Line{short}
	}
	return [][]Line{{{Text: "not estimable", Muted: true}, {Text: reason, Muted: true}}, short}
}

// intervalLine prints an interval, or why there is none.
func intervalLine(f frame.Frame, format Format, row int) Line {
	lo, hi := numAt(f, frame.Lo, row), numAt(f, frame.Hi, row)
	l := Line{Text: format.Interval(lo, hi, numAt(f, frame.N, row)), Muted: true}
	if math.IsNaN(lo) || math.IsNaN(hi) {
		l.Text = "no interval: " + why(f, frame.Lo, row)
		if seedsAt(f, row) == 1 {
			l.Text = "this run only"
		}
	}
	return l
}

// thresholdLines say how units split where a mean hides it.
func thresholdLines(f frame.Frame, o Options, row int) []Line {
	below, above := numAt(f, frame.Below, row), numAt(f, frame.Above, row)
	if math.IsNaN(below) || math.IsNaN(above) || o.Scale == FreeScale || seedsAt(f, row) < 2 {
		return nil
	}
	format, noun := o.valueFormat(), unitNoun(f)
	tick := func(v float64) string { return format.tickText(v, v) }
	return []Line{
		{Text: Count(below, noun) + " < " + tick(0.05*o.top()), Muted: true},
		{Text: Count(above, noun) + " > " + tick(0.5*o.top()), Muted: true},
	}
}

func unitValues(f frame.Frame) Values {
	var out Values
	for _, units := range f.Units {
		for _, u := range units {
			out = append(out, u.Value)
		}
	}
	return out
}
