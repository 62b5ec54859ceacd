package stats_test

import (
	"witnessmark/data/stats"
)

// seedBindings computes the reference tests about seeds, clusters, epochs,
// power, resampling and pooling.
var seedBindings = map[string]binding{
	"mean_se_clustered":    clusteredMean,
	"cluster_cr2":          clusterCR2,
	"seed_t_interval":      seedInterval,
	"seed_compare":         seedCompare,
	"paired_seed_signflip": pairedSeeds,
}

func clusteredMean(in inputs) map[string]any {
	c, err := stats.Clusters(in.lists("clusters"))
	must(err)
	return map[string]any{
		"n": c.N, "clusters": c.Clusters, "mean": quantity(c.Mean), "se_clt": quantity(c.CLT), "se_bernoulli": quantity(c.Bernoulli),
		"se_miller": quantity(c.Miller), "se_cr0": quantity(c.CR0), "se_cr1": quantity(c.CR1), "icc_anova": quantity(c.ICC), "deff": quantity(c.DEFF),
	}
}

func clusterCR2(in inputs) map[string]any {
	c, err := stats.Clusters(in.lists("clusters"))
	must(err)
	return map[string]any{"se_cr2": quantity(c.CR2), "df_satt": quantity(c.DF)}
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
