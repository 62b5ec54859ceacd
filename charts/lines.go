package charts

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data/frame"
)

// Lines draws a measure over checkpoints: in one panel a condition, or in
// one panel for all, a thin line a seed, the mean, its band, and names at the
// line ends; with o.Facet one panel a facet.
//
// Columns of the first frame: o.By (text) names the condition, o.Step
// (number, "step") the checkpoint; value, lo, hi, level and method the mean
// over seeds at that step; n and seeds what it rests on. Units carry each
// seed's raw Value, K and N at that step. A second frame may list onsets, one
// row a seed: o.By, seed (text) and step (number, NaN where never); a third
// those over the threshold that seeds are counted by.
// Steps without a row are gaps. With o.Ragged a row has as units only the
// seeds at its very place, and where it has no value it is none of the mean. Smoothing (o.Smooth) is a debiased
// exponential moving average of each seed's line alone; mean and band stay raw.
func Lines(f frame.Frame, o Options, onsets ...frame.Frame) Spec {
	c := newCurves(f, o)
	c.passed = passes(at(onsets, 1), o)
	s := Spec{
		ID:     "lines",
		Title:  o.title(c.propose()),
		Source: o.source(),
		ShareY: true,
		Notes:  append(frameNotes(f), c.thinNote()...),
	}
	s.Subtitle = o.subtitle(lead(o), c.subtitle(len(onsets) > 0 && !o.OnePanel))
	if c.stepless() {
		s.Title = o.title("No checkpoints of " + lowerFirst(given(o.MeasureLabel, "this measure")))
		s.Panels = []Panel{{X: Axis{Bare: true}, Y: Axis{Bare: true}, Empty: "These results have no steps, so nothing can be drawn over training"}}
		return s
	}
	if o.OnePanel || o.Facet != "" {
		s.Panels = c.shared()
		for i := range s.Panels {
			if o.Along == SinceOnset {
				s.Panels[i].Layers = append(s.Panels[i].Layers, onsetRule())
			}
		}
		return s
	}
	for _, name := range c.conditions {
		p := c.apart(name)
		if o.Along == SinceOnset {
			p.Layers = append(p.Layers, onsetRule())
		} else if len(onsets) > 0 {
			p.Layers = append(p.Layers, onsetLayer(onsets[0], o, name, c.roles[name]))
		}
		s.Panels = append(s.Panels, p)
	}
	return s
}

// stepless reports whether there are rows and none has a step.
func (c curves) stepless() bool {
	_, _, ok := extent(numbers(c.f, c.o.stepColumn()))
	return c.f.Len() > 0 && !ok
}

// curves are the rows of a frame as lines over steps.
type curves struct {
	f          frame.Frame
	o          Options
	names      []string // of rows
	conditions []string
	roles      map[string]Role
	x          Axis
	y          Axis
	facet      string // only rows of this facet, where facets are not nil
	facets     []string
	passed     map[string]passing // by condition; nil where onsets are not known
	known      map[string][]int   // rows, by condition and facet
}

func newCurves(f frame.Frame, o Options) curves {
	c := curves{f: f, o: o, names: namesOf(f, o.By), known: map[string][]int{}}
	c.conditions = distinct(c.names)
	c.roles = roleOf(f, o, c.names)
	c.x = o.stepAxis(numbers(f, o.stepColumn()))
	c.y = o.valueAxis(numbers(f, frame.Value), numbers(f, frame.Lo), numbers(f, frame.Hi), unitValues(f))
	if o.Scale != pointScale && o.Scale != changeScale {
		c.y.Title = ""
	}
	if o.Zoom > 0 {
		c.y.Title = "zoomed to " + c.y.Format.tickText(c.y.Hi, c.y.Hi)
	}
	if o.LogY {
		c.y = c.y.logValues(numbers(f, frame.Value), unitValues(f))
	}
	return c
}

func (o Options) stepColumn() string {
	if o.Step == "" {
		return "step"
	}
	return o.Step
}

// rows returns the rows of a condition in the order of their steps; nobody
// writes to them.
func (c curves) rows(condition string) []int {
	key := fmt.Sprint(len(c.facets), condition, "\x00", c.facet)
	if out, ok := c.known[key]; ok {
		return out
	}
	out := c.find(condition)
	c.known[key] = out
	return out
}

func (c curves) find(condition string) []int {
	var out []int
	for i, n := range c.names {
		if n == condition && !math.IsNaN(c.step(i)) && (c.facets == nil || c.facets[i] == c.facet) {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int { return cmpFloat(c.step(a), c.step(b)) })
	return out
}

func (c curves) step(row int) float64 { return numAt(c.f, c.o.stepColumn(), row) }

// apart is the panel of one condition.
func (c curves) apart(name string) Panel {
	p := Panel{Head: name, HeadRole: c.roles[name], X: c.x, Y: c.y, MinWidth: 190, HeadNote: c.passNote(name)}
	p.Layers = append(c.seedLayers(name, 0.9, 1), c.meanLayers(name, nil)...)
	if !c.o.NoBand {
		p.Layers = append([]Layer{c.band(name)}, p.Layers...)
	}
	return p
}

// shared puts all conditions in one panel, or in one panel a facet.
func (c curves) shared() []Panel {
	if c.o.Facet == "" || c.f.Len() == 0 {
		return []Panel{c.together()}
	}
	for i := range c.f.Len() {
		c.facets = append(c.facets, textAt(c.f, c.o.Facet, i))
	}
	var out []Panel
	for _, facet := range distinct(c.facets) {
		c.facet = facet
		p := c.together()
		p.Head = facet
		out = append(out, p)
	}
	return out
}

// together is one panel for all conditions, with names at the line ends.
func (c curves) together() Panel {
	p := Panel{X: c.x, Y: c.y, MinWidth: 260}
	for _, name := range c.conditions {
		if !c.o.NoBand {
			p.Layers = append(p.Layers, c.band(name))
		}
	}
	for _, name := range c.conditions {
		p.Layers = append(p.Layers, c.seedLayers(name, 0.7, 0.5)...)
	}
	for _, name := range c.conditions {
		p.Layers = append(p.Layers, c.meanLayers(name, c.roles[name].Dash())...)
		p.Side = append(p.Side, c.endBlock(name)...)
	}
	return p
}

func (c curves) endBlock(name string) []Block {
	rows := c.rows(name)
	for _, i := range slices.Backward(rows) {
		v := numAt(c.f, frame.Value, i)
		if math.IsNaN(v) {
			continue
		}
		label := Line{Text: name, Role: c.roles[name], Bold: true}
		number := Line{Text: c.o.valueFormat().Text(v, numAt(c.f, frame.N, i)), Role: indent, Muted: true}
		return []Block{{At: v, Forms: [][]Line{{label, number}, {label}}}}
	}
	return nil
}

func (c curves) meanLayers(name string, dash []float64) []Layer {
	l := Layer{Mark: "line", Name: name + ", mean", Role: c.roles[name], Width: 2.4, Dash: dash}
	for _, i := range c.meanRows(name) {
		l.X, l.Y = append(l.X, c.step(i)), append(l.Y, numAt(c.f, frame.Value, i))
		l.Source = append(l.Source, Target{Row: i, Unit: -1})
	}
	l = thinned(l)
	for k, t := range l.Source {
		l.Source[k] = Target{t.Row, -1, c.stepText(t.Row, name), keysAt(c.f, t.Row)}
	}
	return []Layer{c.whole(l)}
}

// meanRows are the rows that the mean runs through.
func (c curves) meanRows(name string) []int {
	rows := c.rows(name)
	if !c.o.Ragged {
		return rows
	}
	return slices.DeleteFunc(slices.Clone(rows), func(i int) bool { return math.IsNaN(numAt(c.f, frame.Value, i)) })
}

func (c curves) stepText(row int, name string) string {
	return estimateText(c.f, row, name+", "+c.o.Along.Place(c.step(row))+",", c.o)
}

func (c curves) band(name string) Layer {
	l := Layer{Mark: "band", Name: name + ", band", Role: c.roles[name]}
	for _, i := range c.meanRows(name) {
		l.X = append(l.X, c.step(i))
		l.Y, l.Y2 = append(l.Y, numAt(c.f, frame.Lo, i)), append(l.Y2, numAt(c.f, frame.Hi, i))
	}
	return c.whole(l)
}
