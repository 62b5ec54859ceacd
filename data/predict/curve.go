package predict

import (
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
)

// curvePoints is at how many steps a curve is compared with what was observed.
const curvePoints = 12

// CurveFrame is the rates of arms along training beside what was observed, for
// charts.Forecast: a row an arm, evaluation and step, in the order of steps.
// The interval of a prediction is what both ends of the fitted η's interval
// give, patterns' offsets as fitted; there is none where nothing was fitted.
func (c *Computed) CurveFrame() frame.Frame {
	s := newSheet([]string{c.seen.By, data.Eval, data.EvalPrompt, data.Family, frame.Method},
		data.Step, PredictedColumn, PredictedLoColumn, PredictedHiColumn, frame.Value, frame.Lo, frame.Hi, frame.Level, frame.K, frame.N, frame.Seeds)
	ends := c.ends()
	steps := c.seen.spread(curvePoints)
	for _, reading := range c.Readings {
		for _, step := range steps {
			r := c.rate(reading, step)
			if !r.Predicted.OK() {
				continue
			}
			lo, hi := c.span(reading, step, ends)
			s.text(c.seen.By, r.Arm).text(data.Eval, r.Eval).text(data.EvalPrompt, r.EvalPrompt)
			s.text(data.Family, first(c.seen.Arm(r.Arm).Family, familyOf("", r.Arm))).text(frame.Method, r.Interval.Method)
			s.num(data.Step, r.Step).quantity(PredictedColumn, r.Predicted).num(PredictedLoColumn, lo).num(PredictedHiColumn, hi)
			s.quantity(frame.Value, r.Observed).maybe(frame.Lo, r.Interval.Lo, r.Why).maybe(frame.Hi, r.Interval.Hi, r.Why)
			s.num(frame.Level, c.Options.level()).num(frame.K, r.K).num(frame.N, r.N).num(frame.Seeds, float64(r.Runs))
			s.keys(Series{Arm: r.Arm, Eval: r.Eval, EvalPrompt: r.EvalPrompt, Grader: r.Grader}.Keys(c.seen.By))
		}
	}
	s.note("label", motive.Label, false)
	words := c.FitWords()
	if c.heldOutOnly() {
		words += ", and shown here"
	}
	s.note(FitNote, words, false)
	return s.f
}

// ends are the model with η at both ends of its interval; nil where nothing
// was fitted, or an end has no finite shares.
func (c *Computed) ends() []*Computed {
	if c.Fit == nil {
		return nil
	}
	var out []*Computed
	for _, eta := range []float64{c.Fit.Eta.Lo, c.Fit.Eta.Hi} {
		end := *c
		end.Model.Params.Eta, end.Paths = eta, nil
		for _, arm := range c.arms() {
			p := end.path(arm)
			if slices.ContainsFunc(p.Training.Last(), math.IsNaN) {
				return nil
			}
			end.Paths = append(end.Paths, p)
		}
		out = append(out, &end)
	}
	return out
}

// span is the least and the greatest rate that the ends give; NaN without.
func (c *Computed) span(r Reading, step float64, ends []*Computed) (lo, hi float64) {
	lo, hi = math.NaN(), math.NaN()
	for _, end := range ends {
		v, err := end.rate(r, step).Predicted.Value()
		if err != nil {
			return math.NaN(), math.NaN()
		}
		if !(lo <= v) {
			lo = v
		}
		if !(hi >= v) {
			hi = v
		}
	}
	return lo, hi
}

// spread chooses at most n of the recorded steps, evenly and the last among
// them.
func (o *Observed) spread(n int) []float64 {
	var all []float64
	for _, s := range o.Series {
		all = append(all, s.Steps...)
	}
	slices.Sort(all)
	all = slices.DeleteFunc(slices.Compact(all), math.IsNaN)
	if len(all) <= n {
		return all
	}
	var out []float64
	for i := range n {
		out = append(out, all[(i+1)*(len(all)-1)/n])
	}
	return out
}
