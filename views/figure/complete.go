package figure

import (
	"slices"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/views/desk"
)

// Complete chooses what a figure needs and the state leaves open, as far as
// the study tells: the measure, the second measure of a scatter chart and of
// a matrix, and the baseline of charts that compare with one or show it.
func Complete(recipe string, s desk.State, about Facts) desk.State {
	if s.Measure == "" && len(about.Measures) > 0 {
		s.Measure = about.Measures[0].Name
		if truth := about.truth(desk.State{}); Home(recipe) == "monitors" && truth != "" {
			s.Measure = truth
		}
	}
	if recipe == "scatter" && s.Option(ScatterMode, "") == "" && s.Option(ScatterSecond, "") == "" {
		s = s.With(ScatterSecond, about.partner(s.Measure))
	}
	if recipe == "together" && s.Option(SecondMeasureOption, "") == "" {
		s = s.With(SecondMeasureOption, about.partner(s.Measure))
	}
	if slices.Contains([]string{"lines", "changes", "together", "survival"}, recipe) {
		s = OneJudge(s, about.Judges)
	}
	if _, set := s.Options[MatrixSecond]; recipe == "matrix" && !set {
		s = s.With(MatrixSecond, about.partner(s.Measure))
	}
	needs := recipe == "drift" || recipe == "caught" || recipe == "slope" || recipe == "scatter" || recipe == "matrix" && s.Flag(MatrixDiff, false)
	if s.Baseline == "" && (needs || recipe == "power") {
		s.Baseline = about.baseline()
	}
	return s
}

// partner is the measure that a scatter chart sets against another: one of
// which more is better, if files say so, else the first on the same scale.
func (a Facts) partner(measure string) string {
	m := a.measure(measure)
	fits := func(o estimate.Measure) bool { return o.Name != measure && o.Monitor == "" && scale(o) == scale(m) }
	others := slices.DeleteFunc(slices.Clone(a.Measures), func(o estimate.Measure) bool { return !fits(o) })
	if len(others) == 0 {
		return ""
	}
	i := slices.IndexFunc(others, func(o estimate.Measure) bool { return o.Better > 0 })
	return others[max(i, 0)].Name
}

// baseline is the value that plays the role of one, "" if none does.
func (a Facts) baseline() string {
	for _, name := range a.Order {
		if a.Roles[name] == charts.Baseline {
			return name
		}
	}
	return ""
}
