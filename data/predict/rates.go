package predict

import (
	"math"
	"slices"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// A Rate is what a model predicts for one evaluation of an arm at one
// checkpoint, beside what was observed there.
type Rate struct {
	Circumstance
	Context    string  // of the model
	Step       float64 // training step; NaN where the study names none
	Deployment int     // steps of deployment, −1 for the checkpoint itself
	Predicted  stats.Quantity
	Observed   stats.Quantity // mean of the runs' rates
	Interval   stats.Estimate // of it, where Why is ""
	Why        string         // there is no interval because …
	K, N       float64        // acts of trials of all runs
	Runs       int
}

// Rates returns predictions for everything that was observed at the reported
// checkpoints, and for the model's contexts of deployment after the last. A
// fitted model is laid beside held-out runs only, where there are any.
func (c *Computed) Rates() []Rate {
	var out []Rate
	for _, r := range c.Readings {
		for _, step := range c.Steps {
			out = append(out, c.rate(r, step))
		}
	}
	for _, p := range c.Paths {
		out = append(out, c.deployed(p)...)
	}
	return out
}

// heldOutOnly tells whether rates are laid beside held-out runs only.
func (c *Computed) heldOutOnly() bool {
	return c.Fit != nil && slices.ContainsFunc(c.seen.Series, func(s Series) bool { return c.held[s.Run] })
}

// runs are the series of a circumstance that predictions are laid beside.
func (c *Computed) runs(at Circumstance) []Series {
	only := c.heldOutOnly()
	var out []Series
	for _, s := range c.seen.Series {
		if s.circumstance() == at && (!only || c.held[s.Run]) {
			out = append(out, s)
		}
	}
	return out
}

func (c *Computed) rate(r Reading, step float64) Rate {
	out := Rate{Circumstance: r.Circumstance, Context: r.Context, Step: step, Deployment: -1}
	var values []float64
	from := step
	for _, s := range c.runs(r.Circumstance) {
		seen, ok := s.At(step)
		if math.IsNaN(step) {
			seen, ok = s.Final(), true
		}
		if !ok {
			continue
		}
		if to := s.before(step); s.window() > 1 {
			from = s.Steps[max(0, to+1-s.window())]
		}
		values = append(values, share(seen))
		out.K, out.N = out.K+seen.Acts, out.N+seen.Trials
	}
	out.Runs = len(values)
	out.observe(values, c.Options.level())
	out.Predicted = c.predicted(r, from, step)
	return out
}

// observe fills in the mean over runs with its interval: t over seeds, or
// Wilson for a single run.
func (r *Rate) observe(values []float64, level float64) {
	m, err := stats.Mean(values)
	if err != nil {
		r.Observed, r.Why = stats.Unknown("nothing was observed there"), "nothing was observed there"
		return
	}
	r.Observed = stats.Known(m)
	if len(values) == 1 {
		r.Interval, err = stats.Wilson(int(math.Round(r.K)), int(math.Round(r.N)), level)
		r.Interval.Method += ", this run only"
	} else {
		r.Interval, err = stats.SeedMean(values, level)
	}
	r.Why = stats.Reason(err)
}

// predicted is the model's mean rate from one step to another, both included.
func (c *Computed) predicted(r Reading, from, to float64) stats.Quantity {
	p, ok := c.Path(r.Arm)
	context, known := p.Model.Context(r.Context)
	if !ok || !known {
		return stats.Unknown("the model has no context for this evaluation")
	}
	sum, n := 0.0, 0
	for t := c.updates(from); t <= c.updates(to); t++ {
		if rate, ok := p.Model.Rate(p.Training.Shares[min(t, len(p.Training.Shares)-1)], context); ok {
			sum, n = sum+rate, n+1
		}
	}
	if n == 0 {
		return stats.Unknown("no pattern of the model is active there")
	}
	return stats.Known(sum / float64(n))
}

// deployed predicts the contexts of deployment: through it, and where
// selection goes on, after Params.DeploySteps of it.
func (c *Computed) deployed(p Path) []Rate {
	var out []Rate
	ends := []int{0}
	if n := len(p.Deployment.Shares) - 1; n > 0 {
		ends = append(ends, n)
	}
	for _, context := range p.Model.Contexts {
		if context.Deployment == 0 {
			continue
		}
		for _, t := range ends {
			out = append(out, c.inDeployment(p, context, t))
		}
	}
	return out
}

func (c *Computed) inDeployment(p Path, context motive.Context, t int) Rate {
	r := Rate{
		Circumstance: Circumstance{Arm: p.Arm, Eval: context.Name}, Context: context.Name, Step: c.lastOf(p.Arm), Deployment: t,
		Observed: stats.Unknown("not observed"), Why: "not observed",
	}
	r.Predicted = stats.Unknown("no pattern of the model is active there")
	if rate, ok := p.Model.Rate(p.Deployment.Shares[t], context); ok {
		r.Predicted = stats.Known(rate)
	}
	return r
}
