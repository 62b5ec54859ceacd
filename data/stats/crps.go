package stats

import (
	"math"
	"slices"
)

// The continuous ranked probability score is ∫(F(x) − 1{y ≤ x})² dx of a
// predictive distribution F: in the unit of y, 0 where all weight is on y,
// and |prediction − y| for a single number.
//
// Matheson & Winkler (1976), Manag Sci 22:1087; closed forms as Gneiting &
// Raftery (2007), JASA 102:359.

// CRPSEnsemble scores a sample from the prediction as if it were the
// prediction: mean|X − y| − ½·mean|X − X′| over all pairs. NotEstimable
// without members.
func CRPSEnsemble(members []float64, y float64) (float64, error) {
	m := float64(len(members))
	return crpsOfSample(members, y, m*m)
}

// CRPSFair scores the distribution that the members were drawn from, so that
// a larger ensemble gains nothing: the pairs are averaged over m(m − 1).
// NotEstimable for fewer than two members.
//
// Ferro (2014), Q J R Meteorol Soc 140:1917.
func CRPSFair(members []float64, y float64) (float64, error) {
	if len(members) < 2 {
		return 0, Because("the fair score needs two members or more, and there are %d", len(members))
	}
	m := float64(len(members))
	return crpsOfSample(members, y, m*(m-1))
}

func crpsOfSample(members []float64, y, pairs float64) (float64, error) {
	if len(members) == 0 {
		return 0, Because("the ensemble has no members")
	}
	if err := checkBoth(members, []float64{y}); err != nil {
		return 0, err
	}
	sorted := slices.Sorted(slices.Values(members))
	m, distance, spread := float64(len(sorted)), 0.0, 0.0
	for i, x := range sorted {
		distance += math.Abs(x - y)
		spread += x * (2*float64(i) + 1 - m) // half of Σ|x − x′|
	}
	return distance/m - spread/pairs, nil
}

// CRPSNormal scores a normal prediction with mean mu and standard deviation
// sigma ≥ 0.
func CRPSNormal(mu, sigma, y float64) (float64, error) {
	if err := checkFinite([]float64{mu, sigma, y}); err != nil {
		return 0, err
	}
	if sigma < 0 {
		return 0, Because("a standard deviation of %g is negative", sigma)
	}
	if sigma == 0 {
		return math.Abs(mu - y), nil
	}
	z := (y - mu) / sigma
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	return sigma * (z*(2*NormalCDF(z)-1) + 2*density - 1/math.Sqrt(math.Pi)), nil
}

// CRPSBeta scores a Beta(a, b) prediction of a rate, a, b > 0.
func CRPSBeta(a, b, y float64) (float64, error) {
	if err := checkFinite([]float64{a, b, y}); err != nil {
		return 0, err
	}
	if a <= 0 || b <= 0 {
		return 0, Because("a Beta distribution needs positive parameters, not %g and %g", a, b)
	}
	spread := 2 / a * math.Exp(logBeta(2*a, 2*b)-2*logBeta(a, b))
	return y*(2*BetaCDF(y, a, b)-1) + a/(a+b)*(1-2*BetaCDF(y, a+1, b)-spread), nil
}

// CRPSBins scores a distribution over equal bins of the 0–1 scale, even
// within each: chances from 0 up, at least 0 and of sum 1. The integral is
// exact, since F is linear within a bin.
func CRPSBins(chances []float64, y float64) (float64, error) {
	if len(chances) == 0 {
		return 0, Because("the distribution has no bins")
	}
	if err := checkBoth(chances, []float64{y}); err != nil {
		return 0, err
	}
	if !(y >= 0 && y <= 1) {
		return 0, Because("%g is no rate between 0 and 1", y)
	}
	width, below, sum := 1/float64(len(chances)), 0.0, 0.0
	for i, c := range chances {
		from := float64(i) * width
		cut := math.Min(math.Max(y-from, 0), width) // of the bin that lies below y
		at := below + c*cut/width
		sum += squared(below, at, cut) + squared(1-at, 1-below-c, width-cut)
		below += c
	}
	return sum, nil
}

// squared is the integral of the square of a line from a to b over a width.
func squared(a, b, width float64) float64 { return width * (a*a + a*b + b*b) / 3 }
