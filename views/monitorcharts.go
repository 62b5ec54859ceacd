package views

import (
	"slices"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// Switches of the panes: what each of them shows.
const (
	leftOption   = figure.DriftMode
	middleOption = "monitors.middle"
	rightOption  = "monitors.right"

	middleSum = "sum"

	rightPR          = "pr"
	rightCalibration = "calibration"
	rightScores      = "scores"
)

// A pick is one segment of a pane: the value of its switch, and its label.
type pick struct{ value, label string }

var (
	leftPicks   = []pick{{"", "Rates"}, {figure.FalseAlarms, "Drift"}}
	middlePicks = []pick{{"", "Caught"}, {middleSum, "In sum"}}
	rightPicks  = []pick{{"", "ROC"}, {rightPR, "PR"}, {rightCalibration, "Calibration"}, {rightScores, "Scores"}}
	axesPicks   = []pick{{figure.LogAxes, "Log x"}, {figure.LinearAxes, "Linear"}, {figure.LogitAxes, "Logit"}}
)

// leftSpec is the true rate over the recall, or false alarms over steps; where
// there are no steps, a rate of each group.
func (p *monitorPicture) leftSpec(about monitorFacts, s desk.State, one *oversight.Reading) charts.Spec {
	const title = "False alarms over training"
	alarms := s.Option(leftOption, "") == figure.FalseAlarms
	switch {
	case alarms && p.blind:
		return unknownTruth(title)
	case alarms && len(p.frozenAt) == 0:
		return charts.Spec{Title: title, Panels: []charts.Panel{{Empty: "Drift needs samples at several steps"}}}
	case len(p.frozenAt) == 0:
		return p.groupSpec(about, s, one)
	}
	answers, err := figure.DriftFrames(p.state, one)
	return p.draw(about, "drift", answers, err)
}

// groupSpec is a rate of every group, where there are no steps.
func (p *monitorPicture) groupSpec(about monitorFacts, s desk.State, r *oversight.Reading) charts.Spec {
	rate, label := oversight.Recall, "Recall"
	if p.blind {
		rate, label = oversight.FlagRate, "Flag rate"
	}
	f := r.ByGroup(oversight.Everywhere, rate)
	f = figure.SpokenColumn(byValue(figure.Visible(f, s)), p.by)
	o := p.options(about)
	o.MeasureLabel, o.Context = label+" of "+figure.Spoken(p.shown), "by "+lower(title(p.by))
	o.Title = p.groupFinding(f, label)
	spec := charts.Dots(f, o)
	return spec
}

// byValue puts the highest first where there are too many for an order that a
// person would know.
func byValue(f frame.Frame) frame.Frame {
	const few = 12
	rows := make([]int, f.Len())
	for i := range rows {
		rows[i] = i
	}
	if len(rows) > few {
		slices.SortStableFunc(rows, func(a, b int) int { return cmpNum(num(f, frame.Value, b), num(f, frame.Value, a)) })
	}
	return f.Select(rows)
}

func cmpNum(a, b float64) int {
	switch {
	case a < b || a != a && b == b:
		return -1
	case a > b || b != b && a == a:
		return 1
	}
	return 0
}

// groupFinding says how far groups lie apart.
func (p *monitorPicture) groupFinding(f frame.Frame, label string) string {
	lo, hi := -1, -1
	for i := range f.Len() {
		v, _, ok := f.Num(frame.Value, i)
		if !ok {
			continue
		}
		if lo < 0 || v < num(f, frame.Value, lo) {
			lo = i
		}
		if hi < 0 || v > num(f, frame.Value, hi) {
			hi = i
		}
	}
	if lo < 0 || lo == hi {
		return label + " by " + lower(title(p.by))
	}
	at := func(i int) string {
		return charts.Percent.Text(num(f, frame.Value, i), num(f, frame.N, i)) + " (" + valueLabel(f.Text(p.by, i)) + ")"
	}
	return label + " goes from " + at(lo) + " to " + at(hi)
}

// middleSpec is what goes uncaught over steps, or in sum.
func (p *monitorPicture) middleSpec(about monitorFacts, s desk.State, one *oversight.Reading) charts.Spec {
	o := p.options(about)
	o.Context = "by " + figure.Spoken(p.shown) + p.at()
	switch {
	case p.blind:
		return unknownTruth("What goes uncaught")
	case s.Option(middleOption, "") == middleSum:
		f := figure.SpokenColumn(figure.Visible(one.Uncaught(), s), p.by)
		o.MeasureLabel, o.Subject = spokenTruth(p.watch.truth)+" uncaught, mean over steps", "uncaught "+spokenTruth(p.watch.truth)
		o.Title, o.Baseline, o.Zoom = sumFinding(f, p.by, spokenTruth(p.watch.truth)), "", unitZoom(f)
		return charts.Dots(f, o)
	case len(p.frozenAt) == 0:
		return charts.Spec{Title: "What goes uncaught", Panels: []charts.Panel{{Empty: "Caught and uncaught over training need samples at several steps"}}}
	}
	answers, err := figure.CaughtFrames(p.state, one)
	return p.draw(about, "caught", answers, err)
}

// unitZoom is the end of an axis that holds every run and interval; 0 for the
// whole axis.
func unitZoom(f frame.Frame) float64 {
	zoom := figure.AlarmZoom(f)
	for _, units := range f.Units {
		for _, u := range units {
			for zoom != 0 && u.Value > zoom {
				if zoom *= 2; zoom >= 0.8 {
					zoom = 0
				}
			}
		}
	}
	return zoom
}

// sumFinding names the group under which most goes uncaught.
func sumFinding(f frame.Frame, by, what string) string {
	most := -1
	for i := range f.Len() {
		if v, _, ok := f.Num(frame.Value, i); ok && (most < 0 || v > num(f, frame.Value, most)) {
			most = i
		}
	}
	if most < 0 {
		return "What goes uncaught in sum"
	}
	return "Most " + what + " goes uncaught under " + f.Text(by, most) + ", " + charts.Percent.Text(num(f, frame.Value, most), 0) + " of all samples"
}

// rightSpec is how a threshold could be chosen: the curves of all monitors, or
// the scores of the one that is shown.
func (p *monitorPicture) rightSpec(about monitorFacts, s desk.State, readings []*oversight.Reading, one *oversight.Reading) charts.Spec {
	mode := s.Option(rightOption, "")
	switch {
	case mode == rightScores || p.blind:
		return p.scoresSpec(about, s, one)
	case mode == rightCalibration:
		p.state = p.state.With(figure.CalibrationOption, figure.OfMonitor)
		return p.draw(about, "calibration", figure.Calibrated(s, p.place, one), nil)
	}
	return p.curveSpec(about, mode, readings)
}

func (p *monitorPicture) scoresSpec(about monitorFacts, s desk.State, one *oversight.Reading) charts.Spec {
	if p.scale.Verdicts {
		return charts.Spec{Title: "Scores", Panels: []charts.Panel{{Empty: upper(figure.Spoken(p.shown)) + " gave verdicts only, no scores"}}}
	}
	answers := figure.Scores(s, p.place, one)
	p.bins = answers[0]
	return p.draw(about, "histogram", answers, nil)
}

// curveSpec draws a curve of each monitor in the group.
func (p *monitorPicture) curveSpec(about monitorFacts, mode string, readings []*oversight.Reading) charts.Spec {
	recipe, frames := "roc", figure.ROCFrames
	if mode == rightPR {
		recipe, frames = "pr", figure.PRFrames
	}
	f := frames(p.state, p.place, readings...)
	spec := p.draw(about, recipe, f, nil)
	p.curves = f[0]
	for i := range spec.Panels {
		for j, l := range spec.Panels[i].Layers {
			if l.Mark == "point" {
				spec.Panels[i].Layers[j].Source = ofUse(l.Source)
			}
		}
	}
	return spec
}

// stepless drops the step of keys, which runs do not have.
func stepless(keys []frame.Key) []frame.Key {
	return slices.DeleteFunc(slices.Clone(keys), func(k frame.Key) bool { return k.Field == data.Step })
}
