package motive

import "math"

// The Gaussian priors of what is fitted: on log η about the starting value,
// on a group's log-prior offset about 0, and on the logit of the dispersion.
const (
	etaSpread        = 1.5
	offsetSpread     = 2.0
	dispersionSpread = 2.0
	usualDispersion  = .05
)

// fitting is the state of one fit: x is (log η ratio, logit ρ, offsets…).
type fitting struct {
	model  Model
	arms   []fitArm
	groups [][]int

	stop    func() error // nil for never
	stopped error
}

type fitArm struct {
	Arm
	contexts map[string]Context
	steps    []int // distinct steps of the cells, the last one last
	at       []int // index into steps of each cell
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
	if f.stop != nil && f.stopped == nil {
		f.stopped = f.stop()
	}
	if f.stopped != nil {
		return math.Inf(1)
	}
	sum := x[0] * x[0] / (2 * etaSpread * etaSpread)
	for _, offset := range x[2:] {
		sum += offset * offset / (2 * offsetSpread * offsetSpread)
	}
	sum += math.Pow((x[1]-logit(usualDispersion))/dispersionSpread, 2) / 2 // keeps ρ off 0 and 1
	rho := expit(x[1])
	m := f.at(x)
	for _, a := range f.arms {
		sum -= a.likelihood(m, rho)
	}
	if math.IsNaN(sum) {
		return math.Inf(1)
	}
	return sum
}

// likelihood is the log-likelihood of an arm's fitted cells.
func (a fitArm) likelihood(m Model, rho float64) float64 {
	m.Contexts = a.Contexts
	shares := m.TrainTo(a.steps)
	sum := 0.0
	for i, c := range a.Cells {
		if c.HeldOut {
			continue
		}
		if p, ok := m.Rate(shares[a.at[i]], a.contexts[c.Context]); ok {
			sum += betaBinomial(c.K, c.N, p, rho)
		}
	}
	return sum
}

// expit is the inverse of logit.
func expit(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// choices is the sum of log binomial coefficients of the fitted cells, which
// no parameter moves.
func (a fitArm) choices() float64 {
	sum := 0.0
	for _, c := range a.Cells {
		if !c.HeldOut {
			sum -= math.Log(c.N+1) + logBeta(c.N-c.K+1, c.K+1)
		}
	}
	return sum
}

// betaBinomial returns the log-likelihood of k of n under mean p and
// intra-class correlation rho, without the binomial coefficient.
func betaBinomial(k, n, p, rho float64) float64 {
	p = min(max(p, unseen), 1-unseen)
	rho = min(max(rho, unseen), 1-unseen)
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

// result describes the best fit x.
func (f *fitting) result(x []float64) Fit {
	out := Fit{Model: f.at(x), Alike: f.groups}
	var fitted, heldOut meanScore
	for _, a := range f.arms {
		if len(a.steps) == 0 {
			continue
		}
		m := out.Model
		m.Contexts = a.Contexts
		shares := m.TrainTo(a.steps)
		out.Likelihood += a.likelihood(out.Model, expit(x[1])) + a.choices()
		out.Divergence = max(out.Divergence, Divergence(shares[len(shares)-1], m.Prior.Shares(m.Patterns)))
		a.score(m, shares, &fitted, &heldOut)
	}
	out.LogScore, out.HeldOut = fitted.mean(), heldOut.mean()
	f.describe(x, &out)
	return out
}

// meanScore is a mean log score per sample, NaN of none.
type meanScore struct{ sum, n float64 }

func (s meanScore) mean() float64 { return s.sum / s.n }

func (a fitArm) score(m Model, shares [][]float64, fitted, heldOut *meanScore) {
	for i, c := range a.Cells {
		p, ok := m.Rate(shares[a.at[i]], a.contexts[c.Context])
		if !ok || c.N == 0 {
			continue
		}
		to := fitted
		if c.HeldOut {
			to = heldOut
		}
		to.sum += c.N * LogScore(p, c.K/c.N)
		to.n += c.N
	}
}
