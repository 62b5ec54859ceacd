package stats_test

import (
	"witnessmark/data/stats"
)

// rateBindings computes the reference tests about counts: one rate, two
// rates, pairs, families, strata, missing samples and graders.
var rateBindings = map[string]binding{
	"dist_quantiles":           distribution,
	"binom_ci":                 oneRate,
	"zero_event_upper_bound":   zeroEvents,
	"diff_two_proportions_ci":  differenceOfRates,
	"ratio_two_proportions_ci": ratioOfRates,
	"odds_ratio_ci":            oddsRatio,
	"effect_sizes_two_rates":   effectSizes,
	"two_proportion_tests":     twoRatesTests,
	"barnard_boschloo":         unconditionalTests,
	"paired_binary":            pairedBinary,
	"multiple_comparisons":     families,
	"stratified_mh":            stratified,
	"missing_bounds":           missingBounds,
	"anytime_binomial":         anytime,
	"cohens_kappa":             kappa,
}

func distribution(in inputs) map[string]any {
	a := in.list("args")
	functions := map[string]func() float64{
		"norm_ppf":  func() float64 { return stats.NormalQuantile(a[0]) },
		"norm_cdf":  func() float64 { return stats.NormalCDF(a[0]) },
		"t_ppf":     func() float64 { return stats.TQuantile(a[0], a[1]) },
		"t_cdf":     func() float64 { return stats.TCDF(a[0], a[1]) },
		"beta_ppf":  func() float64 { return stats.BetaQuantile(a[0], a[1], a[2]) },
		"beta_cdf":  func() float64 { return stats.BetaCDF(a[0], a[1], a[2]) },
		"chi2_sf":   func() float64 { return stats.ChiSquaredSurvival(a[0], a[1]) },
		"chi2_ppf":  func() float64 { return stats.ChiSquaredQuantile(a[0], a[1]) },
		"f_ppf":     func() float64 { return stats.FQuantile(a[0], a[1], a[2]) },
		"binom_cdf": func() float64 { return stats.BinomialCDF(int(a[0]), int(a[1]), a[2]) },
		"binom_sf":  func() float64 { return stats.BinomialSurvival(int(a[0]), int(a[1]), a[2]) },
		"nct_cdf":   func() float64 { return stats.NoncentralTCDF(a[0], a[1], a[2]) },
	}
	return map[string]any{"value": functions[in.text("fn")]()}
}

// methodNames maps the reference's names to those of the command line.
var methodNames = map[string]string{
	"wald": "wald", "wilson": "wilson", "wilson_cc": "wilson-cc", "agresti_coull": "agresti-coull", "clopper_pearson": "clopper-pearson",
	"jeffreys": "jeffreys", "jeffreys_bcd": "jeffreys-closed", "midp": "mid-p", "agresti_caffo": "agresti-caffo", "newcombe": "newcombe",
	"newcombe_cc": "newcombe-cc", "mee": "mee", "miettinen_nurminen": "miettinen-nurminen", "katz_log": "katz", "log_adjusted": "walter", "koopman": "koopman",
}

func oneRate(in inputs) map[string]any {
	x, n := in.int("x"), in.int("n")
	lo, hi, err := stats.RateBounds(methodNames[in.text("method")], x, n, in.number("confidence"))
	return map[string]any{"estimate": result(stats.Rate(x, n)), "lower": result(lo, err), "upper": result(hi, err)}
}

func zeroEvents(in inputs) map[string]any {
	b, err := stats.NoneOf(in.int("n"), in.number("confidence"))
	return map[string]any{"exact_one_sided": result(b.OneSided, err), "rule_of_three": result(b.Three, err), "two_sided_cp": result(b.TwoSided, err)}
}

func (in inputs) arms() (x1, n1, x2, n2 int) {
	return in.int("x1"), in.int("n1"), in.int("x2"), in.int("n2")
}

func differenceOfRates(in inputs) map[string]any {
	x1, n1, x2, n2 := in.arms()
	method, err := stats.Lookup[stats.DifferenceInterval](methodNames[in.text("method")])
	must(err)
	e, err := method(x1, n1, x2, n2, in.number("confidence"))
	return map[string]any{"estimate": result(stats.Difference(x1, n1, x2, n2)), "lower": result(e.Lo, err), "upper": result(e.Hi, err)}
}

func ratioOfRates(in inputs) map[string]any {
	x1, n1, x2, n2 := in.arms()
	lo, hi, err := stats.RatioBounds(methodNames[in.text("method")], x1, n1, x2, n2, in.number("confidence"))
	return map[string]any{"estimate": result(stats.Ratio(x1, n1, x2, n2)), "lower": result(lo, err), "upper": result(hi, err)}
}

func oddsRatio(in inputs) map[string]any {
	x1, n1, x2, n2 := in.arms()
	if in.text("method") == "haldane" {
		e, err := stats.Haldane(x1, n1, x2, n2, in.number("confidence"))
		return map[string]any{"estimate": result(e.Value, err), "lower": result(e.Lo, err), "upper": result(e.Hi, err)}
	}
	e, err := stats.Woolf(x1, n1, x2, n2, in.number("confidence"))
	return map[string]any{"estimate": result(stats.OddsRatio(x1, n1, x2, n2)), "lower": result(e.Lo, err), "upper": result(e.Hi, err)}
}

func effectSizes(in inputs) map[string]any {
	e := stats.EffectSizes(in.arms())
	return map[string]any{
		"rd": quantity(e.Difference), "cohens_h": quantity(e.CohensH), "rr": quantity(e.Ratio), "or": quantity(e.OddsRatio),
		"nnt": quantity(e.NNT), "phi": quantity(e.Phi),
	}
}

func twoRatesTests(in inputs) map[string]any {
	t, err := stats.TestTwoRates(in.arms())
	return map[string]any{"z": quantity(t.Z), "p_z": quantity(t.P), "p_yates": quantity(t.Yates), "p_fisher": result(t.Fisher, err)}
}

func unconditionalTests(in inputs) map[string]any {
	x1, n1, x2, n2 := in.arms()
	return map[string]any{"p_barnard": result(stats.Barnard(x1, n1, x2, n2)), "p_boschloo": result(stats.Boschloo(x1, n1, x2, n2))}
}

func pairedBinary(in inputs) map[string]any {
	t := stats.PairedTable{Both: in.int("a"), OnlyA: in.int("b"), OnlyB: in.int("c"), Neither: in.int("d")}
	m, err := stats.McNemar(t)
	out := map[string]any{
		"diff": result(t.Difference()), "exact_p": result(m.Exact, err), "midp": result(m.MidP, err),
		"chi2": quantity(m.ChiSquared), "chi2_p": quantity(m.P), "chi2_cc": quantity(m.Corrected), "chi2_cc_p": quantity(m.CorrectedP),
	}
	for name, interval := range map[string]stats.PairedTableInterval{
		"wald": stats.WaldPaired, "tango": stats.Tango, "newcombe": stats.NewcombePaired, "bonett_price": stats.BonettPrice,
	} {
		e, err := interval(t, in.number("confidence"))
		out[name+"_lower"], out[name+"_upper"] = result(e.Lo, err), result(e.Hi, err)
	}
	return out
}

func families(in inputs) map[string]any {
	var p []*float64
	in.into("p", &p)
	out := map[string]any{}
	for name, adjust := range map[string]stats.Adjust{
		"bonferroni": stats.Bonferroni, "holm": stats.Holm, "hochberg": stats.Hochberg, "bh": stats.BenjaminiHochberg,
		"by": stats.BenjaminiYekutieli, "sidak": stats.Sidak, "holm_sidak": stats.HolmSidak,
	} {
		out[name] = stats.AdjustKnown(p, adjust)
	}
	return out
}

func stratified(in inputs) map[string]any {
	var rows [][4]int
	in.into("strata", &rows)
	var strata []stats.Stratum
	for _, r := range rows {
		strata = append(strata, stats.Stratum{K1: r[0], N1: r[1], K2: r[2], N2: r[3]})
	}
	s, err := stats.Stratify(strata, in.level())
	must(err)
	each := []any{}
	for _, d := range s.Each {
		each = append(each, quantity(d))
	}
	return map[string]any{
		"or_mh": quantity(s.OddsRatio), "or_lower": quantity(s.Lo), "or_upper": quantity(s.Hi), "cmh_chi2": quantity(s.CMH), "cmh_p": quantity(s.P),
		"crude_rd": quantity(s.Crude), "stratum_rd": each, "rd_mh": quantity(s.Common), "simpson": s.Reversed,
	}
}

// level is the confidence of a case, 0.95 where it names none.
func (in inputs) level() float64 {
	if in.has("confidence") {
		return in.number("confidence")
	}
	return 0.95
}

func missingBounds(in inputs) map[string]any {
	x, err := stats.WorstCase(in.int("x"), in.int("n"), in.int("errors"), in.number("confidence"))
	return map[string]any{
		"complete_case": quantity(x.Complete), "as_negative": quantity(x.AsNegative), "lower": quantity(x.Lo), "upper": quantity(x.Hi),
		"outer_lower": result(x.OuterLo, err), "outer_upper": result(x.OuterHi, err),
	}
}

func anytime(in inputs) map[string]any {
	x, n := in.int("x"), in.int("n")
	lo, hi, err := stats.RateBounds("anytime", x, n, in.number("confidence"))
	return map[string]any{"log_e": result(stats.LogEvidence(x, n, in.number("p0"))), "lower": result(lo, err), "upper": result(hi, err)}
}

func kappa(in inputs) map[string]any {
	var table [][]int
	in.into("table", &table)
	k, err := stats.CohensKappa(table, in.level())
	return map[string]any{"kappa": result(k.Value, err), "se": result(k.SE, err), "lower": result(k.Lo, err), "upper": result(k.Hi, err)}
}
