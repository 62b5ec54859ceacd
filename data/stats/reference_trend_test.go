package stats_test

import (
	"errors"
	"math"

	"witnessmark/data/stats"
)

// trendBindings computes the reference tests about curves over checkpoints.
var trendBindings = map[string]binding{
	"cochran_armitage":      cochranArmitage,
	"logistic_trend":        logisticTrend,
	"isotonic":              isotonic,
	"mann_kendall_theil":    mannKendall,
	"change_point_binomial": changePoint,
	"ema":                   ema,
	"auc_curve":             areaOverSteps,
}

// gaps reads a series in which null means no value, NaN in this package.
func (in inputs) gaps(key string) []float64 {
	var figures []figure
	in.into(key, &figures)
	out := make([]float64, len(figures))
	for i, f := range figures {
		out[i] = f.v
		if !f.known {
			out[i] = math.NaN()
		}
	}
	return out
}

// nulls writes a series with gaps back.
func nulls(values []float64, err error) any {
	if err != nil {
		return result(0, err)
	}
	out := make([]any, len(values))
	for i, v := range values {
		if !math.IsNaN(v) {
			out[i] = v
		}
	}
	return out
}

func cochranArmitage(in inputs) map[string]any {
	t, err := stats.CochranArmitage(in.nums("step"), in.ints("x"), in.ints("n"))
	out := map[string]any{
		"z": result(t.Z, err), "chi2": result(t.Chi2, err), "p": result(t.P, err), "p_increase": result(t.PIncrease, err),
		"departure_chi2": nil, "departure_p": nil,
	}
	if err == nil {
		out["departure_chi2"], out["departure_p"] = quantity(t.DepartureChi2), quantity(t.DepartureP)
	}
	return out
}

func logisticTrend(in inputs) map[string]any {
	f, err := stats.LogisticTrend(in.nums("step"), in.ints("x"), in.ints("n"))
	var separated *stats.Separated
	out := map[string]any{
		"separated": errors.As(err, &separated), "b0": result(f.Intercept, err), "b1": result(f.Slope, err),
		"se0": result(f.SEIntercept, err), "se1": result(f.SESlope, err), "p_wald": result(f.PWald, err),
		"deviance": result(f.Deviance, err), "lrt": result(f.LRT, err), "phi": nil, "se1_quasi": nil,
	}
	if err == nil {
		out["phi"], out["se1_quasi"] = quantity(f.Dispersion), quantity(f.QuasiSESlope)
	}
	return out
}

func isotonic(in inputs) map[string]any {
	var increasing bool
	in.into("increasing", &increasing)
	return map[string]any{"fit": nulls(stats.Isotonic(in.nums("y"), in.nums("w"), increasing))}
}

func mannKendall(in inputs) map[string]any {
	t, err := stats.MannKendall(in.nums("step"), in.gaps("y"))
	must(err)
	return map[string]any{
		"s": t.S, "var_s": t.Variance, "z": quantity(t.Z), "p": quantity(t.P), "tau_b": quantity(t.TauB),
		"slope": quantity(t.Slope), "intercept": quantity(t.Intercept),
	}
}

func changePoint(in inputs) map[string]any {
	c, err := stats.FindChangePoint(in.ints("x"), in.ints("n"))
	if err != nil {
		none := result(0, err)
		return map[string]any{"lr": none, "k": none, "lr_max": none, "rate_before": none, "rate_after": none}
	}
	return map[string]any{"lr": c.LR, "k": c.After, "lr_max": c.LRMax, "rate_before": quantity(c.Before), "rate_after": quantity(c.Now)}
}

func ema(in inputs) map[string]any {
	y, w := in.gaps("y"), in.num("w")
	return map[string]any{"debiased": nulls(stats.EMA(y, w)), "first_init": nulls(stats.EMAFromFirst(y, w))}
}

func areaOverSteps(in inputs) map[string]any {
	a, err := stats.AreaOverSteps(in.nums("step"), in.gaps("y"))
	if err != nil {
		return map[string]any{"area": result(0, err), "mean_height": result(0, err)}
	}
	return map[string]any{"area": a.Area, "mean_height": quantity(a.MeanHeight)}
}
