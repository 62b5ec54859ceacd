package stats

import "math"

// Wald is the textbook interval p ± z·√(p(1 − p)/n), clipped to [0, 1], kept
// to reproduce published numbers: it has no width at 0 of n.
func Wald(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Wald", waldBounds)
}

// WilsonCorrected is Wilson's interval with Yates's continuity correction, as
// R's prop.test gives it for one sample.
func WilsonCorrected(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Wilson, continuity corrected", wilsonCorrected)
}

// AgrestiCoull is the Wald interval after z²/2 successes and failures are
// added, clipped to [0, 1].
//
// Agresti & Coull (1998), Am Stat 52:119.
func AgrestiCoull(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Agresti–Coull", agrestiCoullBounds)
}

// ClopperPearson is the exact interval: its coverage is never under the level,
// at the price of width. Use it for an upper bound that must hold.
//
// Clopper & Pearson (1934), Biometrika 26:404.
func ClopperPearson(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Clopper–Pearson", clopperPearsonBounds)
}

// Jeffreys is the equal-tailed credible interval under Beta(½, ½). It leaves
// out 0 at 0 of n, and 1 at n of n.
//
// Brown, Cai & DasGupta (2001), Stat Sci 16:101, without their changes at the
// ends; JeffreysClosed has those.
func Jeffreys(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Jeffreys", jeffreysBounds)
}

// JeffreysClosed is Jeffreys with the lower end 0 at 0 of n and the upper end
// 1 at n of n.
func JeffreysClosed(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Jeffreys, closed", jeffreysClosedBounds)
}

// MidP is Clopper–Pearson with half the chance of the observed count: less
// conservative, and no longer guaranteed.
//
// Lancaster (1961), JASA 56:223.
func MidP(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "mid-P", midPBounds)
}

func waldBounds(k, n, level float64) (lo, hi float64) {
	p := k / n
	half := critical(level) * math.Sqrt(p*(1-p)/n)
	return max(0, p-half), min(1, p+half)
}

func agrestiCoullBounds(k, n, level float64) (lo, hi float64) {
	z := critical(level)
	more := n + z*z
	p := (k + z*z/2) / more
	half := z * math.Sqrt(p*(1-p)/more)
	return max(0, p-half), min(1, p+half)
}

func clopperPearsonBounds(k, n, level float64) (lo, hi float64) {
	tail := (1 - level) / 2
	lo, hi = 0, 1
	if k > 0 {
		lo = BetaQuantile(tail, k, n-k+1)
	}
	if k < n {
		hi = upperBetaQuantile(tail, k+1, n-k)
	}
	return lo, hi
}

func jeffreysBounds(k, n, level float64) (lo, hi float64) {
	tail := (1 - level) / 2
	return BetaQuantile(tail, k+0.5, n-k+0.5), upperBetaQuantile(tail, k+0.5, n-k+0.5)
}

func jeffreysClosedBounds(k, n, level float64) (lo, hi float64) {
	lo, hi = jeffreysBounds(k, n, level)
	if k == 0 {
		lo = 0
	}
	if k == n {
		hi = 1
	}
	return lo, hi
}

// upperBetaQuantile is the x that Beta(a, b) exceeds with chance tail.
func upperBetaQuantile(tail, a, b float64) float64 { return 1 - BetaQuantile(tail, b, a) }

// midPBounds finds the p at which P(X > k) + ½P(X = k), and the same of the
// lower tail, are half of what the level leaves.
func midPBounds(k, n, level float64) (lo, hi float64) {
	tail := (1 - level) / 2
	lo, hi = 0, 1
	if k > 0 {
		lo = bisect(func(p float64) float64 { return (atLeast(k, n, p)+atLeast(k+1, n, p))/2 - tail }, 0, 1)
	}
	if k < n {
		hi = bisect(func(p float64) float64 { return tail - (atMost(k, n, p)+atMost(k-1, n, p))/2 }, 0, 1)
	}
	return lo, hi
}

// atLeast is P(X ≥ k) for X ~ Binomial(n, p).
func atLeast(k, n, p float64) float64 {
	if k <= 0 {
		return 1
	}
	if k > n {
		return 0
	}
	return BetaCDF(p, k, n-k+1)
}

// atMost is P(X ≤ k) for X ~ Binomial(n, p), from its own side.
func atMost(k, n, p float64) float64 { return atLeast(n-k, n, 1-p) }

// A ZeroBound says how large a rate may be of which no event was seen.
type ZeroBound struct {
	OneSided float64 // exact: 1 − (1 − level)^(1/n)
	Three    float64 // the rule of three, 3/n, at most 1; for level 0.95
	TwoSided float64 // upper end of the two-sided Clopper–Pearson interval
}

// NoneOf bounds a rate after 0 events in n independent trials. With several
// epochs an item, n is the number of items. NotEstimable where n is 0.
//
// Hanley & Lippman-Hand (1983), JAMA 249:1743.
func NoneOf(n int, level float64) (ZeroBound, error) {
	if err := checkCount(0, n); err != nil {
		return ZeroBound{}, err
	}
	if err := checkLevel(level); err != nil {
		return ZeroBound{}, err
	}
	if n == 0 {
		return ZeroBound{}, Because("no samples were scored")
	}
	up := func(tail float64) float64 { return -math.Expm1(math.Log(tail) / float64(n)) }
	return ZeroBound{OneSided: up(1 - level), Three: min(1, 3/float64(n)), TwoSided: up((1 - level) / 2)}, nil
}
