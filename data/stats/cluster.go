package stats

import "math"

// ClusterMean returns the mean of scores that come in clusters (values[c] are
// the epochs of item c, or the items of one group) with the interval
// mean ± t·SE, where SE is the bias-reduced cluster-robust CR2 and t has
// Satterthwaite's degrees of freedom. It is the default for several epochs an
// item. N counts the clusters; clusters without scores are left out.
// NotEstimable for fewer than two clusters. For passes and failures near 0 %
// or 100 %, see ClusterRate.
//
// Bell & McCaffrey (2002), Surv Methodol 28:169; Pustejovsky & Tipton (2018),
// JBES 36:672.
func ClusterMean(values [][]float64, level float64) (Estimate, error) {
	c, err := Clusters(values)
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	m, err := c.Mean.Value()
	if err != nil {
		return Estimate{}, err
	}
	se, err := c.CR2.Value()
	if err != nil {
		return Estimate{}, err
	}
	df, err := c.DF.Value()
	if err != nil {
		return Estimate{}, err
	}
	half := criticalT(level, df) * se
	e := Estimate{Value: m, Lo: m - half, Hi: m + half, Level: level, N: c.Clusters, Unit: Items, Method: "CR2 t over items"}
	if half == 0 {
		e = e.Noted("all %d items have the same mean, so the interval has no width; that is not certainty", c.Clusters)
	}
	return e, nil
}

// ClusterRate is ClusterMean for scores that are 0 or 1. Where that interval
// would leave [0, 1] it is replaced by Wilson's with the effective number of
// trials p(1 − p)/SE², and by Wilson's with the number of clusters where every
// score is the same.
//
// Korn & Graubard (1998), Surv Methodol 24:193; Dean & Pagano (2015), J Surv
// Stat Methodol 3:484.
func ClusterRate(values [][]float64, level float64) (Estimate, error) {
	for _, cluster := range values {
		for _, v := range cluster {
			if v != 0 && v != 1 {
				return Estimate{}, Because("a rate counts scores of 0 and 1, and there is a %v", v)
			}
		}
	}
	e, err := ClusterMean(values, level)
	if err != nil || (e.Lo >= 0 && e.Hi <= 1 && e.Hi > e.Lo) {
		return e, err
	}
	n, p := float64(e.N), e.Value
	if se := (e.Hi - e.Lo) / 2; se > 0 {
		c, _ := Clusters(values)
		n = p * (1 - p) / (c.CR2.value * c.CR2.value)
	}
	e.Lo, e.Hi = wilson(p, n, critical(level))
	e.Method, e.Notes = "Wilson, effective n over items", nil
	return e.Noted("counted as %.3g independent trials", n), nil
}

// A Clustering holds the standard errors of a mean of clustered scores, each
// by its own formula, with what they are compared by.
type Clustering struct {
	N, Clusters int
	Mean        Quantity
	CLT         Quantity // √(Σ(s − m)²/(n − 1)/n): every score independent
	Bernoulli   Quantity // √(m(1 − m)/n): the same for scores of 0 and 1
	Miller      Quantity // CLT² plus the products within clusters
	CR0         Quantity // √Σ(Σe)²/n
	CR1         Quantity // CR0·√(C/(C − 1)), as inspect_ai ships it
	CR2         Quantity // (1/n)·√Σ(Σe)²/(1 − n_c/n)
	DF          Quantity // Satterthwaite's degrees of freedom of CR2
	ICC         Quantity // intraclass correlation, one-way analysis of variance
	DEFF        Quantity // (CR1/CLT)²: how many dependent scores count as one
}

// Clusters computes the standard errors of the mean of clustered scores.
// Clusters without scores are left out.
//
// Miller (2024), arXiv 2411.00640, section 2.2; Donner (1986), Int Stat Rev
// 54:67, for the intraclass correlation of unequal clusters.
func Clusters(values [][]float64) (Clustering, error) {
	g, err := gather(values)
	if err != nil {
		return Clustering{}, err
	}
	c := Clustering{N: g.n, Clusters: len(g.sizes)}
	if g.n == 0 {
		none := Unknown("no scores")
		c.Mean, c.CLT, c.Bernoulli, c.Miller, c.CR0, c.CR1, c.CR2, c.DF, c.ICC, c.DEFF = none, none, none, none, none, none, none, none, none, none
		return c, nil
	}
	n := float64(g.n)
	c.Mean = Known(g.mean)
	c.Bernoulli = bernoulliSE(g.mean, n)
	c.CR0 = Known(math.Sqrt(g.between) / n)
	c.CLT = Unknown("one score has no spread")
	c.Miller = c.CLT
	if g.n > 1 {
		clt := math.Sqrt(g.total / (n - 1) / n)
		c.CLT = Known(clt)
		c.Miller = millerSE(clt, (g.between-g.total)/(n*n))
	}
	c.CR1, c.CR2, c.DF = g.robust(c.CR0)
	c.ICC = g.icc()
	c.DEFF = squaredRatio(c.CR1, c.CLT)
	return c, nil
}

func bernoulliSE(m, n float64) Quantity {
	if m < 0 || m > 1 {
		return Unknown("the mean %g is not a rate", m)
	}
	return Known(math.Sqrt(m * (1 - m) / n))
}

func millerSE(clt, within float64) Quantity {
	v := clt*clt + within
	if v < 0 {
		return Unknown("the scores within clusters differ more than chance would make them, and the variance comes out negative")
	}
	return Known(math.Sqrt(v))
}

func squaredRatio(a, b Quantity) Quantity {
	if !a.OK() {
		return a
	}
	if !b.OK() || b.value == 0 {
		return Unknown("the scores do not vary")
	}
	return Known(a.value * a.value / (b.value * b.value))
}

// A grouping is what every cluster formula needs, found in one pass.
type grouping struct {
	n       int
	mean    float64
	sizes   []float64 // scores in each cluster
	sums    []float64 // Σe of each cluster, e = score − mean
	total   float64   // Σe²
	between float64   // Σ(Σe)²
	within  float64   // Σ(score − cluster mean)²
}

func gather(values [][]float64) (grouping, error) {
	var g grouping
	var all []float64
	for _, cluster := range values {
		if err := checkFinite(cluster); err != nil {
			return g, err
		}
		all = append(all, cluster...)
	}
	if g.n = len(all); g.n == 0 {
		return g, nil
	}
	g.mean = mean(all)
	for _, cluster := range values {
		if len(cluster) > 0 {
			g.add(cluster)
		}
	}
	return g, nil
}

func (g *grouping) add(cluster []float64) {
	e := 0.0
	for _, v := range cluster {
		e += v - g.mean
		g.total += (v - g.mean) * (v - g.mean)
	}
	g.sizes = append(g.sizes, float64(len(cluster)))
	g.sums = append(g.sums, e)
	g.between += e * e
	g.within += sumSquares(cluster)
}

// robust returns CR1, CR2 and the degrees of freedom of the latter. With
// a_c = n_c²/(n³(1 − n_c/n)), the off-diagonal of W = G'G squares to a_c·a_d,
// so that tr(W²) needs one pass over the clusters.
func (g *grouping) robust(cr0 Quantity) (cr1, cr2, df Quantity) {
	clusters, n := float64(len(g.sizes)), float64(g.n)
	if clusters < 2 {
		one := Unknown("one cluster: an interval over clusters needs two or more")
		return one, one, one
	}
	var meat, trace, squares, a, a2 float64
	for c, size := range g.sizes {
		rest := 1 - size/n
		meat += g.sums[c] * g.sums[c] / rest
		trace += size / (n * n)
		squares += size * size / (n * n * n * n)
		ac := size * size / (n * n * n * rest)
		a += ac
		a2 += ac * ac
	}
	cr1 = cr0.then(func(v float64) float64 { return v * math.Sqrt(clusters/(clusters-1)) })
	return cr1, Known(math.Sqrt(meat) / n), Known(trace * trace / (squares + a*a - a2))
}

func (g *grouping) icc() Quantity {
	clusters, n := float64(len(g.sizes)), float64(g.n)
	if clusters < 2 {
		return Unknown("one cluster has nothing to be compared with")
	}
	if n == clusters {
		return Unknown("every cluster has one score, so that nothing is seen within one")
	}
	squares := 0.0
	for _, size := range g.sizes {
		squares += size * size
	}
	between := (g.total - g.within) / (clusters - 1)
	within := g.within / (n - clusters)
	n0 := (n - squares/n) / (clusters - 1)
	if g.total == 0 {
		return Unknown("the scores do not vary")
	}
	return Known((between - within) / (between + (n0-1)*within))
}
