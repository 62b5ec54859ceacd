package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Forecast draws what was predicted over checkpoints as a line with its band,
// and what was observed there as dots with their intervals; every condition in
// one panel, with names at the ends of the lines.
//
// Columns as for Predicted: o.By (text) names the condition; o.Step (number,
// "step") the checkpoint; predicted, predicted_lo and predicted_hi (numbers)
// the prediction; value, lo, hi, level, method, n and seeds what was observed.
// Rows without a step are left out.
func Forecast(f frame.Frame, o Options) Spec {
	g := newGuesses(f, o)
	y := o
	y.MeasureLabel = ""
	p := Panel{
		X: o.stepAxis(numbers(f, o.stepColumn())), MinWidth: 260, Empty: "No prediction names a step",
		Y: y.valueAxis(numbers(f, "predicted"), numbers(f, "predicted_lo"), numbers(f, "predicted_hi"), numbers(f, frame.Value), numbers(f, frame.Lo), numbers(f, frame.Hi)),
	}
	if o.Zoom > 0 {
		p.Y.Title = "zoomed to " + p.Y.Format.tickText(p.Y.Hi, p.Y.Hi)
	}
	for _, name := range g.conditions {
		p.Layers = append(p.Layers, g.curve(name)...)
	}
	for i, name := range g.conditions {
		p.Layers = append(p.Layers, g.dots(name, g.beside(i, p.X))...)
		p.Side = append(p.Side, g.end(name)...)
	}
	return Spec{
		ID: "forecast", Title: o.title(g.proposeCurve()), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle(upperFirst(given(o.MeasureLabel, "rate"))+" over steps", o.Context, g.curveSubtitle()),
	}
}

// stepped are the rows of a condition that name a step, in their order.
func (g guesses) stepped(name string) []int { return newCurves(g.f, g.o).rows(name) }

// beside moves the dots of the i-th condition left by a little, so that
// intervals at the same step do not hide each other, and none leaves the axis.
func (g guesses) beside(i int, x Axis) func(step float64) float64 {
	aside := float64(len(g.conditions)-1-i) * (x.Hi - x.Lo) * 0.009
	return func(step float64) float64 { return math.Max(x.Lo, step-aside) }
}

func (g guesses) curve(name string) []Layer {
	band := Layer{Mark: "band", Name: name + ", band", Role: g.roles[name]}
	line := Layer{Mark: "line", Name: name + ", predicted", Role: g.roles[name], Width: 2.2, Dash: g.roles[name].Dash()}
	for _, i := range g.stepped(name) {
		x, v := numAt(g.f, g.o.stepColumn(), i), numAt(g.f, "predicted", i)
		line.X, line.Y = append(line.X, x), append(line.Y, v)
		line.Source = append(line.Source, Target{i, -1, g.text(name, i), keysAt(g.f, i)})
		if lo, hi := numAt(g.f, "predicted_lo", i), numAt(g.f, "predicted_hi", i); finite(lo, hi) {
			band.X, band.Y, band.Y2 = append(band.X, x), append(band.Y, lo), append(band.Y2, hi)
		}
	}
	if len(band.X) == 0 {
		return []Layer{line}
	}
	return []Layer{band, line}
}

func (g guesses) dots(name string, place func(float64) float64) []Layer {
	var bars, points []Layer
	for _, i := range g.stepped(name) {
		x, v := place(numAt(g.f, g.o.stepColumn(), i)), numAt(g.f, frame.Value, i)
		if math.IsNaN(v) {
			continue
		}
		target := []Target{{i, -1, g.text(name, i), keysAt(g.f, i)}}
		if lo, hi := numAt(g.f, frame.Lo, i), numAt(g.f, frame.Hi, i); finite(lo, hi) {
			bars = append(bars, Layer{Mark: "interval", Name: name, Role: g.roles[name], Width: 1.2, X: Values{x}, Y: Values{lo}, Y2: Values{hi}, Source: target})
		}
		points = append(points, Layer{Mark: "point", Name: name, Role: g.roles[name], X: Values{x}, Y: Values{v}, Small: true, Source: target})
	}
	return append(bars, points...)
}

// end names a condition where its line ends.
func (g guesses) end(name string) []Block {
	rows := g.stepped(name)
	if len(rows) == 0 {
		return nil
	}
	i := rows[len(rows)-1]
	v := numAt(g.f, "predicted", i)
	if math.IsNaN(v) {
		return nil
	}
	label := Line{Text: name, Role: g.roles[name], Bold: true}
	number := Line{Text: g.o.valueFormat().Text(v, 0), Role: indent, Muted: true}
	return []Block{{At: v, Forms: [][]Line{{label, number}, {label}}}}
}

func (g guesses) curveSubtitle() string {
	guess := "line = prediction, without an interval"
	if _, _, ok := extent(numbers(g.f, "predicted_lo")); ok {
		guess = "line = prediction, band = its interval"
	}
	return upperFirst(joined("; ", guess, "dot = observed", barText(g.f)))
}

// proposeCurve counts the checkpoints at which the observed interval leaves
// out the prediction.
func (g guesses) proposeCurve() string {
	off, judged := misses(g.f, "predicted", func(i int) bool { return !math.IsNaN(numAt(g.f, g.o.stepColumn(), i)) })
	switch {
	case judged == 0:
		return "No prediction has an outcome with an interval yet"
	case off == 0:
		return "No clear miss of " + Count(float64(judged), "dot")
	}
	return "Predictions miss " + Whole.Text(float64(off), 0) + " of " + Count(float64(judged), "dot")
}
