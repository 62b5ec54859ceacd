package stats

import "math"

// Fieller returns the ratio a/b of two means with the interval of Fieller's
// theorem, from their variances, their covariance and the degrees of freedom
// of these. NotEstimable where b is not told apart from 0 at the level, since
// no bounds then hold the ratio.
//
// Fieller (1954), J R Stat Soc B 16:175.
func Fieller(a, b, varA, varB, cov, df, level float64) (Estimate, error) {
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	if !(varA >= 0 && varB >= 0 && df > 0) || math.IsNaN(a+b+cov) {
		return Estimate{}, Because("the variances given allow no ratio")
	}
	t := criticalT(level, df)
	g := t * t * varB / (b * b)
	if !(g < 1) {
		return Estimate{}, Because("the divisor may be 0, so the ratio has no bounds")
	}
	ratio := a / b
	center := (ratio - g*cov/max(varB, 1e-300)) / (1 - g)
	if varB == 0 {
		center = ratio
	}
	inner := varA - 2*ratio*cov + ratio*ratio*varB
	if varB > 0 {
		inner -= g * (varA - cov*cov/varB)
	}
	half := t / math.Abs(b) * math.Sqrt(max(0, inner)) / (1 - g)
	return Estimate{Value: ratio, Lo: center - half, Hi: center + half, Level: level, Method: "Fieller"}, nil
}
