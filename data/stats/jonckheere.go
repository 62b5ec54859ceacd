package stats

import (
	"math"
	"math/rand/v2"
	"slices"
)

// An OrderedTrend says whether values rise from one ordered group to the
// next, such as monitorability over levels of chain-of-thought legibility.
type OrderedTrend struct {
	J            float64 // pairs of groups in order: values that rise, ties half
	Expected     float64 // of J without a trend
	Variance     float64
	Z            float64 // > 0 where values rise with the group
	P            float64 // two-sided, normal
	PIncrease    float64 // one-sided
	Permutation  PermutationTest
	Groups, Runs int
}

const permutedValues = 40 // values up to which labels are also permuted

// Jonckheere tests ordered groups for a trend, with the variance corrected
// for ties. For up to 40 values it also permutes the labels, which is to be
// preferred for few runs a group; beyond, Permutation repeats the normal P.
// NotEstimable for fewer than two groups with values, and where all values
// are equal.
//
// Jonckheere (1954), Biometrika 41:133; ties as Hollander & Wolfe (1999), 6.2.
func Jonckheere(groups [][]float64) (OrderedTrend, error) {
	values, label, err := flatten(groups)
	if err != nil {
		return OrderedTrend{}, err
	}
	sizes := tieSizes(label)
	if len(sizes) < 2 {
		return OrderedTrend{}, Because("an ordered trend needs values in two groups or more, and there are %d", len(sizes))
	}
	if constant(values) {
		return OrderedTrend{}, Because("all values are equal")
	}
	t := OrderedTrend{J: rises(values, label), Groups: len(sizes), Runs: len(values)}
	t.Expected, t.Variance = jonckheereMoments(sizes, tieSizes(values))
	t.Z = (t.J - t.Expected) / math.Sqrt(t.Variance)
	t.PIncrease = NormalCDF(-t.Z)
	t.P = 2 * NormalCDF(-math.Abs(t.Z))
	t.Permutation = t.permute(values, label)
	return t, nil
}

// flatten lists all values with the number of their group.
func flatten(groups [][]float64) (values, label []float64, err error) {
	for g, group := range groups {
		if err := checkFinite(group); err != nil {
			return nil, nil, err
		}
		for _, v := range group {
			values, label = append(values, v), append(label, float64(g))
		}
	}
	return values, label, nil
}

// rises counts the pairs from two groups whose value rises with the group.
func rises(values, label []float64) float64 {
	total := 0.0
	for i := range values {
		for j := range values {
			if label[i] < label[j] {
				total += float64(1+sign(values[j]-values[i])) / 2
			}
		}
	}
	return total
}

func jonckheereMoments(sizes, ties []float64) (expected, variance float64) {
	n := sum(sizes)
	pairs := func(t float64) float64 { return t * (t - 1) }
	triples := func(t float64) float64 { return t * (t - 1) * (t - 2) }
	spread := func(t float64) float64 { return t * (t - 1) * (2*t + 5) }
	expected = (n*n - sumOver(sizes, func(t float64) float64 { return t * t })) / 4
	variance = (spread(n)-sumOver(sizes, spread)-sumOver(ties, spread))/72 + sumOver(sizes, pairs)*sumOver(ties, pairs)/(8*pairs(n))
	if n > 2 {
		variance += sumOver(sizes, triples) * sumOver(ties, triples) / (36 * triples(n))
	}
	return expected, variance
}

func (t OrderedTrend) permute(values, label []float64) PermutationTest {
	if len(values) > permutedValues {
		return PermutationTest{P: t.P, Method: "normal approximation"}
	}
	shuffled := slices.Clone(label)
	bar := math.Abs(t.J-t.Expected) - tieTolerance
	return sampled("labels permuted", orderingFloor(tieSizes(label)), func(rng *rand.Rand) bool {
		rng.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		return math.Abs(rises(values, shuffled)-t.Expected) >= bar
	})
}

// orderingFloor is the chance of the most and the least ordered of all ways to
// hand out the labels.
func orderingFloor(sizes []float64) float64 {
	return min(1, 2*math.Exp(sumOver(sizes, func(t float64) float64 { return lgamma(t + 1) })-lgamma(sum(sizes)+1)))
}
