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

// selfSelected adds the selection by data that the model of these shares
// writes itself.
func (m Model) selfSelected(fitness, shares []float64, stage Stage) []float64 {
	s := m.Params.SelfData
	if s == nil || stage != Training {
		return fitness
	}
	out := m.SelfGenerated(shares, s.KeepAct, s.KeepRest)
	for i := range out {
		out[i] = fitness[i] + s.Weight*out[i]
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

// An Extension is something that selects besides reward on the episode, or a
// time that is predicted besides training, switched by a Model's Params.
type Extension struct {
	ID, Title, Help string
	On              func(m Model) bool
	// Switch turns it on with constants to start from, or off.
	Switch func(m *Model, on bool)
}

// Extensions are offered in this order.
var Extensions = []Extension{
	{"deployment", "Deployment time", "Selection goes on in deployment, and influence is predicted at a time in it",
		func(m Model) bool { return m.Params.DeploySteps > 0 },
		func(m *Model, on bool) {
			m.Params.EtaDeploy, m.Params.DeploySteps = when(on, m.Params.Eta), int(when(on, 100))
		}},
	{"self_data", "Self-generated data", "The model writes data for its own fine-tuning, which a filter thins out",
		func(m Model) bool { return m.Params.SelfData != nil },
		func(m *Model, on bool) { m.Params.SelfData = only(on, SelfData{KeepAct: .5, KeepRest: 1, Weight: 1}) }},
	{"developers", "Developer iteration", "Developers train several runs and deploy those with a good held-out score",
		func(m Model) bool { return m.Params.Developers != nil },
		func(m *Model, on bool) { m.Params.Developers = only(on, Developers{Zeta: 5, Context: m.heldOut()}) }},
	{"white_box", "White-box selection", "Training selects against what a probe reads off a pattern, which it cannot fake",
		func(m Model) bool { return m.Params.WhiteBox != 0 },
		func(m *Model, on bool) { m.Params.WhiteBox = when(on, .2) }},
	{"terminal", "Instrumental becomes terminal", "A branch that is never exercised atrophies, and the pattern decays into a reward-seeker",
		func(m Model) bool { return m.Params.Decay != 0 },
		func(m *Model, on bool) { m.Params.Decay = when(on, .005) }},
	{"supervised", "Supervised fine-tuning", "Patterns are selected by how well they explain given data under the train prompt",
		func(m Model) bool { return m.Params.Supervised != nil },
		func(m *Model, on bool) { m.Params.Supervised = only(on, Supervised{Undesired: .5}) }},
}

// when returns the value, or 0 when off.
func when(on bool, v float64) float64 {
	if on {
		return v
	}
	return 0
}

// only returns a pointer to the value, or nil when off.
func only[T any](on bool, v T) *T {
	if on {
		return &v
	}
	return nil
}

// heldOut is the first context that is not trained on, else the first.
func (m Model) heldOut() string {
	for _, c := range m.Contexts {
		if c.Training == 0 {
			return c.Name
		}
	}
	if len(m.Contexts) > 0 {
		return m.Contexts[0].Name
	}
	return ""
}
