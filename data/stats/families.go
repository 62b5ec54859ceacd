package stats

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// An Adjust turns the p values of one family, in any order, into adjusted
// ones in the same order, none above 1. An empty family stays empty.
type Adjust func(p []float64) []float64

// Holm adjusts for the chance of one or more false claims in the family,
// without assumptions: the default for planned contrasts.
//
// Holm (1979), Scand J Stat 6:65.
func Holm(p []float64) []float64 {
	m := len(p)
	return stepDown(p, func(p float64, rank int) float64 { return float64(m-rank) * p })
}

// HolmSidak is Holm with Šidák's bound, for independent tests.
func HolmSidak(p []float64) []float64 {
	m := len(p)
	return stepDown(p, func(p float64, rank int) float64 { return sidak(p, m-rank) })
}

// Hochberg steps up where Holm steps down: sharper, for independent or
// positively dependent tests.
//
// Hochberg (1988), Biometrika 75:800.
func Hochberg(p []float64) []float64 {
	m := len(p)
	return stepUp(p, func(p float64, rank int) float64 { return float64(m-rank) * p })
}

// BenjaminiHochberg adjusts for the share of false claims among those made:
// for screening many items or cells.
//
// Benjamini & Hochberg (1995), JRSS B 57:289.
func BenjaminiHochberg(p []float64) []float64 {
	m := float64(len(p))
	return stepUp(p, func(p float64, rank int) float64 { return m * p / float64(rank+1) })
}

// BenjaminiYekutieli is BenjaminiHochberg under any dependence.
//
// Benjamini & Yekutieli (2001), Ann Stat 29:1165.
func BenjaminiYekutieli(p []float64) []float64 {
	m, harmonic := float64(len(p)), 0.0
	for i := range p {
		harmonic += 1 / float64(i+1)
	}
	return stepUp(p, func(p float64, rank int) float64 { return harmonic * m * p / float64(rank+1) })
}

// Bonferroni multiplies each p by their number.
func Bonferroni(p []float64) []float64 {
	return each(p, func(v float64) float64 { return min(1, v*float64(len(p))) })
}

// Sidak is 1 − (1 − p)^m, for independent tests.
//
// Šidák (1967), JASA 62:626.
func Sidak(p []float64) []float64 {
	return each(p, func(v float64) float64 { return sidak(v, len(p)) })
}

// AdjustKnown adjusts the p values that are there and leaves the others nil:
// the size of the family is the number of p values, not of rows.
func AdjustKnown(p []*float64, adjust Adjust) []*float64 {
	var known []float64
	for _, v := range p {
		if v != nil {
			known = append(known, *v)
		}
	}
	adjusted := adjust(known)
	out := make([]*float64, len(p))
	for i, v := range p {
		if v != nil {
			out[i], adjusted = &adjusted[0], adjusted[1:]
		}
	}
	return out
}

func sidak(p float64, m int) float64 {
	return min(1, -math.Expm1(float64(m)*math.Log1p(-p)))
}

func each(p []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(p))
	for i, v := range p {
		out[i] = f(v)
	}
	return out
}

// ranked lists the positions of p from the smallest to the largest value.
func ranked(p []float64) []int {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		switch {
		case p[i] < p[j]:
			return -1
		case p[i] > p[j]:
			return 1
		}
		return 0
	})
	return order
}

// stepDown adjusts from the smallest p on; an adjusted value is never under
// one before it.
func stepDown(p []float64, bound func(p float64, rank int) float64) []float64 {
	out, highest := make([]float64, len(p)), 0.0
	for rank, i := range ranked(p) {
		highest = max(highest, min(1, bound(p[i], rank)))
		out[i] = highest
	}
	return out
}

// stepUp adjusts from the largest p down; an adjusted value is never over one
// after it.
func stepUp(p []float64, bound func(p float64, rank int) float64) []float64 {
	out, lowest := make([]float64, len(p)), 1.0
	order := ranked(p)
	for rank, i := range slices.Backward(order) {
		lowest = min(lowest, bound(p[i], rank))
		out[i] = lowest
	}
	return out
}

// CriticalValues are two-sided multipliers of a standard error that hold for
// m intervals at once with chance 1 − alpha.
type CriticalValues struct {
	Pointwise        float64  // z for each interval alone
	Bonferroni       float64  // z at alpha/m
	Sidak            float64  // z at 1 − (1 − alpha)^(1/m)
	WorkingHotelling float64  // √χ²(p) for all points of a curve of p parameters
	BonferroniT      Quantity // Student's t at alpha/m
}

// Simultaneous computes the critical values for m intervals (m ≥ 1), a curve
// of p ≥ 1 parameters, and df degrees of freedom; without positive df the t
// value is unknown.
//
// Šidák (1967); Working & Hotelling (1929), JASA 24:73, as Scheffé (1959).
func Simultaneous(alpha float64, m int, df float64, p int) (CriticalValues, error) {
	if err := checkLevel(1 - alpha); err != nil {
		return CriticalValues{}, err
	}
	if m < 1 || p < 1 {
		return CriticalValues{}, fmt.Errorf("simultaneous intervals need one interval and one parameter or more, not %d and %d", m, p)
	}
	c := CriticalValues{
		Pointwise:        -NormalQuantile(alpha / 2),
		Bonferroni:       -NormalQuantile(alpha / (2 * float64(m))),
		Sidak:            -NormalQuantile(-math.Expm1(math.Log1p(-alpha)/float64(m)) / 2),
		WorkingHotelling: math.Sqrt(ChiSquaredQuantile(1-alpha, float64(p))),
		BonferroniT:      Unknown("no degrees of freedom are left"),
	}
	if df > 0 {
		c.BonferroniT = Known(-TQuantile(alpha/(2*float64(m)), df))
	}
	return c, nil
}

// An Adjustment is a way to adjust a family of p values that can be asked for
// by name.
type Adjustment struct {
	Name   string // as the command line takes it
	Label  string // as figures print it
	Bounds string // what it keeps small, in plain words
	Adjust Adjust
}

// Adjustments lists them, the default first.
var Adjustments = []Adjustment{
	{"holm", "Holm", "the chance of any false claim", Holm},
	{"hochberg", "Hochberg", "the chance of any false claim, if tests are independent", Hochberg},
	{"holm-sidak", "Holm–Šidák", "the chance of any false claim, if tests are independent", HolmSidak},
	{"sidak", "Šidák", "the chance of any false claim, if tests are independent", Sidak},
	{"bonferroni", "Bonferroni", "the chance of any false claim", Bonferroni},
	{"benjamini-hochberg", "Benjamini–Hochberg", "the share of false claims", BenjaminiHochberg},
	{"benjamini-yekutieli", "Benjamini–Yekutieli", "the share of false claims, under any dependence", BenjaminiYekutieli},
}

// LookupAdjustment finds an adjustment by its name; the empty name is the
// default. The error lists the names.
func LookupAdjustment(name string) (Adjustment, error) {
	names := make([]string, len(Adjustments))
	for i, a := range Adjustments {
		if a.Name == name || name == "" {
			return a, nil
		}
		names[i] = a.Name
	}
	return Adjustment{}, fmt.Errorf("the adjustment %q is not known; choose one of %s", name, strings.Join(names, ", "))
}
