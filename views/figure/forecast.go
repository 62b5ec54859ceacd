package figure

import (
	"context"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
)

// forecastCurves lays the state's model along training beside the runs.
func forecastCurves(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	_, c, err := computed(ctx, x, s)
	if err != nil {
		return nil, err
	}
	return []frame.Frame{c.CurveFrame()}, nil
}

func asForecast(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	out := asPredicted(s, about, o, answers)
	o.MeasureLabel, o.Zoom = "Rate of "+Spoken(s.Measure), zoom(out[0], predict.PredictedColumn, predict.PredictedHiColumn, frame.Value, frame.Hi)
	return out
}
