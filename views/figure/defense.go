package figure

import (
	"context"
	"errors"
	"math"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
)

// Portion of samples that a first line of defense may pass on to a second.
const Portion = 0.1

// monitorRoles are the looks of monitors, the same in every chart: the palette
// in another order than conditions have it, since the first monitor is no
// baseline.
var monitorRoles = []charts.Role{charts.Baseline, charts.Irrelevant, charts.InoculationSpecific, charts.InoculationGeneral, charts.Other, charts.Discouraging}

// MonitorRole is the look of the i-th monitor of a study.
func MonitorRole(i int) charts.Role {
	if i >= 0 && i < len(monitorRoles) {
		return monitorRoles[i]
	}
	return charts.Grey
}

// MonitorRoles are the looks of the monitors of a study, in its order, by the
// names that people read.
func MonitorRoles(names []string) map[string]charts.Role {
	out := map[string]charts.Role{}
	for i, n := range names {
		out[Spoken(n)] = MonitorRole(i)
	}
	return out
}

// patternFrames count which of all monitors flag the same samples.
func patternFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	study := oversight.Study{Index: x}
	names := study.Names()
	if len(names) < 2 {
		return nil, errors.New("lines of defense need two monitors of the same samples, and the study has fewer")
	}
	rs, err := readings(ctx, study, s, names)
	if err != nil {
		return nil, err
	}
	at := placeOf(s, rs[0])
	return PatternFrames(at, rs...), nil
}

// PatternFrames are the frames of a figure of patterns.
func PatternFrames(at oversight.Place, rs ...*oversight.Reading) []frame.Frame {
	f := oversight.Patterns(at, rs...)
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		switch {
		case c.Name == oversight.PatternColumn:
			f.Columns[i].Text = spoken(c.Text)
		case slices.ContainsFunc(rs, func(r *oversight.Reading) bool { return r.Monitor == c.Name }):
			f.Columns[i].Name = Spoken(c.Name)
		}
	}
	return []frame.Frame{f}
}

// asPatterns completes the options of a figure of patterns.
func asPatterns(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.Roles, o.MeasureLabel, o.Context = MonitorRoles(about.monitors()), "", whereIn(answers[0], s)
	o.Subject = lowerWords(about.truth(s))
	return answers
}

// monitors lists the monitors among the measures, in the order of
// oversight.Study.Names.
func (a Facts) monitors() []string {
	var out []string
	for _, m := range a.Measures {
		if m.Monitor != "" && !slices.Contains(out, m.Monitor) {
			out = append(out, m.Monitor)
		}
	}
	return out
}

// truth is what Truth chooses, told from the measures.
func (a Facts) truth(s desk.State) string {
	named, first := s.Option(TruthOption, ""), ""
	for _, m := range a.Measures {
		switch {
		case m.Monitor != "" || !m.Binary:
		case m.Name == named || named == "" && m.Name == s.Measure:
			return m.Name
		case first == "" && m.Better <= 0:
			first = m.Name
		}
	}
	return first
}

// withFits adds to the frames of ROC curves on logit axes the lines that carry
// them on to budgets too small to be measured.
func withFits(at oversight.Place, rs []*oversight.Reading, s desk.State, frames []frame.Frame) []frame.Frame {
	if Axes(s) != LogitAxes {
		return frames
	}
	return append(frames, SpokenColumn(oversight.FitBudgets(at, smallBudgets(), rs...), oversight.MonitorColumn))
}

// smallBudgets go from 1 in 1 000 to a half, evenly on a logit axis.
func smallBudgets() []float64 {
	var out []float64
	for l := -6.9; l <= 0; l += 0.3 {
		out = append(out, 1/(1+math.Exp(-l)))
	}
	return out
}

// ROCFrames are the frames of a figure of ROC curves.
func ROCFrames(s desk.State, at oversight.Place, rs ...*oversight.Reading) []frame.Frame {
	curves, points := oversight.ROC(at, rs...)
	return withFits(at, rs, s, []frame.Frame{SpokenColumn(curves, oversight.MonitorColumn), SpokenColumn(points, oversight.MonitorColumn)})
}

// PRFrames are the frames of a figure of precision and recall.
func PRFrames(_ desk.State, at oversight.Place, rs ...*oversight.Reading) []frame.Frame {
	curves, points := oversight.PR(at, rs...)
	return []frame.Frame{SpokenColumn(curves, oversight.MonitorColumn), SpokenColumn(points, oversight.MonitorColumn)}
}

// DriftMode chooses what a drift figure shows: the true rate over the recall,
// or FalseAlarms.
const (
	DriftMode   = "monitors.left"
	FalseAlarms = "drift"
)

// FalseAlarmFrames are false positive rates over steps beside the budget.
func FalseAlarmFrames(r *oversight.Reading) []frame.Frame {
	return []frame.Frame{r.Curves(oversight.FalseAlarm)}
}

// AlarmZoom is the end of an axis on which false positive rates, their
// intervals and the budget can be told apart; 0 for the whole axis.
func AlarmZoom(f frame.Frame) float64 {
	most := 0.0
	for _, name := range []string{frame.Value, frame.Hi, oversight.UpperLimit, oversight.BudgetColumn} {
		for i := range f.Len() {
			if v, _, ok := f.Num(name, i); ok && v > most {
				most = v
			}
		}
	}
	for _, end := range []float64{0.05, 0.1, 0.2, 0.25, 0.5} {
		if most <= end {
			return end
		}
	}
	return 0
}

// Screening says how far the benign scores of a group lie at its last step
// from those at a reference step (NaN for the first): a screening, no test of
// the monitor.
func Screening(b *oversight.Board, group string, reference float64) string {
	f := b.Drift(reference)
	row := -1
	for i := range f.Len() {
		if f.Text(oversight.ClassColumn, i) == oversight.Classes()[1] && len(f.Keys[i]) > 0 && f.Keys[i][0].Value == group {
			row = i
		}
	}
	if row < 0 {
		return ""
	}
	ks, _, ok := f.Num("ks", row)
	if !ok {
		return ""
	}
	words := []string{"KS " + charts.Logs.Text(ks, 0)}
	if p, _, ok := f.Num("ks_p", row); ok {
		words = append(words, "p "+charts.Ratio.Text(p, 0))
	}
	if psi, _, ok := f.Num("psi", row); ok {
		words = append(words, "PSI "+charts.Logs.Text(psi, 0)+stability(psi))
	}
	return "Benign scores at the last step against the first, screening only: " + strings.Join(words, ", ")
}

// stability is the usual reading of a population stability index.
func stability(psi float64) string {
	switch {
	case psi < 0.1:
		return " (little)"
	case psi < 0.25:
		return " (some)"
	}
	return " (much)"
}
