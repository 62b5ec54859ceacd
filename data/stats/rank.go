package stats

import (
	"fmt"
	"math"
	"slices"
)

// checkLengths refuses series that do not belong together.
func checkLengths(what string, sizes ...int) error {
	for _, n := range sizes[1:] {
		if n != sizes[0] {
			return fmt.Errorf("%s need one entry each, but their lengths are %v", what, sizes)
		}
	}
	return nil
}

// midranks gives each value its rank from 1; tied values share the mean of
// their ranks.
func midranks(values []float64) []float64 {
	ranks := make([]float64, len(values))
	order := ranked(values)
	for start := 0; start < len(order); {
		end := start + 1
		for end < len(order) && values[order[end]] == values[order[start]] {
			end++
		}
		for _, i := range order[start:end] {
			ranks[i] = float64(start+end+1) / 2
		}
		start = end
	}
	return ranks
}

// tieSizes lists how many values share each distinct value.
func tieSizes(values []float64) []float64 {
	var sizes []float64
	sorted := slices.Sorted(slices.Values(values))
	for i, v := range sorted {
		if i == 0 || v != sorted[i-1] {
			sizes = append(sizes, 0)
		}
		sizes[len(sizes)-1]++
	}
	return sizes
}

// sumOver adds f of each size.
func sumOver(sizes []float64, f func(t float64) float64) float64 {
	total := 0.0
	for _, t := range sizes {
		total += f(t)
	}
	return total
}

// Pearson returns the linear correlation of x and y by position, −1 to 1;
// NotEstimable where one of them is constant or has fewer than two values.
func Pearson(x, y []float64) (float64, error) {
	if err := checkPairsOf(x, y); err != nil {
		return 0, err
	}
	if len(x) < 2 || constant(x) || constant(y) {
		return 0, Because("a correlation needs values that differ on both sides")
	}
	r := products(x, y) / math.Sqrt(sumSquares(x)) / math.Sqrt(sumSquares(y))
	return max(-1, min(1, r)), nil
}

// Spearman returns the correlation of the midranks of x and y.
//
// Spearman (1904), Am J Psychol 15:72.
func Spearman(x, y []float64) (float64, error) {
	if err := checkPairsOf(x, y); err != nil {
		return 0, err
	}
	return Pearson(midranks(x), midranks(y))
}

func checkPairsOf(x, y []float64) error {
	if err := checkLengths("paired values", len(x), len(y)); err != nil {
		return err
	}
	return checkBoth(x, y)
}

// products is Σ(x − mean x)(y − mean y).
func products(x, y []float64) float64 {
	mx, my, total := mean(x), mean(y), 0.0
	for i := range x {
		total += (x[i] - mx) * (y[i] - my)
	}
	return total
}

// A RankCorrelation is Kendall's tau-b with two p values, both two-sided.
type RankCorrelation struct {
	Tau         Quantity // −1 to 1; unknown where a side is constant
	PExact      Quantity // from all orders; unknown with ties and for more than 500 pairs
	PAsymptotic Quantity // normal, variance corrected for ties; unknown for fewer than three pairs
	N           int
}

const exactOrders = 500 // pairs up to which all orders are counted

// KendallTauB measures how far y orders the same things as x does, ties
// included: the headline for "did the model predict the order of conditions".
//
// Kendall (1945), Biometrika 33:239; exact p as Kendall (1970), chapter 5.
func KendallTauB(x, y []float64) (RankCorrelation, error) {
	if err := checkPairsOf(x, y); err != nil {
		return RankCorrelation{}, err
	}
	k := RankCorrelation{N: len(x), Tau: tauB(x, y)}
	if !k.Tau.OK() {
		k.PExact, k.PAsymptotic = k.Tau, k.Tau
		return k, nil
	}
	tx, ty := tieSizes(x), tieSizes(y)
	s := concordance(x, y)
	k.PAsymptotic = tauNormalP(s, float64(len(x)), tx, ty)
	k.PExact = tauExactP(s, len(x), len(tx) < len(x) || len(ty) < len(y))
	return k, nil
}

func tauB(x, y []float64) Quantity {
	if len(x) < 2 || constant(x) || constant(y) {
		return Unknown("an order needs values that differ on both sides")
	}
	tau := concordance(x, y) / math.Sqrt(untied(x, tieSizes(x))) / math.Sqrt(untied(y, tieSizes(y)))
	return Known(max(-1, min(1, tau)))
}

// concordance counts concordant less discordant pairs.
func concordance(x, y []float64) float64 {
	s := 0
	for i := range x {
		for j := range i {
			s += sign(x[i]-x[j]) * sign(y[i]-y[j])
		}
	}
	return float64(s)
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// untied counts the pairs that differ.
func untied(values, ties []float64) float64 {
	n := float64(len(values))
	return n*(n-1)/2 - sumOver(ties, func(t float64) float64 { return t * (t - 1) / 2 })
}

func tauNormalP(s, n float64, tx, ty []float64) Quantity {
	if n < 3 {
		return Unknown("the normal approximation needs three pairs or more, and there are %g", n)
	}
	pairs := func(t float64) float64 { return t * (t - 1) }
	triples := func(t float64) float64 { return t * (t - 1) * (t - 2) }
	spread := func(t float64) float64 { return t * (t - 1) * (2*t + 5) }
	v := (spread(n)-sumOver(tx, spread)-sumOver(ty, spread))/18 +
		sumOver(tx, pairs)*sumOver(ty, pairs)/(2*pairs(n)) +
		sumOver(tx, triples)*sumOver(ty, triples)/(9*triples(n))
	return Known(2 * NormalCDF(-math.Abs(s)/math.Sqrt(v)))
}

func tauExactP(s float64, n int, ties bool) Quantity {
	switch {
	case ties:
		return Unknown("with ties the orders are not equally likely")
	case n > exactOrders:
		return Unknown("%d pairs have too many orders to count; the normal approximation serves", n)
	}
	inversions := (n*(n-1)/2 - int(math.Abs(s))) / 2
	return Known(min(1, 2*inversionTail(n, inversions)))
}

// inversionTail is the chance that a random order of n has at most c
// inversions, built up one element at a time: the j-th adds 0 … j − 1.
func inversionTail(n, c int) float64 {
	chance := make([]float64, c+1)
	chance[0] = 1
	next := make([]float64, c+1)
	for j := 2; j <= n; j++ {
		window := 0.0
		for i := range chance {
			window += chance[i]
			if i >= j {
				window -= chance[i-j]
			}
			next[i] = window / float64(j)
		}
		chance, next = next, chance
	}
	return sum(chance)
}
