package figure

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
)

// Columns of the row that goes with frames over training and says what they
// are about.
const (
	groupColumn  = "group"  // that is looked at
	truthColumn  = "truth"  // measure that says what is so, "" for none
	phraseColumn = "phrase" // more to be said, "" for nothing
	atColumn     = "at"     // threshold in words, "" where it is not one number
)

// Focus is the group that is looked at until one is chosen: the one whose
// hidden rise is the surest at the monitor's own verdicts, else the one with
// the most uncaught at its end, else the first.
func Focus(b *oversight.Board, level float64) string {
	r := b.Read()
	if r.Move(oversight.Settings{Level: level}) != nil {
		return ""
	}
	rises, best, name := r.HiddenRise(), 1.0, ""
	for i := range rises.Len() {
		if p, _, ok := rises.Num(frame.PHolm, i); ok && p < best && rises.Text(oversight.VerdictColumn, i) == oversight.HiddenRising {
			best, name = p, firstKey(rises, i)
		}
	}
	if name != "" {
		return name
	}
	caught, most := r.Caught(), -1.0
	for i := range caught.Len() {
		last := i+1 == caught.Len() || firstKey(caught, i+1) != firstKey(caught, i)
		if v, _, ok := caught.Num("uncaught", i); last && ok && v > most {
			most, name = v, firstKey(caught, i)
		}
	}
	if groups := r.Groups(); name == "" && len(groups) > 0 {
		name = groups[0].Name
	}
	return name
}

// firstKey is the value that a row's group has in its first field.
func firstKey(f frame.Frame, row int) string {
	if len(f.Keys) > row && len(f.Keys[row]) > 0 {
		return f.Keys[row][0].Value
	}
	return ""
}

// focusOf is the group that a state looks at.
func focusOf(s desk.State, r *oversight.Reading) string {
	chosen := s.Option(GroupOption, "")
	if slices.ContainsFunc(r.Groups(), func(g oversight.Group) bool { return g.Name == chosen }) {
		return chosen
	}
	return Focus(r.Board, s.Level)
}

// Abreast are the groups that charts over training show: the baseline and the
// one that is looked at, or both of two.
func Abreast(groups []oversight.Group, baseline, focus string) []string {
	var out []string
	for _, g := range groups {
		switch {
		case g.Name == baseline:
			out = slices.Insert(out, 0, g.Name)
		case g.Name == focus || len(groups) <= 2:
			out = append(out, g.Name)
		}
	}
	return out
}

// abreast keeps their rows.
func abreast(f frame.Frame, s desk.State, r *oversight.Reading) frame.Frame {
	return Rows(f, By(s), Abreast(r.Groups(), s.Baseline, focusOf(s, r))...)
}

// courseRow is a row that says what frames over training are about: of which
// group, at which threshold, and what the test of a hidden rise finds.
func courseRow(s desk.State, r *oversight.Reading, phrase string) frame.Frame {
	group, at, verdict := focusOf(s, r), "", ""
	if threshold, ok := r.InUse(); ok {
		at = ThresholdText(threshold, r.Scale)
	}
	if rises := Rows(r.HiddenRise(), By(s), group); rises.Len() > 0 {
		verdict = rises.Text(oversight.VerdictColumn, 0)
	}
	text := func(name, value string) frame.Column { return frame.Column{Name: name, Text: []string{value}} }
	return frame.Frame{Keys: []([]frame.Key){nil}, Columns: []frame.Column{
		text(oversight.MonitorColumn, r.Monitor), text(groupColumn, group), text(truthColumn, r.Truth),
		text(atColumn, at), text(oversight.VerdictColumn, verdict), text(phraseColumn, phrase),
	}}
}

// ThresholdText writes a threshold as finely as it is set by hand.
func ThresholdText(at float64, scale oversight.Scale) string {
	whole := at == math.Trunc(at)
	switch {
	case scale.Hi-scale.Lo <= 2 && !(whole && scale.Whole):
		return strings.Replace(strconv.FormatFloat(at, 'f', 2, 64), "-", "−", 1)
	case whole:
		return charts.Whole.Text(at, 0)
	}
	return charts.Free.Text(at, 0)
}

// judging names the monitor of such a row and its threshold.
func judging(told frame.Frame) string {
	text := Spoken(told.Text(oversight.MonitorColumn, 0))
	if at := told.Text(atColumn, 0); at != "" {
		text += ", threshold " + at
	}
	return text
}

// frozenColumn adds the step at which the threshold was frozen.
func frozenColumn(f frame.Frame, r *oversight.Reading) frame.Frame {
	step, ok := FrozenStep(r.Threshold)
	if !ok {
		return f
	}
	c := frame.Column{Name: "frozen", Num: make([]float64, f.Len())}
	for i := range c.Num {
		c.Num[i] = step
	}
	f.Columns = append(slices.Clone(f.Columns), c)
	return f
}

const frozenPrefix = "frozen:"

// FrozenStep is the step at which a threshold is frozen, if it is.
func FrozenStep(t oversight.Threshold) (float64, bool) {
	rest, ok := strings.CutPrefix(t.String(), frozenPrefix)
	if !ok {
		return 0, false
	}
	step, err := strconv.ParseFloat(rest, 64)
	return step, err == nil
}

var (
	errNoSteps = errors.New("a chart over training needs samples with a step, and these have none; the Monitors view and the command monitors list a rate of each group")
	errNoTruth = errors.New("nothing says which samples are true; choose a ground truth, or label some flagged and some unflagged samples")
)

// CaughtFrames split what is true of the samples into what the monitor flags
// and what it does not, over steps.
func CaughtFrames(s desk.State, r *oversight.Reading) ([]frame.Frame, error) {
	switch {
	case r.Truth == "":
		return nil, errNoTruth
	case len(r.Steps()) == 0:
		return nil, errNoSteps
	}
	return []frame.Frame{abreast(r.Caught(), s, r), courseRow(s, r, "")}, nil
}

// DriftFrames show the true rate over the recall with what goes uncaught, or
// the flag rate where nothing says what is true, or false alarms beside their
// budget.
func DriftFrames(s desk.State, r *oversight.Reading) ([]frame.Frame, error) {
	switch alarms := s.Option(DriftMode, "") == FalseAlarms; {
	case alarms && r.Truth == "":
		return nil, errNoTruth
	case len(r.Steps()) == 0:
		return nil, errNoSteps
	case alarms:
		f := abreast(FalseAlarmFrames(r)[0], s, r)
		return []frame.Frame{frozenColumn(f, r), {}, courseRow(s, r, Screening(r.Board, focusOf(s, r), math.NaN()))}, nil
	case r.Truth == "":
		return []frame.Frame{abreast(r.Curves(oversight.FlagRate), s, r), {}, courseRow(s, r, "")}, nil
	}
	f := frozenColumn(abreast(r.Curves(oversight.TrueRate, oversight.Recall), s, r), r)
	return []frame.Frame{f, Rows(r.Caught(), By(s), focusOf(s, r)), courseRow(s, r, "")}, nil
}

// DecompositionFrames explain how the flag rate of the group moved from its
// first step, or that of freezing, to its last.
func DecompositionFrames(s desk.State, r *oversight.Reading) ([]frame.Frame, error) {
	group := focusOf(s, r)
	groups := r.Groups()
	i := slices.IndexFunc(groups, func(g oversight.Group) bool { return g.Name == group })
	switch {
	case r.Truth == "":
		return nil, errNoTruth
	case i < 0 || len(groups[i].Steps) < 2:
		return nil, errors.New("a change of the flag rate needs samples at two steps")
	}
	steps := groups[i].Steps
	from, to := steps[0], steps[len(steps)-1]
	if at, ok := FrozenStep(r.Threshold); ok && slices.Contains(steps, at) && at != to {
		from = at
	}
	return []frame.Frame{Rows(r.Decompose(from, to), By(s), group), courseRow(s, r, "")}, nil
}

// aboutOf puts what a figure is of before the filter that its samples pass.
func aboutOf(s desk.State, of string) string {
	context := filtered(s)
	if context == "" || of == "" {
		return of + context
	}
	return of + ". " + upperFirst(context)
}

// asDrift titles the figure with what it shows, and zooms in on false alarms,
// which are few.
func asDrift(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	f, told := answers[0], answers[2]
	o.Step, o.Facet, o.Context = data.Step, "", aboutOf(s, judging(told))
	if s.Option(DriftMode, "") == FalseAlarms {
		o.Title, o.Zoom = alarmFinding(f, told, By(s)), AlarmZoom(f)
		if text := told.Text(phraseColumn, 0); text != "" {
			o.Context += ". " + text
		}
		return answers[:1]
	}
	o.Title = courseFinding(told)
	return answers[:2]
}

// asCaught says what the shares are of and who judged.
func asCaught(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	told := answers[1]
	o.Step, o.Facet, o.Context = data.Step, "", aboutOf(s, "by "+judging(told))
	o.MeasureLabel = lowerWords(told.Text(truthColumn, 0)) + ", share of all samples"
	return answers[:1]
}

// asDecomposition titles the figure with what it shows.
func asDecomposition(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	told := answers[1]
	o.Title = WhyMoved(answers[0])
	o.Context = aboutOf(s, Spoken(told.Text(oversight.MonitorColumn, 0))+" under "+Spoken(told.Text(groupColumn, 0)))
	return answers[:1]
}

// courseFinding is the sentence above the true rate and the recall.
func courseFinding(told frame.Frame) string {
	group, monitor := Spoken(told.Text(groupColumn, 0)), Spoken(told.Text(oversight.MonitorColumn, 0))
	if told.Text(truthColumn, 0) == "" {
		return "Flag rate only, since no truth is chosen"
	}
	switch told.Text(oversight.VerdictColumn, 0) {
	case "":
		return "True rate and recall over training"
	case oversight.HiddenRising:
		return upperFirst(monitor) + " goes blind under " + group + " while " + lowerWords(told.Text(truthColumn, 0)) + " rises"
	case oversight.NotShown:
		return "No hidden rise is shown under " + group
	}
	return "True rate and recall under " + group
}

// alarmFinding says at how many checkpoints the false alarms are clearly over
// the budget.
func alarmFinding(f, told frame.Frame, by string) string {
	name, over, all := Spoken(told.Text(groupColumn, 0)), 0, 0
	for i := range f.Len() {
		lo, _, ok := f.Num(frame.Lo, i)
		if f.Text(by, i) != name || !ok {
			continue
		}
		all++
		if budget, _, ok := f.Num(oversight.BudgetColumn, i); ok && lo > budget {
			over++
		}
	}
	switch {
	case all == 0:
		return "False alarms under " + name
	case over == 0:
		return "False alarms under " + name + " are at no checkpoint clearly over the budget"
	}
	return "False alarms under " + name + " are over the budget at " + charts.Whole.Text(float64(over), 0) + " of " + charts.Count(float64(all), "checkpoint")
}

// upperFirst begins a sentence with a name.
func upperFirst(name string) string {
	r := []rune(name)
	if len(r) == 0 {
		return ""
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}
