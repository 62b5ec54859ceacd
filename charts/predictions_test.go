package charts_test

import (
	"math"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

func TestCalibration(t *testing.T) {
	num := map[string][]float64{}
	for i, n := range []float64{23, 9, 8, 4, 1} {
		k := []float64{4, 2, 4, 4, 1}[i]
		lo, hi := wilson95(k/n, n)
		for c, v := range map[string]float64{
			"forecast": []float64{0.07, 0.3, 0.52, 0.76, 0.99}[i], "value": k / n, "lo": lo, "hi": hi, "level": 0.95,
			"k": k, "n": n, "bin_lo": float64(i) / 5, "bin_hi": float64(i+1) / 5,
		} {
			num[c] = append(num[c], v)
		}
	}
	f := build(map[string][]string{"method": same(5, "Wilson interval")}, num, "method", "forecast", "value", "lo", "hi", "level", "k", "n", "bin_lo", "bin_hi")
	golden(t, "calibration", charts.Calibration(f, charts.Options{
		MeasureLabel: "share of runs that end above 50 %", XLabel: "Forecast final hack rate", Context: "45 held-out runs, from step 60", Source: "Model η = 0.135.",
	}))
}

func TestShares(t *testing.T) {
	text, num := map[string][]string{}, map[string][]float64{}
	for i, name := range []string{"Intended", "Reward-seeker", "Schemer"} {
		for step := 0; step <= 118; step++ {
			hack := 0.61 / (1 + math.Exp(-(float64(step)-88)/9))
			v := []float64{1 - hack, hack * 0.9, hack * 0.1}[i]
			text["pattern"] = append(text["pattern"], name)
			text["family"] = append(text["family"], []string{"irrelevant", "discouraging", "other"}[i])
			for c, x := range map[string]float64{"step": float64(step), "value": v, "identified": b2f(i == 0)} {
				num[c] = append(num[c], x)
			}
		}
	}
	f := build(text, num, "pattern", "family", "step", "value", "identified")
	var steps, rates []float64
	for s := 0; s <= 118; s += 2 {
		steps, rates = append(steps, float64(s)), append(rates, 1-0.45/(1+math.Exp(-(float64(s)-95)/8)))
	}
	observed := frame.Frame{Columns: []frame.Column{{Name: "step", Num: steps}, {Name: frame.Value, Num: rates}}}
	golden(t, "shares", charts.Shares(f, charts.Options{
		By: "pattern", MeasureLabel: "Predicted shares of patterns", Context: "inoculation, mean of 30 seeds", XLabel: "1 − observed hack rate",
		Source: "Formalization after Mallen & Shlegeris 2025; equations ours.",
	}, observed))
}

func TestPredictedAndForecast(t *testing.T) {
	text, num := map[string][]string{}, map[string][]float64{}
	for c, name := range conditions {
		for k, step := range []float64{60, 80, 100, 118} {
			x := [][]float64{{0.01, 0.02, 0.07, 0.14}, {0.03, 0.14, 0.35, 0.55}, {0.01, 0.02, 0.04, 0.09}}[c][k]
			y := [][]float64{{0.07, 0.18, 0.34, 0.395}, {0.01, 0.04, 0.23, 0.44}, {0.005, 0.01, 0.04, 0.07}}[c][k]
			half := 0.04 + 0.35*y
			text["condition"] = append(text["condition"], name)
			text["family"] = append(text["family"], []string{"baseline", "inoculation_specific", "discouraging"}[c])
			text["method"] = append(text["method"], "t interval over seeds")
			for col, v := range map[string]float64{"step": step, "predicted": x, "value": y, "lo": math.Max(0, y-half), "hi": y + half, "level": 0.95, "seeds": 30, "n": 38400} {
				num[col] = append(num[col], v)
			}
		}
	}
	f := build(text, num, "condition", "family", "method", "step", "predicted", "value", "lo", "hi", "level", "seeds", "n")
	for _, v := range f.Col("predicted").Num {
		num["predicted_lo"], num["predicted_hi"] = append(num["predicted_lo"], v*.7), append(num["predicted_hi"], v*1.3)
	}
	golden(t, "forecast", charts.Forecast(build(text, num, "condition", "family", "method", "step", "predicted", "predicted_lo", "predicted_hi", "value", "lo", "hi", "level", "seeds", "n"),
		charts.Options{By: "condition", MeasureLabel: "hack rate", Zoom: 0.75, Context: "mean of 30 seeds", Source: "η = 0.135."}))
	golden(t, "predicted", charts.Predicted(f, charts.Options{By: "condition", MeasureLabel: "hack rate", Zoom: 0.75, Context: "mean of 30 seeds", Source: "η = 0.135."}))
}

func TestTornado(t *testing.T) {
	f := build(map[string][]string{"prior": {"simplicity", "speed", "salience", "counting"}},
		map[string][]float64{"lo": {0.012, 0.82, 0.09, 0.01}, "hi": {0.01, 0.01, 0.01, 0.33}, "value": {0.01, 0.01, 0.01, 0.01}}, "prior", "lo", "hi", "value")
	golden(t, "tornado", charts.Tornado(f, charts.Options{MeasureLabel: "Schemer share at step 118", Source: "Priors are set by you, not fitted."}))
}

func TestMechanisms(t *testing.T) {
	f := build(
		map[string][]string{
			"contrast": {
				"Neutral prefix against none", "Desired trait under inoculation", "Pool against fixed prompt",
				"Eval prompt = train prompt", "Over-eliciting prompt",
			},
			"diff_method": same(5, "t interval over prompts"),
		},
		map[string][]float64{
			"predicts aligned instructions": {0, 0, 0, 0, 0}, "predicts persona pressure": {0, 0, 0, 0, -1}, "predicts conditionalization": {-1, -1, 1, 0, nan},
			"diff": {-64.2, -67.5, 24.9, -3.2, nan}, "diff_lo": {-73.6, -77.1, 14.8, -11.3, nan}, "diff_hi": {-54.8, -57.9, 34.9, 4.9, nan}, "level": {0.95, 0.95, 0.95, 0.95, 0.95},
		}, "contrast", "diff_method", "predicts aligned instructions", "predicts persona pressure", "predicts conditionalization", "diff", "diff_lo", "diff_hi", "level")
	f.Col("diff").Why = []string{"", "", "", "", "not run yet"}
	golden(t, "mechanisms", charts.Mechanisms(f, charts.Options{Scale: charts.ScoreScale, MeasureLabel: "Trait score, default eval", Source: "1 run a cell, intervals over 50 prompts, this run only."}))
}
