package stats

import (
	"math"
	"math/rand/v2"
)

// A Shift is the place at which one level of a series best gives way to
// another. It describes a series and proves nothing: a curve that rises
// steadily has one too.
type Shift struct {
	After       int     // values before the change; the first best one
	Before, Now float64 // means of both sides
	LR          float64 // m·log(spread around one mean / spread around two), the likelihood ratio of the change
	P           float64 // by permutation, see FindShift
	Draws       int     // permutations behind P
}

// FindShift splits values, in step order, where two means explain them better
// than one by least squares. LR has no χ² distribution, so P is the share of
// seeded random orders of the same values that split at least as well, the
// order at hand among them. Neighbors that resemble each other make P small
// without any change. NotEstimable for fewer than three values, and where
// none differs.
//
// Hawkins (1977), JASA 72:180, with the permutation distribution.
func FindShift(values []float64, draws int) (Shift, error) {
	if err := checkFinite(values); err != nil {
		return Shift{}, err
	}
	if len(values) < 3 {
		return Shift{}, Because("a change needs values at three steps or more, and there are %d", len(values))
	}
	if constant(values) {
		return Shift{}, Because("the values do not differ")
	}
	centered := make([]float64, len(values))
	for i, v := range values {
		centered[i] = v - mean(values)
	}
	after, gain := bestMeans(centered)
	s := Shift{After: after, Before: mean(values[:after]), Now: mean(values[after:]), Draws: draws}
	whole := sumSquares(values)
	s.LR = float64(len(values)) * math.Log(whole/max(whole-gain, whole*1e-12))
	rng, count := rand.New(rand.NewPCG(1, uint64(draws))), 1
	for range draws {
		rng.Shuffle(len(centered), func(i, j int) { centered[i], centered[j] = centered[j], centered[i] })
		if _, g := bestMeans(centered); g >= gain*(1-tieTolerance) {
			count++
		}
	}
	s.P = float64(count) / float64(draws+1)
	return s, nil
}

// bestMeans returns the split of centered values that takes most of their sum
// of squares away, and how much; the first of equal ones.
func bestMeans(centered []float64) (after int, gain float64) {
	total, m := 0.0, float64(len(centered))
	for i, v := range centered[:len(centered)-1] {
		total += v
		n := float64(i + 1)
		if g := total * total * m / (n * (m - n)); g > gain*(1+tieTolerance) {
			after, gain = i+1, g
		}
	}
	return max(after, 1), gain
}
