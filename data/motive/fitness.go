package motive

import "math"

// A Stage is where selection goes on.
type Stage uint8

// The stages. In training, contexts count by their Training share; in
// deployment by their Deployment share ("influence at time t in deployment").
const (
	Training Stage = iota
	Deployment
)

func (s Stage) share(c Context) float64 {
	if s == Deployment {
		return c.Deployment
	}
	return c.Training
}

// Fitness returns f of each pattern: Σ over contexts of q(c)·g·π(act|c)·gap(c),
// less what selection against length and white-box selection take, with q
// normalized to 1. Only differences between patterns matter, so the gap
// between act and no act stands for both (a constant cancels in the update).
// Where Params.Supervised is set, training has no reward and the
// log-likelihood of its data takes the place of the first term.
func (m Model) Fitness(stage Stage) []float64 {
	out := m.rewarded(stage)
	if m.Params.Supervised != nil && stage == Training {
		out = m.explained(m.Params.Supervised.Undesired)
	}
	for i, p := range m.Patterns {
		out[i] -= m.Params.Length*p.Length + m.Params.WhiteBox*p.Detect
	}
	return out
}

// total is Σ q(c), by which shares of contexts are normalized.
func (m Model) total(stage Stage) float64 {
	sum := 0.0
	for _, c := range m.Contexts {
		sum += stage.share(c)
	}
	return sum
}

func (m Model) rewarded(stage Stage) []float64 {
	total := m.total(stage)
	out := make([]float64, len(m.Patterns))
	for _, c := range m.Contexts {
		q, gap := stage.share(c), m.Gap(c)
		if q == 0 {
			continue
		}
		for i, p := range m.Patterns {
			out[i] += q / total * p.Active(c) * p.Policy(c) * gap
		}
	}
	return out
}

// explained is the mean of Supervised over the contexts of training.
func (m Model) explained(undesired float64) []float64 {
	total := m.total(Training)
	out := make([]float64, len(m.Patterns))
	for _, c := range m.Contexts {
		if c.Training == 0 {
			continue
		}
		for i, f := range m.Supervised(c, undesired) {
			out[i] += c.Training / total * f
		}
	}
	return out
}

// unseen keeps logarithms finite: a policy of exactly 0 or 1 would never be
// recovered from.
const unseen = 1e-6

// Supervised returns the fitness under supervised fine-tuning, where there
// is no reward: the mean log-likelihood of the data, in which a share
// undesired (0–1) shows the act, under the train prompt's context. This is
// the route by which an inoculating prompt acts: a pattern that the prompt
// licenses explains the data as well as the persona does.
func (m Model) Supervised(train Context, undesired float64) []float64 {
	out := make([]float64, len(m.Patterns))
	for i, p := range m.Patterns {
		act := min(max(p.Policy(train), unseen), 1-unseen)
		out[i] = undesired*math.Log(act) + (1-undesired)*math.Log(1-act)
	}
	return out
}

// SelfGenerated returns the fitness when the model of the given shares writes
// its own fine-tuning data, which a filter keeps with probability keepAct
// where they show the act and keepRest where they do not:
// f(i) = Σ_c q(c) log Σ_j w(j) Σ_y π_j(y|c)·keep(y)·π_i(y|c), y kept.
func (m Model) SelfGenerated(shares []float64, keepAct, keepRest float64) []float64 {
	return m.writer(SelfData{KeepAct: keepAct, KeepRest: keepRest}).fitness(shares)
}
