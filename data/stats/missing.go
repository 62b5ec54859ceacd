package stats

import "math"

// Exclusions says what a rate may be when some samples were not scored:
// errored, refused or unparsed.
type Exclusions struct {
	Complete   Quantity // k/n: the unscored left out
	AsNegative Quantity // k/(n + e): the unscored counted as failures
	Lo, Hi     Quantity // worst cases: none or all of the unscored pass
	OuterLo    float64  // Wilson's lower end of Lo
	OuterHi    float64  // Wilson's upper end of Hi
}

// WorstCase bounds the rate of k among n scored samples with e unscored ones.
// OuterLo and OuterHi are 0 and 1 where there are no samples at all.
//
// Manski (1989), J Hum Resour 24:343.
func WorstCase(k, n, e int, level float64) (Exclusions, error) {
	if err := checkCount(k, n); err != nil {
		return Exclusions{}, err
	}
	if err := checkCount(0, e); err != nil {
		return Exclusions{}, err
	}
	if err := checkLevel(level); err != nil {
		return Exclusions{}, err
	}
	x := Exclusions{Complete: from(Rate(k, n)), Lo: from(Rate(k, n+e)), Hi: from(Rate(k+e, n+e)), OuterHi: 1}
	x.AsNegative = x.Lo
	if n+e > 0 {
		x.OuterLo, _ = wilsonBounds(float64(k), float64(n+e), level)
		_, x.OuterHi = wilsonBounds(float64(k+e), float64(n+e), level)
	}
	return x, nil
}

// LogEvidence returns the natural log of the evidence that k of n gives
// against the rate p0: a martingale under p0, so that it may be looked at
// after every sample. +Inf where p0 rules the counts out.
//
// Robbins (1970), Ann Math Stat 41:1397, with the uniform mixture.
func LogEvidence(k, n int, p0 float64) (float64, error) {
	if err := checkCount(k, n); err != nil {
		return 0, err
	}
	if !(p0 >= 0 && p0 <= 1) {
		return 0, Because("%g is not a rate", p0)
	}
	return logEvidence(float64(k), float64(n), p0), nil
}

func logEvidence(k, n, p float64) float64 {
	return logBeta(k+1, n-k+1) - weighted(k, math.Log(p)) - weighted(n-k, math.Log1p(-p))
}

// weighted is count·log, where no counts weigh nothing.
func weighted(count, log float64) float64 {
	if count == 0 {
		return 0
	}
	return count * log
}

// Anytime returns the rate k/n with an interval that holds at all times at
// once: a run may be looked at while it grows, and stopped at will. It is
// some 1.5 times as wide as Wilson's. NotEstimable where n is 0; RateBounds
// then gives 0 and 1.
//
// Robbins (1970); Howard et al. (2021), Ann Stat 49:1055.
func Anytime(k, n int, level float64) (Estimate, error) {
	return rateEstimate(k, n, level, "anytime-valid", anytimeBounds)
}

func anytimeBounds(k, n, level float64) (lo, hi float64) {
	bar := -math.Log1p(-level)
	over := func(p float64) float64 { return logEvidence(k, n, p) - bar }
	lo, hi = 0, 1
	if k > 0 {
		lo = bisect(over, 0, k/n)
	}
	if k < n {
		hi = bisect(over, k/n, 1)
	}
	return lo, hi
}
