package stats

import "math"

// Katz returns the ratio of two rates with the Wald interval of its
// logarithm. NotEstimable where a count is 0.
//
// Katz et al. (1978), Biometrics 34:469.
func Katz(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return ratioEstimate(k1, n1, k2, n2, level, "Katz log", katzBounds)
}

// Walter returns the ratio of two rates with the Wald interval of its
// logarithm after ½ is added to both counts and sizes. The value stays the
// raw ratio.
//
// Walter (1975), Biometrika 62:371.
func Walter(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return ratioEstimate(k1, n1, k2, n2, level, "Walter log", walterBounds)
}

func katzBounds(a, b arm, level float64) (lo, hi float64, err error) {
	if a.k == 0 || b.k == 0 {
		return 0, 0, Because("a count is 0, where the logarithm of the ratio has no interval; the score interval does")
	}
	lo, hi = logBounds(a.rate()/b.rate(), 1/a.k-1/a.n+1/b.k-1/b.n, level)
	return lo, hi, nil
}

func walterBounds(a, b arm, level float64) (lo, hi float64, err error) {
	a, b = arm{a.k + 0.5, a.n + 0.5}, arm{b.k + 0.5, b.n + 0.5}
	return katzBounds(a, b, level)
}

// logBounds is value·exp(±z·√variance).
func logBounds(value, variance, level float64) (lo, hi float64) {
	half := critical(level) * math.Sqrt(max(0, variance))
	return value * math.Exp(-half), value * math.Exp(half)
}

// OddsRatio returns k1(n2 − k2)/(k2(n1 − k1)), which is +Inf where only the
// divisor is 0. NotEstimable where both are 0 or an arm is empty.
func OddsRatio(k1, n1, k2, n2 int) (float64, error) {
	if _, err := Difference(k1, n1, k2, n2); err != nil {
		return 0, err
	}
	top, bottom := float64(k1)*float64(n2-k2), float64(k2)*float64(n1-k1)
	if top == 0 && bottom == 0 {
		return 0, Because("both conditions always pass or never do, and 0/0 is no odds ratio")
	}
	return top / bottom, nil
}

// Woolf returns the odds ratio with the Wald interval of its logarithm.
// NotEstimable where one of the four cells is empty.
//
// Woolf (1955), Ann Hum Genet 19:251.
func Woolf(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	if _, err := OddsRatio(k1, n1, k2, n2); err != nil {
		return Estimate{}, err
	}
	if k1 == 0 || k2 == 0 || k1 == n1 || k2 == n2 {
		return Estimate{}, Because("one of the four counts is 0, where the log odds ratio has no interval")
	}
	return oddsEstimate(k1, n1, k2, n2, 0, level, "Woolf logit")
}

// Haldane returns the odds ratio and Woolf's interval after ½ is added to
// each of the four cells, always: the value is that of the added-to cells.
//
// Haldane (1956), Ann Hum Genet 20:309; Anscombe (1956), Biometrika 43:461.
func Haldane(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	if _, err := Difference(k1, n1, k2, n2); err != nil {
		return Estimate{}, err
	}
	return oddsEstimate(k1, n1, k2, n2, 0.5, level, "Haldane logit")
}

func oddsEstimate(k1, n1, k2, n2 int, add, level float64, name string) (Estimate, error) {
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	a, b := float64(k1)+add, float64(n1-k1)+add
	c, d := float64(k2)+add, float64(n2-k2)+add
	value := a * d / (b * c)
	lo, hi := logBounds(value, 1/a+1/b+1/c+1/d, level)
	return Estimate{Value: value, Lo: lo, Hi: hi, Level: level, N: n1 + n2, Unit: Samples, Method: name}, nil
}

// Effects states the size of the difference between k1/n1 and k2/n2 on every
// usual scale.
type Effects struct {
	Difference Quantity // p1 − p2
	CohensH    Quantity // 2·asin√p1 − 2·asin√p2
	Ratio      Quantity // p1/p2, may be +Inf
	OddsRatio  Quantity // may be +Inf
	NNT        Quantity // 1/(p1 − p2): trials for one event more
	Phi        Quantity // correlation of condition and outcome
}

// EffectSizes computes the Effects of two rates.
//
// Cohen (1988), Statistical Power Analysis, chapter 6, for h.
func EffectSizes(k1, n1, k2, n2 int) Effects {
	var e Effects
	e.Difference = from(Difference(k1, n1, k2, n2))
	e.Ratio = from(Ratio(k1, n1, k2, n2))
	e.OddsRatio = from(OddsRatio(k1, n1, k2, n2))
	if !e.Difference.OK() {
		e.CohensH, e.NNT, e.Phi = e.Difference, e.Difference, e.Difference
		return e
	}
	p1, p2 := float64(k1)/float64(n1), float64(k2)/float64(n2)
	e.CohensH = Known(cohensH(p1, p2))
	e.NNT = Unknown("the rates are equal")
	if p1 != p2 {
		e.NNT = Known(1 / (p1 - p2))
	}
	e.Phi = phi(float64(k1), float64(n1-k1), float64(k2), float64(n2-k2))
	return e
}

func cohensH(p1, p2 float64) float64 {
	return 2*math.Asin(math.Sqrt(p1)) - 2*math.Asin(math.Sqrt(p2))
}

func phi(a, b, c, d float64) Quantity {
	margins := math.Sqrt(a+b) * math.Sqrt(c+d) * math.Sqrt(a+c) * math.Sqrt(b+d)
	if margins == 0 {
		return Unknown("all outcomes are the same")
	}
	return Known((a*d - b*c) / margins)
}

// from turns a (number, error) pair into a Quantity.
func from(v float64, err error) Quantity {
	if why, ok := err.(*NotEstimable); ok {
		return Quantity{why: why}
	}
	if err != nil {
		return Unknown("%v", err)
	}
	return Known(v)
}
