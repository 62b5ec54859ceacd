package charts

import (
	"math"
	"slices"

	"witnessmark/data/frame"
)

// ROC draws recall by false positive rate for every monitor, as the steps
// that its scores can attain, with the audit budget as a line. A second
// frame gives operating points with intervals in both directions.
//
// Columns of the first frame, one row a vertex: o.By (text) names the
// monitor; fpr, tpr and threshold (numbers). Of the second, one row a
// monitor: o.By; fpr, fpr_lo, fpr_hi, tpr, tpr_lo, tpr_hi, threshold, and
// level, method and n. o.Budget is the false positive rate allowed, o.LogX
// and o.Logit bend the axes.
//
// A third frame carries curves on to budgets too small to be measured, on
// logit axes: a row a monitor and budget, with o.By, budget, tpr and
// extrapolated (text, "yes").
func ROC(f frame.Frame, o Options, points ...frame.Frame) Spec {
	m := newMonitors(f, o, "fpr", "tpr", points)
	p := Panel{X: m.rateAxis("False positive rate"), Y: Axis{Hi: 1, Format: Percent}, Square: !o.LogX, MinWidth: 280}
	if o.Logit {
		p.X.Kind, p.X.Lo, p.X.Hi, p.X.Title = Logit, 0.001, 0.999, "False positive rate (logit)"
		p.Y.Kind, p.Y.Lo, p.Y.Hi = Logit, 0.001, 0.999
	}
	p.Layers = append(p.Layers, m.budget()...)
	if !o.LogX && !o.Logit {
		p.Layers = append(p.Layers, Layer{Mark: "rule", Role: AxisRole, X: Values{0}, Y: Values{0}, X2: Values{1}, Y2: Values{1}, Dash: []float64{4, 3}})
	}
	for _, name := range m.names {
		p.Layers = append(p.Layers, m.curve(name, p))
	}
	carried := ""
	if o.Logit {
		if lines := m.carriedOn(at(points, 1), p); lines != nil {
			p.Layers = append(p.Layers, lines...)
			carried = "dots = logit line carried on below the lowest rate seen, extrapolated, not measured"
		}
	}
	p.Layers = append(p.Layers, m.operating(p)...)
	p.Side = m.sideNames("tpr", math.Sqrt(math.Max(p.X.Lo, 0.001)))
	return Spec{
		ID: "roc", Title: o.title(m.proposeROC()), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle("Recall (up) by false positive rate", o.Context, m.subtitle(joined("; ", "steps = attainable points only", carried))),
	}
}

// carriedOn are the lines of logit(TPR) by logit(FPR) where nothing was seen.
func (m monitors) carriedOn(fits frame.Frame, p Panel) []Layer {
	var out []Layer
	of := namesOf(fits, m.o.By)
	for _, name := range distinct(of) {
		l := Layer{Mark: "line", Name: name + ", extrapolated", Role: m.roles[name], Width: 2, Dash: []float64{2, 3}}
		for i, n := range of {
			v := numAt(fits, "tpr", i)
			if n != name || textAt(fits, "extrapolated", i) != "yes" || !finite(v) {
				continue
			}
			x := numAt(fits, "budget", i)
			text := name + ", recall " + Percent.Text(v, 0) + " at a false positive rate of " + Percent.Text(x, 0) + ", extrapolated, not measured"
			l.X, l.Y, l.Source = append(l.X, clampTo(p.X, x)), append(l.Y, clampTo(p.Y, v)), append(l.Source, Target{-1, -1, text, keysAt(fits, i)})
		}
		if len(l.X) > 1 {
			out = append(out, l)
		}
	}
	return out
}

// monitors are curves of several monitors over one of two rates.
type monitors struct {
	f      frame.Frame
	points frame.Frame
	o      Options
	x, y   string // columns
	rowOf  []string
	names  []string
	roles  map[string]Role
}

func newMonitors(f frame.Frame, o Options, x, y string, points []frame.Frame) monitors {
	m := monitors{f: f, o: o, x: x, y: y, rowOf: namesOf(f, o.By), points: at(points, 0)}
	m.names = distinct(m.rowOf)
	m.roles = roleOf(f, o, m.rowOf)
	for _, name := range namesOf(m.points, o.By) {
		if _, curved := m.roles[name]; !curved { // verdicts without scores
			m.roles[name] = o.Roles[name]
			if m.roles[name] == "" {
				m.roles[name] = Grey
			}
		}
	}
	return m
}

// rateAxis is an axis of 0–100 %, or its decades from half the smallest rate on.
func (m monitors) rateAxis(title string) Axis {
	a := Axis{Hi: 1, Format: Percent, Title: title}
	if !m.o.LogX {
		return a
	}
	least := 0.01
	for _, v := range numbers(m.f, m.x) {
		if v > 0 {
			least = math.Min(least, v)
		}
	}
	if m.o.Budget > 0 {
		least = math.Min(least, m.o.Budget/2)
	}
	a.Kind, a.Lo, a.Title = Log, math.Max(least, 1e-5), title+" (log)"
	return a
}

func (m monitors) budget() []Layer {
	if m.o.Budget <= 0 {
		return nil
	}
	return []Layer{{Mark: "rule", Name: "audit budget", Role: InkRole, X: Values{m.o.Budget}, Dash: []float64{4, 3}, Width: 1.4}}
}

func (m monitors) rows(name string) []int {
	var out []int
	for i, n := range m.rowOf {
		if n == name {
			out = append(out, i)
		}
	}
	slices.SortStableFunc(out, func(a, b int) int {
		return cmpFloat(numAt(m.f, m.x, a), numAt(m.f, m.x, b))
	})
	return out
}

// curve draws a monitor's vertices as steps; a rate of 0 stands at the edge
// of an axis that has no 0.
func (m monitors) curve(name string, p Panel) Layer {
	l := Layer{Mark: "step", Name: name, Role: m.roles[name], Width: 1.8, Dash: m.roles[name].Dash()}
	for _, i := range m.rows(name) {
		x, y := numAt(m.f, m.x, i), numAt(m.f, m.y, i)
		l.X, l.Y = append(l.X, clampTo(p.X, x)), append(l.Y, clampTo(p.Y, y))
		l.Source = append(l.Source, Target{i, -1, m.vertexText(name, i), keysAt(m.f, i)})
	}
	return l
}

func clampTo(a Axis, v float64) float64 {
	if math.IsNaN(v) || a.Kind == Linear {
		return v
	}
	return math.Max(a.Lo, math.Min(a.Hi, v))
}

func (m monitors) vertexText(name string, i int) string {
	word := map[string]string{"fpr": "FPR", "tpr": "recall", "recall": "recall", "precision": "precision"}
	text := joined(", ", name, word[m.y]+" "+Percent.Text(numAt(m.f, m.y, i), 0), word[m.x]+" "+Percent.Text(numAt(m.f, m.x, i), 0))
	if t := numAt(m.f, "threshold", i); finite(t) {
		text += ", threshold " + Free.Text(t, 0)
	}
	return text
}

// operating draws the points in use with their intervals.
func (m monitors) operating(p Panel) []Layer {
	var crosses, marks []Layer
	num := func(column string, i int) float64 { return numAt(m.points, column, i) }
	for i, name := range namesOf(m.points, m.o.By) {
		x, y := clampTo(p.X, num(m.x, i)), num(m.y, i)
		role := m.roles[name]
		crosses = append(crosses, Layer{
			Mark: "cross", Name: name, Role: role, Width: 1.4, Shade: Values{x}, Size: Values{y},
			X: Values{clampTo(p.X, num(m.x+"_lo", i))}, X2: Values{num(m.x+"_hi", i)}, Y: Values{num(m.y+"_lo", i)}, Y2: Values{num(m.y+"_hi", i)},
		})
		marks = append(marks, Layer{
			Mark: "point", Name: name + ", operating point", Role: role, X: Values{x}, Y: Values{y}, Source: []Target{{i, -1, m.pointText(name, i), keysAt(m.points, i)}},
		})
	}
	return append(crosses, marks...)
}

func (m monitors) pointText(name string, i int) string {
	n := numAt(m.points, frame.N, i)
	part := func(word, column string) string {
		v, lo, hi := numAt(m.points, column, i), numAt(m.points, column+"_lo", i), numAt(m.points, column+"_hi", i)
		return word + " " + Percent.Text(v, n) + " " + Percent.Interval(lo, hi, n)
	}
	return joined(", ", name, part(map[string]string{"tpr": "recall", "precision": "precision"}[m.y], m.y), part(map[string]string{"fpr": "FPR", "recall": "recall"}[m.x], m.x), methodText(m.points, i))
}

// sideNames names the curves at the right, in the order they have at x.
func (m monitors) sideNames(column string, x float64) []Block {
	var out []Block
	for _, name := range m.names {
		y := 0.0
		for _, i := range m.rows(name) {
			if numAt(m.f, m.x, i) <= x || y == 0 {
				y = numAt(m.f, column, i)
			}
		}
		if finite(y) {
			out = append(out, Block{At: y, Forms: [][]Line{{{Text: name, Role: m.roles[name]}}}})
		}
	}
	for i, name := range namesOf(m.points, m.o.By) { // verdicts without a curve
		if y := numAt(m.points, column, i); !slices.Contains(m.names, name) && finite(y) {
			out = append(out, Block{At: y, Forms: [][]Line{{{Text: name, Role: m.roles[name]}}}})
		}
	}
	return out
}

func (m monitors) subtitle(curve string) string {
	point := ""
	if m.points.Len() > 0 {
		point = "mark = operating point with " + intervalName(methodText(m.points, 0)) + " in both directions"
	}
	budget := ""
	if m.o.Budget > 0 && m.x == "fpr" {
		budget = "dashed = audit budget, " + Percent.tickText(m.o.Budget, m.o.Budget)
	}
	return upperFirst(joined("; ", curve, budget, point, rangeText(numbers(m.points, frame.N), "rollout")))
}

// attained returns the highest recall within the budget.
func (m monitors) attained(name string) float64 {
	best := math.NaN()
	for _, i := range m.rows(name) {
		if x, y := numAt(m.f, "fpr", i), numAt(m.f, "tpr", i); x <= m.o.Budget && !(y <= best) {
			best = y
		}
	}
	return best
}

func (m monitors) proposeROC() string {
	if len(m.names) == 0 {
		return "No scores to draw a curve of"
	}
	if m.o.Budget <= 0 {
		return "Recall by false positive rate of " + Count(float64(len(m.names)), "monitor")
	}
	budget := Percent.tickText(m.o.Budget, m.o.Budget)
	names := slices.DeleteFunc(slices.Clone(m.names), func(n string) bool { return math.IsNaN(m.attained(n)) })
	if len(names) == 0 {
		return "No monitor attains a false positive rate of " + budget
	}
	slices.SortStableFunc(names, func(a, b string) int { return cmpFloat(m.attained(b), m.attained(a)) })
	var parts []string
	for _, n := range names[:min(3, len(names))] {
		parts = append(parts, n+" "+Percent.Text(m.attained(n), 100))
	}
	if len(parts) == 1 {
		return "Within a budget of " + budget + " the best recall is " + Percent.Text(m.attained(names[0]), 100)
	}
	return "Within a budget of " + budget + " the best recalls are " + list(parts)
}
