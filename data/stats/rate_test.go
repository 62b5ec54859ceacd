package stats_test

import (
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"witnessmark/data/stats"
)

func near(a, b, tolerance float64) bool {
	return a == b || math.Abs(a-b) <= tolerance*math.Max(1, math.Max(math.Abs(a), math.Abs(b)))
}

// every calls f with each method that fits one shape of data.
func every[F stats.Interval](t *testing.T, f func(t *testing.T, interval F)) {
	for _, name := range stats.Names[F]() {
		interval, err := stats.Lookup[F](name)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(name, func(t *testing.T) { f(t, interval) })
	}
}

// sound checks what holds for any interval: no NaN, ends in order, and the
// value between them.
func sound(t *testing.T, at string, e stats.Estimate) {
	t.Helper()
	if math.IsNaN(e.Lo) || math.IsNaN(e.Hi) || math.IsNaN(e.Value) || e.Lo > e.Hi {
		t.Errorf("%s: %v [%v, %v] is no interval", at, e.Value, e.Lo, e.Hi)
	}
	slack := 1e-12 * math.Max(1, math.Abs(e.Value))
	if leavesOut[e.Method] {
		return
	}
	if e.Value < e.Lo-slack || e.Value > e.Hi+slack {
		t.Errorf("%s: [%v, %v] leaves out its value %v", at, e.Lo, e.Hi, e.Value)
	}
}

// leavesOut names the methods that by their definition may leave out a value
// at the end of its range.
var leavesOut = map[string]bool{"Jeffreys": true, "Agresti–Caffo": true}

func wider(t *testing.T, at string, narrow, wide stats.Estimate) {
	t.Helper()
	if wide.Lo > narrow.Lo+1e-9 || wide.Hi < narrow.Hi-1e-9 {
		t.Errorf("%s: [%v, %v] at a higher level does not contain [%v, %v]", at, wide.Lo, wide.Hi, narrow.Lo, narrow.Hi)
	}
}

func TestRateIntervals(t *testing.T) {
	every(t, func(t *testing.T, interval stats.RateInterval) {
		for _, n := range []int{1, 2, 7, 30, 250, 2000} {
			for _, k := range []int{0, 1, n / 3, n / 2, n - 1, n} {
				at := fmt.Sprintf("%d of %d", k, n)
				e, err := interval(k, n, 0.9)
				if err != nil {
					t.Fatal(err)
				}
				sound(t, at, e)
				if e.Lo < 0 || e.Hi > 1 {
					t.Errorf("%s: [%v, %v] leaves 0 to 1", at, e.Lo, e.Hi)
				}
				more, _ := interval(k, n, 0.99)
				wider(t, at, e, more)
				mirror, _ := interval(n-k, n, 0.9)
				if !near(mirror.Lo, 1-e.Hi, 1e-9) || !near(mirror.Hi, 1-e.Lo, 1e-9) {
					t.Errorf("%s: counting failures gives [%v, %v], not the mirror of [%v, %v]", at, mirror.Lo, mirror.Hi, e.Lo, e.Hi)
				}
			}
		}
	})
}

func TestDifferenceIntervals(t *testing.T) {
	every(t, func(t *testing.T, interval stats.DifferenceInterval) {
		eachTwoCounts(func(k1, n1, k2, n2 int) {
			at := fmt.Sprintf("%d/%d - %d/%d", k1, n1, k2, n2)
			e, err := interval(k1, n1, k2, n2, 0.9)
			if err != nil {
				t.Fatal(err)
			}
			sound(t, at, e)
			more, _ := interval(k1, n1, k2, n2, 0.99)
			wider(t, at, e, more)
			swapped, _ := interval(k2, n2, k1, n1, 0.9)
			if !near(swapped.Lo, -e.Hi, 1e-8) || !near(swapped.Hi, -e.Lo, 1e-8) {
				t.Errorf("%s: swapped is [%v, %v], not the negative of [%v, %v]", at, swapped.Lo, swapped.Hi, e.Lo, e.Hi)
			}
		})
	})
}

func TestRatioIntervals(t *testing.T) {
	every(t, func(t *testing.T, interval stats.RatioInterval) {
		eachTwoCounts(func(k1, n1, k2, n2 int) {
			at := fmt.Sprintf("(%d/%d)/(%d/%d)", k1, n1, k2, n2)
			e, err := interval(k1, n1, k2, n2, 0.9)
			var none *stats.NotEstimable
			if errors.As(err, &none) {
				return
			}
			if math.IsNaN(e.Lo) || math.IsNaN(e.Hi) || !(e.Lo <= e.Hi) {
				t.Errorf("%s: [%v, %v] is no interval", at, e.Lo, e.Hi)
			}
			more, _ := interval(k1, n1, k2, n2, 0.99)
			wider(t, at, e, more)
			swapped, _ := interval(k2, n2, k1, n1, 0.9)
			if !near(swapped.Lo, 1/e.Hi, 1e-7) || !near(swapped.Hi, 1/e.Lo, 1e-7) {
				t.Errorf("%s: swapped is [%v, %v], not the inverse of [%v, %v]", at, swapped.Lo, swapped.Hi, e.Lo, e.Hi)
			}
		})
	})
}

func eachTwoCounts(f func(k1, n1, k2, n2 int)) {
	for _, n1 := range []int{1, 9, 200} {
		for _, n2 := range []int{1, 12, 150} {
			for _, k1 := range []int{0, n1 / 2, n1} {
				for _, k2 := range []int{0, n2 / 3, n2} {
					f(k1, n1, k2, n2)
				}
			}
		}
	}
}

func TestPairedTableIntervals(t *testing.T) {
	every(t, func(t *testing.T, interval stats.PairedTableInterval) {
		for _, table := range []stats.PairedTable{{36, 12, 2, 0}, {0, 0, 0, 50}, {0, 10, 0, 0}, {0, 0, 10, 0}, {1, 5, 0, 4}, {0, 1, 0, 0}, {500, 40, 18, 300}} {
			at := fmt.Sprint(table)
			e, err := interval(table, 0.9)
			if err != nil {
				t.Fatal(err)
			}
			if math.IsNaN(e.Lo) || math.IsNaN(e.Hi) || e.Lo > e.Hi {
				t.Errorf("%s: [%v, %v] is no interval", at, e.Lo, e.Hi)
			}
			more, _ := interval(table, 0.99)
			wider(t, at, e, more)
			swapped, _ := interval(table.Swapped(), 0.9)
			if !near(swapped.Lo, -e.Hi, 1e-8) || !near(swapped.Hi, -e.Lo, 1e-8) {
				t.Errorf("%s: swapped is [%v, %v], not the negative of [%v, %v]", at, swapped.Lo, swapped.Hi, e.Lo, e.Hi)
			}
		}
	})
}

// TestScoreIntervalsInvertTheirTest checks the ends of a score interval
// against the equivalence p values, which use the same statistic directly.
func TestScoreIntervalsInvertTheirTest(t *testing.T) {
	e, err := stats.MiettinenNurminen(56, 70, 48, 80, 0.9)
	if err != nil {
		t.Fatal(err)
	}
	q, err := stats.EquivalentRates(56, 70, 48, 80, e.Hi, 0.05)
	if err != nil || !near(q.PUpper, 0.05, 1e-9) {
		t.Errorf("p at the upper end = %v (%v), want 0.05", q.PUpper, err)
	}
	if q.Equivalent() {
		t.Error("a difference of 20 points is equivalent within its own upper end")
	}
	q, _ = stats.EquivalentRates(250, 300, 251, 300, 0.1, 0.05)
	if !q.Equivalent() || !q.NotLower() || !q.NotHigher() || q.P > 0.05 {
		t.Errorf("250 and 251 of 300 are not equivalent within 10 points: %+v", q)
	}
}

func TestNotEstimable(t *testing.T) {
	for name, f := range map[string]func() error{
		"no samples":          func() error { _, err := stats.Wilson(0, 0, 0.95); return err },
		"an empty arm":        func() error { _, err := stats.Newcombe(1, 2, 0, 0, 0.95); return err },
		"ratio of zeros":      func() error { _, err := stats.Koopman(0, 5, 0, 5, 0.95); return err },
		"log ratio at zero":   func() error { _, err := stats.Katz(0, 5, 1, 5, 0.95); return err },
		"odds at zero":        func() error { _, err := stats.Woolf(0, 5, 1, 5, 0.95); return err },
		"no shared items":     func() error { _, err := stats.Tango(stats.PairedTable{}, 0.95); return err },
		"no zero bound":       func() error { _, err := stats.NoneOf(0, 0.95); return err },
		"one seed":            func() error { _, err := stats.SeedMean([]float64{1}, 0.95); return err },
		"no seeds":            func() error { _, err := stats.SeedMean(nil, 0.95); return err },
		"one pair":            func() error { _, err := stats.PairedSeeds([]float64{1}, []float64{2}, 0.95); return err },
		"no spread":           func() error { _, err := stats.Welch([]float64{1, 1}, []float64{2, 2}, 0.95); return err },
		"one cluster":         func() error { _, err := stats.ClusterMean([][]float64{{1, 0}}, 0.95); return err },
		"a seed not a number": func() error { _, err := stats.SeedMean([]float64{1, math.NaN()}, 0.95); return err },
		"a constant grader":   func() error { _, err := stats.CohensKappa([][]int{{20, 5}, {0, 0}}, 0.95); return err },
		"few seeds resampled": func() error { _, err := stats.BootstrapSeeds([]float64{1, 2, 3}, 0.95); return err },
		"few items resampled": func() error { _, err := stats.BootstrapItems([][]float64{{1}, {0}}, 0.95); return err },
		"no effects":          func() error { _, err := stats.RandomEffects(nil, nil, 0.95); return err },
	} {
		var none *stats.NotEstimable
		if err := f(); !errors.As(err, &none) || none.Why == "" {
			t.Errorf("%s: got %v, want a reason", name, err)
		}
	}
}

func TestImpossibleArguments(t *testing.T) {
	for name, f := range map[string]func() error{
		"more than all":  func() error { _, err := stats.Wilson(5, 3, 0.95); return err },
		"fewer than 0":   func() error { _, err := stats.Wilson(-1, 3, 0.95); return err },
		"level of 95":    func() error { _, err := stats.Wilson(1, 3, 95); return err },
		"level of 1":     func() error { _, err := stats.SeedMean([]float64{1, 2}, 1); return err },
		"unequal pairs":  func() error { _, err := stats.PairedSeeds([]float64{1, 2}, []float64{1}, 0.95); return err },
		"no margin":      func() error { _, err := stats.EquivalentRates(1, 3, 1, 3, 0, 0.05); return err },
		"quantile of 50": func() error { _, err := stats.Quantile([]float64{1}, 50); return err },
	} {
		var none *stats.NotEstimable
		if err := f(); err == nil || errors.As(err, &none) {
			t.Errorf("%s: got %v, want an ordinary error", name, err)
		}
	}
}

func TestLookupSaysWhatFits(t *testing.T) {
	_, err := stats.Lookup[stats.RateInterval]("tango")
	if err == nil || !strings.Contains(err.Error(), "takes other data") || !strings.Contains(err.Error(), "wilson, ") {
		t.Errorf("tango for a rate: %v", err)
	}
	_, err = stats.Lookup[stats.SeedInterval]("t-test")
	if err == nil || !strings.Contains(err.Error(), "not known") || !strings.Contains(err.Error(), "t-seeds, bca") {
		t.Errorf("an unknown name for seeds: %v", err)
	}
	first, err := stats.Lookup[stats.TwoSeedsInterval]("")
	if err != nil {
		t.Fatal(err)
	}
	c, _ := first([]float64{1, 2, 4}, []float64{2, 4, 5}, 0.95)
	if c.Method != "Welch t over seeds" {
		t.Errorf("the default for two conditions is %q", c.Method)
	}
	for _, m := range stats.Methods {
		if m.Fits() == "these data" || m.Label == "" {
			t.Errorf("%s: nobody is told what it fits", m.Name)
		}
	}
}

func TestAdjustKnownCountsWhatIsThere(t *testing.T) {
	p := func(v float64) *float64 { return &v }
	got := stats.AdjustKnown([]*float64{p(0.02), nil, p(0.01)}, stats.Holm)
	if *got[0] != 0.02 || got[1] != nil || *got[2] != 0.02 {
		t.Errorf("got %v, %v, %v", *got[0], got[1], *got[2])
	}
}

func TestDistributionsAtTheirEnds(t *testing.T) {
	for _, c := range []struct {
		name      string
		got, want float64
	}{
		{"normal tail", stats.NormalCDF(stats.NormalQuantile(1e-250)) / 1e-250, 1},
		{"t of 1", stats.TQuantile(0.9999, 1), math.Tan(math.Pi * 0.4999)},
		{"t of 2", stats.TQuantile(0.9995, 2), 0.999 / math.Sqrt(2*0.9995*0.0005)},
		{"t of infinity", stats.TQuantile(0.975, math.Inf(1)), 1.959963984540054},
		{"t tail", stats.TCDF(-1e9, 2) * 2e18, 1},
		{"F is t squared", stats.FQuantile(0.95, 1, 5), math.Pow(stats.TQuantile(0.975, 5), 2)},
		{"binomial sums to 1", stats.BinomialCDF(4, 9, 0.3) + stats.BinomialSurvival(4, 9, 0.3), 1},
		{"binomial of nothing", stats.BinomialPMF(0, 5, 0), 1},
		{"beta ends", stats.BetaQuantile(1, 2, 3), 1},
		{"noncentral t is central at 0", stats.NoncentralTCDF(1.3, 4, 0), stats.TCDF(1.3, 4)},
	} {
		if !near(c.got, c.want, 1e-9) {
			t.Errorf("%s: %v, want %v", c.name, c.got, c.want)
		}
	}
}

// TestStandardizedMatchesOneStratum holds the stratified difference of a
// single stratum against the plain one.
func TestStandardizedMatchesOneStratum(t *testing.T) {
	e, err := stats.Standardized([]stats.Stratum{{56, 70, 48, 80}}, 0.95)
	plain, _ := stats.WaldDifference(56, 70, 48, 80, 0.95)
	if err != nil || !near(e.Value, plain.Value, 1e-12) || math.Abs(e.Lo-plain.Lo) > 0.01 || math.Abs(e.Hi-plain.Hi) > 0.01 {
		t.Errorf("one stratum gives %v [%v, %v] (%v), and Wald [%v, %v]", e.Value, e.Lo, e.Hi, err, plain.Lo, plain.Hi)
	}
}
