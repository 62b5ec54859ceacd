package figure

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
)

// Switches of a State that say when a measure counts as having set in.
const (
	OnsetOption  = "checkpoints.onset"  // two parts of the scale, such as "0.02 0.5"
	WindowOption = "checkpoints.window" // recorded steps averaged
)

// Onset is what a state asks of the steps at which runs take off: 2 % and half
// of the measure's scale, by means of 5 recorded steps, until others are set.
func Onset(s desk.State) oversight.OnsetQuestion {
	q := oversight.OnsetQuestion{Where: Judged(s), By: []string{By(s)}, Measure: s.Measure, Baseline: s.Baseline, Level: s.Level, Window: 5, Thresholds: []float64{0.02, 0.5}}
	if n := int(s.Number(WindowOption, 5)); n > 0 {
		q.Window = n
	}
	if t, err := thresholds(s.Option(OnsetOption, "")); err == nil {
		q.Thresholds = t
	}
	return q
}

func thresholds(text string) ([]float64, error) {
	var out []float64
	for word := range strings.FieldsSeq(text) {
		v, err := strconv.ParseFloat(word, 64)
		if err != nil || !(v > 0 && v < 1) {
			return nil, fmt.Errorf("%q is no part of a scale; it is a number between 0 and 1", word)
		}
		out = append(out, v)
	}
	if len(out) != 2 {
		return nil, fmt.Errorf("%q is not two parts of a scale", text)
	}
	return out, nil
}

// survivalFrames ask when runs pass the second threshold.
func survivalFrames(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	o, err := oversight.Study{Index: x}.Onsets(ctx, Onset(s))
	if err != nil {
		return nil, err
	}
	return []frame.Frame{o.Survival(1)}, nil
}

func ofSurvival(s desk.State, o *charts.Options) {
	o.MeasureLabel, o.Scale, o.Threshold = "", charts.RateScale, Onset(s).Thresholds[1]
	o.Context = byJudge(o.Context, s)
}
