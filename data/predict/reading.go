package predict

import (
	"math"
	"slices"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// A Reading says what a circumstance of the study is to a model.
type Reading struct {
	Circumstance
	Context  string         // name of the model's context
	Trained  bool           // the arm is trained in this context
	Licensed bool           // the prompt asks for the act, and the untrained model follows it
	Gap      stats.Quantity // reward gap measured here, on fitted runs only
}

// licenses is how often an untrained model must show the act under a prompt
// that asks for it, so that the prompt counts as a license: about half of what
// a license makes of the intended pattern in the presets.
const licenses = 0.4

// Read guesses a reading of every circumstance, in the order of the series.
// Words of the evaluation's name and prompt choose among the model's
// contexts; without a match it is a training context for the train prompt,
// and for others the first context that is not trained on. Held-out runs
// (by name) do not count for gaps.
func Read(o *Observed, m motive.Model, held map[string]bool) []Reading {
	var out []Reading
	for _, s := range o.Series {
		c := s.circumstance()
		if slices.ContainsFunc(out, func(r Reading) bool { return r.Circumstance == c }) {
			continue
		}
		arm := o.Arm(c.Arm)
		r := Reading{Circumstance: c, Trained: c.asTrained(arm)}
		r.Context = contextOf(m, c, r.Trained)
		r.Licensed = r.Trained && inoculates(arm.Family) && o.elicited(c) >= licenses
		r.Gap = o.gap(c, held)
		out = append(out, r)
	}
	return out
}

// contextOf finds the model's context for a circumstance.
func contextOf(m motive.Model, c Circumstance, trained bool) string {
	best, most := "", 0
	own := append(words(c.Eval), words(c.EvalPrompt)...)
	for _, context := range m.Contexts {
		n := 0
		for _, w := range words(context.Name) {
			if slices.Contains(own, w) && w != "eval" {
				n++
			}
		}
		if n > most && (context.Training > 0) == trained {
			best, most = context.Name, n
		}
	}
	for _, context := range m.Contexts {
		if best == "" && (context.Training > 0) == trained {
			best = context.Name
		}
	}
	if best == "" && len(m.Contexts) > 0 {
		best = m.Contexts[0].Name
	}
	return best
}

// elicited is the act's rate at the first checkpoints of a circumstance, of
// all its runs together; 0 where nothing was tried.
func (o *Observed) elicited(c Circumstance) float64 {
	var first motive.Step
	for _, s := range o.Series {
		if s.circumstance() == c {
			first = first.Add(s.Seen[0])
		}
	}
	if first.Trials == 0 {
		return 0
	}
	return share(first)
}

// gap pools the rewards of a circumstance over its fitted runs.
func (o *Observed) gap(c Circumstance, held map[string]bool) stats.Quantity {
	var all motive.Step
	for _, s := range o.Series {
		if s.circumstance() == c && s.Rewarded && !held[s.Run] {
			all = all.Add(motive.Pool(s.Seen))
		}
	}
	switch {
	case all.Trials == 0:
		return stats.Unknown("no rewards are recorded with and without the act")
	case all.Acts == 0 || all.Acts == all.Trials:
		return stats.Unknown("the act was shown never or always, so there is no gap")
	}
	return stats.Known(all.Gap())
}

// armContexts are the model's contexts as an arm has them: selection where
// its rewards were measured, and what its prompts license.
func armContexts(m motive.Model, readings []Reading, arm string) []motive.Context {
	out := slices.Clone(m.Contexts)
	for i := range out {
		gaps, n := 0.0, 0
		for _, r := range readings {
			if r.Arm != arm || r.Context != out[i].Name {
				continue
			}
			out[i].Licensed = out[i].Licensed || r.Licensed
			if g, err := r.Gap.Value(); err == nil && r.Trained {
				gaps, n = gaps+g, n+1
			}
		}
		if n > 0 {
			out[i].Select, out[i].Act = gaps/float64(n), "" // what was measured comes before the graph
		}
	}
	return out
}

// unitOf is how many training steps count as one update of the model, so that
// long trainings are computed in about a thousand.
func unitOf(o *Observed) float64 {
	const updates = 2000
	last := 0.0
	for _, s := range o.Series {
		if s.Last() > last { // false for NaN, which is no step
			last = s.Last()
		}
	}
	if !(last > updates) {
		return 1
	}
	return math.Ceil(last / updates)
}
