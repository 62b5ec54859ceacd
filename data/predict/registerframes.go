package predict

import (
	"fmt"
	"math"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Frame is what one forecaster said of the register's outcomes beside what
// was observed, for charts.Predicted and charts.Forecast: a row an outcome, in
// their order. By names the column of the arms, of which family gives the
// family; runs stand for themselves.
func (g Register) Frame(f Forecaster, by string, family func(arm string) string) frame.Frame {
	s := newSheet([]string{by, data.Run, data.Eval, data.EvalPrompt, data.Family, frame.Method},
		data.Step, PredictedColumn, PredictedLoColumn, PredictedHiColumn, frame.Value, frame.Lo, frame.Hi, frame.Level, frame.K, frame.N, frame.Seeds)
	for i, o := range g.Outcomes {
		if math.IsNaN(f.P[i]) {
			continue
		}
		e, why := o.Interval(g.Level)
		s.text(by, o.Arm).text(data.Run, o.Run).text(data.Eval, o.Eval).text(data.EvalPrompt, o.EvalPrompt).text(data.Family, family(o.Arm)).text(frame.Method, e.Method)
		s.num(data.Step, o.Step).num(PredictedColumn, f.P[i]).num(PredictedLoColumn, at(f.Lo, i)).num(PredictedHiColumn, at(f.Hi, i))
		s.num(frame.Value, o.Rate).maybe(frame.Lo, e.Lo, why).maybe(frame.Hi, e.Hi, why)
		s.num(frame.Level, g.Level).num(frame.K, o.K).num(frame.N, o.N).num(frame.Seeds, float64(o.Runs))
		s.keys(o.Keys)
	}
	s.note(FitNote, f.Name+", "+lowerFirst(string(g.Standing)), false)
	return s.f
}

func at(all []float64, i int) float64 {
	if i >= len(all) {
		return math.NaN()
	}
	return all[i]
}

// ReliabilityFrame bins what one forecaster said, for charts.Calibration: in
// each bin the mean observed rate, with a t interval over outcomes.
func (t Table) ReliabilityFrame(f Forecaster, bins int) frame.Frame {
	s := newSheet([]string{frame.Method}, ForecastColumn, frame.Value, frame.Lo, frame.Hi, frame.Level, frame.N, BinLoColumn, BinHiColumn)
	for b := range bins {
		lo, hi := float64(b)/float64(bins), float64(b+1)/float64(bins)
		var said, seen []float64
		for i, o := range t.Outcomes {
			if p := f.P[i]; p > lo && p <= hi || p == 0 && b == 0 {
				said, seen = append(said, p), append(seen, o.Rate)
			}
		}
		if len(said) == 0 {
			continue
		}
		forecast, _ := stats.Mean(said)
		mean, _ := stats.Mean(seen)
		e, err := stats.SeedMean(seen, t.Level)
		s.text(frame.Method, "t over outcomes").num(ForecastColumn, forecast).num(frame.Value, mean)
		s.maybe(frame.Lo, e.Lo, stats.Reason(err)).maybe(frame.Hi, e.Hi, stats.Reason(err)).num(frame.Level, t.Level)
		s.num(frame.N, float64(len(said))).num(BinLoColumn, lo).num(BinHiColumn, hi)
		s.keys(nil)
	}
	s.note(FitNote, fmt.Sprintf("%s by %s", plural(len(t.Outcomes), "outcome"), f.Name), false)
	return s.f
}

// CalibrationError is the mean distance of what a forecaster said from what
// was observed, in bins as those of ReliabilityFrame and weighted by their
// outcomes, on the 0–1 scale. It is biased upward where outcomes are few.
func (t Table) CalibrationError(f Forecaster, bins int) stats.Quantity {
	g := t.ReliabilityFrame(f, bins)
	sum, n := 0.0, 0.0
	for row := range g.Len() {
		said, _, _ := g.Num(ForecastColumn, row)
		seen, _, _ := g.Num(frame.Value, row)
		count, _, _ := g.Num(frame.N, row)
		sum, n = sum+count*math.Abs(said-seen), n+count
	}
	if n == 0 {
		return stats.Unknown("it says nothing of these outcomes")
	}
	return stats.Known(sum / n)
}
