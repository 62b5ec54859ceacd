package stats

import "math"

// SupT returns the multiplier of the standard errors for which a band over
// all points holds at once, from bootstrap replicates of the whole curve:
// replicates[b][i] is draw b at point i. It is never under the pointwise z.
// Points that do not vary are left out; NotEstimable where none does.
//
// Montiel Olea & Plagborg-Møller (2019), J Appl Econometrics 34:1.
func SupT(curve []float64, replicates [][]float64, level float64) (float64, error) {
	if err := checkLevel(level); err != nil {
		return 0, err
	}
	for _, row := range replicates {
		if err := checkLengths("the points of a curve and of its replicates", len(curve), len(row)); err != nil {
			return 0, err
		}
	}
	largest, varied := make([]float64, len(replicates)), false
	for i, at := range curve {
		moved, err := widen(largest, at, replicates, i)
		if err != nil {
			return 0, err
		}
		varied = varied || moved
	}
	if !varied {
		return 0, Because("the curve does not vary between replicates")
	}
	q, err := Quantile(largest, level)
	return max(q, critical(level)), err
}

// widen raises each replicate's largest distance by that at point i.
func widen(largest []float64, at float64, replicates [][]float64, i int) (moved bool, err error) {
	column := make([]float64, len(replicates))
	for b, row := range replicates {
		column[b] = row[i]
	}
	sd, err := SD(column)
	if err != nil || sd == 0 {
		return false, err
	}
	for b, v := range column {
		largest[b] = max(largest[b], math.Abs(v-at)/sd)
	}
	return true, nil
}
