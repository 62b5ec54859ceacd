package stats

import (
	"fmt"
	"math"
)

// A Pooled is several effects brought to one, with how far they differ.
type Pooled struct {
	Fixed, FixedSE   Quantity // inverse variance: one true effect
	Q, QP            Quantity // Cochran's test of that
	Tau2             Quantity // variance of the true effects, DerSimonian–Laird
	I2               Quantity // share of the spread that is not chance, in percent
	Random, RandomSE Quantity // effects that differ
	HKSJ, Lo, Hi     Quantity // its standard error by Hartung, Knapp, Sidik and Jonkman, and its t interval
	K                int
}

// Pool brings effects y with sampling variances v > 0 to one. The interval is
// that of random effects with t of K − 1 degrees of freedom; it needs two
// effects.
//
// DerSimonian & Laird (1986), Control Clin Trials 7:177; Hartung & Knapp
// (2001), Stat Med 20:3875, not truncated.
func Pool(y, v []float64, level float64) (Pooled, error) {
	if err := checkLevel(level); err != nil {
		return Pooled{}, err
	}
	if err := checkEffects(y, v); err != nil {
		return Pooled{}, err
	}
	p := Pooled{K: len(y)}
	df := float64(p.K - 1)
	fixed, total, q := inverseVariance(y, v, 0)
	p.Fixed, p.FixedSE = Known(fixed), Known(1/math.Sqrt(total))
	p.Q, p.QP = Known(q), Known(1)
	if df > 0 {
		p.QP = Known(ChiSquaredSurvival(q, df))
	}
	tau2, i2 := 0.0, 0.0
	if q > df && df > 0 {
		tau2, i2 = (q-df)/(total-sumSquaredWeights(v)/total), 100*(q-df)/q
	}
	p.Tau2, p.I2 = Known(tau2), Known(i2)
	random, weight, spread := inverseVariance(y, v, tau2)
	p.Random, p.RandomSE = Known(random), Known(1/math.Sqrt(weight))
	p.HKSJ = Unknown("one effect shows nothing of how effects differ")
	if df > 0 {
		p.HKSJ = Known(math.Sqrt(spread / (df * weight)))
	}
	end := func(side float64) Quantity {
		return p.HKSJ.then(func(se float64) float64 { return random + side*criticalT(level, df)*se })
	}
	p.Lo, p.Hi = end(-1), end(1)
	return p, nil
}

// RandomEffects returns the pooled effect of Pool as an Estimate over Studies.
func RandomEffects(y, v []float64, level float64) (Estimate, error) {
	p, err := Pool(y, v, level)
	if err != nil {
		return Estimate{}, err
	}
	lo, err := p.Lo.Value()
	if err != nil {
		return Estimate{}, err
	}
	e := Estimate{Value: p.Random.value, Lo: lo, Hi: p.Hi.value, Level: level, N: p.K, Unit: Studies, Method: "random effects, HKSJ"}
	return e.Noted("I² %.0f %%: the share of the spread between effects that is not chance", p.I2.value), nil
}

func checkEffects(y, v []float64) error {
	if len(y) != len(v) {
		return fmt.Errorf("each effect needs a variance, but there are %d and %d", len(y), len(v))
	}
	if len(y) == 0 {
		return Because("no effects")
	}
	if err := checkBoth(y, v); err != nil {
		return err
	}
	for i, v := range v {
		if v <= 0 {
			return Because("effect %d of %d has the variance %g, and none has weight for all", i+1, len(y), v)
		}
	}
	return nil
}

// inverseVariance returns the mean with weights 1/(v + tau2), their sum, and
// the weighted sum of squares about the mean.
func inverseVariance(y, v []float64, tau2 float64) (m, total, squares float64) {
	for i := range y {
		w := 1 / (v[i] + tau2)
		total += w
		m += w * y[i]
	}
	m /= total
	if constant(y) {
		return y[0], total, 0
	}
	for i := range y {
		squares += (y[i] - m) * (y[i] - m) / (v[i] + tau2)
	}
	return m, total, squares
}

func sumSquaredWeights(v []float64) float64 {
	total := 0.0
	for _, v := range v {
		total += 1 / (v * v)
	}
	return total
}
