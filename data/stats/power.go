package stats

import (
	"fmt"
	"math"
)

// A MillerPlan says what the items of a paired comparison vary by: Omega2 is
// the variance of the items' true differences, Sigma2A and Sigma2B the mean
// variance between epochs, KA and KB the epochs of each condition.
type MillerPlan struct {
	Omega2, Sigma2A, Sigma2B float64
	KA, KB                   float64
}

func (p MillerPlan) variance() float64 { return p.Omega2 + p.Sigma2A/p.KA + p.Sigma2B/p.KB }

// Items returns the number of items, before rounding up, at which a
// difference delta is seen with chance 1 − beta by a two-sided test at alpha.
// NotEstimable where delta is 0.
//
// Miller (2024), arXiv 2411.00640, section 5.
func (p MillerPlan) Items(alpha, beta, delta float64) (float64, error) {
	if err := checkRisks(alpha, beta); err != nil {
		return 0, err
	}
	if delta == 0 {
		return 0, Because("no number of items shows a difference of 0")
	}
	z := -NormalQuantile(alpha/2) - NormalQuantile(beta)
	return positive(z * z * p.variance() / (delta * delta))
}

// Detectable returns the smallest difference that n items show with chance
// 1 − beta by a two-sided test at alpha.
func (p MillerPlan) Detectable(alpha, beta, n float64) (float64, error) {
	if err := checkRisks(alpha, beta); err != nil {
		return 0, err
	}
	if !(n > 0) {
		return 0, Because("no items")
	}
	z := -NormalQuantile(alpha/2) - NormalQuantile(beta)
	return positive(z * math.Sqrt(p.variance()/n))
}

func positive(v float64) (float64, error) {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, Because("the variances given allow no answer")
	}
	return v, nil
}

// WholeUp rounds a planned number up to a whole one.
func WholeUp(n float64) (int, error) { return wholeUp(n) }

func checkRisks(alpha, beta float64) error {
	if !(alpha > 0 && alpha < 1 && beta > 0 && beta < 1) {
		return fmt.Errorf("error risks lie between 0 and 1, such as 0.05 and 0.2, but these are %g and %g", alpha, beta)
	}
	return nil
}

// RatesPlan is the number of independent samples an arm needs to tell rates
// P1 and P2 apart with chance power by a two-sided test at alpha, by three
// formulas. Multiply by the design effect where samples are clustered.
type RatesPlan struct {
	Pooled   Quantity // variance pooled under the null, as power.prop.test
	Unpooled Quantity // variance of the two rates throughout
	ByH      Quantity // Cohen's h, both tails counted, as pwr.2p.test
}

// PlanRates computes a RatesPlan. Equal rates need an infinite number, which
// is NotEstimable.
//
// Fleiss, Levin & Paik (2003), Statistical Methods for Rates, section 4.2;
// Cohen (1988), section 6.4.
func PlanRates(p1, p2, alpha, power float64) (RatesPlan, error) {
	if err := checkRisks(alpha, power); err != nil {
		return RatesPlan{}, err
	}
	if err := checkRates(p1, p2); err != nil {
		return RatesPlan{}, err
	}
	if p1 == p2 {
		none := Unknown("equal rates cannot be told apart")
		return RatesPlan{none, none, none}, nil
	}
	za, zb := -NormalQuantile(alpha/2), NormalQuantile(power)
	apart, null := rateSpreads(p1, p2)
	d := math.Abs(p1 - p2)
	pooled := max(0, za*null+zb*apart) / d
	unpooled := max(0, za+zb) * apart / d
	return RatesPlan{
		Pooled: Known(pooled * pooled), Unpooled: Known(unpooled * unpooled),
		ByH: arcsineN(math.Abs(cohensH(p1, p2)), za, power),
	}, nil
}

// rateSpreads are √(p1q1 + p2q2) and √(2·p̄q̄).
func rateSpreads(p1, p2 float64) (apart, null float64) {
	mid := (p1 + p2) / 2
	return math.Sqrt(p1*(1-p1) + p2*(1-p2)), math.Sqrt(2 * mid * (1 - mid))
}

// arcsineN solves Φ(x − z) + Φ(−x − z) = power for x = h√(n/2).
func arcsineN(h, z, power float64) Quantity {
	reach := func(x float64) float64 { return NormalCDF(x-z) + NormalCDF(-x-z) - power }
	if reach(0) >= 0 {
		return Unknown("the power asked for is no more than alpha")
	}
	x := bisect(reach, 0, z+40)
	return Known(2 * x * x / (h * h))
}

func checkRates(p1, p2 float64) error {
	if !(p1 >= 0 && p1 <= 1 && p2 >= 0 && p2 <= 1) {
		return Because("%g and %g are not both rates", p1, p2)
	}
	return nil
}

// RatesPower returns the chance to tell rates p1 and p2 apart with n samples
// an arm, by the pooled formula and its upper tail only.
func RatesPower(p1, p2, n, alpha float64) (float64, error) {
	if err := checkLevel(1 - alpha); err != nil {
		return 0, err
	}
	if err := checkRates(p1, p2); err != nil {
		return 0, err
	}
	if !(n > 0) {
		return 0, Because("no samples")
	}
	apart, null := rateSpreads(p1, p2)
	top := math.Abs(p1-p2)*math.Sqrt(n) + NormalQuantile(alpha/2)*null
	if apart == 0 && top == 0 {
		return 0, Because("neither rate varies")
	}
	return NormalCDF(scoreRatio(top, apart*apart)), nil
}

// DetectableRate returns the smallest rate above p1 that n samples an arm
// tell from it with the power asked for. NotEstimable where even 1 is not.
func DetectableRate(p1, n, alpha, power float64) (float64, error) {
	if err := checkRisks(alpha, power); err != nil {
		return 0, err
	}
	if _, err := RatesPower(p1, 1, n, alpha); err != nil {
		return 0, err
	}
	short := func(p2 float64) float64 {
		reached, err := RatesPower(p1, p2, n, alpha)
		if err != nil {
			return -power
		}
		return reached - power
	}
	const steps = 1000
	for i := 1; i <= steps; i++ {
		lo, hi := p1+(1-p1)*float64(i-1)/steps, p1+(1-p1)*float64(i)/steps
		if hi > p1 && short(hi) >= 0 {
			return bisect(short, lo, hi), nil
		}
	}
	return 0, Because("%g samples an arm tell no rate from %g with power %g", n, p1, power)
}

// SeedPower returns the chance that a two-sample t test of k seeds an arm at
// alpha sees a difference of d standard deviations between seed means.
// NotEstimable for fewer than two seeds.
//
// Cohen (1988), chapter 2; noncentral t, both tails.
func SeedPower(k int, d, alpha float64) (float64, error) {
	if err := checkLevel(1 - alpha); err != nil {
		return 0, err
	}
	if k < 2 || math.IsNaN(d) {
		return 0, Because("power over seeds needs two seeds an arm or more, and there are %d", k)
	}
	df, delta := float64(2*k-2), math.Abs(d)*math.Sqrt(float64(k)/2)
	t := -TQuantile(alpha/2, df)
	return min(1, max(0, 1-NoncentralTCDF(t, df, delta)+NoncentralTCDF(-t, df, delta))), nil
}

// DetectableBySeeds returns the smallest difference, in standard deviations
// between seed means, that k seeds an arm see with the power asked for.
func DetectableBySeeds(k int, alpha, power float64) (float64, error) {
	if err := checkRisks(alpha, power); err != nil {
		return 0, err
	}
	if _, err := SeedPower(k, 1, alpha); err != nil {
		return 0, err
	}
	if power <= alpha {
		return 0, Because("a power of %g is no more than alpha", power)
	}
	short := func(d float64) float64 {
		reached, _ := SeedPower(k, d, alpha)
		return reached - power
	}
	hi := 1.0
	for short(hi) < 0 && hi < 1e6 {
		hi *= 2
	}
	return bisect(short, 0, hi), nil
}
