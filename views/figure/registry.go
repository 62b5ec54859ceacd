package figure

import (
	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
)

// OfRegistry draws what a forecaster stated of the state's measure:
// predicted, forecast or calibration, from the frame of that chart. The figure
// carries the state, which shows the registry again.
func OfRegistry(recipe, who string, s desk.State, about Facts, f frame.Frame) charts.Spec {
	o := options(s, about)
	f = shaped(f, s, about)
	o.Baseline, o.Scale, o.Context = "", charts.RateScale, noteOf(f, predict.FitNote)
	var spec charts.Spec
	switch recipe {
	case "calibration":
		o.Subject, o.MeasureLabel, o.XLabel = "rate", "mean observed rate of "+Spoken(s.Measure), "Predicted rate"
		spec = charts.Calibration(f, o)
	case "forecast":
		one, eval := oneEval(f)
		o.Context = joinWords(eval, o.Context)
		o.MeasureLabel, o.Zoom = "Rate of "+Spoken(s.Measure), zoom(one, predict.PredictedColumn, predict.PredictedHiColumn, frame.Value, frame.Hi)
		spec = charts.Forecast(one, o)
	default:
		o.Subject = Words(who)
		o.MeasureLabel, o.Zoom = "rate of "+Spoken(s.Measure), zoom(f, predict.PredictedColumn, predict.PredictedHiColumn, frame.Value, frame.Hi)
		spec = charts.Predicted(f, o)
	}
	spec.Recipe = Recipe(recipe, s)
	return spec
}
