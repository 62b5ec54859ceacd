package curve

import (
	"math"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Columns of Relate, beside those of the correlation. Lags and leads are in
// steps, positive where the first measure moves first.
const (
	Lag    = "lag" // lag_lo, lag_hi: of the changes from step to step
	LagN   = "lag_n"
	Lead   = "lead" // lead_lo, lead_hi: from the first onset to the second
	LeadN  = "lead_n"
	mostOf = 10 // points that a lag reaches at most
)

// Relate says for each group how two measures move together within runs: the
// correlation of their values over the steps that a run has of both, averaged
// over runs by Fisher's z (value, lo, hi, level, method, seeds); the lag at
// which changes of both from step to step correlate most, for runs with even
// steps; and how long after the onset of the first measure that of the second
// comes, for runs with both onsets (tables of runs and steps, which may be
// empty). Means over runs have t intervals. Units are runs with their
// correlation as Value.
func Relate(a, b, startsA, startsB frame.Frame, confidence float64) frame.Frame {
	other := map[string]Run{}
	for _, g := range Groups(b) {
		for _, r := range g.Runs {
			other[g.Name()+"\x00"+r.Name] = r
		}
	}
	onsets := [2]map[string]float64{stepsOf(startsA), stepsOf(startsB)}
	s := newSheet()
	for _, g := range Groups(a) {
		s.row(g.Keys)
		s.relate(g, other, onsets, level(confidence))
	}
	return s.done()
}

func stepsOf(starts frame.Frame) map[string]float64 {
	out := map[string]float64{}
	for row := range starts.Len() {
		if step := stepAt(starts, row); step == step {
			out[starts.Text(data.Run, row)] = step
		}
	}
	return out
}

func (s *sheet) relate(g Group, other map[string]Run, onsets [2]map[string]float64, confidence float64) {
	var units []frame.Unit
	var rs, lags, leads []float64
	nan := math.NaN()
	for _, r := range g.Runs {
		steps, x, y := shared(r, other[g.Name()+"\x00"+r.Name])
		if c, err := stats.Pearson(x, y); err == nil && math.Abs(c) < 1 {
			rs = append(rs, c)
			units = append(units, frame.Unit{Run: r.Name, Seed: r.Seed, Value: c, K: nan, N: float64(len(x)), Pair: nan})
		}
		if lag, ok := lagOf(steps, x, y); ok {
			lags = append(lags, lag)
		}
		first, okFirst := onsets[0][r.Name]
		second, okSecond := onsets[1][r.Name]
		if okFirst && okSecond {
			leads = append(leads, second-first)
		}
	}
	e, err := stats.FisherMean(rs, confidence)
	s.estimate(e, err)
	s.num(frame.Level, confidence)
	s.num(frame.Seeds, float64(len(rs)))
	s.units(units)
	s.delay(Lag, LagN, lags, confidence)
	s.delay(Lead, LeadN, leads, confidence)
}

// delay sets the mean of delays with its interval.
func (s *sheet) delay(name, n string, delays []float64, confidence float64) {
	e, err := stats.SeedMean(delays, confidence)
	s.why(name, e.Value, stats.Reason(err))
	s.why(name+"_lo", e.Lo, stats.Reason(err))
	s.why(name+"_hi", e.Hi, stats.Reason(err))
	s.num(n, float64(len(delays)))
}

// shared returns the values of two runs at the steps that both have.
func shared(a, b Run) (steps, x, y []float64) {
	at := map[float64]float64{}
	for i, s := range b.Steps {
		at[s] = b.Values[i]
	}
	for i, s := range a.Steps {
		if v, ok := at[s]; ok {
			steps, x, y = append(steps, s), append(x, a.Values[i]), append(y, v)
		}
	}
	return steps, x, y
}

// lagOf is the lag, in steps, at which the changes of both correlate most;
// false where steps are uneven or a side does not move.
func lagOf(steps, x, y []float64) (float64, bool) {
	if len(steps) < 8 {
		return 0, false
	}
	apart := steps[1] - steps[0]
	dx, dy := make([]float64, len(x)-1), make([]float64, len(x)-1)
	for i := range dx {
		if math.Abs(steps[i+1]-steps[i]-apart) > 1e-9*apart {
			return 0, false
		}
		dx[i], dy[i] = x[i+1]-x[i], y[i+1]-y[i]
	}
	l, err := stats.CrossCorrelate(dx, dy, min(mostOf, len(dx)/4))
	return float64(l.Best) * apart, err == nil
}
