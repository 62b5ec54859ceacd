package predict

import (
	"cmp"
	"math"
	"slices"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// A Surprise is an outcome that a forecaster did not see coming.
type Surprise struct {
	Outcome
	Predicted float64
	Nats      float64 // log score lost against knowing the outcome's rate, 0 or more
}

// Surprises lists at most the given number of outcomes on which the first
// forecaster of a kind lost most, the worst first.
func (t Table) Surprises(kind Kind, most int) []Surprise {
	f, ok := t.Forecaster(kind)
	if !ok {
		return nil
	}
	var out []Surprise
	for i, o := range t.Outcomes {
		if !math.IsNaN(f.P[i]) {
			out = append(out, Surprise{o, f.P[i], motive.LogScore(o.Rate, o.Rate) - motive.LogScore(f.P[i], o.Rate)})
		}
	}
	slices.SortStableFunc(out, func(a, b Surprise) int { return cmp.Compare(b.Nats, a.Nats) })
	return out[:min(most, len(out))]
}

// A Bin holds the forecasts of one part of the scale.
type Bin struct {
	Lo, Hi   float64 // edges; Lo < forecast ≤ Hi, and 0 in the first
	Forecast float64 // mean
	K, N     int     // outcomes above the threshold, of all in the bin
	Rate     stats.Estimate
}

// Calibrate bins what the first forecaster of a kind said, and counts how
// many of each bin's outcomes end above the threshold (0 to 1): the share of
// runs that take off, by the forecast rate. The second result is the expected
// calibration error, with what perfect forecasts would show in the third.
func (t Table) Calibrate(kind Kind, bins int, threshold float64) ([]Bin, stats.Calibration, stats.Consistency) {
	f, ok := t.Forecaster(kind)
	if !ok {
		return nil, stats.Calibration{}, stats.Consistency{}
	}
	var happened []bool
	var p []float64
	for i, o := range t.Outcomes {
		if !math.IsNaN(f.P[i]) {
			happened, p = append(happened, o.Rate > threshold), append(p, f.P[i])
		}
	}
	c, err := stats.Calibrate(happened, p, bins)
	if err != nil {
		return nil, c, stats.Consistency{}
	}
	const draws = 1000
	band, _ := stats.ConsistencyOf(p, bins, draws, t.Level) // empty without forecasts
	var out []Bin
	for _, b := range c.Bins {
		rate, err := b.Rate(t.Level)
		if err != nil {
			continue
		}
		width := 1 / float64(bins)
		out = append(out, Bin{
			Lo: float64(b.Bin) * width, Hi: float64(b.Bin+1) * width, Forecast: b.MeanPredicted,
			K: b.Positives, N: b.Count, Rate: rate.Over(stats.Seeds),
		})
	}
	return out, c, band
}
