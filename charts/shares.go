package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Shares draws shares that add up to the whole over steps, stacked. What the
// data cannot tell apart is hatched. A second frame may give an observed
// line.
//
// Columns of the first frame: o.By (text) names the part, in stacking order
// from below; o.Step (number, "step") the checkpoint; value (number) the
// share; identified (number) is 0 where the data cannot tell this part from
// the other such parts. family (text) may give the role, when (text) say the
// step in words, and deployed (number) be 1 from where deployment begins, at a
// rule. Of the second: o.Step and value. Stacks carry no interval.
func Shares(f frame.Frame, o Options, observed ...frame.Frame) Spec {
	c := newCurves(f, o)
	p := Panel{X: c.x, Y: c.y, MinWidth: 260, Empty: "No shares to draw"}
	st := c.stack()
	for i, name := range c.conditions {
		p.Layers = append(p.Layers, st.area(c, i, name))
	}
	for i, name := range c.conditions {
		if !c.identified(name) {
			p.Layers = append(p.Layers, st.hatching(c, i, name))
		}
	}
	for i := range c.conditions {
		p.Layers = append(p.Layers, st.edge(c, i))
	}
	if at := c.deployedFrom(); at == at {
		p.Layers = append(p.Layers, Layer{Mark: "rule", Name: "deployment begins", Role: InkRole, X: Values{at}, Text: []string{"deployment"}})
	}
	line := ""
	if len(observed) > 0 {
		p.Layers = append(p.Layers, observedLine(observed[0], o))
		line = "dashed = " + lowerFirst(given(o.XLabel, "observed"))
	}
	p.Side = st.names(c)
	hatch := ""
	if c.unidentified() > 0 {
		hatch = "hatch = the data cannot identify this split"
	}
	return Spec{
		ID: "shares", Title: o.title(c.proposeShares()), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle(lead(o), upperFirst(joined("; ", "stacks carry no interval", hatch, line))),
	}
}

// A stack holds the lower edge of every part at every step.
type stack struct {
	steps Values
	low   []Values // of each part, and at the end the top
	row   [][]int  // of each part at each step, −1 for none
}

func (c curves) stack() stack {
	var s stack
	at := map[float64]int{}
	for _, name := range c.conditions {
		for _, i := range c.rows(name) {
			if _, ok := at[c.step(i)]; !ok {
				at[c.step(i)] = 0
				s.steps = append(s.steps, c.step(i))
			}
		}
	}
	s.steps = sorted(s.steps)
	for k, v := range s.steps {
		at[v] = k
	}
	sum := make(Values, len(s.steps))
	for _, name := range c.conditions {
		s.low = append(s.low, append(Values(nil), sum...))
		rows := make([]int, len(s.steps))
		for k := range rows {
			rows[k] = -1
		}
		for _, i := range c.rows(name) {
			k := at[c.step(i)]
			rows[k] = i
			sum[k] += numAt(c.f, frame.Value, i)
		}
		s.row = append(s.row, rows)
	}
	s.low = append(s.low, sum)
	return s
}

func (s stack) area(c curves, i int, name string) Layer {
	l := Layer{Mark: "area", Name: name, Role: c.roles[name], Alpha: 0.5, X: s.steps, Y: s.low[i], Y2: s.low[i+1]}
	return l
}

func (s stack) hatching(c curves, i int, name string) Layer {
	return Layer{Mark: "hatch", Name: name + ", not identified", Role: InkRole, X: s.steps, Y: s.low[i], Y2: s.low[i+1]}
}

// edge is the upper edge of a part, which can be pointed at.
func (s stack) edge(c curves, i int) Layer {
	name := c.conditions[i]
	l := Layer{Mark: "line", Name: name + ", edge", Role: c.roles[name], Width: 1.2, X: s.steps, Y: s.low[i+1]}
	for k, row := range s.row[i] {
		t := Target{Row: -1, Unit: -1}
		if row >= 0 {
			t = Target{row, -1, name + ", " + given(textAt(c.f, "when", row), "step "+stepName(s.steps[k])) + ": " + c.y.Format.Text(numAt(c.f, frame.Value, row), 0), keysAt(c.f, row)}
		}
		l.Source = append(l.Source, t)
	}
	return l
}

// names labels the parts at their last share; parts that the data cannot
// tell apart get one number together.
func (s stack) names(c curves) []Block {
	var out []Block
	last := len(s.steps) - 1
	if last < 0 {
		return nil
	}
	var together []Line
	sum, low := 0.0, math.NaN()
	for i, name := range c.conditions {
		v := s.low[i+1][last] - s.low[i][last]
		if c.identified(name) {
			out = append(out, Block{At: s.low[i][last] + v/2, Forms: [][]Line{{{Text: name, Role: c.roles[name]}, {Text: c.y.Format.Text(v, 100), Role: indent, Muted: true}}, {{Text: name, Role: c.roles[name]}}}})
			continue
		}
		if math.IsNaN(low) {
			low = s.low[i][last]
		}
		together = append([]Line{{Text: name, Role: c.roles[name]}}, together...)
		sum += v
	}
	if len(together) > 0 {
		form := append(together, Line{Text: c.y.Format.Text(sum, 100) + " together", Role: indent, Muted: true})
		out = append(out, Block{At: low + sum/2, Forms: [][]Line{form, together, together[:1]}})
	}
	return out
}

func observedLine(f frame.Frame, o Options) Layer {
	l := Layer{Mark: "line", Name: given(o.XLabel, "observed"), Role: InkRole, Width: 1.8, Dash: []float64{4, 3}}
	for i := range f.Len() {
		l.X, l.Y = append(l.X, numAt(f, o.stepColumn(), i)), append(l.Y, numAt(f, frame.Value, i))
		l.Source = append(l.Source, Target{-1, -1, l.Name + " " + estimateText(f, i, "", o), keysAt(f, i)})
	}
	return l
}

// deployedFrom is the first step of deployment, NaN where there is none.
func (c curves) deployedFrom() float64 {
	from := math.NaN()
	for i := range c.f.Len() {
		if at := c.step(i); numAt(c.f, "deployed", i) == 1 && !(from <= at) {
			from = at
		}
	}
	return from
}

func (c curves) identified(name string) bool {
	for _, i := range c.rows(name) {
		if numAt(c.f, "identified", i) == 0 {
			return false
		}
	}
	return true
}

func (c curves) unidentified() int {
	n := 0
	for _, name := range c.conditions {
		if !c.identified(name) {
			n++
		}
	}
	return n
}

func (c curves) proposeShares() string {
	parts := Count(float64(len(c.conditions)), "part")
	switch n := c.unidentified(); {
	case len(c.conditions) == 0:
		return "No shares"
	case n > 1 && n < len(c.conditions):
		return "The data split " + Whole.Text(float64(len(c.conditions)-n+1), 0) + " groups, no further"
	case n > 1:
		return "The data cannot tell the " + parts + " apart"
	}
	return upperFirst(given(c.o.MeasureLabel, "shares")) + " of " + parts
}
