package stats_test

import (
	"math"
	"testing"

	"witnessmark/data/stats"
)

// An even distribution is Beta(1, 1), whose score has a closed form; a narrow
// bin is nearly a single number, whose score is its distance.
func TestCRPSOfBins(t *testing.T) {
	even := []float64{.1, .1, .1, .1, .1, .1, .1, .1, .1, .1}
	for _, y := range []float64{0, .03, .5, .55, 1} {
		got, err := stats.CRPSBins(even, y)
		want, _ := stats.CRPSBeta(1, 1, y)
		if err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("even at %g: %v %v, want %v", y, got, err, want)
		}
	}
	narrow := make([]float64, 1000)
	narrow[200] = 1
	if got, err := stats.CRPSBins(narrow, .7); err != nil || math.Abs(got-.4995) > 1e-3 {
		t.Errorf("narrow: %v %v", got, err)
	}
	if _, err := stats.CRPSBins(nil, .5); err == nil {
		t.Error("no bins have a score")
	}
	if _, err := stats.CRPSBins(even, 1.5); err == nil {
		t.Error("a rate of 150 % has a score")
	}
}
