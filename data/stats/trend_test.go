package stats_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"witnessmark/data/stats"
)

// permutations calls f with every order of 0 … n − 1.
func permutations(n int, f func(order []int)) {
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	var place func(k int)
	place = func(k int) {
		if k == n {
			f(order)
			return
		}
		for i := k; i < n; i++ {
			order[k], order[i] = order[i], order[k]
			place(k + 1)
			order[k], order[i] = order[i], order[k]
		}
	}
	place(0)
}

// The moments of Jonckheere's J, ties included, are those over all ways to
// hand out the groups.
func TestJonckheereMoments(t *testing.T) {
	for _, values := range [][]float64{{1, 2, 3, 4, 5, 6, 7}, {1, 1, 2, 2, 2, 3, 5}, {0, 0, 0, 0, 0, 0, 1}} {
		split := func(order []int) [][]float64 {
			v := make([]float64, len(order))
			for i, o := range order {
				v[i] = values[o]
			}
			return [][]float64{v[:2], v[2:5], v[5:]}
		}
		var js []float64
		permutations(7, func(order []int) {
			js = append(js, risingPairs(split(order)))
		})
		trend, err := stats.Jonckheere(split([]int{0, 1, 2, 3, 4, 5, 6}))
		if err != nil {
			t.Fatal(err)
		}
		m, _ := stats.Mean(js)
		sd, _ := stats.SD(js)
		n := float64(len(js))
		wantNear(t, "mean", trend.Expected, m, 1e-9)
		wantNear(t, "variance", trend.Variance, sd*sd*(n-1)/n, 1e-9)
		wantNear(t, "J", trend.J, risingPairs(split([]int{0, 1, 2, 3, 4, 5, 6})), 0)
		extreme := 0
		for _, j := range js {
			if math.Abs(j-m) >= math.Abs(trend.J-m)-1e-9 {
				extreme++
			}
		}
		wantNear(t, "permutation p", trend.Permutation.P, float64(extreme)/n, 0.005)
	}
}

func risingPairs(groups [][]float64) (j float64) {
	for g, low := range groups {
		for _, high := range groups[g+1:] {
			for _, x := range low {
				for _, y := range high {
					switch {
					case y > x:
						j++
					case y == x:
						j += 0.5
					}
				}
			}
		}
	}
	return j
}

func TestJonckheereWithoutAnswer(t *testing.T) {
	for _, groups := range [][][]float64{nil, {{1, 2}}, {{1}, {1}}, {{}, {1, 2}, {}}} {
		if _, err := stats.Jonckheere(groups); !notEstimable(err) {
			t.Errorf("%v: %v", groups, err)
		}
	}
	few, err := stats.Jonckheere([][]float64{{1}, {2}, {3}})
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "floor of one run a level", few.Permutation.Floor, 1.0/3, 1e-9)
}

// The exact p of tau is the share of orders at least as extreme.
func TestKendallExactP(t *testing.T) {
	x := []float64{0, 1, 2, 3, 4, 5, 6}
	var taus []float64
	permutations(7, func(order []int) {
		s := 0.0
		for i := range order {
			for j := range i {
				if order[i] > order[j] {
					s++
				} else {
					s--
				}
			}
		}
		taus = append(taus, math.Abs(s))
	})
	for _, y := range [][]float64{{1, 0, 3, 2, 4, 6, 5}, {6, 5, 4, 3, 2, 1, 0}, {0, 6, 1, 5, 2, 4, 3}, {3, 4, 0, 6, 1, 5, 2}} {
		k, err := stats.KendallTauB(x, y)
		if err != nil {
			t.Fatal(err)
		}
		s, extreme := math.Abs(number(t, k.Tau))*21, 0
		for _, v := range taus {
			if v >= s-1e-9 {
				extreme++
			}
		}
		wantNear(t, "exact p", number(t, k.PExact), float64(extreme)/float64(len(taus)), 1e-12)
	}
}

// The exact p of the largest distance is the share of splits at least as far.
func TestKolmogorovSmirnovExactP(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 5))
	for range 20 {
		a, b := make([]float64, 3), make([]float64, 4)
		for i := range a {
			a[i] = rng.Float64()
		}
		for i := range b {
			b[i] = rng.Float64() + 0.3
		}
		test, err := stats.KolmogorovSmirnov(a, b)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "distance", test.D, distance(a, b), 1e-12)
		all, extreme, count := slices.Concat(a, b), 0, 0
		for mask := range 1 << 7 {
			var in, out []float64
			for i, v := range all {
				if mask&(1<<i) != 0 {
					in = append(in, v)
				} else {
					out = append(out, v)
				}
			}
			if len(in) != 3 {
				continue
			}
			count++
			if distance(in, out) >= test.D-1e-9 {
				extreme++
			}
		}
		wantNear(t, "p", number(t, test.PExact), float64(extreme)/float64(count), 1e-12)
	}
}

func distance(a, b []float64) (d float64) {
	under := func(values []float64, x float64) (share float64) {
		for _, v := range values {
			if v <= x {
				share += 1 / float64(len(values))
			}
		}
		return share
	}
	for _, x := range slices.Concat(a, b) {
		d = max(d, math.Abs(under(a, x)-under(b, x)))
	}
	return d
}

// The isotonic fit is the max–min of weighted means, keeps the mean, and
// changes nothing the second time.
func TestIsotonicIsMaxMin(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 2))
	for range 200 {
		n := 1 + rng.IntN(9)
		y, w := make([]float64, n), make([]float64, n)
		for i := range y {
			y[i], w[i] = float64(rng.IntN(5)), float64(1+rng.IntN(3))
		}
		fit, err := stats.Isotonic(y, w, true)
		if err != nil {
			t.Fatal(err)
		}
		for i := range y {
			wantNear(t, "fit", fit[i], maxMin(y, w, i), 1e-12)
		}
		again, err := stats.Isotonic(fit, w, true)
		if err != nil || !slices.Equal(again, fit) {
			t.Errorf("a second fit moved %v to %v, %v", fit, again, err)
		}
	}
	if _, err := stats.Isotonic([]float64{1, 2}, []float64{1, 0}, true); !notEstimable(err) {
		t.Errorf("a checkpoint without weight: %v", err)
	}
}

func maxMin(y, w []float64, i int) float64 {
	best := math.Inf(-1)
	for from := 0; from <= i; from++ {
		least := math.Inf(1)
		for to := i; to < len(y); to++ {
			var top, weight float64
			for k := from; k <= to; k++ {
				top, weight = top+w[k]*y[k], weight+w[k]
			}
			least = min(least, top/weight)
		}
		best = max(best, least)
	}
	return best
}

// Two checkpoints fit exactly, however far apart the steps are.
func TestLogisticThroughTwoCheckpoints(t *testing.T) {
	for _, scale := range []float64{1, 1e-6, 1e6} {
		f, err := stats.LogisticTrend([]float64{1000 * scale, 1001 * scale}, []int{10, 30}, []int{100, 100})
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "slope", f.Slope*scale, math.Log(30.0/70)-math.Log(10.0/90), 1e-7)
		wantNear(t, "rate", f.Rate(1001*scale), 0.3, 1e-7)
		wantNear(t, "deviance", f.Deviance, 0, 1e-9)
		if f.Dispersion.OK() {
			t.Error("two points leave nothing to judge the spread by")
		}
	}
}

func TestLogisticNamesTheSeparatingStep(t *testing.T) {
	var separated *stats.Separated
	_, err := stats.LogisticTrend([]float64{100, 200, 300}, []int{0, 0, 20}, []int{20, 20, 20})
	if !errors.As(err, &separated) || separated.Step != 300 || !notEstimable(err) {
		t.Errorf("all hacks from step 300 on: %v", err)
	}
	if !strings.Contains(err.Error(), "all successes are at 300 or later, all failures at 200 or earlier") {
		t.Errorf("message %q", err)
	}
	_, err = stats.LogisticTrend([]float64{100, 200}, []int{20, 0}, []int{20, 20})
	if !errors.As(err, &separated) || separated.Step != 200 {
		t.Errorf("all hacks before step 200: %v", err)
	}
	_, err = stats.LogisticTrend([]float64{100, 100}, []int{5, 6}, []int{20, 20})
	if errors.As(err, &separated) || !notEstimable(err) {
		t.Errorf("one step only is no separation: %v", err)
	}
	// A checkpoint shared by both kinds at the parting step has no finite slope either.
	if _, err = stats.LogisticTrend([]float64{1, 2, 3}, []int{0, 5, 20}, []int{20, 20, 20}); !errors.As(err, &separated) {
		t.Errorf("quasi-complete separation: %v", err)
	}
}

func TestSmoothing(t *testing.T) {
	nan := math.NaN()
	y := []float64{0.2, nan, 0.4, 0.1, 0.9}
	plain, err := stats.EMA(y, 0.7)
	if err != nil {
		t.Fatal(err)
	}
	even, err := stats.EMAOverSteps([]float64{0, 5, 10, 20, 30}, y, 0.7, 10)
	if err != nil {
		t.Fatal(err)
	}
	for i := range y {
		if math.IsNaN(plain[i]) != math.IsNaN(y[i]) || (!math.IsNaN(y[i]) && math.Abs(plain[i]-even[i]) > 1e-12) {
			t.Errorf("point %d: %g and %g", i, plain[i], even[i])
		}
	}
	far, err := stats.EMAOverSteps([]float64{0, 10_000}, []float64{1, 0}, 0.7, 10)
	if err != nil || far[1] > 1e-12 {
		t.Errorf("a value a thousand checkpoints back still weighs %g, %v", far[1], err)
	}
	flat, err := stats.EMA(slices.Repeat([]float64{0.3}, 50), 0.99)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range flat {
		wantNear(t, "a constant series", v, 0.3, 1e-12)
	}
	for _, w := range []float64{-0.1, 1, nan} {
		if _, err := stats.EMA(y, w); err == nil || notEstimable(err) {
			t.Errorf("weight %g must be refused: %v", w, err)
		}
	}
}

func TestChangePointTakesTheFirstOfEqual(t *testing.T) {
	c, err := stats.FindChangePoint([]int{5, 5, 5, 5}, []int{50, 50, 50, 50})
	if err != nil || c.After != 1 {
		t.Errorf("%+v, %v", c, err)
	}
	if _, err := stats.FindChangePoint([]int{5}, []int{50}); !notEstimable(err) {
		t.Errorf("one checkpoint: %v", err)
	}
}

func TestTrendWithoutAnswer(t *testing.T) {
	for name, err := range map[string]error{
		"one step":    trendError([]float64{5, 5}, []int{1, 2}, []int{10, 10}),
		"no samples":  trendError([]float64{1, 2}, []int{0, 0}, []int{0, 0}),
		"all succeed": trendError([]float64{1, 2}, []int{3, 4}, []int{3, 4}),
	} {
		if !notEstimable(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := trendError([]float64{1, 2}, []int{3, 4}, []int{2, 4}); err == nil || notEstimable(err) || !strings.Contains(err.Error(), "checkpoint 1") {
		t.Errorf("3 of 2 must be refused with its place: %v", err)
	}
	if _, _, err := stats.Slope([]float64{1, 2}, []float64{math.NaN(), 3}); !notEstimable(err) {
		t.Errorf("a slope through one point: %v", err)
	}
}

func trendError(steps []float64, k, n []int) error {
	_, err := stats.CochranArmitage(steps, k, n)
	return err
}

// For independent points the band over all of them is Šidák's.
func TestSupTOfIndependentPoints(t *testing.T) {
	rng := rand.New(rand.NewPCG(2, 3))
	draws := make([][]float64, 20_000)
	for b := range draws {
		draws[b] = make([]float64, 11)
		for i := range 10 {
			draws[b][i] = rng.NormFloat64() * float64(i+1)
		}
	}
	got, err := stats.SupT(make([]float64, 11), draws, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	c, err := stats.Simultaneous(0.05, 10, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "multiplier", got, c.Sidak, 0.03)
	if _, err := stats.SupT([]float64{1}, [][]float64{{1}, {1}}, 0.95); !notEstimable(err) {
		t.Errorf("a curve that does not vary: %v", err)
	}
}

func TestPareto(t *testing.T) {
	nan := math.NaN()
	got := stats.Pareto([]float64{1, 2, 3, 2, nan, 3}, []float64{3, 2, 1, 1, 9, 1})
	if !slices.Equal(got, []bool{true, true, true, false, false, true}) {
		t.Errorf("%v", got)
	}
}
