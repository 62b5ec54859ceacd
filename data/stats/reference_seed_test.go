package stats_test

import (
	"errors"
	"math"

	"witnessmark/data/stats"
)

// seedBindings computes the reference tests about seeds, clusters, epochs,
// power, resampling and pooling.
var seedBindings = map[string]binding{
	"mean_se_clustered":      clusteredMean,
	"cluster_cr2":            clusterCR2,
	"seed_t_interval":        seedInterval,
	"seed_compare":           seedCompare,
	"paired_seed_signflip":   pairedSeeds,
	"paired_question_se":     questions,
	"epoch_variance_split":   epochSplit,
	"miller_power":           millerPower,
	"power_two_rates":        powerTwoRates,
	"mde_two_rates":          detectableRate,
	"seed_power_t":           seedPower,
	"two_level_variance":     twoLevel,
	"crossed_seed_prompt_se": crossed,
	"quantile_type7":         quantile7,
	"bootstrap_bca":          bootstrapBCa,
	"meta_analysis":          metaAnalysis,
	"design_effect_n":        designEffect,
	"simultaneous_critical":  simultaneous,
}

func clusteredMean(in inputs) map[string]any {
	c, err := stats.Clusters(in.lists("clusters"))
	return orNone(err, map[string]any{
		"n": c.N, "clusters": c.Clusters, "mean": quantity(c.Mean), "se_clt": quantity(c.CLT), "se_bernoulli": quantity(c.Bernoulli),
		"se_miller": quantity(c.Miller), "se_cr0": quantity(c.CR0), "se_cr1": quantity(c.CR1), "icc_anova": quantity(c.ICC), "deff": quantity(c.DEFF),
	})
}

func clusterCR2(in inputs) map[string]any {
	c, err := stats.Clusters(in.lists("clusters"))
	return orNone(err, map[string]any{"se_cr2": quantity(c.CR2), "df_satt": quantity(c.DF)})
}

func seedInterval(in inputs) map[string]any {
	seeds := in.list("seeds")
	e, err := stats.SeedMean(seeds, in.number("confidence"))
	sd, noSD := stats.SD(seeds)
	se, noSE := stats.SE(seeds)
	return map[string]any{
		"mean": result(stats.Mean(seeds)), "sd": result(sd, noSD), "se": result(se, noSE),
		"lower": result(e.Lo, err), "upper": result(e.Hi, err), "df": max(0, len(seeds)-1),
	}
}

// The reference takes a less b; the package takes the second less the first.
func seedCompare(in inputs) map[string]any {
	a, b := in.list("a"), in.list("b")
	e, noInterval := stats.Welch(b, a, in.number("confidence"))
	t, noT := stats.WelchT(b, a)
	pooled, noPooled := stats.PooledT(b, a)
	perm, noPerm := stats.Permutation(b, a)
	return map[string]any{
		"diff": result(stats.MeanDifference(b, a)), "t": result(t.T, noT), "df": result(t.DF, noT), "p_welch": result(t.P, noT),
		"lower": result(e.Lo, noInterval), "upper": result(e.Hi, noInterval), "p_pooled": result(pooled.P, noPooled),
		"perm_p": result(perm.P, noPerm), "perm_p_min": result(perm.Floor, noPerm), "mwu_p": result(stats.MannWhitney(b, a)),
	}
}

func pairedSeeds(in inputs) map[string]any {
	a, b := in.pairs("a", "b")
	flip, noFlip := stats.SignFlip(stats.Differences(b, a))
	t, noT := stats.PairedT(b, a)
	return map[string]any{
		"diff": result(stats.MeanDifference(b, a)), "signflip_p": result(flip.P, noFlip), "p_min": result(flip.Floor, noFlip), "p_t": result(t.P, noT),
	}
}

func questions(in inputs) map[string]any {
	a, b := in.pairs("a", "b")
	var groups []int
	if in.has("cluster") {
		groups = in.kept("cluster", "a", "b")
	}
	q, err := stats.CompareQuestions(a, b, groups)
	out := map[string]any{
		"diff": quantity(q.Diff), "se_unpaired": quantity(q.Unpaired), "se_paired": quantity(q.Paired), "corr": quantity(q.Correlation),
		"z": quantity(q.Z), "p_z": quantity(q.PZ), "p_t": quantity(q.PT),
	}
	if c := q.Clustered; c != nil {
		out["se_paired_clustered"], out["se_paired_cr1"], out["p_t_clustered"] = quantity(c.Miller), quantity(c.CR1), quantity(c.PT)
	}
	return orNone(err, out)
}

func epochSplit(in inputs) map[string]any {
	s, err := stats.SplitEpochs(in.lists("scores"))
	out := map[string]any{
		"mean": quantity(s.Mean), "within": quantity(s.Within), "between_total": quantity(s.Between), "omega2": quantity(s.Omega2),
		"se_mean": quantity(s.SE), "fraction_within": quantity(s.NoiseShare), "se_if_k": nil,
	}
	if s.SEAt(1).OK() {
		out["se_if_k"] = map[string]any{
			"1": quantity(s.SEAt(1)), "5": quantity(s.SEAt(5)), "20": quantity(s.SEAt(20)), "inf": quantity(s.SEAt(math.Inf(1))),
		}
	}
	return orNone(err, out)
}

func millerPower(in inputs) map[string]any {
	plan := stats.MillerPlan{
		Omega2: in.number("omega2"), Sigma2A: in.number("sigma2_a"), Sigma2B: in.number("sigma2_b"), KA: in.number("k_a"), KB: in.number("k_b"),
	}
	n, err := plan.Items(in.number("alpha"), in.number("beta"), in.number("delta"))
	out := map[string]any{"n": result(n, err), "n_ceil": nil}
	if err == nil {
		whole, err := stats.WholeUp(n)
		out["n_ceil"] = result(float64(whole), err)
	}
	if in.has("n_for_mde") {
		out["mde_at_n"] = result(plan.Detectable(in.number("alpha"), in.number("beta"), in.number("n_for_mde")))
	}
	return out
}

func powerTwoRates(in inputs) map[string]any {
	p1, p2, alpha := in.number("p1"), in.number("p2"), in.number("alpha")
	plan, err := stats.PlanRates(p1, p2, alpha, in.number("power"))
	return orNone(err, map[string]any{
		"n_pooled": quantity(plan.Pooled), "n_unpooled": quantity(plan.Unpooled), "n_h": quantity(plan.ByH),
		"power_at": result(stats.RatesPower(p1, p2, in.number("n_for_power"), alpha)),
	})
}

func detectableRate(in inputs) map[string]any {
	p1 := in.number("p1")
	p2, err := stats.DetectableRate(p1, in.number("n"), in.number("alpha"), in.number("power"))
	return map[string]any{"p2": result(p2, err), "mde": result(p2-p1, err)}
}

func seedPower(in inputs) map[string]any {
	k, alpha := in.int("seeds"), in.number("alpha")
	return map[string]any{
		"power": result(stats.SeedPower(k, in.number("d"), alpha)), "mde_d_power80": result(stats.DetectableBySeeds(k, alpha, 0.8)),
	}
}

func twoLevel(in inputs) map[string]any {
	t, err := stats.SeedVariance(in.lists("data"), in.number("confidence"))
	return orNone(err, map[string]any{
		"mean": quantity(t.Mean), "ms_between": quantity(t.MSBetween), "ms_within": quantity(t.MSWithin), "var_seed": quantity(t.Seed),
		"var_resid": quantity(t.Residual), "icc": quantity(t.ICC), "se": quantity(t.SE), "df": t.DF, "lower": quantity(t.Lo), "upper": quantity(t.Hi),
	})
}

func crossed(in inputs) map[string]any {
	c, err := stats.CrossSeeds(in.lists("data"))
	return orNone(err, map[string]any{
		"mean": quantity(c.Mean), "ms_seed": quantity(c.MSSeed), "ms_prompt": quantity(c.MSItem), "ms_resid": quantity(c.MSRest),
		"var_seed": quantity(c.Seed), "var_prompt": quantity(c.Item), "var_resid": quantity(c.Rest),
		"var_mean_total": quantity(c.NewItems), "var_mean_fixed_prompts": quantity(c.SameItems),
	})
}

func quantile7(in inputs) map[string]any {
	x, q := in.list("x"), []any{}
	for _, p := range in.list("p") {
		q = append(q, result(stats.Quantile(x, p)))
	}
	return map[string]any{"q": q}
}

func bootstrapBCa(in inputs) map[string]any {
	x := in.list("x")
	theta, noTheta := stats.Mean(x)
	b, err := stats.Replicates(theta, in.list("replicates"), stats.JackknifeMeans(x), in.number("confidence"))
	return orNone(err, map[string]any{
		"theta": result(theta, noTheta), "se": quantity(b.SE), "pct_lower": quantity(b.PercentileLo), "pct_upper": quantity(b.PercentileHi),
		"basic_lower": quantity(b.BasicLo), "basic_upper": quantity(b.BasicHi), "z0": quantity(b.Bias), "accel": quantity(b.Acceleration),
		"bca_lower": quantity(b.BCaLo), "bca_upper": quantity(b.BCaHi),
	})
}

func metaAnalysis(in inputs) map[string]any {
	y, v := in.pairs("y", "v")
	p, err := stats.Pool(y, v, in.number("confidence"))
	out := map[string]any{}
	for key, q := range map[string]stats.Quantity{
		"fe": p.Fixed, "fe_se": p.FixedSE, "q": p.Q, "q_p": p.QP, "tau2": p.Tau2, "i2": p.I2, "re": p.Random, "re_se": p.RandomSE,
		"hksj_se": p.HKSJ, "hksj_lower": p.Lo, "hksj_upper": p.Hi,
	} {
		v, unknown := q.Value()
		out[key] = result(v, errors.Join(err, unknown))
	}
	return out
}

func designEffect(in inputs) map[string]any {
	deff, n := stats.EffectiveN(in.number("n"), in.number("m"), in.number("icc"))
	seeds, err := stats.SeedsFor(in.number("var_seed_mean"), in.number("se_target"))
	return map[string]any{"deff": deff, "n_eff": quantity(n), "seeds": result(float64(seeds), err)}
}

func simultaneous(in inputs) map[string]any {
	c, err := stats.Simultaneous(in.number("alpha"), in.int("m"), in.number("df"), in.int("p"))
	return orNone(err, map[string]any{
		"pointwise_z": c.Pointwise, "bonferroni_z": c.Bonferroni, "sidak_z": c.Sidak, "working_hotelling": c.WorkingHotelling,
		"bonferroni_t": quantity(c.BonferroniT),
	})
}
