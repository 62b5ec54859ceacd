package stats

import (
	"math"
)

// Rate returns k/n, or the reason why there is none.
func Rate(k, n int) (float64, error) {
	if err := checkCount(k, n); err != nil {
		return 0, err
	}
	if n == 0 {
		return 0, Because("no samples were scored")
	}
	return float64(k) / float64(n), nil
}

// Wilson returns the rate k/n with its score interval, the default for
// independent trials: it never leaves [0, 1] and keeps a width at 0 of n.
// The unit is Samples; use Over where each trial is another problem.
// NotEstimable where n is 0.
//
// Wilson (1927), JASA 22:209; Newcombe (1998), Stat Med 17:857, method 3.
func Wilson(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "Wilson", wilsonBounds)
}

// rateBounds is how a method of one rate finds its interval; n > 0.
type rateBounds func(k, n, level float64) (lo, hi float64)

func rateEstimate(k, n int, level float64, name string, bounds rateBounds) (Estimate, error) {
	p, err := Rate(k, n)
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	lo, hi := bounds(float64(k), float64(n), level)
	return Estimate{Value: p, Lo: lo, Hi: max(lo, hi), Level: level, N: n, Unit: Samples, Method: name}, nil
}

func wilsonBounds(k, n, level float64) (lo, hi float64) {
	return wilson(k/n, n, critical(level))
}

// wilson is the score interval of a rate p over n trials, whole or effective.
// The ends are exact where p is 0 or 1.
func wilson(p, n, z float64) (lo, hi float64) {
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	lo, hi = max(0, mid-half), min(1, mid+half)
	if p == 0 {
		lo = 0
	}
	if p == 1 {
		hi = 1
	}
	return lo, hi
}

// wilsonCorrected is R's prop.test(correct = TRUE) for one sample: the score
// interval with Yates's correction min(½, |k − n/2|).
func wilsonCorrected(k, n, level float64) (lo, hi float64) {
	z, p := critical(level), k/n
	c := min(0.5, math.Abs(k-n/2))
	root := func(shift float64) float64 {
		return z * math.Sqrt((p+shift)*(1-p-shift)/n+z*z/(4*n*n))
	}
	down, up := p-c/n, p+c/n
	lo = (down + z*z/(2*n) - root(-c/n)) / (1 + z*z/n)
	hi = (up + z*z/(2*n) + root(c/n)) / (1 + z*z/n)
	if k == 0 {
		lo = 0
	}
	if k == n {
		hi = 1
	}
	return max(0, lo), min(1, hi)
}
