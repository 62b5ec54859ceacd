package stats

import "math"

// MiettinenNurminen returns k1/n1 − k2/n2 with the score interval that holds
// the rates to each tried difference, the regulators' standard. It is wider
// than Newcombe's by little and as sound at the ends.
//
// Miettinen & Nurminen (1985), Stat Med 4:213.
func MiettinenNurminen(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return differenceEstimate(k1, n1, k2, n2, level, "Miettinen–Nurminen", scoreDifference(true))
}

// Mee is MiettinenNurminen without the factor N/(N − 1) of the variance.
//
// Mee (1984), Biometrics 40:1175.
func Mee(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return differenceEstimate(k1, n1, k2, n2, level, "Mee score", scoreDifference(false))
}

// scoreDifference solves z(Δ) = ±z by bisection. An end that lies at ±1 is
// where the observed difference itself does.
func scoreDifference(corrected bool) armBounds {
	return func(a, b arm, level float64) (lo, hi float64) {
		z, d := critical(level), a.rate()-b.rate()
		score := func(delta float64) float64 { return differenceScore(a, b, delta, corrected) }
		lo, hi = -1, 1
		if d > -1 {
			lo = bisect(func(x float64) float64 { return score(x) - z }, -1, d)
		}
		if d < 1 {
			hi = bisect(func(x float64) float64 { return score(x) + z }, d, 1)
		}
		return lo, hi
	}
}

// differenceScore is the observed difference less delta in standard errors,
// with the rates held to that difference.
func differenceScore(a, b arm, delta float64, corrected bool) float64 {
	p2 := restrictedByDifference(a, b, delta)
	p1 := min(1, max(0, p2+delta))
	return scoreRatio(a.rate()-b.rate()-delta, scoreVariance(a, b, p1, p2, 1, corrected))
}

// scoreVariance is the variance of p1 − φ·p2 at restricted rates.
func scoreVariance(a, b arm, p1, p2, phi float64, corrected bool) float64 {
	v := p1*(1-p1)/a.n + phi*phi*p2*(1-p2)/b.n
	if n := a.n + b.n; corrected {
		v *= n / (n - 1)
	}
	return v
}

// restrictedByDifference is the likeliest p2 where p1 = p2 + delta: a root of
// a cubic in its trigonometric form (Miettinen & Nurminen, appendix 1),
// then one Newton step, since that form loses digits near a triple root.
func restrictedByDifference(a, b arm, delta float64) float64 {
	n, c := a.n+b.n, a.k+b.k
	l3, l2 := n, (a.n+2*b.n)*delta-n-c
	l1, l0 := (b.n*delta-n-2*b.k)*delta+c, b.k*delta*(1-delta)
	third := l2 / (3 * l3)
	q := third*third*third - l1*l2/(6*l3*l3) + l0/(2*l3)
	p := math.Copysign(math.Sqrt(max(0, third*third-l1/(3*l3))), q)
	x := -third
	if p != 0 {
		angle := (math.Pi + math.Acos(min(1, max(-1, q/(p*p*p))))) / 3
		x = 2*p*math.Cos(angle) - third
	}
	x = newton(x, func(x float64) (f, slope float64) {
		return ((l3*x+l2)*x+l1)*x + l0, (3*l3*x+2*l2)*x + l1
	})
	return min(min(1, 1-delta), max(max(0, -delta), x))
}

// newton improves a root that is close already, and keeps it where a step
// would not.
func newton(x float64, f func(float64) (value, slope float64)) float64 {
	value, slope := f(x)
	if slope == 0 {
		return x
	}
	next := x - value/slope
	if better, _ := f(next); math.Abs(better) < math.Abs(value) {
		return next
	}
	return x
}

// Ratio returns (k1/n1)/(k2/n2), which is +Inf where only the second count is
// 0. NotEstimable where both are 0 or an arm is empty.
func Ratio(k1, n1, k2, n2 int) (float64, error) {
	p1, err := Rate(k1, n1)
	if err != nil {
		return 0, err
	}
	p2, err := Rate(k2, n2)
	if err != nil {
		return 0, err
	}
	if p1 == 0 && p2 == 0 {
		return 0, Because("both rates are 0, and 0/0 is no ratio")
	}
	return p1 / p2, nil
}

// Koopman returns the ratio (k1/n1)/(k2/n2) with its score interval, the
// default for ratios: it holds at zero counts, where the lower end is 0 or
// the upper end +Inf. NotEstimable where both counts are 0; RatioBounds still
// gives the interval.
//
// Koopman (1984), Biometrics 40:513.
func Koopman(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return ratioEstimate(k1, n1, k2, n2, level, "Koopman score", scoreRatioBounds(false))
}

// MiettinenNurminenRatio is Koopman with the variance times N/(N − 1).
//
// Miettinen & Nurminen (1985), Stat Med 4:213.
func MiettinenNurminenRatio(k1, n1, k2, n2 int, level float64) (Estimate, error) {
	return ratioEstimate(k1, n1, k2, n2, level, "Miettinen–Nurminen ratio", scoreRatioBounds(true))
}

// ratioBounds is how a method of a ratio finds its interval.
type ratioBounds func(a, b arm, level float64) (lo, hi float64, err error)

func ratioEstimate(k1, n1, k2, n2 int, level float64, name string, bounds ratioBounds) (Estimate, error) {
	r, err := Ratio(k1, n1, k2, n2)
	if err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	lo, hi, err := bounds(arm{float64(k1), float64(n1)}, arm{float64(k2), float64(n2)}, level)
	if err != nil {
		return Estimate{}, err
	}
	return Estimate{Value: r, Lo: lo, Hi: max(lo, hi), Level: level, N: n1 + n2, Unit: Samples, Method: name}, nil
}

// scoreRatioBounds solves z(φ) = ±z for ln φ, far enough out for any count
// that an int64 holds.
func scoreRatioBounds(corrected bool) ratioBounds {
	return func(a, b arm, level float64) (lo, hi float64, err error) {
		z, p1, p2 := critical(level), a.rate(), b.rate()
		score := func(log float64) float64 {
			phi := math.Exp(log)
			q2 := restrictedByRatio(a, b, phi)
			return scoreRatio(p1-phi*p2, scoreVariance(a, b, min(1, phi*q2), q2, phi, corrected))
		}
		const far = 60
		from, to := -float64(far), float64(far)
		if p1 > 0 && p2 > 0 {
			from, to = math.Log(p1/p2), math.Log(p1/p2)
		}
		lo, hi = 0, math.Inf(1)
		if a.k > 0 {
			lo = math.Exp(bisect(func(x float64) float64 { return score(x) - z }, -far, to))
		}
		if b.k > 0 {
			hi = math.Exp(bisect(func(x float64) float64 { return score(x) + z }, from, far))
		}
		return lo, hi, nil
	}
}

// restrictedByRatio is the likeliest p2 where p1 = φ·p2: the smaller root of
// a quadratic, written so that it does not cancel.
func restrictedByRatio(a, b arm, phi float64) float64 {
	qa := (a.n + b.n) * phi
	qb := a.n*phi + a.k + b.n + b.k*phi
	qc := a.k + b.k
	return min(1, 1/phi, max(0, 2*qc/(qb+math.Sqrt(max(0, qb*qb-4*qa*qc)))))
}
