package stats

import (
	"fmt"
	"math"
)

// A Comparison is a difference, the second condition less the first (b − a),
// with its interval and, for those who ask, an exact p.
type Comparison struct {
	Estimate
	DF      float64 // degrees of freedom of the interval
	P       float64 // two-sided, by permutation: the labels or the signs exchanged
	PFloor  float64 // the smallest P that so few seeds can give
	PMethod string  // how P was found, such as "sign flips, exact"
	Paired  bool    // whether the values were compared within pairs
}

// SeedMean returns the mean of one value per seed with Student's t interval:
// mean ± t·SD/√k, k − 1 degrees of freedom. It is the default for a claim
// about a condition. The interval is not clipped to [0, 1]. For one seed it
// is NotEstimable; Mean still gives the value.
//
// Student (1908); coverage in the table of the package comment.
func SeedMean(values []float64, level float64) (Estimate, error) {
	return tMean(values, level, Seeds, "t over seeds")
}

// PairedSeeds returns mean(b − a) over seeds that stand at the same position
// in a and b, with the t interval of the differences and the exact sign-flip
// P. NotEstimable for fewer than two pairs.
func PairedSeeds(a, b []float64, level float64) (Comparison, error) {
	if len(a) != len(b) {
		return Comparison{}, fmt.Errorf("paired seeds need the same seeds on both sides, but there are %d and %d", len(a), len(b))
	}
	d := Differences(a, b)
	e, err := tMean(d, level, Seeds, "paired t over seeds")
	if err != nil {
		return Comparison{}, err
	}
	flip, err := SignFlip(d)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{Estimate: e, DF: float64(len(d) - 1), P: flip.P, PFloor: flip.Floor, PMethod: flip.Method, Paired: true}, nil
}

// PairedItems returns the mean of one difference per item (for several epochs
// the difference of the item's means) with the t interval over items, and the
// sign-flip P. A claim about these checkpoints, not about a condition.
//
// Miller (2024), arXiv 2411.00640, section 4.2, with t in the place of z.
func PairedItems(diffs []float64, level float64) (Comparison, error) {
	e, err := tMean(diffs, level, Items, "paired t over items")
	if err != nil {
		return Comparison{}, err
	}
	flip, err := SignFlip(diffs)
	if err != nil {
		return Comparison{}, err
	}
	return Comparison{Estimate: e, DF: float64(len(diffs) - 1), P: flip.P, PFloor: flip.Floor, PMethod: flip.Method, Paired: true}, nil
}

// Welch returns mean(b) − mean(a) for seeds that are not paired, with Welch's
// t interval and the exact permutation P. N counts the seeds of both sides.
// NotEstimable for fewer than two seeds on a side, and where neither side
// varies.
//
// Welch (1947), Biometrika 34:28; degrees of freedom by Satterthwaite (1946).
func Welch(a, b []float64, level float64) (Comparison, error) {
	t, err := WelchT(a, b)
	if err != nil {
		return Comparison{}, err
	}
	if err := checkLevel(level); err != nil {
		return Comparison{}, err
	}
	perm, err := Permutation(a, b)
	if err != nil {
		return Comparison{}, err
	}
	half := criticalT(level, t.DF) * t.SE
	e := Estimate{
		Value: t.Diff, Lo: t.Diff - half, Hi: t.Diff + half, Level: level,
		N: len(a) + len(b), Unit: Seeds, Method: "Welch t over seeds",
	}
	return Comparison{Estimate: e, DF: t.DF, P: perm.P, PFloor: perm.Floor, PMethod: perm.Method}, nil
}

// tMean is the t interval of a mean, whatever the values are counted in.
func tMean(values []float64, level float64, unit Unit, name string) (Estimate, error) {
	m, err := Mean(values)
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	k := len(values)
	if k < 2 {
		return Estimate{}, Because("an interval over %s needs two or more, and there is one", unit)
	}
	half := criticalT(level, float64(k-1)) * math.Sqrt(variance(values)/float64(k))
	e := Estimate{Value: m, Lo: m - half, Hi: m + half, Level: level, N: k, Unit: unit, Method: name}
	if half == 0 {
		e = e.Noted("all %d %s have the same value, so the interval has no width; that is not certainty", k, unit)
	}
	return e, nil
}

// A TTest is a t test of a difference, the second condition less the first.
type TTest struct {
	Diff, SE, T, DF float64
	P               float64 // two-sided
}

// WelchT tests mean(b) − mean(a) with Welch's t. NotEstimable for fewer than
// two values on a side, and where neither side varies.
func WelchT(a, b []float64) (TTest, error) {
	if len(a) < 2 || len(b) < 2 {
		return TTest{}, Because("each side needs two values or more, and they have %d and %d", len(a), len(b))
	}
	if err := checkBoth(a, b); err != nil {
		return TTest{}, err
	}
	va, vb := variance(a)/float64(len(a)), variance(b)/float64(len(b))
	share := va / (va + vb)
	df := 1 / (share*share/float64(len(a)-1) + (1-share)*(1-share)/float64(len(b)-1))
	return tTest(mean(b)-mean(a), math.Sqrt(va+vb), df)
}

// PooledT tests mean(b) − mean(a) with Student's t of one common variance.
// NotEstimable for fewer than three values in all, and where neither side
// varies.
func PooledT(a, b []float64) (TTest, error) {
	df := float64(len(a) + len(b) - 2)
	if len(a) == 0 || len(b) == 0 || df < 1 {
		return TTest{}, Because("a common spread needs three values or more, and there are %d and %d", len(a), len(b))
	}
	if err := checkBoth(a, b); err != nil {
		return TTest{}, err
	}
	pooled := (sumSquares(a) + sumSquares(b)) / df
	return tTest(mean(b)-mean(a), math.Sqrt(pooled*(1/float64(len(a))+1/float64(len(b)))), df)
}

// PairedT tests mean(b − a) by position with the t of the differences.
func PairedT(a, b []float64) (TTest, error) {
	if len(a) != len(b) {
		return TTest{}, fmt.Errorf("pairs need as many values on both sides, but there are %d and %d", len(a), len(b))
	}
	if len(a) < 2 {
		return TTest{}, Because("a paired test needs two pairs or more, and there are %d", len(a))
	}
	if err := checkBoth(a, b); err != nil {
		return TTest{}, err
	}
	d := Differences(a, b)
	return tTest(mean(d), math.Sqrt(variance(d)/float64(len(d))), float64(len(d)-1))
}

func checkBoth(a, b []float64) error {
	if err := checkFinite(a); err != nil {
		return err
	}
	return checkFinite(b)
}

func tTest(diff, se, df float64) (TTest, error) {
	if se == 0 {
		return TTest{}, Because("the values do not vary, so there is no standard error to compare the difference with")
	}
	t := diff / se
	return TTest{Diff: diff, SE: se, T: t, DF: df, P: 2 * TCDF(-math.Abs(t), df)}, nil
}
