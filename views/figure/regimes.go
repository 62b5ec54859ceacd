package figure

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// Switches of the figures about regimes of the chain of thought.
const (
	LevelOption      = "monitors.level-field" // ordered field of runs; oversight.RegimeLevel until it is chosen
	CapabilityOption = "monitors.capability"  // measure that monitorability may be paid for with
	WithoutOption    = "monitors.with"        // field whose runs are compared with and without it
)

// LevelField is the ordered field that runs are compared by.
func LevelField(s desk.State) string { return s.Option(LevelOption, oversight.RegimeLevel) }

// NoLevels says that no run names the field, and what to do.
func NoLevels(field string) string {
	return "Not in this study: runs name no " + field + "; map a column or setting to it when files are imported, with 1, 2, 3, 3.9 or 4"
}

// Capability is the measure that monitorability is weighed against: the one
// chosen, else the first of which more is better, else the first that is no
// truth; "" for none.
func Capability(s desk.State, study oversight.Study) string {
	truth, named := Truth(s, study), s.Option(CapabilityOption, "")
	all := Capabilities(study)
	if slices.Contains(all, named) {
		return named
	}
	for _, m := range study.Index.Measures() {
		if m.Better > 0 && slices.Contains(all, m.Name) {
			return m.Name
		}
	}
	for _, name := range all {
		if name != truth {
			return name
		}
	}
	return ""
}

// Capabilities lists the measures that are no monitor's.
func Capabilities(study oversight.Study) []string {
	var out []string
	for _, m := range study.Index.Measures() {
		if m.Monitor == "" {
			out = append(out, m.Name)
		}
	}
	return out
}

// levelFrames ask for monitorability and capability over an ordered field.
func levelFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	study := oversight.Study{Index: x}
	if !slices.ContainsFunc(x.Fields(), func(f estimate.Field) bool { return f.Name == LevelField(s) }) {
		return nil, errors.New(NoLevels(LevelField(s)))
	}
	q, set, err := atEnd(ctx, study, s)
	if err != nil {
		return nil, err
	}
	levels, trends, err := study.Levels(ctx, q, set, LevelField(s), Capability(s, study))
	return []frame.Frame{levels, trends}, err
}

// atEnd is what a state asks of its monitor at the step that is looked at: the
// one chosen, else the last of each run. A threshold that is frozen at another
// step is worked out there.
func atEnd(ctx context.Context, study oversight.Study, s desk.State) (oversight.Question, oversight.Settings, error) {
	set, err := Settings(s)
	q := Watched(s, study, Monitor(s, study))
	if err != nil || q.Monitor == "" {
		return q, set, cmp.Or(err, errors.New("monitorability needs a monitor, and the study has none"))
	}
	if strings.HasPrefix(set.Threshold.String(), "frozen:") {
		r, err := reading(ctx, study, s, q)
		if err != nil {
			return q, set, err
		}
		if at, ok := r.InUse(); ok {
			set.Threshold = oversight.At(at)
		}
	}
	q.Steps = endOf(s)
	return q, set, nil
}

// endOf is the window of the steps that are looked at.
func endOf(s desk.State) query.Window {
	text := s.Option(EndOption, "")
	step, err := strconv.ParseFloat(text, 64)
	switch {
	case text == AllSteps:
		return query.Window{}
	case err == nil:
		return query.At(step)
	case !s.Steps.IsZero():
		return s.Steps
	}
	return query.Last(1)
}

// Sides compares the runs with and without what a contrast names.
func Sides(ctx context.Context, study oversight.Study, s desk.State, set *column.Set, c oversight.Contrast) (oversight.Contrast, frame.Frame, error) {
	q, how, err := atEnd(ctx, study, s)
	if err != nil {
		return c, frame.Frame{}, err
	}
	c.Capability = Capability(s, study)
	q.By = within(set, c.Field)
	f, err := study.Contrast(ctx, q, how, c)
	return c, f, err
}

// asLevels names the axis and the scale of the capability.
func asLevels(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.XLabel, o.MeasureLabel = levelName(LevelField(s)), ""
	o.Context = Spoken(s.Monitor)
	for i := range answers[0].Len() {
		if m := about.measure(answers[0].Text(frame.Measure, i)); m.Monitor == "" && m.Name != string(oversight.GMean2) {
			o.Scale = scale(m)
		}
	}
	return []frame.Frame{SpokenColumn(answers[0], frame.Measure), SpokenColumn(answers[1], frame.Measure)}
}

func levelName(field string) string {
	if field == oversight.RegimeLevel {
		return "CoT regime level"
	}
	return Words(field)
}

// taxFrames ask for the capability and the monitorability of each group, at
// the same step.
func taxFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	study := oversight.Study{Index: x}
	r, err := reading(ctx, study, s, Watched(s, study, Monitor(s, study)))
	if err != nil {
		return nil, err
	}
	return TaxFrames(ctx, study, s, r)
}

// TaxFrames are the frames of a figure of the tax.
func TaxFrames(ctx context.Context, study oversight.Study, s desk.State, r *oversight.Reading) ([]frame.Frame, error) {
	capability := Capability(s, study)
	if capability == "" {
		return nil, errors.New("a tax needs a measure of capability beside the monitor, and the study has none")
	}
	at := At(s, "", r.Steps())
	q := query.Query{Where: s.Where, By: []string{By(s)}, Measures: []string{capability}, Level: s.Level, Units: true}
	if at.Step == at.Step {
		q.Steps = query.At(at.Step)
	}
	f, err := study.Index.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	return []frame.Frame{f, r.ByGroup(at, oversight.GMean2)}, nil
}

// asTax names the axes.
func asTax(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	m := estimate.Measure{}
	if answers[0].Len() > 0 {
		m = about.measure(answers[0].Text(frame.Measure, 0))
	}
	o.XLabel, o.MeasureLabel, o.Scale = Words(m.Name), string(oversight.GMean2)+" of "+Spoken(s.Monitor), charts.FreeScale
	o.OwnX, o.XScale, o.Noun = true, scale(m), strings.ToLower(Words(By(s)))
	o.Title = taxTitle(answers, Spoken(s.Baseline))
	return answers
}

// taxTitle says which groups no other beats in both.
func taxTitle(answers []frame.Frame, _ string) string {
	type place struct {
		name string
		x, y float64
	}
	var all []place
	for i := range answers[0].Len() {
		for j := range answers[1].Len() {
			x, _, okX := answers[0].Num(frame.Value, i)
			y, _, okY := answers[1].Num(frame.Value, j)
			if okX && okY && len(answers[0].Keys[i]) > 0 && len(answers[1].Keys[j]) > 0 && answers[0].Keys[i][0] == answers[1].Keys[j][0] {
				all = append(all, place{Spoken(answers[0].Keys[i][0].Value), x, y})
			}
		}
	}
	var best []string
	for _, a := range all {
		if !slices.ContainsFunc(all, func(b place) bool { return b.x >= a.x && b.y >= a.y && (b.x > a.x || b.y > a.y) }) {
			best = append(best, a.name)
		}
	}
	switch {
	case len(best) == 0:
		return "Monitorability by capability"
	case len(best) == 1:
		return "None beats " + best[0] + " in monitorability or capability"
	case len(best) <= 3:
		return "None beats " + strings.Join(best[:len(best)-1], ", ") + " and " + best[len(best)-1] + " in both"
	}
	return charts.Count(float64(len(best)), "group") + " are beaten in both by none"
}

// pairedFields are fields of runs that are compared with and without what they name,
// in the order in which they are offered.
var pairedFields = []string{"paraphraser_model", "paraphraser", "paraphrased", "face_model", "shoggoth_face", "face", "trained_against", "cot_pressure", "cot_visible_to_reward", "cot_enabled", oversight.ArmField}

// Pairings lists the comparisons with and without something that runs of a
// study allow: a field with one value, or none, on one side.
func Pairings(set *column.Set) []oversight.Contrast {
	var out []oversight.Contrast
	if set == nil {
		return nil
	}
	for _, field := range pairedFields {
		var values []string
		for _, r := range set.Runs {
			if v := r.Fields[field]; !slices.Contains(values, v) {
				values = append(values, v)
			}
		}
		if len(values) < 2 {
			continue
		}
		i := slices.IndexFunc(values, absent)
		if i < 0 {
			continue
		}
		out = append(out, oversight.Contrast{Field: field, Without: values[i]})
	}
	return out
}

// absent tells a value that says that something is not there.
func absent(v string) bool {
	return slices.Contains([]string{"", "none", "no", "false", "0", "off", "control"}, strings.ToLower(v))
}

// Pairing is the comparison that a state shows; false where there is none.
func Pairing(s desk.State, set *column.Set) (oversight.Contrast, bool) {
	all := Pairings(set)
	if len(all) == 0 {
		return oversight.Contrast{}, false
	}
	i := slices.IndexFunc(all, func(c oversight.Contrast) bool { return c.Field == s.Option(WithoutOption, "") })
	return all[max(i, 0)], true
}

// NoPairing says that no run is with or without anything, and what to do.
func NoPairing() string {
	return "Not in this study: runs name no paraphraser_model, face_model or other part that some have and others have not; map a column or setting to one when files are imported"
}

// within are the fields within which runs with and without are paired: the
// condition, where runs of one are on both sides.
func within(set *column.Set, field string) []string {
	side := map[string]bool{}
	for _, r := range set.Runs {
		name, is := r.Fields[data.Condition], absent(r.Fields[field])
		before, seen := side[name]
		if seen && before != is {
			return []string{data.Condition}
		}
		side[name] = is
	}
	return nil
}
