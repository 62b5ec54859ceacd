package charts

import (
	"math"
	"slices"

	"witnessmark/data/frame"
)

// Levels draws measures over an ordered field, such as how far chains of
// thought are from plain language: one panel a measure, every run as a ring,
// the mean of each level with its interval. A second frame says whether there
// is a trend.
//
// Columns of the first frame: measure (text) names the panel; level_at
// (number) the level; value, lo, hi, level, method and seeds the mean; Units
// the runs. Of the second, a row a measure: measure, direction (text), p and
// groups.
func Levels(f frame.Frame, o Options, trends ...frame.Frame) Spec {
	l := ladder{f: f, o: o, trends: at(trends, 0)}
	for i := range f.Len() {
		l.measures = append(l.measures, textAt(f, frame.Measure, i))
	}
	s := Spec{ID: "levels", Source: o.source(), Notes: frameNotes(f)}
	kinds := distinct(l.measures)
	for _, m := range kinds {
		s.Panels = append(s.Panels, l.panel(m))
	}
	s.Title = o.title(l.propose(kinds))
	s.Subtitle = o.subtitle(joined(", ", upperFirst(joined(" and ", kinds...))+" by "+lowerFirst(l.axisName()), o.Context),
		joined("; ", "ring = one run, mark = mean with "+intervalSubtitle(f), "levels evenly spaced", "Jonckheere test of a trend"))
	return s
}

// A ladder is measures over levels.
type ladder struct {
	f, trends frame.Frame
	o         Options
	measures  []string // of each row
}

func (l ladder) axisName() string { return given(l.o.XLabel, "Level") }

// levels are the distinct levels, ascending.
func (l ladder) levels() []float64 {
	var out []float64
	for _, v := range numbers(l.f, "level_at") {
		if finite(v) && !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	slices.Sort(out)
	return out
}

// place is where a level stands: the field is ordered, not measured, so levels
// are evenly spaced.
func (l ladder) place(row int) float64 {
	i := slices.Index(l.levels(), numAt(l.f, "level_at", row))
	if i < 0 {
		return math.NaN()
	}
	return float64(i)
}

func (l ladder) axis() Axis {
	levels := l.levels()
	a := Axis{Lo: -0.5, Hi: math.Max(0.5, float64(len(levels))-0.5), Title: l.axisName(), NoGrid: true, Ticks: []Tick{}}
	for i, v := range levels {
		a.Ticks = append(a.Ticks, Tick{float64(i), stepName(v)})
	}
	return a
}

// scale is how a measure is written: g-mean² is no percentage.
func (l ladder) scale(measure string) (Format, float64) {
	if measure == "g-mean²" {
		return Ratio, 1
	}
	return l.o.valueFormat(), l.o.top()
}

func (l ladder) panel(measure string) Panel {
	format, top := l.scale(measure)
	p := Panel{Head: upperFirst(measure), X: l.axis(), Y: Axis{Hi: top, Format: format}, MinWidth: 240, Empty: "No run has a value"}
	if l.o.Scale == FreeScale && format != Ratio {
		lo, hi, ok := extent(l.unitsOf(measure))
		if !ok {
			lo, hi = 0, 1
		}
		p.Y.Lo, p.Y.Hi = padded(lo, hi, 0.08)
	}
	rings := Layer{Mark: "dot", Name: measure + ", runs", Role: Grey, Hollow: true}
	line := Layer{Mark: "line", Name: measure + ", mean", Role: AxisRole, Width: 1.2, Dash: []float64{4, 3}}
	bars := Layer{Mark: "interval", Name: measure, Role: Baseline, Width: 2}
	means := Layer{Mark: "point", Name: measure, Role: Baseline}
	for i, m := range l.measures {
		x := l.place(i)
		if m != measure || !finite(x) {
			continue
		}
		l.rings(&rings, i, x)
		t := Target{i, -1, estimateText(l.f, i, l.level(i)+", "+measure, Options{Scale: l.o.Scale}), keysAt(l.f, i)}
		line.X, line.Y = append(line.X, x), append(line.Y, numAt(l.f, frame.Value, i))
		means.X, means.Y, means.Source = append(means.X, x), append(means.Y, numAt(l.f, frame.Value, i)), append(means.Source, t)
		bars.X, bars.Y, bars.Y2 = append(bars.X, x), append(bars.Y, numAt(l.f, frame.Lo, i)), append(bars.Y2, numAt(l.f, frame.Hi, i))
	}
	p.Layers = []Layer{line, rings, bars, means}
	p.HeadNote = l.trend(measure)
	return p
}

func (l ladder) level(row int) string { return "level " + stepName(numAt(l.f, "level_at", row)) }

func (l ladder) rings(to *Layer, row int, x float64) {
	for k, u := range unitsAt(l.f, row) {
		if finite(u.Value) {
			to.X, to.Y = append(to.X, x), append(to.Y, u.Value)
			to.Source = append(to.Source, Target{row, k, unitText(u, l.level(row), l.o), unitKeys(l.f, row, u)})
		}
	}
}

func (l ladder) unitsOf(measure string) Values {
	var out Values
	for i, m := range l.measures {
		if m == measure {
			for _, u := range unitsAt(l.f, i) {
				out = append(out, u.Value)
			}
		}
	}
	return out
}

// trend is what the test says of a measure.
func (l ladder) trend(measure string) []string {
	for i := range l.trends.Len() {
		if textAt(l.trends, frame.Measure, i) != measure {
			continue
		}
		word := textAt(l.trends, "direction", i)
		p := numAt(l.trends, frame.P, i)
		if !finite(p) {
			return []string{"trend " + word + ", because " + why(l.trends, frame.P, i), "trend " + word}
		}
		return []string{word + ", p " + pText(p), word}
	}
	return nil
}

func (l ladder) propose(kinds []string) string {
	if len(kinds) == 0 {
		return "No level to compare"
	}
	if lo, hi, ok := extent(numbers(l.f, "level_at")); ok && lo == hi {
		return "All runs are of level " + stepName(lo) + "; a trend needs runs of two"
	}
	var parts []string
	for _, m := range kinds {
		for i := range l.trends.Len() {
			if textAt(l.trends, frame.Measure, i) != m {
				continue
			}
			switch word := textAt(l.trends, "direction", i); word {
			case "rises", "falls":
				parts = append(parts, m+" "+word)
			case "not estimable":
				parts = append(parts, m+" has no trend to test")
			default:
				parts = append(parts, m+" shows "+word)
			}
		}
	}
	if parts == nil {
		return upperFirst(joined(" and ", kinds...)) + " by " + lowerFirst(l.axisName())
	}
	return upperFirst(joined(", ", parts...)) + " over levels"
}

// Tax draws monitorability (up) against capability: what is to the right and
// up costs nothing, and the line joins the runs or groups that no other beats
// in both, the price of being monitorable. The frames are those of Scatter,
// capability first.
func Tax(f frame.Frame, o Options, more ...frame.Frame) Spec {
	o.XBetter, o.YBetter = 1, 1
	o.XLabel, o.MeasureLabel = given(o.XLabel, "Capability"), given(o.MeasureLabel, "g-mean²")
	s := Scatter(f, o, more...)
	s.ID = "tax"
	return s
}
