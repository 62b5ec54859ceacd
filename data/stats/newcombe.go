package stats

import "math"

// Difference returns k1/n1 − k2/n2, or the reason why there is none.
func Difference(k1, n1, k2, n2 int) (float64, error) {
	p1, err := Rate(k1, n1)
	if err != nil {
		return 0, err
	}
	p2, err := Rate(k2, n2)
	if err != nil {
		return 0, err
	}
	return p1 - p2, nil
}

// Newcombe returns the difference of two independent rates, the first less
// the second (k1/n1 − k2/n2), with the interval that joins their two Wilson
// intervals. It is the default for two rates: closed, and sound at 0 and n.
// N is n1 + n2. NotEstimable where either n is 0.
//
// Newcombe (1998), Stat Med 17:873, method 10.
func Newcombe(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return differenceEstimate(k1, n1, k2, n2, level, "Newcombe", newcombeBounds(wilsonBounds))
}

// NewcombeCorrected is Newcombe with continuity-corrected Wilson intervals
// (his method 11), for those who want the coverage to be at least nominal.
func NewcombeCorrected(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return differenceEstimate(k1, n1, k2, n2, level, "Newcombe, continuity corrected", newcombeBounds(wilsonCorrected))
}

// WaldDifference is the textbook interval of k1/n1 − k2/n2, kept to reproduce
// published numbers: it has no width where both rates are 0 or 1.
func WaldDifference(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return differenceEstimate(k1, n1, k2, n2, level, "Wald difference", waldDifference)
}

// AgrestiCaffo is the Wald interval after one success and one failure are
// added to either arm; its ends may pass ±1. The value stays k1/n1 − k2/n2.
//
// Agresti & Caffo (2000), Am Stat 54:280.
func AgrestiCaffo(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	plus := func(a, b arm, level float64) (lo, hi float64) {
		return waldDifference(arm{a.k + 1, a.n + 2}, arm{b.k + 1, b.n + 2}, level)
	}
	return differenceEstimate(k1, n1, k2, n2, level, "Agresti–Caffo", plus)
}

// An arm is k of n as the formulas use them; n > 0.
type arm struct{ k, n float64 }

func (a arm) rate() float64 { return a.k / a.n }

type armBounds func(a, b arm, level float64) (lo, hi float64)

func differenceEstimate(k1, n1, k2, n2 int, level float64, name string, bounds armBounds) (Estimate, error) {
	d, err := Difference(k1, n1, k2, n2)
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	lo, hi := bounds(arm{float64(k1), float64(n1)}, arm{float64(k2), float64(n2)}, level)
	return Estimate{Value: d, Lo: lo, Hi: max(lo, hi), Level: level, N: n1 + n2, Unit: Samples, Method: name}, nil
}

func newcombeBounds(one rateBounds) armBounds {
	return func(a, b arm, level float64) (lo, hi float64) {
		p1, p2 := a.rate(), b.rate()
		l1, u1 := one(a.k, a.n, level)
		l2, u2 := one(b.k, b.n, level)
		return p1 - p2 - math.Hypot(p1-l1, u2-p2), p1 - p2 + math.Hypot(u1-p1, p2-l2)
	}
}

func waldDifference(a, b arm, level float64) (lo, hi float64) {
	p1, p2 := a.rate(), b.rate()
	half := critical(level) * math.Sqrt(p1*(1-p1)/a.n+p2*(1-p2)/b.n)
	return p1 - p2 - half, p1 - p2 + half
}
