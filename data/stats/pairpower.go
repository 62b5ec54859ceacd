package stats

import "math"

// DetectableT returns the smallest true difference, in standard errors, that
// a two-sided t test with df degrees of freedom at alpha sees with the power
// asked for: what the data at hand could show, not what they did. Multiply it
// by the standard error of the difference. Both tails count.
//
// Noncentral t, as in Cohen (1988), chapter 2.
func DetectableT(df, alpha, power float64) (float64, error) {
	if err := checkRisks(alpha, power); err != nil {
		return 0, err
	}
	switch {
	case !(df > 0):
		return 0, Because("without degrees of freedom there is no test")
	case power <= alpha:
		return 0, Because("a power of %g is no more than alpha", power)
	}
	t := -TQuantile(alpha/2, df)
	short := func(delta float64) float64 {
		return 1 - NoncentralTCDF(t, df, delta) + NoncentralTCDF(-t, df, delta) - power
	}
	hi := 1.0
	for short(hi) < 0 && hi < 1e6 {
		hi *= 2
	}
	return bisect(short, 0, hi), nil
}

// PairsFor returns how many pairs a paired t test at alpha needs to see a
// true difference delta with the power asked for, where the differences of
// pairs have the standard deviation sd. NotEstimable where delta is 0.
func PairsFor(delta, sd, alpha, power float64) (int, error) {
	return sizeFor(delta, alpha, power, func(k float64) (se, df float64) { return sd / math.Sqrt(k), k - 1 })
}

// WelchSeedsFor returns how many seeds an arm Welch's test at alpha needs to see a
// true difference delta with the power asked for, where the means of seeds
// have the standard deviations sdA and sdB. NotEstimable where delta is 0.
func WelchSeedsFor(delta, sdA, sdB, alpha, power float64) (int, error) {
	va, vb := sdA*sdA, sdB*sdB
	return sizeFor(delta, alpha, power, func(k float64) (se, df float64) {
		return math.Sqrt((va + vb) / k), (va + vb) * (va + vb) * (k - 1) / (va*va + vb*vb)
	})
}

// mostUnits is where planning ends: nobody trains so many runs.
const mostUnits = 100000

// sizeFor finds the least number of units from 2 on that detects delta.
func sizeFor(delta, alpha, power float64, at func(k float64) (se, df float64)) (int, error) {
	if err := checkRisks(alpha, power); err != nil {
		return 0, err
	}
	delta = math.Abs(delta)
	if se, _ := at(2); !(delta > 0) || math.IsNaN(se) || se == 0 {
		return 0, Because("a difference of %g with this spread asks for no number", delta)
	}
	enough := func(k int) bool {
		se, df := at(float64(k))
		needed, err := DetectableT(df, alpha, power)
		return err == nil && needed*se <= delta
	}
	if !enough(mostUnits) {
		return 0, Because("more than %d would be needed", mostUnits)
	}
	lo, hi := 1, mostUnits
	for hi-lo > 1 {
		if mid := (lo + hi) / 2; enough(mid) {
			hi = mid
		} else {
			lo = mid
		}
	}
	return hi, nil
}
