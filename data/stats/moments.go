package stats

import (
	"math"
	"slices"
)

// Mean returns the arithmetic mean, which needs one value only; NotEstimable
// where there is none.
func Mean(values []float64) (float64, error) {
	if len(values) == 0 {
		return 0, Because("no values")
	}
	if err := checkFinite(values); err != nil {
		return 0, err
	}
	return mean(values), nil
}

// SD returns the sample standard deviation (divisor n − 1) of two or more
// values.
func SD(values []float64) (float64, error) {
	if len(values) < 2 {
		return 0, Because("a spread needs two values or more, and there are %d", len(values))
	}
	if err := checkFinite(values); err != nil {
		return 0, err
	}
	return math.Sqrt(variance(values)), nil
}

// mean gives equal values back unchanged, so that rounding cannot invent a
// spread between them.
func mean(values []float64) float64 {
	if constant(values) {
		return values[0]
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}

// variance has the divisor n − 1, and is exactly 0 for equal values.
func variance(values []float64) float64 {
	return sumSquares(values) / float64(len(values)-1)
}

// sumSquares is Σ(v − mean)².
func sumSquares(values []float64) float64 {
	m, sum := mean(values), 0.0
	for _, v := range values {
		sum += (v - m) * (v - m)
	}
	return sum
}

func constant(values []float64) bool {
	return len(values) > 0 && !slices.ContainsFunc(values, func(v float64) bool { return v != values[0] })
}

// SE returns the standard error of a mean, SD/√n, of two or more independent
// values.
func SE(values []float64) (float64, error) {
	sd, err := SD(values)
	return sd / math.Sqrt(max(1, float64(len(values)))), err
}

// MeanDifference returns mean(b) − mean(a); NotEstimable where a side is
// empty.
func MeanDifference(a, b []float64) (float64, error) {
	ma, err := Mean(a)
	if err != nil {
		return 0, err
	}
	mb, err := Mean(b)
	if err != nil {
		return 0, err
	}
	return mb - ma, nil
}

// Differences returns b − a by position, up to the shorter of the two. Where
// all differ from one another by no more than the rounding of the
// subtraction, they are made equal.
func Differences(a, b []float64) []float64 {
	d := make([]float64, min(len(a), len(b)))
	scale := 0.0
	for i := range d {
		d[i] = b[i] - a[i]
		scale = max(scale, math.Abs(a[i]), math.Abs(b[i]))
	}
	if len(d) > 0 && slices.Max(d)-slices.Min(d) <= 4e-16*scale {
		for i := range d {
			d[i] = d[0]
		}
	}
	return d
}
