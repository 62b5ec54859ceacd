package motive

import (
	"math"

	"gonum.org/v1/gonum/optimize"

	"witnessmark/data/stats"
)

// A Cell is k of n observed in a context after steps of training.
type Cell struct {
	Context string
	Steps   int
	K, N    float64
	HeldOut bool // scored, never fitted
}

// A Fit is a model fitted to cells, with what the fit says of itself.
type Fit struct {
	Model      Model
	Eta        stats.Estimate // of η, from the curvature at the best fit
	Dispersion float64        // ρ of the beta-binomial, 0 to 1: how alike samples of one cell are
	LogScore   float64        // mean over fitted cells, in nats per sample
	HeldOut    float64        // the same over held-out cells; NaN when there are none
	Flat       []string       // parameters that the data do not move
	Alike      [][]int        // patterns that the observed contexts cannot tell apart
	Divergence float64        // KL of fitted from prior shares at the last step, in nats
}

// etaSpread is the standard deviation of the prior on log η.
const etaSpread = 1.5

// offsetSpread is the standard deviation of the prior on a pattern's log-prior
// offset from the reference pattern.
const offsetSpread = 2.0

// FitModel fits η and the log-prior offset of every group of patterns that
// acts alike (relative to the first group) to the cells, by maximizing the
// beta-binomial likelihood with Gaussian priors on log η and the offsets.
// Prior weights stay the user's: one study cannot identify them. The search
// is Nelder–Mead from the model as given, and has no randomness.
func FitModel(m Model, cells []Cell) (Fit, error) {
	f := fitting{model: m, cells: cells, contexts: map[string]Context{}}
	if err := f.prepare(); err != nil {
		return Fit{}, err
	}
	start := make([]float64, 2+len(f.groups)-1)
	start[1] = logit(.05)
	best, err := optimize.Minimize(optimize.Problem{Func: f.loss}, start,
		&optimize.Settings{MajorIterations: 4000, FuncEvaluations: 8000}, &optimize.NelderMead{})
	if err != nil && best == nil {
		return Fit{}, stats.Because("the fit found no maximum: %v", err)
	}
	return f.result(best.X), nil
}

// fitting is the state of one fit: x is (log η ratio, logit ρ, offsets…).
type fitting struct {
	model    Model
	cells    []Cell
	contexts map[string]Context
	groups   [][]int
	steps    int
}

func (f *fitting) prepare() error {
	if err := f.model.Check(); err != nil {
		return err
	}
	if f.model.Params.Eta <= 0 {
		return stats.Because("η starts at %v; give a positive starting value", f.model.Params.Eta)
	}
	for _, c := range f.model.Contexts {
		f.contexts[c.Name] = c
	}
	var observed []Context
	fitted := 0
	for _, c := range f.cells {
		context, ok := f.contexts[c.Context]
		if !ok {
			return stats.Because("the model has no context %q; add it, or leave its cells out", c.Context)
		}
		observed = append(observed, context)
		f.steps = max(f.steps, c.Steps)
		if !c.HeldOut && c.N > 0 {
			fitted++
		}
	}
	if fitted == 0 {
		return stats.Because("no cell with samples is left to fit")
	}
	f.groups = f.model.Alike(observed, 1e-9)
	return nil
}

// at returns the model with the parameters x.
func (f *fitting) at(x []float64) Model {
	m := f.model
	m.Params.Eta *= math.Exp(x[0])
	m.Patterns = append([]Pattern{}, m.Patterns...)
	weight := m.Prior.Pretraining
	if weight == 0 {
		m.Prior.Pretraining, weight = 1, 1
		for i := range m.Patterns {
			m.Patterns[i].Features.Pretraining = 0
		}
	}
	for g, group := range f.groups[1:] {
		for _, i := range group {
			m.Patterns[i].Features.Pretraining += x[2+g] / weight
		}
	}
	return m
}

// loss is minus the log posterior.
func (f *fitting) loss(x []float64) float64 {
	sum := x[0] * x[0] / (2 * etaSpread * etaSpread)
	for _, offset := range x[2:] {
		sum += offset * offset / (2 * offsetSpread * offsetSpread)
	}
	rho := 1 / (1 + math.Exp(-x[1]))
	sum += math.Pow(x[1]-logit(.05), 2) / 8 // a weak prior keeps ρ off 0 and 1
	m := f.at(x)
	t := m.Train(f.steps)
	for _, c := range f.cells {
		if c.HeldOut {
			continue
		}
		if p, ok := m.Rate(t.Shares[c.Steps], f.contexts[c.Context]); ok {
			sum -= betaBinomial(c.K, c.N, p, rho)
		}
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return sum
}

// betaBinomial returns the log-likelihood of k of n under mean p and
// intra-class correlation rho, without the binomial coefficient.
func betaBinomial(k, n, p, rho float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	rho = min(max(rho, 1e-6), 1-1e-6)
	scale := (1 - rho) / rho
	a, b := p*scale, (1-p)*scale
	return logBeta(k+a, n-k+b) - logBeta(a, b)
}

func logBeta(a, b float64) float64 {
	x, _ := math.Lgamma(a)
	y, _ := math.Lgamma(b)
	z, _ := math.Lgamma(a + b)
	return x + y - z
}

func (f *fitting) result(x []float64) Fit {
	m := f.at(x)
	t := m.Train(f.steps)
	out := Fit{Model: m, Alike: f.groups, Dispersion: 1 / (1 + math.Exp(-x[1]))}
	out.LogScore, out.HeldOut = f.scores(m, t)
	out.Divergence = Divergence(t.Last(), t.Shares[0])
	out.Eta, out.Flat = f.curvature(x, m)
	return out
}

// scores returns the mean log score per sample of fitted and held-out cells.
func (f *fitting) scores(m Model, t Trajectory) (fitted, heldOut float64) {
	sums, ns := [2]float64{}, [2]float64{}
	for _, c := range f.cells {
		p, ok := m.Rate(t.Shares[c.Steps], f.contexts[c.Context])
		if !ok || c.N == 0 {
			continue
		}
		side := 0
		if c.HeldOut {
			side = 1
		}
		sums[side] += c.N * LogScore(p, c.K/c.N)
		ns[side] += c.N
	}
	return sums[0] / ns[0], sums[1] / ns[1]
}

// curvature returns η with an interval from the second derivative of the loss
// along log η, with the others held at their best, and the names of the
// parameters whose curvature is hardly more than their prior's.
func (f *fitting) curvature(x []float64, m Model) (stats.Estimate, []string) {
	names := []string{"eta", "dispersion"}
	prior := []float64{1 / (etaSpread * etaSpread), .25}
	for _, group := range f.groups[1:] {
		names = append(names, "share of "+m.Patterns[group[0]].Name)
		prior = append(prior, 1/(offsetSpread*offsetSpread))
	}
	var flat []string
	second := make([]float64, len(x))
	for i := range x {
		const h = 1e-3
		up, down := append([]float64{}, x...), append([]float64{}, x...)
		up[i] += h
		down[i] -= h
		second[i] = (f.loss(up) - 2*f.loss(x) + f.loss(down)) / (h * h)
		if second[i] < 1.5*prior[i] {
			flat = append(flat, names[i])
		}
	}
	half := 1.959963984540054 / math.Sqrt(max(second[0], prior[0]))
	return stats.Estimate{
		Value: m.Params.Eta, Lo: m.Params.Eta * math.Exp(-half), Hi: m.Params.Eta * math.Exp(half), Level: .95,
		N: len(f.cells), Unit: stats.Cells, Method: "beta-binomial fit, log scale, others held",
	}, flat
}
