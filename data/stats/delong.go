package stats

import (
	"math"
	"sort"
)

// An AUROC is the chance that a random positive scores higher than a random
// negative, ties counted half.
type AUROC struct {
	Area                 float64
	Positives, Negatives int
	Variance             Quantity // DeLong's; unknown with fewer than two of a class
}

// AUROC computes the area and DeLong's variance, which takes samples as
// independent; for several samples of one item use ClusteredAUROC.
// NotEstimable where a class is absent.
//
// DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44:837; in one pass over
// sorted scores as Sun & Xu (2014), IEEE SPL 21:1389.
func (r *Ranked) AUROC() (AUROC, error) {
	if err := r.twoClasses(); err != nil {
		return AUROC{}, err
	}
	halves := 0 // whole halves of pairs, so that a separated area is exactly 1
	for i := range r.thresholds {
		hits, tied := r.group(i)
		halves += hits * (2*(r.Negatives-r.fp[i]) + tied)
	}
	a := AUROC{Positives: r.Positives, Negatives: r.Negatives}
	a.Area = float64(halves) / 2 / float64(r.Positives) / float64(r.Negatives)
	a.Variance = r.deLong(a.Area)
	return a, nil
}

// group counts the positives and negatives of exactly the i-th score.
func (r *Ranked) group(i int) (positives, negatives int) {
	if i == 0 {
		return r.tp[0], r.fp[0]
	}
	return r.tp[i] - r.tp[i-1], r.fp[i] - r.fp[i-1]
}

// placement is the share of negatives that a positive of the i-th score
// beats, ties half.
func (r *Ranked) placement(i int) float64 {
	_, tied := r.group(i)
	return (float64(r.Negatives-r.fp[i]) + float64(tied)/2) / float64(r.Negatives)
}

// coplacement is the share of positives that beat a negative of the i-th score.
func (r *Ranked) coplacement(i int) float64 {
	tied, _ := r.group(i)
	return (float64(r.tp[i]) - float64(tied)/2) / float64(r.Positives)
}

func (r *Ranked) deLong(area float64) Quantity {
	if r.Positives < 2 || r.Negatives < 2 {
		return Unknown("DeLong's variance needs two positives and two negatives, and there are %d and %d", r.Positives, r.Negatives)
	}
	var hits, others float64
	for i := range r.thresholds {
		p, n := r.group(i)
		v, w := r.placement(i)-area, r.coplacement(i)-area
		hits += float64(p) * v * v
		others += float64(n) * w * w
	}
	return Known(meanVariance(hits, r.Positives) + meanVariance(others, r.Negatives))
}

// meanVariance is the variance of a mean of n values with this sum of squares.
func meanVariance(squares float64, n int) float64 {
	return squares / float64(n-1) / float64(n)
}

// Interval returns area ± z·SE, clipped to 0–1, as pROC prints it. At an area
// of 0 or 1 it has no width, which is not certainty; prefer Estimate.
func (a AUROC) Interval(level float64) (lo, hi float64, err error) {
	v, err := a.Variance.Value()
	if err != nil {
		return 0, 0, err
	}
	half := critical(level) * math.Sqrt(v)
	return unit(a.Area - half), unit(a.Area + half), checkLevel(level)
}

// Estimate returns the area with the interval of its logit, which holds
// better near 1. NotEstimable where the scores separate the classes (Area is
// 0 or 1) or DeLong's variance is unknown; Area is known even so.
func (a AUROC) Estimate(level float64) (Estimate, error) {
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	v, err := a.Variance.Value()
	if err != nil {
		return Estimate{}, err
	}
	if a.Area <= 0 || a.Area >= 1 {
		return Estimate{}, Because("the scores separate the classes, so the area of %g has no interval (%d positives, %d negatives)", a.Area, a.Positives, a.Negatives)
	}
	half := critical(level) * math.Sqrt(v) / (a.Area * (1 - a.Area))
	return Estimate{
		Value: a.Area, Lo: expit(logit(a.Area) - half), Hi: expit(logit(a.Area) + half), Level: level,
		N: a.Positives + a.Negatives, Unit: Samples, Method: "DeLong, logit",
	}, nil
}

// HanleyMcNeilSE is the standard error from the area alone, for tables that
// give nothing else.
//
// Hanley & McNeil (1982), Radiology 143:29.
func (a AUROC) HanleyMcNeilSE() float64 {
	m, n, sq := float64(a.Positives), float64(a.Negatives), a.Area*a.Area
	v := a.Area*(1-a.Area) + (m-1)*(a.Area/(2-a.Area)-sq) + (n-1)*(2*sq/(1+a.Area)-sq)
	return math.Sqrt(max(0, v) / (m * n))
}

// index finds the group of a score that is among the ranked ones.
func (r *Ranked) index(score float64) int {
	return sort.Search(len(r.thresholds), func(i int) bool { return r.thresholds[i] <= score })
}

// placements gives each sample its share of the other class beaten (for a
// positive) or that beats it (for a negative).
func (r *Ranked) placements(positive []bool, scores []float64) []float64 {
	out := make([]float64, len(scores))
	for i, s := range scores {
		if positive[i] {
			out[i] = r.placement(r.index(s))
		} else {
			out[i] = r.coplacement(r.index(s))
		}
	}
	return out
}

// A PairedAUROC compares the areas of two monitors on the same samples.
type PairedAUROC struct {
	Area1, Area2 float64
	Difference   float64  // Area1 − Area2
	Variance     Quantity // of the difference
	Z, P         Quantity // P two-sided; unknown where the difference does not vary
	Samples      int
	Missing      int // samples left out because a score is NaN
}

// PairAUROC compares two monitors' scores by DeLong's test for correlated
// areas. Samples without both scores are left out. NotEstimable where a class
// is absent.
//
// DeLong, DeLong & Clarke-Pearson (1988), Biometrics 44:837.
func PairAUROC(positive []bool, scores1, scores2 []float64) (PairedAUROC, error) {
	if err := checkLengths("truths and scores", len(positive), len(scores1), len(scores2)); err != nil {
		return PairedAUROC{}, err
	}
	truth, s1, s2 := scoredByBoth(positive, scores1, scores2)
	d := PairedAUROC{Samples: len(truth), Missing: len(positive) - len(truth)}
	first, second, err := areas(truth, s1, s2, &d)
	if err != nil {
		return PairedAUROC{}, err
	}
	d.Difference = d.Area1 - d.Area2
	d.compare(truth, first, second)
	return d, nil
}

// areas fills in both areas and returns the placements behind them.
func areas(truth []bool, s1, s2 []float64, d *PairedAUROC) (first, second []float64, err error) {
	r1, err := Rank(truth, s1)
	if err != nil {
		return nil, nil, err
	}
	r2, err := Rank(truth, s2)
	if err != nil {
		return nil, nil, err
	}
	a1, err := r1.AUROC()
	if err != nil {
		return nil, nil, err
	}
	a2, err := r2.AUROC()
	d.Area1, d.Area2 = a1.Area, a2.Area
	return r1.placements(truth, s1), r2.placements(truth, s2), err
}

func scoredByBoth(positive []bool, scores1, scores2 []float64) (truth []bool, s1, s2 []float64) {
	for i, p := range positive {
		if !math.IsNaN(scores1[i]) && !math.IsNaN(scores2[i]) {
			truth, s1, s2 = append(truth, p), append(s1, scores1[i]), append(s2, scores2[i])
		}
	}
	return truth, s1, s2
}

// compare tests the difference by the spread of the placements' differences.
func (d *PairedAUROC) compare(truth []bool, first, second []float64) {
	var hits, others []float64
	for i, t := range truth {
		if t {
			hits = append(hits, first[i]-second[i])
		} else {
			others = append(others, first[i]-second[i])
		}
	}
	if len(hits) < 2 || len(others) < 2 {
		d.Variance = Unknown("DeLong's variance needs two positives and two negatives, and there are %d and %d", len(hits), len(others))
		d.Z, d.P = d.Variance, d.Variance
		return
	}
	d.Variance = Known(meanVariance(sumSquares(hits), len(hits)) + meanVariance(sumSquares(others), len(others)))
	d.Z = d.Variance.then(func(v float64) float64 { return d.Difference / math.Sqrt(v) })
	if !d.Z.OK() || math.IsInf(d.Z.value, 0) {
		d.Z = Unknown("the difference between the two monitors is the same for every sample, so it has no spread")
	}
	d.P = d.Z.then(func(z float64) float64 { return 2 * NormalCDF(-math.Abs(z)) })
}

// Estimate returns Area1 − Area2 with its normal interval.
func (d PairedAUROC) Estimate(level float64) (Estimate, error) {
	v, err := d.Variance.Value()
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	half := critical(level) * math.Sqrt(v)
	e := Estimate{Value: d.Difference, Lo: d.Difference - half, Hi: d.Difference + half, Level: level, N: d.Samples, Unit: Samples, Method: "paired DeLong"}
	if v == 0 {
		e = e.Noted("the difference has no spread in these samples; that is not certainty")
	}
	return e, nil
}
