package stats

import (
	"math"
)

// A TwoRatesTest holds the two-sided p values of k1/n1 against k2/n2.
type TwoRatesTest struct {
	Z, P   Quantity // pooled z, with the sign of p1 − p2; its square is χ²
	Yates  Quantity // p of χ² with the continuity correction
	Fisher float64  // exact given both margins
}

// TestTwoRates compares two independent rates. Without a success or without a
// failure in both, z is unknown and Fisher's p is 1.
//
// Pearson (1900); Yates (1934), Suppl JRSS 1:217; Fisher (1935), JRSS 98:39,
// two-sided as the sum of the tables that are no likelier.
func TestTwoRates(k1, n1, k2, n2 int) (TwoRatesTest, error) {
	if err := checkCount(k1, n1); err != nil {
		return TwoRatesTest{}, err
	}
	if err := checkCount(k2, n2); err != nil {
		return TwoRatesTest{}, err
	}
	test := TwoRatesTest{Fisher: fisher(k1, n1, k2, n2)}
	test.Z, test.P, test.Yates = pooledZ(k1, n1, k2, n2)
	return test, nil
}

func pooledZ(k1, n1, k2, n2 int) (z, p, yates Quantity) {
	d, err := Difference(k1, n1, k2, n2)
	if err != nil {
		none := from(0, err)
		return none, none, none
	}
	pooled := float64(k1+k2) / float64(n1+n2)
	if pooled == 0 || pooled == 1 {
		none := Unknown("both conditions always pass or never do")
		return none, none, none
	}
	per := 1/float64(n1) + 1/float64(n2)
	se := math.Sqrt(pooled * (1 - pooled) * per)
	raw := math.Abs(d) / se
	corrected := max(0, math.Abs(d)-min(0.5*per, math.Abs(d))) / se
	return Known(d / se), Known(2 * NormalCDF(-raw)), Known(2 * NormalCDF(-corrected))
}

// fisher sums the chances of all tables with these margins that are no
// likelier than the observed one, within R's relative tolerance of 1e-7.
func fisher(k1, n1, k2, n2 int) float64 {
	k := k1 + k2
	observed := hypergeometric(k1, n1, n2, k)
	sum, tail := 0.0, 0.0
	for i := max(0, k-n2); i <= min(k, n1); i++ {
		p := hypergeometric(i, n1, n2, k)
		sum += p
		if p <= observed*(1+1e-7) {
			tail += p
		}
	}
	return min(1, tail/sum)
}

// hypergeometric is the chance of i of the k successes in the first arm.
func hypergeometric(i, n1, n2, k int) float64 {
	return math.Exp(logChoose(n1, i) + logChoose(n2, k-i) - logChoose(n1+n2, k))
}

// UnconditionalTables is the most tables that Barnard and Boschloo enumerate.
const UnconditionalTables = 250_000

// Barnard returns the two-sided p of Barnard's exact test with the pooled
// Wald statistic: the largest chance, over the common rate, of a table at
// least as extreme. Tables whose statistics differ by rounding alone are not
// ties, as in scipy's barnard_exact; Boschloo has no such edge and is the one
// to prefer. NotEstimable where an arm is empty, and for more tables than
// UnconditionalTables.
//
// Barnard (1947), Biometrika 34:123; Suissa & Shuster (1985), JRSS A 148:317.
func Barnard(k1, n1, k2, n2 int) (float64, error) {
	if err := checkTables(k1, n1, k2, n2); err != nil {
		return 0, err
	}
	per := 1/float64(n1) + 1/float64(n2)
	wald := func(i, j int) float64 {
		p1, p2 := float64(i)/float64(n1), float64(j)/float64(n2)
		if p1 == p2 {
			return 0
		}
		p := float64(i+j) / float64(n1+n2)
		return math.Abs(p1-p2) / math.Sqrt(p*(1-p)*per)
	}
	bar := wald(k1, k2)
	return worstChance(n1, n2, func(i, j int) bool { return wald(i, j) >= bar }), nil
}

// Boschloo returns the two-sided p of Boschloo's test: twice the smaller
// one-sided unconditional p with Fisher's one-sided p as the statistic. It is
// never larger than Fisher's doubled p. NotEstimable as Barnard is.
//
// Boschloo (1970), Stat Neerl 24:1.
func Boschloo(k1, n1, k2, n2 int) (float64, error) {
	if err := checkTables(k1, n1, k2, n2); err != nil {
		return 0, err
	}
	less := boschlooOneSided(k1, n1, k2, n2)
	greater := boschlooOneSided(k2, n2, k1, n1)
	return min(1, 2*min(less, greater)), nil
}

func boschlooOneSided(k1, n1, k2, n2 int) float64 {
	statistic := make([][]float64, n1+1)
	for i := range statistic {
		statistic[i] = make([]float64, n2+1)
	}
	for k := range n1 + n2 + 1 {
		below := 0.0
		for i := max(0, k-n2); i <= min(k, n1); i++ {
			below += hypergeometric(i, n1, n2, k)
			statistic[i][k-i] = below
		}
	}
	bar := statistic[k1][k2] * (1 + 1e-11)
	return worstChance(n1, n2, func(i, j int) bool { return statistic[i][j] <= bar })
}

func checkTables(k1, n1, k2, n2 int) error {
	if _, err := Difference(k1, n1, k2, n2); err != nil {
		return err
	}
	if (n1+1)*(n2+1) > UnconditionalTables {
		return Because("%d × %d tables are too many to enumerate; use Fisher's test", n1+1, n2+1)
	}
	return nil
}

// worstChance is the largest chance, over the common rate of both arms, of
// the tables (i, j) in the region: the best of a grid, refined where it is
// best. The chance is a smooth function of the rate.
func worstChance(n1, n2 int, in func(i, j int) bool) float64 {
	var region [][2]int
	for i := range n1 + 1 {
		for j := range n2 + 1 {
			if in(i, j) {
				region = append(region, [2]int{i, j})
			}
		}
	}
	if len(region) == (n1+1)*(n2+1) {
		return 1
	}
	first, second := chooseAll(n1), chooseAll(n2)
	return min(1, maximize(func(p float64) float64 {
		return regionChance(region, powers(first, p), powers(second, p))
	}))
}

func regionChance(region [][2]int, a, b []float64) float64 {
	total := 0.0
	for _, t := range region {
		total += a[t[0]] * b[t[1]]
	}
	return total
}

func chooseAll(n int) []float64 {
	out := make([]float64, n+1)
	for i := range out {
		out[i] = logChoose(n, i)
	}
	return out
}

// powers is the binomial distribution at rate p from its log coefficients.
func powers(logs []float64, p float64) []float64 {
	n := len(logs) - 1
	out := make([]float64, n+1)
	for i := range out {
		out[i] = math.Exp(logs[i] + float64(i)*math.Log(p) + float64(n-i)*math.Log1p(-p))
	}
	return out
}

// maximize finds the largest value of f on (0, 1): a grid of 200, then golden
// sections beside the best point of it.
func maximize(f func(float64) float64) float64 {
	const grid = 200
	best, at := 0.0, 0
	for i := 1; i < grid; i++ {
		if v := f(float64(i) / grid); v > best {
			best, at = v, i
		}
	}
	lo, hi := (float64(at)-1)/grid, (float64(at)+1)/grid
	lo, hi = max(lo, 1e-9), min(hi, 1-1e-9)
	ratio := (math.Sqrt(5) - 1) / 2
	for range 30 {
		x, y := hi-ratio*(hi-lo), lo+ratio*(hi-lo)
		fx, fy := f(x), f(y)
		best = max(best, fx, fy)
		if fx > fy {
			hi = y
		} else {
			lo = x
		}
	}
	return best
}
