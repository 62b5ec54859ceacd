package stats_test

import (
	"math"
	"testing"

	"witnessmark/data/stats"
)

// The definition written out: means 4.5 and 4.25, squares 42 and 55.5, and at
// each lag the products of the points that overlap.
func TestCrossCorrelationCountsOverlappingPoints(t *testing.T) {
	x, y := []float64{1, 3, 2, 5, 4, 7, 8, 6}, []float64{2, 1, 3, 2, 6, 4, 7, 9}
	l, err := stats.CrossCorrelate(x, y, 2)
	if err != nil {
		t.Fatal(err)
	}
	scale := math.Sqrt(42 * 55.5)
	for i, lag := range []int{-2, -1, 0, 1, 2} {
		want := 0.0
		for k := range x {
			if j := k + lag; j >= 0 && j < len(y) {
				want += (x[k] - 4.5) * (y[j] - 4.25)
			}
		}
		if math.Abs(l.R[i]-want/scale) > 1e-12 {
			t.Errorf("R at lag %d is %g, want %g", lag, l.R[i], want/scale)
		}
	}
	if l.From != -2 || len(l.R) != 5 {
		t.Errorf("lags run from %d over %d", l.From, len(l.R))
	}
}

// A bump that comes three points later is found three points later.
func TestCrossCorrelationFindsWhichMovesFirst(t *testing.T) {
	x, y := make([]float64, 30), make([]float64, 30)
	x[10], x[11], y[13], y[14] = 1, 2, 1, 2
	l, err := stats.CrossCorrelate(x, y, 10)
	if err != nil || l.Best != 3 || l.At < 0.9 {
		t.Errorf("best lag %d with %g, %v; want 3", l.Best, l.At, err)
	}
	if back, _ := stats.CrossCorrelate(y, x, 10); back.Best != -3 {
		t.Errorf("the other way round the best lag is %d, want −3", back.Best)
	}
	if _, err := stats.CrossCorrelate(x, make([]float64, 30), 3); !notEstimable(err) {
		t.Errorf("a constant series gives %v", err)
	}
	if _, err := stats.CrossCorrelate([]float64{1, 2}, []float64{1, 3}, 3); !notEstimable(err) {
		t.Errorf("two points give %v", err)
	}
}

// z of .5, .7 and .3 is .549306, .867301 and .309520: mean .575376, SD .279805,
// t(2) = 4.302653, half-width .695077.
func TestCorrelationsAreAveragedOnFishersScale(t *testing.T) {
	e, err := stats.FisherMean([]float64{0.5, 0.7, 0.3}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ got, want float64 }{
		{e.Value, math.Tanh(0.575376)}, {e.Lo, math.Tanh(0.575376 - 0.695077)}, {e.Hi, math.Tanh(0.575376 + 0.695077)},
	} {
		if math.Abs(c.got-c.want) > 2e-5 {
			t.Errorf("got %g, want %g", c.got, c.want)
		}
	}
	for _, r := range [][]float64{{0.5}, {1, 0.5}, {math.NaN(), 0.2}} {
		if _, err := stats.FisherMean(r, 0.95); !notEstimable(err) {
			t.Errorf("%v gives %v", r, err)
		}
	}
}

// By hand: the squares around the one mean 11/6 sum to 35 − 121/6 = 89/6, around
// 1/3 and 10/3 to 4/3, so LR = 6·log((89/6)/(4/3)).
func TestShiftSplitsWhereTheMeansPart(t *testing.T) {
	y := []float64{0, 1, 0, 3, 4, 3}
	s, err := stats.FindShift(y, 999)
	if err != nil {
		t.Fatal(err)
	}
	if s.After != 3 || math.Abs(s.Before-1.0/3) > 1e-12 || math.Abs(s.Now-10.0/3) > 1e-12 {
		t.Errorf("splits after %d: %g and %g", s.After, s.Before, s.Now)
	}
	want := 6 * math.Log(89.0/6/(4.0/3))
	if math.Abs(s.LR-want) > 1e-9 {
		t.Errorf("LR is %g, want %g", s.LR, want)
	}
	// Of the 20 ways to put the three large values, 2 split as well.
	if math.Abs(s.P-0.1) > 0.04 {
		t.Errorf("P is %g, want about 0.1", s.P)
	}
	again, _ := stats.FindShift(y, 999)
	if again != s {
		t.Error("the same values give another P")
	}
	for _, bad := range [][]float64{{1, 2}, {1, 1, 1}, {1, math.NaN(), 2, 3}} {
		if _, err := stats.FindShift(bad, 99); !notEstimable(err) {
			t.Errorf("%v gives %v", bad, err)
		}
	}
}
