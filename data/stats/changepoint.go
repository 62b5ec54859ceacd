package stats

import "math"

// A ChangePoint is the place at which one rate best gives way to another.
type ChangePoint struct {
	LR          []float64 // likelihood ratio of a change after checkpoint 1, 2, … m − 1
	After       int       // checkpoints before the change; the first best one
	LRMax       float64
	Before, Now Quantity // rates before and after the change
}

// FindChangePoint splits k of n, in step order, where two rates explain them
// better than one: LR = 2·(log-likelihood split − common). LRMax has no χ²
// distribution; a p needs permutation or the parametric bootstrap.
// NotEstimable for fewer than two checkpoints.
//
// Hinkley & Hinkley (1970), Biometrika 57:477.
func FindChangePoint(k, n []int) (ChangePoint, error) {
	if err := checkLengths("successes and samples", len(k), len(n)); err != nil {
		return ChangePoint{}, err
	}
	for i := range k {
		if err := checkCount(k[i], n[i]); err != nil {
			return ChangePoint{}, err
		}
	}
	if len(k) < 2 {
		return ChangePoint{}, Because("a change needs two checkpoints or more, and there are %d", len(k))
	}
	before, after := make([]arm, len(k)), arm{}
	for i := range k {
		after = arm{after.k + float64(k[i]), after.n + float64(n[i])}
		before[i] = after
	}
	return bestSplit(before), nil
}

// bestSplit takes the running totals; ties up to rounding go to the first. The
// rate of a side without samples is unknown.
func bestSplit(totals []arm) ChangePoint {
	all := totals[len(totals)-1]
	c := ChangePoint{LR: make([]float64, len(totals)-1), LRMax: math.Inf(-1)}
	for i, b := range totals[:len(totals)-1] {
		c.LR[i] = max(0, 2*(b.entropy()+all.less(b).entropy()-all.entropy()))
		if c.LR[i] > c.LRMax+1e-10*(1+math.Abs(c.LRMax)) || i == 0 {
			c.After, c.LRMax = i+1, c.LR[i]
		}
	}
	c.Before, c.Now = Known(totals[c.After-1].rate()), Known(all.less(totals[c.After-1]).rate())
	return c
}

func (a arm) less(b arm) arm { return arm{a.k - b.k, a.n - b.n} }

// entropy is the log-likelihood of an arm at its own rate.
func (a arm) entropy() float64 {
	return surprise(a.k, a.n) + surprise(a.n-a.k, a.n)
}
