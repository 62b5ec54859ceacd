package stats_test

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"witnessmark/data/stats"
)

// Searching all pairs of thresholds finds nothing better.
func TestUnionWithinIsBest(t *testing.T) {
	for seed := range uint64(20) {
		positive, s1 := scored(60, 6, seed)
		_, s2 := scored(60, 5, seed+100)
		for _, budget := range []float64{0.01, 0.05, 0.2} {
			got, err := stats.UnionWithin(positive, s1, s2, budget)
			if err != nil {
				t.Fatal(err)
			}
			want := bestUnion(t, positive, s1, s2, budget)
			if got.Confusion.TP != want {
				t.Errorf("seed %d, budget %g: %d caught, want %d", seed, budget, got.Confusion.TP, want)
			}
			checkRule(t, got, positive, s1, s2)
		}
	}
}

func bestUnion(t *testing.T, positive []bool, s1, s2 []float64, budget float64) int {
	best := 0
	for _, t1 := range append(slices.Clone(s1), math.Inf(1)) {
		for _, t2 := range append(slices.Clone(s2), math.Inf(1)) {
			c := apply(t, stats.Combination{Threshold1: t1, Threshold2: t2, Either: true}, positive, s1, s2)
			if float64(c.FP)/float64(c.Negatives()) <= budget {
				best = max(best, c.TP)
			}
		}
	}
	return best
}

func apply(t *testing.T, rule stats.Combination, positive []bool, s1, s2 []float64) stats.Confusion {
	t.Helper()
	flags := make([]bool, len(positive))
	for i := range flags {
		flags[i] = rule.Flags(s1[i], s2[i])
	}
	c, err := stats.CountFlags(positive, flags)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func checkRule(t *testing.T, rule stats.Combination, positive []bool, s1, s2 []float64) {
	t.Helper()
	if c := apply(t, rule, positive, s1, s2); c != rule.Confusion {
		t.Errorf("the rule gives %+v, but reports %+v", c, rule.Confusion)
	}
}

func TestEscalateWithin(t *testing.T) {
	positive, cheap := scored(400, 9, 1)
	_, costly := scored(400, 0, 2)
	for i, truth := range positive {
		if truth {
			costly[i] += 3
		}
	}
	for _, portion := range []float64{0, 0.1, 0.5, 1} {
		c, err := stats.EscalateWithin(positive, cheap, costly, portion, 0.02)
		if err != nil {
			t.Fatal(err)
		}
		checkRule(t, c, positive, cheap, costly)
		if float64(c.Escalated) > portion*400 || float64(c.Confusion.FP) > 0.02*float64(c.Confusion.Negatives()) {
			t.Errorf("portion %g: %+v is over a budget", portion, c)
		}
	}
	all, err := stats.EscalateWithin(positive, cheap, costly, 1, 0.02)
	if err != nil {
		t.Fatal(err)
	}
	alone, err := rank(t, positive, costly).TPRAtFPR(0.02, 0.95)
	if err != nil || all.Confusion != alone.Confusion {
		t.Errorf("escalating all is the costly monitor alone: %+v, %+v, %v", all.Confusion, alone.Confusion, err)
	}
}

func TestFlagPatterns(t *testing.T) {
	truth := []bool{true, true, true, false, false, true}
	a := []bool{true, false, false, false, true, false}
	b := []bool{true, true, false, false, false, true}
	patterns, err := stats.FlagPatterns(truth, a, b)
	if err != nil {
		t.Fatal(err)
	}
	if got := fmt.Sprint(patterns); got != "[{[false true] 2 0} {[false false] 1 1} {[true true] 1 0} {[true false] 0 1}]" {
		t.Errorf("patterns %s", got)
	}
	if got := stats.Union(patterns); got != (stats.Confusion{TP: 3, FP: 1, FN: 1, TN: 1}) {
		t.Errorf("union %+v", got)
	}
	more, err := stats.CaughtByOther(patterns, 0, 1, 0.95)
	if err != nil || more.N != 3 || math.Abs(more.Value-2.0/3) > 1e-12 {
		t.Errorf("second line %+v, %v", more, err)
	}
}

func TestGMean2Difference(t *testing.T) {
	positive, s := scored(300, 0, 6)
	a, b, item := make([]bool, 300), make([]bool, 300), make([]int, 300)
	for i := range a {
		a[i], b[i], item[i] = s[i] > 0.5, s[i] > 2, i/3
	}
	e, err := stats.GMean2Difference(positive, a, b, item, 0.95, 1000)
	if err != nil {
		t.Fatal(err)
	}
	ca, _ := stats.CountFlags(positive, a)
	cb, _ := stats.CountFlags(positive, b)
	wantNear(t, "difference", e.Value, number(t, ca.Metrics().GMean2)-number(t, cb.Metrics().GMean2), 1e-12)
	if e.N != 100 || !(e.Lo < e.Value && e.Value < e.Hi && e.Lo > 0) {
		t.Errorf("%+v", e)
	}
	if _, err := stats.GMean2Difference([]bool{true}, []bool{true}, []bool{false}, []int{0}, 0.95, 100); !notEstimable(err) {
		t.Errorf("one class: %v", err)
	}
}
