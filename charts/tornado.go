package charts

import (
	"math"
	"slices"

	"witnessmark/data/frame"
)

// Tornado draws how far an outcome moves when each assumption goes from its
// low to its high setting, the widest first: hollow ends are low settings,
// filled ends high ones, the line is the outcome as it stands.
//
// Columns: o.By (text) names the assumption; lo and hi (numbers) the outcome
// at its low and high setting; value (number) the outcome as it stands.
func Tornado(f frame.Frame, o Options) Spec {
	names := namesOf(f, o.By)
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	reach := func(i int) float64 {
		return math.Abs(numAt(f, frame.Hi, i) - numAt(f, frame.Lo, i))
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmpFloat(reach(b), reach(a)) })
	p := Panel{X: o.valueAxis(numbers(f, frame.Lo), numbers(f, frame.Hi), numbers(f, frame.Value)), Y: Axis{Kind: Rows, Hi: float64(len(names)), NoGrid: true}, MinWidth: 260, Empty: "No assumption to vary"}
	if lo, _, ok := extent(numbers(f, frame.Value)); ok {
		p.Layers = append(p.Layers, Layer{Mark: "rule", Name: "as it stands", Role: AccentRole, X: Values{lo}, Width: 1.6})
	}
	for k, i := range order {
		p.Y.Rows = append(p.Y.Rows, Block{At: float64(k), Forms: [][]Line{{{Text: names[i]}}}})
		p.Layers = append(p.Layers, tornadoLayers(f, o, i, float64(k), names[i])...)
		text := o.valueFormat().Bare(numAt(f, frame.Lo, i), 100) + " → " + o.valueFormat().Text(numAt(f, frame.Hi, i), 100)
		p.Side = append(p.Side, Block{At: float64(k), Forms: [][]Line{{{Text: text, Muted: true}}}})
	}
	proposed := "No assumption to vary"
	if len(order) > 0 {
		proposed = upperFirst(names[order[0]]) + " moves " + lowerFirst(given(o.MeasureLabel, "the outcome")) + " most"
	}
	return Spec{
		ID: "tornado", Title: o.title(proposed), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle(lead(o), "Hollow = low setting, filled = high, line = as it stands; one at a time, no interval"),
	}
}

func tornadoLayers(f frame.Frame, o Options, row int, y float64, name string) []Layer {
	lo, hi := numAt(f, frame.Lo, row), numAt(f, frame.Hi, row)
	if !finite(lo, hi) {
		return []Layer{{Mark: "label", X: Values{numAt(f, frame.Value, row)}, Y: Values{y}, Text: []string{why(f, frame.Lo, row)}, Anchor: "beside", Muted: true}}
	}
	text := name + ": " + o.valueFormat().Text(lo, 100) + " at its low setting, " + o.valueFormat().Text(hi, 100) + " at its high one"
	t := []Target{{row, -1, text, keysAt(f, row)}}
	return []Layer{
		{Mark: "bar", Name: name, Role: AxisRole, Alpha: 0.55, X: Values{lo}, X2: Values{hi}, Y: Values{y}, Y2: Values{y}, Source: t},
		{Mark: "point", Name: name + ", low", Role: Baseline, Small: true, Hollow: true, X: Values{lo}, Y: Values{y}, Source: t},
		{Mark: "point", Name: name + ", high", Role: Baseline, Small: true, X: Values{hi}, Y: Values{y}, Source: t},
	}
}
