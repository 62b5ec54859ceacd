package predict

import "witnessmark/data/stats"

// takeoff is when a behavior has taken off: its mean over five recorded steps,
// or at one where a run has few, is over one half.
func (s Series) takeoff() stats.OnsetRule {
	rule := stats.OnsetRule{Window: 1, Threshold: .5}
	if len(s.Seen) > dense {
		rule.Window = 5
	}
	return rule
}

// other scores what is no rate: the step of the onset, or the place among
// conditions.
func (r *registry) other(e *Entry, series []Series) {
	g := register{registry: r}
	o := g.outcome(e.Stated, series)
	e.Outcome, e.Seen, e.WhyNone = &o, r.o.placeOf(o), "a place has no interval"
	if e.Quantity == Onset {
		e.Seen, e.WhyNone = onset(series), "onsets are shown without one"
	}
	if v, err := e.Seen.Value(); err == nil {
		e.compare(v)
	}
}

// onset is the step at which half of some runs have taken off (Kaplan and
// Meier), of one run the step itself.
func onset(series []Series) stats.Quantity {
	const level = .95 // of a band that is not shown
	var lives []stats.Lifetime
	for _, s := range series {
		var values []float64
		for _, seen := range s.Seen {
			values = append(values, share(seen))
		}
		if life, err := s.takeoff().Lifetime(s.Steps, values); err == nil {
			lives = append(lives, life)
		}
	}
	curve, err := stats.KaplanMeier(lives, level)
	if err != nil {
		return stats.Unknown("%s", stats.Reason(err))
	}
	at, err := curve.Median()
	if err != nil {
		return stats.Unknown("%s", stats.Reason(err))
	}
	return stats.Known(at)
}

// placeOf counts the arms that show more of the behavior under the outcome's
// evaluation and at its step, and adds one.
func (o *Observed) placeOf(out Outcome) stats.Quantity {
	if out.Run != "" {
		return stats.Unknown("only conditions have an order")
	}
	sum, n := map[string]float64{}, map[string]float64{}
	for _, s := range o.Series {
		if s.Eval != out.Eval || s.EvalPrompt != out.EvalPrompt || s.Grader != out.Grader {
			continue
		}
		if _, ok := stepsAt(s, out.Step); ok {
			sum[s.Arm], n[s.Arm] = sum[s.Arm]+share(observedAt(s, out.Step)), n[s.Arm]+1
		}
	}
	if len(n) < 2 {
		return stats.Unknown("there is no other condition to be before or after")
	}
	place := 1.0
	for arm := range n {
		if arm != out.Arm && sum[arm]/n[arm] > out.Rate {
			place++
		}
	}
	return stats.Known(place)
}
