package stats

import "math"

// A Stratum is one subgroup with a count for each condition: K1 of N1 and K2
// of N2.
type Stratum struct{ K1, N1, K2, N2 int }

// Strata is the comparison of two conditions within subgroups.
type Strata struct {
	OddsRatio Quantity   // Mantel–Haenszel common odds ratio, may be +Inf
	Lo, Hi    Quantity   // its interval, by Robins, Breslow & Greenland
	CMH, P    Quantity   // Cochran–Mantel–Haenszel χ², without correction
	Crude     Quantity   // difference of the pooled rates
	Common    Quantity   // Mantel–Haenszel difference of rates
	Each      []Quantity // difference of rates in each stratum
	Reversed  bool       // Simpson: every stratum says the opposite of Crude
}

// Stratify compares two conditions stratum by stratum, so that a mix of easy
// and hard subgroups does not pass for an effect.
//
// Mantel & Haenszel (1959), JNCI 22:719; Robins, Breslow & Greenland (1986),
// Biometrics 42:311; Simpson (1951), JRSS B 13:238.
func Stratify(strata []Stratum, level float64) (Strata, error) {
	if err := checkLevel(level); err != nil {
		return Strata{}, err
	}
	var s mantelHaenszel
	var out Strata
	var pooled Stratum
	for _, t := range strata {
		if err := checkStratum(t); err != nil {
			return Strata{}, err
		}
		s.add(t)
		pooled.K1, pooled.N1 = pooled.K1+t.K1, pooled.N1+t.N1
		pooled.K2, pooled.N2 = pooled.K2+t.K2, pooled.N2+t.N2
		out.Each = append(out.Each, from(Difference(t.K1, t.N1, t.K2, t.N2)))
	}
	out.OddsRatio, out.Lo, out.Hi = s.odds(level)
	out.CMH, out.P = s.test()
	out.Crude = from(Difference(pooled.K1, pooled.N1, pooled.K2, pooled.N2))
	out.Common = s.difference()
	out.Reversed = reversed(out.Crude, out.Each)
	return out, nil
}

func checkStratum(t Stratum) error {
	if err := checkCount(t.K1, t.N1); err != nil {
		return err
	}
	return checkCount(t.K2, t.N2)
}

// reversed is Simpson's sign flip. Strata without a difference of their own,
// because one condition is absent, say nothing.
func reversed(crude Quantity, each []Quantity) bool {
	if !crude.OK() || crude.value == 0 {
		return false
	}
	seen := false
	for _, d := range each {
		if !d.OK() {
			continue
		}
		if d.value*crude.value >= 0 {
			return false
		}
		seen = true
	}
	return seen
}

// mantelHaenszel holds the sums over strata that all its formulas share.
type mantelHaenszel struct {
	r, s       float64 // Σad/n and Σbc/n
	pr, ps, qs float64 // ΣPR, Σ(PS + QR), ΣQS
	gap, v     float64 // Σ(a − E a) and Σvar(a)
	w, wd      float64 // Σn1·n2/n and the same times the differences
}

func (s *mantelHaenszel) add(t Stratum) {
	n1, n2 := float64(t.N1), float64(t.N2)
	n := n1 + n2
	if n == 0 {
		return
	}
	a, c := float64(t.K1), float64(t.K2)
	b, d := n1-a, n2-c
	r, o := a*d/n, b*c/n
	p, q := (a+d)/n, (b+c)/n
	s.r, s.s = s.r+r, s.s+o
	s.pr, s.ps, s.qs = s.pr+p*r, s.ps+p*o+q*r, s.qs+q*o
	s.gap += a - n1*(a+c)/n
	if n > 1 {
		s.v += n1 * n2 * (a + c) * (b + d) / (n * n * (n - 1))
	}
	if n1 > 0 && n2 > 0 {
		w := n1 * n2 / n
		s.w, s.wd = s.w+w, s.wd+w*(a/n1-c/n2)
	}
}

func (s *mantelHaenszel) odds(level float64) (value, lo, hi Quantity) {
	if s.r == 0 && s.s == 0 {
		none := Unknown("no stratum has both outcomes and both conditions")
		return none, none, none
	}
	value = Known(s.r / s.s)
	if s.r == 0 || s.s == 0 {
		none := Unknown("an odds ratio of 0 or infinity has no interval on the log scale")
		return value, none, none
	}
	v := s.pr/(2*s.r*s.r) + s.ps/(2*s.r*s.s) + s.qs/(2*s.s*s.s)
	low, high := logBounds(s.r/s.s, v, level)
	return value, Known(low), Known(high)
}

func (s *mantelHaenszel) test() (x, p Quantity) {
	if s.v == 0 {
		none := Unknown("no stratum has both outcomes and both conditions")
		return none, none
	}
	return chiSquared(s.gap*s.gap/s.v, 1)
}

func (s *mantelHaenszel) difference() Quantity {
	if s.w == 0 {
		return Unknown("no stratum has both conditions")
	}
	return Known(s.wd / s.w)
}

// Standardized returns the Mantel–Haenszel difference of rates with an
// interval of Sato's variance, which holds for many small strata and for few
// large ones. N counts all samples.
//
// Sato, Greenland & Robins (1989), Biometrics 45:1323.
func Standardized(strata []Stratum, level float64) (Estimate, error) {
	s, err := Stratify(strata, level)
	if err != nil {
		return Estimate{}, err
	}
	d, err := s.Common.Value()
	if err != nil {
		return Estimate{}, err
	}
	var w, p, q float64
	total := 0
	for _, t := range strata {
		n1, n2 := float64(t.N1), float64(t.N2)
		n := n1 + n2
		total += t.N1 + t.N2
		if n1 == 0 || n2 == 0 {
			continue
		}
		a, c := float64(t.K1), float64(t.K2)
		w += n1 * n2 / n
		p += (n1*n1*c - n2*n2*a + n1*n2*(n2-n1)/2) / (n * n)
		q += (a*(n2-c) + c*(n1-a)) / (2 * n)
	}
	half := critical(level) * math.Sqrt(max(0, d*p+q)) / w
	return Estimate{Value: d, Lo: d - half, Hi: d + half, Level: level, N: total, Unit: Samples, Method: "Mantel–Haenszel"}, nil
}
