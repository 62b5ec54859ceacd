package stats

import (
	"math"

	"gonum.org/v1/gonum/mathext"
	"gonum.org/v1/gonum/stat/distuv"
)

// The distribution functions every method of this package goes through, so
// that their limits are handled in one place: degrees of freedom may be
// infinite, tails are computed from their own side, and the ends of the
// probability range give the ends of the support.

// NormalCDF returns P(Z ≤ z) of the standard normal distribution. The lower
// tail keeps its relative accuracy; for an upper tail, ask for NormalCDF(−z).
func NormalCDF(z float64) float64 { return 0.5 * math.Erfc(-z/math.Sqrt2) }

// NormalQuantile returns the z with NormalCDF(z) = p, for 0 ≤ p ≤ 1.
func NormalQuantile(p float64) float64 { return distuv.UnitNormal.Quantile(p) }

// TCDF returns P(T ≤ t) of Student's t with df > 0 degrees of freedom, which
// need not be whole and may be infinite.
func TCDF(t, df float64) float64 {
	if math.IsInf(df, 1) {
		return NormalCDF(t)
	}
	if math.IsInf(t, 0) {
		return NormalCDF(t)
	}
	tail := 0.5 * mathext.RegIncBeta(df/2, 0.5, df/(df+t*t))
	if t <= 0 {
		return tail
	}
	return 1 - tail
}

// TQuantile returns the t with TCDF(t, df) = p, for 0 ≤ p ≤ 1.
func TQuantile(p, df float64) float64 {
	if math.IsInf(df, 1) || p <= 0 || p >= 1 {
		return NormalQuantile(p)
	}
	return distuv.StudentsT{Mu: 0, Sigma: 1, Nu: df}.Quantile(p)
}

// NoncentralTCDF returns P(T ≤ t) of the noncentral t distribution with df > 0
// degrees of freedom and noncentrality delta.
func NoncentralTCDF(t, df, delta float64) float64 {
	if delta == 0 {
		return TCDF(t, df)
	}
	return distuv.NoncentralT{Nu: df, Mu: delta}.CDF(t)
}

// ChiSquaredSurvival returns P(X ≥ x) of χ² with df > 0 degrees of freedom.
func ChiSquaredSurvival(x, df float64) float64 {
	if x <= 0 {
		return 1
	}
	return mathext.GammaIncRegComp(df/2, x/2)
}

// ChiSquaredQuantile returns the x with P(X ≤ x) = p of χ² with df > 0.
func ChiSquaredQuantile(p, df float64) float64 {
	return distuv.ChiSquared{K: df}.Quantile(p)
}

// FQuantile returns the x with P(X ≤ x) = p of F with d1, d2 > 0 degrees of
// freedom.
func FQuantile(p, d1, d2 float64) float64 {
	b := BetaQuantile(p, d1/2, d2/2)
	return d2 * b / (d1 * (1 - b))
}

// BetaQuantile returns the x in [0, 1] with I_x(a, b) = p, for a, b > 0.
func BetaQuantile(p, a, b float64) float64 {
	switch {
	case p <= 0:
		return 0
	case p >= 1:
		return 1
	}
	return mathext.InvRegIncBeta(a, b, p)
}

// BetaCDF returns I_x(a, b), the chance that a Beta(a, b) variable is at most
// x, for a, b > 0.
func BetaCDF(x, a, b float64) float64 {
	switch {
	case x <= 0:
		return 0
	case x >= 1:
		return 1
	}
	return mathext.RegIncBeta(a, b, x)
}

// logChoose returns ln C(n, k) for 0 ≤ k ≤ n.
func logChoose(n, k int) float64 {
	return lgamma(float64(n)+1) - lgamma(float64(k)+1) - lgamma(float64(n-k)+1)
}

func lgamma(x float64) float64 {
	v, _ := math.Lgamma(x)
	return v
}

// logBeta returns ln B(a, b) for a, b > 0.
func logBeta(a, b float64) float64 { return lgamma(a) + lgamma(b) - lgamma(a+b) }

// BinomialPMF returns P(X = k) for X ~ Binomial(n, p); 0 outside 0 … n.
func BinomialPMF(k, n int, p float64) float64 {
	switch {
	case k < 0 || k > n:
		return 0
	case p <= 0:
		return indicator(k == 0)
	case p >= 1:
		return indicator(k == n)
	}
	return math.Exp(logChoose(n, k) + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
}

// BinomialCDF returns P(X ≤ k) for X ~ Binomial(n, p).
func BinomialCDF(k, n int, p float64) float64 {
	switch {
	case k < 0:
		return 0
	case k >= n:
		return 1
	}
	return BetaCDF(1-p, float64(n-k), float64(k)+1)
}

// BinomialSurvival returns P(X > k) for X ~ Binomial(n, p).
func BinomialSurvival(k, n int, p float64) float64 {
	switch {
	case k < 0:
		return 1
	case k >= n:
		return 0
	}
	return BetaCDF(p, float64(k)+1, float64(n-k))
}

func indicator(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
