package figure

import (
	"context"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
)

// Switches of the figures about the scores of one monitor.
const (
	AxesOption        = "monitors.axes"  // of ROC curves: LogAxes, LinearAxes or LogitAxes
	BinsOption        = "histogram.bins" // number
	CalibrationOption = "calibration.of" // OfMonitor for the scores of a monitor; else forecasts

	LogAxes    = "log"
	LinearAxes = "linear"
	LogitAxes  = "logit"
	OfMonitor  = "monitor"
)

// Axes is how the axes of ROC curves are bent.
func Axes(s desk.State) string {
	usual := LogAxes
	if !s.Flag(LogOption, true) {
		usual = LinearAxes
	}
	return s.Option(AxesOption, usual)
}

// placeOf is where a figure of one group looks: the group chosen, else the
// first, at the step chosen, else its last.
func placeOf(s desk.State, r *oversight.Reading) oversight.Place {
	groups := r.Groups()
	i := slices.IndexFunc(groups, func(g oversight.Group) bool { return g.Name == s.Option(GroupOption, "") })
	if len(groups) == 0 {
		return oversight.Everywhere
	}
	g := groups[max(i, 0)]
	return At(s, g.Name, g.Steps)
}

// Somewhere names a place in words: "CoT pressure, step 100".
func Somewhere(at oversight.Place) string {
	name := Spoken(at.Group)
	if at.Step == at.Step {
		name = strings.TrimPrefix(name+", step "+charts.Free.Text(at.Step, 0), ", ")
	}
	return name
}

// aboutPlace fits figures of one group.
func aboutPlace(show func(desk.State, oversight.Place, *oversight.Reading) []frame.Frame) func(context.Context, *estimate.Index, desk.State) ([]frame.Frame, error) {
	return watch(func(s desk.State, r *oversight.Reading) ([]frame.Frame, error) { return show(s, placeOf(s, r), r), nil })
}

// usualBins are as many as can be told apart in a pane.
const usualBins = 20

const scaleColumn = "scale" // of scores, in words

// Scores are the frames of a histogram: scores by class, with what the classes
// are called.
func Scores(s desk.State, at oversight.Place, r *oversight.Reading) []frame.Frame {
	f := classNamed(r.Histogram(at, max(1, int(s.Number(BinsOption, usualBins)))), r.Truth)
	scale := frame.Column{Name: scaleColumn, Text: make([]string, f.Len())}
	for i := range scale.Text {
		scale.Text[i] = r.Scale.String()
	}
	f.Columns = append(f.Columns, scale)
	return []frame.Frame{f}
}

// Classes says what the classes of scores are called.
func Classes(truth string) map[string]string {
	all := oversight.Classes()
	name := lowerWords(truth)
	return map[string]string{all[0]: name, all[1]: "no " + name, all[2]: "no truth"}
}

// classNamed calls classes what they are.
func classNamed(f frame.Frame, truth string) frame.Frame {
	f.Columns = slices.Clone(f.Columns)
	words := Classes(truth)
	for i, c := range f.Columns {
		if c.Name != oversight.ClassColumn {
			continue
		}
		f.Columns[i].Text = make([]string, len(c.Text))
		for row, class := range c.Text {
			f.Columns[i].Text[row] = words[class]
		}
	}
	return f
}

// ClassRoles are the looks of classes: what a monitor looks for stands out.
func ClassRoles(truth string) map[string]charts.Role {
	words, all := Classes(truth), oversight.Classes()
	return map[string]charts.Role{words[all[0]]: charts.Discouraging, words[all[1]]: charts.Baseline, words[all[2]]: charts.Grey}
}

// asScores completes the options of a histogram.
func asScores(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	f := answers[0]
	truth := ""
	for i := range f.Len() {
		if c := f.Text(oversight.ClassColumn, i); c != "no truth" && !strings.HasPrefix(c, "no ") {
			truth = c
		}
	}
	o.Roles, o.MeasureLabel, o.Context = ClassRoles(truth), "Scores of "+Spoken(monitorIn(f, s)), aboutOf(s, whereIn(f, s))
	if f.Len() > 0 {
		o.XLabel = "Score, " + f.Text(scaleColumn, 0)
	}
	return answers
}

// monitorIn and whereIn are what the rows of a frame are about.
func monitorIn(f frame.Frame, s desk.State) string {
	if f.Len() > 0 && f.Text(oversight.MonitorColumn, 0) != "" {
		return f.Text(oversight.MonitorColumn, 0)
	}
	return s.Monitor
}

func whereIn(f frame.Frame, s desk.State) string {
	if len(f.Keys) == 0 {
		return ""
	}
	var words []string
	for _, k := range f.Keys[0] {
		if k.Field == By(s) {
			words = append(words, Spoken(k.Value))
		} else {
			words = append(words, k.Field+" "+k.Value)
		}
	}
	return strings.Join(words, ", ")
}

// calibrationOf dispatches to the scores of a monitor, or to forecasts.
func calibrationOf(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	if s.Option(CalibrationOption, "") == OfMonitor {
		return aboutPlace(Calibrated)(ctx, x, s)
	}
	return calibration(ctx, x, s)
}

const calibrationBins = 10

// Calibrated are the frames of a calibration of a monitor's scores.
func Calibrated(_ desk.State, at oversight.Place, r *oversight.Reading) []frame.Frame {
	return []frame.Frame{r.Calibration(at, calibrationBins)}
}

func asCalibrationOf(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	if s.Option(CalibrationOption, "") != OfMonitor {
		return asCalibration(s, about, o, answers)
	}
	o.MeasureLabel, o.XLabel, o.Subject, o.Noun, o.Scale = "Rate of positives", "Score, read as a chance", "sample", "score", charts.RateScale
	o.Context = aboutOf(s, strings.Trim(Spoken(s.Monitor)+", "+whereIn(answers[0], s), ", "))
	return answers
}
