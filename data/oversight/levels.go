package oversight

import (
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// RegimeLevel is the field that orders chains of thought by how far they are
// from plain language: 1 scaffolding, 2 trained with faithfulness techniques,
// 3 without, 3.9 not intelligible, 4 none.
const RegimeLevel = "cot_regime_level"

// Levels asks whether monitorability falls and capability rises over the
// levels of an ordered field, such as RegimeLevel. The first frame has a row a
// measure and level: measure (g-mean², then the capability's name), level_at
// (number), value, lo, hi, level, method, seeds; units are runs. The second
// has a row a measure: measure, j, z, p (by permutation where runs are few),
// p_floor, p_increase, value (Spearman's ρ), n, groups and direction (rises,
// falls, or no clear trend).
//
// Jonckheere (1954), Biometrika 41:133. Runs whose level is no number are left
// out, and counted in a note. Capability is a measure of samples; "" for none.
func (s Study) Levels(ctx context.Context, q Question, set Settings, field, capability string) (levels, trends frame.Frame, err error) {
	q.By = []string{field}
	b, err := s.Board(ctx, q)
	if err != nil {
		return levels, trends, err
	}
	r := b.Read()
	if err := r.Move(set); err != nil {
		return levels, trends, err
	}
	return s.LevelsOf(ctx, r, capability)
}

// LevelsOf is Levels of a reading of a board whose only group is the field.
func (s Study) LevelsOf(ctx context.Context, r *Reading, capability string) (levels, trends frame.Frame, err error) {
	l := ladder{field: r.by()[0], reading: r, level: newSheet(), trend: newSheet()}
	l.climb(string(GMean2), r.unitsBy(GMean2))
	if capability != "" {
		units, err := s.capability(ctx, r.Question, capability)
		if err != nil {
			return levels, trends, err
		}
		l.climb(capability, units)
	}
	r.wholeNotes(l.level, false)
	return l.level.done(), l.trend.done(), nil
}

// unitsBy lists the runs of each group with a rate of theirs.
func (r *Reading) unitsBy(rate Rate) map[string][]frame.Unit {
	out := map[string][]frame.Unit{}
	for _, g := range r.groups {
		out[g.values[0]] = append(out[g.values[0]], r.runUnits(g.pool, rate)...)
	}
	return out
}

// capability asks for a measure of each run, by the value of the one field.
func (s Study) capability(ctx context.Context, q Question, measure string) (map[string][]frame.Unit, error) {
	f, err := s.Index.Ask(ctx, query.Query{Where: q.Where, Steps: q.Steps, By: []string{q.By[0], data.Run}, Measures: []string{measure}, Units: true})
	if err != nil {
		return nil, err
	}
	out := map[string][]frame.Unit{}
	for i := range f.Len() {
		if f.Text(frame.Reported, i) == "" {
			out[f.Text(q.By[0], i)] = append(out[f.Text(q.By[0], i)], f.Units[i]...)
		}
	}
	return out, nil
}

// A ladder is a field's levels with what was measured on them.
type ladder struct {
	field        string
	reading      *Reading
	level, trend *sheet
}

// A rung is the runs of one level.
type rung struct {
	text  string
	at    float64
	units []frame.Unit
}

func (l *ladder) climb(measure string, units map[string][]frame.Unit) {
	rungs, left := rungsOf(units)
	if left > 0 {
		l.level.whole("no-level", fmt.Sprintf("%s: %s without a number for %s %s left out", measure, count(left, "run"), l.field, were(left)), false)
	}
	var groups [][]float64
	for _, g := range rungs {
		values := valuesOf(g.units)
		groups = append(groups, values)
		l.level.row([]frame.Key{{Field: l.field, Value: g.text}})
		l.level.text(frame.Measure, measure)
		l.level.num("level_at", g.at)
		l.level.value(meanOf(values, l.reading.level(), "no run has a value"), l.reading.level())
		l.level.num(frame.Seeds, float64(len(values)))
		l.level.units(g.units)
	}
	l.test(measure, groups, rungs)
}

func rungsOf(units map[string][]frame.Unit) (rungs []rung, left int) {
	for text, u := range units {
		v := query.Text(text)
		if !v.Numeric {
			left += len(u)
			continue
		}
		rungs = append(rungs, rung{text, v.Num, u})
	}
	slices.SortFunc(rungs, func(a, b rung) int { return compareSteps(a.at, b.at) })
	return rungs, left
}

func valuesOf(units []frame.Unit) []float64 {
	var out []float64
	for _, u := range units {
		if u.Value == u.Value {
			out = append(out, u.Value)
		}
	}
	return out
}

// test asks for a trend over the levels.
func (l *ladder) test(measure string, groups [][]float64, rungs []rung) {
	s := l.trend
	s.row(nil)
	s.text(frame.Measure, measure)
	s.num(frame.Level, l.reading.level())
	var at, values []float64
	for i, g := range groups {
		for _, v := range g {
			at, values = append(at, rungs[i].at), append(values, v)
		}
	}
	rho, err := stats.Spearman(at, values)
	if err != nil {
		rho = math.NaN()
	}
	s.why(frame.Value, rho, stats.Reason(err))
	s.num(frame.N, float64(len(values)))
	t, err := stats.Jonckheere(groups)
	if err != nil {
		for _, name := range []string{"j", "z", frame.P, frame.PFloor, "p_increase"} {
			s.why(name, math.NaN(), stats.Reason(err))
		}
		s.text("direction", "not estimable")
		return
	}
	s.num("j", t.J)
	s.num("z", t.Z)
	s.num(frame.P, t.Permutation.P)
	s.num(frame.PFloor, t.Permutation.Floor)
	s.num("p_increase", t.PIncrease)
	s.num("groups", float64(t.Groups))
	s.text(frame.Method, "Jonckheere, "+t.Permutation.Method)
	s.text("direction", direction(t, 1-l.reading.level()))
}

func direction(t stats.OrderedTrend, alpha float64) string {
	switch {
	case t.Permutation.P >= alpha:
		return "no clear trend"
	case t.Z > 0:
		return "rises"
	}
	return "falls"
}
