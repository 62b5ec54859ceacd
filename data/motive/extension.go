package motive

import (
	"fmt"
	"math"
)

// Supervised is training on given data, without reward (SFT): what is
// selected is how well a pattern explains the data under the train prompt.
type Supervised struct {
	Undesired float64 `json:"undesired"` // share of the data that shows the act, 0 to 1
}

// SelfData is training on data that the model writes itself and a filter
// thins out.
type SelfData struct {
	KeepAct  float64 `json:"keep_act"`  // chance that the filter keeps a text with the act, 0 to 1
	KeepRest float64 `json:"keep_rest"` // the same without the act
	Weight   float64 `json:"weight"`    // of this selection beside that by reward
}

// Developers train several runs, each of which ends with one pattern in
// charge, and deploy a run with probability ∝ exp(ζ·score), where the score
// is minus the act's rate in a held-out context. What that context cannot
// see passes: a strict reward-seeker falls, a competent schemer rises.
type Developers struct {
	Zeta    float64 `json:"zeta"`    // 0 deploys any run
	Context string  `json:"context"` // name of the held-out context
}

// A writer is what training on data of the model's own needs of it; nil where
// it does not.
type writer struct {
	SelfData
	contexts []written
}

// written is the policies of a context of training with its share.
type written struct {
	share float64
	acts  []float64
}

func (m Model) selfData(stage Stage) *writer {
	if m.Params.SelfData == nil || stage != Training {
		return nil
	}
	return m.writer(*m.Params.SelfData)
}

func (m Model) writer(data SelfData) *writer {
	w := &writer{SelfData: data}
	total := m.total(Training)
	for _, c := range m.Contexts {
		if c.Training == 0 {
			continue
		}
		in := written{share: c.Training / total}
		for _, p := range m.Patterns {
			in.acts = append(in.acts, p.Policy(c))
		}
		w.contexts = append(w.contexts, in)
	}
	return w
}

// selected adds the selection by data that the model of these shares writes.
func (w *writer) selected(fitness, shares []float64) []float64 {
	if w == nil {
		return fitness
	}
	out := w.fitness(shares)
	for i := range out {
		out[i] = fitness[i] + w.Weight*out[i]
	}
	return out
}

func (w *writer) fitness(shares []float64) []float64 {
	out := make([]float64, len(shares))
	for _, c := range w.contexts {
		act, rest := 0.0, 0.0
		for j, p := range c.acts {
			act += shares[j] * p * w.KeepAct
			rest += shares[j] * (1 - p) * w.KeepRest
		}
		for i, p := range c.acts {
			out[i] += c.share * math.Log(max(unseen, act*p+rest*(1-p)))
		}
	}
	return out
}

// Deployed returns the shares that reach deployment from those at the end of
// training: the same, but for Params.Developers.
func (m Model) Deployed(shares []float64) []float64 {
	d := m.Params.Developers
	if d == nil {
		return shares
	}
	c, _ := m.Context(d.Context)
	logs := make([]float64, len(shares))
	for i, p := range m.Patterns {
		logs[i] = math.Log(shares[i]) - d.Zeta*p.Policy(c)
	}
	return softmax(logs)
}

// mostDeployment keeps a mistyped number from filling the memory.
const mostDeployment = 100_000

func (m Model) checkParams() error {
	p := m.Params
	switch {
	case !finite(p.Eta, p.EtaDeploy, p.Length, p.WhiteBox, m.Prior.Renewal):
		return fmt.Errorf("a constant of selection is no finite number")
	case !(p.Eta >= 0) || !(p.EtaDeploy >= 0):
		return fmt.Errorf("η is %v and in deployment %v; selection per step cannot be negative", p.Eta, p.EtaDeploy)
	case p.DeploySteps < 0 || p.DeploySteps > mostDeployment:
		return fmt.Errorf("%d steps of deployment; give 0 to %d", p.DeploySteps, mostDeployment)
	case p.Rollouts < 0:
		return fmt.Errorf("%d rollouts a step; counts cannot be negative", p.Rollouts)
	case !(p.Mutation >= 0 && p.Mutation*float64(len(m.Patterns)) < 1):
		return fmt.Errorf("mutation keeps each of %d shares at %v, which leaves nothing to select; lower it", len(m.Patterns), p.Mutation)
	case !(p.Decay >= 0 && p.Decay <= 1):
		return fmt.Errorf("decay is %v of a share per step, not between 0 and 1", p.Decay)
	}
	return m.checkExtensions()
}

func (m Model) checkExtensions() error {
	if s := m.Params.Supervised; s != nil && !isShare(s.Undesired) {
		return fmt.Errorf("supervised: a share of %v of the data shows the act, not between 0 and 1", s.Undesired)
	}
	if s := m.Params.SelfData; s != nil && !(isShare(s.KeepAct) && isShare(s.KeepRest)) {
		return fmt.Errorf("self_data: the filter keeps %v and %v, not between 0 and 1", s.KeepAct, s.KeepRest)
	}
	if d := m.Params.Developers; d != nil {
		if _, ok := m.Context(d.Context); !ok {
			return fmt.Errorf("developers hold out the context %q, which is not in the model", d.Context)
		}
	}
	return nil
}
