package stats_test

import (
	"witnessmark/data/stats"
)

// monitorBindings computes the reference tests about monitors, judges and
// calibration.
var monitorBindings = map[string]binding{
	"confusion_metrics":    confusionMetrics,
	"rogan_gladen":         roganGladen,
	"auroc_delong":         aurocDeLong,
	"auroc_paired_delong":  aurocPaired,
	"auprc":                auprc,
	"roc_points":           rocPoints,
	"tpr_at_fpr":           tprAtFPR,
	"threshold_choice":     thresholdChoice,
	"calibration_bins":     calibrationBins,
	"calibration_logistic": calibrationLogistic,
	"drift_tests":          driftTests,
	"hidden_rise_iut":      hiddenRise,
}

// truths reads a list of 0 and 1.
func (in inputs) truths(key string) []bool {
	values := in.nums(key)
	out := make([]bool, len(values))
	for i, v := range values {
		out[i] = v != 0
	}
	return out
}

// ranked reads labels and scores; a null score is missing.
func (in inputs) ranked() *stats.Ranked {
	r, err := stats.Rank(in.truths("label"), in.gaps("score"))
	must(err)
	return r
}

// span writes an interval as the reference does.
func span(lo, hi float64, err error) any {
	if err != nil {
		return result(0, err)
	}
	return []float64{lo, hi}
}

func confusionMetrics(in inputs) map[string]any {
	c := stats.Confusion{TP: in.int("tp"), FP: in.int("fp"), FN: in.int("fn"), TN: in.int("tn")}
	m, level := c.Metrics(), in.num("confidence")
	return map[string]any{
		"recall": quantity(m.Recall), "fpr": quantity(m.FPR), "tnr": quantity(m.TNR), "precision": quantity(m.Precision), "npv": quantity(m.NPV),
		"flag_rate": quantity(m.FlagRate), "prevalence": quantity(m.Prevalence), "accuracy": quantity(m.Accuracy), "f1": quantity(m.F1),
		"balanced_accuracy": quantity(m.BalancedAccuracy), "g_mean2": quantity(m.GMean2), "youden_j": quantity(m.YoudenJ), "mcc": quantity(m.MCC),
		"lr_plus": quantity(m.LRPlus), "g_mean2_se": quantity(m.GMean2SE),
		"recall_ci":    span(stats.RateBounds("wilson", c.TP, c.Positives(), level)),
		"fpr_ci":       span(stats.RateBounds("wilson", c.FP, c.Negatives(), level)),
		"precision_ci": span(stats.RateBounds("wilson", c.TP, c.Flagged(), level)),
	}
}

func roganGladen(in inputs) map[string]any {
	v := stats.Validation{KSe: in.int("k_se"), NSe: in.int("n_se"), KSp: in.int("k_sp"), NSp: in.int("n_sp")}
	r, err := stats.RoganGladen(in.int("x"), in.int("n"), v, in.num("confidence"))
	must(err)
	return map[string]any{
		"apparent": quantity(r.Apparent), "raw": quantity(r.Raw), "est": quantity(r.Value), "known_lower": quantity(r.KnownLo), "known_upper": quantity(r.KnownHi),
		"delta_se": quantity(r.DeltaSE), "lr_lower": quantity(r.Lo), "lr_upper": quantity(r.Hi),
	}
}

func aurocDeLong(in inputs) map[string]any {
	level := in.num("confidence")
	a, err := in.ranked().AUROC()
	if err != nil {
		none := result(0, err)
		return map[string]any{"auc": none, "delong_var": none, "lower": none, "upper": none, "logit_lower": none, "logit_upper": none, "hanley_mcneil_se": none}
	}
	lo, hi, noInterval := a.Interval(level)
	e, noLogit := a.Estimate(level)
	return map[string]any{
		"auc": a.Area, "delong_var": quantity(a.Variance), "lower": result(lo, noInterval), "upper": result(hi, noInterval),
		"logit_lower": result(e.Lo, noLogit), "logit_upper": result(e.Hi, noLogit), "hanley_mcneil_se": a.HanleyMcNeilSE(),
	}
}

func aurocPaired(in inputs) map[string]any {
	d, err := stats.PairAUROC(in.truths("label"), in.gaps("score1"), in.gaps("score2"))
	if err != nil {
		none := result(0, err)
		return map[string]any{"auc1": none, "auc2": none, "var_diff": none, "z": none, "p": none}
	}
	return map[string]any{"auc1": d.Area1, "auc2": d.Area2, "var_diff": quantity(d.Variance), "z": quantity(d.Z), "p": quantity(d.P)}
}

func auprc(in inputs) map[string]any {
	ap := in.ranked().AveragePrecision()
	return map[string]any{"ap": quantity(ap.Value), "baseline": quantity(ap.Baseline)}
}

func rocPoints(in inputs) map[string]any {
	points, err := in.ranked().ROC()
	if err != nil {
		return map[string]any{"fpr": result(0, err), "tpr": result(0, err), "threshold": result(0, err)}
	}
	var fpr, tpr, threshold []float64
	for _, p := range points {
		fpr, tpr, threshold = append(fpr, p.FPR), append(tpr, p.TPR), append(threshold, p.Threshold)
	}
	return map[string]any{"fpr": fpr, "tpr": tpr, "threshold": threshold}
}

func tprAtFPR(in inputs) map[string]any {
	r, target, level := in.ranked(), in.num("target"), 0.95
	if in.has("confidence") {
		level = in.num("confidence")
	}
	o, err := r.TPRAtFPR(target, level)
	return map[string]any{
		"tpr": result(o.Recall.Value, err), "threshold": result(o.Threshold, err), "achieved_fpr": result(o.AchievedFPR, err),
		"interp": result(r.TPRInterpolated(target)), "ci": span(o.Recall.Lo, o.Recall.Hi, err),
		"low_resolution": !r.Resolves(target), "partial_auc_mcclish": result(r.PartialAUC(target)),
	}
}

func thresholdChoice(in inputs) map[string]any {
	r := in.ranked()
	youden, noYouden := r.BestYouden()
	f1, noF1 := r.BestF1()
	cost, noCost := r.LeastCost(in.num("prevalence"), in.num("cost_fn"), in.num("cost_fp"))
	return map[string]any{
		"youden_threshold": result(youden.Threshold, noYouden), "youden_j": result(youden.Value, noYouden),
		"f1_threshold": result(f1.Threshold, noF1), "f1_max": result(f1.Value, noF1),
		"cost_threshold": result(cost.Threshold, noCost), "cost_min": result(cost.Value, noCost),
	}
}

func calibrationBins(in inputs) map[string]any {
	c, err := stats.Calibrate(in.truths("label"), in.nums("p"), in.int("bins"))
	must(err)
	bins := []any{}
	for _, b := range c.Bins {
		bins = append(bins, map[string]any{"bin": b.Bin, "count": b.Count, "mean_pred": b.MeanPredicted, "obs_rate": b.Observed})
	}
	return map[string]any{"bins": bins, "ece": quantity(c.ECE), "mce": quantity(c.MCE), "rmsce": quantity(c.RMSCE), "ece_equal_mass": quantity(c.ECEEqualMass)}
}

func calibrationLogistic(in inputs) map[string]any {
	clip := 0.0
	if in.has("eps") {
		clip = in.num("eps")
	}
	r, err := stats.Recalibrate(in.truths("label"), in.nums("p"), clip)
	must(err)
	return map[string]any{
		"intercept": quantity(r.Intercept), "slope": quantity(r.Slope), "se_slope": quantity(r.SESlope), "citl": quantity(r.InTheLarge),
		"spiegelhalter_z": quantity(r.SpiegelhalterZ), "spiegelhalter_p": quantity(r.SpiegelhalterP),
	}
}

func driftTests(in inputs) map[string]any {
	switch in.text("kind") {
	case "ks":
		t, err := stats.KolmogorovSmirnov(in.list("a"), in.list("b"))
		if err != nil {
			return map[string]any{"d": result(0, err), "p_exact": result(0, err)}
		}
		return map[string]any{"d": t.D, "p_exact": quantity(t.PExact)}
	case "psi":
		return map[string]any{"psi": result(stats.PopulationStability(in.nums("p"), in.nums("q"), in.num("eps")))}
	case "p_chart":
		lower, upper, err := stats.PChart(in.num("pbar"), in.int("n"))
		return map[string]any{"lower": result(lower, err), "upper": result(upper, err)}
	}
	s, err := stats.CUSUM(in.gaps("x"), in.num("mu0"), in.num("k"))
	must(err)
	return map[string]any{"s": s}
}

func hiddenRise(in inputs) map[string]any {
	h, err := stats.FindHiddenRise(in.nums("step"), in.ints("n"), in.ints("hacks"), in.ints("flagged_hacks"))
	must(err)
	return map[string]any{"p_rate_up": quantity(h.PRateUp), "p_recall_down": quantity(h.PRecallDown), "p_iut": quantity(h.P)}
}
