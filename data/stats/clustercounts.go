package stats

import "math"

// ClusterCounts is ClusterRate from counts: k[c] of the n[c] scores of
// cluster c are 1. It gives the same numbers without a slice of scores, which
// a threshold that moves could not afford. Unit says what the clusters are,
// Items or Seeds. NotEstimable for fewer than two clusters with scores.
//
// Sources as for ClusterMean and ClusterRate.
func ClusterCounts(k, n []int, unit Unit, level float64) (Estimate, error) {
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	g, err := gatherCounts(k, n)
	if err != nil {
		return Estimate{}, err
	}
	if g.n == 0 {
		return Estimate{}, Because("no scores")
	}
	_, cr2, freedom := g.robust(Known(0))
	se, err := cr2.Value()
	if err != nil {
		return Estimate{}, err
	}
	df, err := freedom.Value()
	if err != nil {
		return Estimate{}, err
	}
	half := criticalT(level, df) * se
	e := Estimate{Value: g.mean, Lo: g.mean - half, Hi: g.mean + half, Level: level, N: len(g.sizes), Unit: unit, Method: "CR2 t over " + string(unit)}
	if e.Lo >= 0 && e.Hi <= 1 && half > tieTolerance {
		return e, nil
	}
	trials := float64(e.N)
	if se > tieTolerance {
		trials = g.mean * (1 - g.mean) / (se * se)
	}
	e.Lo, e.Hi = wilson(g.mean, trials, critical(level))
	e.Method = "Wilson, effective n over " + string(unit)
	return e.Noted("counted as %.3g independent trials", trials), nil
}

// gatherCounts is gather for clusters of zeros and ones; empty ones are left
// out.
func gatherCounts(k, n []int) (grouping, error) {
	var g grouping
	if err := checkLengths("counts and sizes of clusters", len(k), len(n)); err != nil {
		return g, err
	}
	ones := 0
	for c := range k {
		if err := checkCount(k[c], n[c]); err != nil {
			return g, err
		}
		ones, g.n = ones+k[c], g.n+n[c]
	}
	g.mean = float64(ones) / math.Max(1, float64(g.n))
	g.sizes, g.sums = make([]float64, 0, len(k)), make([]float64, 0, len(k))
	for c := range k {
		if n[c] == 0 {
			continue
		}
		e := float64(k[c]) - float64(n[c])*g.mean
		g.sizes, g.sums = append(g.sizes, float64(n[c])), append(g.sums, e)
		g.between += e * e
	}
	return g, nil
}
