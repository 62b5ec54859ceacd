package predict

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// A Forecast scores what can be said, from the first steps of held-out runs,
// of the rate at their end.
type Forecast struct {
	From  float64    // steps before it were seen
	Eta   motive.Eta // fitted on the other runs
	Steps int        // recorded by the longest run
	Table            // outcomes are the held-out runs
	Notes []string   // what was left out
}

// Forecasts fits on the runs that are not held out and forecasts the end of
// the others from each of the given steps. The model is replicator dynamics of
// two behaviors (motive.Eta); the rivals are persistence, the mean of the
// condition's fitted runs, and the mean of all fitted runs. Where an arm has
// several evaluations, each is forecast. NotEstimable where no run is held out,
// or none remains to be fitted.
func Forecasts(o *Observed, hold HoldOut, from []float64, level float64) ([]Forecast, error) {
	held := hold.holds(o)
	var fitted, scored []Series
	for _, s := range o.Series {
		if held[s.Run] {
			scored = append(scored, s)
		} else {
			fitted = append(fitted, s)
		}
	}
	switch {
	case len(scored) == 0:
		return nil, stats.Because("no run is held out to be scored (%s)", hold)
	case len(fitted) == 0:
		return nil, stats.Because("no run is left to fit (%s)", hold)
	}
	eta, err := etaOf(fitted)
	var out []Forecast
	for _, step := range from {
		f := forecast(fitted, scored, eta, err, step, o.By, level)
		out = append(out, f)
	}
	return out, nil
}

// etaOf fits η to the series whose rewards are known.
func etaOf(fitted []Series) (motive.Eta, error) {
	var runs [][]motive.Step
	for _, s := range fitted {
		if s.Rewarded {
			runs = append(runs, s.Seen)
		}
	}
	if runs == nil {
		return motive.Eta{}, stats.Because("no rewards are recorded with and without the act")
	}
	return motive.FitEta(runs)
}

func forecast(fitted, scored []Series, eta motive.Eta, failed error, from float64, by string, level float64) Forecast {
	f := Forecast{From: from, Eta: eta}
	var outcomes []Outcome
	var model, stays, condition, grand []float64
	short := 0
	for _, s := range scored {
		n := s.before(from)
		if !s.forecastable(from) {
			short++
			continue
		}
		f.Steps = max(f.Steps, len(s.Seen))
		outcomes = append(outcomes, s.outcome(by))
		p := math.NaN()
		if failed == nil && s.Rewarded {
			p = eta.Forecast(s.Seen[:n], len(s.Seen))
		}
		model, stays = append(model, p), append(stays, motive.Persistence(s.Seen[:n]))
		condition = append(condition, meanFinal(fitted, func(o Series) bool { return o.circumstance() == s.circumstance() }))
		grand = append(grand, meanFinal(fitted, func(o Series) bool { return o.Eval == s.Eval && o.EvalPrompt == s.EvalPrompt && o.Grader == s.Grader }))
	}
	if short > 0 {
		f.Notes = append(f.Notes, fmt.Sprintf("%d runs have too few steps after step %g, or none before it; they are left out", short, from))
	}
	f.Table = ScoreAll(outcomes, []Forecaster{
		{Name: "model", Kind: OfModel, P: model, Why: stats.Reason(failed)},
		{Name: string(Persistence), Kind: Persistence, P: stays},
		{Name: string(ConditionMean), Kind: ConditionMean, P: condition},
		{Name: string(GrandMean), Kind: GrandMean, P: grand},
	}, []Kind{Persistence, ConditionMean}, level)
	return f
}

// forecastable tells whether the end of a series can be forecast from what was
// recorded before a step.
func (s Series) forecastable(from float64) bool {
	n := s.before(from)
	return n > 0 && n+s.window() <= len(s.Seen)
}

// outcome is the end of a series.
func (s Series) outcome(by string) Outcome {
	end := s.Final()
	return Outcome{
		Circumstance: s.circumstance(), Run: s.Run, Seed: s.Seed, Step: s.Last(), Rate: share(end), K: end.Acts, N: end.Trials,
		Runs: 1, Spread: math.NaN(), Keys: s.Keys(by),
	}
}

// meanFinal is the mean of the final rates of some series, NaN of none.
func meanFinal(all []Series, in func(Series) bool) float64 {
	sum, n := 0.0, 0
	for _, s := range all {
		if in(s) {
			sum, n = sum+share(s.Final()), n+1
		}
	}
	return sum / float64(n)
}

// UsualOrigins are the steps from which to forecast where none are named: a
// sixth, a third, a half and two thirds of the recorded steps, as round
// numbers; those with steps before them and enough after them to be forecast.
func (o *Observed) UsualOrigins() []float64 {
	last := 0.0
	for _, s := range o.Series {
		if s.Last() > last {
			last = s.Last()
		}
	}
	width := roundWidth(last / 6)
	var out []float64
	for k := 1.0; k <= 4; k++ {
		if step := k * width; slices.ContainsFunc(o.Series, func(s Series) bool { return s.forecastable(step) }) {
			out = append(out, step)
		}
	}
	return slices.Compact(out)
}

// Verdict says what the forecasts show, such as "By log score the model beats
// persistence at every step shown; it beats the condition mean from step 60",
// and in a second sentence from where its lead is clear, which is where the
// interval of the lead leaves out 0.
func Verdict(all []Forecast) []string {
	var ahead, clear [2][]bool
	for _, f := range all {
		s, ok := f.Score(OfModel)
		if !ok || !s.Log.OK() {
			return []string{"The model forecasts nothing here: " + stats.Reason(errorOf(s.Log))}
		}
		for i, kind := range [2]Kind{Persistence, ConditionMean} {
			lead, _ := s.Lead(string(kind))
			ahead[i] = append(ahead[i], lead.Estimate.Value > 0)
			clear[i] = append(clear[i], lead.Why == "" && lead.Estimate.Lo > 0)
		}
	}
	if len(all) == 0 {
		return nil
	}
	out := []string{"By log score the model " + beats(all, ahead[0], "persistence") + "; it " + beats(all, ahead[1], "the condition mean")}
	if second := clearly(all, clear[1]); second != "" {
		out = append(out, second)
	}
	return out
}

func errorOf(q stats.Quantity) error {
	_, err := q.Value()
	return err
}

// beats says at which of the steps something holds.
func beats(all []Forecast, holds []bool, rival string) string {
	firstTrue := slices.Index(holds, true)
	switch {
	case firstTrue < 0:
		return "beats " + rival + " at no step shown"
	case !slices.Contains(holds, false):
		return "beats " + rival + " at every step shown"
	case !slices.Contains(holds[firstTrue:], false):
		return fmt.Sprintf("beats %s from step %g", rival, all[firstTrue].From)
	}
	var steps []string
	for i, h := range holds {
		if h {
			steps = append(steps, fmt.Sprintf("%g", all[i].From))
		}
	}
	return "beats " + rival + " at step " + List(steps) + " only"
}

func clearly(all []Forecast, clear []bool) string {
	at := slices.Index(clear, true)
	switch {
	case at < 0:
		return "At no step shown is its lead over the condition mean clear"
	case !slices.Contains(clear, false):
		return ""
	case !slices.Contains(clear[at:], false):
		return fmt.Sprintf("Its lead over the condition mean is clear from step %g", all[at].From)
	}
	return ""
}
