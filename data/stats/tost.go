package stats

import (
	"fmt"
	"math"
)

// An Equivalence says whether a difference lies within a margin that was
// chosen before. It is two one-sided tests at alpha each, so that the interval
// to look at has the level 1 − 2·alpha: Lo and Hi are its ends.
type Equivalence struct {
	Estimate
	Margin float64
	PLower float64 // one-sided p against a difference of −Margin or less
	PUpper float64 // one-sided p against a difference of +Margin or more
	P      float64 // the larger of both: small speaks for equivalence
}

// Equivalent reports whether the whole interval lies within the margin. A
// false answer is no sign of a difference.
func (e Equivalence) Equivalent() bool { return e.Lo > -e.Margin && e.Hi < e.Margin }

// NotLower reports whether the difference is shown not to lie under −Margin:
// the second condition is not worse than the first by the margin or more.
func (e Equivalence) NotLower() bool { return e.Lo > -e.Margin }

// NotHigher reports whether the difference is shown not to lie over Margin.
func (e Equivalence) NotHigher() bool { return e.Hi < e.Margin }

// EquivalentSeeds tests whether mean(b) and mean(a) over seeds are the same
// within a margin > 0, by Welch's t, or by the t of the differences where
// paired. NotEstimable where Welch or PairedSeeds are.
//
// Schuirmann (1987), J Pharmacokinet Biopharm 15:657.
func EquivalentSeeds(a, b []float64, paired bool, margin, alpha float64) (Equivalence, error) {
	test := WelchT
	method := "two one-sided Welch t over seeds"
	if paired {
		test, method = PairedT, "two one-sided paired t over seeds"
	}
	t, err := test(a, b)
	if err != nil {
		return Equivalence{}, err
	}
	n := len(a) + len(b)
	if paired {
		n = len(a)
	}
	return equivalence(t, margin, alpha, Estimate{N: n, Unit: Seeds, Method: method})
}

// EquivalentItems tests whether the mean of one difference per item lies
// within a margin > 0, by the t of the differences.
func EquivalentItems(diffs []float64, margin, alpha float64) (Equivalence, error) {
	t, err := PairedT(make([]float64, len(diffs)), diffs)
	if err != nil {
		return Equivalence{}, err
	}
	return equivalence(t, margin, alpha, Estimate{N: len(diffs), Unit: Items, Method: "two one-sided t over items"})
}

func equivalence(t TTest, margin, alpha float64, e Estimate) (Equivalence, error) {
	if err := checkMargin(margin, alpha); err != nil {
		return Equivalence{}, err
	}
	half := -TQuantile(alpha, t.DF) * t.SE
	e.Value, e.Lo, e.Hi, e.Level = t.Diff, t.Diff-half, t.Diff+half, 1-2*alpha
	q := Equivalence{
		Estimate: e, Margin: margin,
		PLower: TCDF(-(t.Diff+margin)/t.SE, t.DF), PUpper: TCDF((t.Diff-margin)/t.SE, t.DF),
	}
	q.P = math.Max(q.PLower, q.PUpper)
	return q, nil
}

// EquivalentRates tests whether k1/n1 and k2/n2 are the same within a margin,
// for independent samples: the difference is the first less the second, with
// the score interval of Miettinen and Nurminen and the p values of its
// statistic.
//
// Farrington & Manning (1990), Stat Med 9:1447.
func EquivalentRates(k1, n1, k2, n2 int, margin, alpha float64) (Equivalence, error) {
	if err := checkMargin(margin, alpha); err != nil {
		return Equivalence{}, err
	}
	if margin >= 1 {
		return Equivalence{}, fmt.Errorf("a margin between rates lies between 0 and 1, but this one is %g", margin)
	}
	e, err := MiettinenNurminen(k1, n1, k2, n2, 1-2*alpha)
	if err != nil {
		return Equivalence{}, err
	}
	e.Method = "two one-sided score tests"
	a, b := arm{float64(k1), float64(n1)}, arm{float64(k2), float64(n2)}
	q := Equivalence{
		Estimate: e, Margin: margin,
		PLower: NormalCDF(-differenceScore(a, b, -margin, true)), PUpper: NormalCDF(differenceScore(a, b, margin, true)),
	}
	q.P = math.Max(q.PLower, q.PUpper)
	return q, nil
}

func checkMargin(margin, alpha float64) error {
	if !(margin > 0) || math.IsInf(margin, 0) {
		return fmt.Errorf("an equivalence margin is a positive difference chosen before, such as 0.05, but this one is %g", margin)
	}
	if !(alpha > 0 && alpha < 0.5) {
		return fmt.Errorf("the risk of a one-sided test lies between 0 and 0.5, such as 0.05, but this one is %g", alpha)
	}
	return nil
}
