package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// A PermutationTest is the two-sided p of a randomization test: the share of
// relabelings that give a difference at least as large as the one observed.
// Floor is the smallest share so few values can give: no data, however
// extreme, would have come out under it.
type PermutationTest struct {
	P, Floor float64
	Method   string // how the relabelings were counted
}

// The limits up to which all relabelings are counted, and what is done past
// them. Counting halves against halves keeps both at about a million sums.
const (
	exactFlips   = 32 // pairs
	exactSplits  = 40 // values of both sides
	sampledFlips = 2000
	relabelings  = 50_000
	tieTolerance = 1e-12 // rounding must not break a tie with the observed difference
)

// SignFlip tests whether paired differences center on 0: the sign of each is
// as likely plus as minus. Exact for up to 32 pairs, 50,000 seeded draws for
// up to 2,000, and the normal approximation with the randomization variance
// Σd² beyond. Floor is 2/2^k for k pairs. NotEstimable without pairs.
//
// Fisher (1935), The Design of Experiments, section 21.
func SignFlip(diffs []float64) (PermutationTest, error) {
	if len(diffs) == 0 {
		return PermutationTest{}, Because("no pairs")
	}
	if err := checkFinite(diffs); err != nil {
		return PermutationTest{}, err
	}
	k := len(diffs)
	floor := math.Ldexp(1, 1-k)
	bar := math.Abs(sum(diffs)) - float64(k)*tie(diffs)
	switch {
	case bar <= 0:
		return PermutationTest{P: 1, Floor: floor, Method: "sign flips, exact"}, nil
	case k <= exactFlips:
		return PermutationTest{P: exactFlipP(diffs, bar), Floor: floor, Method: "sign flips, exact"}, nil
	case k <= sampledFlips:
		return sampled("sign flips", floor, func(rng *rand.Rand) bool { return flipped(diffs, rng) >= bar }), nil
	}
	return PermutationTest{P: min(1, 2*NormalCDF(-math.Abs(sum(diffs))/rootSquares(diffs))), Floor: floor, Method: "sign flips, normal approximation"}, nil
}

// Permutation tests whether two sides differ in their means when the side is
// a label given at random. Exact for up to 40 values, 50,000 seeded draws
// beyond. Floor is 2/C(n, k) for sides of equal size and 1/C(n, k) otherwise.
// NotEstimable where a side is empty.
//
// Pitman (1937), Suppl JRSS 4:119.
func Permutation(a, b []float64) (PermutationTest, error) {
	if len(a) == 0 || len(b) == 0 {
		return PermutationTest{}, Because("a side has no values: they have %d and %d", len(a), len(b))
	}
	if err := checkBoth(a, b); err != nil {
		return PermutationTest{}, err
	}
	all := slices.Concat(a, b)
	floor := splitFloor(len(a), len(b))
	bar := math.Abs(mean(b)-mean(a)) - tie(all)
	switch {
	case bar <= 0:
		return PermutationTest{P: 1, Floor: floor, Method: "permutation, exact"}, nil
	case len(all) <= exactSplits:
		return PermutationTest{P: exactSplitP(all, len(a), bar), Floor: floor, Method: "permutation, exact"}, nil
	}
	return sampled("permutation", floor, func(rng *rand.Rand) bool {
		rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		return math.Abs(mean(all[len(a):])-mean(all[:len(a)])) >= bar
	}), nil
}

// MannWhitney returns the exact two-sided p of the rank-sum test, doubled
// from the smaller tail. NotEstimable where a side is empty, where values are
// tied, and for more than 200 values, where exact counts stop being useful.
//
// Mann & Whitney (1947), Ann Math Stat 18:50.
func MannWhitney(a, b []float64) (float64, error) {
	n := len(a) + len(b)
	if len(a) == 0 || len(b) == 0 || n > 200 {
		return 0, Because("the exact rank test takes 1 to 200 values, some on each side, and there are %d and %d", len(a), len(b))
	}
	if err := checkBoth(a, b); err != nil {
		return 0, err
	}
	all := slices.Concat(a, b)
	slices.Sort(all)
	if len(slices.Compact(all)) < n {
		return 0, Because("some values are equal, and the exact rank test needs all to differ")
	}
	u := 0
	for _, x := range a {
		for _, y := range b {
			if x > y {
				u++
			}
		}
	}
	return rankTail(len(a), len(b), max(u, len(a)*len(b)-u)), nil
}

// rankTail is min(1, 2·P(U ≥ u)). ways[s] counts the choices with statistic s,
// built up by Gaussian binomial coefficients.
func rankTail(m, n, u int) float64 {
	ways := make([]float64, m*n+1)
	ways[0] = 1
	for i := 1; i <= m; i++ {
		for s := m * n; s >= n+i; s-- {
			ways[s] -= ways[s-n-i]
		}
		for s := i; s <= m*n; s++ {
			ways[s] += ways[s-i]
		}
	}
	tail, total := 0.0, 0.0
	for s, w := range ways {
		total += w
		if s >= u {
			tail += w
		}
	}
	return min(1, 2*tail/total)
}

func splitFloor(ka, kb int) float64 {
	one := math.Exp(-logChoose(ka+kb, ka))
	if ka == kb {
		return min(1, 2*one)
	}
	return one
}

// tie is the tolerance for equal means: absolute for rates, relative to the
// largest value where values pass 1.
func tie(values []float64) float64 {
	scale := 1.0
	for _, v := range values {
		scale = max(scale, math.Abs(v))
	}
	return tieTolerance * scale
}

// exactFlipP counts the signed sums at or over bar: half the differences give
// one sorted list, the other half another, and a pointer walks each.
func exactFlipP(diffs []float64, bar float64) float64 {
	half := len(diffs) / 2
	left, right := signedSums(diffs[:half]), signedSums(diffs[half:])
	count := countAtLeast(left, right, bar)
	return min(1, 2*float64(count)/(float64(len(left))*float64(len(right))))
}

func signedSums(diffs []float64) []float64 {
	sums := []float64{0}
	for _, d := range diffs {
		n := len(sums)
		for i := range n {
			sums = append(sums, sums[i]-d)
			sums[i] += d
		}
	}
	slices.Sort(sums)
	return sums
}

// countAtLeast counts the pairs, one of either sorted list, whose sum is bar
// or more.
func countAtLeast(left, right []float64, bar float64) int {
	count, j := 0, len(right)
	for _, x := range left {
		for j > 0 && x+right[j-1] >= bar {
			j--
		}
		count += len(right) - j
	}
	return count
}

// exactSplitP counts the ways to choose the ka values of the first side that
// make the means differ by bar or more, in either direction.
func exactSplitP(all []float64, ka int, bar float64) float64 {
	n := float64(len(all))
	a, b := float64(ka), n-float64(ka)
	total := sum(all)
	per := 1/a + 1/b
	most, least := (total/b-bar)/per, (total/b+bar)/per
	half := len(all) / 2
	left, right := subsetSums(all[:half]), subsetSums(all[half:])
	count := 0
	for i := range left {
		j := ka - i
		if j < 0 || j >= len(right) {
			continue
		}
		count += countAtLeast(left[i], right[j], least)
		count += len(left[i])*len(right[j]) - countAtLeast(left[i], right[j], math.Nextafter(most, math.Inf(1)))
	}
	return min(1, float64(count)/math.Round(math.Exp(logChoose(len(all), ka))))
}

// subsetSums lists, by the number of values chosen, the sorted sums.
func subsetSums(values []float64) [][]float64 {
	sums := make([][]float64, len(values)+1)
	sums[0] = []float64{0}
	for k, v := range values {
		for size := k; size >= 0; size-- {
			for _, s := range sums[size] {
				sums[size+1] = append(sums[size+1], s+v)
			}
		}
	}
	for _, s := range sums {
		slices.Sort(s)
	}
	return sums
}

// sampled estimates a p that is never 0: the observed labeling counts as one
// of the draws (Phipson & Smyth 2010). The generator's seed is fixed, so that
// the same data give the same p.
func sampled(name string, floor float64, atLeast func(*rand.Rand) bool) PermutationTest {
	rng := rand.New(rand.NewPCG(1, relabelings))
	count := 1
	for range relabelings {
		if atLeast(rng) {
			count++
		}
	}
	return PermutationTest{
		P: float64(count) / (relabelings + 1), Floor: max(floor, 1.0/(relabelings+1)),
		Method: fmt.Sprintf("%s, %d draws", name, relabelings),
	}
}

func flipped(diffs []float64, rng *rand.Rand) float64 {
	total, bits := 0.0, uint64(0)
	for i, d := range diffs {
		if i%64 == 0 {
			bits = rng.Uint64()
		}
		if bits&1 == 1 {
			d = -d
		}
		bits >>= 1
		total += d
	}
	return math.Abs(total)
}

func sum(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v
	}
	return total
}

func rootSquares(values []float64) float64 {
	total := 0.0
	for _, v := range values {
		total += v * v
	}
	return math.Sqrt(total)
}
