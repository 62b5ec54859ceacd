package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Predicted draws observed by predicted rates with both intervals and the
// diagonal. Rows of one condition are joined in the order of their steps:
// earlier ones are hollow, the last is filled and named.
//
// Columns: o.By (text) names the condition; o.Step (number, "step") the
// checkpoint, where there are several; predicted, predicted_lo and
// predicted_hi (numbers) the prediction; value, lo, hi, level, method, n and
// seeds what was observed.
func Predicted(f frame.Frame, o Options) Spec {
	g := newGuesses(f, o)
	x, y := o, o
	x.MeasureLabel = given(o.XLabel, "Predicted "+lowerFirst(given(o.MeasureLabel, "value")))
	y.MeasureLabel = ""
	both := []Values{numbers(f, "predicted"), numbers(f, frame.Value), numbers(f, frame.Hi), numbers(f, frame.Lo)}
	p := Panel{X: x.valueAxis(both...), Y: y.valueAxis(both...), Square: true, MinWidth: 260, Empty: "No prediction has an outcome yet"}
	if o.Zoom > 0 {
		p.X.Title = joined(", ", x.MeasureLabel, "both axes zoomed to "+p.X.Format.tickText(p.X.Hi, p.X.Hi))
		p.Y.Title = ""
	}
	p.Layers = append(p.Layers, Layer{Mark: "rule", Role: AxisRole, X: Values{p.X.Lo}, Y: Values{p.Y.Lo}, X2: Values{p.X.Hi}, Y2: Values{p.Y.Hi}, Dash: []float64{4, 3}})
	p.Layers = append(p.Layers, g.layers()...)
	return Spec{
		ID: "predicted", Title: o.title(g.propose()), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle(upperFirst(joined(" ", "observed", lowerFirst(o.MeasureLabel)))+" (up) by prediction", o.Context, g.subtitle()),
	}
}

// guesses are predictions with their outcomes.
type guesses struct {
	f          frame.Frame
	o          Options
	names      []string
	conditions []string
	roles      map[string]Role
}

func newGuesses(f frame.Frame, o Options) guesses {
	g := guesses{f: f, o: o, names: namesOf(f, o.By)}
	g.conditions = distinct(g.names)
	g.roles = roleOf(f, o, g.names)
	return g
}

func (g guesses) rows(name string) []int {
	c := newCurves(g.f, g.o)
	if rows := c.rows(name); len(rows) > 0 {
		return rows
	}
	var out []int
	for i, n := range g.names {
		if n == name {
			out = append(out, i)
		}
	}
	return out
}

func (g guesses) layers() []Layer {
	var paths, crosses, points []Layer
	names := Layer{Mark: "label", Anchor: "auto"}
	for _, name := range g.conditions {
		path := Layer{Mark: "line", Name: name, Role: g.roles[name], Width: 1, Alpha: 0.6}
		rows := g.rows(name)
		for k, i := range rows {
			x, y := numAt(g.f, "predicted", i), numAt(g.f, frame.Value, i)
			path.X, path.Y = append(path.X, x), append(path.Y, y)
			last := k == len(rows)-1
			crosses = append(crosses, g.cross(name, i, x, y))
			points = append(points, Layer{
				Mark: "point", Name: name, Role: g.roles[name], X: Values{x}, Y: Values{y}, Small: true, Hollow: !last,
				Source: []Target{{i, -1, g.text(name, i), keysAt(g.f, i)}},
			})
			if last {
				names.X, names.Y, names.Text = append(names.X, x), append(names.Y, y), append(names.Text, name)
			}
		}
		paths = append(paths, path)
	}
	return append(append(append(paths, crosses...), points...), names)
}

func (g guesses) cross(name string, i int, x, y float64) Layer {
	num := func(column string) Values { return Values{numAt(g.f, column, i)} }
	return Layer{
		Mark: "cross", Name: name, Role: g.roles[name], Width: 1.5, Shade: Values{x}, Size: Values{y},
		X: num("predicted_lo"), X2: num("predicted_hi"), Y: num(frame.Lo), Y2: num(frame.Hi),
	}
}

func (g guesses) text(name string, i int) string {
	if s := numAt(g.f, g.o.stepColumn(), i); !math.IsNaN(s) {
		name += ", step " + stepName(s)
	}
	v, lo, hi := numAt(g.f, "predicted", i), numAt(g.f, "predicted_lo", i), numAt(g.f, "predicted_hi", i)
	format := g.o.valueFormat()
	guess := "predicted " + format.Text(v, 0)
	if finite(lo, hi) {
		guess += " " + format.Interval(lo, hi, 0)
	}
	return joined(", ", name, guess, estimateText(g.f, i, "observed", g.o))
}

func (g guesses) subtitle() string {
	guess := "no interval on predictions"
	if _, _, ok := extent(numbers(g.f, "predicted_lo")); ok {
		guess = "level bar = the prediction's interval"
	}
	earlier := ""
	if len(g.names) > len(g.conditions) {
		earlier = "hollow = earlier steps, filled = last"
	}
	return upperFirst(joined("; ", earlier, barText(g.f), guess, "dashed = perfect"))
}

// propose counts the last outcomes whose interval leaves out the prediction.
func (g guesses) propose() string {
	var high, low []string
	judged := 0
	for _, name := range g.conditions {
		rows := g.rows(name)
		if len(rows) == 0 {
			continue
		}
		i := rows[len(rows)-1]
		x, lo, hi := numAt(g.f, "predicted", i), numAt(g.f, frame.Lo, i), numAt(g.f, frame.Hi, i)
		if math.IsNaN(x) || math.IsNaN(lo) || math.IsNaN(hi) {
			continue
		}
		judged++
		switch {
		case x < lo:
			low = append(low, name)
		case x > hi:
			high = append(high, name)
		}
	}
	return missWords(given(g.o.Subject, "The model"), low, high, judged)
}

func missWords(who string, low, high []string, judged int) string {
	switch {
	case judged == 0:
		return "No prediction has an outcome yet"
	case len(low)+len(high) == 0:
		return "No clear miss in " + Count(float64(judged), "condition")
	}
	var parts []string
	if len(low) > 0 {
		parts = append(parts, "too low for "+fewOf(low, judged))
	}
	if len(high) > 0 {
		parts = append(parts, "too high for "+fewOf(high, judged))
	}
	return who + " is " + list(parts)
}

// fewOf names a few conditions, and counts more than three.
func fewOf(names []string, judged int) string {
	const most = 3
	if len(names) <= most {
		return list(names)
	}
	return Whole.Text(float64(len(names)), 0) + " of " + Count(float64(judged), "condition")
}
