package stats

import (
	"math"
)

// A PairedTable counts items that two conditions each passed or failed once.
type PairedTable struct {
	Both, OnlyA, OnlyB, Neither int
}

// N is the number of items.
func (t PairedTable) N() int { return t.Both + t.OnlyA + t.OnlyB + t.Neither }

// Difference is the rate of A less the rate of B, (OnlyA − OnlyB)/N.
func (t PairedTable) Difference() (float64, error) {
	if t.Both < 0 || t.OnlyA < 0 || t.OnlyB < 0 || t.Neither < 0 {
		return 0, Because("a cell of the paired table is negative: %+v", t)
	}
	if t.N() == 0 {
		return 0, Because("no items are shared")
	}
	return float64(t.OnlyA-t.OnlyB) / float64(t.N()), nil
}

// Swapped is the table with A and B exchanged.
func (t PairedTable) Swapped() PairedTable {
	return PairedTable{Both: t.Both, OnlyA: t.OnlyB, OnlyB: t.OnlyA, Neither: t.Neither}
}

// CountPairs counts a paired table of outcomes at the same position.
func CountPairs(a, b []bool) (PairedTable, error) {
	var t PairedTable
	if len(a) != len(b) {
		return t, Because("pairs need as many outcomes on both sides, but there are %d and %d", len(a), len(b))
	}
	for i := range a {
		switch {
		case a[i] && b[i]:
			t.Both++
		case a[i]:
			t.OnlyA++
		case b[i]:
			t.OnlyB++
		default:
			t.Neither++
		}
	}
	return t, nil
}

// A McNemarTest holds the two-sided p values for the items on which the two
// conditions disagree. MidP is the default; with no such item both exact
// values are 1 and the χ² ones unknown.
type McNemarTest struct {
	Exact, MidP             float64
	ChiSquared, P           Quantity
	Corrected, CorrectedP   Quantity // with Edwards's continuity correction
	OnlyA, OnlyB, Disagreed int
}

// McNemar tests whether A and B pass equally often on the same items.
//
// McNemar (1947), Psychometrika 12:153; mid-p by Fagerland, Lydersen & Laake
// (2013), BMC Med Res Methodol 13:91.
func McNemar(t PairedTable) (McNemarTest, error) {
	b, c := t.OnlyA, t.OnlyB
	if b < 0 || c < 0 {
		return McNemarTest{}, Because("a cell of the paired table is negative: %+v", t)
	}
	m := b + c
	test := McNemarTest{Exact: 1, MidP: 1, OnlyA: b, OnlyB: c, Disagreed: m}
	if m == 0 {
		none := Unknown("the two never disagree")
		test.ChiSquared, test.P, test.Corrected, test.CorrectedP = none, none, none, none
		return test, nil
	}
	few := min(b, c)
	test.Exact = min(1, 2*BinomialCDF(few, m, 0.5))
	test.MidP = min(1, 2*BinomialCDF(few-1, m, 0.5)+BinomialPMF(few, m, 0.5))
	gap := math.Abs(float64(b - c))
	test.ChiSquared, test.P = chiSquared(gap*gap/float64(m), 1)
	gap = max(0, gap-1)
	test.Corrected, test.CorrectedP = chiSquared(gap*gap/float64(m), 1)
	return test, nil
}

func chiSquared(x, df float64) (statistic, p Quantity) {
	return Known(x), Known(ChiSquaredSurvival(x, df))
}

// Tango returns the rate of A less the rate of B on shared items with the
// score interval, the default for one sample an item and condition. Swap the
// table for the other direction. N counts items; NotEstimable without any.
//
// Tango (1998), Stat Med 17:891.
func Tango(t PairedTable, level float64) (Estimate, error) {
	return pairedEstimate(t, level, "Tango score", tangoBounds)
}

// BonettPrice is Tango's simpler companion: a Wald interval after one
// disagreement is added in either direction.
//
// Bonett & Price (2012), Stat Methods Med Res 21:489.
func BonettPrice(t PairedTable, level float64) (Estimate, error) {
	return pairedEstimate(t, level, "Bonett–Price", bonettPriceBounds)
}

// NewcombePaired joins the Wilson intervals of the two rates, with the
// correlation of the pairs taken into account.
//
// Newcombe (1998), Stat Med 17:2635, method 10.
func NewcombePaired(t PairedTable, level float64) (Estimate, error) {
	return pairedEstimate(t, level, "Newcombe, paired", newcombePairedBounds)
}

// WaldPaired is the textbook interval, kept to reproduce published numbers:
// it has no width where the two never disagree.
func WaldPaired(t PairedTable, level float64) (Estimate, error) {
	return pairedEstimate(t, level, "Wald, paired", waldPairedBounds)
}

type pairedBounds func(t PairedTable, level float64) (lo, hi float64)

func pairedEstimate(t PairedTable, level float64, name string, bounds pairedBounds) (Estimate, error) {
	d, err := t.Difference()
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	lo, hi := bounds(t, level)
	return Estimate{Value: d, Lo: lo, Hi: max(lo, hi), Level: level, N: t.N(), Unit: Items, Method: name}, nil
}

// tangoBounds solves z(Δ) = ±z, where the chance q of "only B" is at its
// likeliest for the difference Δ: the root of a quadratic.
func tangoBounds(t PairedTable, level float64) (lo, hi float64) {
	n, b, c := float64(t.N()), float64(t.OnlyA), float64(t.OnlyB)
	z := critical(level)
	score := func(delta float64) float64 {
		half := (2*n-b+c)*delta - b - c
		q := (math.Sqrt(max(0, half*half+8*n*c*delta*(1-delta))) - half) / (4 * n)
		v := n * (2*q + delta*(1-delta))
		return scoreRatio(b-c-n*delta, v)
	}
	d := (b - c) / n
	lo, hi = -1, 1
	if d > -1 {
		lo = bisect(func(x float64) float64 { return score(x) - z }, -1, d)
	}
	if d < 1 {
		hi = bisect(func(x float64) float64 { return score(x) + z }, d, 1)
	}
	return lo, hi
}

func bonettPriceBounds(t PairedTable, level float64) (lo, hi float64) {
	n := float64(t.N())
	p12, p21 := float64(t.OnlyA+1)/(n+2), float64(t.OnlyB+1)/(n+2)
	d := p12 - p21
	half := critical(level) * math.Sqrt((p12+p21-d*d)/(n+2))
	return d - half, d + half
}

func newcombePairedBounds(t PairedTable, level float64) (lo, hi float64) {
	n := float64(t.N())
	first, second := float64(t.Both+t.OnlyA), float64(t.Both+t.OnlyB)
	p1, p2 := first/n, second/n
	d := p1 - p2
	l1, u1 := wilsonBounds(first, n, level)
	l2, u2 := wilsonBounds(second, n, level)
	phi := t.correctedPhi()
	side := func(x, y float64) float64 { return math.Sqrt(max(0, x*x-2*phi*x*y+y*y)) }
	return d - side(p1-l1, u2-p2), d + side(u1-p1, p2-l2)
}

// correctedPhi is the correlation of the pairs with Newcombe's continuity
// correction, 0 where a margin is empty.
func (t PairedTable) correctedPhi() float64 {
	a, b, c, d := float64(t.Both), float64(t.OnlyA), float64(t.OnlyB), float64(t.Neither)
	margins := (a + b) * (c + d) * (a + c) * (b + d)
	if margins == 0 {
		return 0
	}
	top, n := a*d-b*c, a+b+c+d
	switch {
	case top > n/2:
		top -= n / 2
	case top >= 0:
		top = 0
	}
	return top / math.Sqrt(margins)
}

func waldPairedBounds(t PairedTable, level float64) (lo, hi float64) {
	n, b, c := float64(t.N()), float64(t.OnlyA), float64(t.OnlyB)
	d := (b - c) / n
	half := critical(level) * math.Sqrt(max(0, b+c-(b-c)*(b-c)/n)) / n
	return d - half, d + half
}
