package motive

import (
	"math"
	"slices"
)

// Update moves log weights by one step:
// log w(i) += η·e(i)·f(i), then normalizes. It is replicator dynamics, and
// Bayes' rule where f is a log-likelihood. Logs need not be normalized;
// explored is e, 0 to 1 a pattern, or nil for 1 throughout.
func Update(logs, fitness, explored []float64, eta float64) []float64 {
	out := make([]float64, len(logs))
	for i := range logs {
		e := 1.0
		if explored != nil {
			e = explored[i]
		}
		out[i] = logs[i] + eta*e*fitness[i]
	}
	return out
}

// Closed returns the shares after steps of constant fitness:
// w(i) ∝ p(i)·exp(η·f(i)·steps).
func Closed(prior, fitness []float64, eta float64, steps int) []float64 {
	return steadily(prior, fitness, make([]float64, len(prior)), eta, steps)
}

// A Trajectory holds shares by step: Shares[t][i] after t steps, so that
// Shares[0] is the prior; each row adds up to 1.
type Trajectory struct {
	Shares [][]float64
}

// Last returns the final shares.
func (t Trajectory) Last() []float64 { return t.Shares[len(t.Shares)-1] }

// Train runs the model through steps of training from its prior.
func (m Model) Train(steps int) Trajectory {
	return m.run(m.Prior.Shares(m.Patterns), Training, m.Params.Eta, steps)
}

// Deploy goes on selecting from the given shares for steps of deployment;
// step 0 is "through deployment".
func (m Model) Deploy(shares []float64, steps int) Trajectory {
	return m.run(shares, Deployment, m.Params.EtaDeploy, steps)
}

func (m Model) run(shares []float64, stage Stage, eta float64, steps int) Trajectory {
	constant, lasting := m.Fitness(stage), m.lasting()
	t := Trajectory{Shares: [][]float64{shares}}
	if m.steady() {
		for step := 1; step <= steps; step++ {
			t.Shares = append(t.Shares, steadily(shares, constant, lasting, eta, step))
		}
		return t
	}
	acts, written := m.acts(stage), m.selfData(stage)
	for range steps {
		logs := make([]float64, len(shares))
		for i, w := range shares {
			logs[i] = math.Log(w) + lasting[i]
		}
		fitness := written.selected(constant, shares)
		shares = softmax(Update(logs, fitness, m.explored(shares, acts), eta))
		m.decay(shares)
		m.mutate(shares)
		t.Shares = append(t.Shares, shares)
	}
	return t
}

// lasting is what the prior adds to each pattern's log share at every step.
func (m Model) lasting() []float64 {
	out := make([]float64, len(m.Patterns))
	for i, p := range m.Patterns {
		_, out[i] = m.Prior.logPrior(p)
	}
	return out
}

// steady tells whether no step depends on the shares before it, so that any
// step has a closed form.
func (m Model) steady() bool {
	p := m.Params
	return p.Rollouts == 0 && p.Mutation == 0 && p.Decay == 0 && p.SelfData == nil
}

// steadily returns the shares after steps of constant selection:
// w(i) ∝ p(i)·exp((η·f(i) + lasting(i))·steps).
func steadily(prior, fitness, lasting []float64, eta float64, steps int) []float64 {
	logs := make([]float64, len(prior))
	for i := range prior {
		logs[i] = math.Log(prior[i]) + (eta*fitness[i]+lasting[i])*float64(steps)
	}
	return softmax(logs)
}

// TrainTo returns the shares at each of the given steps of training, which
// for a model of constant selection is much faster than Train.
func (m Model) TrainTo(steps []int) [][]float64 {
	out := make([][]float64, len(steps))
	if m.steady() {
		prior, fitness, lasting := m.Prior.Shares(m.Patterns), m.Fitness(Training), m.lasting()
		for i, step := range steps {
			out[i] = steadily(prior, fitness, lasting, m.Params.Eta, step)
		}
		return out
	}
	t := m.Train(slices.Max(append([]int{0}, steps...)))
	for i, step := range steps {
		out[i] = t.Shares[step]
	}
	return out
}

// explored returns e(i) = 1 − (1 − p̄(i))^N: the chance that the act of
// pattern i was sampled at all among a step's rollouts, where p̄ is its share
// times how often it acts. What is never sampled is not selected.
func (m Model) explored(shares, acts []float64) []float64 {
	if m.Params.Rollouts == 0 {
		return nil
	}
	out := make([]float64, len(shares))
	for i := range out {
		out[i] = 1 - math.Pow(1-shares[i]*acts[i], float64(m.Params.Rollouts))
	}
	return out
}

// acts is how often each pattern acts where it is in charge: Σ q(c)·g·π.
func (m Model) acts(stage Stage) []float64 {
	total := m.total(stage)
	out := make([]float64, len(m.Patterns))
	for _, c := range m.Contexts {
		if q := stage.share(c); q > 0 {
			for i, p := range m.Patterns {
				out[i] += q / total * p.Active(c) * p.Policy(c)
			}
		}
	}
	return out
}

// decay moves Params.Decay of a pattern's share to the pattern it decays
// into: a branch that is never exercised atrophies, and what was instrumental
// becomes terminal.
func (m Model) decay(shares []float64) {
	if m.Params.Decay == 0 {
		return
	}
	for i, p := range m.Patterns {
		if j := m.index(p.NoTerminal); p.NoTerminal != "" && j >= 0 {
			moved := m.Params.Decay * shares[i]
			shares[i] -= moved
			shares[j] += moved
		}
	}
}

// mutate keeps every share at Params.Mutation or above and the sum at 1.
func (m Model) mutate(shares []float64) {
	if m.Params.Mutation == 0 {
		return
	}
	mu, n := m.Params.Mutation, float64(len(shares))
	for i := range shares {
		shares[i] = mu + (1-mu*n)*shares[i]
	}
}

// Iterate returns the shares that reach deployment when developers train
// several runs and deploy run r with probability ∝ exp(ζ·heldout(r)). ζ = 0
// deploys any; a large ζ picks the best score. Runs are shares by pattern.
func Iterate(runs [][]float64, heldout []float64, zeta float64) []float64 {
	logs := make([]float64, len(runs))
	for r := range runs {
		logs[r] = zeta * heldout[r]
	}
	out := make([]float64, len(runs[0]))
	for r, p := range softmax(logs) {
		for i, w := range runs[r] {
			out[i] += p * w
		}
	}
	return out
}
