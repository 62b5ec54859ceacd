package stats_test

import "witnessmark/data/stats"

// predictionBindings computes the reference tests about predictions and the
// models that make them.
var predictionBindings = map[string]binding{
	"brier_murphy":             brierMurphy,
	"log_score":                logScore,
	"rate_prediction_errors":   ratePredictionErrors,
	"kendall_tau_b":            kendallTauB,
	"crps":                     crps,
	"bayes_factor_point_rates": bayesFactorPointRates,
	"bayes_factor_binomial":    bayesFactorBinomial,
	"stacking_weights":         stackingWeights,
	"paired_score_compare":     pairedScoreCompare,
	"information_weights":      informationWeights,
}

func brierMurphy(in inputs) map[string]any {
	happened := in.truths("y")
	b, err := stats.Brier(happened, in.nums("p"))
	if err != nil {
		none := result(0, err)
		return map[string]any{"bs": none, "reliability": none, "resolution": none, "uncertainty": none, "bss": none, "bss_ref": none}
	}
	return map[string]any{
		"bs": b.Score, "reliability": b.Reliability, "resolution": b.Resolution, "uncertainty": b.Uncertainty,
		"bss": quantity(b.Skill), "bss_ref": result(b.SkillAgainst(happened, in.num("p_ref"))),
	}
}

func logScore(in inputs) map[string]any {
	s, err := stats.LogLoss(in.truths("y"), in.nums("p"), in.num("eps"))
	return map[string]any{"nll": result(s.Score, err)}
}

func ratePredictionErrors(in inputs) map[string]any {
	r, err := stats.ScoreRates(in.ints("x"), in.ints("n"), in.nums("p"))
	must(err)
	return map[string]any{
		"mae": r.MAE, "rmse": r.RMSE, "bias": r.Bias, "weighted_mae": r.WeightedMAE, "pearson": quantity(r.Pearson), "spearman": quantity(r.Spearman),
		"kendall_tau_b": quantity(r.TauB), "ols_slope": quantity(r.OLSSlope), "ols_intercept": quantity(r.OLSIntercept),
		"skill_mae": quantity(r.SkillMAE), "deviance": r.Deviance, "chi2": r.Chi2, "df": r.DF,
	}
}

func kendallTauB(in inputs) map[string]any {
	k, err := stats.KendallTauB(in.nums("x"), in.nums("y"))
	must(err)
	return map[string]any{"tau_b": quantity(k.Tau), "p_exact": quantity(k.PExact), "p_asymptotic": quantity(k.PAsymptotic)}
}

func crps(in inputs) map[string]any {
	y := in.num("y")
	switch in.text("kind") {
	case "ensemble":
		return map[string]any{"crps": result(stats.CRPSEnsemble(in.nums("members"), y))}
	case "ensemble_fair":
		return map[string]any{"crps": result(stats.CRPSFair(in.nums("members"), y))}
	case "normal":
		return map[string]any{"crps": result(stats.CRPSNormal(in.num("mu"), in.num("sigma"), y))}
	case "beta":
		return map[string]any{"crps": result(stats.CRPSBeta(in.num("a"), in.num("b"), y))}
	}
	return map[string]any{"crps": result(stats.CRPSEnsemble([]float64{in.num("p")}, y))}
}

func bayesFactorPointRates(in inputs) map[string]any {
	deff := 1.0
	if in.has("deff") {
		deff = in.num("deff")
	}
	e, err := stats.WeighModels(in.ints("x"), in.ints("n"), in.rows("models"), deff)
	must(err)
	out := map[string]any{"loglik_kernel": e.LogLikelihood, "log_bf_12": result(e.LogBayesFactor(0, 1)), "posterior": nil}
	if e.Posterior != nil {
		out["posterior"] = e.Posterior
	}
	return out
}

func bayesFactorBinomial(in inputs) map[string]any {
	if in.text("kind") == "two" {
		return map[string]any{"log_bf10": result(stats.LogEvidenceApart(in.int("x1"), in.int("n1"), in.int("x2"), in.int("n2")))}
	}
	return map[string]any{"log_bf10": result(stats.LogEvidenceAgainst(in.int("x"), in.int("n"), in.num("p0"), in.num("a"), in.num("b")))}
}

func stackingWeights(in inputs) map[string]any {
	s, err := stats.Stack(in.lists("lp"))
	if err != nil {
		return map[string]any{"weights": result(0, err), "objective": result(0, err), "pseudo_bma": result(0, err)}
	}
	return map[string]any{"weights": s.Weights, "objective": s.Objective, "pseudo_bma": s.PseudoBMA}
}

func pairedScoreCompare(in inputs) map[string]any {
	var draws [][]int
	if in.has("boot_index") {
		in.into("boot_index", &draws)
	}
	level := 0.95
	if in.has("confidence") {
		level = in.num("confidence")
	}
	c, err := stats.CompareLosses(in.nums("a"), in.nums("b"), draws, level)
	if err != nil {
		none := result(0, err)
		return map[string]any{"diff": none, "se": none, "t": none, "p_t": none, "signflip_p": none, "boot_lower": none, "boot_upper": none}
	}
	return map[string]any{
		"diff": c.Difference, "se": quantity(c.SE), "t": quantity(c.T), "p_t": quantity(c.PT), "signflip_p": quantity(c.PSignFlip),
		"boot_lower": quantity(c.BootstrapLo), "boot_upper": quantity(c.BootstrapHi),
	}
}

func informationWeights(in inputs) map[string]any {
	w, err := stats.InformationWeights(in.list("ic"))
	return map[string]any{"w": nulls(w, err)}
}
