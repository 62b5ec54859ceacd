package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Drift draws several measures of a monitor over steps, one panel above the
// other on one axis: the true rate over the recall shows a monitor that goes
// blind while hacking rises, a flag rate with its limits one that drifts.
//
// Columns: o.Facet (text, "measure") names the panel, o.By (text) the
// condition, o.Step (number, "step") the checkpoint; value, lo, hi, level,
// method and n give the measure; lcl and ucl (numbers) the limits of a
// control chart and budget (number) what the measure should stay under, where
// there are any. reported (number, 1) circles values that were read from a
// publication; frozen (number) is the step at which a threshold was chosen.
//
// A further frame, with the columns of Caught, splits the first measure of the
// conditions it is of: what goes uncaught is an area under their line.
func Drift(f frame.Frame, o Options, split ...frame.Frame) Spec {
	if o.Facet == "" {
		o.Facet = frame.Measure
	}
	c := newCurves(f, o)
	for i := range f.Len() {
		c.facets = append(c.facets, textAt(f, o.Facet, i))
	}
	s := Spec{ID: "drift", Source: o.source(), Columns: 1, Notes: frameNotes(f)}
	kinds := distinct(c.facets)
	for k, facet := range kinds {
		c.facet = facet
		p := c.driftPanel()
		for _, of := range split[:min(len(split), 1-min(k, 1))] {
			c.uncaught(&p, of, o)
		}
		p.X.Quiet = k+1 < len(kinds)
		s.Panels = append(s.Panels, p)
	}
	s.Title = o.title(upperFirst(given(joined(" and ", kinds...), "no measure") + " over " + lowerFirst(c.x.Title) + "s"))
	s.Subtitle = o.subtitle(lead(o), upperFirst(joined("; ", "line = "+given(rangeText(numbers(f, frame.N), "rollout"), "value")+" a checkpoint", c.bandText(), c.limitsText(), c.budgetText(), c.reportedText())))
	return s
}

func (c curves) driftPanel() Panel {
	p := Panel{Head: upperFirst(c.facet), X: c.x, Y: c.y, MinWidth: 260}
	p.Layers = append(p.Layers, c.budget()...)
	for _, name := range c.conditions {
		if len(c.rows(name)) > 0 {
			p.Layers = append(p.Layers, c.band(name))
			p.Layers = append(p.Layers, c.limits(name)...)
		}
	}
	for _, name := range c.conditions {
		if len(c.rows(name)) > 0 {
			p.Layers = append(p.Layers, c.driftLine(name)...)
			p.Side = append(p.Side, c.endBlock(name)...)
		}
	}
	p.Layers = append(p.Layers, c.frozen()...)
	return p
}

func (c curves) driftLine(name string) []Layer {
	line := c.meanLayers(name, c.roles[name].Dash())[0]
	line.Name, line.Width = name, 2
	dots := Layer{Mark: "speck", Name: name, Role: c.roles[name], Width: 2.4}
	rings := Layer{Mark: "dot", Name: name + ", reported", Role: InkRole, Hollow: true}
	for _, i := range c.rows(name) {
		x, y := c.step(i), numAt(c.f, frame.Value, i)
		dots.X, dots.Y = append(dots.X, x), append(dots.Y, y)
		dots.Source = append(dots.Source, Target{i, -1, c.stepText(i, name), keysAt(c.f, i)})
		if numAt(c.f, frame.Reported, i) == 1 {
			rings.X, rings.Y, rings.Size = append(rings.X, x), append(rings.Y, y), append(rings.Size, 2.2)
		}
	}
	out := []Layer{line}
	if len(dots.X) <= 30 {
		out = append(out, dots)
	}
	if len(rings.X) > 0 {
		out = append(out, rings)
	}
	return out
}

// uncaught fills the area between the share of all samples that is true and
// what is caught of it.
func (c curves) uncaught(p *Panel, split frame.Frame, o Options) {
	u := newCurves(split, o)
	for _, name := range u.conditions {
		area := Layer{Mark: "area", Name: "uncaught", Role: c.roles[name], Alpha: 0.22}
		edge := Layer{Mark: "line", Name: "caught", Role: c.roles[name], Width: 1.2, Dash: []float64{2, 2}}
		for _, i := range u.rows(name) {
			x, caught := u.step(i), numAt(split, "caught", i)
			area.X, area.Y, area.Y2 = append(area.X, x), append(area.Y, caught), append(area.Y2, caught+numAt(split, "uncaught", i))
			edge.X, edge.Y = append(edge.X, x), append(edge.Y, caught)
		}
		p.Layers = append([]Layer{area, edge}, p.Layers...)
		if n := len(edge.Y); n > 0 && finite(edge.Y[n-1]) {
			p.Side = append(p.Side, Block{At: edge.Y[n-1], Forms: [][]Line{{{Text: "caught", Muted: true}}}})
		}
		if i := widest(area); i >= 0 {
			p.Layers = append(p.Layers, Layer{Mark: "label", Anchor: anchorAt(area, i), Bold: true, Small: true,
				X: Values{area.X[i]}, Y: Values{(area.Y[i] + area.Y2[i]) / 2}, Text: []string{"uncaught"}})
		}
	}
}

// widest is the place where an area is high enough for a word, −1 for none.
func widest(area Layer) int {
	best, at := 0.12, -1
	for i := range area.X {
		if i+1 == len(area.X) && at >= 0 {
			break // a word fits better inside
		}
		if h := area.Y2[i] - area.Y[i]; h > best {
			best, at = h, i
		}
	}
	return at
}

// anchorAt keeps a word at the end of an area inside of it.
func anchorAt(area Layer, i int) string {
	switch i {
	case len(area.X) - 1:
		return "end"
	case 0:
		return "start"
	}
	return "middle"
}

// frozen marks the step at which a threshold was chosen.
func (c curves) frozen() []Layer {
	lo, _, ok := extent(numbers(c.f, "frozen"))
	if !ok {
		return nil
	}
	return []Layer{{Mark: "rule", Name: "frozen", Role: AccentRole, X: Values{lo}, Dash: []float64{3, 3}, Width: 1.2}}
}

// limits are the dashed lines of a control chart.
func (c curves) limits(name string) []Layer {
	var out []Layer
	for _, column := range []string{"lcl", "ucl"} {
		l := Layer{Mark: "line", Name: name + ", " + column, Role: AxisRole, Width: 1.2, Dash: []float64{4, 3}}
		any := false
		for _, i := range c.rows(name) {
			v := numAt(c.f, column, i)
			any = any || !math.IsNaN(v)
			l.X, l.Y = append(l.X, c.step(i)), append(l.Y, v)
		}
		if any {
			out = append(out, l)
		}
	}
	return out
}

// budget is the line that the measure of the panel should stay under.
func (c curves) budget() []Layer {
	for i := range c.f.Len() {
		if v := numAt(c.f, "budget", i); c.facets[i] == c.facet && finite(v) {
			return []Layer{{Mark: "rule", Name: "budget", Role: InkRole, Y: Values{v}, Dash: []float64{4, 3}, Width: 1.4, Text: []string{"budget " + Percent.tickText(v, v)}}}
		}
	}
	return nil
}

func (c curves) budgetText() string {
	if _, v, ok := extent(numbers(c.f, "budget")); ok {
		return "black dashes = audit budget, " + Percent.tickText(v, v)
	}
	return ""
}

func (c curves) limitsText() string {
	if _, _, ok := extent(numbers(c.f, "ucl")); ok {
		return "grey dashes = control limits, 3 SD"
	}
	return ""
}

func (c curves) reportedText() string {
	if _, hi, ok := extent(numbers(c.f, frame.Reported)); ok && hi == 1 {
		return "circled = reported, not computed"
	}
	return ""
}
