// Package figure turns a desk.State into a picture, in two steps: what the
// picture shows is asked of the study's index (Frames), and a chart is made of
// the answers (Picture). The window, the command line and exported files all
// go this way, so that the same state is the same figure everywhere.
//
// There are no widgets here. One entry of Kinds adds a kind of figure.
package figure

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
)

// Facts are what a figure must know of the study besides the answers.
type Facts struct {
	Study    string // name, for the source line
	Version  string // of the program
	Measures []estimate.Measure
	Roles    map[string]charts.Role // of the values of the grouping field
	Order    []string               // of those values, as the study came to know them
	Imports  Imports
	Models   string              // what was trained, where all runs agree: "grpo on Qwen3-30B-A3B-Base"; see Models
	Elicited map[string]Elicited // by value of the grouping field; see Elicited
	Judges   map[string][]string // of measures that several scored; see Judges
}

// Elicited is how often the untrained model shows the behavior under the
// prompt that a condition is trained with.
type Elicited struct{ Rate, N float64 } // N is NaN where not known

// Stated are the rates that a study states of its train prompts, by their text
// and by the conditions that were trained with them.
func Stated(prompts []store.Prompt) map[string]Elicited {
	out := map[string]Elicited{}
	for _, p := range prompts {
		if p.Role == "train" && p.ElicitationRate == p.ElicitationRate {
			for _, name := range append(slices.Clone(p.Conditions), p.Text) {
				out[name] = Elicited{Rate: p.ElicitationRate, N: p.ElicitationN}
			}
		}
	}
	return out
}

// Imports says where the numbers came from.
type Imports struct {
	Files  int
	Runs   int
	Latest string // date, 2026-11-21
	Hash   string // first hex digits of the newest file's SHA-256
	File   string // name of the newest file
}

// A Kind is a kind of figure, by the ID of its recipe in package charts.
type Kind struct {
	Recipe string
	// Frames asks the index for what the recipe draws, in its order. It
	// ends with ctx.Err when canceled.
	Frames func(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error)
	// Adjust completes the options that all kinds share; nil where there is
	// nothing to add.
	Adjust func(s desk.State, o *charts.Options)
	// Compose makes of the answers the frames that the recipe draws, and
	// fits the options to them; nil where it draws the answers as they are.
	Compose func(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame
}

// Kinds lists the figures that a state can be turned into.
func Kinds() []Kind {
	return []Kind{
		{Recipe: "dots", Frames: ask(groups), Compose: underGroups},
		{Recipe: "differences", Frames: ask(groups), Compose: underGroups},
		{Recipe: "lines", Frames: linesFrames, Adjust: ofCurves, Compose: asCurves},
		{Recipe: "changes", Frames: changesFrames, Adjust: ofCurves, Compose: asCurves},
		{Recipe: "together", Frames: togetherFrames, Adjust: ofCurves, Compose: asCurves},
		{Recipe: "survival", Frames: survivalFrames, Adjust: ofSurvival},
		{Recipe: "drift", Frames: watch(DriftFrames), Adjust: ofRates, Compose: asDrift},
		{Recipe: "caught", Frames: watch(CaughtFrames), Adjust: ofRates, Compose: asCaught},
		{Recipe: "roc", Frames: curvesOf(ROCFrames), Adjust: byMonitor, Compose: asMonitors},
		{Recipe: "pr", Frames: curvesOf(PRFrames), Adjust: byMonitor, Compose: asMonitors},
		{Recipe: "decomposition", Frames: watch(DecompositionFrames), Adjust: byPart, Compose: asDecomposition},
		{Recipe: "agreement", Frames: agreementFrames, Adjust: ofRaters, Compose: asAgreement},
		{Recipe: "patterns", Frames: patternFrames, Compose: asPatterns},
		{Recipe: "histogram", Frames: aboutPlace(Scores), Compose: asScores},
		{Recipe: "levels", Frames: levelFrames, Compose: asLevels},
		{Recipe: "tax", Frames: taxFrames, Compose: asTax},
		{Recipe: "slope", Frames: paired, Compose: slope},
		{Recipe: "matrix", Frames: cells, Compose: matrix},
		{Recipe: "scatter", Frames: clouds, Compose: scatter},
		{Recipe: "coverage", Frames: checkpoints, Compose: coverage},
		{Recipe: "power", Frames: powerCurves},
		{Recipe: "shares", Frames: shares, Compose: asShares},
		{Recipe: "predicted", Frames: predicted, Compose: asPredicted},
		{Recipe: "forecast", Frames: forecastCurves, Compose: asForecast},
		{Recipe: "calibration", Frames: calibrationOf, Compose: asCalibrationOf},
		{Recipe: "tornado", Frames: tornado, Compose: asTornado},
		{Recipe: "splits", Frames: splits, Compose: asSplits},
		{Recipe: "graph", Frames: graph, Compose: asGraph},
		{Recipe: "mechanisms", Frames: mechanisms, Compose: asMechanisms},
	}
}

// IDs are the recipes of Kinds, in order.
func IDs() []string {
	var out []string
	for _, k := range Kinds() {
		out = append(out, k.Recipe)
	}
	return out
}

func kind(recipe string) (Kind, error) {
	i := slices.IndexFunc(Kinds(), func(k Kind) bool { return k.Recipe == recipe })
	if i < 0 {
		return Kind{}, fmt.Errorf("no chart is called %q; there are %s", recipe, strings.Join(IDs(), ", "))
	}
	return Kinds()[i], nil
}

// Frames returns what the figure shows, in the order in which Picture wants
// it.
func Frames(ctx context.Context, x *estimate.Index, recipe string, s desk.State) ([]frame.Frame, error) {
	k, err := kind(recipe)
	if err != nil {
		return nil, err
	}
	return k.Frames(ctx, x, s)
}

// Picture returns the chart made of the answers. Hidden runs leave the
// picture and not the numbers.
func Picture(recipe string, s desk.State, about Facts, answers []frame.Frame) (charts.Spec, error) {
	k, err := kind(recipe)
	if err != nil {
		return charts.Spec{}, err
	}
	r, ok := charts.RecipeNamed(recipe)
	if !ok {
		return charts.Spec{}, fmt.Errorf("no chart is called %q", recipe)
	}
	o := options(s, about)
	if k.Adjust != nil {
		k.Adjust(s, &o)
	}
	shown := make([]frame.Frame, len(answers))
	for i, f := range answers {
		shown[i] = tellJudges(shaped(f, s, about), By(s), &o)
	}
	if k.Compose != nil {
		shown = k.Compose(s, about, &o, shown)
	}
	spec := r.Make(o, shown...)
	spec.Recipe = Recipe(recipe, s)
	return spec, nil
}

// ask fits figures that ask one question each time.
func ask(questions ...func(desk.State) query.Query) func(context.Context, *estimate.Index, desk.State) ([]frame.Frame, error) {
	return func(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
		var out []frame.Frame
		for _, q := range questions {
			f, err := x.Ask(ctx, q(s))
			if err != nil {
				return nil, err
			}
			out = append(out, f)
		}
		return out, nil
	}
}

// By is the field that the figure groups by, the condition until it is chosen.
func By(s desk.State) string {
	if len(s.By) > 0 {
		return s.By[0]
	}
	return data.Condition
}

// groups asks for a row a group, compared with the baseline, with units.
func groups(s desk.State) query.Query {
	q := base(s)
	q.By, q.Baseline, q.Pair = append([]string{By(s)}, further(s)...), s.Baseline, s.Pair
	return q
}

// curves asks for a row a group and step.
func curves(s desk.State) query.Query {
	q := base(s)
	q.Where, q.By = Judged(s), append([]string{By(s), data.Step}, further(s)...)
	return q
}

func further(s desk.State) []string {
	if len(s.By) > 1 {
		return s.By[1:]
	}
	if s.Facet != "" {
		return []string{s.Facet}
	}
	return nil
}

func base(s desk.State) query.Query {
	return query.Query{
		Where: s.Where, Steps: s.Steps, Measures: []string{s.Measure},
		Level: s.Level, Method: s.Method, Units: true,
	}
}

// Visible returns the frame without the units of hidden runs. Estimates stay
// as they are: hiding a run changes no number.
func Visible(f frame.Frame, s desk.State) frame.Frame {
	if len(s.Hidden) == 0 || f.Units == nil {
		return f
	}
	units := make([][]frame.Unit, len(f.Units))
	for i, u := range f.Units {
		units[i] = slices.DeleteFunc(slices.Clone(u), func(u frame.Unit) bool { return s.IsHidden(u.Run) })
	}
	f.Units = units
	return f
}

// options are the options that all figures share.
func options(s desk.State, about Facts) charts.Options {
	o := charts.Options{
		By: By(s), Baseline: Spoken(s.Baseline), Facet: s.Facet, Roles: spokenRoles(about.Roles),
		MeasureLabel: label(s), Context: about.context(s), Source: about.source(),
	}
	for _, m := range about.Measures {
		if m.Name == s.Measure {
			o.Scale = scale(m)
		}
	}
	return o
}

func scale(m estimate.Measure) charts.MeasureScale {
	switch {
	case m.Rate || m.Lo == 0 && m.Hi == 1:
		return charts.RateScale
	case m.Lo == 0 && m.Hi == 100:
		return charts.ScoreScale
	}
	return charts.FreeScale
}

// label names the measure with the steps that it is averaged over.
func label(s desk.State) string {
	name := Words(s.Measure)
	if over := s.Steps.Sentence(); name != "" && over != "" && s.Steps != (query.Window{}) {
		name += ", " + over
	}
	return name
}

// source says where the numbers came from, for the line under the chart.
func (a Facts) source() string {
	parts := []string{a.Study}
	if a.Imports.Runs > 0 {
		parts = append(parts, charts.Count(float64(a.Imports.Runs), "run"))
	}
	if a.Imports.Latest != "" {
		parts = append(parts, "imported "+a.Imports.Latest)
	}
	if a.Imports.Hash != "" {
		parts = append(parts, "sha256 "+a.Imports.Hash+"…")
	}
	parts = append(parts, strings.TrimSpace("Witnessmark "+a.Version))
	return strings.Join(slices.DeleteFunc(parts, func(p string) bool { return p == "" }), ", ")
}

// recipe is what an exported figure carries, so that it can be opened again.
type recipe struct {
	Program string     `json:"program"`
	Chart   string     `json:"chart"`
	State   desk.State `json:"state"`
}

// Recipe writes the state as the text that exported files carry.
func Recipe(chart string, s desk.State) string {
	raw, err := json.Marshal(recipe{Program: "witnessmark", Chart: chart, State: s})
	if err != nil {
		return "" // a State holds nothing that JSON cannot
	}
	return string(raw)
}

// ReadRecipe reads what Recipe wrote.
func ReadRecipe(text string) (chart string, s desk.State, err error) {
	var r recipe
	if err := json.Unmarshal([]byte(text), &r); err != nil {
		return "", s, fmt.Errorf("the file carries no recipe of this program: %w", err)
	}
	if r.State.View == "" { // drawn without a window
		r.State.View = Home(r.Chart)
	}
	return r.Chart, r.State, nil
}
