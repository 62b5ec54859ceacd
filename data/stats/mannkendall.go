package stats

import (
	"math"
	"slices"
)

// A MonotoneTrend says whether a series keeps going one way, whatever its
// shape, and how steeply.
type MonotoneTrend struct {
	S         float64 // rising pairs less falling pairs
	Variance  float64 // of S, corrected for ties of y
	Z, P      Quantity
	TauB      Quantity // of y against the step
	Slope     Quantity // Theil–Sen: median slope of all pairs, y per step
	Intercept Quantity // median y − Slope·median step
	Points    int
}

const allPairs = 3000 // points up to which the slopes of all pairs are kept

// MannKendall tests y, one value per step in step order, for a monotone trend
// and fits the Theil–Sen line. Points whose y is NaN (no value) are left out.
// Z has the continuity correction and is 0 where S is 0; P is two-sided.
//
// Mann (1945), Econometrica 13:245; Sen (1968), JASA 63:1379.
func MannKendall(steps, y []float64) (MonotoneTrend, error) {
	if err := checkLengths("steps and values", len(steps), len(y)); err != nil {
		return MonotoneTrend{}, err
	}
	s, v := present(steps, y)
	if err := checkBoth(s, v); err != nil {
		return MonotoneTrend{}, err
	}
	t := MonotoneTrend{S: risingPairs(v), Variance: risingVariance(v), Points: len(v)}
	t.Z = mannKendallZ(t.S, t.Variance)
	t.P = t.Z.then(func(z float64) float64 { return 2 * NormalCDF(-math.Abs(z)) })
	t.TauB = tauB(s, v)
	t.Slope = theilSen(s, v)
	t.Intercept = t.Slope.then(func(b float64) float64 { return median(v) - b*median(s) })
	return t, nil
}

func risingPairs(y []float64) float64 {
	s := 0
	for j := range y {
		for i := range j {
			s += sign(y[j] - y[i])
		}
	}
	return float64(s)
}

func risingVariance(y []float64) float64 {
	spread := func(t float64) float64 { return t * (t - 1) * (2*t + 5) }
	return (spread(float64(len(y))) - sumOver(tieSizes(y), spread)) / 18
}

func mannKendallZ(s, variance float64) Quantity {
	if variance <= 0 {
		return Unknown("a trend needs values that differ")
	}
	return Known((s - float64(sign(s))) / math.Sqrt(variance))
}

func theilSen(steps, y []float64) Quantity {
	if len(y) > allPairs {
		return Unknown("%d points make too many pairs; thin them to %d", len(y), allPairs)
	}
	var slopes []float64
	for j := range y {
		for i := range j {
			if steps[j] != steps[i] {
				slopes = append(slopes, (y[j]-y[i])/(steps[j]-steps[i]))
			}
		}
	}
	if len(slopes) == 0 {
		return Unknown("a slope needs values at two different steps or more")
	}
	return Known(median(slopes))
}

// median is the middle value, or the mean of the two middle ones.
func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
