package stats

import (
	"fmt"
	"math"
	"slices"
)

// A KSTest compares two sets of scores by the largest distance between their
// distributions. It screens for drift; it does not say what drifted.
type KSTest struct {
	D           float64
	PExact      Quantity // two-sided; unknown with ties and for more than four million pairs
	PAsymptotic float64  // Kolmogorov's limit; too large with ties
	N1, N2      int
}

const exactPaths = 4_000_000 // n1·n2 up to which all paths are counted

// KolmogorovSmirnov tests whether a and b come from one distribution.
// NotEstimable where a side is empty.
//
// Smirnov (1939); exact p by counting lattice paths, Hodges (1958), Ark Mat
// 3:469.
func KolmogorovSmirnov(a, b []float64) (KSTest, error) {
	if len(a) == 0 || len(b) == 0 {
		return KSTest{}, Because("one of the two sets has no scores")
	}
	if slices.ContainsFunc(a, math.IsNaN) || slices.ContainsFunc(b, math.IsNaN) {
		return KSTest{}, Because("one of the scores is missing")
	}
	sa, sb := slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))
	gap, ties := largestGap(sa, sb)
	n1, n2 := len(a), len(b)
	t := KSTest{D: float64(gap) / float64(n1) / float64(n2), N1: n1, N2: n2}
	t.PAsymptotic = kolmogorov(t.D * math.Sqrt(float64(n1)*float64(n2)/float64(n1+n2)))
	switch {
	case ties:
		t.PExact = Unknown("with ties the orders are not equally likely")
	case n1*n2 > exactPaths:
		t.PExact = Unknown("%d and %d scores have too many orders to count; the asymptotic p serves", n1, n2)
	default:
		t.PExact = Known(pathsReaching(n1, n2, gap))
	}
	return t, nil
}

// largestGap is the largest |i·n2 − j·n1| after i of the one and j of the
// other side, taken where a group of equal scores ends.
func largestGap(a, b []float64) (gap int, ties bool) {
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		start := i + j
		v := math.Inf(1)
		if i < len(a) {
			v = a[i]
		}
		if j < len(b) {
			v = min(v, b[j])
		}
		for i < len(a) && a[i] == v {
			i++
		}
		for j < len(b) && b[j] == v {
			j++
		}
		ties = ties || i+j > start+1
		gap = max(gap, i*len(b)-j*len(a), j*len(a)-i*len(b))
	}
	return gap, ties
}

// pathsReaching is the chance that a random order of n1 and n2 scores comes
// to a gap at least as large: one less the chance of paths that stay inside.
func pathsReaching(n1, n2, gap int) float64 {
	if gap == 0 {
		return 1
	}
	inside := make([]float64, n2+1)
	for i := range n1 + 1 {
		for j := range n2 + 1 {
			switch {
			case max(i*n2-j*n1, j*n1-i*n2) >= gap:
				inside[j] = 0
			case i == 0 && j == 0:
				inside[j] = 1
			default:
				v := 0.0
				if i > 0 {
					v += inside[j] * float64(i) / float64(i+j)
				}
				if j > 0 {
					v += inside[j-1] * float64(j) / float64(i+j)
				}
				inside[j] = v
			}
		}
	}
	return unit(1 - inside[n2])
}

// kolmogorov is the chance that the limiting distance exceeds x.
func kolmogorov(x float64) float64 {
	if x < 0.2 {
		return 1
	}
	total, side := 0.0, 1.0
	for j := 1.0; j <= 100; j++ {
		total += side * math.Exp(-2*j*j*x*x)
		side = -side
	}
	return unit(2 * total)
}

// PopulationStability returns Σ(p − q)·ln(p/q) over bins, where p and q are
// the shares of two sets of scores in each; shares under floor count as floor.
// A custom of credit scoring: under 0.1 is called stable, over 0.25 a shift.
func PopulationStability(p, q []float64, floor float64) (float64, error) {
	if err := checkLengths("bin shares", len(p), len(q)); err != nil {
		return 0, err
	}
	if err := checkBoth(p, q); err != nil {
		return 0, err
	}
	if len(p) == 0 {
		return 0, Because("there are no bins")
	}
	total := 0.0
	for i := range p {
		a, b := max(p[i], floor), max(q[i], floor)
		if a <= 0 || b <= 0 {
			return 0, Because("bin %d is empty on one side and there is no floor", i+1)
		}
		total += (a - b) * math.Log(a/b)
	}
	return total, nil
}

// PChart returns the limits of Shewhart's chart for a rate of mean (0–1) in
// samples of n: mean ± 3·√(mean·(1 − mean)/n), clipped to 0–1.
func PChart(mean float64, n int) (lower, upper float64, err error) {
	if !(mean >= 0 && mean <= 1) {
		return 0, 0, Because("%g is not a rate", mean)
	}
	if n < 1 {
		return 0, 0, Because("the chart has no samples")
	}
	half := 3 * math.Sqrt(mean*(1-mean)/float64(n))
	return unit(mean - half), unit(mean + half), nil
}

// CUSUM returns Page's running sum for a rise over target: Sₜ = max(0, Sₜ₋₁ +
// xₜ − target − slack), from S₀ = 0. NaN in x means no value; the sum stands
// still there.
//
// Page (1954), Biometrika 41:100.
func CUSUM(x []float64, target, slack float64) ([]float64, error) {
	if math.IsNaN(target+slack) || math.IsInf(target+slack, 0) {
		return nil, fmt.Errorf("the running sum needs a finite target and slack, not %g and %g", target, slack)
	}
	out, s := make([]float64, len(x)), 0.0
	for i, v := range x {
		if !math.IsNaN(v) {
			s = max(0, s+v-target-slack)
		}
		out[i] = s
	}
	return out, nil
}
