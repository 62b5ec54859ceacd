package stats

import (
	"fmt"
	"math"
)

// A cell is k successes of n at a place on the step axis. The methods for
// trends work on cells with n > 0.
type cell struct{ step, k, n float64 }

func (c cell) rate() float64 { return c.k / c.n }

// cellsOf joins three series and leaves out the checkpoints with no samples.
func cellsOf(steps []float64, k, n []int) ([]cell, error) {
	if err := checkLengths("steps, successes and samples", len(steps), len(k), len(n)); err != nil {
		return nil, err
	}
	cells := make([]cell, 0, len(steps))
	for i, step := range steps {
		if err := checkCount(k[i], n[i]); err != nil {
			return nil, fmt.Errorf("checkpoint %d: %w", i+1, err)
		}
		if n[i] > 0 {
			cells = append(cells, cell{step, float64(k[i]), float64(n[i])})
		}
	}
	return cells, checkFinite(steps)
}

// totals adds up the successes and the samples.
func totals(cells []cell) (k, n float64) {
	for _, c := range cells {
		k, n = k+c.k, n+c.n
	}
	return k, n
}

// A Trend is a test of whether a rate moves with the step.
type Trend struct {
	Z         float64 // > 0 where the rate rises
	Chi2      float64 // Z², 1 degree of freedom
	P         float64 // two-sided
	PIncrease float64 // one-sided, small where the rate rises
	PDecrease float64 // one-sided, small where the rate falls

	DepartureChi2 Quantity // how far the rates leave a straight line, checkpoints − 2 degrees of freedom
	DepartureP    Quantity
	Checkpoints   int // with samples
}

// CochranArmitage tests for a linear trend of k/n over steps, for samples
// that are independent between checkpoints. Where the same items are asked
// again at every checkpoint it is approximate; for several seeds use Slope of
// each seed and SeedMean. NotEstimable where all or no samples are successes
// and where there is one step only.
//
// Cochran (1954), Biometrics 10:417; Armitage (1955), Biometrics 11:375; the
// variance has the divisor N, as in R's prop.trend.test.
func CochranArmitage(steps []float64, k, n []int) (Trend, error) {
	cells, err := cellsOf(steps, k, n)
	if err != nil {
		return Trend{}, err
	}
	if err := checkTrend(cells); err != nil {
		return Trend{}, err
	}
	score, spread := linear(cells)
	t := Trend{Z: score / math.Sqrt(spread), Checkpoints: len(cells)}
	t.Chi2 = t.Z * t.Z
	t.PIncrease, t.PDecrease = NormalCDF(-t.Z), NormalCDF(t.Z)
	t.P = 2 * min(t.PIncrease, t.PDecrease)
	t.DepartureChi2, t.DepartureP = departure(cells, t.Chi2)
	return t, nil
}

func checkTrend(cells []cell) error {
	k, n := totals(cells)
	switch {
	case n == 0:
		return Because("no checkpoint has samples")
	case k == 0:
		return Because("there are no successes at any checkpoint")
	case k == n:
		return Because("all samples are successes at every checkpoint")
	case sameStep(cells):
		return Because("all samples are from one step")
	}
	return nil
}

func sameStep(cells []cell) bool {
	for _, c := range cells {
		if c.step != cells[0].step {
			return false
		}
	}
	return true
}

// linear is T = Σk(step − mean step) and its variance under a constant rate.
func linear(cells []cell) (score, spread float64) {
	k, n := totals(cells)
	center := 0.0
	for _, c := range cells {
		center += c.n * (c.step - cells[0].step) / n
	}
	center += cells[0].step
	for _, c := range cells {
		score += (c.k - c.n*k/n) * (c.step - center)
		spread += c.n * (c.step - center) * (c.step - center)
	}
	return score, spread * k / n * (1 - k/n)
}

// departure is what Pearson's χ² of all checkpoints leaves over the trend.
func departure(cells []cell, trend float64) (chi2, p Quantity) {
	if len(cells) < 3 {
		chi2 = Unknown("a departure from a line needs three checkpoints or more, and there are %d", len(cells))
		return chi2, chi2
	}
	k, n := totals(cells)
	rest := -trend
	for _, c := range cells {
		rest += c.n * (c.rate() - k/n) * (c.rate() - k/n) / (k / n * (1 - k/n))
	}
	return chiSquared(max(0, rest), float64(len(cells)-2))
}

// Slope returns the least-squares line of y over steps: the change of y per
// step, and its height at step 0. Points whose y is NaN (no value) are left
// out. The slope of each seed, averaged by SeedMean, is the default inference
// about a trend. NotEstimable for fewer than two different steps.
func Slope(steps, y []float64) (slope, intercept float64, err error) {
	if err := checkLengths("steps and values", len(steps), len(y)); err != nil {
		return 0, 0, err
	}
	s, v := present(steps, y)
	if err := checkBoth(s, v); err != nil {
		return 0, 0, err
	}
	if len(s) < 2 || constant(s) {
		return 0, 0, Because("a slope needs values at two different steps or more")
	}
	slope = products(s, v) / sumSquares(s)
	return slope, mean(v) - slope*mean(s), nil
}

// present keeps the points that have a value.
func present(steps, y []float64) (s, v []float64) {
	for i := range y {
		if !math.IsNaN(y[i]) {
			s, v = append(s, steps[i]), append(v, y[i])
		}
	}
	return s, v
}
