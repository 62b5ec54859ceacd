package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// Quantile returns the p-quantile (0 ≤ p ≤ 1) of the values by linear
// interpolation between order statistics (type 7, the default of R and
// numpy). NotEstimable without values.
//
// Hyndman & Fan (1996), Am Stat 50:361.
func Quantile(values []float64, p float64) (float64, error) {
	if len(values) == 0 {
		return 0, Because("no values")
	}
	if !(p >= 0 && p <= 1) {
		return 0, fmt.Errorf("a quantile lies between 0 and 1, but this one is %g", p)
	}
	if err := checkFinite(values); err != nil {
		return 0, err
	}
	return sortedQuantile(slices.Sorted(slices.Values(values)), p), nil
}

func sortedQuantile(sorted []float64, p float64) float64 {
	at := p * float64(len(sorted)-1)
	i := int(at)
	if i+1 >= len(sorted) {
		return sorted[len(sorted)-1]
	}
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// A Bootstrap is what a vector of replicates says of a statistic.
type Bootstrap struct {
	SE                         Quantity // standard deviation of the replicates
	PercentileLo, PercentileHi Quantity
	BasicLo, BasicHi           Quantity // 2·theta − the percentile ends
	Bias, Acceleration         Quantity // z0 and a of BCa
	BCaLo, BCaHi               Quantity
	Draws                      int
}

// Replicates computes the bootstrap intervals of theta from replicates of it
// and the jackknife values (theta without each unit in turn). BCa is unknown
// where the replicates or the jackknife values are all equal, and where all
// replicates lie on one side of theta.
//
// Efron (1987), JASA 82:171; ties with theta count half.
func Replicates(theta float64, replicates, jackknife []float64, level float64) (Bootstrap, error) {
	if err := checkLevel(level); err != nil {
		return Bootstrap{}, err
	}
	for _, values := range [][]float64{{theta}, replicates, jackknife} {
		if err := checkFinite(values); err != nil {
			return Bootstrap{}, err
		}
	}
	b := Bootstrap{Draws: len(replicates), SE: from(SD(replicates))}
	if len(replicates) == 0 {
		none := Unknown("no replicates")
		b.PercentileLo, b.PercentileHi, b.BasicLo, b.BasicHi, b.Bias, b.Acceleration, b.BCaLo, b.BCaHi = none, none, none, none, none, none, none, none
		return b, nil
	}
	sorted := slices.Sorted(slices.Values(replicates))
	lo, hi := sortedQuantile(sorted, (1-level)/2), sortedQuantile(sorted, (1+level)/2)
	b.PercentileLo, b.PercentileHi = Known(lo), Known(hi)
	b.BasicLo, b.BasicHi = Known(2*theta-hi), Known(2*theta-lo)
	b.correct(theta, sorted, jackknife, level)
	return b, nil
}

// correct fills in the bias-corrected and accelerated interval.
func (b *Bootstrap) correct(theta float64, sorted, jackknife []float64, level float64) {
	b.Bias, b.Acceleration = bias(theta, sorted), acceleration(jackknife)
	if sorted[0] == sorted[len(sorted)-1] {
		b.Bias = Unknown("all replicates are equal")
		b.Acceleration = b.Bias
	}
	b.BCaLo, b.BCaHi = b.Bias, b.Bias
	if !b.Acceleration.OK() {
		b.BCaLo, b.BCaHi = b.Acceleration, b.Acceleration
	}
	if b.Bias.OK() && b.Acceleration.OK() {
		z0, a := b.Bias.value, b.Acceleration.value
		end := func(tail float64) Quantity {
			z := z0 + NormalQuantile(tail)
			return Known(sortedQuantile(sorted, NormalCDF(z0+z/(1-a*z))))
		}
		b.BCaLo, b.BCaHi = end((1-level)/2), end((1+level)/2)
	}
}

// bias is z0: where theta stands among the replicates, on the normal scale.
// A replicate within rounding of theta is a tie and counts half.
func bias(theta float64, sorted []float64) Quantity {
	tolerance := 1e-9 * max(math.Abs(theta), sorted[len(sorted)-1]-sorted[0])
	under, over := 0, 0
	for _, r := range sorted {
		if r < theta-tolerance {
			under++
		}
		if r > theta+tolerance {
			over++
		}
	}
	n := len(sorted)
	if under == n || over == n {
		return Unknown("all replicates lie on one side of the estimate")
	}
	return Known(NormalQuantile(float64(n+under-over) / float64(2*n)))
}

// acceleration is the skewness of the jackknife values over 6√n.
func acceleration(jackknife []float64) Quantity {
	if len(jackknife) < 2 || constant(jackknife) {
		return Unknown("leaving out one unit never changes the estimate")
	}
	m, squares, cubes := mean(jackknife), 0.0, 0.0
	for _, v := range jackknife {
		u := m - v
		squares += u * u
		cubes += u * u * u
	}
	return Known(cubes / (6 * math.Pow(squares, 1.5)))
}

// JackknifeMeans returns the mean without each value in turn; nothing for
// fewer than two values.
func JackknifeMeans(values []float64) []float64 {
	if len(values) < 2 {
		return nil
	}
	out, m, n := make([]float64, len(values)), mean(values), float64(len(values))
	for i, v := range values {
		out[i] = m + (m-v)/(n-1)
	}
	return out
}

// The bootstrap draws this often from a PCG generator with this seed unless
// told otherwise, so that a figure can be made again to the last digit.
const (
	BootstrapDraws        = 9999
	BootstrapSeed  uint64 = 1
)

// The fewest units a bootstrap is believed for: with fewer, its intervals are
// far too narrow (see the coverage table of the package comment).
const (
	BootstrapSeedsAtLeast = 8
	BootstrapItemsAtLeast = 30
)

// BootstrapSeeds returns the mean of one value per seed with a BCa interval.
// NotEstimable for fewer than 8 seeds, where only a t interval holds.
func BootstrapSeeds(values []float64, level float64) (Estimate, error) {
	if len(values) < BootstrapSeedsAtLeast {
		return Estimate{}, Because("a bootstrap of %d seeds is far too narrow; use the t interval, or %d seeds", len(values), BootstrapSeedsAtLeast)
	}
	return BootstrapMean(singles(values), BootstrapDraws, BootstrapSeed, level, Seeds)
}

// BootstrapItems returns the mean of the scores of items, one per epoch, with
// a BCa interval that resamples whole items. NotEstimable for fewer than 30
// items.
func BootstrapItems(values [][]float64, level float64) (Estimate, error) {
	if len(values) < BootstrapItemsAtLeast {
		return Estimate{}, Because("a bootstrap of %d items is too narrow; use CR2, or %d items", len(values), BootstrapItemsAtLeast)
	}
	return BootstrapMean(values, BootstrapDraws, BootstrapSeed, level, Items)
}

// BootstrapDifferences returns the mean of one difference per shared item
// with a BCa interval, and the sign-flip p. NotEstimable for fewer than 30
// items.
func BootstrapDifferences(diffs []float64, level float64) (Comparison, error) {
	e, err := BootstrapItems(singles(diffs), level)
	if err != nil {
		return Comparison{}, err
	}
	flip, err := SignFlip(diffs)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{Estimate: e, P: flip.P, PFloor: flip.Floor, PMethod: flip.Method, Paired: true}, nil
}

func singles(values []float64) [][]float64 {
	out := make([][]float64, len(values))
	for i := range values {
		out[i] = values[i : i+1]
	}
	return out
}

// BootstrapMean returns the mean of all scores with the BCa interval of draws
// resamples of whole units (values[u] are the scores of unit u) from a PCG
// generator. Units with the same scores are drawn by their number and not one
// by one, so that a hundred thousand items cost no more than a handful of
// distinct ones. NotEstimable for fewer than two units with scores, and where
// all units agree.
func BootstrapMean(values [][]float64, draws int, seed uint64, level float64, unit Unit) (Estimate, error) {
	u, err := tally(values)
	if err != nil {
		return Estimate{}, err
	}
	if u.n < 2 {
		return Estimate{}, Because("a bootstrap needs two %s or more, and there are %d", unit, u.n)
	}
	theta := u.mean(u.counts)
	b, err := Replicates(theta, u.resample(draws, seed), u.jackknife(), level)
	if err != nil {
		return Estimate{}, err
	}
	lo, err := b.BCaLo.Value()
	if err != nil {
		return Estimate{}, err
	}
	hi, err := b.BCaHi.Value()
	if err != nil {
		return Estimate{}, err
	}
	e := Estimate{Value: theta, Lo: lo, Hi: hi, Level: level, N: u.n, Unit: unit, Method: "bootstrap BCa over " + string(unit)}
	return e.Noted("%d resamples, PCG seed %d", draws, seed), nil
}

// An atom is what a unit adds to a mean: the sum and number of its scores.
type atom struct{ sum, size float64 }

// units counts how many units share each atom.
type units struct {
	atoms  []atom
	counts []int
	n      int
}

func tally(values [][]float64) (units, error) {
	var u units
	at := map[atom]int{}
	for _, scores := range values {
		if err := checkFinite(scores); err != nil {
			return u, err
		}
		if len(scores) == 0 {
			continue
		}
		a := atom{sum(scores), float64(len(scores))}
		i, seen := at[a]
		if !seen {
			i = len(u.atoms)
			at[a] = i
			u.atoms, u.counts = append(u.atoms, a), append(u.counts, 0)
		}
		u.counts[i]++
		u.n++
	}
	return u, nil
}

func (u units) mean(counts []int) float64 {
	var total, size float64
	for i, c := range counts {
		total += float64(c) * u.atoms[i].sum
		size += float64(c) * u.atoms[i].size
	}
	return total / size
}

// jackknife lists the mean without each unit in turn.
func (u units) jackknife() []float64 {
	var total, size float64
	for i, c := range u.counts {
		total += float64(c) * u.atoms[i].sum
		size += float64(c) * u.atoms[i].size
	}
	out := make([]float64, 0, u.n)
	for i, a := range u.atoms {
		v := (total - a.sum) / (size - a.size)
		for range u.counts[i] {
			out = append(out, v)
		}
	}
	return out
}

func (u units) resample(draws int, seed uint64) []float64 {
	rng := rand.New(rand.NewPCG(seed, 0))
	draw := u.byRow
	if len(u.atoms)*8 < u.n {
		draw = u.byCount
	}
	out, counts := make([]float64, draws), make([]int, len(u.atoms))
	for i := range out {
		draw(counts, rng)
		out[i] = u.mean(counts)
	}
	return out
}

// byCount draws a multinomial vector: each count is binomial given those
// before it.
func (u units) byCount(counts []int, rng *rand.Rand) {
	left, weight := u.n, u.n
	for i, c := range u.counts {
		counts[i] = left
		if c < weight && left > 0 {
			share := float64(c) / float64(weight)
			counts[i] = int(distuv.Binomial{N: float64(left), P: share, Src: rng}.Rand())
		}
		left, weight = left-counts[i], weight-c
	}
}

// byRow draws units one by one, where few are alike.
func (u units) byRow(counts []int, rng *rand.Rand) {
	clear(counts)
	if len(u.atoms) == u.n {
		for range u.n {
			counts[rng.IntN(u.n)]++
		}
		return
	}
	ends := u.ends()
	for range u.n {
		i, _ := slices.BinarySearch(ends, rng.IntN(u.n)+1)
		counts[i]++
	}
}

// ends lists the running totals of the counts.
func (u units) ends() []int {
	out, total := make([]int, len(u.counts)), 0
	for i, c := range u.counts {
		total += c
		out[i] = total
	}
	return out
}
