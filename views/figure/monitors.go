package figure

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
)

// Switches of a State that say how monitors are judged.
const (
	TruthOption     = "monitors.truth"     // measure, or NoTruth
	ThresholdOption = "monitors.threshold" // as oversight.ParseThreshold reads it
	BudgetOption    = "monitors.budget"    // false positive rate
	GroupOption     = "monitors.group"     // the group that is looked at
	LogOption       = "monitors.log"       // logarithmic false positive rates
	EndOption       = "monitors.step"      // step of tables and ROC curves; the group's last until it is set, or AllSteps
	SecondOption    = "monitors.second"    // monitor that the first is compared with
	GroupsOption    = "monitors.by"        // field whose values are the groups; that of the state until it is set
	NoTruth         = "none"               // as a truth: none is used
	AllSteps        = "all"                // as a step: every sample
)

// Monitoring is the state with the grouping that monitors have of their own.
func Monitoring(s desk.State) desk.State {
	if by := s.Option(GroupsOption, ""); by != "" {
		s.By = []string{by}
	}
	return s
}

// Monitor returns the monitor that a state shows, the study's first until one
// is chosen; "" where there is none.
func Monitor(s desk.State, study oversight.Study) string {
	return chosen(s.Monitor, study.Names())
}

// Truth returns the measure that says what is so: the one chosen, else the
// state's measure, else the first of which more is worse; "" for none.
func Truth(s desk.State, study oversight.Study) string {
	named, all := s.Option(TruthOption, ""), study.Truths()
	switch {
	case named == NoTruth || len(all) == 0:
		return ""
	case slices.Contains(all, named):
		return named
	case slices.Contains(all, s.Measure):
		return s.Measure
	}
	for _, m := range study.Index.Measures() {
		if m.Better <= 0 && slices.Contains(all, m.Name) {
			return m.Name
		}
	}
	return all[0]
}

func chosen(name string, all []string) string {
	switch {
	case slices.Contains(all, name):
		return name
	case len(all) > 0:
		return all[0]
	}
	return ""
}

// At is the place at which a state sets monitors beside each other: a group,
// at the step that is chosen, else at the last of these.
func At(s desk.State, group string, steps []float64) oversight.Place {
	at := oversight.Place{Group: group, Step: math.NaN()}
	text := s.Option(EndOption, "")
	if text == AllSteps || len(steps) == 0 {
		return at
	}
	at.Step = steps[len(steps)-1]
	if step, err := strconv.ParseFloat(text, 64); err == nil && slices.Contains(steps, step) {
		at.Step = step
	}
	return at
}

// Watched is what a state asks of a monitor, over all steps.
func Watched(s desk.State, study oversight.Study, monitor string) oversight.Question {
	return oversight.Question{Where: s.Where, By: []string{By(s)}, Monitor: monitor, Truth: Truth(s, study)}
}

// Settings are what a state reads monitors at.
func Settings(s desk.State) (oversight.Settings, error) {
	t, err := oversight.ParseThreshold(s.Option(ThresholdOption, ""))
	return oversight.Settings{Threshold: t, Budget: s.Number(BudgetOption, 0.01), Level: s.Level}, err
}

// watch fits figures of one monitor over all steps.
func watch(show func(desk.State, *oversight.Reading) ([]frame.Frame, error)) func(context.Context, *estimate.Index, desk.State) ([]frame.Frame, error) {
	return func(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
		study := oversight.Study{Index: x}
		r, err := reading(ctx, study, s, Watched(s, study, Monitor(s, study)))
		if err != nil {
			return nil, err
		}
		return show(s, r)
	}
}

func reading(ctx context.Context, study oversight.Study, s desk.State, q oversight.Question) (*oversight.Reading, error) {
	if q.Monitor == "" {
		return nil, errors.New("the study has no monitors; import files with a score or verdict a sample, and say in the mapping which columns they are")
	}
	set, err := Settings(s)
	if err != nil {
		return nil, err
	}
	b, err := study.Board(ctx, q)
	if err != nil {
		return nil, err
	}
	r := b.Read()
	return r, r.Move(set)
}

// curvesOf fits the figures that have a curve of each monitor in a group, or
// where none is chosen, of each group by one monitor.
func curvesOf(show func(desk.State, oversight.Place, ...*oversight.Reading) []frame.Frame) func(context.Context, *estimate.Index, desk.State) ([]frame.Frame, error) {
	return func(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
		study := oversight.Study{Index: x}
		names := []string{Monitor(s, study)}
		if s.Option(GroupOption, "") != "" {
			names = study.Names()
		}
		rs, err := readings(ctx, study, s, names)
		if err != nil {
			return nil, err
		}
		return show(s, At(s, s.Option(GroupOption, ""), rs[0].Steps()), rs...), nil
	}
}

// readings reads several monitors.
func readings(ctx context.Context, study oversight.Study, s desk.State, names []string) ([]*oversight.Reading, error) {
	var out []*oversight.Reading
	for _, name := range names {
		r, err := reading(ctx, study, s, Watched(s, study, name))
		switch {
		case err != nil && name != "":
			return nil, fmt.Errorf("%s: %w", name, err)
		case err != nil:
			return nil, err
		}
		out = append(out, r)
	}
	return out, nil
}

// agreementFrames compare the first monitor with a second on the same samples.
func agreementFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	study := oversight.Study{Index: x}
	first := Monitor(s, study)
	others := slices.DeleteFunc(study.Names(), func(n string) bool { return n == first })
	if len(others) == 0 {
		return nil, errors.New("agreement needs two monitors of the same samples, and the study has fewer")
	}
	rs, err := readings(ctx, study, s, []string{first, chosen(s.Option(SecondOption, ""), others)})
	if err != nil {
		return nil, err
	}
	pairs, kappa := oversight.Agreement(At(s, s.Option(GroupOption, ""), rs[0].Steps()), rs[0], rs[1])
	return []frame.Frame{pairs, kappa}, nil
}

func byMonitor(s desk.State, o *charts.Options) {
	o.Budget, o.LogX, o.Logit = s.Number(BudgetOption, 0.01), Axes(s) == LogAxes, Axes(s) == LogitAxes
	o.MeasureLabel = ""
	if s.Option(GroupOption, "") != "" {
		o.By, o.Roles, o.Baseline = oversight.MonitorColumn, nil, ""
	}
}

func byPart(_ desk.State, o *charts.Options) {
	o.By, o.MeasureLabel, o.Scale = oversight.PartColumn, "Flag rate", charts.RateScale
}

func ofRates(_ desk.State, o *charts.Options) { o.MeasureLabel, o.Scale = "", charts.RateScale }

// asMonitors gives monitors their looks, and says where they are.
func asMonitors(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	if o.By == oversight.MonitorColumn {
		o.Roles, o.Context = MonitorRoles(about.monitors()), aboutOf(s, whereIn(answers[0], s))
	}
	return answers
}

func ofRaters(_ desk.State, o *charts.Options) {
	o.By, o.Series, o.MeasureLabel = oversight.FirstColumn, oversight.SecondColumn, ""
}

// asAgreement names both monitors.
func asAgreement(_ desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	if f := answers[1]; f.Len() > 0 {
		o.MeasureLabel, o.XLabel = Spoken(f.Text(oversight.FirstColumn, 0)), Spoken(f.Text(oversight.SecondColumn, 0))
	}
	return answers
}

// Rows keeps the rows of a frame whose column has one of the values.
func Rows(f frame.Frame, column string, values ...string) frame.Frame {
	var rows []int
	for i := range f.Len() {
		if slices.Contains(values, f.Text(column, i)) {
			rows = append(rows, i)
		}
	}
	return f.Select(rows)
}

// SpokenColumn writes the identifiers of a column as words.
func SpokenColumn(f frame.Frame, column string) frame.Frame {
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		if c.Name == column && c.Text != nil {
			f.Columns[i].Text = spoken(c.Text)
		}
	}
	return f
}

// WhyMoved is what a decomposition shows, as a title: the part that moved the
// flag rate most in the direction in which it went, or the two that cancel out.
func WhyMoved(f frame.Frame) string {
	var rise, fall, net float64
	var up, down string
	for i := range f.Len() {
		v, _, ok := f.Num(frame.Value, i)
		total, _, _ := f.Num(oversight.TotalColumn, i)
		part := f.Text(oversight.PartColumn, i)
		switch {
		case !ok || total == 1:
			continue
		case v > rise:
			rise, up = v, part
		case v < fall:
			fall, down = v, part
		}
		net += v
	}
	const little = 0.25 // of the smaller of both
	switch {
	case up == "" && down == "":
		return "Why the flag rate moved"
	case up != "" && down != "" && math.Abs(net) < little*min(rise, -fall):
		return up + " and " + strings.ToLower(down) + " cancel out in the flag rate"
	case net < 0:
		return "The flag rate falls, mostly by " + strings.ToLower(down)
	}
	return "The flag rate rises, mostly by " + strings.ToLower(up)
}
