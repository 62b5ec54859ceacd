package stats

import (
	"fmt"
	"math"
)

// An EpochSplit divides the spread of item means into what the items differ
// by and what the epochs of one item differ by.
type EpochSplit struct {
	Items, Epochs int
	Mean          Quantity
	Within        Quantity // mean over items of the variance between epochs
	Between       Quantity // variance of the item means, epochs' noise included
	Omega2        Quantity // the items' own variance: Between − Within/K, at least 0
	SE            Quantity // of the mean: √(Between/n)
	NoiseShare    Quantity // (Within/K)/Between: what more epochs could remove
}

// SplitEpochs divides the variance of scores[item][epoch], with the same
// number of epochs for every item.
//
// Miller (2024), arXiv 2411.00640, section 3.2.
func SplitEpochs(scores [][]float64) (EpochSplit, error) {
	k, err := columns(scores, "epochs")
	if err != nil {
		return EpochSplit{}, err
	}
	s := EpochSplit{Items: len(scores), Epochs: k}
	means, within := make([]float64, len(scores)), 0.0
	for i, row := range scores {
		means[i] = mean(row)
		within += variance(row) / float64(len(scores))
	}
	s.Mean, s.SE = from(Mean(means)), from(SE(means))
	s.Between = s.SE.then(func(se float64) float64 { return variance(means) })
	s.Within = Known(within)
	if k < 2 {
		s.Within = Unknown("one epoch an item shows nothing of the noise between epochs")
	}
	s.Omega2 = both(s.Between, s.Within, func(b, w float64) float64 { return max(0, b-w/float64(k)) })
	s.NoiseShare = both(s.Between, s.Within, func(b, w float64) float64 { return w / float64(k) / b })
	if s.Between.OK() && s.Between.value == 0 {
		s.NoiseShare = Unknown("the item means do not vary")
	}
	return s, nil
}

// SEAt is the standard error of the mean that as many items would have with
// k epochs each; k may be +Inf.
func (s EpochSplit) SEAt(k float64) Quantity {
	return both(s.Omega2, s.Within, func(omega2, within float64) float64 {
		return math.Sqrt((omega2 + within/k) / float64(s.Items))
	})
}

func both(a, b Quantity, f func(a, b float64) float64) Quantity {
	if !a.OK() {
		return a
	}
	return b.then(func(v float64) float64 { return f(a.value, v) })
}

// columns checks that rows are finite and of one length, and returns it.
func columns(rows [][]float64, what string) (int, error) {
	if len(rows) == 0 || len(rows[0]) == 0 {
		return 0, Because("no scores")
	}
	for _, row := range rows {
		if len(row) != len(rows[0]) {
			return 0, Because("the formula needs as many %s in each row, and there are %d and %d", what, len(rows[0]), len(row))
		}
		if err := checkFinite(row); err != nil {
			return 0, err
		}
	}
	return len(rows[0]), nil
}

// A TwoLevel divides the variance of scores of items within seeds.
type TwoLevel struct {
	Mean                Quantity
	MSBetween, MSWithin Quantity // mean squares between and within seeds
	Seed, Residual      Quantity // variance components; Seed is at least 0
	ICC                 Quantity // Seed/(Seed + Residual)
	SE                  Quantity // √(MSBetween/(k·n)): seeds are the unit
	DF                  int      // k − 1
	Lo, Hi              Quantity // t interval of the mean
}

// SeedVariance divides the variance of scores[seed][item], with as many items
// under every seed, by a one-way analysis of variance.
//
// Searle, Casella & McCulloch (1992), Variance Components, section 3.3.
func SeedVariance(scores [][]float64, level float64) (TwoLevel, error) {
	if err := checkLevel(level); err != nil {
		return TwoLevel{}, err
	}
	items, err := columns(scores, "items")
	if err != nil {
		return TwoLevel{}, err
	}
	k, n := float64(len(scores)), float64(items)
	means, within := make([]float64, len(scores)), 0.0
	for i, row := range scores {
		means[i] = mean(row)
		within += sumSquares(row)
	}
	t := TwoLevel{Mean: from(Mean(means)), DF: len(scores) - 1}
	t.MSBetween = Unknown("one seed has nothing to be compared with")
	if len(scores) > 1 {
		t.MSBetween = Known(n * variance(means))
	}
	t.MSWithin = Unknown("one item a seed shows nothing of the spread within one")
	if items > 1 {
		t.MSWithin = Known(within / (k * (n - 1)))
	}
	t.Residual = t.MSWithin
	t.Seed = both(t.MSBetween, t.MSWithin, func(b, w float64) float64 { return max(0, (b-w)/n) })
	t.ICC = both(t.Seed, t.Residual, func(s, r float64) float64 { return s / (s + r) })
	t.SE = t.MSBetween.then(func(ms float64) float64 { return math.Sqrt(ms / (k * n)) })
	end := func(side float64) Quantity {
		return both(t.Mean, t.SE, func(m, se float64) float64 { return m + side*criticalT(level, k-1)*se })
	}
	t.Lo, t.Hi = end(-1), end(1)
	return t, nil
}

// A Crossing divides the variance of one score per seed and item, all seeds
// having seen the same items.
type Crossing struct {
	Mean                   Quantity
	MSSeed, MSItem, MSRest Quantity // mean squares
	Seed, Item, Rest       Quantity // variance components, at least 0
	NewItems               Quantity // variance of the mean over new seeds and new items
	SameItems              Quantity // variance of the mean over new seeds, these items
	Seeds, Items           int
}

// CrossSeeds divides the variance of scores[seed][item] by a two-way analysis
// of variance. For a claim about a difference, pass the differences.
//
// Searle, Casella & McCulloch (1992), Variance Components, section 4.3.
func CrossSeeds(scores [][]float64) (Crossing, error) {
	items, err := columns(scores, "items")
	if err != nil {
		return Crossing{}, err
	}
	s, p := float64(len(scores)), float64(items)
	c := Crossing{Seeds: len(scores), Items: items}
	rows, cols := marginMeans(scores)
	c.Mean = from(Mean(rows))
	if len(scores) < 2 || items < 2 {
		none := Unknown("two seeds and two items or more are needed, and there are %d and %d", len(scores), items)
		c.MSSeed, c.MSItem, c.MSRest, c.Seed, c.Item, c.Rest, c.NewItems, c.SameItems = none, none, none, none, none, none, none, none
		return c, nil
	}
	rest := 0.0
	for i, row := range scores {
		for j, v := range row {
			e := v - rows[i] - cols[j] + c.Mean.value
			rest += e * e
		}
	}
	seed, item := p*variance(rows), s*variance(cols)
	rest /= (s - 1) * (p - 1)
	c.MSSeed, c.MSItem, c.MSRest = Known(seed), Known(item), Known(rest)
	vs, vp := max(0, (seed-rest)/p), max(0, (item-rest)/s)
	c.Seed, c.Item, c.Rest = Known(vs), Known(vp), Known(rest)
	c.NewItems = Known(vs/s + vp/p + rest/(s*p))
	c.SameItems = Known(vs/s + rest/(s*p))
	return c, nil
}

func marginMeans(scores [][]float64) (rows, cols []float64) {
	rows, cols = make([]float64, len(scores)), make([]float64, len(scores[0]))
	for i, row := range scores {
		rows[i] = mean(row)
		for j, v := range row {
			cols[j] += v / float64(len(scores))
		}
	}
	return rows, cols
}

// EffectiveN is Kish's size of n samples that come m to a cluster: their
// number over the design effect 1 + (m − 1)·icc.
//
// Kish (1965), Survey Sampling, section 8.2.
func EffectiveN(n, m, icc float64) (deff float64, effective Quantity) {
	deff = 1 + (m-1)*icc
	if !(deff > 0) {
		return deff, Unknown("the design effect %.3g is not positive", deff)
	}
	return deff, Known(n / deff)
}

// SeedsFor is the number of seeds that brings the standard error of a mean
// down to se, where one seed's mean has the variance given.
func SeedsFor(variance, se float64) (int, error) {
	if !(variance >= 0) || !(se > 0) || math.IsInf(variance, 0) {
		return 0, fmt.Errorf("seeds for a standard error of %g at a variance of %g cannot be counted", se, variance)
	}
	return wholeUp(variance / (se * se))
}

// wholeUp rounds up, but not past a whole number that rounding alone exceeds.
func wholeUp(x float64) (int, error) {
	if !(x < 1e15) {
		return 0, Because("the number needed, %.3g, is out of reach", x)
	}
	return int(math.Ceil(x - 1e-11*max(1, math.Abs(x)))), nil
}
