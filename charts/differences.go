package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Differences draws the difference of every row from the baseline with its
// interval, about a line at no difference: a forest plot; with o.Facet one
// panel a facet.
//
// Columns: o.By (text) names the rows; diff, diff_lo, diff_hi, pairs and
// diff_method give the difference, in the measure's own scale; p_holm is
// printed where o.Adjusted is set. Units carry Pair, of which the numbers
// going down and up are printed.
func Differences(f frame.Frame, o Options) Spec {
	c := newComparison(f, o)
	s := Spec{
		ID:       "differences",
		Title:    o.title(c.propose()),
		Subtitle: o.subtitle(lead(o), differenceSubtitle(f, o)),
		Source:   o.source(),
		ShareY:   true,
		Notes:    frameNotes(f),
	}
	for _, facet := range c.facets {
		p := c.in(facet).differences()
		p.MinWidth = 260
		s.Panels = append(s.Panels, p)
	}
	return s
}

func hasDifferences(f frame.Frame) bool {
	_, _, ok := extent(numbers(f, frame.Diff))
	return ok
}

func (c comparison) differences() Panel {
	f, o := c.f, c.o
	d, lo, hi := numbers(f, frame.Diff), numbers(f, frame.DiffLo), numbers(f, frame.DiffHi)
	p := Panel{
		Head:  c.facet,
		X:     o.diffAxis(d, lo, hi),
		Y:     c.rowAxis(),
		Empty: "No difference: choose a baseline that other conditions can be compared with",
	}
	p.Layers = append(p.Layers, Layer{Mark: "rule", Role: AxisRole, X: Values{0}, Width: 1.3})
	for i, y := range c.rows {
		p.Layers = append(p.Layers, c.differenceLayers(i, y)...)
	}
	p.Layers = append(p.Layers, c.absent(0)...)
	return p
}

func (c comparison) differenceLayers(row int, at float64) []Layer {
	f, o, name, role := c.f, c.o, c.title(row), c.roles[c.of[row]]
	y := Values{at}
	d, reason, ok := f.Num(frame.Diff, row)
	if c.of[row] == o.Baseline {
		return []Layer{
			{Mark: "point", Name: name, Role: role, X: Values{0}, Y: y, Size: Values{0.93}, Source: []Target{{row, -1, name + ", the baseline", keysAt(f, row)}}},
			{Mark: "label", X: Values{0}, Y: y, Text: []string{"baseline"}, Anchor: "beside", Muted: true},
		}
	}
	if !ok {
		return []Layer{{Mark: "label", X: Values{0}, Y: y, Text: []string{joined(", ", "not estimable", reason)}, Anchor: "middle", Muted: true}}
	}
	lo, hi := numAt(f, frame.DiffLo, row), numAt(f, frame.DiffHi, row)
	text := o.diffFormat().Bare(d, numAt(f, frame.N, row))
	if !math.IsNaN(lo) && !math.IsNaN(hi) {
		text += " " + o.diffFormat().Interval(lo, hi, numAt(f, frame.N, row))
	} else {
		lo, hi = d, d
		text += ", no interval"
	}
	target := []Target{{row, -1, differenceText(f, o, row, name), keysAt(f, row)}}
	return []Layer{
		{Mark: "interval", Name: name, Role: role, X: Values{lo}, X2: Values{hi}, Y: y, Source: target},
		{Mark: "point", Name: name, Role: role, X: Values{d}, Y: y, Source: target},
		{Mark: "estimate", Name: name, X: Values{lo}, X2: Values{hi}, Y: y, Text: []string{text}, Text2: []string{directions(f, row)}},
	}
}

// directions counts the units that went down and up.
func directions(f frame.Frame, row int) string {
	down, up := 0, 0
	for _, u := range unitsAt(f, row) {
		switch {
		case u.Pair < 0:
			down++
		case u.Pair > 0:
			up++
		}
	}
	if down+up == 0 {
		return ""
	}
	return Count(float64(down), unitNoun(f)) + " down, " + Whole.Text(float64(up), 0) + " up"
}

// differenceText writes the sentence form: "neutral → inoculation: +2.9
// points [−22.1, +27.8], paired by 30 seeds".
func differenceText(f frame.Frame, o Options, row int, name string) string {
	d, n := numAt(f, frame.Diff, row), numAt(f, frame.N, row)
	format := o.diffFormat()
	_, unit := o.diffUnit()
	s := joined(" → ", o.Baseline, name) + ": " + format.Bare(d, n) + " " + unit
	if lo, hi := numAt(f, frame.DiffLo, row), numAt(f, frame.DiffHi, row); !math.IsNaN(lo) && !math.IsNaN(hi) {
		s += " " + format.Interval(lo, hi, n)
	}
	if pairs := numAt(f, frame.Pairs, row); !math.IsNaN(pairs) && pairs > 0 {
		s += ", paired by " + Count(pairs, unitNoun(f))
	}
	if p := numAt(f, frame.PHolm, row); o.Adjusted != "" && !math.IsNaN(p) {
		s += ", p " + pText(p) + " (" + o.Adjusted + ")"
	}
	return s
}

func pText(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	return Ratio.Text(p, 0)
}
