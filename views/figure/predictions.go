package figure

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// The options of a State that say what is predicted, and how.
const (
	ModelOption   = "predictions.model"    // ID of a preset, or a whole model as JSON
	FitOption     = "predictions.fit"      // flag: fit η and offsets on the runs that are not held out
	HoldOutOption = "predictions.hold-out" // see predict.ParseHoldOut
	ArmOption     = "predictions.arm"      // value of By whose shares are shown
	PatternOption = "predictions.pattern"  // whose share a tornado is about
	FromOption    = "predictions.from"     // number: step from which runs are forecast
	EffectOption  = "predictions.effect"   // number: effect that mechanisms are taken to predict, in points
	ArmsOption    = "mechanisms."          // before a predict.Slot: the study's value for it
	DesiredOption = ArmsOption + string(predict.Desired)
)

// usualModel is the preset that is computed until a model is chosen.
const usualModel = "five-patterns"

// Model returns the motivation model of a state.
func Model(s desk.State) (motive.Model, error) {
	return ReadModel(s.Option(ModelOption, usualModel))
}

// ReadModel returns the preset of an ID, or the model that a text in JSON is.
func ReadModel(text string) (motive.Model, error) {
	if i := slices.IndexFunc(motive.Presets, func(p motive.Preset) bool { return p.ID == text }); i >= 0 {
		return motive.Presets[i].New(), nil
	}
	m, err := motive.Read([]byte(text))
	if err != nil {
		return m, fmt.Errorf("the motivation model is no preset: %w", err)
	}
	return m, nil
}

// Prediction is the question and the options of a state.
func Prediction(s desk.State) (predict.Question, predict.Options, error) {
	hold, err := predict.ParseHoldOut(s.Option(HoldOutOption, ""))
	q := predict.Question{Where: s.Where, Behavior: s.Measure, By: By(s)}
	return q, predict.Options{HoldOut: hold, Fit: s.Flag(FitOption, true), Level: s.Level}, err
}

// computed observes a study and lays the state's model beside it.
func computed(ctx context.Context, x *estimate.Index, s desk.State) (*predict.Observed, *predict.Computed, error) {
	m, err := Model(s)
	if err != nil {
		return nil, nil, err
	}
	q, p, err := Prediction(s)
	if err != nil {
		return nil, nil, err
	}
	o, err := predict.Observe(ctx, x, q)
	if err != nil {
		return nil, nil, err
	}
	c, err := predict.Compute(m, o, p)
	return o, c, err
}

// arm is the arm that is shown: the chosen one, else the inoculation, else
// the first.
func arm(o *predict.Observed, s desk.State) string {
	if name := s.Option(ArmOption, ""); name != "" {
		return name
	}
	i := slices.IndexFunc(o.Arms, func(a predict.ArmFacts) bool { return a.Family == "inoculation_specific" })
	return o.Arms[max(i, 0)].Name
}

func shares(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	o, c, err := computed(ctx, x, s)
	if err != nil {
		return nil, err
	}
	parts, observed := c.SharesFrame(PartsOf(s, arm(o, s)))
	if parts.Len() == 0 {
		return nil, fmt.Errorf("there are no runs of %s here", arm(o, s))
	}
	if observed == nil {
		return []frame.Frame{parts}, nil
	}
	return []frame.Frame{parts, *observed}, nil
}

func predicted(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	_, c, err := computed(ctx, x, s)
	if err != nil {
		return nil, err
	}
	return []frame.Frame{c.RatesFrame()}, nil
}

func tornado(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	o, c, err := computed(ctx, x, s)
	if err != nil {
		return nil, err
	}
	return []frame.Frame{c.TornadoFrame(arm(o, s), s.Option(PatternOption, c.Doubtful()))}, nil
}

// calibration forecasts held-out runs from one step.
func calibration(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	q, p, err := Prediction(s)
	if err != nil {
		return nil, err
	}
	o, err := predict.Observe(ctx, x, q)
	if err != nil {
		return nil, err
	}
	all, err := predict.Forecasts(o, p.HoldOut, []float64{s.Number(FromOption, origin(o))}, level(s))
	if err != nil {
		return nil, err
	}
	const bins, half = 5, .5
	return []frame.Frame{all[0].CalibrationFrame(bins, half)}, nil
}

func level(s desk.State) float64 { return query.Query{Level: s.Level}.LevelOr() }

// origin is the usual step to forecast from that lies about half way.
func origin(o *predict.Observed) float64 {
	from := o.UsualOrigins()
	if len(from) == 0 {
		return 0
	}
	return from[len(from)/2]
}

func mechanisms(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	p, err := predict.Mechanisms(ctx, x, Mechanisms(x, s))
	if err != nil {
		return nil, err
	}
	return []frame.Frame{p.Frame()}, nil
}

// Mechanisms is the question of a state on the mechanisms of inoculation. Its
// measure is the undesired act, unless it is the study's first, which is shown
// until one is chosen; then the act is guessed.
func Mechanisms(x *estimate.Index, s desk.State) predict.MechanismQuestion {
	q := predict.MechanismQuestion{Where: s.Where, Steps: s.Steps, Level: s.Level, Effect: s.Number(EffectOption, 0), Arms: predict.Arms{}}
	if all := x.Measures(); len(all) > 0 && s.Measure != "" && s.Measure != all[0].Name {
		q.Measures = []string{s.Measure}
	}
	for _, p := range predict.Places {
		if v, ok := s.Options[ArmsOption+string(p.Slot)]; ok {
			q.Arms[p.Slot] = v
		}
	}
	if desired, ok := q.Arms[predict.Desired]; ok && s.Measure != "" {
		q.Measures = []string{s.Measure, desired}
	}
	return q
}

// asShares and the others below say what the frames are.
func asShares(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.By, o.Scale, o.Roles = predict.PatternColumn, charts.RateScale, nil
	asParts(s, o, answers[0])
	o.Context = joinWords(Spoken(answers[0].Key(0, By(s))), s.Option(ContextOption, ""), noteOf(answers[0], predict.FitNote))
	o.Source = motiveSource(o.Source)
	return answers
}

func asPredicted(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	f, eval := oneEval(answers[0])
	f = withoutGrader(f, By(s))
	o.Scale, o.Baseline = charts.RateScale, ""
	o.MeasureLabel = "rate of " + Spoken(s.Measure)
	o.Context = joinWords(eval, noteOf(f, predict.FitNote))
	o.Source, o.Zoom = motiveSource(o.Source), zoom(f, predict.PredictedColumn, frame.Value, frame.Hi)
	return []frame.Frame{f}
}

func asTornado(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	f := answers[0]
	o.By, o.Scale, o.Roles = predict.PriorColumn, charts.RateScale, nil
	o.MeasureLabel = "Share of " + f.Text(predict.PatternColumn, 0)
	o.Context = joinWords(Spoken(f.Key(0, By(s))), "after the last step", "prior × 0 and × 2", noteOf(f, predict.FitNote))
	o.Source, o.Zoom = motiveSource(o.Source), zoom(f, frame.Lo, frame.Hi, frame.Value)
	return answers
}

func asCalibration(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.Scale, o.MeasureLabel, o.XLabel = charts.RateScale, "share of runs that end above 50 %", "Forecast final rate of "+Spoken(s.Measure)
	o.Context, o.Source = noteOf(answers[0], predict.FitNote), motiveSource(o.Source)
	return answers
}

func asMechanisms(s desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.By, o.Scale, o.Roles, o.Baseline = predict.ContrastColumn, charts.ScoreScale, nil, ""
	o.MeasureLabel, o.Source = noteOf(answers[0], predict.FitNote), motiveSource(o.Source)
	return answers
}

// noteOf is the text of the first note of a kind.
func noteOf(f frame.Frame, id string) string {
	for _, n := range f.Notes {
		if n.ID == id {
			return n.Text
		}
	}
	return ""
}

// oneEval keeps the rows of one evaluation and one grader: of the first whose
// prompt is not the one of training, else of the first.
func oneEval(f frame.Frame) (frame.Frame, string) {
	if f.Len() == 0 {
		return f, ""
	}
	at := 0
	for row := range f.Len() {
		if p := f.Text(data.EvalPrompt, row); p != "" && !strings.Contains(p, "train") {
			at = row
			break
		}
	}
	var rows []int
	grader, others := graderOf(f, at), false
	for row := range f.Len() {
		if f.Text(data.Eval, row) != f.Text(data.Eval, at) || f.Text(data.EvalPrompt, row) != f.Text(data.EvalPrompt, at) {
			continue
		}
		if graderOf(f, row) != grader {
			others = true
			continue
		}
		rows = append(rows, row)
	}
	words := joinWords(f.Text(data.Eval, at), f.Text(data.EvalPrompt, at))
	if others {
		words = joinWords(words, "graded by "+Spoken(grader)+" alone")
	}
	return f.Select(rows), words
}

// withoutGrader names groups without the grader that all of them have.
func withoutGrader(f frame.Frame, by string) frame.Frame {
	c := f.Col(by)
	if c == nil || severalJudges(f, c.Text) {
		return f
	}
	for row, name := range c.Text {
		c.Text[row] = strings.TrimSuffix(name, ", "+graderOf(f, row))
	}
	return f
}

func graderOf(f frame.Frame, row int) string {
	if row < len(f.Keys) {
		for _, k := range f.Keys[row] {
			if k.Field == data.Grader {
				return k.Value
			}
		}
	}
	return ""
}

// zoom is the quarter of a rate axis that holds all values of the columns, 0
// where they need all of it.
func zoom(f frame.Frame, columns ...string) float64 {
	top := 0.0
	for _, name := range columns {
		for row := range f.Len() {
			if v, _, ok := f.Num(name, row); ok {
				top = max(top, v)
			}
		}
	}
	for _, end := range []float64{.25, .5, .75} {
		if top > 0 && top < end {
			return end
		}
	}
	return 0
}

// motiveSource says whose equations they are, before where the data came from.
func motiveSource(source string) string {
	return strings.ToUpper(motive.Label[:1]) + motive.Label[1:] + ". " + source
}

func joinWords(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}
