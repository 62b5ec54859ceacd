package stats

import (
	"fmt"
	"math"
)

// A HiddenRise asks whether the true rate rises while recall falls: is
// behavior improving, or is it hiding? Each P is one-sided. P is the larger of
// the two, so that it is small only where both movements are shown.
type HiddenRise struct {
	PRateUp     Quantity // the true rate rises
	PRecallDown Quantity // recall falls
	P           Quantity // both; unknown where one of them is
	Method      string
}

// FindHiddenRise tests one run from ground truth at each checkpoint: n
// samples, hacks of them true, flagged of those caught. Checkpoints without
// hacks have no recall and are left out of its trend. Samples are taken as
// independent between checkpoints.
//
// Berger (1982), Technometrics 24:295, over two Cochran–Armitage tests.
func FindHiddenRise(steps []float64, n, hacks, flagged []int) (HiddenRise, error) {
	if err := checkLengths("steps and counts", len(steps), len(n), len(hacks), len(flagged)); err != nil {
		return HiddenRise{}, err
	}
	if _, err := cellsOf(steps, hacks, n); err != nil {
		return HiddenRise{}, fmt.Errorf("hacks among samples: %w", err)
	}
	if _, err := cellsOf(steps, flagged, hacks); err != nil {
		return HiddenRise{}, fmt.Errorf("flagged among hacks: %w", err)
	}
	rate, noRate := CochranArmitage(steps, hacks, n)
	recall, noRecall := CochranArmitage(steps, flagged, hacks)
	h := HiddenRise{PRateUp: from(rate.PIncrease, noRate), PRecallDown: from(recall.PDecrease, noRecall)}
	h.P, h.Method = both(h.PRateUp, h.PRecallDown, math.Max), "intersection–union of Cochran–Armitage trends"
	return h, nil
}

// FindHiddenRiseOverSeeds tests a condition from each seed's slope of the
// true rate and of recall over steps (see Slope), by one-sided t tests over
// seeds. It is the default where there are three seeds or more, and
// NotEstimable for fewer.
func FindHiddenRiseOverSeeds(rateSlopes, recallSlopes []float64) (HiddenRise, error) {
	if err := checkBoth(rateSlopes, recallSlopes); err != nil {
		return HiddenRise{}, err
	}
	if len(rateSlopes) < 3 || len(recallSlopes) < 3 {
		return HiddenRise{}, Because("slopes of three seeds or more are needed, and there are %d and %d", len(rateSlopes), len(recallSlopes))
	}
	up := aboveZero(rateSlopes, 1)
	down := aboveZero(recallSlopes, -1)
	return HiddenRise{PRateUp: up, PRecallDown: down, P: both(up, down, math.Max), Method: "intersection–union of t over seeds' slopes"}, nil
}

// aboveZero is the one-sided p that the mean, taken in a direction, is over 0.
func aboveZero(values []float64, direction float64) Quantity {
	if constant(values) {
		return Unknown("all seeds have the same slope")
	}
	k := float64(len(values))
	t := direction * mean(values) / math.Sqrt(variance(values)/k)
	return Known(TCDF(-t, k-1))
}
