package stats

import (
	"math"
	"testing"
)

// The values of pwr.t.test(type = "paired", sig.level = .05, power = .8).
func TestDetectableTAgreesWithTheTablesOfPower(t *testing.T) {
	for _, x := range []struct {
		pairs int
		d     float64 // in standard deviations of the differences
	}{{5, 1.6852}, {10, 0.9990}, {30, 0.5295}} {
		got, err := DetectableT(float64(x.pairs-1), 0.05, 0.8)
		if err != nil {
			t.Fatal(err)
		}
		if d := got / math.Sqrt(float64(x.pairs)); math.Abs(d-x.d) > 5e-3 {
			t.Errorf("%d pairs detect %.4f, want %.4f", x.pairs, d, x.d)
		}
	}
}

func TestSizesAreTheInverseOfWhatTheyDetect(t *testing.T) {
	for _, x := range []struct {
		delta, sd float64
		pairs     int
	}{{0.5, 1, 34}, {0.8, 1, 15}, {1, 1, 10}} { // pwr.t.test, rounded up
		if got, err := PairsFor(-x.delta, x.sd, 0.05, 0.8); err != nil || got != x.pairs {
			t.Errorf("%v of %v: %d pairs (%v), want %d", x.delta, x.sd, got, err, x.pairs)
		}
	}
	if got, err := WelchSeedsFor(0.5, 1, 1, 0.05, 0.8); err != nil || got != 64 {
		t.Errorf("%d seeds an arm (%v), want 64", got, err)
	}
	for _, bad := range []struct{ delta, sd float64 }{{0, 1}, {1, 0}, {1e-9, 1}, {math.NaN(), 1}} {
		if n, err := PairsFor(bad.delta, bad.sd, 0.05, 0.8); err == nil {
			t.Errorf("%+v: %d pairs", bad, n)
		}
	}
}
