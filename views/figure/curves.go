package figure

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/curve"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// Switches of a State about curves over checkpoints.
const (
	SmoothOption        = "checkpoints.smoothing" // weight of the moving average of seeds, 0 to below 1
	OnePanelOption      = "checkpoints.one-panel"
	RawOption           = "checkpoints.raw"    // raw values behind smoothed lines
	BandOption          = "checkpoints.band"   // a band is drawn
	HoldsOption         = "checkpoints.holds"  // where it holds: pointwise, bonferroni or sup-t
	AxisOption          = "checkpoints.x"      // step, epoch, tokens, fraction or onset
	LogStepsOption      = "checkpoints.log"    // logarithmic steps
	LogValuesOption     = "checkpoints.log-y"  // logarithmic values
	SecondMeasureOption = "checkpoints.second" // measure below the first
	SinceOption         = "checkpoints.since"  // step that changes are taken from
)

// A Switch is an option of a State, as the command line takes it.
type Switch struct{ Name, Help string }

// CurveSwitches lists the switches of charts over checkpoints.
var CurveSwitches = []Switch{
	{AxisOption, "what checkpoints are laid along: step, epoch, tokens, fraction (of the run's training) or onset (steps since it)"},
	{SinceOption, "step that changes are taken from (chart changes); the first when not given"},
	{SecondMeasureOption, "measure below the first (chart together); also the second of --measure"},
	{JudgeOption, "grader whose scores are drawn, where several scored; the one with the most steps when not given"},
	{HoldsOption, "where the band holds: pointwise, bonferroni or sup-t"},
	{SmoothOption, "weight of the debiased moving average of seeds, 0 to below 1"},
	{OnePanelOption, "true for one panel with all conditions"},
	{RawOption, "false to leave raw values out"},
	{BandOption, "false to leave bands out"},
	{LogStepsOption, "true for logarithmic steps; 0 keeps a place"},
	{LogValuesOption, "true for logarithmic values; 0 keeps a place"},
	{OnsetOption, "two parts of the scale that runs pass, such as \"0.02 0.5\": triangles mark the first, seeds are counted by the second"},
	{WindowOption, "recorded steps averaged for an onset"},
}

// sinceColumn keeps the step that changes are taken from with the answer.
const sinceColumn = "since"

// Axis is what a state lays checkpoints along.
func Axis(s desk.State) curve.Axis {
	return curve.Axis(s.Option(AxisOption, string(curve.ByStep)))
}

func holds(s desk.State) curve.Band {
	if b := curve.Band(s.Option(HoldsOption, "")); b == curve.Bonferroni || b == curve.SupT {
		return b
	}
	return curve.Pointwise
}

// linesFrames are the curves, the runs' onsets over the first threshold, and
// those over the second. A measure whose scale is not known has no onsets.
func linesFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	f, err := x.Ask(ctx, curves(s))
	if err != nil {
		return nil, err
	}
	starts, err := startsOf(ctx, x, s)
	if err != nil {
		return nil, err
	}
	return along(ctx, x, s, starts, f)
}

// togetherFrames are the curves of both measures, and the onsets of the first.
func togetherFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	if s.Option(SecondMeasureOption, "") == "" {
		return nil, fmt.Errorf("a second measure is missing; set %s to its name", SecondMeasureOption)
	}
	both, err := ask(curves, func(s desk.State) query.Query { return curves(Second(s)) })(ctx, x, s)
	if err != nil {
		return nil, err
	}
	starts, err := startsOf(ctx, x, s)
	if err != nil {
		return nil, err
	}
	return along(ctx, x, s, starts, both...)
}

// Second is the state about the second measure.
func Second(s desk.State) desk.State {
	s.Measure = s.Option(SecondMeasureOption, "")
	return s.With(JudgeOption, s.Option(SecondJudgeOption, ""))
}

// startsOf finds where each run passes both thresholds, nil where that cannot
// be said.
func startsOf(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	if len(further(s)) > 0 {
		return nil, nil
	}
	o, err := oversight.Study{Index: x}.Onsets(ctx, Onset(s))
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, nil
	}
	out := []frame.Frame{o.Starts(0), o.Starts(1)}
	if out[0].Len() == 0 {
		return nil, nil
	}
	return out, nil
}

// along lays answers along the axis that is chosen, after which come the
// onsets.
func along(ctx context.Context, x *estimate.Index, s desk.State, starts []frame.Frame, answers ...frame.Frame) ([]frame.Frame, error) {
	a := Axis(s)
	for i, f := range answers {
		notes := curve.Lengths(f)
		answers[i] = curve.Widen(f, holds(s), s.Level)
		answers[i].Notes = slices.Concat(answers[i].Notes, notes)
	}
	if a == curve.ByStep {
		return append(answers, starts...), nil
	}
	p, err := places(ctx, x, a, starts)
	if err != nil {
		return nil, err
	}
	for i, f := range answers {
		answers[i] = curve.Lay(f, p, a, s.Level).Frame
		if a == curve.SinceOnset {
			answers[i].Notes = append(answers[i].Notes, leftOut(starts[0])...)
		}
	}
	for i, f := range starts {
		starts[i] = p.Locate(f)
	}
	return append(answers, starts...), nil
}

// places says where steps lie on an axis that is not the step.
func places(ctx context.Context, x *estimate.Index, a curve.Axis, starts []frame.Frame) (curve.Places, error) {
	switch a {
	case curve.ByFraction:
		f, err := x.Runs(ctx, query.Query{})
		if err != nil {
			return nil, err
		}
		last := map[string]float64{}
		for row := range f.Len() {
			if v, _, ok := f.Num(estimate.LastColumn, row); ok {
				last[f.Text(data.Run, row)] = v
			}
		}
		return curve.Fractions(last), nil
	case curve.SinceOnset:
		if len(starts) == 0 {
			return nil, fmt.Errorf("there are no onsets to align at; the measure needs a scale, and one grouping")
		}
		return curve.Since(starts[0]), nil
	}
	var names []string
	for _, m := range x.Measures() {
		names = append(names, m.Name)
	}
	m := a.Recording(names)
	if m == "" {
		return nil, fmt.Errorf("no measure of this study says the %s of a checkpoint; %s is one of step, %s", a, AxisOption, axisNames(names))
	}
	f, err := x.Ask(ctx, query.Query{By: []string{data.Run, data.Step}, Measures: []string{m}, Units: true})
	if err != nil {
		return nil, err
	}
	return curve.Recorded(f), nil
}

func axisNames(measures []string) string {
	var out []string
	for _, a := range curve.Axes(measures)[1:] {
		out = append(out, string(a))
	}
	return strings.Join(out, ", ")
}

// leftOut notes the runs that have no onset to align at.
func leftOut(starts frame.Frame) []frame.Note {
	never := 0
	for row := range starts.Len() {
		if _, _, ok := starts.Num(data.Step, row); !ok {
			never++
		}
	}
	if never == 0 {
		return nil
	}
	return []frame.Note{{Row: -1, ID: "no-onset", Text: fmt.Sprintf("%d of %d runs have no onset and are left out of the curves aligned at it", never, starts.Len())}}
}

// changesFrames compare every step with one, within runs: paired by seed, or
// by item for a single run.
func changesFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	f, err := x.Ask(ctx, curves(s))
	if err != nil {
		return nil, err
	}
	since, err := Since(s, f)
	if err != nil {
		return nil, err
	}
	q := base(s)
	q.Where = Judged(s)
	q.By, q.Baseline, q.Pair = append([]string{data.Step, By(s)}, further(s)...), strconv.FormatFloat(since, 'g', -1, 64), s.Pair
	if f, err = x.Ask(ctx, q); err != nil {
		return nil, err
	}
	f.Notes = append(slices.DeleteFunc(slices.Clone(f.Notes), func(n frame.Note) bool { return n.ID == "unadjusted-family" || n.ID == "unequal-seeds" }), curve.Lengths(f)...)
	column := frame.Column{Name: sinceColumn, Num: make([]float64, f.Len())}
	for i := range column.Num {
		column.Num[i] = since
	}
	f.Columns = append(f.Columns, column)
	return []frame.Frame{f}, nil
}

// Since is the step that changes are taken from: the one chosen, else the
// first. The error names the nearest step where the chosen one has no record.
func Since(s desk.State, curves frame.Frame) (float64, error) {
	want, err := strconv.ParseFloat(s.Option(SinceOption, ""), 64)
	first, nearest := math.Inf(1), math.Inf(1)
	for row := range curves.Len() {
		step, bad := strconv.ParseFloat(curves.Text(data.Step, row), 64)
		if bad != nil {
			continue
		}
		first = min(first, step)
		if math.Abs(step-want) < math.Abs(nearest-want) {
			nearest = step
		}
	}
	switch {
	case math.IsInf(first, 1):
		return 0, fmt.Errorf("this measure has no steps to compare")
	case err != nil:
		return first, nil
	case nearest != want:
		return 0, fmt.Errorf("no run has a record at step %v; the nearest is step %v", want, nearest)
	}
	return want, nil
}

// ofCurves completes the options of all charts over checkpoints.
func ofCurves(s desk.State, o *charts.Options) {
	o.Smooth = s.Number(SmoothOption, 0)
	o.OnePanel = s.Flag(OnePanelOption, false)
	o.NoBand = !s.Flag(BandOption, true)
	o.NoRaw = !s.Flag(RawOption, true)
	o.LogX, o.LogY = s.Flag(LogStepsOption, false), s.Flag(LogValuesOption, false)
	q := Onset(s)
	o.Passing, o.Marking = passingText(q.Window, q.Thresholds[1], o.Scale), "first step with a "+passingText(q.Window, q.Thresholds[0], o.Scale)
	if o.Scale != charts.FreeScale {
		top := 1.0
		if o.Scale == charts.ScoreScale {
			top = 100
		}
		o.Threshold = q.Thresholds[1] * top
	}
}

func passingText(window int, share float64, scale charts.MeasureScale) string {
	mean := "raw step"
	if window > 1 {
		mean = strconv.Itoa(window) + "-step mean"
	}
	if scale == charts.ScoreScale {
		return mean + " above " + strconv.FormatFloat(share*100, 'f', -1, 64)
	}
	return mean + " above " + strconv.FormatFloat(share*100, 'f', -1, 64) + "\u00a0%"
}

// asCurves says along what the curves run.
func asCurves(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	if len(answers) == 0 {
		return answers
	}
	f := answers[0]
	if f.Col(curve.X) != nil {
		o.Step, o.Ragged = curve.X, f.Col(data.Step) == nil
		if a := Axis(s); a != curve.ByStep {
			o.Along = charts.Along(a)
		}
	}
	o.Simultaneous = holds(s) != curve.Pointwise && !o.Ragged
	if v, _, ok := f.Num(sinceColumn, 0); ok {
		o.Since = v
	}
	out := slices.Clone(answers)
	for i, f := range out {
		if f.Col(data.Run) != nil && f.Col(frame.Value) == nil {
			out[i] = drawnStarts(f, s) // the marks; the onsets after them only count
			break
		}
	}
	o.Context = byJudge(o.Context, s)
	if second := s.Option(SecondMeasureOption, ""); second != "" {
		o.SecondLabel, o.SecondScale = Words(second), scale(about.measure(second))
	}
	return out
}

// drawnStarts leaves out the onsets of hidden runs.
func drawnStarts(f frame.Frame, s desk.State) frame.Frame {
	var rows []int
	for row := range f.Len() {
		if !s.IsHidden(f.Text(data.Run, row)) {
			rows = append(rows, row)
		}
	}
	return f.Select(rows)
}

// drawing are the switches that change how curves are drawn, and not what is
// asked.
var drawing = []string{SmoothOption, OnePanelOption, RawOption, BandOption, LogStepsOption, LogValuesOption}

// Onsets is a state without what onsets do not depend on: how curves are drawn
// and along what.
func Onsets(s desk.State) desk.State {
	hidden := s.Hidden
	s = Asked(s)
	s.Hidden = hidden
	for _, name := range []string{AxisOption, HoldsOption, SinceOption} {
		delete(s.Options, name)
	}
	return s
}

// Asked is a state without what changes only the drawing: two states of which
// it is the same have the same answers.
func Asked(s desk.State) desk.State {
	s.Hidden = nil
	s.Options = maps.Clone(s.Options)
	for _, name := range drawing {
		delete(s.Options, name)
	}
	return s
}

// Curves asks for a row a group and step of the state's measure, with runs as
// units.
func Curves(ctx context.Context, x *estimate.Index, s desk.State) (frame.Frame, error) {
	return x.Ask(ctx, curves(s))
}
