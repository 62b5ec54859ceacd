package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Decomposition draws how the parts of a change add up, as a waterfall from
// a total to a total: grey bars are totals, blue ones rises, orange ones
// falls, each starting where the last one ended.
//
// Columns, in drawing order: o.By (text) names the bar; value (number) the
// total or the change; total (number, 1) marks totals. The parts are exact
// and carry no interval, which the subtitle says, unless lo and hi are given.
func Decomposition(f frame.Frame, o Options) Spec {
	names := namesOf(f, o.By)
	w := waterfall(f, names, o)
	y := o.valueAxis(w.reach)
	if o.Scale == RateScale {
		y.Lo, y.Hi = reachAxis(w.reach)
		y.Ticks = linearTicks(y.Lo, y.Hi, 5, Percent)
	}
	y.Title = ""
	p := Panel{
		X: Axis{Kind: Rows, Hi: float64(len(names))}, Y: y, Layers: w.layers, MinWidth: 60 * float64(len(names)),
	}
	for i, name := range names {
		p.X.Rows = append(p.X.Rows, Block{At: float64(i), Forms: [][]Line{{{Text: name, Muted: true}}}})
	}
	_, unit := o.diffUnit()
	exact := "parts are exact and carry no interval"
	if _, _, ok := extent(numbers(f, frame.Lo)); ok {
		exact = intervalSubtitle(f)
	}
	return Spec{
		ID: "decomposition", Title: o.title(w.sentence(o)), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle(lead(o), upperFirst(joined("; ", "changes in "+unit, exact, rangeText(numbers(f, frame.N), "rollout")))),
	}
}

// steps of a waterfall.
type falls struct {
	layers       []Layer
	reach        Values // every height that a bar ends at
	largest      string // the name of the largest change
	largestBy    float64
	first, final float64
}

func waterfall(f frame.Frame, names []string, o Options) falls {
	w := falls{reach: Values{0}, first: math.NaN(), final: math.NaN()}
	labels := Layer{Mark: "tag", Name: "values"}
	at := 0.0
	for i, name := range names {
		v := numAt(f, frame.Value, i)
		if math.IsNaN(v) {
			continue
		}
		from, to, role, alpha := at, at+v, InoculationSpecific, 0.85
		text := o.diffFormat().Bare(v, 0)
		if numAt(f, "total", i) == 1 {
			from, to, role = 0, v, Baseline
			text = o.valueFormat().Text(v, numAt(f, frame.N, i))
			w.total(v)
		} else {
			if v < 0 {
				role = Discouraging
			}
			w.change(name, v)
		}
		w.bar(i, from, to, role, alpha, Target{i, -1, joined(", ", name+" "+text, countText(f, i)), keysAt(f, i)})
		labels.X, labels.Y, labels.Text = append(labels.X, float64(i)), append(labels.Y, math.Max(from, to)), append(labels.Text, text)
		at = to
	}
	w.layers = append(w.layers, labels)
	return w
}

func (w *falls) total(v float64) {
	if math.IsNaN(w.first) {
		w.first = v
	}
	w.final = v
}

func (w *falls) change(name string, v float64) {
	if math.Abs(v) > math.Abs(w.largestBy) {
		w.largest, w.largestBy = name, v
	}
}

// bar adds a bar and the dotted line that leads to it from the one before.
func (w *falls) bar(i int, from, to float64, role Role, alpha float64, t Target) {
	w.layers = append(w.layers, Layer{
		Mark: "bar", Name: t.Text, Role: role, Alpha: alpha,
		X: Values{float64(i)}, X2: Values{float64(i) + 1}, Y: Values{from}, Y2: Values{to}, Source: []Target{t},
	})
	if i > 0 && len(w.reach) > 1 {
		last := w.reach[len(w.reach)-1]
		w.layers = append(w.layers, Layer{
			Mark: "rule", Role: AxisRole, X: Values{float64(i) - 1./6}, X2: Values{float64(i) + 1./6},
			Y: Values{last}, Y2: Values{last}, Dash: []float64{2, 2}, Width: 1,
		})
	}
	w.reach = append(w.reach, from, to)
}

// reachAxis returns an axis from 0 with room for the numbers on the bars.
func reachAxis(reach Values) (lo, hi float64) {
	lo, hi, _ = extent(reach)
	room := math.Max(hi-lo, 0.01) * 0.1
	if lo < 0 {
		lo -= room
	}
	return lo, hi + room
}

func (w falls) sentence(o Options) string {
	if w.largest == "" {
		return "No parts to add up"
	}
	s := upperFirst(given(o.MeasureLabel, "the measure"))
	if finite(w.first, w.final) {
		s += map[bool]string{true: " falls", false: " rises"}[w.final < w.first]
	} else {
		s += " changes"
	}
	return s + " mostly by " + lowerFirst(w.largest)
}
