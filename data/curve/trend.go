package curve

import (
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Per is the column with the number of steps that a slope is given for.
const Per = "per"

// Trends gives each group's change of the measure over a round number of
// steps (column per): the least-squares slope of each run, then the mean over
// runs with Student's t, as stats.SeedMean has it. Rows have the keys of
// their group, value, lo, hi, level, method, seeds (runs), and p (sign flips of
// the slopes). Units are runs with their slope as Value.
func Trends(f frame.Frame, confidence float64) frame.Frame {
	groups := Groups(f)
	per := roundSpan(groups)
	s := newSheet()
	for _, g := range groups {
		s.row(g.Keys)
		s.num(Per, per)
		units, slopes := g.slopes(per)
		s.mean(slopes, level(confidence))
		s.units(units)
		flip, err := stats.SignFlip(slopes)
		if len(slopes) < 2 {
			err = stats.Because("one run shows nothing of the spread between runs")
		}
		s.why(frame.P, flip.P, stats.Reason(err))
	}
	return s.done()
}

func (g Group) slopes(per float64) (units []frame.Unit, slopes []float64) {
	nan := math.NaN()
	for _, r := range g.Runs {
		slope, _, err := stats.Slope(r.Steps, r.Values)
		if err != nil {
			continue
		}
		slopes = append(slopes, slope*per)
		units = append(units, frame.Unit{Run: r.Name, Seed: r.Seed, Value: slope * per, K: nan, N: nan, Pair: nan})
	}
	return units, slopes
}

// roundSpan is the power of ten next below the length of the longest run, so
// that a slope is about what can be seen: per 100 steps of a run of 119.
func roundSpan(groups []Group) float64 {
	span := 0.0
	for _, g := range groups {
		for _, r := range g.Runs {
			span = max(span, r.last()-r.Steps[0])
		}
	}
	if !(span > 0) {
		return 1
	}
	return math.Pow(10, math.Floor(math.Log10(span)+1e-9))
}
